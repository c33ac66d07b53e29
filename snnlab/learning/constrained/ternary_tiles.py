"""Ten neurons of ternary weights learn small digits of one bit, and one sees which weights flip.

One layer and nothing else: 64 pixels, each ink or none, and one neuron a class. Batch norm, loss and steps
are those of `snnlab.learning.binary.straight_through`; only what is used of a shadow weight is another thing.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, whole
from snnlab.compiling import kernel
from snnlab.learning.binary.flipping_bits import (
    ASKED,
    BATCH,
    CLASSES,
    LEARNT,
    PIXELS,
    draw_latent,
    small_bits,
    unpack,
)
from snnlab.learning.binary.straight_through import (
    Room,
    add_rows,
    blank_room,
    descend,
    judge,
    normalise,
    normalise_back,
    shuffle,
)
from snnlab.learning.constrained.ternary import follow
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.weight_tiles import draw_tiles
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["TernaryTiles", "ternary_tiles"]

ACROSS, SIDE = 5, 8  # tiles beside each other; pixels of a side
BINS = 40  # of the shadow weights


class TernaryTiles(NamedTuple):
    """What the neurons have learnt, and how often their weights have flipped.

    Examples
    --------
    >>> seen = ternary_tiles(2, rng=np.random.default_rng(1))
    >>> print(np.unique(seen.tiles[np.isfinite(seen.tiles)]))
    [-1.  0.  1.]
    """

    tiles: np.ndarray
    """Weights of each class as a tile of a picture, the first row at the bottom; NaN between."""
    shadow: np.ndarray
    """How many shadow weights lie where, in 40 bins from −1 to 1."""
    right: np.ndarray
    """New digits that are right, %, before the first epoch and after each; NaN in later ones."""
    flipped: np.ndarray
    """Weights that a step of the epoch flipped, %, on average; NaN before the first."""
    percent: float
    """New digits that are right now, %."""
    flips: float
    """Weights that flipped in a step of the last epoch, %, on average."""
    zeros: float
    """Weights that are 0, %: synapses that nobody needs to build."""


class TernaryLearner(NamedTuple):
    """Neurons that learn; where they are kept, learning can go on."""

    w: np.ndarray  # (4, pixels, classes): shadow weights, their gradient, and the two means of Adam
    norm: np.ndarray  # (4, 2, classes): γ and β
    used: np.ndarray  # (pixels, classes)
    samples: np.ndarray  # 0, 1, 2 …
    order: np.ndarray  # in which the digits are learnt
    told: np.ndarray  # (epochs + 1, 2): new digits right, weights flipped, %
    memory: np.ndarray  # whether there is anything, rate, hysteresis, and the last epoch
    drawn_from: np.ndarray  # the seed


def ternary_tiles(
    epochs: int,
    hysteresis: float = 0.1,
    adam: Adam = Adam(rate=0.02),
    *,
    rng: np.random.Generator | np.uint64,
) -> TernaryTiles:
    """Draw shadow weights, and learn 600 digits.

    Parameters
    ----------
    epochs : int
        How often the digits are gone through, 50 a step.
    hysteresis : float
        h, from 0 to ½.
    adam
        The numbers of Adam.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> bool(ternary_tiles(20, rng=np.random.default_rng(1)).percent > 60)
    True
    """
    epochs, hysteresis, adam = whole("epochs", epochs), fraction("hysteresis", hysteresis), check_adam(adam)
    if hysteresis > 0.5:
        raise ValueError(f"hysteresis must be at most 0.5, got {hysteresis:g}")
    (words, labels), seen, x = small_bits(), recorded(epochs), np.zeros((LEARNT + ASKED, PIXELS))
    learner, room = blank_learner(epochs), work()
    run_tiles(seen, learner, room, words, labels, x, hysteresis, adam, float(epochs), seed_from(rng))
    return read(seen)


def recorded(epochs: int) -> TernaryTiles:
    """A blank record."""
    tiles = (CLASSES // ACROSS * (SIDE + 1), ACROSS * (SIDE + 1))
    return blank(TernaryTiles, tiles=tiles, shadow=BINS, right=epochs + 1, flipped=epochs + 1)


def blank_learner(epochs: int) -> TernaryLearner:
    """One that knows nothing yet."""
    return TernaryLearner(
        np.zeros((4, PIXELS, CLASSES)),
        np.zeros((4, 2, CLASSES)),
        np.zeros((PIXELS, CLASSES)),
        np.zeros(LEARNT, np.int32),
        np.zeros(LEARNT, np.int32),
        np.zeros((epochs + 1, 2)),
        np.zeros(4),
        np.zeros(1, np.uint64),
    )


def work() -> Room:
    """Room for all digits that are learnt; the layer before the last is not used."""
    return blank_room(LEARNT, 1, 1, CLASSES)


@kernel
def begin(learner, hysteresis, adam, seed):
    """Shadow weights anywhere between -1 and 1, batch norms that change nothing, and Adam at its start."""
    learner.w[:], learner.norm[:], learner.used[:] = 0.0, 0.0, 0.0
    draw_latent(learner.w[0], seed, np.uint64(2**62))
    follow_all(learner, 0.0)
    learner.norm[0, 0] = 1.0
    for k in range(learner.order.size):
        learner.samples[k], learner.order[k] = k, k
    memory = learner.memory
    memory[0], memory[1], memory[2], memory[3] = 1.0, adam.rate, hysteresis, 0.0
    learner.drawn_from[0] = seed


@kernel
def follow_all(learner, hysteresis):
    """The weights follow their shadow weights; how many flip."""
    flips = 0
    for i in range(learner.used.shape[0]):
        flips += follow(learner.w[0, i], learner.used[i], hysteresis)
    return flips


@kernel
def forward(x, first, which, learner, room, measured):
    """The scores of some digits, numbered from `first` on."""
    n = which.size
    for s in range(n):
        add_rows(x[first + which[s]], learner.used, room.u[s])
    normalise(room.u, n, learner.norm[0], room.stats_out, room.y, measured)


@kernel
def backward(x, which, learner, room):
    """The gradients of a batch that has gone forward and been judged."""
    n, of_w = which.size, learner.w[1]
    normalise_back(room.pull, room.u, n, learner.norm[0], room.stats_out, learner.norm[1])
    of_w[:] = 0.0
    for s in range(n):
        pixels, pull = x[which[s]], room.pull[s]
        for i in range(pixels.size):
            for k in range(pull.size):
                of_w[i, k] += pixels[i] * pull[k]


@kernel
def ask(x, labels, learner, room, epoch):
    """How many of the new digits are right, with the means and spreads of the training set."""
    known = learner.samples.size
    forward(x, 0, learner.samples, learner, room, False)
    new = learner.samples[: labels.size - known]
    forward(x, known, new, learner, room, True)
    _, right = judge(labels[known:], new, room)
    learner.told[epoch, 0] = 100.0 * right / new.size


@kernel
def learn(x, labels, learner, room, hysteresis, adam, epoch, seed):
    """One epoch; returns how many weights its steps flipped."""
    flips, order = 0, learner.order
    done = epoch * ((order.size + BATCH - 1) // BATCH)
    shuffle(order, seed, np.uint64(epoch))
    for first in range(0, order.size, BATCH):
        which = order[first : first + BATCH]
        forward(x, 0, which, learner, room, False)
        judge(labels, which, room)
        backward(x, which, learner, room)
        done += 1
        descend(learner.w, done, adam, adam.rate, True)
        descend(learner.norm, done, adam, adam.rate, False)
        flips += follow_all(learner, hysteresis)
    return flips


@kernel
def run_tiles(seen, learner, room, words, labels, x, hysteresis, adam, epochs, seed):
    """The neurons after so many epochs; they go on from where they were, if nothing else has changed."""
    unpack(words, x)
    memory = learner.memory
    same = memory[1] == adam.rate and memory[2] == hysteresis
    if not (memory[0] > 0.0 and learner.drawn_from[0] == seed and same and memory[3] <= epochs):
        begin(learner, hysteresis, adam, seed)
    done, steps = int(memory[3]), (learner.order.size + BATCH - 1) // BATCH
    ask(x, labels, learner, room, done)
    for epoch in range(done, int(epochs)):
        flips = learn(x, labels, learner, room, hysteresis, adam, epoch, seed)
        learner.told[epoch + 1, 1] = 100.0 * flips / (learner.used.size * steps)
        ask(x, labels, learner, room, epoch + 1)
    memory[3] = max(done, int(epochs))
    tell(seen, learner, int(memory[3]))


@kernel
def tell(seen, learner, last):
    """What is drawn: the curves up to the last epoch, the weights, and where the shadow weights lie."""
    for k in range(seen.right.size):
        seen.right[k] = learner.told[k, 0] if k <= last else math.nan
        seen.flipped[k] = learner.told[k, 1] if 0 < k <= last else math.nan
    draw_tiles(learner.used, seen.tiles)
    w, zeros = learner.w[0], 0
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            place = int((w[i, j] + 1.0) / 2.0 * seen.shadow.size)
            seen.shadow[min(place, seen.shadow.size - 1)] += 1
            zeros += learner.used[i, j] == 0.0
    seen.percent[0], seen.flips[0] = seen.right[last], learner.told[last, 1]
    seen.zeros[0] = 100.0 * zeros / learner.used.size
