"""One image, again and again: every spike is told, and inhibition and adaptation do what they should."""

from itertools import pairwise

import numpy as np
import pytest

from snnlab.learning import Clusters, cluster_responses
from snnlab.learning.competition.repeated_image import repeated_image
from snnlab.learning.competition.small_clusters import SMALL, begin, small_digits, work

IMAGE, SEED = small_digits(1)[0], np.uint64(1)


def test_the_first_showing_is_that_of_a_layer_that_does_not_learn():
    """Where no spike changes anything, it is the second image for which such a layer is asked."""
    still = SMALL._replace(eta_pre=0.0, eta_post=0.0, theta_plus=0.0, pause=0.0)
    room = work(9, 64, 100)
    begin(room, still, SEED)
    start = Clusters(room.w.T, np.full(9, still.theta_start))
    expected = cluster_responses(start, [IMAGE, IMAGE], still, dt=1.0, rng=SEED)[1]
    np.testing.assert_array_equal(repeated_image(IMAGE, still, showings=1, rng=SEED).each, expected)
    assert expected.sum() > 5


def test_every_spike_is_told_and_counted():
    seen = repeated_image(IMAGE, SMALL._replace(theta_plus=0.5), rng=SEED)
    assert seen.times.size == seen.n == seen.each.sum() > 20
    np.testing.assert_array_equal(np.bincount(seen.units, minlength=9), seen.each)
    assert seen.times.max() < 6 * 140 and np.all(np.diff(seen.times) >= 0)
    assert seen.share == pytest.approx(100 * seen.each.max() / seen.n)
    early, late = seen.units[seen.times <= 140], seen.units[seen.times > 5 * 140]
    assert seen.first == 1 + np.bincount(early).argmax() and seen.last == 1 + np.bincount(late).argmax()


def test_the_winner_stays_unless_its_threshold_rises():
    assert repeated_image(IMAGE, SMALL._replace(theta_plus=0.0), rng=SEED).busy == 1
    assert repeated_image(IMAGE, SMALL._replace(theta_plus=0.5), rng=SEED).busy > 2
    free = repeated_image(IMAGE, SMALL._replace(theta_plus=0.0, g_in=0.0), rng=SEED)
    assert free.busy == 9 and free.share < 20


def test_in_the_dark_nobody_fires():
    seen = repeated_image(np.zeros((8, 8)), rng=SEED)
    assert seen.n == seen.busy == 0 and np.isnan([seen.share, seen.first, seen.last, *seen.light]).all()


@pytest.mark.parametrize("rate", [80.0, 255.0])
def test_the_light_is_the_rate_of_a_white_pixel_and_off_in_the_pauses(rate):
    """Five sevenths of a showing are light; all pixels together fire as often as a binomial law says."""
    light = repeated_image(IMAGE, SMALL._replace(rate=rate), rng=SEED).light.reshape(6, 7)
    np.testing.assert_array_equal(light[:, 5:], 0.0)
    spikes = light * IMAGE.sum() * 0.02
    np.testing.assert_allclose(spikes, spikes.round(), rtol=0, atol=1e-9)
    p = rate / 1000 * IMAGE
    scatter = np.sqrt(600 * (p * (1 - p)).sum())
    assert spikes.sum() == pytest.approx(600 * p.sum(), rel=0, abs=4 * scatter)


def test_parts_of_a_showing_that_differ_in_length_are_told_by_their_own():
    """A white image at a thousandth of a second a step: 103 + 40 steps in sevenths of 20 and 21."""
    net = SMALL._replace(show=103.0, rate=999.0)
    light = repeated_image(np.ones(64), net, showings=1, rng=SEED).light
    edges = [k * 143 // 7 for k in range(8)]
    lit = [max(0, min(103, end) - begin) / (end - begin) for begin, end in pairwise(edges)]
    np.testing.assert_allclose(light, 999.0 * np.array(lit), rtol=0.02, atol=0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"showings": 0}, "showings must be at least 1, got 0"),
        ({"image": np.full(64, 2.0)}, "images must be from 0 to 1, got 2 to 2"),
        ({"n": 0}, "n must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        repeated_image(**({"image": IMAGE, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
