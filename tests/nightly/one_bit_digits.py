"""Small digits told apart by networks of one bit and by others, over ten seeds, as chapter 12 tells of them.

Of the 1797 digits 1297 are to learn from and 500 for the test, drawn anew for each seed; pixels are whole
numbers. Each column is the fraction of the test that is right after 40 epochs, of a network of `one_bit`;
with `real` weights and activations; with binary weights and real activations, drawn by sign (`connect`) or
by chance (`chance`, and `chance_real` if the latent weights themselves are used in the end); of one bit with
a `frozen` hidden layer, which no error reaches, with a readout of one bit or, in `frozen_real`, of logistic
regression on the same bits. `linear` is logistic regression on the pixels, all classes at once, and `deep` a
rectified network of as many hidden neurons, both of scikit-learn. The learning rate and its decay were
chosen on the first two seeds of 256 neurons, among two for one bit and four for real numbers.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nightly.filling import main

from snnlab.data import load_digits
from snnlab.learning import (
    Binarisation,
    ann_accuracy,
    initial_binary,
    run_binary,
    train_binary,
)
from snnlab.learning.binary.binary_training import measure_norms

SEEDS = range(1, 11)
KEYS = ("hidden", "seed"), [(hidden, seed) for hidden in (16, 64, 256) for seed in SEEDS]
RESULTS = ("one_bit", "real", "connect", "chance", "chance_real", "frozen", "frozen_real", "linear", "deep")
EPOCHS = 40
REAL = Binarisation(weights=False, activations=False)


def split(seed):
    """What is learnt and what is asked for, as rows of whole numbers, and the brightest of these."""
    images = load_digits()
    x, y = np.concatenate([images.x_train, images.x_test]), np.concatenate([images.y_train, images.y_test])
    order, n = np.random.default_rng(seed).permutation(len(y)), len(images.x_train)
    x, y = x.reshape(len(y), -1)[order].astype(np.int64), y[order]
    return (x[:n], y[:n], x[n:], y[n:]), images.white


def regression(x, y, x_test, y_test):
    """How many of the tests logistic regression gets right, with all classes at once."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return LogisticRegression(max_iter=500).fit(x, y).score(x_test, y_test)


def row(hidden, seed):
    (x, y, x_test, y_test), white = split(seed)
    start = initial_binary(x.shape[1], hidden, 10, rng=np.random.default_rng(100 + seed))

    def learnt(method):
        rng = np.random.default_rng(200 + seed)
        return train_binary(start, x, y, EPOCHS, method, rng=rng)

    def right(network, method):
        return np.mean(run_binary(network, x_test, method).scores.argmax(axis=1) == y_test)

    by_sign, by_chance = Binarisation(activations=False), Binarisation(activations=False, stochastic=True)
    chance, untouched = learnt(by_chance).network, measure_norms(start, x)
    bits, bits_test = (run_binary(untouched, images).hidden for images in (x, x_test))
    shown = x / white, y, x_test / white, y_test
    return (
        right(learnt(Binarisation()).network, Binarisation()),
        right(learnt(REAL).network, REAL),
        right(learnt(by_sign).network, by_sign),
        right(chance, by_sign),
        right(measure_norms(chance, x, REAL), REAL),
        right(learnt(Binarisation(window=0.0)).network, Binarisation()),
        regression(bits, y, bits_test, y_test),
        regression(*shown),
        ann_accuracy(*shown, hidden, epochs=EPOCHS, seed=seed),
    )


if __name__ == "__main__":
    main()
