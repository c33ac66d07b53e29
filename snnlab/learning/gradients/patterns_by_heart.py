"""Random patterns with random labels, which a small spiking network learns by heart.

256 patterns, each 200 ms of chance spikes from 100 inputs, are called A or B by the toss of a coin. Four
hidden neurons and two readouts learn them: an epoch is one step of Adam on all patterns, as in
`snnlab.learning.train`. Without a surrogate, at a height of 0, no error passes a spike, and only the readout
learns.

Source: F. Zenke (2019), SpyTorch, tutorial 1.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import Adam, check_adam, update_row
from snnlab.learning.gradients.bptt import Data, Net, Numbers, Workspace, _workspace, batch_gradient, forward
from snnlab.learning.gradients.surrogate_network import CurrentLIF, Weights
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["PatternsByHeart", "patterns_by_heart"]

SAMPLES, INPUTS, HIDDEN, STEPS = 256, 100, 4, 200  # patterns, neurons, steps of 1 ms
CHANCE = 0.005  # of an input to fire in a step: 5 Hz
ROOM = 27_000  # of 25,600 input spikes that are expected, with a standard deviation of 160
ALPHA, BETA = CurrentLIF().alpha, CurrentLIF().beta
GAIN = 7.0 * (1.0 - BETA)  # of the weights at the start
SHOWN = 30  # patterns whose hidden spikes are told
REACH, BIN = 6.0, 0.5  # of the margins


class PatternsByHeart(NamedTuple):
    """How the network learns, and what it does in the end.

    Examples
    --------
    >>> seen = patterns_by_heart(20, rng=np.random.default_rng(1))
    >>> bool(seen.loss[-1] < seen.loss[0])
    True
    """

    loss: np.ndarray
    """Mean loss of a pattern, before the first epoch and after each; NaN in later ones."""
    accuracy: np.ndarray
    """The fraction of the patterns that are right, as often; NaN in later ones."""
    margins: np.ndarray
    """How many patterns have the score of their class ahead by how much, in bins of 0.5 from −6 to 6."""
    times: Annotated[np.ndarray, "n"]
    """Times of hidden spikes in the first 30 patterns, ms."""
    rows: Annotated[np.ndarray, "n"]
    """Their patterns, from 0."""
    n: int
    """How many these are."""
    percent: float
    """Patterns that are right, %."""
    now: float
    """Mean loss of a pattern."""
    busy: float
    """Hidden spikes of a pattern, on average."""
    width: float
    """The width of the surrogate, in thresholds."""


def patterns_by_heart(
    epochs: int,
    log_width: float = -2.0,
    height: float = 1.0,
    adam: Adam = Adam(),
    *,
    rng: np.random.Generator | np.uint64,
) -> PatternsByHeart:
    """Draw patterns, labels and weights, and learn.

    Parameters
    ----------
    epochs : int
        How often all patterns are gone through.
    log_width : float
        The decimal logarithm of the width of the surrogate, in thresholds.
    height : float
        Its height; with 0 only the readout learns.
    adam
        The numbers of Adam.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = patterns_by_heart(0, rng=np.random.default_rng(1))
    >>> 30 < seen.percent < 70  # nothing has been learnt
    True
    """
    epochs, adam = whole("epochs", epochs), check_adam(adam)
    log_width, height = as_real("log_width", log_width), non_negative("height", height)
    seen, learner = recorded(epochs), blank_learner(epochs)
    run_by_heart(seen, learner, workspace(), adam, float(epochs), log_width, height, seed_from(rng))
    return read(seen)


class Learner(NamedTuple):
    """A network and its patterns; where it is kept, learning can go on."""

    came: np.ndarray  # the input spikes, as in `Samples`
    begins: np.ndarray
    labels: np.ndarray
    which: np.ndarray  # all patterns
    hidden: np.ndarray  # weights from the inputs, their gradient, its mean and the mean of its square
    readout: np.ndarray  # the same of the weights to the readout
    found: np.ndarray  # loss, accuracy and spikes of each epoch
    memory: np.ndarray  # whether there is anything, log_width, rate, height, and the last epoch
    drawn_from: np.ndarray  # the seed


def recorded(epochs: int) -> PatternsByHeart:
    """A blank record."""
    each, spikes = dict.fromkeys(("loss", "accuracy"), epochs + 1), 100 * SHOWN
    rows = np.zeros(spikes, np.int32)
    return blank(PatternsByHeart, **each, margins=round(2.0 * REACH / BIN), times=spikes, rows=rows)


def blank_learner(epochs: int) -> Learner:
    """One that knows nothing yet, not even its patterns."""
    came, labels, which = (np.zeros(size, np.int32) for size in (ROOM, SAMPLES, SAMPLES))
    begins, found = np.zeros((SAMPLES, STEPS + 1), np.int32), np.zeros((epochs + 1, 3))
    hidden, readout = np.zeros((4, INPUTS, HIDDEN)), np.zeros((4, HIDDEN, 2))
    memory, drawn_from = np.zeros(5), np.zeros(1, np.uint64)
    return Learner(came, begins, labels, which, hidden, readout, found, memory, drawn_from)


def workspace() -> Workspace:
    """Room for one pattern, with the short integers that a page has."""
    made = _workspace(Weights(np.zeros((HIDDEN, INPUTS)), np.zeros((2, HIDDEN))), STEPS, False)
    return Workspace._make(x.astype(np.int32) if x.dtype.kind in "iu" else x for x in made)


@kernel
def draw_patterns(units, start, labels, seed):
    """Poisson spikes, from one spike to the next by one random number, and a label for each pattern."""
    steps, place, n, counter = start.shape[1] - 1, -1, 0, np.uint64(0)
    skip = 1.0 / math.log(1.0 - CHANCE)
    following = int(math.log(1.0 - uniform(seed, np.uint64(1), counter)) * skip)
    for sample in range(labels.size):
        labels[sample] = 1 if uniform(seed, np.uint64(2), np.uint64(sample)) < 0.5 else 0
        start[sample, 0] = n
        for t in range(steps):
            place = (sample * steps + t) * INPUTS
            while following < place + INPUTS and n < units.size:
                units[n] = following - place
                n += 1
                counter += np.uint64(1)
                following += 1 + int(math.log(1.0 - uniform(seed, np.uint64(1), counter)) * skip)
            start[sample, t + 1] = n


@kernel
def draw_weights(w, seed, stream):
    """Nearly normal numbers, each the sum of twelve uniform ones, without a logarithm."""
    counter = np.uint64(0)
    for pre in range(w.shape[0]):
        for post in range(w.shape[1]):
            total = -6.0
            for _ in range(12):
                total += uniform(seed, stream, counter)
                counter += np.uint64(1)
            w[pre, post] = GAIN / math.sqrt(w.shape[0]) * total


@kernel
def learn_on(learner, data, numbers, trial, adam, epochs):
    """One epoch after the other, each a step of Adam, a row at a time, until there were so many."""
    net = Net(learner.hidden[0], trial.w_back, learner.readout[0])
    gradient = Net(learner.hidden[1], trial.w_back, learner.readout[1])
    while learner.memory[4] < epochs:
        done = int(learner.memory[4]) + 1
        if done > 0:
            for part in (learner.hidden, learner.readout):
                for k in range(part.shape[1]):
                    update_row(
                        part[0, k], part[1, k], part[2, k], part[3, k], done,
                        adam.rate, adam.beta_1, adam.beta_2, adam.epsilon,
                    )  # fmt: skip
        batch_gradient(learner.which, data, net, numbers, trial, 0.0, 0.0, gradient, learner.found[done])
        learner.memory[4] = done


@kernel
def tell_patterns(seen, data, net, numbers, trial, which):
    """By how much the right class is ahead in each pattern, and the spikes of the first ones."""
    n, middle = 0, seen.margins.size // 2
    for sample in which:
        forward(sample, data, net, numbers, trial)
        ahead = trial.best[data.labels[sample]] - trial.best[1 - data.labels[sample]]
        lost = ahead < 0.0 or (ahead == 0.0 and data.labels[sample] == 1)  # a tie is given to class 0
        seen.margins[min(max(middle + int(ahead / BIN) - lost, 0), seen.margins.size - 1)] += 1
        if sample < SHOWN:
            for t in range(trial.start.size - 1):
                for _ in range(trial.start[t], trial.start[t + 1]):
                    if n < seen.times.size:
                        seen.times[n], seen.rows[n] = t + 1.0, sample
                        n += 1
    seen.n[0] = n


@kernel
def run_by_heart(seen, learner, trial, adam, epochs, log_width, height, seed):
    """The network after so many epochs; it goes on from where it was, if nothing else has changed."""
    data, memory = Data(learner.came, learner.begins, learner.labels), learner.memory
    net = Net(learner.hidden[0], trial.w_back, learner.readout[0])
    numbers = Numbers(ALPHA, BETA, BETA, 10.0**log_width, height, 0, False, False, False)
    same_data = memory[0] > 0.0 and learner.drawn_from[0] == seed
    if not same_data:
        draw_patterns(learner.came, learner.begins, learner.labels, seed)
        for k in range(learner.which.size):
            learner.which[k] = k
    same = same_data and memory[1] == log_width and memory[2] == adam.rate and memory[3] == height
    if not same or memory[4] > epochs:
        draw_weights(net.w_in, seed, np.uint64(3))
        draw_weights(net.w_out, seed, np.uint64(4))
        learner.hidden[2:], learner.readout[2:] = 0.0, 0.0
        memory[0], memory[1], memory[2], memory[3], memory[4] = 1.0, log_width, adam.rate, height, -1.0
        learner.drawn_from[0] = seed
    learn_on(learner, data, numbers, trial, adam, epochs)
    last = int(memory[4])
    for k in range(seen.loss.size):
        seen.loss[k] = learner.found[k, 0] if k <= last else math.nan
        seen.accuracy[k] = learner.found[k, 1] if k <= last else math.nan
    tell_patterns(seen, data, net, numbers, trial, learner.which)
    seen.percent[0], seen.now[0] = 100.0 * seen.accuracy[last], seen.loss[last]
    seen.busy[0], seen.width[0] = learner.found[last, 2] / learner.which.size, 10.0**log_width
