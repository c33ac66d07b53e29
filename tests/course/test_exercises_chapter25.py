"""The numbers that the exercises of chapter 25 expect are those of the package."""

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.probability import (
    bits_per_spike,
    fit_glm,
    glm_potential,
    learn_glm,
    rescale_time,
    rescale_time_naively,
    simulate_glm,
)
from snnlab.probability.stdp_window import likelihood_window


def test_the_coin_of_one_bin_is_what_newton_finds():
    """Ten pairs of spikes and 180 single ones, with enough silence between: the counts of the statement."""
    y = np.concatenate([np.tile([1, 1, 0], 10), np.tile([1, 0], 180), np.zeros(610)])
    assert y.size == 1000 and y.sum() == 200
    before = np.concatenate([[0.0], y[:-1]])
    assert before.sum() == 200 and y @ before == 10
    fit = fit_glm(before[:, None], y)
    found = [fit.intercept, fit.weights[0], bits_per_spike(glm_potential(before[:, None], fit), y)]
    np.testing.assert_allclose(find("25.1").solution, found, rtol=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_naive_distance_is_that_of_an_interval_of_one_bin(seed):
    p, longest = find("25.2").solution
    for chance, distance in ((p, 0.1), (0.09 * longest, 0.043)):
        u = np.full(1_000_000, np.log(chance / (1 - chance)))
        y = simulate_glm(u, [0.0], rng=np.random.default_rng(seed)).y
        assert rescale_time_naively(u, y).distance == pytest.approx(distance, rel=1e-9, abs=0)
        assert rescale_time(u, y, rng=np.random.default_rng(seed)).distance < distance / 2


def test_the_window_of_the_early_half():
    h, late, most = find("25.3").solution
    window = likelihood_window([1.0, 0.5], [h, h], bias=-1.0, lags=1)
    np.testing.assert_allclose(window.change[1:], [0.24, late], rtol=1e-9)
    assert likelihood_window([1.0, 0.5], [-60.0] * 2, bias=-1.0, lags=1).change[1] == pytest.approx(most)


def test_the_gradient_bin_by_bin_is_that_of_the_package():
    task = find("25.4")
    for x, y, w, bias, eta, keep in task.cases():
        heard = np.zeros(x.size)
        for t in range(1, x.size):
            heard[t] = keep * heard[t - 1] + x[t - 1]
        seen = learn_glm(heard[:, None], y, eta, [bias, w])[:, 1]
        np.testing.assert_allclose(task.solution(x, y, w, bias, eta, keep), seen, rtol=1e-10, atol=1e-14)
