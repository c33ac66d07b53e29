"""Differences by the stored symbol, against the runs of which they are made."""

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.negative_image import negative_image
from snnlab.learning.memory.recall_network import recall_network
from snnlab.learning.memory.store_recall import RecallInputs, one_recall, recall_samples

FEW = RecallInputs(per_group=5, interval=80.0)


def small(beta_a=1.7):
    return recall_network(600.0, beta_a, n=6, inputs=FEW, rng=np.random.default_rng(1))


def test_differences_are_those_of_the_runs():
    network, rng = small(), np.random.default_rng(2)
    trials = one_recall(6, 3, rng=rng)
    trials.symbols[:, 0] = [0, 1, 0, 1, 0, 1]
    samples, _ = recall_samples(trials, FEW, 4.0, rng=rng)
    runs = [run_recurrent(network, samples, k) for k in range(6)]
    found = negative_image(network, 3, 6, inputs=FEW, rng=np.random.default_rng(2))
    counts = np.array([[run.s[:20].sum(axis=0), run.s[-20:].sum(axis=0)] for run in runs])
    less = (counts[1::2].mean(axis=0) - counts[::2].mean(axis=0)) / 0.08  # Hz: an interval lasts 80 ms
    assert less.any()
    assert found.told == pytest.approx(less[0], rel=1e-9, abs=1e-9)
    assert found.answered == pytest.approx(less[1], rel=1e-9, abs=1e-9)
    theta = np.array([run.threshold for run in runs])
    assert found.threshold[0] == pytest.approx(theta[::2].mean(axis=0), rel=1e-12, abs=0)
    assert found.raised == pytest.approx(
        theta[1::2, 60].mean(axis=0) - theta[::2, 60].mean(axis=0), abs=1e-15
    )


def test_who_does_not_adapt_keeps_its_threshold():
    assert not negative_image(small(0.0), 2, 4, inputs=FEW, rng=np.random.default_rng(2)).raised.any()


def test_bad_arguments_are_named():
    for n, message in ((1, "n_trials must be at least 2"), (0, "n_trials must be at least 1")):
        with pytest.raises(ValueError, match=message):
            negative_image(small(), 2, n, inputs=FEW, rng=np.random.default_rng(2))
