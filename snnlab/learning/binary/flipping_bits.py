"""Sixteen neurons of one bit learn small digits of one bit, and one sees which weights flip.

A digit of 8 x 8 pixels is 64 bits, ink or none: one word. Sixteen hidden neurons and ten outputs, all of one
bit, learn 600 of them as `snnlab.learning.train_binary` does, and are asked for 500 others.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.learning.binary.binary_network import Binarisation, check_binarisation
from snnlab.learning.binary.packed import pack_signs
from snnlab.learning.binary.straight_through import (
    Learnt,
    Room,
    blank_learnt,
    blank_room,
    forward,
    judge,
    learn_epoch,
    measure,
)
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.weight_tiles import draw_tiles, tiles_shape
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["FlippingBits", "flipping_bits", "small_bits"]

PIXELS, HIDDEN, CLASSES = 64, 16, 10
LEARNT, ASKED, BATCH = 600, 500, 50  # digits, digits, digits a step
BINS = 20  # of the latent weights
DECAY = 0.93  # of the learning rate, an epoch


class FlippingBits(NamedTuple):
    """What the network has learnt, and how often its weights have flipped.

    Examples
    --------
    >>> seen = flipping_bits(2, rng=np.random.default_rng(1))
    >>> print(np.unique(seen.tiles[np.isfinite(seen.tiles)]))
    [-1.  1.]
    """

    tiles: np.ndarray
    """Signs of the weights of each neuron as a tile of a picture, first row at the bottom; NaN between."""
    latent: np.ndarray
    """How many latent weights lie where, in 20 bins from −1 to 1."""
    right: np.ndarray
    """New digits that are right, %, before the first epoch and after each; NaN in later ones."""
    learnt: np.ndarray
    """Digits of the training set that are right, %, as often; NaN in later ones."""
    flipped: np.ndarray
    """Weights of the first layer that a step of the epoch flipped, %, on average; NaN before the first."""
    percent: float
    """New digits that are right now, %."""
    known: float
    """Digits of the training set that are right now, %."""
    flips: float
    """Weights that flipped in a step of the last epoch, %, on average."""
    edge: float
    """Latent weights that lie in the outermost tenth at either end, %."""


class FlippingLearner(NamedTuple):
    """A network that learns; where it is kept, learning can go on."""

    w_in: np.ndarray  # as in `Learnt`
    w_out: np.ndarray
    norm_in: np.ndarray
    norm_out: np.ndarray
    samples: np.ndarray  # 0, 1, 2 …: those that are learnt, then the others
    order: np.ndarray  # in which they are learnt
    told: np.ndarray  # (epochs + 1, 3): new digits and digits of the training set right, weights flipped, %
    memory: np.ndarray  # whether there is anything, rate, window, chance, and the last epoch
    drawn_from: np.ndarray  # the seed


def small_bits() -> tuple[np.ndarray, np.ndarray]:
    """The digits: 600 to learn, then 500 to be asked for.

    Returns
    -------
    words : array of uint64, shape (1100,)
        Pixel k is bit k, 1 for more than half of the brightest ink.
    labels : array of int32, shape (1100,)
        What they show.

    Examples
    --------
    >>> words, labels = small_bits()
    >>> words.dtype, labels[:3].tolist()
    (dtype('uint64'), [0, 1, 2])
    """
    digits = load_digits()
    images = np.concatenate([digits.x_train[:LEARNT], digits.x_test[:ASKED]]).reshape(-1, PIXELS)
    labels = np.concatenate([digits.y_train[:LEARNT], digits.y_test[:ASKED]])
    ink = images.astype(float) - digits.white / 2 - 0.5  # whole numbers: 9 of 16 and more
    return pack_signs(ink).words.ravel(), labels.astype(np.int32)


def flipping_bits(
    epochs: int,
    method: Binarisation = Binarisation(),
    adam: Adam = Adam(rate=0.05),
    *,
    rng: np.random.Generator | np.uint64,
) -> FlippingBits:
    """Draw latent weights, and learn.

    Parameters
    ----------
    epochs : int
        How often the 600 digits are gone through, 50 a step.
    method
        What has one bit, and the window in which errors pass.
    adam
        The numbers of Adam; its rate falls by 7 % an epoch.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> bool(flipping_bits(20, rng=np.random.default_rng(1)).percent > 50)
    True
    """
    epochs, method, adam = whole("epochs", epochs), check_binarisation(method), check_adam(adam)
    (words, labels), seen, learner = small_bits(), recorded(epochs), blank_learner(epochs)
    x = np.zeros((words.size, PIXELS))
    run_flipping(seen, learner, work(), words, labels, x, method, adam, float(epochs), seed_from(rng))
    return read(seen)


def recorded(epochs: int) -> FlippingBits:
    """A blank record."""
    each = dict.fromkeys(("right", "learnt", "flipped"), epochs + 1)
    tiles = tiles_shape(HIDDEN, math.isqrt(PIXELS))
    return blank(FlippingBits, tiles=tiles, latent=BINS, **each)


def blank_learner(epochs: int) -> FlippingLearner:
    """One that knows nothing yet."""
    samples, order = np.zeros(LEARNT + ASKED, np.int32), np.zeros(LEARNT, np.int32)
    told, memory, drawn_from = np.zeros((epochs + 1, 3)), np.zeros(5), np.zeros(1, np.uint64)
    parts = blank_learnt(PIXELS, HIDDEN, CLASSES)
    return FlippingLearner(*parts, samples, order, told, memory, drawn_from)


def work() -> Room:
    """Room for all the digits that are learnt, which are more than those that are asked for."""
    return blank_room(LEARNT, PIXELS, HIDDEN, CLASSES)


@kernel
def unpack(words, x):
    """The pixels of each digit: +1 with ink, -1 without."""
    for s in range(words.size):
        for i in range(x.shape[1]):
            x[s, i] = 1.0 if (words[s] >> np.uint64(i)) & np.uint64(1) else -1.0


@kernel
def begin(learner, method, adam, seed):
    """Latent weights anywhere between -1 and 1, batch norms that change nothing, and Adam at its start."""
    learner.w_in[:], learner.w_out[:] = 0.0, 0.0
    learner.norm_in[:], learner.norm_out[:] = 0.0, 0.0
    draw_latent(learner.w_in[0], seed, np.uint64(2**62))
    draw_latent(learner.w_out[0], seed, np.uint64(2**62 + 1))
    learner.norm_in[0, 0], learner.norm_out[0, 0] = 1.0, 1.0
    for k in range(learner.samples.size):
        learner.samples[k] = k
    for k in range(learner.order.size):
        learner.order[k] = k
    memory = learner.memory
    memory[0], memory[4] = 1.0, 0.0
    memory[1], memory[2], memory[3] = adam.rate, method.window, method.stochastic
    learner.drawn_from[0] = seed


@kernel
def draw_latent(w, seed, stream):
    """Numbers drawn evenly from -1 to 1."""
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            w[i, j] = 2.0 * uniform(seed, stream, np.uint64(i * w.shape[1] + j)) - 1.0


@kernel
def ask(x, labels, learner, learnt, room, method, epoch):
    """What the network knows after an epoch: of new digits, and of those that it has learnt."""
    n = learner.order.size
    old, new = learner.samples[:n], learner.samples[n:]
    _, known = measure(x, labels, old, learnt, room, method)
    forward(x, new, learnt, room, method.activations, True)
    _, right = judge(labels, new, room)
    learner.told[epoch, 0], learner.told[epoch, 1] = 100.0 * right / new.size, 100.0 * known / n


@kernel
def run_flipping(seen, learner, room, words, labels, x, method, adam, epochs, seed):
    """The network after so many epochs; it goes on from where it was, if nothing else has changed."""
    unpack(words, x)
    memory = learner.memory
    same = memory[1] == adam.rate and memory[2] == method.window and memory[3] == method.stochastic
    if not (memory[0] > 0.0 and learner.drawn_from[0] == seed and same and memory[4] <= epochs):
        begin(learner, method, adam, seed)
    learnt = Learnt(learner.w_in, learner.w_out, learner.norm_in, learner.norm_out)
    done = int(memory[4])
    ask(x, labels, learner, learnt, room, method, done)
    in_an_epoch = PIXELS * HIDDEN * ((learner.order.size + BATCH - 1) // BATCH)
    for epoch in range(done, int(epochs)):
        flips = learn_epoch(x, labels, learner.order, BATCH, learnt, room, method, adam, DECAY, epoch, seed)
        learner.told[epoch + 1, 2] = 100.0 * flips / in_an_epoch
        ask(x, labels, learner, learnt, room, method, epoch + 1)
    memory[4] = max(done, int(epochs))
    tell(seen, learner, room, int(memory[4]))


@kernel
def tell(seen, learner, room, last):
    """What is drawn: the curves up to the last epoch, the signs, and where the latent weights lie."""
    for k in range(seen.right.size):
        seen.right[k] = learner.told[k, 0] if k <= last else math.nan
        seen.learnt[k] = learner.told[k, 1] if k <= last else math.nan
        seen.flipped[k] = learner.told[k, 2] if 0 < k <= last else math.nan
    draw_tiles(room.bits_in, seen.tiles)
    w, outside = learner.w_in[0], 0
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            place = int((w[i, j] + 1.0) / 2.0 * seen.latent.size)
            seen.latent[min(place, seen.latent.size - 1)] += 1
            outside += abs(w[i, j]) >= 0.9
    seen.percent[0], seen.known[0], seen.flips[0] = seen.right[last], seen.learnt[last], learner.told[last, 2]
    seen.edge[0] = 100.0 * outside / (w.shape[0] * w.shape[1])
