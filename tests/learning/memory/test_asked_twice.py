"""A recall behind another: only the last one counts, and without another it is a recall like any."""

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.asked_twice import error_when_asked_before
from snnlab.learning.memory.recall_network import error_after, recall_network
from snnlab.learning.memory.store_recall import RecallInputs, one_recall, recall_samples

FEW = RecallInputs(per_group=5, interval=80.0)


def small():
    return recall_network(600.0, n=6, inputs=FEW, rng=np.random.default_rng(1))


def test_without_an_earlier_recall_the_error_is_that_after_the_delay():
    found = error_when_asked_before(small(), 3, 0, 40, inputs=FEW, rng=np.random.default_rng(5))
    assert [found] == error_after(small(), [3], 40, inputs=FEW, rng=np.random.default_rng(5)).tolist()


def test_only_the_last_recall_counts():
    network, rng = small(), np.random.default_rng(5)
    trials = one_recall(40, 3, rng=rng)
    trials.symbols[:, 1], trials.commands[:, 1] = -1, 2
    samples, _ = recall_samples(trials, FEW, 4.0, rng=rng)
    answers = [run_recurrent(network, samples, k).y[-20:].mean(axis=0).argmax() for k in range(40)]
    found = error_when_asked_before(network, 3, 1, 40, inputs=FEW, rng=np.random.default_rng(5))
    assert found == pytest.approx(np.mean(answers != trials.symbols[:, 0]))


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for arguments, message in (
        ((2, 2), r"before must be less than the delay \(2\), got 2"),
        ((2, -1), "before must be"),
        ((0, 0), "delay must be at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            error_when_asked_before(small(), *arguments, inputs=FEW, rng=rng)
