"""The spike-triggered average against theory and sums by hand."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import spike_triggered_average, thinned_spikes


def test_white_noise_shows_the_filter_of_the_neuron():
    """A rate r0 (1 + Σ h s) has the average h σ² (Dayan & Abbott, section 2.2)."""
    rng = np.random.default_rng(1)
    stimulus, h = rng.normal(size=400_000), np.array([0.02, 0.1, 0.15, 0.05])
    drive = np.convolve(stimulus, h[::-1])[: stimulus.size]  # h[-1] weighs the present, h[0] three steps ago
    spikes = thinned_spikes(60.0 * np.maximum(1 + drive, 0), 1.0, rng=rng)
    found = spike_triggered_average(spikes, stimulus, 1.0, -3.0, 2.0)
    expected = np.concatenate([h, [0.0, 0.0]])
    assert np.all(np.abs(found.mean - expected) < 4.5 * found.error)
    assert found.error == pytest.approx(1 / np.sqrt(found.n), rel=0.05)


def test_spikes_near_the_ends_do_not_count():
    stimulus = np.arange(10.0)
    found = spike_triggered_average(Spikes([0.5, 4.5, 9.5], duration=10), stimulus, 1.0, -1.0, 1.0)
    assert found.n == 1 and found.mean.tolist() == [3.0, 4.0, 5.0] and np.isnan(found.error).all()
    none = spike_triggered_average(Spikes([], duration=10), stimulus, 1.0, -1.0, 1.0)
    assert none.n == 0 and np.isnan(none.mean).all()


def test_bad_input_is_named():
    one = Spikes([1.0], duration=10)
    with pytest.raises(TypeError, match="spikes must be Spikes, got int"):
        spike_triggered_average(1, np.zeros(10), 1.0, -1.0, 0.0)
    with pytest.raises(ValueError, match="spikes must have one unit, got 2"):
        spike_triggered_average(Spikes.stack([one, one]), np.zeros(10), 1.0, -1.0, 0.0)
    with pytest.raises(ValueError, match=r"last must be at least first \(1 ms\), got 0"):
        spike_triggered_average(one, np.zeros(10), 1.0, 1.0, 0.0)
