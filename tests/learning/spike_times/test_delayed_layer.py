"""One layer: the order of arrivals, the first crossing, and what goes back through a neuron."""

import math

import numpy as np
import pytest
from learning.spike_times.spikeprop_twin import epsilon, epsilon_slope, potential

from snnlab.learning.spike_times.crossing import step
from snnlab.learning.spike_times.delayed_layer import credit, fire, room_for_arrivals, sort_arrivals

DELAYS = np.array([0.5, 1.0, 4.0])


def sorted_arrivals(times, delays=DELAYS, tau=7.0):
    arrivals = room_for_arrivals(len(times), len(delays))
    sort_arrivals(np.asarray(times, float), delays, tau, arrivals)
    return arrivals


def test_arrivals_come_in_order_and_silent_neurons_not_at_all():
    times = np.array([3.0, np.inf, 0.0, 2.5])
    arrivals = sorted_arrivals(times)
    n = arrivals.total[0]
    assert n == 9
    when = (times[:, None] + DELAYS).ravel()
    np.testing.assert_array_equal(arrivals.when[:n], np.sort(when[np.isfinite(when)]))
    np.testing.assert_array_equal(when[arrivals.synapse[:n]], arrivals.when[:n])
    assert sorted(arrivals.synapse[:n]) == np.flatnonzero(np.isfinite(when)).tolist()
    np.testing.assert_allclose(arrivals.decay[1:n], np.exp(-np.diff(arrivals.when[:n]) / 7.0))


@pytest.mark.equation("between-two-arrivals")
def test_two_numbers_are_the_whole_memory():
    """Event by event the potential is the sum of all postsynaptic potentials."""
    w, tau, (a, b, last) = np.array([0.5, -0.3, 0.8]), 7.0, (0.0, 0.0, 0.0)
    for arrives, weight in zip((0.0, 2.0, 5.0), w, strict=True):
        a, b = step(a, b, arrives - last, math.exp(-(arrives - last) / tau))
        b += weight * math.e / tau
        last = arrives
    for s in (0.0, 1.0, 8.0):
        expected = potential(5.0 + s, w[:, None], np.array([0.0, 2.0, 5.0]), np.zeros(1), tau)
        assert step(a, b, s, math.exp(-s / tau))[0] == pytest.approx(expected, abs=1e-14)


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_neuron_fires_on_the_threshold_and_never_before(seed):
    rng = np.random.default_rng(seed)
    times, w = rng.uniform(0.0, 10.0, 5), rng.normal(0.25, 0.4, (5, 3))
    fired, slope = fire(w.ravel(), sorted_arrivals(times), 7.0, 1.0)
    grid = np.linspace(0.0, 60.0, 6001)
    x = np.array([potential(t, w, times, DELAYS, 7.0) for t in grid])
    if math.isinf(fired):
        assert x.max() < 1.0
    else:
        assert x[grid < fired].max() < 1.0
        assert potential(fired, w, times, DELAYS, 7.0) == pytest.approx(1.0, abs=1e-12)
        assert slope == pytest.approx(potential(fired, w, times, DELAYS, 7.0, epsilon_slope), rel=1e-9, abs=0)


def test_a_neuron_that_nothing_reaches_is_silent():
    assert fire(np.ones(6), sorted_arrivals([np.inf, np.inf]), 7.0, 1.0) == (math.inf, 0.0)


def test_one_arrival_crosses_at_its_peak_or_not_at_all():
    """A potential of weight w peaks at w: with a threshold a little lower the spike comes at the peak."""
    one = sorted_arrivals([2.0], np.array([1.0]))
    assert fire(np.ones(1), one, 7.0, 1.0 - 1e-12)[0] == pytest.approx(10.0, abs=1e-4)
    assert fire(np.ones(1), one, 7.0, 1.0 + 1e-12)[0] == math.inf


def test_an_inhibition_on_the_very_crossing_changes_nothing():
    """By a last digit the crossing may lie behind it, where the potential is pulled down."""
    rng, delay = np.random.default_rng(1), np.array([1.0])
    for _ in range(1000):
        w, start = rng.uniform(1.2, 4.0), rng.uniform(0.0, 1.0)
        alone, slope = fire(np.array([w]), sorted_arrivals([start], delay), 7.0, 1.0)
        both = np.array([w, -0.5 * w])
        fired, steep = fire(both, sorted_arrivals([start, alone - 1.0], delay), 7.0, 1.0)
        assert fired == pytest.approx(alone, rel=1e-15, abs=0) and steep == pytest.approx(
            slope, rel=1e-9, abs=0
        )


def test_at_a_peak_that_touches_the_slope_is_above_zero():
    one = sorted_arrivals([0.0], np.array([1.0]))
    found = [fire(np.array([w]), one, 7.0, w) for w in np.linspace(0.5, 3.0, 40)]
    touched = [slope for fired, slope in found if fired < math.inf]  # the last digit decides
    assert len(touched) > 10 and min(touched) > 0.0 and max(touched) < 1e-6


def test_many_arrivals_at_once_are_one():
    together = sorted_arrivals([1.0, 1.0, 1.0], np.array([2.0]))
    one = sorted_arrivals([1.0], np.array([2.0]))
    fired, slope = fire(np.array([0.5, 0.7, 0.3]), together, 7.0, 1.0)
    known, steep = fire(np.array([1.5]), one, 7.0, 1.0)
    assert fired == pytest.approx(known, rel=1e-14, abs=0) and slope == pytest.approx(steep, rel=1e-12, abs=0)


def test_credit_goes_to_what_came_before_the_spike_and_to_nothing_else():
    times, w = np.array([0.0, 3.0]), np.array([[0.9, 0.8, 0.9], [0.7, -0.2, 9.0]])
    arrivals = sorted_arrivals(times)
    fired, _ = fire(w.ravel(), arrivals, 7.0, 1.0)
    by_w, by_time = np.zeros(6), np.zeros(2)
    credit(w.ravel(), arrivals, 3, 7.0, fired, 2.0, by_w, by_time)
    s = fired - times[:, None] - DELAYS
    np.testing.assert_allclose(by_w.reshape(2, 3), -2.0 * epsilon(s, 7.0), rtol=1e-12)
    np.testing.assert_allclose(by_time, 2.0 * np.sum(w * epsilon_slope(s, 7.0), axis=1), rtol=1e-12)
    assert (s[1] < 0).any() and (by_w.reshape(2, 3)[s < 0] == 0).all()
