"""The cell: its step in closed form, its transposes against differences, an LSNN as retyped from its code."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.learning.gradients.cell import (
    BY_SUBTRACTION,
    LATE_SUBTRACTION,
    NO_RESET,
    TO_ZERO,
    adapt,
    adapt_back,
    check_cell,
    distance,
    distance_back,
    raised,
    raised_back,
    reset,
    reset_back,
    step,
    step_back,
)
from snnlab.learning.gradients.cell_kinds import adaptive_cell, lif_cell
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.networks import from_list

RESETS = pytest.mark.parametrize("kind", [TO_ZERO, BY_SUBTRACTION, LATE_SUBTRACTION, NO_RESET])


def pulled_back(function, at, pull, step=1e-6):
    """The derivatives of pull · function by each argument, as central differences."""
    found = []
    for k in range(len(at)):
        sides = []
        for sign in (1, -1):
            moved = [x + sign * step * (j == k) for j, x in enumerate(at)]
            sides.append(np.dot(pull, np.atleast_1d(function(*moved))))
        found.append((sides[0] - sides[1]) / (2 * step))
    return found


def test_a_step_decays_and_adds_the_current():
    v, i = step(2.0, 0.5, 0.25, 0.75)
    assert (v, i) == (2.0, 0.125)
    v, i = 0.0, 1.0
    for _ in range(6):
        v, i = step(v, i, 0.8, 0.9)
    assert v == pytest.approx((0.9**6 - 0.8**6) / (0.9 - 0.8)) and i == pytest.approx(0.8**6)


def test_a_step_back_is_the_transpose_of_a_step():
    pull = (0.7, -1.3)
    found = step_back(*pull, 0.8, 0.9)
    expected = pulled_back(lambda v, i: step(v, i, 0.8, 0.9), (0.3, -0.6), pull)
    assert found == pytest.approx(expected, rel=1e-8)


@RESETS
def test_a_reset_and_its_transpose(kind):
    u, s, before, theta = 1.7, 1.0, 1.0, 1.2
    expected = {TO_ZERO: 0.0, BY_SUBTRACTION: 0.5, LATE_SUBTRACTION: 0.5, NO_RESET: 1.7}[kind]
    assert reset(u, s, before, theta, kind) == pytest.approx(expected)
    assert reset(u, 0.0, 0.0, theta, kind) == u
    at = (1.7, 0.3, 0.8, 1.2)  # graded spikes, all different
    found = reset_back(0.7, *at, kind)
    assert found == pytest.approx(pulled_back(lambda *x: reset(*x, kind), at, (0.7,)), rel=1e-8, abs=1e-10)


def test_adaptation_and_distance_and_their_transposes():
    assert adapt(0.5, 1.0, 0.9) == pytest.approx(0.55)
    assert adapt_back(0.7, 0.9) == pytest.approx(
        pulled_back(lambda b, s: adapt(b, s, 0.9), (0.4, 0.2), (0.7,)), rel=1e-8
    )
    assert raised(1.0, 0.5, 0.4) == pytest.approx(1.2)
    assert raised_back(0.7, 0.4) == pytest.approx(
        pulled_back(lambda b: raised(1.0, b, 0.4), (0.3,), (0.7,))[0], rel=1e-8
    )
    assert distance(0.5, 2.0) == -0.75 and distance(2.0, 2.0) == 0.0
    assert distance_back(0.7, distance(1.3, 1.1), 1.1) == pytest.approx(
        pulled_back(distance, (1.3, 1.1), (0.7,)), rel=1e-8
    )


@pytest.mark.equation("alif-surrogate")
@pytest.mark.parametrize(("v", "of_triangle"), [(0.015, 0.75), (0.02, 1.0), (0.03, 0.5), (0.041, 0.0)])
def test_the_pseudo_derivative_of_an_lsnn_is_a_triangle_in_thresholds(v, of_triangle):
    theta, (shape, width, height, *_) = 0.02, LSNN_SURROGATE
    x = distance(v, theta)
    by_v, by_theta = distance_back(height * shape(x, width), x, theta)
    assert by_v == pytest.approx(0.3 / 0.02 * of_triangle)
    assert by_theta == pytest.approx(-(x + 1) * by_v)


def retyped(x, w_in, w_rec, late, tau_m, tau_a, beta_a, threshold, refractory, dt):
    """Spikes of an LSNN step by step, retyped after the authors' code: no recording, another reading of it.

    A spike is 1/dt, an input 1. What a call computes comes after it.
    """
    n, longest = len(w_in), int(late.max()) + 1
    decay, rho = np.exp(-dt / tau_m), np.exp(-dt / tau_a)
    v, z, b, thresholds = np.zeros(n), np.zeros(n), np.zeros(n), []
    coming, recent, fired = np.zeros((longest, n)), [np.zeros(n)] * max(1, refractory), []
    for row in x:
        for k in range(longest):
            coming[k] += np.where(late == k, w_rec, 0.0) @ z
        coming[0] += w_in @ row
        b = rho * b + (1 - rho) * z
        thr = threshold + beta_a * b
        new_v = decay * v + (1 - decay) * coming[0] - z * thr * dt
        new_z = 1 / dt * (v > thr) * (np.max(recent[len(recent) - refractory :], axis=0, initial=0.0) == 0)
        v, z = new_v, new_z
        recent, coming = [*recent[1:], z], np.vstack([coming[1:], np.zeros(n)])
        fired.append(z)
        thresholds.append(thr)
    return dt * np.array(fired), np.array(thresholds)


@pytest.mark.equation("alif-threshold", "alif-membrane")
@pytest.mark.parametrize("refractory", [0, 3])
@pytest.mark.parametrize("beta_a", [0.0, 1.7])
@pytest.mark.parametrize("dt", [1.0, 0.5])
def test_an_lsnn_fires_as_one_retyped_after_its_authors(beta_a, refractory, dt):
    rng = np.random.default_rng(4)
    n, steps = 6, 300
    x = 1.0 * (rng.random((steps, 8)) < 0.1)
    x[0] = 0.0  # their input moves the potential in its own step, ours in the next: it is given a step early
    w_in, w_rec = rng.normal(0.25, 0.25, (n, 8)) / dt, rng.normal(0, 0.3, (n, n))
    np.fill_diagonal(w_rec, 0.0)
    late = rng.integers(0, 5, (n, n))
    cell = adaptive_cell(
        n, tau_m=15.0, tau_a=80.0, beta_a=beta_a, threshold=0.05, refractory=refractory, dt=dt
    )
    pre, post = np.nonzero(~np.eye(n, dtype=bool))
    lines = from_list(pre, post, w_rec[post, pre], dt * late[post, pre], n_pre=n, n_post=n)
    network = RecurrentNetwork(cell, dt * w_in, np.zeros((1, n)), lines, dt=dt)
    early = np.vstack([x[1:], np.zeros(8)])
    run = run_recurrent(network, samples_from_raster(early[None], [0]))
    fired, thresholds = retyped(x, w_in, w_rec, late, 15.0, 80.0, beta_a, 0.05, refractory, dt)
    assert fired.sum() > 60 and fired.sum(axis=0).min() > 0
    np.testing.assert_array_equal(run.s, fired)
    assert run.threshold == pytest.approx(thresholds, rel=1e-12, abs=0)


def test_constant_drive_lengthens_the_intervals_and_adaptation_settles_at_the_rate():
    cell = adaptive_cell(1, tau_m=20.0, tau_a=300.0, beta_a=2.0, threshold=0.1, refractory=2)
    network = RecurrentNetwork(cell, np.full((1, 1), 0.6), np.zeros((1, 1)))
    run = run_recurrent(network, samples_from_raster(np.ones((1, 4000, 1)), [0]))
    intervals = np.diff(run.spikes.times)
    assert intervals[0] < intervals[-1] and (np.diff(intervals[:5]) >= 0).all()
    late = run.s[2500:].mean()
    b = (run.threshold[2500:].mean() - 0.1) / 2.0
    assert b == pytest.approx(late, rel=0.02)  # a low-pass filter with gain 1 keeps the mean
    silent = run_recurrent(network, samples_from_raster(np.arange(4000)[None, :, None] < 1000, [0]))
    over = silent.threshold[1200:2400:300, 0] - 0.1
    assert over[:-1] / over[1:] == pytest.approx(np.full(3, np.e), rel=1e-9, abs=0)  # it forgets with τ_a


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"alpha": [0.5, 1.5]}, "alpha must be between 0 and 1, got 1.5"),
        ({"beta": [0.5, -0.1]}, "beta must be between 0 and 1, got -0.1"),
        ({"threshold": [1.0, 0.0]}, "threshold must be positive, got 0"),
        ({"beta_a": [1.0, -2.0]}, "beta_a must be zero or positive, got -2"),
        ({"refractory": [1.0, 1.5]}, "refractory must be a whole number of steps, zero or more, got 1.5"),
        ({"refractory": [1.0, 1e19]}, "refractory must be at most 9007199254740992 steps, got 1e.19"),
        ({"reset": [0, 4]}, "reset must be one of the four numbers of resets, 0 to 3, got 4"),
        ({"rho": [0.5]}, "rho must be as many as alpha .2., got 1"),
        ({"gain": [1.0, np.nan]}, "gain must be finite, got nan"),
    ],
)
def test_bad_numbers_are_named(change, message):
    with pytest.raises(ValueError, match=message):
        check_cell(lif_cell(2)._replace(**{name: np.array(x) for name, x in change.items()}))
    with pytest.raises(TypeError, match="cell must be a Cell, got tuple"):
        check_cell(tuple(lif_cell(2)))
