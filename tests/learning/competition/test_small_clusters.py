"""The small layer: its digits, how it begins, and who counts as taking part."""

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning.competition.small_clusters import (
    SMALL,
    begin,
    check_layer,
    small_digits,
    taking_part,
    work,
)
from snnlab.random import uniform

SEED = np.uint64(5)


def test_the_digits_are_the_first_four():
    digits, images = load_digits(), small_digits(80)
    first = np.flatnonzero(digits.y_train < 4)[:80]
    np.testing.assert_array_equal(16 * images, digits.x_train[first].reshape(80, 64))
    assert images.min() == 0.0 and images.max() == 1.0


def test_it_begins_at_rest_with_weights_of_one_sum():
    room = work(9, 64, 100)
    layer, shown = begin(room, SMALL, SEED)
    drawn = np.array([[uniform(SEED, 0, 9 * j + k) for k in range(9)] for j in range(64)])
    np.testing.assert_allclose(room.w, (0.01 + drawn) * SMALL.total / (0.01 + drawn).sum(axis=0))
    assert (layer.v == SMALL.v_rest).all() and (layer.theta == SMALL.theta_start).all()
    assert (layer.partner_v == SMALL.partner_rest).all() and not layer.x.any() and not layer.g_ex.any()
    assert shown.start.size == 101 and shown.units.size == shown.drawn.size == shown.when.size == 6400


@pytest.mark.parametrize(
    ("each", "n"), [([0, 0, 0, 0], 0), ([5, 0, 0, 0], 1), ([93, 1, 6, 0], 1), ([15, 1, 0, 0], 2)]
)
def test_a_quarter_of_an_even_share_is_enough(each, n):
    assert taking_part(np.array(each, float)) == n


@pytest.mark.parametrize(
    ("net", "sentence"),
    [
        (SMALL._replace(total=33.0), "total must be at most half of the inputs (64), got 33"),
        (SMALL._replace(rate=1000.0), "rate must be below one spike a step (1000 Hz), got 1000"),
    ],
)
def test_bad_input_names_argument_rule_and_value(net, sentence):
    with pytest.raises(ValueError) as failure:
        check_layer(net, 9, small_digits(1), 1.0)
    assert str(failure.value) == sentence
