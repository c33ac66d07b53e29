"""The search that kernels and Python hold alike: it goes where the same search in NumPy goes."""

import numpy as np
import pytest

from snnlab.neurons import LIF, fit_adaptive, fit_lif, lif_rate, simulate_lif_exact
from snnlab.neurons.fitting.bounds import brought_back
from snnlab.neurons.fitting.search import minimise_from
from snnlab.neurons.fitting.simplex import minimise


def by_hand(f, start, step, most=1000, tol=1e-7):
    """Nelder and Mead as one loop around a function."""
    points = np.vstack([start, start + np.diag(step)])
    values = np.array([f(x) for x in points])
    called = len(values)
    while called < most:
        order = np.argsort(values, kind="stable")
        points, values = points[order], values[order]
        if values[-1] - values[0] < tol:
            break
        middle, worst = points[:-1].mean(axis=0), points[-1].copy()
        thrown = middle + (middle - worst)
        value, called = f(thrown), called + 1
        far = 2.0 if value < values[0] else 0.5 if value < values[-1] else -0.5
        if value < values[0] or value >= values[-2]:
            other = middle + far * (middle - worst)
            value_other, called = f(other), called + 1
            if far < 1 and value_other >= values[-1]:
                points[1:] = points[0] + 0.5 * (points[1:] - points[0])
                values[1:] = [f(x) for x in points[1:]]
                called += len(values) - 1
                continue
            if far < 1 or value_other < value:
                thrown, value = other, value_other
        points[-1], values[-1] = thrown, value
    best = int(np.argmin(values))
    return points[best], values[best]


VALLEYS = {
    "bent": lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2,
    "edges": lambda x: abs(x[0]) + 3 * abs(x[1] - x[0]),
    "wall": lambda x: x[0] ** 2 + x[1] ** 2 if x[0] >= 0.5 else np.inf,
    "waves": lambda x: np.sin(3 * x[0]) * np.cos(2 * x[1]) + 0.1 * (x[0] ** 2 + x[1] ** 2),
}


@pytest.mark.parametrize("name", VALLEYS)
@pytest.mark.parametrize("most", [7, 40, 1000])
def test_a_walk_is_that_of_a_loop_around_the_function(name, most):
    start, step = np.array([1.3, -0.7]), np.array([0.4, 0.3])
    x, value = minimise(VALLEYS[name], start, step, most)
    mine, lowest = by_hand(VALLEYS[name], start, step, most)
    np.testing.assert_array_equal(x, mine)
    assert value == lowest


def test_a_search_sets_out_from_the_best_points_and_again_from_the_best_of_all():
    f, axes, step = VALLEYS["waves"], [[-2.0, 0.0, 2.0], [-1.0, 1.0]], [0.3, 0.3]
    grid = np.array([[a, b] for a in axes[0] for b in axes[1]])
    starts = np.argsort([f(x) for x in grid], kind="stable")[:3]
    best, value = min((by_hand(f, grid[k], step) for k in starts), key=lambda found: found[1])
    _, lower = by_hand(f, best, 0.3 * np.array(step))
    assert lower > value - 1e-4  # so it is not taken
    np.testing.assert_array_equal(minimise_from(f, axes, step, 3), best)


def test_points_that_are_not_allowed_are_no_start_unless_all_are():
    assert minimise_from(lambda x: x[0] if x[0] >= 2 else np.inf, [[0.0, 3.0]], [0.5], 2)[0] < 2.001
    with pytest.raises(ValueError, match="bounds must allow a neuron, got some within which no point"):
        minimise_from(lambda x: np.inf, [[0.0, 3.0]], [0.5], 2)


def test_what_is_outside_of_bounds_is_brought_back_to_the_nearer_one():
    neuron, far = brought_back(LIF(v_th=-40.0, t_ref=1.0), {"v_th": (-55.0, -45.0), "t_ref": (2.0, 4.0)})
    assert (neuron.v_th, neuron.t_ref, far) == (-45.0, 2.0, 1.0)
    assert brought_back(neuron, {"v_th": (-55.0, -45.0)}) == (neuron, 0.0)


def test_the_two_fits_of_a_neuron_that_does_not_adapt_find_one_neuron():
    true, current = LIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0), np.linspace(0.2, 0.6, 6)
    by_rate = fit_lif(current, lif_rate(current, true), LIF()).neuron
    by_waits = fit_adaptive(current, simulate_lif_exact(current[None], true, dt=500.0), LIF()).plain
    assert by_rate.v_th - by_waits.v_th == pytest.approx(0.0, abs=0.3)
    assert by_rate.t_ref - by_waits.t_ref == pytest.approx(0.0, abs=0.5)
