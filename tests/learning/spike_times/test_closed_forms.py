"""The three closed forms against a root finder, and against the neuron that networks use."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, alpha_spike
from snnlab.learning.spike_times.closed_forms import double, equal, no_leak, spike_of_causal_set

POTENTIALS = {
    no_leak: lambda s: 1.0 - np.exp(-s),
    equal: lambda s: s * np.exp(-s),
    double: lambda s: np.exp(-s / 2.0) - np.exp(-s),
}


def first_root(w, times, kernel, theta):
    """The first crossing: a scan in steps of 1e-3, and Brent's method in the step where it happens."""
    t = np.linspace(0, 20, 20001)

    def v(at):
        s = np.maximum(np.subtract.outer(at, times), 0.0)
        return (w * kernel(s)).sum(axis=-1) - theta

    above = np.flatnonzero(v(t) >= 0)
    return brentq(lambda x: float(v(x)), t[above[0] - 1], t[above[0]], xtol=1e-14) if above.size else math.inf


@pytest.mark.parametrize("form", POTENTIALS, ids=lambda f: f.__name__)
def test_the_first_root(form):
    rng, silent = np.random.default_rng(1), 0
    for _ in range(60):
        w, times, tau = rng.normal(0.5, 0.8, 6), rng.uniform(0, 1, 6), rng.uniform(0.5, 3)
        theta = rng.choice([0.1, 0.4])
        known = tau * first_root(w, times / tau, POTENTIALS[form], theta)
        time, causal = spike_of_causal_set(w, times, form, theta, tau)
        assert time == pytest.approx(known, abs=1e-9)
        assert causal.tolist() == ((times < time).tolist() if math.isfinite(time) else [True] * 6)
        silent += time == math.inf
    assert 0 < silent < 40


def test_the_neuron_of_networks_is_the_one_with_equal_time_constants():
    """And the kernel, which goes from arrival to arrival, finds what the search through causal sets finds."""
    rng = np.random.default_rng(2)
    for _ in range(200):
        w, times, k = rng.normal(0.5, 0.8, 8), rng.uniform(0, 1, 8), rng.choice([0.5, 1.0, 3.0])
        time, causal = spike_of_causal_set(w, times, equal, 0.4 * k, 1.0 / k)
        spike = alpha_spike(w, times, AlphaNeuron(k, 0.4))
        assert spike.time == pytest.approx(time, abs=1e-9)
        assert math.isinf(time) or spike.causal.tolist() == causal.tolist()


def test_an_excitation_that_comes_too_late_is_left_out():
    for form in POTENTIALS:
        time, causal = spike_of_causal_set([9.0, 9.0, 9.0], [0.0, 8.0, math.inf], form)
        assert time < 1 and causal.tolist() == [True, False, False]


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="tau_s must be positive and finite, got 0"):
        spike_of_causal_set([1.0], [0.0], equal, tau_s=0.0)
    with pytest.raises(ValueError, match="times must be 1, one a weight, got 2"):
        spike_of_causal_set([1.0], [0.0, 1.0], equal)
