"""The Fano factor and its time scale."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import fano_curve, fano_in_time, fano_over_trials, gamma_spikes, poisson_spikes


def test_a_poisson_train_has_1_at_every_time_scale():
    spikes = poisson_spikes(50.0, 1e6, 3, rng=np.random.default_rng(1))
    windows = np.array([2.0, 20.0, 200.0, 2000.0])
    bound = 4.5 * np.sqrt((2 + 1 / (0.05 * windows)) * windows / 1e6)  # of a Poisson variance, in units of F
    assert np.all(np.abs(fano_curve(spikes, windows) - 1) < bound[:, None])


def test_a_gamma_train_falls_from_1_to_the_square_of_its_cv():
    spikes = gamma_spikes(50.0, 4.0, 1e6, rng=np.random.default_rng(2))
    curve = fano_curve(spikes, [0.5, 5.0, 20.0, 2000.0]).ravel()
    assert np.all(np.diff(curve) < 0)
    assert curve[0] == pytest.approx(1 - 50 * 0.5 / 1000, abs=0.01)  # at most one spike a window: 1 − p
    assert curve[-1] == pytest.approx(1 / 4, abs=0.05)


@pytest.mark.equation("fano-factor")
def test_trials_and_windows_are_counted_as_defined():
    spikes = Spikes([1.0, 2.0, 3.0, 14.0, 25.0], units=[0, 0, 1, 1, 1], duration=29)
    assert fano_over_trials(spikes) == pytest.approx(np.var([2, 3]) / np.mean([2, 3]))
    expected = [np.var([2, 0]) / 1, 0]  # the last 9 ms are no whole window
    assert fano_in_time(spikes, 10.0) == pytest.approx(expected)


def test_silence_is_nan_and_bad_input_is_named():
    silent = Spikes([], n_units=2, duration=100)
    assert np.isnan(fano_over_trials(silent)) and np.isnan(fano_in_time(silent, 10.0)).all()
    with pytest.raises(ValueError, match=r"window must fit twice into the duration \(100 ms\), got 51"):
        fano_in_time(silent, 51)
    with pytest.raises(TypeError, match="trials must be Spikes, got list"):
        fano_over_trials([[1.0]])
