"""Losses by hand: what each says of a readout that is given."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from snnlab.learning.gradients.losses import (
    AskedClasses,
    AskedValues,
    CrossEntropy,
    WantedSpikes,
    answers,
    as_wanted,
    class_of_trial,
    classes_of_steps,
    cross_entropy,
    fill_pulls,
    spikes_of_trial,
    values_of_steps,
)

Y = np.array([[0.0, 0.0], [0.5, -1.0], [2.0, -2.0], [2.0, -0.5]])  # from the start on, two outputs


def softmax(m):
    return np.exp(m) / np.exp(m).sum()


def test_cross_entropy():
    pull = np.empty(3)
    scores = np.array([1.0, 3.0, 2.0])
    loss, right = cross_entropy(scores, 2, 4, pull)
    assert loss == pytest.approx(-math.log(softmax(scores)[2])) and not right
    assert pull == pytest.approx((softmax(scores) - [0, 0, 1]) / 4)
    assert cross_entropy(scores, 1, 1, pull)[1]
    assert cross_entropy(np.array([900.0, 0.0]), 1, 1, pull[:2])[0] == pytest.approx(900.0)


@pytest.mark.parametrize(
    ("score", "scores", "where"),
    [
        ("largest", [2.0, 0.0], [(2, 0)]),  # reached first in step 2; the other stays below its start
        ("mean", [1.5, -3.5 / 3], [(t, k) for t in (1, 2, 3) for k in (0, 1)]),
        ("last", [2.0, -0.5], [(3, 0), (3, 1)]),
    ],
)
def test_where_a_score_pulls(score, scores, where):
    wanted = as_wanted(CrossEntropy(score), 1, 3, 4, 2, 1.0)
    pulls, best, pull = np.zeros((4, 2)), np.empty(2), np.empty(2)
    loss, right = class_of_trial(wanted.kind, 1, Y, 2, pulls, best, pull)
    assert best == pytest.approx(scores) and right == 0
    assert loss == pytest.approx(-math.log(softmax(np.array(scores))[1]))
    assert sorted(zip(*np.nonzero(pulls), strict=True)) == sorted(where)
    reached = [any(k == output for _, output in where) for k in (0, 1)]
    total = (softmax(np.array(scores)) - [0, 1]) / 2 * reached
    assert pulls.sum(axis=0) == pytest.approx(total)
    for k in (0, 1):  # alike where there are several
        assert len({pulls[place] for place in where if place[1] == k}) <= 1


def test_only_steps_that_are_asked_pull():
    pulls, room = np.zeros((4, 2)), (np.empty(2), np.empty(2))
    loss, right = classes_of_steps(np.array([-1, 0, 1]), 1, Y, 2, pulls, *room)
    one, two = softmax(Y[2]), softmax(Y[3])
    assert loss == pytest.approx(-(math.log(one[0]) + math.log(two[1]))) and right == 1
    assert pulls[2] == pytest.approx((one - [1, 0]) / 2) and not pulls[:2].any()
    assert pulls[3] == pytest.approx((two - [0, 1]) / 2)
    nothing = classes_of_steps(np.array([-1, -1, -1]), 1, Y, 1, np.zeros((4, 2)), *room)
    assert nothing == (0.0, 0.0)
    pulls = np.zeros((4, 2))
    values = np.array([[9.0, 9.0], [1.0, -2.0], [2.0, 0.5]])
    assert values_of_steps(values, np.array([0, 1, 1]), Y, 5, pulls) == pytest.approx(1 + 1)
    assert pulls == pytest.approx(np.array([[0, 0], [0, 0], [2, 0], [0, -2]]) / 5)


def test_a_window_asks_for_the_mean_of_its_steps():
    """Of two windows that overlap, both pull at the step in the middle."""
    pulls = np.zeros((4, 2))
    loss, right = classes_of_steps(np.array([-1, 0, 1]), 2, Y, 3, pulls, np.empty(2), np.empty(2))
    one, two = softmax((Y[1] + Y[2]) / 2), softmax((Y[2] + Y[3]) / 2)
    assert loss == pytest.approx(-(math.log(one[0]) + math.log(two[1]))) and right == 1
    first, second = (one - [1, 0]) / 6, (two - [0, 1]) / 6
    assert pulls == pytest.approx(np.array([[0, 0], first, first + second, second]))


def test_a_batch_has_as_many_answers_as_steps_that_ask_and_else_as_samples():
    asked = np.array([[0, 1, 1], [0, 0, 0], [1, 1, 1]])
    for loss, number in (
        (AskedClasses(np.where(asked, 1, -1)), 2),
        (AskedValues(np.zeros((3, 3, 2)), asked), 2),
        (CrossEntropy(), 2),
        (WantedSpikes(np.zeros((3, 3, 4))), 2),
    ):
        wanted = as_wanted(loss, 3, 3, 4, 2, 1.0)
        assert answers(np.array([0, 1]), wanted) == number
        stepwise = isinstance(loss, AskedClasses | AskedValues)
        assert answers(np.array([1]), wanted) == (0 if stepwise else 1)
        assert answers(np.array([2, 0, 2]), wanted) == (8 if stepwise else 3)


def test_wanted_spikes_are_blurred_beforehand_and_neurons_add_up():
    trains = np.zeros((2, 60, 2))
    trains[0, 5, 0] = trains[0, 9, 1] = 1.0
    wanted = as_wanted(WantedSpikes(trains, tau=4.0), 2, 60, 2, 1, 1.0)
    finer = as_wanted(WantedSpikes(trains, tau=4.0), 2, 60, 2, 1, 0.5)
    assert (wanted.gamma, finer.gamma) == pytest.approx((math.exp(-1 / 4), math.exp(-0.5 / 4)))
    pulls = np.zeros((60, 2))
    assert spikes_of_trial(wanted.values[0], wanted.gamma, trains[0], 1, pulls) == 0 and not pulls.any()
    silent = spikes_of_trial(wanted.values[0], wanted.gamma, np.zeros((60, 2)), 1, pulls)
    assert silent == pytest.approx(2.0) and (pulls[:5, 0] < 0).all()


def test_a_loss_of_another_sample_leaves_nothing_behind():
    path = SimpleNamespace(y_pull=np.ones((4, 2)), s_pull=np.ones((3, 4)), y=Y, s=np.zeros((3, 4)))
    path.best, path.pull = np.empty(2), np.empty(2)
    asked = AskedValues(np.zeros((1, 3, 2)), np.zeros((1, 3)))
    wanted = as_wanted(asked, 1, 3, 4, 2, 1.0)
    loss, right = getattr(fill_pulls, "py_func", fill_pulls)(0, 0, wanted, path, 1)
    assert loss == 0 and math.isnan(right) and not path.y_pull.any() and not path.s_pull.any()
    classes = as_wanted(AskedClasses(np.array([[-1, 0, -1]])), 1, 3, 4, 2, 1.0)
    getattr(fill_pulls, "py_func", fill_pulls)(0, 0, classes, path, 1)
    assert path.y_pull[2].all() and not path.s_pull.any()
