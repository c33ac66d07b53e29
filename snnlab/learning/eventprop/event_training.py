"""Training by EventProp: each batch from event to event, forwards and back, then a step of Adam.

What teaches is the exact gradient. Two things are no part of it: a neuron that did not fire in a trial gets a
push, as it has no spike whose time could be moved; and where a potential all but touched the threshold, where
the gradient has no bound, I − ϑ counts as `least_rise` at least.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, checked, fraction, positive, whole
from snnlab.compiling import uncounted_kernel
from snnlab.learning.binary.straight_through import shuffle
from snnlab.learning.classes import both, check_classes
from snnlab.learning.eventprop.event_adjoint import backward
from snnlab.learning.eventprop.event_losses import FirstSpike, as_asked, judge_trial
from snnlab.learning.eventprop.event_network import (
    EventNetwork,
    EventNeuron,
    as_synapses,
    check_event_network,
    check_event_neuron,
    thresholds,
)
from snnlab.learning.eventprop.event_room import room_for_events
from snnlab.learning.eventprop.event_run import forward
from snnlab.learning.gradients.adam import Adam, check_adam
from snnlab.learning.gradients.losses import CrossEntropy
from snnlab.learning.spike_times.alpha_layers import descend_row
from snnlab.learning.spike_times.alpha_neuron import check_times, sort_times
from snnlab.random import seed_from
from snnlab.work_and_memory import turns

__all__ = ["EventHistory", "EventLearning", "EventTraining", "answer_events", "train_events"]


class EventLearning(NamedTuple):
    """What is done where the gradient has nothing to say, or too much.

    Examples
    --------
    >>> EventLearning(push=0.0).least_rise
    0.1
    """

    push: NonNegative = 0.1
    """By how much the gradient by a weight is lowered, so that the weight rises, for each spike that it
    brought to a silent neuron."""
    least_rise: NonNegative = 0.1
    """What I − ϑ counts as at least at a spike, in thresholds."""


class EventHistory(NamedTuple):
    """What the epochs told, one number each.

    Examples
    --------
    >>> EventHistory(*(np.zeros(3) for _ in range(3))).accuracy.size
    3
    """

    accuracy: np.ndarray
    """Fraction of the training samples that were right when they were met."""
    spikes: np.ndarray
    """Mean number of spikes of all neurons in a trial."""
    test_accuracy: np.ndarray
    """Fraction of the test samples that are right after it; NaN without any."""


class EventTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> EventTraining(EventNetwork(np.ones((1, 2))), EventHistory(*np.zeros((3, 2)))).network.w.shape
    (1, 2)
    """

    network: EventNetwork
    """What was learnt."""
    history: EventHistory
    """How."""


