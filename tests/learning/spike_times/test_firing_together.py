"""Neurons that are solved together against the same neurons one after another, to the last bit."""

import math

import numpy as np
import pytest

from snnlab.learning.spike_times.alpha_neuron import fade, fire, sort_times
from snnlab.learning.spike_times.crossing import crossing_time
from snnlab.learning.spike_times.firing_together import COUNTS, NUMBERS, crossing_times, fire_together


def both_ways(w, times, k, theta):
    """Spike times and slopes, of all neurons together and one by one, a row each."""
    n_post, n_pre = w.shape
    order, left = np.zeros(n_pre, np.int32), np.zeros(n_pre)
    n = sort_times(times, n_pre, order)
    fade(times, order, n, k, left)
    fired, rise = np.full((2, n_post), 7.0)
    room = np.full((NUMBERS, n_post), math.nan), np.full((COUNTS, n_post), -1, np.int32)
    fire_together(w, times, order, left, n, k, theta, fired, rise, *room)
    known = [fire(row, times, order, left, n, k, theta) for row in w]
    return np.array([fired, rise]), np.array(known).T


def test_together_is_one_by_one():
    """Networks in which some are silent, some fire at a later look, and some inputs do not spike."""
    rng, silent = np.random.default_rng(1), 0
    for _ in range(200):
        n_post, n_pre = rng.integers(1, 40), rng.integers(1, 30)
        times = rng.uniform(0, 3, n_pre)
        times[rng.uniform(size=n_pre) < 0.2] = math.inf
        times[rng.uniform(size=n_pre) < 0.2] = 0.5  # several at once
        w = rng.normal(0.3, 1.0, (n_post, n_pre))
        together, known = both_ways(w, times, rng.uniform(0.2, 3), rng.uniform(0.1, 1.0))
        np.testing.assert_array_equal(together, known)
        silent += np.isinf(known[0]).sum()
    assert silent > 100


def test_who_does_not_cross_in_the_first_gap_in_doubt_goes_on():
    """A peak in the first gap stays below, by a little; only a later input makes the neuron fire."""
    w = np.array([[1.0, 1.0], [1.0, -1.0], [2.0, 0.0]])
    together, known = both_ways(w, np.array([0.0, 3.0]), 1.0, 0.4)
    assert together[0, 0] > 3.0 and together[0, 1] == math.inf and together[0, 2] < 1.0
    np.testing.assert_array_equal(together, known)


def test_ties_and_touches_are_one_by_one():
    """An input at the very crossing, one float before it, and with the first input; peaks that only touch.

    One float before the crossing the potential may have reached the threshold already, as it is rounded.
    """
    rng, decided = np.random.default_rng(3), 0
    for _ in range(300):
        w, k, t0 = rng.uniform(1.2, 4.0), rng.uniform(0.3, 3.0), rng.uniform()
        for theta in (0.3 * w / k, w / (k * math.e)):  # crossed, and touched or missed by a last digit
            when = both_ways(np.array([[w]]), np.array([t0]), k, theta)[1][0, 0]
            before = when * (1.0 - 2.0**-53)  # the float before it, or infinite
            for then in (when, before, t0, math.inf):
                rows = np.array([[w, -w / 2], [w, 9.0], [w, 0.0]])
                together, known = both_ways(rows, np.array([t0, then]), k, theta)
                np.testing.assert_array_equal(together, known)
                decided += then == before < when and known[0, 0] == then
    assert decided > 20


@pytest.mark.parametrize("times", [[], [math.inf, math.inf]])
def test_without_inputs_nobody_fires(times):
    times = np.array(times)
    together, _ = both_ways(np.ones((3, times.size)), times, 1.0, 0.1)
    assert (together[0] == math.inf).all() and (together[1] == 0.0).all()


def test_all_equations_at_once_have_the_solutions_of_each():
    """Far from the peak, at it within last digits, beyond it, from above, and falling."""
    rng, n, k, theta = np.random.default_rng(2), 3000, 1.3, 0.4
    a, b = rng.uniform(-1, 0.6, n), rng.uniform(-0.5, 3.0, n)
    a[:500] = 0.0
    b[:500] = (
        k * theta * math.e * (1.0 + np.repeat(10.0 ** np.arange(-16.0, -6.0), 50) * rng.normal(size=500))
    )
    s, z, lambert = np.full((3, n), math.nan)
    crossing_times(a, b, n - 1, k, theta, s, z, lambert)
    known = np.array([crossing_time(*pair, k, theta) for pair in zip(a, b, strict=True)])
    np.testing.assert_array_equal(s[:-1], known[:-1])
    assert math.isnan(s[-1])  # it was not asked for
    assert 1000 < np.isfinite(known).sum() < 2500
