"""Train the deep network of `snnlab.learning.conversion.digits_network` and write its file anew."""

import numpy as np

from snnlab.data import load_digits
from snnlab.learning import train_deep
from snnlab.learning.conversion.digits_network import EPOCHS, FILE, HIDDEN, SEED
from snnlab.learning.deep_network import DeepNetwork

__all__ = ["trained_anew"]


def trained_anew() -> DeepNetwork:
    """The network, as chapter 10's script trains it."""
    digits = load_digits()
    x = digits.x_train.reshape(-1, 64) / digits.white
    return train_deep(x, digits.y_train, HIDDEN, epochs=EPOCHS, seed=SEED)


if __name__ == "__main__":
    np.savez(FILE, **{name: w.astype(np.float32) for name, w in trained_anew()._asdict().items()})
