"""Digits are clustered on the chip: as well as in real numbers, and by nothing but what the rules say."""

import numpy as np
import pytest

from snnlab.course import load_table
from snnlab.loihi import chip_responses, equal_ink, learn, learn_chip_clusters
from snnlab.loihi.fixed_point import REGISTER_LIMIT
from snnlab.loihi.networks import clustered_digits as clustered
from snnlab.loihi.networks.clustered_digits import CLUSTER_RULE, ChipClusters, clustering_chip, show_image
from snnlab.loihi.neuron.traces import Trace, Traces

RNG = np.random.default_rng
HALVES = np.repeat([[1.0, 0.0], [0.0, 1.0]], 100, axis=1)


def of(kind):
    table = load_table("clustered_on_chip")
    return table["right"][table["kind"] == kind]


def test_the_chip_is_within_five_points_of_real_numbers_in_ten_seeds():
    in_real = load_table("cluster_digits")["right"]
    assert of("learnt").size == in_real.size == 10
    assert of("learnt").mean() > in_real.mean() - 0.05


def test_floats_that_see_the_images_of_the_chip_are_no_better_for_it():
    """Equal ink is not what puts the chip ahead."""
    apart = of("learnt") - of("floats")
    assert of("floats").size == 10 and apart.mean() > 3 * apart.std(ddof=1) / np.sqrt(apart.size)
    assert abs(of("floats").mean() - load_table("cluster_digits")["right"].mean()) < 0.05


@pytest.mark.parametrize("kind", ["untaught", "no loss", "own ink", "no homeostasis"])
def test_a_control_is_worse_in_the_mean(kind):
    apart = of("learnt") - of(kind)
    assert apart.mean() > 3 * apart.std(ddof=1) / np.sqrt(apart.size)


def test_without_learning_nothing_is_learnt():
    learnt = learn_chip_clusters(HALVES, 2, shown=0, rng=RNG(1))
    low, high = clustered.START_LOW, clustered.START_HIGH
    assert learnt.counts.shape == (0, 2) and (learnt.clusters.clock == clustered.START_CLOCK).all()
    assert low <= learnt.clusters.w.min() and learnt.clusters.w.max() < high


def test_two_halves_are_told_apart_and_asking_changes_nothing():
    learnt = learn_chip_clusters(HALVES, 2, shown=40, rng=RNG(1)).clusters
    before = ChipClusters(*(part.copy() for part in learnt))
    counts = chip_responses(learnt, HALVES, rng=RNG(2))
    assert sorted(counts.argmax(axis=1)) == [0, 1]
    for part, old in zip(learnt, before, strict=True):
        np.testing.assert_array_equal(part, old)
    np.testing.assert_array_equal(counts, chip_responses(learnt, HALVES, rng=RNG(2)))


def test_all_rivals_at_once_do_not_overflow_the_current():
    rivals = (clustered.MOST - 1) * -clustered.INHIBITS << 6 + clustered.RIVAL.exponent
    clock = 255 << 6 + clustered.CLOCK.exponent
    assert rivals + clock < REGISTER_LIMIT <= rivals + clock - (clustered.INHIBITS << 6 + 4)


def test_who_fires_less_than_its_share_is_inhibited_less():
    """An epoch with the clock adds 1/32, an epoch with a spike takes 1; a dark image makes nobody fire."""
    n, images = 20, 64
    chip = clustering_chip(ChipClusters(np.full((n, 4), 50), np.full(n, -75)), rng=np.uint64(1))
    counts, dark = np.zeros(n, np.int32), np.zeros(4)
    steps = clustered.SHOWN + clustered.PAUSE
    for k in range(images):
        show_image(chip, k * steps, dark, clustered.PAUSE, True, counts, np.uint64(2))
    epochs = images * clustered.SHOWN // clustered.EPOCH
    moved = chip.homeostasis.state.z[0] + 75
    assert counts.sum() == 0 and (chip.fields.state.z[0] == 50).all()
    share = 1 / 32
    assert abs(moved.mean() - share * epochs) < 4 * np.sqrt(share * epochs / n)


@pytest.mark.equation("loihi-clusters")
def test_a_weight_settles_at_twice_the_trace():
    """A trace without a decay stands at 40; the compartment fires in each step: w = 2^-5 40 / 2^-6 = 80."""
    pre, post = np.zeros((1500, 1), int), np.ones((1500, 200), int)
    pre[::2] = 1
    traces = Traces(x1=Trace(impulse=40))
    run = learn(pre, post, 20, CLUSTER_RULE, traces, rng=RNG(1))
    late = run.w[500:].mean()  # the trace is 40 in every other step, and 0 in between
    assert late == pytest.approx(2 * 20, rel=0.05, abs=0)


def test_ink_is_made_equal():
    images = equal_ink(RNG(1).random((5, 4, 6)), 7.0)
    assert images.shape == (5, 24)
    np.testing.assert_allclose(images.sum(axis=1), 7.0, rtol=1e-12, atol=0)
    assert (equal_ink(np.zeros((2, 3))) == 0).all()


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"n": 33}, "n must be from 1 to 32, got 33"),
        ({"images": [[6.0]]}, "images must be from 0 to 5, got 6 to 6"),
        ({"images": np.zeros((0, 3))}, "images must be one or more of a pixel or more"),
    ],
)
def test_arguments_that_cannot_be(wrong, rule):
    with pytest.raises(ValueError, match=rule):
        learn_chip_clusters(**({"images": HALVES, "rng": RNG(1)} | wrong))


def test_clusters_that_do_not_fit():
    with pytest.raises(ValueError, match="clusters must have w of shape"):
        chip_responses(ChipClusters(np.full((2, 3), 9), np.full(2, -1)), HALVES, rng=RNG(1))
    with pytest.raises(TypeError, match="clusters must be ChipClusters"):
        chip_responses(HALVES, HALVES, rng=RNG(1))
    with pytest.raises(ValueError, match="ink must be zero or positive"):
        equal_ink(HALVES, -1.0)
