"""Two exponentials against numerical integration, their crossing against closed forms and a root finder."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from snnlab.learning.eventprop.two_exponentials import (
    crossing_of_two,
    least_rise_time,
    peak_time,
    potential_later,
    rise_time,
    step,
)
from snnlab.learning.spike_times.closed_forms import double, equal

TAUS = [(20.0, 5.0), (5.0, 20.0), (10.0, 10.0), (10.0, 9.999), (10.0, 5.0), (7.0, 7.0 + 1e-9)]


@pytest.mark.parametrize("tau_m, tau_s", TAUS)
@pytest.mark.parametrize("v, i", [(0.3, 2.0), (-1.0, 0.7), (0.9, -2.0)])
def test_the_step_solves_its_equation(v, i, tau_m, tau_s):
    times = np.array([0.01, 0.4, 3.0, 25.0])
    known = solve_ivp(
        lambda _, y: [(y[1] - y[0]) / tau_m, -y[1] / tau_s], (0, 25), [v, i],
        method="DOP853", t_eval=times, rtol=1e-12, atol=1e-13,
    )  # fmt: skip
    found = [step(v, i, s, tau_m, tau_s) for s in times]
    np.testing.assert_allclose(found, known.y.T, atol=1e-10)


def test_the_two_ways_to_the_response_meet():
    """Just below and just above where the series ends, and with time constants that are all but the same."""
    tau_m, tau_s = 20.0, 5.0
    s = 1e-2 / (1 / tau_s - 1 / tau_m)
    below, above = (step(0.0, 1.0, s * f, tau_m, tau_s)[0] / f for f in (1 - 1e-9, 1 + 1e-9))
    assert below == pytest.approx(above, rel=1e-10, abs=0)
    assert step(0.2, 1.0, 4.0, 8.0, 8.0) == pytest.approx(
        step(0.2, 1.0, 4.0, 8.0, 8.0 + 1e-10), rel=1e-9, abs=0
    )
    assert step(0.2, 1.0, 4.0, 8.0, 8.0)[0] == pytest.approx((0.2 + 0.5) * math.exp(-0.5), rel=1e-14, abs=0)


@pytest.mark.parametrize("x", [0.0099, 1e-4, -1e-4, -0.0099])
def test_the_series_is_exact_to_the_last_digit(x):
    """Each of its terms counts: the last of them is a ten thousand billionth at the end of its range."""
    tau_m, s = 20.0, 3.0
    tau_s = 1.0 / (1.0 / tau_m + x / s)
    for_current = s / tau_m * math.exp(-s / tau_m) * -math.expm1(-x) / x
    v, i = step(0.0, 1.0, s, tau_m, tau_s)
    assert v == pytest.approx(for_current, rel=4e-15, abs=0)
    assert i == pytest.approx(math.exp(-s / tau_s), rel=4e-15, abs=0)


def test_far_away_nothing_overflows():
    assert step(0.0, 1.0, 1000.0, 1.0, 20.0)[0] == pytest.approx(20 / 19 * math.exp(-50), rel=1e-9, abs=0)


@pytest.mark.parametrize("tau_m, tau_s", TAUS)
def test_the_crossing_is_where_a_root_finder_finds_it_and_none_is_missed(tau_m, tau_s):
    rng, found = np.random.default_rng(1), {True: 0, False: 0}
    grid = np.linspace(0.0, 60.0, 6001)
    for _ in range(300):
        v, i, v_th = rng.normal(0, 1), rng.normal(4, 4), rng.uniform(0.1, 1.5)
        if v > v_th:
            continue
        t = crossing_of_two(v, i, v_th, tau_m, tau_s)
        seen = np.array([step(v, i, s, tau_m, tau_s)[0] for s in grid]) - v_th
        above = np.flatnonzero(seen > 0)
        found[bool(above.size)] += 1
        if above.size:
            known = brentq(
                lambda s, v=v, i=i, v_th=v_th: step(v, i, s, tau_m, tau_s)[0] - v_th,
                grid[above[0] - 1], grid[above[0]], xtol=1e-13,
            )  # fmt: skip
            assert t == pytest.approx(known, abs=1e-10)
        else:
            assert t == math.inf
        assert least_rise_time(v, i, v_th, tau_m) <= t
    assert min(found.values()) > 50


def test_the_crossing_of_equal_and_of_double_time_constants_is_the_closed_form():
    """A single input, so that the current at its arrival is all: the forms count in τ_s and scale ε."""
    for i in (3.0, 4.5, 9.0, 40.0):
        w = np.array([i])
        assert crossing_of_two(0.0, i, 1.0, 5.0, 5.0) == pytest.approx(
            5.0 * equal(w, np.zeros(1), 1.0), rel=1e-12, abs=0
        )
    for i in (4.5, 9.0, 40.0):
        assert crossing_of_two(0.0, i, 1.0, 10.0, 5.0) == pytest.approx(
            5.0 * double(np.array([i]), np.zeros(1), 1.0), rel=1e-12, abs=0
        )


@pytest.mark.parametrize("tau_m, tau_s", TAUS)
def test_at_its_peak_the_potential_is_the_current(tau_m, tau_s):
    for v, i in ((0.0, 2.0), (-0.5, 3.0), (0.9, 1.1)):
        top = step(v, i, peak_time(v, i, tau_m, tau_s), tau_m, tau_s)
        assert top[0] == pytest.approx(top[1], rel=1e-11, abs=0)
        assert peak_time(v, i, tau_m, tau_s) > 0


def test_a_peak_that_touches_and_one_that_does_not():
    peak = step(0.0, 1.0, peak_time(0.0, 1.0, 20.0, 5.0), 20.0, 5.0)[0]
    assert rise_time(0.0, (1 + 1e-12) / peak, 1.0, 20.0, 5.0) == pytest.approx(
        peak_time(0.0, 1.0, 20.0, 5.0), abs=1e-3
    )
    assert rise_time(0.0, (1 - 1e-12) / peak, 1.0, 20.0, 5.0) == math.inf


def test_who_cannot_get_there_does_not():
    assert crossing_of_two(-9.0, 2.0) == math.inf  # it rises towards 0 from below, without a peak
    assert peak_time(-9.0, 2.0, 20.0, 5.0) == math.inf
    assert crossing_of_two(0.5, -2.0) == math.inf
    assert crossing_of_two(1.0, 0.5) == math.inf  # at the threshold, and falling
    assert crossing_of_two(1.0, 3.0) == 0.0  # at the threshold, and rising
    assert crossing_of_two(0.5, 1.0) == math.inf  # a current of the threshold is not enough


def test_bad_arguments_are_named():
    with pytest.raises(ValueError, match=r"v must be at most the threshold \(1\), got 1.5"):
        crossing_of_two(1.5, 3.0)
    with pytest.raises(ValueError, match="tau_s must be positive and finite, got 0"):
        potential_later(0.0, 1.0, 1.0, tau_s=0)
    with pytest.raises(ValueError, match="s must be "):
        potential_later(0.0, 1.0, -1.0)
