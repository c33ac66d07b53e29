"""The numbers that the exercises of chapter 19 expect are those of the package."""

import re

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.learning.gradients.cell import adapt, raised
from snnlab.learning.gradients.cell_kinds import adaptive_cell
from snnlab.learning.gradients.deep_r import DeepR, moved


def thresholds(cell, spikes, steps):
    """The threshold after each step of a neuron that fires in `spikes`."""
    b, found = 0.0, []
    for t in range(steps):
        b = adapt(b, float(t in spikes), cell.rho[0])
        found.append(raised(cell.threshold[0], b, cell.beta_a[0]))
    return np.array(found)


def test_a_burst_raises_the_threshold_and_it_comes_back():
    burst = np.arange(0, 200, 20)
    theta = thresholds(adaptive_cell(1, tau_a=1200.0, beta_a=1.7), burst, 3000)
    last = burst[-1]
    after, later, silent = find("19.1").solution
    assert (theta[last], theta[last + 1000]) == pytest.approx((after, later), rel=1e-9, abs=0)
    assert np.flatnonzero(theta > 0.014)[-1] - last == int(silent)


def test_most_is_left_where_the_time_constant_is_the_delay():
    exercise = find("19.2")
    numbers = re.search(r"np\.geomspace\((.+?), (.+?), (.+?)\)", exercise.statement).groups()
    formula = re.search(r"plot `(.+?)` for", exercise.statement)[1]
    tau = np.geomspace(*map(int, numbers))
    left = eval(formula, {"np": np, "tau": tau})
    best = left.argmax()
    half = np.interp(0.5, left[: best + 1] / left[best], tau[: best + 1])
    np.testing.assert_allclose([tau[best], half], exercise.solution, rtol=exercise.tolerance / 2)
    other = np.interp(-0.5, -left[best:] / left[best], tau[best:])
    mistake = next(mistake for mistake in exercise.mistakes if mistake.name == "the longer one")
    assert other == pytest.approx(mistake.answer[1], rel=1e-3, abs=0)
    a_cell = adaptive_cell(1, tau_a=tau[best])
    assert left[best] == pytest.approx((thresholds(a_cell, [0], 1501)[-1] - 0.01) / 1.7, rel=1e-9, abs=0)


def test_two_readings_are_those_of_a_neuron():
    tau, since = find("19.3").solution
    cell = adaptive_cell(1, tau_a=tau, beta_a=1.8)
    burst = thresholds(cell, [0], 1)[0] - 0.01
    read = 0.01 + 8 * burst * np.exp(-(since + np.array([0.0, 300.0])) / tau)
    np.testing.assert_allclose(read, [0.01482, 0.01314], rtol=1e-9)


def test_a_step_of_rewiring_moves_as_deep_r_does_and_keeps_the_number():
    came_back = set()
    for theta, sign, slope, noise, turn, rate in find("19.4").cases():
        after = find("19.4").solution(theta, sign, slope, noise, turn, rate)
        there = theta > 0
        walked = theta[there] - rate * (sign * slope)[there] + noise[there]
        gone = moved(walked, rate, DeepR(decay=0.1), np.random.default_rng(1))
        stays = np.flatnonzero(there)[gone > 0]
        np.testing.assert_allclose(after[stays], gone[gone > 0], rtol=1e-12)
        assert (after > 0).sum() == there.sum() and (after >= 0).all()
        new = np.setdiff1d(np.flatnonzero(after > 0), stays)
        assert (after[new] == 0.01).all() and new.size == (gone <= 0).sum()
        came_back.add(bool(there[new].any()))
    assert came_back == {True, False}
