"""The exercise on EventProp expects what the package's adjoint finds, and what the closed form says."""

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.learning.eventprop.event_network import EventNeuron
from snnlab.learning.eventprop.one_neuron import spike_adjoint

NEURON, W = EventNeuron(20.0, 10.0), 361.0 / 48.0


def second_spike(w):
    """Of a neuron with τ_m = 2 τ_s, which starts from 0: i (x − x²) = 1, with x = exp(−s/τ_m)."""
    first = (1.0 + np.sqrt(1.0 - 4.0 / w)) / 2.0
    second = (1.0 + np.sqrt(1.0 - 4.0 / (w * first**2))) / 2.0
    return -20.0 * np.log(first * second)


def test_currents_and_stretches_are_those_of_the_statement():
    seen = spike_adjoint([W], [0.0], 1, NEURON)
    assert seen.spikes.size == 2
    np.testing.assert_allclose(seen.currents, [16.0 / 3.0, 3.0], rtol=1e-9)
    np.testing.assert_allclose(np.exp(-np.diff(seen.spikes, prepend=0.0) / 20.0), [16 / 19, 3 / 4], rtol=1e-9)


def test_the_adjoint_goes_back_through_a_spike():
    seen, (lambda_v, slope) = spike_adjoint([W], [0.0], 1, NEURON), find("15.4").solution
    before = np.flatnonzero(np.isclose(seen.t, seen.spikes[0], atol=1e-9))[0]  # events stand twice
    assert seen.lambda_v[before] == pytest.approx(lambda_v, rel=1e-9, abs=0)
    assert seen.slopes[0] == pytest.approx(slope, rel=1e-9, abs=0)
    assert (second_spike(W + 1e-5) - second_spike(W - 1e-5)) / 2e-5 == pytest.approx(slope, rel=1e-8)
