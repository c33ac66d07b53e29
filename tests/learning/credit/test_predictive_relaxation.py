"""Predictive coding step by step."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn

from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.predictive_coding import predictive_coding
from snnlab.learning.credit.predictive_relaxation import STEPS, predictive_relaxation


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("variance", [1.0, 20.0])
def test_each_step_is_that_of_the_readable_twin(linear, variance):
    network, x, target = drawn(linear=linear, samples=1)
    seen = predictive_relaxation(network, x[0], target[0], variance=variance)
    true = backpropagate(network, x, target).gradient
    for step in (1, 2, 3, 50, STEPS):
        told = predictive_coding(network, x, target, variance=variance, steps=step, at_rest=None)
        assert seen.angle[step] == pytest.approx(angle(told.gradient, true), rel=1e-9, abs=1e-9)
        spreads = [1.0, 1.0, variance]
        shares = [0.5 * np.sum(e**2) * s / variance**2 for e, s in zip(told.errors, spreads, strict=True)]
        np.testing.assert_allclose(seen.surprise[step], shares, rtol=1e-9, atol=1e-20)
    np.testing.assert_allclose(seen.energy, seen.surprise.sum(axis=1), rtol=1e-12)
    assert seen.rest_angle == seen.angle[-1]


def test_before_anything_moves_the_output_has_all_of_the_energy():
    network, x, target = drawn(samples=1)
    seen = predictive_relaxation(network, x[0], target[0], variance=4.0)
    error = backpropagate(network, x, target).errors[-1]
    np.testing.assert_allclose(seen.surprise[0], [0, 0, np.sum(error**2) / 8], atol=1e-15)


def test_the_energy_only_falls():
    """Its gradient is followed, in steps that are short for these weights."""
    for seed in range(10):
        network, x, target = drawn(seed, samples=1)
        seen = predictive_relaxation(network, x[0], target[0])
        assert (np.diff(seen.energy) < 1e-12).all() and 0 < seen.left < 1


def test_where_nothing_is_wrong_there_is_no_angle():
    network, _, _ = drawn(samples=1)
    seen = predictive_relaxation(network, np.zeros(4), np.zeros(3))
    assert np.isnan(seen.rest_angle) and np.isnan(seen.left) and (seen.energy == 0).all()


def test_bad_input_is_named():
    network, x, target = drawn(samples=1)
    with pytest.raises(ValueError, match=r"x must have shape \(inputs,\), got \(1, 4\)"):
        predictive_relaxation(network, x, target[0])
    with pytest.raises(ValueError, match="variance must be positive and finite, got 0"):
        predictive_relaxation(network, x[0], target[0], variance=0)


def test_units_that_run_away_are_named():
    network, x, target = drawn(samples=1, linear=True)
    with pytest.raises(ValueError, match="rate must be small enough for units to come to rest, got 100"):
        predictive_relaxation(network, x[0], target[0], rate=100.0)
