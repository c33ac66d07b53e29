"""Digits of MNIST told apart by networks of one bit and by others, over ten seeds, as chapter 12 has them.

The first 4000 are to learn from and the first 1000 of the test are asked for. A seed draws weights and order.
Each network has 256 hidden neurons and 20 epochs. The columns are those of `one_bit_digits`; a `linear`
classifier is the same for all seeds.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main
from nightly.one_bit_digits import REAL, regression

from snnlab.data import load_mnist_5k
from snnlab.learning import Binarisation, ann_accuracy, initial_binary, run_binary, train_binary
from snnlab.learning.binary.binary_training import measure_norms

KEYS = ("seed",), [(seed,) for seed in range(1, 11)]
RESULTS = ("one_bit", "real", "frozen_real", "linear", "deep")
HIDDEN, EPOCHS, DECAY = 256, 20, 0.85


def row(seed):
    mnist = load_mnist_5k()
    x, x_test = (images.reshape(-1, 784).astype(np.int64) for images in (mnist.x_train, mnist.x_test))
    y, y_test = mnist.y_train, mnist.y_test
    start = initial_binary(784, HIDDEN, 10, rng=np.random.default_rng(100 + seed))

    def right(method):
        rng = np.random.default_rng(200 + seed)
        learnt = train_binary(start, x, y, EPOCHS, method, decay=DECAY, rng=rng)
        return np.mean(run_binary(learnt.network, x_test, method).scores.argmax(axis=1) == y_test)

    untouched = measure_norms(start, x)
    bits, bits_test = (run_binary(untouched, images).hidden for images in (x, x_test))
    shown = x / mnist.white, y, x_test / mnist.white, y_test
    return (
        right(Binarisation()),
        right(REAL),
        regression(bits, y, bits_test, y_test),
        regression(*shown),
        ann_accuracy(*shown, HIDDEN, epochs=EPOCHS, seed=seed),
    )


if __name__ == "__main__":
    main()
