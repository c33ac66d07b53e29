"""Fields as tiles: they are the weights, normalised, and each mechanism does what it is said to do."""

import numpy as np
import pytest

from snnlab.learning.competition.cluster_fields import cluster_fields
from snnlab.learning.competition.small_clusters import SMALL, begin, small_digits, work

IMAGES = small_digits(80)


def tiles(fields):
    """The weights of each neuron, row by row."""
    return fields.reshape(3, 9, 3, 9)[:, 1:, :, :8]


def test_before_anything_is_shown_the_tiles_are_the_weights_of_the_start():
    seen = cluster_fields(IMAGES, 0, rng=np.uint64(3))
    room = work(9, 64, 100)
    begin(room, SMALL, np.uint64(3))
    picture = np.full((27, 27), np.nan)
    for k, field in enumerate(room.w.T):
        row, column = 9 * (k // 3), 9 * (k % 3)
        picture[row : row + 8, column : column + 8] = field.reshape(8, 8)
    np.testing.assert_allclose(seen.fields, picture[::-1], rtol=1e-12)
    assert seen.busy == 0 and not seen.each.any()


def test_each_tile_keeps_the_sum_of_the_network_and_fields_are_compared():
    seen = cluster_fields(IMAGES, 20, rng=np.uint64(1))
    fields = tiles(seen.fields)
    np.testing.assert_allclose(fields.sum(axis=(1, 3)), SMALL.total, rtol=1e-12)
    apart = np.corrcoef(fields.transpose(0, 2, 1, 3).reshape(9, 64))
    assert seen.alike == pytest.approx(apart[np.triu_indices(9, 1)].mean(), rel=1e-9, abs=0)


def test_the_course_is_what_shorter_runs_end_with():
    seen = cluster_fields(IMAGES, 6, rng=np.uint64(1))
    ends = [cluster_fields(IMAGES, shown, rng=np.uint64(1)).alike for shown in range(7)]
    np.testing.assert_allclose(seen.course[:7], ends, rtol=0, atol=1e-12)
    assert seen.course.size == 81 and np.isnan(seen.course[7:]).all() and len(set(ends)) == 7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_adaptation_one_takes_all_and_without_inhibition_all_take_all(seed):
    seed = np.uint64(seed)
    tyrant = cluster_fields(IMAGES, net=SMALL._replace(theta_plus=0.0), rng=seed)
    assert tyrant.busy == 1 and tyrant.each.max() > 0.9 * tyrant.each.sum()
    everybody = cluster_fields(IMAGES, net=SMALL._replace(g_in=0.0), rng=seed)
    assert everybody.busy == 9 and everybody.alike > 0.99
    shared = cluster_fields(IMAGES, rng=seed)
    assert shared.busy > 5 and shared.alike < 0.7


@pytest.mark.parametrize(("n", "shape"), [(1, (9, 9)), (5, (27, 27)), (12, (36, 36))])
def test_there_is_a_tile_for_each_neuron(n, shape):
    seen = cluster_fields(IMAGES, 0, n=n, rng=np.uint64(1))
    assert seen.fields.shape == shape and np.isfinite(seen.fields).sum() == 64 * n
    assert np.isnan(seen.alike) == (n == 1)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"images": IMAGES[:, :60]}, "images must be square, got 60 pixels"),
        ({"shown": 81}, "shown must be at most 80, the number of images, got 81"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        cluster_fields(**({"images": IMAGES, "rng": np.uint64(1)} | wrong))
    assert str(failure.value) == sentence
