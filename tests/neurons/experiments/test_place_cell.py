"""The place cell: against its neuron, and how its phases move."""

import numpy as np
import pytest

from snnlab.neurons import LIF, PlaceField, cross_place_field, lif_rate, simulate_lif


def test_without_rhythm_and_ramp_it_is_a_neuron_under_a_constant_current():
    field = PlaceField(first=0.3, last=0.3, inhibition=0.0)
    neuron = LIF(tau_m=10.0)
    seen = cross_place_field(3, 0.0, field, neuron, rng=np.random.default_rng(1))
    gaps = np.diff(seen.position[seen.run == 0]) / field.speed * 1000
    assert gaps == pytest.approx(1000 / lif_rate(0.3, neuron), abs=0.2)  # two steps
    assert np.all((seen.phase >= 0) & (seen.phase < 360))


@pytest.mark.equation("place-input")
def test_without_noise_it_is_a_neuron_under_the_input_of_the_equation():
    """The moment of phase 0 is drawn: it is read back from a spike, and the others follow from it."""
    field, neuron = PlaceField(first=0.05, last=0.4, inhibition=0.1, period=90.0, speed=50.0), LIF(tau_m=10.0)
    seen = cross_place_field(1, 0.0, field, neuron, rng=np.random.default_rng(4))
    times = 1000 * seen.position / field.speed
    start = times[0] - field.period * seen.phase[0] / 360.0
    t = (np.arange(8000) + 0.5) * 0.1
    i = 0.05 + (0.4 - 0.05) * (field.speed * t / 1000) / field.length
    i -= 0.1 * np.cos(2 * np.pi * (t - start) / 90.0)
    np.testing.assert_allclose(simulate_lif(i, neuron, dt=0.1).spikes.times, times, rtol=0, atol=1e-9)


def test_the_first_spike_of_a_cycle_is_the_earliest_and_there_is_one():
    field = PlaceField()
    seen = cross_place_field(5, rng=np.random.default_rng(2))
    for run in range(5):
        phase = seen.phase[seen.run == run]
        first = seen.first[seen.run == run]
        begins = np.concatenate([[True], np.diff(phase) < 0])  # the phase has jumped back: a new cycle
        assert np.array_equal(first, begins)
        assert first.sum() <= field.length / field.speed * 1000 / field.period + 1


def test_first_spikes_come_earlier_and_earlier_and_without_a_ramp_they_do_not(reproduces):
    rng = np.random.default_rng(3)
    seen = cross_place_field(40, rng=rng)
    first = seen.first
    assert np.corrcoef(seen.position[first], seen.phase[first])[0, 1] < -0.9
    assert abs(np.corrcoef(seen.position, seen.phase)[0, 1]) < 0.15  # all spikes do not: the burst grows
    level = cross_place_field(40, field=PlaceField(first=0.15, last=0.15), rng=rng)
    onset = level.first & (level.position > 10)  # the first cycle starts from rest
    assert abs(np.corrcoef(level.position[onset], level.phase[onset])[0, 1]) < 4.5 / np.sqrt(onset.sum())
    slope, start = np.polyfit(seen.position[first], seen.phase[first], 1)
    moved = -slope * PlaceField().length
    assert 60 < moved < 180 and start < 180
    reproduces("precession", f"{moved:.0f}°", "not reached")


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="runs must be at least 1, got 0"):
        cross_place_field(0, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="speed must be positive and finite, got 0"):
        cross_place_field(1, field=PlaceField(speed=0.0), rng=np.random.default_rng(1))
