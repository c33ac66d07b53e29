"""One relaxation of predictive coding, looked at in one of its steps."""

import numpy as np
import pytest

from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.predictive_coding import fixed_prediction, predictive_coding
from snnlab.learning.credit.predictive_relaxation import STEPS
from snnlab.learning.credit.rate_network import activities
from snnlab.learning.credit.watched_relaxation import RATE, relaxing, watched_relaxation


def problem(off):
    """The network of the panel, its input and its target."""
    network, x, direction = relaxing()
    return network, x[None], activities(network, x[None])[-1] + off * direction


def marked(parts):
    """What each unit has, as marks."""
    each = np.concatenate([np.ravel(part) for part in parts])
    return np.stack([each, each, np.full(each.shape, np.nan)], axis=1).ravel()


@pytest.mark.parametrize(("variance", "off"), [(1.0, 1.0), (20.0, 0.3)])
@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("step", [1, 7, STEPS])
def test_each_step_is_that_of_the_readable_twins(variance, off, fixed, step):
    network, x, target = problem(off)
    seen = watched_relaxation(step, variance=variance, off=off, fixed=fixed)
    true = backpropagate(network, x, target)
    if fixed:
        told = fixed_prediction(network, x, target, steps=step, rate=RATE)
    else:
        how = {"variance": variance, "steps": step, "rate": RATE, "at_rest": None}
        told = predictive_coding(network, x, target, **how)
        np.testing.assert_allclose(np.tanh(seen.moved[:33:3]), np.concatenate(told.activities[1:3], 1)[0])
    np.testing.assert_allclose(seen.errors, marked(told.errors) / -off, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(seen.blame, marked(true.errors) / -off, rtol=1e-9, atol=1e-12)
    assert seen.angle == pytest.approx(angle(told.gradient, true.gradient), rel=1e-7, abs=1e-7)
    lengths = [np.sqrt(sum(np.sum(g**2) for g in a.gradient)) for a in (told, true)]
    assert seen.size == pytest.approx(lengths[0] / lengths[1], rel=1e-9, abs=0)
    spreads = np.array([1.0, 1.0, variance])
    shares = np.array([np.sum(e**2) for e in told.errors]) * spreads / variance**2
    shares /= off**2 / variance
    there = [seen.first[step], seen.second[step], seen.output[step]]
    np.testing.assert_allclose(there, shares, rtol=1e-9, atol=1e-15)
    assert (seen.kept, seen.rest) == (seen.output[step], seen.angles[-1])


def test_at_rest_it_is_the_gradient_in_two_cases_and_not_because_little_is_wrong():
    held, small = watched_relaxation(STEPS), watched_relaxation(STEPS, off=0.1)
    assert held.angle > 10 and small.angle > 10
    nudged = [watched_relaxation(STEPS, variance=variance).angle for variance in (50.0, 100.0)]
    assert nudged[0] / nudged[1] == pytest.approx(2.0, rel=0.05)
    fixed = watched_relaxation(STEPS, fixed=True)
    assert fixed.angle < 1e-4 and fixed.size == pytest.approx(1.0, rel=1e-6)


def test_before_anything_moves_only_the_output_has_an_error():
    seen = watched_relaxation(0)
    np.testing.assert_array_equal(seen.errors[:33:3], 0.0)
    np.testing.assert_array_equal(seen.moved[:33], seen.alone[:33])
    assert seen.kept == 1 and seen.energy[0] == 1


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="step must be at most 200, got 201"):
        watched_relaxation(201)
    with pytest.raises(ValueError, match="off must be positive and finite, got 0"):
        watched_relaxation(1, off=0)
