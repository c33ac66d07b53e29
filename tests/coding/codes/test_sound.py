"""An ear: tones fall into the bands of their frequency, loudness is relative, and spikes tell the levels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.coding import Cochlea, encode_level_crossings, encode_levels, sound_levels
from snnlab.coding.codes.sound import check_cochlea
from snnlab.data import load_spoken_digits

DT = 0.125


def tone(frequency, duration=200.0, size=1.0):
    return size * np.sin(2 * np.pi * frequency / 1000.0 * np.arange(0.0, duration, DT))


def middle_of_band(k, ear=Cochlea()):
    """The frequency at which the triangle of a band has its tip: equal steps on the mel scale."""
    low, high = (2595 * np.log10(1 + f / 700) for f in (ear.lowest, ear.highest))
    return 700 * (10 ** ((low + (high - low) * (k + 1) / (ear.n_bands + 1)) / 2595) - 1)


@pytest.mark.parametrize("band", range(3, 24))
def test_a_tone_is_loudest_in_its_band(band):
    levels = sound_levels(tone(middle_of_band(band)), DT)
    assert (levels[5:35].argmax(axis=1) == band).all()
    assert levels.max() == 1.0


def test_a_tone_between_two_bands_is_shared_by_both():
    """At the crossing of two triangles each has half the power of its tip, 3 dB less."""
    low, high = middle_of_band(12), middle_of_band(13)
    levels = sound_levels(tone((low + high) / 2), DT)[20]
    assert levels[12] == pytest.approx(levels[13], abs=0.01)
    assert set(np.argsort(levels)[-2:]) == {12, 13}


def test_levels_are_decibels_below_the_loudest():
    """A tone of a tenth of the pressure has a hundredth of the power: 20 dB, 0.4 of a span of 50 dB."""
    sound = np.concatenate([tone(1000.0), tone(1000.0, size=0.1)])
    levels = sound_levels(sound, DT).max(axis=1)
    assert levels[20] - levels[60] == pytest.approx(0.4, abs=0.001)
    assert sound_levels(7.0 * sound, DT) == pytest.approx(sound_levels(sound, DT), abs=1e-9)
    twice = sound_levels(sound, DT, Cochlea(span=100.0)).max(axis=1)
    assert twice[20] - twice[60] == pytest.approx(0.2, abs=0.001)


def test_a_click_is_heard_for_the_length_of_the_window_around_it():
    sound = np.zeros(1600)
    sound[800] = 1.0  # at 100 ms
    heard = np.flatnonzero(sound_levels(sound, DT).max(axis=1)) * 5.0
    assert heard.min() == 90.0 and heard.max() == 110.0  # 25 ms wide, its ends below the span


def test_silence_is_silent():
    assert not sound_levels(np.zeros(800), DT).any()
    assert encode_levels(np.zeros((20, 24))).n_spikes == 0


@settings(max_examples=30)
@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=1, max_size=40))
def test_the_spikes_of_a_band_are_its_integral_and_its_crossings(rows):
    levels = np.array(rows)
    ear = Cochlea(rate=80.0, threshold=0.2)
    trains = encode_levels(levels, ear)
    assert trains.n_units == 9 and trains.duration == len(rows) * ear.step
    for k in range(3):
        told = levels[:, k].sum() * ear.rate * ear.step / 1000.0
        assert abs(len(trains[k]) - told) <= 1.0 + 1e-9
        moved = encode_level_crossings(np.concatenate([[0.0], levels[:, k]]), ear.step, ear.threshold)
        assert trains[3 + k] == pytest.approx(moved[0]) and trains[6 + k] == pytest.approx(moved[1])


def test_a_constant_level_fires_at_its_rate():
    trains = encode_levels(np.full((200, 2), [1.0, 0.5]))
    assert np.diff(trains[0]) == pytest.approx(10.0) and np.diff(trains[1]) == pytest.approx(20.0)


def test_the_spoken_digits_are_heard():
    spoken = load_spoken_digits()
    counts = [encode_levels(sound_levels(sound, spoken.dt)).n_spikes for sound in spoken.sounds[::20]]
    assert 200 < min(counts) and max(counts) < 1500


def test_bad_arguments_are_named():
    for call, message in (
        (lambda: sound_levels([], DT), "sound must hold one value at least"),
        (lambda: sound_levels([[1.0]], DT), r"sound must have shape \(samples,\)"),
        (lambda: sound_levels([np.nan], DT), "sound must be finite, got nan"),
        (lambda: sound_levels([1.0], 0.0), "dt must be positive and finite, got 0"),
        (lambda: sound_levels([1.0], 20.0), "step and window must be longer than dt .20 ms., got 5 and 25"),
        (lambda: sound_levels([1.0], 0.2), "highest must be at most half the rate of the samples .2500 Hz."),
        (lambda: sound_levels([1.0], DT, Cochlea(n_bands=200)), "n_bands must leave each band a frequency"),
        (lambda: check_cochlea(Cochlea(n_bands=0)), "n_bands must be at least 1, got 0"),
        (lambda: check_cochlea(Cochlea(span=-1.0)), "span must be positive and finite, got -1"),
        (lambda: encode_levels(np.ones(3)), r"levels must have shape \(steps, bands\)"),
        (lambda: encode_levels(np.ones((0, 3))), r"levels must hold one value at least, got shape \(0, 3\)"),
        (lambda: encode_levels(-np.ones((2, 3))), "levels must be zero or above, got -1"),
        (lambda: encode_levels(1e12 * np.ones((2, 3))), "at most 1e.08"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
    with pytest.raises(TypeError, match="cochlea must be a Cochlea, got int"):
        sound_levels([1.0], DT, 5)
    for call, message in (
        (lambda: sound_levels([1.0], 1e-12), "window and step must hold at most 1048576 values of the sound"),
        (
            lambda: sound_levels([1.0], 1e-300),
            "window and step must hold at most 1048576 values of the sound",
        ),
        (
            lambda: sound_levels([1.0], DT, Cochlea(n_bands=10**6)),
            "n_bands must leave each band a frequency",
        ),
        (lambda: sound_levels(np.zeros(10**6), DT, Cochlea(step=DT)), "sound must be so short that"),
    ):
        with pytest.raises(ValueError, match=message):
            call()


@pytest.mark.parametrize("power", [-700, -40, 40, 700])
def test_the_unit_of_the_pressure_does_not_matter(power):
    """Neither where squares would be beyond all floats, nor where they would be 0."""
    sound = tone(1000.0)
    np.testing.assert_array_equal(sound_levels(np.ldexp(sound, power), DT), sound_levels(sound, DT))
