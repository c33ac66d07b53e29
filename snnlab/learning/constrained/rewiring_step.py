"""A step of learning with synapses that move, by kernels that a page can run.

Three networks of 64 LIF neurons between the pixels of small digits and ten readouts: in the first synapses
move by DEEP R, in the second they stay, in the third they are everywhere. What is learnt stands at its place,
of 64 x 64, and the synapses of a network are listed anew for each pass of
`snnlab.learning.gradients.recurrent_pass`.

`snnlab.learning.gradients.deep_r` has the equation, and with `recurrent_steps` it is the readable twin.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.binary.flipping_bits import ASKED, CLASSES, LEARNT, PIXELS
from snnlab.learning.gradients.adam import update_row
from snnlab.learning.gradients.cell import TO_ZERO, Cell
from snnlab.learning.gradients.cell_kinds import lif_cell
from snnlab.learning.gradients.losses import SCORES, class_of_trial
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.recurrent_pass import backward, forward
from snnlab.learning.gradients.recurrent_path import Path, Rows, path_of, short_zeros
from snnlab.learning.gradients.surrogate_network import CurrentLIF, Surrogate
from snnlab.learning.gradients.surrogate_shapes import fast_sigmoid, shape_number
from snnlab.random import normal, uniform

__all__ = ()

HIDDEN, STEPS, BATCH = 64, 10, 40
NEURON = CurrentLIF(tau_m=10.0, tau_s=5.0, dt=2.0)
ALPHA, BETA, BETA_OUT = NEURON.alpha, NEURON.beta, math.exp(-NEURON.dt / 20.0)
SURROGATE = Surrogate(fast_sigmoid, width=0.3)
SHAPE, WIDTH, HEIGHT, MEAN = (
    shape_number(fast_sigmoid),
    SURROGATE.width,
    SURROGATE.height,
    SCORES.index("mean"),
)
REWIRED, FIXED, DENSE = range(3)
KINDS = 3
GAIN, RATE = (1.0, 2.0, 1.5), (0.03, 0.03, 0.002)
BORN = 1e-12  # the weight of a new synapse: 0, but with a sign


class RewiringLearner(NamedTuple):
    """Three networks that learn; where they are kept, learning can go on."""

    w: np.ndarray  # (kinds, pixels, hidden), as are all up to `alive`: 0 where there is no synapse
    w_mean: np.ndarray
    w_square: np.ndarray
    alive: np.ndarray
    sign: np.ndarray  # (pixels, hidden)
    out: np.ndarray  # (kinds, hidden, classes), as are the next two
    out_mean: np.ndarray
    out_square: np.ndarray
    told: np.ndarray  # (points, 4): digits right of each kind, synapses moved in a step, %
    memory: np.ndarray  # whether there is anything, percent, temperature, decay, and the last step
    drawn_from: np.ndarray  # the seed


class RewiringRoom(NamedTuple):
    """Where a step is worked on."""

    units: np.ndarray  # the digits, as in `Samples`
    start: np.ndarray
    which: np.ndarray  # the digits of a batch
    w_now: np.ndarray  # of the network that learns, one for each synapse
    begin: np.ndarray
    post: np.ndarray
    due: np.ndarray
    by_w: np.ndarray  # the gradient, likewise
    by_place: np.ndarray  # (pixels, hidden)
    by_out: np.ndarray  # (hidden, classes)


def blank_learner(points: int) -> RewiringLearner:
    """Networks that do not exist yet; so many times they will be asked."""
    places, readout = (KINDS, PIXELS, HIDDEN), (KINDS, HIDDEN, CLASSES)
    w, w_mean, w_square, alive = np.zeros((4, *places))
    out, out_mean, out_square = np.zeros((3, *readout))
    sign, told = np.zeros(places[1:]), np.zeros((points, KINDS + 1))
    return RewiringLearner(
        w, w_mean, w_square, alive, sign, out, out_mean, out_square, told, np.zeros(5), np.zeros(1, np.uint64)
    )


def workspace() -> tuple[Path, Cell, RewiringRoom]:
    """Room for the work, with the short integers that a page has."""
    network = RecurrentNetwork(lif_cell(HIDDEN, NEURON), np.zeros((HIDDEN, 1)), np.zeros((CLASSES, HIDDEN)))
    none, digits = np.zeros(0, np.int32), LEARNT + ASKED
    path = path_of(network, Rows(np.zeros((0, HIDDEN)), network.w_out, np.zeros(0), none, none, none), STEPS)
    path, cell = Path(*map(short_zeros, path)), Cell(*map(short_zeros, network.cell))
    ends, synapses = HIDDEN + PIXELS + 1, HIDDEN * PIXELS
    units, start, which, begin, post, due = (
        np.zeros(shape, np.int32)
        for shape in (digits * PIXELS, (digits, STEPS + 1), BATCH, ends, synapses, synapses)
    )
    w_now, by_w = np.zeros(synapses), np.zeros(synapses)
    by_place, by_out = np.zeros((PIXELS, HIDDEN)), np.zeros((HIDDEN, CLASSES))
    return path, cell, RewiringRoom(units, start, which, w_now, begin, post, due, by_w, by_place, by_out)


@kernel
def free_place(alive, seed, stream, first):
    """The first place that is drawn and has no synapse, and how many were drawn by then."""
    drawn = first
    while True:
        place = int(uniform(seed, stream, np.uint64(drawn)) * alive.size)
        drawn += 1
        if alive[place // alive.shape[1], place % alive.shape[1]] == 0.0:
            return place, drawn


@kernel
def begin_all(learner, synapses, seed):
    """Three networks that know nothing: those that move and those that stay begin at the same places."""
    learner.w_mean[:], learner.w_square[:] = 0.0, 0.0
    learner.out_mean[:], learner.out_square[:] = 0.0, 0.0
    learner.alive[:2], learner.alive[DENSE] = 0.0, 1.0
    kinds, pixels, hidden = learner.w.shape
    drawn = 0
    for _ in range(synapses):
        place, drawn = free_place(learner.alive[REWIRED], seed, np.uint64(1), drawn)
        learner.alive[:2, place // hidden, place % hidden] = 1.0
    draw_normal(learner.sign, seed, np.uint64(2))
    for kind in range(kinds):
        of_a_neuron = float(pixels) if kind == DENSE else synapses / hidden
        spread = GAIN[kind] / math.sqrt(max(1.0, of_a_neuron))
        draw_normal(learner.out[kind], seed, np.uint64(3))
        for n in range(hidden):
            for k in range(learner.out.shape[2]):
                learner.out[kind, n, k] /= math.sqrt(hidden)
        for j in range(pixels):
            for n in range(hidden):
                learner.w[kind, j, n] = spread * learner.sign[j, n] * learner.alive[kind, j, n]
    for j in range(pixels):
        for n in range(hidden):
            learner.sign[j, n] = 1.0 if learner.sign[j, n] > 0.0 else -1.0


@kernel
def draw_normal(numbers, seed, stream):
    """Normally distributed numbers of mean 0 and variance 1."""
    for j in range(numbers.shape[0]):
        for k in range(numbers.shape[1]):
            numbers[j, k] = normal(seed, stream, np.uint64(j * numbers.shape[1] + k))


@kernel
def fill_cell(cell):
    """Current-based LIF neurons, all alike."""
    for n in range(cell.alpha.size):
        cell.alpha[n], cell.beta[n], cell.gain[n], cell.threshold[n] = ALPHA, BETA, 1.0, 1.0
        cell.rho[n], cell.beta_a[n], cell.refractory[n], cell.reset[n] = 0.0, 0.0, 0, TO_ZERO


@kernel
def wire(room, w, alive):
    """The synapses of one network by the pixel that fires; neurons have none among them."""
    m, (pixels, hidden) = 0, w.shape
    for j in range(pixels):
        room.begin[hidden + j] = m
        for n in range(hidden):
            if alive[j, n] > 0.0:
                room.w_now[m], room.post[m] = w[j, n], n
                m += 1
    room.begin[hidden + pixels] = m


@kernel
def find_gradient(learner, kind, cell, path, room, data, which, how):
    """The mean gradient of some digits, by each place and by the readout."""
    wire(room, learner.w[kind], learner.alive[kind])
    none = room.by_place[:0]
    rows = Rows(none, learner.out[kind], room.w_now, room.begin, room.post, room.due)
    gradient = Rows(none, room.by_out, room.by_w, room.begin, room.post, room.due)
    room.by_w[:] = 0.0
    room.by_out[:] = 0.0
    for sample in which:
        forward(sample, data, cell, rows, how, path)
        class_of_trial(MEAN, data.labels[sample], path.y, which.size, path.y_pull, path.best, path.pull)
        backward(sample, data, cell, rows, how, path, gradient)
    room.by_place[:] = 0.0
    pixels, hidden = room.by_place.shape
    for j in range(pixels):
        for m in range(room.begin[hidden + j], room.begin[hidden + j + 1]):
            room.by_place[j, room.post[m]] = room.by_w[m]


@kernel
def learn_once(learner, kind, cell, path, room, data, which, how, adam, number):
    """One step of Adam; where there is no synapse, nothing moves."""
    find_gradient(learner, kind, cell, path, room, data, which, how)
    rate = RATE[kind]
    for j in range(learner.w.shape[1]):
        update_row(
            learner.w[kind, j], room.by_place[j], learner.w_mean[kind, j], learner.w_square[kind, j], number,
            rate, adam.beta_1, adam.beta_2, adam.epsilon,
        )  # fmt: skip
    for n in range(learner.out.shape[1]):
        update_row(
            learner.out[kind, n], room.by_out[n], learner.out_mean[kind, n], learner.out_square[kind, n],
            number, rate, adam.beta_1, adam.beta_2, adam.epsilon,
        )  # fmt: skip


@kernel
def rewire(w, w_mean, w_square, alive, sign, temperature, decay, number, seed):
    """Decay, noise, and other places for the synapses that come to zero; returns how many there were."""
    gone, rate = 0, RATE[REWIRED]
    noise, stream = math.sqrt(2.0 * rate * temperature), np.uint64(2 * number + 4)
    pixels, hidden = w.shape
    for j in range(pixels):
        for n in range(hidden):
            if alive[j, n] > 0.0:
                theta = sign[j, n] * w[j, n] - rate * decay
                if temperature > 0.0:
                    theta += noise * normal(seed, stream, np.uint64(j * hidden + n))
                w[j, n] = sign[j, n] * theta
                if theta <= 0.0:
                    w[j, n], w_mean[j, n], w_square[j, n], alive[j, n] = 0.0, 0.0, 0.0, 0.0
                    gone += 1
    drawn = 0
    for _ in range(gone):
        place, drawn = free_place(alive, seed, stream + np.uint64(1), drawn)
        j, n = place // hidden, place % hidden
        alive[j, n], w[j, n] = 1.0, BORN * sign[j, n]
    return gone


@kernel
def ask(learner, kind, cell, path, room, data, how):
    """New digits that are right, %."""
    wire(room, learner.w[kind], learner.alive[kind])
    rows = Rows(room.by_place[:0], learner.out[kind], room.w_now, room.begin, room.post, room.due)
    right = 0.0
    for sample in range(LEARNT, data.labels.size):
        forward(sample, data, cell, rows, how, path)
        _, found = class_of_trial(MEAN, data.labels[sample], path.y, 1, path.y_pull, path.best, path.pull)
        right += found
    return 100.0 * right / (data.labels.size - LEARNT)
