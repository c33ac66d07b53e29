"""A pair of spikes: the slope is that of the loss, and what is said to cause it does."""

import numpy as np
import pytest

from snnlab.learning.gates.gated_network import GatedWeights, run_gated
from snnlab.learning.gates.pair_slope import PAIR, pair_slope

CAUSAL, LATE = [3.0, 7.0, 15.0, 30.0, 60.0], [-15.0, -7.0, -4.0]


def area_of_the_trace(w, apart):
    """∫ s_post dt, ms, of the pair with a weight, run for itself."""
    x = np.zeros((1, 360, 2))
    pre = 300 - round(apart / PAIR.dt)
    x[0, pre : pre + 10, 0] = x[0, 300:310, 1] = 1.0
    weights = GatedWeights(
        8.0 * np.eye(2), np.array([[0.0, 0.0], [w, 0.0]]), np.array([[0.0, 1.0]]), np.full(2, -0.1)
    )
    return PAIR.dt * run_gated(weights, x, PAIR).out.sum()


@pytest.mark.parametrize("apart", [5.0, 20.0, -7.0])
def test_it_is_the_slope_of_what_the_neuron_does(apart):
    h = 1e-5
    differences = (area_of_the_trace(h, apart) - area_of_the_trace(-h, apart)) / (2 * h)
    assert pair_slope([apart]).slope[0] == pytest.approx(differences, abs=1e-6)


def test_before_counts_and_afterwards_does_not():
    causal, late = pair_slope(CAUSAL), pair_slope(LATE)
    assert causal.difference == pytest.approx(CAUSAL, abs=PAIR.dt)
    assert late.difference == pytest.approx(LATE, abs=PAIR.dt)
    assert (causal.slope > 0).all()
    assert np.abs(late.slope).max() < 0.05 * causal.slope.max()
    peak = causal.slope.argmax()
    assert 0 < peak < len(CAUSAL) - 1  # it rises with the trace and is forgotten by the neuron at rest
    assert causal.slope[-1] < 0.3 * causal.slope[peak]


def test_the_error_is_a_factor():
    plain = pair_slope(CAUSAL).slope
    assert pair_slope(CAUSAL, error=-2.0).slope == pytest.approx(-2.0 * plain, abs=1e-12)
    assert pair_slope(CAUSAL, error=0.0).slope == pytest.approx(0.0, abs=1e-12)


def test_without_an_end_of_the_error_there_is_no_slope():
    """A spike that is moved leaves the same charge; only what is cut off by an end can change."""
    assert pair_slope([15.0], after=150.0).slope[0] < 1e-3 * pair_slope([15.0]).slope[0]


def test_without_the_spike_there_is_next_to_none():
    """The same pair, with a current that makes neither neuron fire."""
    weak = pair_slope([15.0], strength=0.2)
    assert np.isnan(weak.difference).all()
    assert abs(weak.slope[0]) < 1e-9 < pair_slope([15.0]).slope[0]


def test_what_is_refused():
    with pytest.raises(ValueError, match="differences must be from -100 to 100 ms, got 101"):
        pair_slope([0.0, 101.0])
    with pytest.raises(ValueError, match="after must be positive"):
        pair_slope([0.0], after=0)
