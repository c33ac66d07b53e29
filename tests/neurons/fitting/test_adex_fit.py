import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, AdEx, simulate_adex
from snnlab.neurons.fitting.adex_fit import adex_response, fit_adex

TRUE = AdEx(20.0, 100.0, -65.0, -60.0, -50.0, 2.0, -20.0, 100.0, 0.001, 0.03)
CURRENT = np.array([0.25, 0.35, 0.5])


@pytest.fixture(scope="module")
def spikes():
    return simulate_adex(np.tile(CURRENT, (5000, 1)), TRUE, dt=0.1).spikes


def test_the_waits_are_those_of_the_simulation(spikes):
    found = adex_response(CURRENT, spikes, TRUE)
    assert found.waits == pytest.approx(
        np.concatenate([np.diff(t, prepend=0.0) for t in spikes]), rel=1e-9, abs=0
    )
    assert found.counts.tolist() == [len(train) for train in spikes]


def test_the_current_before_settles_the_neuron():
    """A second of the current before, from rest, and the step after it: the same waits."""
    i = np.concatenate([np.full(10_000, -0.1), np.full(5000, 0.5)])
    times = simulate_adex(i, TRUE, dt=0.1).spikes.times - 1000.0
    found = adex_response([0.5], Spikes(times, duration=500), TRUE, before=-0.1)
    assert found.waits == pytest.approx(np.diff(times, prepend=0.0), rel=0, abs=0.11)  # a step of time


def test_a_neuron_that_falls_silent_waits_longest():
    found = adex_response([0.1], Spikes([10.0, 30.0], duration=100), TRUE)
    assert found.waits.tolist() == [1000.0, 1000.0] and found.counts.tolist() == [0]


def test_a_fit_comes_close_to_a_neuron_of_its_kind(spikes):
    fit = fit_adex(CURRENT, spikes, LIF())
    assert fit.interval_error < 0.03
    kept = "tau_m", "r_m", "v_rest"
    assert [getattr(fit.neuron, name) for name in kept] == [getattr(LIF(), name) for name in kept]
    silenced = fit.neuron._replace(b=0.0, a=0.0)  # the control: without adaptation the same neuron is far off
    assert adex_response(CURRENT, spikes, silenced).interval_error > 0.2


def test_refused():
    with pytest.raises(ValueError, match="spikes must be five at least, got 1"):
        fit_adex([0.3], Spikes([20.0], duration=100), LIF())
    few = Spikes(np.arange(1.0, 60.0, 10.0), duration=100)
    with pytest.raises(ValueError, match=r"current must be positive somewhere, got -0\.1 at most"):
        fit_adex([-0.1], few, LIF())
