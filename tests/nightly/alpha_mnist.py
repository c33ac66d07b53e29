"""Digits of MNIST told apart by the first spike, from few, from more, and from moved copies.

340 hidden neurons with alpha synapses and 10 pulses a layer, K, θ and the first weights nearly as in the
authors' program, ihmehimmeli, of I. M. Comsa et al. (2020), ICASSP. `digits` of the 4000 for training are
learnt from; with 5 `copies` each also moved by a pixel to the four sides. `right` is the fraction of the 1000
for the test that is right at the end, `learnt` that of the training samples in the last epoch. An epoch with
copies has five times as many steps as one without, so there are a fifth as many.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_mnist_5k
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import initial_alpha
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.time_tasks import ink_times

SEEDS = range(1, 11)
KEYS = (
    ("digits", "copies", "seed"),
    [(1000, 1, 1), *((4000, copies, seed) for copies in (1, 5) for seed in SEEDS)],
)
RESULTS = ("right", "learnt")
SIZES, PULSES, BATCH = (784, 340, 10), 10, 16
NEURON, METHOD = AlphaNeuron(0.18, 1.167), AlphaLearning(1.0, 2.0, 1e-3, 5.0, False)
EPOCHS, FALL = 45, 0.7**0.2  # without copies
MOVES = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))


def row(digits, copies, seed):
    mnist = load_mnist_5k()
    images = [np.roll(mnist.x_train[:digits], by, (1, 2)) for by in MOVES[:copies]]
    x = ink_times(np.concatenate(images), mnist.white)
    y = np.tile(mnist.y_train[:digits], copies)
    spread = np.sqrt([2 / (SIZES[0] + PULSES + SIZES[1]), 2 / (SIZES[1] + PULSES + SIZES[2])])
    start = initial_alpha(
        SIZES, PULSES, mean=-0.275 * spread, of_pulses=7.84 * spread, rng=np.random.default_rng(100 + seed)
    )
    run = train_alpha(
        start, x, y, EPOCHS // copies, NEURON, METHOD, adam=Adam(rate=1e-3), decay=FALL**copies, batch=BATCH,
        rng=np.random.default_rng(200 + seed), test=(ink_times(mnist.x_test, mnist.white), mnist.y_test),
    )  # fmt: skip
    return run.history.test_accuracy[-1], run.history.accuracy[-1]


if __name__ == "__main__":
    main()
