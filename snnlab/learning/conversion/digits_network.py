"""The deep network of chapter 10, trained on the small digits, for those who have no time to train one.

64 inputs, 100 hidden neurons, 10 outputs; 60 epochs of `train_deep` with seed 1. It is kept in
``digits_deep.npz`` beside this file, which ``python tests/learning/conversion/write_digits_network.py``
writes. Its weights are ours, under the licence of the project; the images that it learnt from have their own.
"""

from pathlib import Path

import numpy as np

from snnlab.data import load_digits
from snnlab.learning.conversion.counting_weights import CountingWeights, counting_weights
from snnlab.learning.deep_network import DeepNetwork

__all__ = ["EPOCHS", "FILE", "HIDDEN", "SEED", "UNIT", "spiking_on_digits", "trained_on_digits"]

HIDDEN, EPOCHS, SEED = 100, 60, 1
UNIT = 8192  # a power of two, so that sums of weights are exact in either form
FILE = Path(__file__).with_name("digits_deep.npz")


def trained_on_digits() -> DeepNetwork:
    """A deep network that knows the small digits.

    Returns
    -------
    DeepNetwork
        float64, rounded to float32. Made from the training images of `snnlab.data.load_digits`, of which it
        saw none of the test.

    Examples
    --------
    >>> from snnlab.learning import run_deep
    >>> from snnlab.data import load_digits
    >>> digits = load_digits()
    >>> y = run_deep(trained_on_digits(), digits.x_test.reshape(-1, 64) / digits.white).y
    >>> print(f"{100 * np.mean(y.argmax(axis=1) == digits.y_test):.1f} % right")
    92.4 % right
    """
    with np.load(FILE) as file:
        return DeepNetwork(*(file[name].astype(np.float64) for name in DeepNetwork._fields))


def spiking_on_digits() -> CountingWeights:
    """The same weights for spiking neurons, scaled by what they say to the training images.

    Returns
    -------
    CountingWeights
        Every weight a whole number of `UNIT` parts of a threshold, as a chip or a page keeps it in 16 bits.

    Examples
    --------
    >>> spiking_on_digits().w_out.shape
    (100, 10)
    """
    digits = load_digits()
    exact = counting_weights(trained_on_digits(), digits.x_train.reshape(-1, 64) / digits.white)
    return CountingWeights(*(np.rint(UNIT * w) / UNIT for w in exact))
