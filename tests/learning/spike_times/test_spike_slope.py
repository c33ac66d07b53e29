"""One weight: the slope is that of the curve, it explodes at the cliff, and below it there is nothing."""

import numpy as np
import pytest
from learning.spike_times.spikeprop_twin import epsilon, epsilon_slope, potential

from snnlab.learning.spike_times.spike_slope import EARLY, spike_slope


def x(t, w, arrives=6.0, others=0.35, shape=epsilon):
    weights, comes = np.array([others, others, w])[:, None], np.array([*EARLY, arrives])
    return potential(t, weights, comes, np.zeros(1), 7.0, shape)


@pytest.mark.parametrize(("w", "arrives", "others"), [(0.5, 6.0, 0.35), (0.9, 20.0, 0.3), (0.7, 0.0, 0.2)])
def test_the_slope_is_that_of_the_spike_times(w, arrives, others):
    seen, h = spike_slope(w, arrives, others), 1e-5
    moved = [spike_slope(w + by, arrives, others).time for by in (-h, h)]
    assert seen.slope == pytest.approx((moved[1] - moved[0]) / (2 * h), rel=1e-7)
    assert x(seen.time, w, arrives, others) == pytest.approx(1.0, abs=1e-13)
    assert seen.rise == pytest.approx(x(seen.time, w, arrives, others, epsilon_slope), rel=1e-9, abs=0)
    assert seen.slope == pytest.approx(-epsilon(seen.time - arrives, 7.0) / seen.rise, rel=1e-9, abs=0)


def test_at_the_cliff_the_peak_touches_the_threshold():
    cliff = spike_slope(0.5).cliff
    t = np.linspace(6.0, 40.0, 34001)
    assert np.max([x(each, cliff) for each in t]) == pytest.approx(1.0, abs=1e-8)
    assert spike_slope(cliff + 1e-9).n == 1 and spike_slope(cliff - 1e-9).n == 0


def test_the_slope_explodes_as_one_over_the_root_of_the_distance():
    """Near its peak the potential is a parabola: a hundredth of the distance, ten times the slope."""
    cliff = spike_slope(0.5).cliff
    near, nearer = (spike_slope(cliff + away).slope for away in (1e-6, 1e-8))
    assert nearer / near == pytest.approx(10.0, rel=0.01)


def test_the_curve_the_tangent_and_the_line_at_the_cliff():
    seen = spike_slope(0.5)
    k = 100  # the weight 0.5
    assert seen.weights[k] == pytest.approx(0.5) and seen.times[k] == pytest.approx(seen.time)
    assert seen.tangent[k] == pytest.approx(seen.time)
    assert seen.tangent[k + 1] - seen.tangent[k] == pytest.approx(0.005 * seen.slope)
    assert np.isnan(seen.tangent[[0, 300]]).all()
    assert (np.isnan(seen.times[:-2]) == (seen.weights[:-2] < seen.cliff)).all()
    assert np.diff(seen.times[:-2][seen.weights[:-2] > seen.cliff]).max() < 0  # more weight, earlier
    assert (seen.weights[-2:] == seen.cliff).all() and seen.cliff_line[-2:].tolist() == [0.0, 40.0]
    assert np.isnan(seen.cliff_line[:-2]).all()


def test_the_potential_is_drawn_up_to_the_spike_and_goes_on_in_thought():
    seen = spike_slope(0.5)
    whole = np.where(np.isnan(seen.x), seen.beyond, seen.x)
    np.testing.assert_allclose(whole, [x(t, 0.5) for t in seen.t], atol=1e-13)
    assert np.nanmax(seen.x) <= 1.0 and (np.isnan(seen.x) == (seen.t > seen.time)).all()
    assert (np.isnan(seen.beyond) == (seen.t <= seen.time)).all()


def test_without_a_spike_there_is_no_slope_and_without_need_no_cliff():
    silent = spike_slope(0.3)
    assert silent.n == 0 and silent.place == 40.0
    assert np.isnan([silent.time, silent.slope, silent.rise]).all() and np.isnan(silent.tangent).all()
    assert not np.isnan(silent.x).any()
    assert np.isnan(spike_slope(0.3, others=0.9).cliff)  # they fire it alone
    assert np.isnan(spike_slope(0.3, others=-3.0).cliff)  # nothing in the range helps


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"arrives": 40.0}, "arrives must be below 40 ms, got 40"),
        ({"tau": 0.0}, "tau must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        spike_slope(0.5, **wrong)
    assert str(failure.value) == sentence
