"""Learning through feedback that is scrambled, once or anew."""

import numpy as np
import pytest

from snnlab.learning.credit.alignment_course import STEPS, alignment_course
from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import feedback_alignment, mixed_feedback, true_feedback
from snnlab.learning.credit.rate_network import activities, batch_loss, stepped
from snnlab.learning.credit.scrambled_course import HIDDEN, OUTPUTS, SPREAD, scrambled_course, scrambled_task
from snnlab.random import normal


def drawn(seed, step):
    """R of one step."""
    places = np.arange(HIDDEN)[:, None] * HIDDEN + np.arange(OUTPUTS)
    each = [normal(np.uint64(seed), np.uint64(place), np.uint64(step)) for place in places.ravel()]
    return np.reshape(each, places.shape) * SPREAD / np.sqrt(HIDDEN)


def test_scrambled_once_it_is_the_course_of_feedback_alignment():
    network, x, target = scrambled_task()
    b = mixed_feedback(true_feedback(network), [drawn(7, 0)], 0.6)
    course = alignment_course(network, x, target, b, rate=0.2)
    seen = scrambled_course(0.6, rate=0.2, rng=np.uint64(7))
    np.testing.assert_allclose(seen.angle, course.angle, rtol=1e-9)
    np.testing.assert_allclose(seen.loss, course.loss / course.loss[0], rtol=1e-9)
    np.testing.assert_allclose(seen.feedback, b[0] / np.linalg.norm(b[0]), rtol=1e-12)
    assert seen.first == seen.angle[0]
    assert seen.last == pytest.approx(np.mean(seen.angle[-20:]), rel=1e-12, abs=0)
    assert seen.left == pytest.approx(course.left, rel=1e-9, abs=0)


def test_scrambled_anew_each_step_has_feedback_of_its_own():
    network, x, target = scrambled_task()
    start, seen = network, scrambled_course(0.8, True, rate=0.3, rng=np.uint64(7))
    first = batch_loss(activities(network, x)[-1], target)
    for step in range(STEPS + 1):
        b = mixed_feedback(true_feedback(start), [drawn(7, step)], 0.8)
        told, true = feedback_alignment(network, x, target, b), backpropagate(network, x, target)
        expected = angle(told.gradient[:-1], true.gradient[:-1])
        assert seen.angle[step] == pytest.approx(expected, rel=1e-8, abs=0)
        loss = batch_loss(activities(network, x)[-1], target)
        assert seen.loss[step] == pytest.approx(loss / first, rel=1e-8, abs=0)
        network = stepped(network, told.gradient, 0.3)
    upper = network.weights[-1].T
    np.testing.assert_allclose(seen.upper, upper / np.linalg.norm(upper), rtol=1e-8)
    assert seen.apart == pytest.approx(angle([seen.feedback], [seen.upper]), rel=1e-9, abs=0)


def test_the_weights_turn_to_feedback_that_stays_and_to_no_other():
    """Ten seeds, everything scrambled."""
    falls = {}
    for anew in (False, True):
        seen = [scrambled_course(1.0, anew, rate=0.2, rng=np.uint64(seed)) for seed in range(1, 11)]
        falls[anew] = [one.first - one.last for one in seen]
    assert min(falls[False]) > 20
    assert abs(np.mean(falls[True])) < 15


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="share must be between 0 and 1, got 2"):
        scrambled_course(2)


def test_a_loss_that_runs_away_is_named():
    with pytest.raises(ValueError, match="rate must be small enough for the loss to stay finite, got 1e"):
        scrambled_course(0, rate=1e100)
