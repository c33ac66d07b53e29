"""Yin-Yang and digits told apart by the first spike, with and without a hidden layer, over ten seeds.

Neurons with alpha synapses. A seed draws weights, order and samples: of Yin-Yang 5000 to learn from and 1000
that are asked for, of the small digits 1297 and the other 500. A pixel spikes the earlier the more ink it
has, and without any not at all. `hidden` is the number of hidden neurons; with 0 the inputs reach the
outputs. `right` is the fraction of right answers. Of the samples that are asked for `spoken` is the median
share of the hidden neurons that have fired before the answer, `of_speakers` the same of those that fire at
all, `silent` the mean share of those that never do; 0 without hidden neurons. In `digits_fast` the thresholds
are lower and the weights of the outputs larger at the start, so that the answer comes early.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import initial_alpha, run_alpha
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.decisions import decisions
from snnlab.learning.spike_times.time_tasks import ink_times, yin_yang

TASKS = {"yin_yang": (0, 120), "digits": (0, 100), "digits_fast": (100,)}
KEYS = (
    ("task", "hidden", "seed"),
    [(task, hidden, seed) for task, sizes in TASKS.items() for hidden in sizes for seed in range(1, 11)],
)


class Way(NamedTuple):
    """How a task is learnt."""

    epochs: int
    neuron: AlphaNeuron
    method: AlphaLearning
    mean: tuple[float, ...]
    sd: tuple[float, ...] | None
    rate: float
    decay: float
    pulses: int = 2
    batch: int = 8


POINTS = Way(20, AlphaNeuron(), AlphaLearning(1.0, 2.0, 3e-3, 5.0), (1.0, 0.05), (0.8, 0.15), 3e-3, 0.87, 1)
PICTURES = Way(
    40, AlphaNeuron(0.5, 1.0), AlphaLearning(1.0, 2.0, 1e-3, 5.0, False), (0.054, 0.067), None, 1e-3, 0.94
)
HASTY = PICTURES._replace(neuron=AlphaNeuron(0.5, 0.4), mean=(0.054, 0.15))
WAYS = {"yin_yang": POINTS, "digits": PICTURES, "digits_fast": HASTY}
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
    mean, sd = (part and part[: len(sizes) - 1] for part in (way.mean, way.sd))
    start = initial_alpha(sizes, way.pulses, mean=mean, sd=sd, rng=np.random.default_rng(100 + seed))
    learnt = train_alpha(
        start, x, y, way.epochs, way.neuron, way.method,
        adam=Adam(rate=way.rate), decay=way.decay, batch=way.batch, rng=np.random.default_rng(200 + seed),
    )  # fmt: skip
    run = run_alpha(learnt.network, x_test, way.neuron)
    right = np.mean(run.answers == y_test)
    if not hidden:
        return right, 0.0, 0.0, 0.0
    seen = decisions(run)
    return right, np.median(seen.spoken), np.nanmedian(seen.of_speakers), seen.silent.mean()


if __name__ == "__main__":
    main()
