r"""DEEP R as one watches it: a first layer of few synapses that move, and beside it one of those that stay.

Small digits of one bit a pixel: each pixel with ink fires once, in the first step. 64 LIF neurons hear them,
and ten readouts these. Three networks learn the same batches of 40 digits out of 600:

- in the first a synapse that would change its sign, or that decay and noise bring to zero, is withdrawn, and
  another comes at a place that is drawn, by DEEP R (`snnlab.learning.gradients.deep_r`),
- in the second the synapses stay where those of the first were at the start, and may change their sign,
- in the third there is a synapse at every place.

500 other digits are asked for every ten steps. A pixel is *dark* if it has ink in fewer than one of a hundred
of the digits that are learnt.

Gain and rate of each kind are those of the table `rewired_digits`; the temperature stays what it is.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.binary.flipping_bits import LEARNT, PIXELS, small_bits
from snnlab.learning.constrained.rewiring_step import (
    BETA_OUT,
    DENSE,
    FIXED,
    HEIGHT,
    HIDDEN,
    REWIRED,
    SHAPE,
    WIDTH,
    ask,
    begin_all,
    blank_learner,
    fill_cell,
    learn_once,
    rewire,
    workspace,
)
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.recurrent_path import Numbers
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["WatchedRewiring", "watch_rewiring"]

EVERY, LONGEST = 10, 300  # steps
POINTS = LONGEST // EVERY + 1
DARK = 0.01  # of the digits
SIDE = math.isqrt(PIXELS)


class WatchedRewiring(NamedTuple):
    """Where the synapses are, and what the three networks know.

    Examples
    --------
    >>> seen = watch_rewiring(20, rng=np.random.default_rng(1))
    >>> print(seen.synapses, int(np.abs(seen.living).sum()))
    41 41
    """

    living: np.ndarray
    """The sign of each synapse that moves, 0 where there is none, shape (neurons, pixels)."""
    where: np.ndarray
    """How many of them each pixel has, shape (8, 8), the lowest row first."""
    ink: np.ndarray
    """In how many of the digits that are learnt a pixel has ink, %, shape (8, 8), the lowest row first."""
    rewired: np.ndarray
    """New digits that are right, %, before the first step and after every ten; NaN beyond the last."""
    fixed: np.ndarray
    """The same of the network whose synapses stay; NaN in later epochs."""
    dense: np.ndarray
    """The same of the network with a synapse at every place; NaN in later epochs."""
    right: float
    """New digits that are right now, %, with synapses that move."""
    stays: float
    """The same where they stay."""
    all_places: float
    """The same where they are everywhere."""
    ahead: float
    """By how many points those that move are ahead of those that stay."""
    synapses: int
    """How many synapses each of the first two has, counted."""
    flipped: int
    """How many synapses that move have not the sign of their place, counted: none."""
    moved: float
    """Synapses that moved in a step of the last ten, %, on average."""
    dark: float
    """Synapses that are at dark pixels, %."""
    dark_pixels: float
    """Pixels that are dark, %: where synapses are drawn, as many are there."""


def watch_rewiring(
    steps: int,
    percent: float = 1.0,
    temperature: float = 0.0,
    decay: float = 0.3,
    *,
    rng: np.random.Generator | np.uint64,
) -> WatchedRewiring:
    """Let the three networks learn.

    Parameters
    ----------
    steps : int
        Steps of Adam, a multiple of 10, up to 300.
    percent : float
        How many of the 4096 places have a synapse, %, up to 50.
    temperature : float
        T, of the noise that moves weights, in every step.
    decay : float
        α, by which a weight becomes smaller in a step of rate 1.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = watch_rewiring(100, rng=np.random.default_rng(1))
    >>> bool(seen.rewired[10] > seen.rewired[0])
    True
    """
    steps, percent = whole("steps", steps), positive("percent", percent)
    if steps > LONGEST or steps % EVERY:
        raise ValueError(f"steps must be a multiple of {EVERY} up to {LONGEST}, got {steps}")
    if percent > 50:
        raise ValueError(f"percent must be at most 50, got {percent:g}")
    temperature, decay = non_negative("temperature", temperature), non_negative("decay", decay)
    (words, labels), seen, (path, cell, room) = small_bits(), recorded(), workspace()
    run_rewiring(
        seen, blank_learner(POINTS), path, cell, room, words, labels, Adam(), float(steps), percent,
        temperature, decay, seed_from(rng),
    )  # fmt: skip
    return read(seen)


def recorded() -> WatchedRewiring:
    """A blank record."""
    courses = dict.fromkeys(("rewired", "fixed", "dense"), POINTS)
    return blank(WatchedRewiring, living=(HIDDEN, PIXELS), where=(SIDE, SIDE), ink=(SIDE, SIDE), **courses)


@kernel
def show_digits(room, words):
    """The spikes of all digits: each pixel with ink fires in the first step."""
    n = 0
    for digit in range(words.size):
        room.start[digit, 0] = n
        for pixel in range(room.by_place.shape[0]):
            if (words[digit] >> np.uint64(pixel)) & np.uint64(1):
                room.units[n] = pixel
                n += 1
        for t in range(1, room.start.shape[1]):
            room.start[digit, t] = n


@kernel
def fill_ink(ink, words):
    """In how many of the digits that are learnt each pixel has ink, %; the picture is upright."""
    rows, columns = ink.shape
    for pixel in range(ink.size):
        total = 0
        for digit in range(LEARNT):
            total += int((words[digit] >> np.uint64(pixel)) & np.uint64(1))
        ink[rows - 1 - pixel // columns, pixel % columns] = 100.0 * total / LEARNT


@kernel
def is_dark(ink, pixel):
    """Whether a pixel has ink in fewer digits than DARK."""
    return ink[ink.shape[0] - 1 - pixel // ink.shape[1], pixel % ink.shape[1]] < 100.0 * DARK


@kernel
def draw_batch(which, number, seed):
    """The digits of a step, any of those that are learnt."""
    for k in range(which.size):
        which[k] = int(uniform(seed, np.uint64(0), np.uint64(number * which.size + k)) * LEARNT)


@kernel
def tell(seen, learner, last):
    """What is drawn, and what is counted."""
    for k in range(seen.rewired.size):
        seen.rewired[k] = learner.told[k, REWIRED] if k <= last else math.nan
        seen.fixed[k] = learner.told[k, FIXED] if k <= last else math.nan
        seen.dense[k] = learner.told[k, DENSE] if k <= last else math.nan
    synapses, flipped, dark, dark_pixels = 0, 0, 0, 0
    rows, columns = seen.where.shape
    for j in range(seen.ink.size):
        dark_pixels += is_dark(seen.ink, j)
        for n in range(seen.living.shape[0]):
            if learner.alive[REWIRED, j, n] > 0.0:
                seen.living[n, j] = learner.sign[j, n]
                seen.where[rows - 1 - j // columns, j % columns] += 1.0
                synapses += 1
                flipped += learner.w[REWIRED, j, n] * learner.sign[j, n] < 0.0
                dark += is_dark(seen.ink, j)
    seen.right[0], seen.stays[0] = seen.rewired[last], seen.fixed[last]
    seen.all_places[0] = seen.dense[last]
    seen.ahead[0], seen.moved[0] = seen.rewired[last] - seen.fixed[last], learner.told[last, 3]
    seen.synapses[0], seen.flipped[0] = synapses, flipped
    seen.dark[0], seen.dark_pixels[0] = 100.0 * dark / synapses, 100.0 * dark_pixels / seen.ink.size


@kernel
def run_rewiring(
    seen, learner, path, cell, room, words, labels, adam, steps, percent, temperature, decay, seed
):
    """The three networks after so many steps, going on from where they were if nothing else has changed."""
    show_digits(room, words)
    fill_ink(seen.ink, words)
    fill_cell(cell)
    data = Data(room.units, room.start, labels)
    how = Numbers(0.0, BETA_OUT, 1.0, SHAPE, WIDTH, HEIGHT, False, False)
    memory, synapses = learner.memory, max(1, round(percent / 100.0 * HIDDEN * PIXELS))
    same = memory[1] == percent and memory[2] == temperature and memory[3] == decay
    if not (memory[0] > 0.0 and learner.drawn_from[0] == seed and same and memory[4] <= steps):
        begin_all(learner, synapses, seed)
        memory[0], memory[1], memory[2], memory[3], memory[4] = 1.0, percent, temperature, decay, -1.0
        learner.drawn_from[0] = seed
    gone, kinds = 0, learner.w.shape[0]
    for number in range(int(memory[4]) + 1, int(steps) + 1):
        if number > 0:
            draw_batch(room.which, number, seed)
            for kind in range(kinds):
                learn_once(learner, kind, cell, path, room, data, room.which, how, adam, number)
            gone += rewire(
                learner.w[REWIRED], learner.w_mean[REWIRED], learner.w_square[REWIRED],
                learner.alive[REWIRED], learner.sign, temperature, decay, number, seed,
            )  # fmt: skip
        if number % EVERY == 0:
            for kind in range(kinds):
                learner.told[number // EVERY, kind] = ask(learner, kind, cell, path, room, data, how)
            learner.told[number // EVERY, 3] = 100.0 * gone / (EVERY * synapses)
            gone = 0
        memory[4] = number
    tell(seen, learner, int(memory[4]) // EVERY)
