r"""A race of two outputs that a small network learns: were both inputs early or late, or one of each?

Two inputs, four hidden neurons, two outputs, and two pulses a layer, with alpha synapses. It learns 1000
samples of the exclusive or in spike times as `snnlab.learning.train_alpha` does, one a step, and is asked for
200 others. One unit of time is 10 ms here.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import checked, non_negative, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.spike_times.alpha_layers import (
    AlphaLearning,
    LayerRoom,
    LearntTimes,
    answer,
    blank_layers,
    blank_times,
    forward,
    learn_epoch,
)
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, check_alpha_neuron, potential
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["XorRace", "xor_race"]

SIZES, PULSES = np.array([2, 4, 2], np.int32), 2
LEARNT, ASKED = 1000, 200  # samples
UNIT = 10.0  # ms
DURATION = 30.0  # ms, of the picture
POINTS, SQUARES = 301, 25
ROWS = 12  # inputs, pulses, hidden neurons, pulses, outputs
SAME, DIFFERENT = 0, 1


class XorRace(NamedTuple):
    """How the race ends, here and for all other inputs.

    Examples
    --------
    >>> seen = xor_race(30, 2.0, 8.0, rng=np.random.default_rng(1))
    >>> seen.ahead.shape, bool(seen.percent > 60)
    ((25, 25), True)
    """

    same: np.ndarray
    """Potential of the output that says *same*, every 0.1 ms up to 30 ms; NaN once it has fired."""
    different: np.ndarray
    """That of the output that says *different*; NaN once it has fired."""
    fired: Annotated[np.ndarray, "n"]
    """When everybody fires, ms."""
    rows: Annotated[np.ndarray, "n"]
    """Who: inputs 0 and 1, pulses 2 and 3, hidden neurons 4 to 7, pulses 8 and 9, outputs 10 and 11."""
    ahead: np.ndarray
    """By how much *different* is ahead, ms, for 25 × 25 pairs of inputs; a row for each second input."""
    n: int
    """How many spikes there are."""
    said: int
    """0 nobody fires, 1 *same* is first, 2 *different* is."""
    decided: float
    """When the first output fires, ms; 30 at most."""
    by: float
    """How much earlier it is than the other one, ms, which counts as having fired at 30 ms at the latest."""
    heard: int
    """How many of the four hidden neurons had fired before."""
    percent: float
    """How many of 200 other samples are right, %."""
    steps: int
    """How many steps of Adam there were."""


class RacingLearner(NamedTuple):
    """A network and its samples; where it is kept, learning can go on."""

    w: np.ndarray  # as in `LearntTimes`
    pulses: np.ndarray
    samples: np.ndarray  # (1200, 2)
    labels: np.ndarray
    turn: np.ndarray  # of the samples to learn from
    done: np.ndarray  # steps of Adam
    memory: np.ndarray  # whether there is anything, whether only mistakes teach, the last epoch, sharpness
    drawn_from: np.ndarray  # the seed


def xor_race(
    epochs: int,
    first: float,
    second: float,
    method: AlphaLearning = AlphaLearning(),
    neuron: AlphaNeuron = AlphaNeuron(),
    adam: Adam = Adam(rate=0.01),
    *,
    rng: np.random.Generator | np.uint64,
) -> XorRace:
    """Draw weights and samples, learn, and let two inputs come.

    Parameters
    ----------
    epochs : int
        How often the 1000 samples are gone through.
    first, second : float
        When the two inputs spike, ms; below 4.5 is early, from 5.5 to 10 is late.
    method
        What teaches.
    neuron
        The numbers of all neurons, with 10 ms as the unit of time.
    adam
        The numbers of Adam.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = xor_race(0, 2.0, 8.0, rng=np.random.default_rng(1))  # nothing has been learnt
    >>> seen.steps, bool(seen.fired[0] == 2.0)
    (0, True)
    """
    epochs, first, second = (
        whole("epochs", epochs),
        non_negative("first", first),
        non_negative("second", second),
    )
    method, neuron = checked("method", method, AlphaLearning), check_alpha_neuron(neuron)
    seen, learner, room = recorded(), blank_learner(), blank_layers(SIZES, PULSES)
    run_xor_race(
        seen, learner, room, SIZES, np.zeros(2), method, neuron, check_adam(adam),
        float(epochs), first, second, seed_from(rng),
    )  # fmt: skip
    return read(seen)


def recorded() -> XorRace:
    """A blank record."""
    rows = np.zeros(ROWS, np.int32)
    return blank(XorRace, same=POINTS, different=POINTS, fired=ROWS, rows=rows, ahead=(SQUARES, SQUARES))


def blank_learner() -> RacingLearner:
    """One that knows nothing yet."""
    learnt, n = blank_times(SIZES, PULSES), LEARNT + ASKED
    labels, turn, done = (np.zeros(size, np.int32) for size in (n, LEARNT, 1))
    return RacingLearner(*learnt, np.zeros((n, 2)), labels, turn, done, np.zeros(4), np.zeros(1, np.uint64))


def work() -> LayerRoom:
    """Room for one sample."""
    return blank_layers(SIZES, PULSES)


@kernel
def draw_network(learner, sizes, seed):
    """Weights drawn evenly, of the standard deviation √(2/(pre + post)); pulses spread over the range."""
    pulses, counter = learner.pulses.shape[2], np.uint64(0)
    learner.w[:], learner.pulses[:] = 0.0, 0.0
    for layer in range(sizes.size - 1):
        pre, post = sizes[layer] + pulses, sizes[layer + 1]
        width = math.sqrt(24.0 / (pre + post))
        for j in range(post):
            for i in range(pre):
                learner.w[0, layer, j, i] = width * (uniform(seed, np.uint64(2**62), counter) - 0.5)
                counter += np.uint64(1)
        for p in range(pulses):
            learner.pulses[0, layer, p] = (p + 1.0) / (pulses + 1.0)


@kernel
def draw_samples(learner, seed):
    """Each input early or late by the toss of a coin."""
    for k in range(learner.labels.size):
        label = 0
        for i in range(2):
            counter = np.uint64(2 * k + i)
            late = 1 if uniform(seed, np.uint64(2**62 + 1), counter) < 0.5 else 0
            learner.samples[k, i] = 0.55 * late + 0.45 * uniform(seed, np.uint64(2**62 + 2), counter)
            label += late
        learner.labels[k] = label % 2
    for k in range(learner.turn.size):
        learner.turn[k] = k


@kernel
def begin(learner, sizes, method, seed):
    """A network that has learnt nothing, and samples."""
    draw_network(learner, sizes, seed)
    draw_samples(learner, seed)
    learner.done[0] = 0
    memory = learner.memory
    memory[0], memory[1], memory[2], memory[3] = 1.0, method.only_mistakes, 0.0, method.sharpness
    learner.drawn_from[0] = seed


@kernel
def begin_or_go_on(learner, sizes, method, epochs, seed):
    """Begins anew, unless what was learnt so far leads to the network after so many epochs."""
    memory = learner.memory
    same = memory[0] > 0.0 and learner.drawn_from[0] == seed
    same = same and memory[1] == method.only_mistakes and memory[3] == method.sharpness
    if not (same and memory[2] <= epochs):
        begin(learner, sizes, method, seed)


@kernel
def learn_next(learner, learnt, sizes, room, neuron, method, adam, seed):
    """One epoch more, a step of Adam for each sample that teaches."""
    epoch = np.uint64(learner.memory[2])
    learn_epoch(
        learner.samples, learner.labels, learner.turn, 1, learnt, sizes, room, neuron, method, adam, 1.0,
        learner.done, epoch, seed,
    )  # fmt: skip
    learner.memory[2] += 1.0


@kernel
def run_xor_race(seen, learner, room, sizes, inputs, method, neuron, adam, epochs, first, second, seed):
    """The network after so many epochs, and what it makes of the two inputs.

    It goes on from where it was if seed, `only_mistakes` and `sharpness` are the same and epochs are not
    fewer. Neuron, Adam and all else of `method` must not change from call to call: nobody looks.
    """
    begin_or_go_on(learner, sizes, method, epochs, seed)
    learnt = LearntTimes(learner.w, learner.pulses)
    while learner.memory[2] < epochs:
        learn_next(learner, learnt, sizes, room, neuron, method, adam, seed)
    seen.percent[0] = percent_right(learner, learnt, sizes, room, neuron)
    tell_map(seen, learnt, sizes, room, inputs, neuron)
    inputs[0], inputs[1] = first / UNIT, second / UNIT
    forward(inputs, learnt, sizes, room, neuron)
    tell_race(seen, room, sizes)
    tell_spikes(seen, room, sizes, learnt.pulses.shape[2], 0.0)
    tell_potential(seen.same, SAME, learnt, sizes, room, neuron)
    tell_potential(seen.different, DIFFERENT, learnt, sizes, room, neuron)
    seen.steps[0] = learner.done[0]


@kernel
def percent_right(learner, learnt, sizes, room, neuron):
    """How many of the samples that were not learnt are right, %."""
    right, known = 0, learner.turn.size
    for k in range(known, learner.labels.size):
        forward(learner.samples[k], learnt, sizes, room, neuron)
        right += answer(room.times[2], sizes[2]) == learner.labels[k]
    return 100.0 * right / (learner.labels.size - known)


@kernel
def fired_at(time):
    """A spike time in ms, at the end of the picture at the latest."""
    return min(UNIT * time, DURATION)


@kernel
def tell_map(seen, learnt, sizes, room, inputs, neuron):
    """Who would win, and by how much, for every other pair of inputs."""
    for row in range(seen.ahead.shape[0]):
        for column in range(seen.ahead.shape[1]):
            inputs[0] = (column + 0.5) / seen.ahead.shape[1]
            inputs[1] = (row + 0.5) / seen.ahead.shape[0]
            forward(inputs, learnt, sizes, room, neuron)
            seen.ahead[row, column] = fired_at(room.times[2, SAME]) - fired_at(room.times[2, DIFFERENT])


@kernel
def tell_race(seen, room, sizes):
    """How the race of this sample ends."""
    out = room.times[2]
    ends = fired_at(out[SAME]), fired_at(out[DIFFERENT])
    seen.said[0] = answer(out, sizes[2]) + 1
    seen.decided[0], seen.by[0] = min(ends[0], ends[1]), abs(ends[0] - ends[1])
    for j in range(sizes[1]):
        seen.heard[0] += room.times[1, j] < min(out[SAME], out[DIFFERENT])


@kernel
def tell_spikes(seen, room, sizes, pulses, begins):
    """Adds everybody's spikes, from the inputs to the outputs, to a picture in which the sample `begins`."""
    n, row = int(seen.n[0]), 0
    for layer in range(sizes.size):
        for i in range(sizes[layer] + (pulses if layer + 1 < sizes.size else 0)):
            if UNIT * room.times[layer, i] <= DURATION:
                seen.fired[n], seen.rows[n] = begins + UNIT * room.times[layer, i], row
                n += 1
            row += 1
    seen.n[0] = n


@kernel
def tell_potential(v, output, learnt, sizes, room, neuron):
    """The potential of an output up to its spike."""
    w, times = learnt.w[0, 1, output], room.times[1]
    for k in range(v.size):
        t = k * DURATION / (v.size - 1) / UNIT
        if t > room.times[2, output]:
            v[k] = math.nan
        else:
            v[k] = potential(t, w, times, sizes[1] + learnt.pulses.shape[2], neuron.k)
