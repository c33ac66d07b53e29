"""What is watched is what the chip learns: digits are told apart, and each part of it is needed."""

import numpy as np
import pytest

from snnlab.learning import classify_responses, label_clusters
from snnlab.loihi.networks import watched_clusters as watched
from snnlab.loihi.networks.clustered_digits import (
    PAUSE,
    SHOWN,
    START_HIGH,
    START_LOW,
    ChipClusters,
    calm,
    clustering_chip,
    show_image,
)
from snnlab.loihi.networks.watched_clusters import IMAGES, N, watched_clusters
from snnlab.random import seed_from

SEEDS = [np.uint64(seed) for seed in range(1, 11)]
CONTROLS = {"untaught": {"shown": 0}, "no loss": {"loss": 0}, "no homeostasis": {"eta": 0}}


@pytest.fixture(scope="module")
def taught():
    return [watched_clusters(rng=seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def without():
    return {kind: [watched_clusters(**one, rng=seed) for seed in SEEDS] for kind, one in CONTROLS.items()}


@pytest.mark.parametrize("kind", CONTROLS)
def test_without_one_part_fewer_are_named(taught, without, kind):
    apart = np.array([seen.right for seen in taught]) - [seen.right for seen in without[kind]]
    assert apart.mean() > 3 * apart.std(ddof=1) / np.sqrt(apart.size)


def test_without_homeostasis_one_takes_more(taught, without):
    assert max(seen.busiest for seen in taught) < min(seen.busiest for seen in without["no homeostasis"])


def test_without_loss_weights_only_grow(without):
    for seen in without["no loss"]:
        assert np.nanmin(seen.fields) >= START_LOW and np.nanmax(seen.fields) == 255


def test_before_anything_is_shown_weights_are_those_of_the_start():
    seen = watched_clusters(0, rng=SEEDS[0])
    fields = seen.fields[np.isfinite(seen.fields)]
    assert fields.size == N * 64 and START_LOW <= fields.min() and fields.max() < START_HIGH
    assert seen.n == seen.times.size == 0 and np.isnan(seen.busiest)


@pytest.mark.parametrize("loss", [2, 7])
def test_digits_are_named_as_the_functions_of_chapter_22_name_them(loss):
    pixels, labels = watched.shown_digits()
    seen, chip = watched.recorded(), watched.laid_out(SEEDS[1])
    watched.run_watched(seen, chip, pixels, labels, watched.room(), 20.0, 3.0, float(loss), 4.0)
    responses = np.zeros((len(pixels), N), np.int32)
    for k, (image, counts) in enumerate(zip(pixels, responses, strict=True)):  # the chip is as it was left
        calm(chip.state)
        t = IMAGES * (SHOWN + PAUSE) + k * SHOWN
        show_image(chip, t, image, 0, False, counts, SEEDS[1] ^ watched.SPIKES)
    stands = label_clusters(responses[:IMAGES], labels[:IMAGES])
    told = classify_responses(responses[IMAGES:], stands)
    fires = (responses[IMAGES:, stands >= 0] > 0).any(axis=1)
    right = np.mean((told == labels[IMAGES:]) & fires)
    assert seen.right[0] == pytest.approx(100 * right, rel=1e-12, abs=0)
    assert seen.unnamed[0] == np.sum(~fires)
    means = [responses[:IMAGES][labels[:IMAGES] == c].mean(axis=0) for c in range(4)]
    np.testing.assert_allclose(seen.answers, means, rtol=1e-12)


def test_the_rules_are_what_the_documentation_says():
    """With a = 4, l = 3 and eta = 2, as if they were written so."""
    chip = watched.laid_out(SEEDS[0])
    watched.run_watched(watched.recorded(), chip, *watched.shown_digits(), watched.room(), 0.0, 4.0, 3.0, 2.0)
    rules = "dw = 2^-4*x1*y0 - 3*2^-6*y0*w", "dw = 2*2^-2*x0 - 2*2^1*y0"
    written = clustering_chip(ChipClusters(np.full((N, 64), 9), np.full(N, -75)), *rules, rng=SEEDS[0])
    for ours, theirs in ((chip.fields, written.fields), (chip.homeostasis, written.homeostasis)):
        worth = [x.engine.terms.mantissa * 2.0**x.engine.terms.exponent for x in (ours, theirs)]
        np.testing.assert_array_equal(*worth)


def test_spikes_are_dated_by_images_and_a_shorter_run_is_the_beginning():
    long, short = (watched_clusters(shown, rng=SEEDS[2]) for shown in (12, 5))
    assert (np.diff(long.times) >= 0).all() and long.times.max() < 12 and long.units.max() < N
    begun = long.times < 5
    np.testing.assert_array_equal(long.times[begun], short.times)
    np.testing.assert_array_equal(long.units[begun], short.units)
    assert long.busiest == pytest.approx(100 * np.bincount(long.units).max() / long.n, rel=1e-12, abs=0)


def test_a_generator_and_its_seed_are_the_same_run():
    seed = seed_from(np.random.default_rng(4))
    one, other = (watched_clusters(3, rng=rng) for rng in (np.random.default_rng(4), seed))
    np.testing.assert_array_equal(one.fields, other.fields)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"shown": 81}, "shown must be from 0 to 80, got 81"),
        ({"loss": 8}, "loss must be from 0 to 7, got 8"),
        ({"eta": -1}, "eta must be from 0 to 7, got -1"),
        ({"a": 6}, "a must be from 1 to 5, got 6"),
    ],
)
def test_arguments_that_cannot_be(wrong, rule):
    with pytest.raises(ValueError, match=rule):
        watched_clusters(**({"rng": SEEDS[0]} | wrong))
