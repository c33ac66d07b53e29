"""Lambert's function against SciPy and its equation; the crossing against a root finder."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import lambertw

from snnlab.learning.spike_times.crossing import (
    crossing_time,
    first_crossing,
    lambert_w,
    lambert_w0,
    may_cross,
    step,
)


def test_lambert_is_that_of_scipy():
    far = np.concatenate([-np.logspace(-300, -0.44, 300), np.logspace(-300, 300, 300), [0.0]])
    assert lambert_w(far) == pytest.approx(lambertw(far).real, rel=1e-13, abs=1e-320)


def test_lambert_near_its_branch_point():
    """From -1/e on it grows as the root of the distance: the last digit of z decides half of those of w."""
    above = np.logspace(-12, -1.2, 200)
    z = above - math.exp(-1.0)
    known = -1.0 + np.sqrt(2.0 * math.e * above)  # the first two terms of the series; the third is -p²/3
    assert np.all(lambert_w(z) <= known + 1e-8)
    assert np.all(lambert_w(z) >= known - 2.0 * math.e * above / 3.0 - 1e-8)
    assert lambert_w(z) == pytest.approx(lambertw(z).real, abs=1e-9)


@pytest.mark.parametrize("z", [-0.36, -0.3, -0.25, -0.2499, -1e-9, 0.5, 1.0, 1.001, 40.0, 1e12])
def test_lambert_solves_its_equation(z):
    w = lambert_w0(z)
    assert w >= -1 and w * math.exp(w) == pytest.approx(z, rel=1e-14, abs=0)


def test_below_the_branch_point_there_is_none():
    assert np.isnan(lambert_w([-0.3679, -5.0])).all()
    assert lambert_w(-math.exp(-1.0)) == -1.0
    assert lambert_w(np.zeros((2, 3))).shape == (2, 3)


def potential(t, a, b, k):
    return (a + b * t) * math.exp(-k * t)


def test_the_crossing_is_where_a_root_finder_finds_it():
    rng = np.random.default_rng(1)
    found = {True: 0, False: 0}
    for _ in range(400):
        a, b, k, theta = rng.normal(0, 1), rng.normal(2, 3), rng.uniform(0.1, 4), rng.uniform(0.1, 2)
        if a > theta:
            continue
        t, peak = first_crossing(a, b, k, theta), 1 / k - a / b
        high = b > 0 and peak > 0 and potential(peak, a, b, k) >= theta
        found[high] += 1
        if high:
            known = brentq(
                lambda t, *of: potential(t, *of[:3]) - of[3], 0.0, peak, (a, b, k, theta), xtol=1e-14
            )
            assert t == pytest.approx(known, abs=1e-9)
        else:
            assert t == math.inf
    assert min(found.values()) > 50


def test_a_peak_that_touches_the_threshold_and_one_that_does_not():
    touched = 2.0 / (3.0 * math.e)  # b/(k e), the peak of an alpha function alone, at 1/k
    assert first_crossing(0.0, 2.0, 3.0, touched * (1 - 1e-12)) == pytest.approx(1 / 3, abs=1e-6)
    assert first_crossing(0.0, 2.0, 3.0, touched * (1 + 1e-12)) == math.inf


def test_nothing_crosses_from_above_or_out_of_reach():
    assert first_crossing(1.5, 9.0, 1.0, 1.0) == math.inf  # above already
    at_once = first_crossing(1.0, 3.0, 1.0, 1.0)  # at the threshold, and rising
    assert at_once == pytest.approx(0.0, abs=1e-15)
    assert first_crossing(1.0, 0.5, 1.0, 1.0) == math.inf  # at the threshold, and falling
    assert first_crossing(-1.0, 1e-12, 1.0, 1.0) == math.inf  # the exponential is too large for a number
    assert first_crossing(-3.0, -1.0, 1.0, 1.0) == math.inf
    assert first_crossing(0.0, 0.0, 1.0, 1.0) == math.inf
    # rounding must not lose a spike at the very end of an interval
    assert crossing_time(math.nextafter(1.0, 0.0), 5.0, 1.0, 1.0) == pytest.approx(0.0, abs=1e-15)


def test_bad_arguments_are_named():
    for arguments, message in (
        ((math.nan, 1.0, 1.0, 1.0), "a must be finite, got nan"),
        ((0.0, 1.0, 0.0, 1.0), "k must be positive and finite, got 0"),
        ((0.0, 1.0, 1.0, -1.0), "theta must be positive and finite, got -1"),
    ):
        with pytest.raises(ValueError, match=message):
            first_crossing(*arguments)
    with pytest.raises(ValueError, match="z must be finite, got inf"):
        lambert_w(math.inf)


def test_counted_from_a_later_time_the_potential_is_the_same():
    a, b, k, s = 0.3, -0.7, 0.4, 1.5
    t = np.linspace(0.0, 5.0, 6)
    later = step(a, b, s, math.exp(-k * s))
    before = (a + b * (s + t)) * np.exp(-k * (s + t))
    np.testing.assert_allclose((later[0] + later[1] * t) * np.exp(-k * t), before, rtol=1e-12)


def test_no_crossing_is_passed_over_and_none_is_looked_for_where_the_end_of_the_gap_tells():
    """Against the solution, for gaps that end anywhere, some of them within last digits of a crossing."""
    rng, k, theta, crossed, spared = np.random.default_rng(1), 1.3, 0.4, 0, 0
    for number in range(10000):
        a, b, gap = rng.uniform(-1.0, theta), rng.uniform(-0.5, 3.0), rng.exponential(0.3)
        s = crossing_time(a, b, k, theta)
        if number % 3 == 0 and s < math.inf:
            gap = s * (1.0 + rng.integers(-2, 3) * 2.0**-52)
        after, slope = step(a, b, gap, math.exp(-k * gap))
        asked = may_cross(a, b, gap, after, k, theta)
        assert asked or s > gap
        if slope - k * after > 0.0 and after < 0.999 * theta:
            assert not asked
            spared += a + b * gap >= theta  # the line alone would not have told
        crossed += s <= gap
    assert crossed > 1000 and spared > 500
    assert may_cross(0.0, 3.0, math.inf, 0.0, k, theta)  # after the last arrival nothing ends the gap