def train_events(
    network: EventNetwork,
    x: ArrayLike,
    y: ArrayLike,
    epochs: int,
    neuron: EventNeuron = EventNeuron(),
    loss: FirstSpike | CrossEntropy = FirstSpike(),
    method: EventLearning = EventLearning(),
    *,
    duration: float = 60.0,
    adam: Adam = Adam(rate=5e-3),
    decay: float = 1.0,
    batch: int = 20,
    rng: np.random.Generator | np.uint64,
    test: tuple[ArrayLike, ArrayLike] | None = None,
    most_spikes: int = 5000,
) -> EventTraining:
    """Train the weights of a network on samples in which each input spikes once or not at all.

    Parameters
    ----------
    network
        Where to start; it stays as it is, and so do its delays.
    x : array of shape (samples, n_inputs)
        When each input spikes, ms, 0 or later; infinite for one that does not.
    y : array of int, shape (samples,)
        The output that is wanted, from 0 on.
    epochs : int
        How often all samples are gone through.
    neuron
        The numbers of all neurons.
    loss
        As for `eventprop_gradient`.
    method
        What silent and hardly firing neurons get.
    duration : float
        How long a trial is, ms.
    adam
        The numbers of the optimiser.
    decay : float
        By which the learning rate is multiplied after every epoch, from 0 to 1.
    batch : int
        Samples a step.
    rng
        Where the order of the samples comes from, or a seed, as for `snnlab.random.seed_from`.
    test : tuple, optional
        Inputs and classes that are asked for after each epoch.
    most_spikes : int
        More in a trial are an error.

    Examples
    --------
    Which of two inputs comes first?

    >>> from snnlab.learning.eventprop.event_network import initial_events
    >>> rng = np.random.default_rng(1)
    >>> x = rng.uniform(0.0, 20.0, size=(300, 2))
    >>> start = initial_events((2, 10, 2), mean=(7, 1), sd=(3, 1), rng=rng)
    >>> learnt = train_events(start, x, x.argmin(axis=1), 20, rng=rng)
    >>> bool(learnt.history.accuracy[-1] > 0.9)
    True
    """
    network, neuron = check_event_network(network), check_event_neuron(neuron)
    method, adam = checked("method", method, EventLearning), check_adam(adam)
    epochs, decay, batch = whole("epochs", epochs), fraction("decay", decay), whole("batch", batch, 1)
    duration, most_spikes = positive("duration", duration), whole("most_spikes", most_spikes, 1)
    x, y = _labelled("", x, y, network)
    x_test, y_test = (x[:0], y[:0]) if test is None else _labelled("_test", *both("test", test), network)
    asked, (synapses, place) = as_asked(loss, network, duration), as_synapses(network)
    learnt = np.zeros((4, synapses.w.size))
    learnt[0] = synapses.w
    synapses, by_delay = synapses._replace(w=learnt[0]), np.zeros(synapses.w.size)
    room = room_for_events(synapses, len(network.w), x.shape[1], most_spikes)
    order, done, spikes = np.arange(len(x)), np.zeros(1, np.int64), np.zeros(1)
    trial, v_th = _trial(x.shape[1]), thresholds(network, neuron)
    history, seed = EventHistory(*np.full((3, epochs), np.nan)), seed_from(rng)
    for k in turns("epochs", epochs):
        right = learn_epoch(
            x, y, order, batch, synapses, learnt, by_delay, v_th, neuron, asked, method, room, *trial,
            adam, decay**k, done, spikes, np.uint64(k), seed,
        )  # fmt: skip
        _whole_trials(right, most_spikes)
        history.accuracy[k], history.spikes[k] = right / len(x), spikes[0] / len(x)
        if len(x_test):
            now = network._replace(w=_as_matrix(network, place, learnt[0]))
            found = answer_events(now, x_test, neuron, loss, duration=duration, most_spikes=most_spikes)
            history.test_accuracy[k] = np.mean(found == y_test)
    return EventTraining(network._replace(w=_as_matrix(network, place, learnt[0])), history)


def answer_events(
    network: EventNetwork,
    x: ArrayLike,
    neuron: EventNeuron = EventNeuron(),
    loss: FirstSpike | CrossEntropy = FirstSpike(),
    *,
    duration: float = 60.0,
    most_spikes: int = 5000,
) -> np.ndarray:
    """What a network answers.

    Parameters
    ----------
    network
        Weights and delays.
    x, neuron, loss, duration, most_spikes
        As for `train_events`.

    Returns
    -------
    array of int, shape (samples,)
        The output with the first spike or the best score; −1 where none fires and a first spike is asked for.

    Examples
    --------
    >>> network = EventNetwork(np.array([[9.0, 0.0, 0.0], [8.0, 0.0, 0.0]]), n_outputs=2)
    >>> print(answer_events(network, [[0.0], [np.inf]]))
    [ 0 -1]
    """
    network, neuron = check_event_network(network), check_event_neuron(neuron)
    duration, most_spikes = positive("duration", duration), whole("most_spikes", most_spikes, 1)
    x = _samples("x", x, network)
    (synapses, _), asked = as_synapses(network), as_asked(loss, network, duration)
    room = room_for_events(synapses, len(network.w), x.shape[1], most_spikes)
    found = np.zeros(len(x), np.int64)
    good = answer_all(
        x, synapses, thresholds(network, neuron), neuron, asked, room, *_trial(x.shape[1]), found
    )
    _whole_trials(0 if good else -1, most_spikes)
    return found


