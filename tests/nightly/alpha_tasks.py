"""Yin-Yang and digits told apart by the first spike, with and without a hidden layer, over ten seeds.

Neurons with alpha synapses. A seed draws weights, order and samples: of Yin-Yang 5000 to learn from and 1000
that are asked for, of the small digits 1297 and the other 500. A pixel spikes the earlier the more ink it
has, and without any not at all. `hidden` is the number of hidden neurons; with 0 the inputs reach the
outputs. `right` is the fraction of right answers. Of the samples that are asked for `spoken` is the median
share of the hidden neurons that have fired before the answer, `of_speakers` the same of those that fire at
all, `silent` the mean share of those that never do; 0 without hidden neurons.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning import (
    Adam,
    AlphaLearning,
    AlphaNeuron,
    initial_alpha,
    ink_times,
    run_alpha,
    train_alpha,
    yin_yang,
)
from snnlab.learning.spike_times.decisions import decisions

TASKS = {"yin_yang": (0, 120), "digits": (0, 100)}
KEYS = (
    ("task", "hidden", "seed"),
    [(task, hidden, seed) for task, sizes in TASKS.items() for hidden in sizes for seed in range(1, 11)],
)


class Way(NamedTuple):
    """How a task is learnt."""

    epochs: int = 30
    k: float = 1.0
    theta: float = 0.4
    pulses: int = 2
    inputs: float = 0.0
    of_pulses: float = 0.0
    rate: float = 1e-3
    decay: float = 1.0
    batch: int = 32
    method: AlphaLearning = AlphaLearning()


WAYS = {"yin_yang": Way(), "digits": Way()}
RESULTS = ("right", "spoken", "of_speakers", "silent")


def samples(task, seed):
    rng = np.random.default_rng(300 + seed)
    if task == "yin_yang":
        return *yin_yang(5000, rng=rng), *yin_yang(1000, rng=rng)
    digits, order = load_digits(), rng.permutation(1797)
    x = ink_times(np.concatenate([digits.x_train, digits.x_test]), digits.white)[order]
    y = np.concatenate([digits.y_train, digits.y_test])[order]
    return x[:1297], y[:1297], x[1297:], y[1297:]


def row(task, hidden, seed):
    return trained(*samples(task, seed), hidden, WAYS[task], seed)


def trained(x, y, x_test, y_test, hidden, way, seed):
    """The results of one seed; a way is how a task is learnt."""
    sizes = x.shape[1], *([hidden] if hidden else []), int(y.max()) + 1
    rng, neuron = np.random.default_rng(100 + seed), AlphaNeuron(way.k, way.theta)
    start = initial_alpha(sizes, way.pulses, inputs=way.inputs, of_pulses=way.of_pulses, rng=rng)
    learnt = train_alpha(
        start, x, y, way.epochs, neuron, way.method,
        adam=Adam(rate=way.rate), decay=way.decay, batch=way.batch, rng=np.random.default_rng(200 + seed),
    )  # fmt: skip
    run = run_alpha(learnt.network, x_test, neuron)
    right = np.mean(run.answers == y_test)
    if not hidden:
        return right, 0.0, 0.0, 0.0
    seen = decisions(run)
    return right, np.median(seen.spoken), np.nanmedian(seen.of_speakers), seen.silent.mean()


if __name__ == "__main__":
    main()
