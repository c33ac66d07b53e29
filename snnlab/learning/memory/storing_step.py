"""A step of learning store and recall, by kernels that a page can run.

Ten neurons, the last of which adapt, hear four groups of inputs and one another. A trial stores the first
symbol and asks for it in the last interval; the symbols between are random. A trial goes forwards and back by
the kernels of `snnlab.learning.gradients.recurrent_pass`, and a step is that of
`snnlab.learning.gradients.adam`: with these `train_recurrent` trains, too.

`snnlab.learning.gradients.recurrent_steps` is the readable twin, on the same trials.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import update_row
from snnlab.learning.gradients.bptt import Data
from snnlab.learning.gradients.cell import Cell
from snnlab.learning.gradients.losses import classes_of_steps
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.gradients.recurrent_pass import backward, forward
from snnlab.learning.gradients.recurrent_path import (
    Path,
    Rows,
    path_of,
    rows_of,
    short_zeros,
)
from snnlab.learning.gradients.surrogate_shapes import shape_number
from snnlab.learning.memory.input_spikes import draw_inputs, speakers_of
from snnlab.learning.memory.recall_kernel import DT, answer_of
from snnlab.learning.memory.recall_network import recall_network
from snnlab.learning.memory.store_recall import RecallInputs
from snnlab.random import normal, uniform

__all__ = ()

NEURONS, BATCH, PAIRS = 10, 32, 50  # PAIRS: of new trials that are asked
MOST_DELAY = 6  # intervals
TAU_A, BETA_A = 800.0, 1.7  # at which a spike raises a threshold by as much as it does here
INPUTS = RecallInputs(per_group=5, rate=100.0, interval=100.0)
SPEAKERS = speakers_of(INPUTS, DT)
LONGEST_TRIAL = (MOST_DELAY + 1) * SPEAKERS.window  # steps
ROOM = 4 * LONGEST_TRIAL * INPUTS.per_group  # for the input spikes of a trial
SHAPE, WIDTH, HEIGHT = shape_number(LSNN_SURROGATE.shape), LSNN_SURROGATE.width, LSNN_SURROGATE.height
FULL_STEPS, SMALL = 100, 0.3  # so many steps of full size, and how large those behind them are
FIRST_TRIAL, FIRST_ASKED = 10, 2**40  # the numbers of the random streams of trials


class StoringLearner(NamedTuple):
    """A network that learns; where it is kept, learning can go on."""

    w_in: np.ndarray  # (3, inputs, neurons), as are the next two: weights, Adam's mean and its square
    w_out: np.ndarray  # (3, neurons, 2)
    w: np.ndarray  # (3, synapses)
    told: np.ndarray  # (points,): trials that are wrong, %
    memory: np.ndarray  # whether there is anything, adapting, tau_a, delay, and the last step
    drawn_from: np.ndarray  # the seed


class StoringRoom(NamedTuple):
    """Where a step is worked on."""

    units: np.ndarray  # the input spikes of a trial, as in `Samples`
    start: np.ndarray
    labels: np.ndarray
    classes: np.ndarray  # what is asked of each step, as in `AskedClasses`
    shown: np.ndarray  # the symbols of a trial
    begin: np.ndarray
    post: np.ndarray
    due: np.ndarray
    by_in: np.ndarray  # the gradient
    by_out: np.ndarray
    by_w: np.ndarray
    prefers: np.ndarray  # whether each neuron adapts, 0, or not, −1


def first_network() -> RecurrentNetwork:
    """A network as large as the one that learns, half of whose neurons adapt."""
    return recall_network(TAU_A, BETA_A, n=NEURONS, inputs=INPUTS, dt=DT, rng=np.random.default_rng(0))


def blank_learner(points: int) -> StoringLearner:
    """A network that does not exist yet; so many times it will be asked."""
    rows = rows_of(first_network())
    w_in, w_out, w = (np.zeros((3, *part.shape)) for part in (rows.w_in, rows.w_out, rows.w))
    return StoringLearner(w_in, w_out, w, np.zeros(points), np.zeros(5), np.zeros(1, np.uint64))


def workspace() -> tuple[Path, Cell, StoringRoom]:
    """Room for the work, with the short integers that a page has."""
    network = first_network()
    rows = rows_of(network)
    path = path_of(network, rows, LONGEST_TRIAL)
    whole = {"units": ROOM, "start": (1, LONGEST_TRIAL + 1), "labels": 1, "classes": LONGEST_TRIAL}
    whole |= {"begin": rows.begin.shape, "post": rows.post.shape, "due": rows.late.shape, "prefers": NEURONS}
    real = {"by_in": rows.w_in.shape, "by_out": rows.w_out.shape, "by_w": rows.w.shape}
    real["shown"] = (MOST_DELAY + 1,)
    room = {name: np.zeros(shape, np.int32) for name, shape in whole.items()}
    room |= {name: np.zeros(shape) for name, shape in real.items()}
    return Path(*map(short_zeros, path)), Cell(*map(short_zeros, network.cell)), StoringRoom(**room)


@kernel
def begin_anew(learner, seed):
    """Weights of a network that knows nothing, as `initial_recurrent` draws them, and nothing for Adam."""
    n = learner.w_in.shape[2]
    learner.w_in[1:], learner.w_out[1:], learner.w[1:] = 0.0, 0.0, 0.0
    for j in range(learner.w_in.shape[1]):
        draw_normal(learner.w_in[0, j], 1.0 / math.sqrt(learner.w_in.shape[1]), 1, j, seed)
    for j in range(n):
        draw_normal(learner.w_out[0, j], 1.0 / math.sqrt(n), 2, j, seed)
    draw_normal(learner.w[0], 1.0 / math.sqrt(n), 3, 0, seed)


@kernel
def draw_normal(numbers, spread, stream, row, seed):
    """Normally distributed numbers of mean 0."""
    for k in range(numbers.size):
        numbers[k] = spread * normal(seed, np.uint64(stream), np.uint64(row * numbers.size + k))


@kernel
def shortened(path, steps):
    """The same room for a shorter trial."""
    return Path(
        path.v[: steps + 1], path.b[: steps + 1], path.u[:steps], path.theta[:steps], path.x[:steps],
        path.s[:steps], path.free[:steps], path.s_pull[:steps], path.arrived_back[:steps],
        path.y[: steps + 1], path.y_pull[: steps + 1], path.i, path.a, path.c, path.p, path.e, path.slope,
        path.late, path.cost, path.again, path.j, path.f, path.o, path.best, path.pull, path.ring,
    )  # fmt: skip


@kernel
def draw_symbols(shown, stream, seed):
    """The symbols of a trial; none is shown where the first one is asked for."""
    for k in range(shown.size - 1):
        shown[k] = 1.0 if uniform(seed, stream, np.uint64(k)) < 0.5 else 0.0
    shown[shown.size - 1] = math.nan


@kernel
def draw_trial(room, steps, shown, stored, speakers, stream, seed):
    """The input spikes of a trial, and what is asked of it: the first symbol, at the very end."""
    shown[0] = stored
    draw_inputs(
        room.units, room.start[0, : steps + 1], 0, shown, 0, shown.size - 1, speakers, np.uint64(stream), seed
    )
    room.classes[:] = -1
    room.classes[steps - 1] = int(stored)


@kernel
def find_gradient(learner, cell, path, room, how, speakers, number, seed):
    """The mean gradient of the trials of step `number`, each of which is new."""
    rows = Rows(learner.w_in[0], learner.w_out[0], learner.w[0], room.begin, room.post, room.due)
    gradient = Rows(room.by_in, room.by_out, room.by_w, room.begin, room.post, room.due)
    data, steps = Data(room.units, room.start, room.labels), path.s.shape[0]
    shown, classes = room.shown[: steps // speakers.window], room.classes[:steps]
    room.by_in[:], room.by_out[:], room.by_w[:] = 0.0, 0.0, 0.0
    for trial in range(BATCH):
        stream = FIRST_TRIAL + 2 * (number * BATCH + trial)
        draw_symbols(shown, np.uint64(stream), seed)
        draw_trial(room, steps, shown, shown[0], speakers, stream + 1, seed)
        forward(0, data, cell, rows, how, path)
        path.y_pull[:] = 0.0
        classes_of_steps(classes, speakers.window, path.y, BATCH, path.y_pull, path.best, path.pull)
        backward(0, data, cell, rows, how, path, gradient)


@kernel
def learn_once(learner, cell, path, room, how, speakers, adam, number, seed):
    """One step of Adam, on new trials; the last steps are small."""
    find_gradient(learner, cell, path, room, how, speakers, number, seed)
    rate = adam.rate if number <= FULL_STEPS else SMALL * adam.rate
    for j in range(learner.w_in.shape[1]):
        update_row(
            learner.w_in[0, j], room.by_in[j], learner.w_in[1, j], learner.w_in[2, j], number,
            rate, adam.beta_1, adam.beta_2, adam.epsilon,
        )  # fmt: skip
    for n in range(learner.w_out.shape[1]):
        update_row(
            learner.w_out[0, n], room.by_out[n], learner.w_out[1, n], learner.w_out[2, n], number,
            rate, adam.beta_1, adam.beta_2, adam.epsilon,
        )  # fmt: skip
    update_row(
        learner.w[0], room.by_w, learner.w[1], learner.w[2], number,
        rate, adam.beta_1, adam.beta_2, adam.epsilon,
    )  # fmt: skip


@kernel
def ask(raised, learner, cell, path, room, how, speakers, rest, seed):
    """New trials in pairs, with the one symbol stored and with the other, on the same chance.

    Fills `raised`, of shape (neurons, steps), with how much higher each threshold stands after a 1, in
    thresholds at rest, and returns how many of the trials are right, and their spikes.
    """
    rows = Rows(learner.w_in[0], learner.w_out[0], learner.w[0], room.begin, room.post, room.due)
    data, steps = Data(room.units, room.start, room.labels), path.s.shape[0]
    shown = room.shown[: steps // speakers.window]
    raised[:] = math.nan
    raised[:, :steps] = 0.0
    right, spikes = 0, 0.0
    for pair in range(PAIRS):
        stream = FIRST_ASKED + 2 * pair
        draw_symbols(shown, np.uint64(stream), seed)
        for stored in range(2):
            draw_trial(room, steps, shown, float(stored), speakers, stream + 1, seed)
            spikes += forward(0, data, cell, rows, how, path)
            right += answer_of(path.y, shown.size - 1, speakers.window) == stored
            sign = 2.0 * stored - 1.0
            for n in range(raised.shape[0]):
                for t in range(steps):
                    raised[n, t] += sign * path.theta[t, n] / (rest * PAIRS)
    return right, spikes
