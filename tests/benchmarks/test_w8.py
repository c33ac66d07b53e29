"""A right answer to W8 is told from a wrong one."""

import math

import numpy as np
import pytest
from benchmarks.w8 import peer_snnlab, task


@pytest.mark.parametrize("name", ["xor", "yin_yang", "digits"])
def test_our_answer_is_right_and_wrong_ones_are_noticed(name):
    answer, problem = getattr(peer_snnlab, name)(task)(0), task.wrong(name)
    assert problem(answer) == "" and task.shown(name)(answer).startswith("gradient to ")
    late = answer | {"times": [time + 1e-6 for time in answer["times"]]}
    assert "the times of the spikes are off by 1.0e-06" in problem(late)
    assert problem(late | {"precision": "single"}) == ""
    silent = answer | {"times": [math.inf, *answer["times"][1:]]}
    assert "off by inf" in problem(silent)
    first, *rest = answer["gradients"]
    assert "gradients of the spikes are off by 2.0e+00" in problem(
        answer | {"gradients": [[-g for g in first], *rest]}
    )
    assert "off by inf" in problem(answer | {"gradients": [first[1:], *rest]})


def test_a_tool_with_neurons_of_its_own_must_learn():
    problem, answer = task.wrong("yin_yang"), {"precision": "own", "right": 0.62}
    assert problem(answer) == "" and task.shown("yin_yang")(answer) == "another model, 62 % right"
    assert problem(answer | {"right": 0.34}) == "only 34 % of its answers are right"


def test_nothing_is_told_while_the_time_is_taken():
    assert peer_snnlab.xor(task)(1) == {}


@pytest.mark.parametrize("name", ["xor", "digits"])
def test_the_right_gradient_is_that_of_differences(name, monkeypatch):
    """Of the first samples, by the largest slopes; the push of silent neurons is no gradient."""
    case = task.make(name)._replace(cut=math.inf, push=0.0)
    case = case._replace(times=case.times[:3], wanted=case.wanted[:3])
    monkeypatch.setattr(task, "make", lambda _: case)
    known = task.right.__wrapped__(name)

    def loss(weights):
        monkeypatch.setattr(task, "make", lambda _: case._replace(weights=weights))
        times = np.reshape(task.right.__wrapped__(name)["times"], (3, -1))
        if case.wanted.ndim > 1:
            return 0.5 * ((times - case.wanted) ** 2).sum()
        grown = np.exp(-case.sharpness * times)
        shares = grown[np.arange(3), case.wanted] / grown.sum(axis=1)
        return -np.log(shares).sum() / case.sharpness

    for layer in range(2):
        gradient = np.array(known["gradients"][layer])
        for place in np.argsort(-np.abs(gradient))[:5]:
            both = []
            for step in (1e-5, -1e-5):
                weights = [w.copy() for w in case.weights]
                weights[layer].flat[place] += step
                both.append(loss(tuple(weights)))
            assert gradient[place] == pytest.approx((both[0] - both[1]) / 2e-5, rel=1e-4)
