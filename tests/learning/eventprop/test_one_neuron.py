"""The adjoint of one neuron against finite differences and against SpikeProp's slope."""

import numpy as np
import pytest

from snnlab.learning.eventprop.event_network import EventNeuron
from snnlab.learning.eventprop.one_neuron import spike_adjoint

W, ARRIVALS = np.array([8.0, 8.0, -0.2]), np.array([0.0, 6.0, 7.0])


@pytest.mark.equation("eventprop")
@pytest.mark.parametrize(
    "neuron", [EventNeuron(), EventNeuron(12.0, 4.0, 1.0, -0.4), EventNeuron(6.0, 6.0, 1.5)]
)
def test_the_slopes_of_each_spike_are_those_of_finite_differences(neuron):
    h, n = 1e-5, spike_adjoint(W, ARRIVALS, 0, neuron).spikes.size
    assert n >= 2
    for k in range(n):
        told = spike_adjoint(W, ARRIVALS, k, neuron).slopes
        for i in range(W.size):
            moved = [
                spike_adjoint(W + by * h * (np.arange(W.size) == i), ARRIVALS, k, neuron).spikes[k]
                for by in (-2, -1, 1, 2)
            ]
            slope = (moved[0] - 8 * moved[1] + 8 * moved[2] - moved[3]) / (12 * h)
            assert told[i] == pytest.approx(slope, abs=5e-8 * max(1.0, np.abs(told).max()))


def test_the_first_spike_has_the_slope_that_spikeprop_gives_it():
    """Minus the postsynaptic potential, over how steeply the potential crosses."""
    seen = spike_adjoint(W, ARRIVALS)
    t, rise = seen.spikes[0], (seen.currents[0] - 1.0) / 20.0
    psp = 5.0 / 15.0 * (np.exp(-t / 20.0) - np.exp(-t / 5.0))
    assert seen.slopes == pytest.approx([-psp / rise, 0.0, 0.0], rel=1e-12, abs=0)


def test_without_the_factor_a_later_spike_has_another_slope_and_the_first_the_same():
    for k, off in ((0, False), (1, True), (2, True)):
        exact, wrong = (spike_adjoint(W, ARRIVALS, k, factor=factor).slopes[0] for factor in (True, False))
        assert (abs(wrong / exact - 1.0) > 0.1) == off


def test_the_curves_run_from_the_first_arrival_to_the_spike():
    seen = spike_adjoint(W, ARRIVALS, 2)
    assert (np.diff(seen.t) >= 0).all()
    assert seen.t[0] == 0.0 and seen.t[-1] == seen.spikes[2]
    assert seen.lambda_v[-1] == pytest.approx(1.0 / (seen.currents[2] - 1.0))
    assert seen.slopes[0] == pytest.approx(-5.0 * seen.lambda_i[0])
    assert seen.lambda_i[-1] == 0.0


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match="spike must be below 3, as many as the neuron fires, got 3"):
        spike_adjoint(W, ARRIVALS, 3)
    with pytest.raises(ValueError, match="arrivals must be 3, one a weight, got 2"):
        spike_adjoint(W, ARRIVALS[:2])
    with pytest.raises(ValueError, match="arrivals must be before 50 ms, got 50"):
        spike_adjoint([8.0], [50.0])
