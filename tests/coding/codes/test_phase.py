"""Phases: by hand, there and back, and the Rayleigh test against chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import decode_phases, encode_phases, phase_locking, spike_phases


def test_phases_turn_with_the_start_and_stay_below_a_full_circle():
    spikes = Spikes([0.0, 25.0, 50.0, 199.0], duration=200)
    assert np.degrees(spike_phases(spikes, 100.0)) == pytest.approx([0, 90, 180, 356.4])
    assert np.degrees(spike_phases(spikes, 100.0, start=25.0)) == pytest.approx([270, 0, 90, 266.4])
    assert spike_phases(Spikes([0.0], duration=1), 100.0, start=1e-18).max() < 2 * np.pi


def test_strength_of_a_modulated_rate_in_closed_form():
    """A rate 1 + m cos φ has the vector strength m / 2."""
    rng, m = np.random.default_rng(1), 0.6
    phase = rng.uniform(0, 2 * np.pi, 400_000)
    phase = phase[rng.uniform(0, 1 + m, phase.size) < 1 + m * np.cos(phase - 1.0)]
    spikes = Spikes(np.sort(phase / (2 * np.pi) * 100.0), duration=100)
    found = phase_locking(spikes, 100.0)
    assert found.strength == pytest.approx(m / 2, abs=5 / np.sqrt(phase.size))
    assert found.phase == pytest.approx(1.0, abs=5 / np.sqrt(phase.size) / (m / 2))
    assert found.p == 0


@pytest.mark.parametrize("n", [10, 50])
def test_rayleigh_says_how_often_chance_does_it(n):
    """p is uniform for phases without preference: 5 % of them are below 0.05."""
    rng = np.random.default_rng(2)
    trials = 4000
    p = [phase_locking(Spikes(np.sort(rng.uniform(0, 100, n)), duration=100), 100.0).p for _ in range(trials)]
    for level in (0.05, 0.5):
        error = np.sqrt(level * (1 - level) / trials)
        assert abs(np.mean(np.array(p) < level) - level) < 4 * error


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(1, 5), st.floats(1, 1000))
def test_what_is_encoded_can_be_decoded(values, cycles, period):
    coded = encode_phases(values, period, cycles)
    assert np.all(np.bincount(coded.units) == cycles)
    found = decode_phases(coded, period)
    off = np.abs(found - values)
    assert np.minimum(off, 1 - off).max() < 1e-9  # the ends of the range meet


def test_few_spikes():
    assert np.isnan(phase_locking(Spikes([], duration=10), 5.0)[:3]).all()
    one = phase_locking(Spikes([2.5], duration=10), 5.0)
    assert one.strength == 1 and one.phase == pytest.approx(np.pi) and 0.3 < one.p <= 1
    silent = decode_phases(Spikes([2.5], units=[0], n_units=2, duration=10), 10.0)
    assert silent[0] == pytest.approx(0.75) and np.isnan(silent[1])


def test_bad_input_is_named():
    spikes = Spikes([1.0], duration=10)
    with pytest.raises(ValueError, match="period must be positive and finite, got -1"):
        spike_phases(spikes, -1)
    with pytest.raises(ValueError, match="spikes must have one unit, got 2"):
        phase_locking(Spikes.stack([spikes, spikes]), 5.0)
    with pytest.raises(ValueError, match=r"values must lie from 0 to 1, got 0 to 1\.5"):
        encode_phases([0.0, 1.5], 10.0)
    with pytest.raises(ValueError, match=r"high must be above low \(2\), got 1"):
        encode_phases([1.5], 10.0, low=2.0, high=1.0)
    with pytest.raises(ValueError, match="cycles must be at least 1, got 0"):
        encode_phases([0.5], 10.0, cycles=0)
