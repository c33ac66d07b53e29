"""A heartbeat and spoken words, as they were recorded."""

import numpy as np

from snnlab.data import load_ecg, load_spoken_digits


def test_the_heart_beats_as_a_heart_does():
    """23 beats before the electrode slips, 0.6 to 1 s apart; what 10 bits cannot tell is not there."""
    ecg = load_ecg()
    assert (ecg.values.size, ecg.dt) == (22_350, 1.0)
    assert -1.5 < ecg.values.min() and ecg.values.max() < 1.5  # mV, what the amplifier can say
    before, after = ecg.values[:17_999], ecg.values[1:18_000]
    beats = np.flatnonzero((before < 0.3) & (after >= 0.3))
    assert beats.size == 23 and np.all((np.diff(beats) > 600) & (np.diff(beats) < 1000))
    levels = ecg.values / (3300 / 1100 / 1024)
    np.testing.assert_allclose(levels, np.rint(levels), atol=1e-9)


def test_every_speaker_says_every_digit_three_times():
    spoken = load_spoken_digits()
    assert len(spoken.sounds) == spoken.digits.size == spoken.speakers.size == 180
    said = list(zip(spoken.speakers, spoken.digits, strict=True))
    assert {said.count(pair) for pair in said} == {3} and len(set(said)) == 60
    assert sum(sound.size for sound in spoken.sounds) == 606_644


def test_a_sound_is_a_sound():
    """Around zero, below 1, and without the jumps that bytes read in a wrong way would have."""
    for sound in load_spoken_digits().sounds:
        assert np.abs(sound).max() < 1 and abs(sound.mean()) < 0.05 * np.abs(sound).max()
        assert np.diff(sound).std() < sound.std() * 1.5
