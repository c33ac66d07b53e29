"""The exclusive or in spike times, learnt from mistakes alone and from every sample, over ten seeds.

Two inputs, four hidden neurons, two outputs, and two pulses a layer; one sample a step. A seed draws weights,
1000 samples to learn from and 1000 others that are asked for, and the order. `mistakes` is the fraction that
is right where only mistakes teach, `every` where every sample does; `steps` is the number of steps of Adam of
the first.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import initial_alpha
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.time_tasks import xor_times

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = ("mistakes", "every", "steps")
EPOCHS = 200


def row(seed):
    rng = np.random.default_rng(100 + seed)
    start = initial_alpha((2, 4, 2), 2, rng=rng)
    x, y = xor_times(2000, rng=rng)

    def learnt(only_mistakes):
        method, rng = AlphaLearning(only_mistakes=only_mistakes), np.random.default_rng(200 + seed)
        return train_alpha(
            start, x[:1000], y[:1000], EPOCHS, method=method, rng=rng, test=(x[1000:], y[1000:])
        ).history

    mistakes, every = learnt(True), learnt(False)
    return mistakes.test_accuracy[-1], every.test_accuracy[-1], mistakes.steps[-1]


if __name__ == "__main__":
    main()