def _trial(n_inputs: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Room for the order of the inputs, their times and their numbers."""
    return np.zeros(n_inputs, np.int32), np.zeros(n_inputs), np.zeros(n_inputs, np.int32)


def _whole_trials(right: int, most_spikes: int) -> None:
    if right < 0:
        raise ValueError(f"a trial must have at most most_spikes ({most_spikes}) spikes, got more")


def _as_matrix(network: EventNetwork, place: tuple, w: np.ndarray) -> np.ndarray:
    matrix = network.w.copy()
    matrix[place] = w
    return matrix


def _samples(name: str, x: ArrayLike, network: EventNetwork) -> np.ndarray:
    array, n_inputs = check_times(name, x, (2,), "(samples, n_inputs)"), network.w.shape[1] - len(network.w)
    if array.shape[1] != n_inputs:
        raise ValueError(f"{name} must have {n_inputs} columns, one an input, got {array.shape[1]}")
    return array


def _labelled(name: str, x: ArrayLike, y: ArrayLike, network: EventNetwork) -> tuple[np.ndarray, np.ndarray]:
    inputs = _samples(f"x{name}", x, network)
    return inputs, check_classes(f"y{name}", y, len(inputs), network.n_outputs)


@uncounted_kernel
def run_sample(x, synapses, v_th, neuron, asked, room, order, times, units):
    """One sample forwards; how many inputs spike, or -1 if there was no room."""
    n_in = sort_times(x, x.size, order)
    for k in range(n_in):
        times[k], units[k] = x[order[k]], order[k]
    good = forward(times, units, n_in, synapses, v_th, neuron, asked.n_outputs, asked.duration, room)
    return n_in if good else -1


@uncounted_kernel
def learn_epoch(
    x, y, which, size, synapses, learnt, by_delay, v_th, neuron, asked, method, room, order, times, units,
    adam, fall, done, spikes, stream, seed,
):  # fmt: skip
    """One pass over all samples, `size` of them a step; how many were right, or -1 for want of room.

    `learnt` has weights, their gradient and what Adam keeps; `done[0]` counts the steps.
    """
    shuffle(which, seed, stream)
    right, n_inputs = 0, x.shape[1]
    spikes[0] = 0.0
    for first in range(0, which.size, size):
        last = min(first + size, which.size)
        for k in range(first, last):
            n_in = run_sample(x[which[k]], synapses, v_th, neuron, asked, room, order, times, units)
            if n_in < 0:
                return -1
            _, known = judge_trial(y[which[k]], asked, n_in, n_inputs, room)
            right += known
            spikes[0] += room.n_spikes[0] - n_in
            backward(
                synapses,
                v_th,
                neuron,
                method.least_rise,
                method.push,
                asked.duration,
                room,
                learnt[1],
                by_delay,
            )
        done[0] += 1
        descend_row(
            learnt[0], learnt[1], learnt[2], learnt[3], 1.0 / (last - first), done[0], fall * adam.rate, adam
        )
    return right


@uncounted_kernel
def answer_all(x, synapses, v_th, neuron, asked, room, order, times, units, found):
    """The answers to all samples; False for want of room."""
    for k in range(len(x)):
        n_in = run_sample(x[k], synapses, v_th, neuron, asked, room, order, times, units)
        if n_in < 0:
            return False
        judge_trial(0, asked, n_in, x.shape[1], room)
        best, found[k] = -math.inf, -1
        for o in range(asked.n_outputs):
            score = room.scores[o] if asked.kind < 2 else -room.scores[o]
            if score > best:
                best, found[k] = score, o
    return True
