"""Sounds in variants: each change alone does what it says, and no change does nothing."""

import numpy as np
import pytest

from snnlab.coding import encode_levels
from snnlab.learning import sound_samples
from snnlab.learning.gradients.varied_sounds import vary_levels

STILL = {"pace": 0.0, "pitch": 0.0, "colour": 0.0, "delay": 0}


def hill(steps=80, bands=24):
    """One sound: loudest in step 40 and band 12."""
    t, k = np.arange(steps)[:, None], np.arange(bands)
    return np.exp(-(((t - 40) / 10) ** 2) - ((k - 12) / 3) ** 2)


def many(**change):
    rng = np.random.default_rng(4)
    return [vary_levels(hill(), **STILL | change, rng=rng) for _ in range(200)]


def test_without_changes_it_is_the_same():
    assert (many()[0] == hill()).all()


def test_pace_changes_how_long_it_takes():
    lengths = [len(levels) for levels in many(pace=0.25)]
    assert min(lengths) in (64, 65) and max(lengths) in (105, 106, 107)
    for levels in many(pace=0.25)[:20]:
        step, band = np.unravel_index(levels.argmax(), levels.shape)
        assert band == 12 and abs(step / len(levels) - 0.5) < 0.02


def test_pitch_moves_it_by_so_many_bands_both_ways():
    tops = np.array([levels[40] @ np.arange(24) / levels[40].sum() for levels in many(pitch=2.0)])
    assert -2.0 < tops.min() - 12 < -1.9 and 1.9 < tops.max() - 12 < 2.0
    assert np.std(tops) == pytest.approx(4 / np.sqrt(12), rel=0.1)  # uniform


def test_colour_makes_bands_louder_and_leaves_silence_silent():
    given = np.where(np.arange(24) < 20, 5.0, 0.0) * np.ones((10, 1))
    rng = np.random.default_rng(5)
    heard = np.array([vary_levels(given, **STILL | {"colour": 0.2}, rng=rng) for _ in range(2000)])
    assert not heard[:, :, 20:].any()
    assert heard[:, 0, 0].std() == pytest.approx(0.2, rel=0.06) and heard[:, 0, 0].mean() == pytest.approx(
        5, abs=0.02
    )
    assert (np.ptp(heard, axis=1) < 1e-12).all()  # at all times alike
    soft = vary_levels(np.full((5, 24), 0.01), **STILL | {"colour": 0.5}, rng=rng)
    assert soft.min() == 0.0


def test_delay_is_silence_before():
    starts = []
    for levels in many(delay=3):
        starts.append(len(levels) - 80)
        assert not levels[: starts[-1]].any() and (levels[starts[-1] :] == hill()).all()
    assert set(starts) == {0, 1, 2, 3}


def test_samples_are_the_spikes_of_every_variant():
    sounds = [hill(), hill(40)]
    plain = sound_samples(sounds, [3, 1], steps=60)
    assert plain.n_inputs == 72 and plain.steps == 60 and plain.labels.tolist() == [3, 1]
    for k, sound in enumerate(sounds):
        assert np.diff(plain.start[k, [0, -1]]) == (encode_levels(sound).times < 300.0).sum()
    rng = np.random.default_rng(6)
    several = sound_samples(sounds, [3, 1], variants=4, rng=rng)
    rng = np.random.default_rng(6)
    again = sound_samples([vary_levels(s, rng=rng) for _ in range(4) for s in sounds], [3, 1] * 4)
    assert all(np.array_equal(a, b) for a, b in zip(several, again, strict=True))


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for call, message in (
        (lambda: vary_levels(hill(), pace=1.0, rng=rng), "pace must be below 1, got 1"),
        (lambda: vary_levels(hill(), pitch=-1.0, rng=rng), "pitch must be zero or positive"),
        (lambda: vary_levels(hill(), delay=-1, rng=rng), "delay must be at least 0, got -1"),
        (lambda: vary_levels(hill(), delay=10**30, rng=rng), "delay must be at most 1000000, got 1"),
        (lambda: vary_levels(np.ones(3), rng=rng), r"levels must have shape \(steps, bands\)"),
        (lambda: vary_levels(-np.ones((3, 2)), rng=rng), "levels must be zero or above, got -1"),
        (lambda: vary_levels(np.ones((3, 0)), rng=rng), "levels must hold one value at least"),
        (lambda: sound_samples([hill()], [1, 2]), r"labels must be 1 whole numbers, .* got shape \(2,\)"),
        (lambda: sound_samples([], []), "trials must be Spikes with the same number of units"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match=r"rng must be a .*Generator where there are variants, got None"):
        sound_samples([hill()], [1], variants=2)
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator such as .*, got None"):
        vary_levels(hill(), rng=None)
    with pytest.raises(TypeError, match="levels must be a sequence of arrays, got NoneType"):
        sound_samples(None, [1])
