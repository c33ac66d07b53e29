"""Train the network of `snnlab.learning.conversion.mnist_network`, and write its file anew: minutes."""

import numpy as np

from snnlab.data import load_mnist_5k
from snnlab.learning.conversion.layers import Layers, activation_scales, activations, rescaled
from snnlab.learning.conversion.mnist_network import FILE, UNIT, WholeWeights, shrunk
from snnlab.learning.conversion.quantised_training import train_layers

__all__ = ["changed", "to_whole", "trained_anew", "turned_about"]

HIDDEN, EPOCHS, COPIES, SEED = (100, 50), 30, 10, 1
PERCENTILE = 99.9  # of the activations of a layer, which is its scale


def turned_about(rng: np.random.Generator, copies: int = COPIES) -> tuple[np.ndarray, np.ndarray]:
    """The training images as a network learns them, each so many times, and what they show."""
    mnist = load_mnist_5k()
    x = np.concatenate([changed(mnist.x_train / mnist.white, rng) for _ in range(copies)])
    return shrunk(x), np.tile(mnist.y_train, copies)


def changed(images: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each image turned by up to 15°, slanted, stretched by up to 15 %, moved by up to 1.5 pixels.

    A pixel of the changed image lies between four of the old one and takes a part of each.
    """
    n, side, _ = images.shape
    angle, slant = rng.uniform(-0.26, 0.26, n), rng.uniform(-0.25, 0.25, n)
    wide, tall = rng.uniform(0.85, 1.15, (2, n))
    dx, dy = rng.uniform(-1.5, 1.5, (2, n))
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    c, s = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    u = (x * c - y * s + slant[:, None, None] * y) / wide[:, None, None] + dx[:, None, None]
    v = (x * s + y * c) / tall[:, None, None] + dy[:, None, None]
    u, v = (np.clip(a + (side - 1) / 2, 0, side - 1.001) for a in (u, v))
    j, i = u.astype(int), v.astype(int)
    across, down, which = u - j, v - i, np.arange(n)[:, None, None]
    upper = (1 - across) * images[which, i, j] + across * images[which, i, j + 1]
    lower = (1 - across) * images[which, i + 1, j] + across * images[which, i + 1, j + 1]
    return (1 - down) * upper + down * lower


def to_whole(layers: Layers) -> WholeWeights:
    """Weights and biases in parts of a threshold, in 16 bits."""
    whole = [np.rint(UNIT * a) for pair in zip(*layers, strict=True) for a in pair]
    assert max(np.abs(a).max() for a in whole) < 2**15
    return WholeWeights(*(a.astype(np.int16) for a in whole))


def trained_anew(epochs: int = EPOCHS, copies: int = COPIES) -> WholeWeights:
    """The network, trained and scaled."""
    rng = np.random.default_rng(SEED)
    x, y = turned_about(rng, copies)
    layers = train_layers(x, y, HIDDEN, epochs=epochs, rng=rng).layers
    scaled = rescaled(layers, activation_scales(layers, x, PERCENTILE))
    return to_whole(outputs_below_one(scaled, activations(scaled, x)[-1]))


def outputs_below_one(layers: Layers, y: np.ndarray) -> Layers:
    """The same names, with outputs that are hardly ever larger than 1: they have no threshold to keep to."""
    last = np.percentile(y.max(axis=1), PERCENTILE)
    return Layers(
        (*layers.weights[:-1], layers.weights[-1] / last), (*layers.biases[:-1], layers.biases[-1] / last)
    )


if __name__ == "__main__":
    np.savez_compressed(FILE, **trained_anew()._asdict())
