r"""Layers of neurons with alpha synapses: forwards in time, and the exact gradient back through spike times.

Each neuron fires at most once. What it sends on is the time, which for those who never fire is infinite.
Every layer has inputs of its own besides, *synchronisation pulses*, whose times are learnt as well. They are
what a bias is in other networks.

The first output to fire is the answer. For the loss the outputs are compared by their times,

$$ p_k = \frac{e^{-\beta \hat t_k}}{\sum_m e^{-\beta \hat t_m}}, \qquad L = - \frac{1}{\beta} \ln p_y, \qquad
\frac{\partial L}{\partial \hat t_k} = [k = y] - p_k $$

with $\beta = 1$ in the article; where all outputs fire within a fraction of the unit of time, a larger one
tells them apart. Back through a layer it goes with the slopes of `snnlab.learning.spike_times.alpha_neuron`,
each cut off at $\pm c$, as they have no bound where a potential only touches the threshold:

$$ \frac{\partial L}{\partial w_{ji}} = \frac{\partial L}{\partial \hat t_j}
\frac{\partial \hat t_j}{\partial w_{ji}}, \qquad
\frac{\partial L}{\partial t_i} = \sum_j \frac{\partial L}{\partial \hat t_j}
\frac{\partial \hat t_j}{\partial t_i} $$

A neuron that does not fire has no slope. All its weights get the gradient $-\pi$ instead, which lifts them
until it fires.

    >>> from snnlab.learning.spike_times.alpha_network import initial_alpha, run_alpha
    >>> run = run_alpha(initial_alpha((2, 4, 2), 1, rng=np.random.default_rng(1)), [[0.1, 0.8]])
    >>> [times.shape for times in run.times]
    [(1, 4), (1, 2)]

Source: I. M. Comsa, K. Potempa, L. Versari, T. Fischbacher, A. Gesmundo and J. Alakuijala (2020), Temporal
coding in spiking neural networks with alpha synaptic function, ICASSP; penalty and cut-off as in the authors'
program, ihmehimmeli.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import NonNegative, Positive
from snnlab.compiling import kernel, uncounted_kernel
from snnlab.learning.binary.straight_through import shuffle
from snnlab.learning.gradients.adam import update_row
from snnlab.learning.spike_times.alpha_neuron import fade, slopes, sort_many
from snnlab.learning.spike_times.firing_together import COUNTS, NUMBERS, fire_together
from snnlab.neurons.branchless_exponential import exponential

__all__ = ["AlphaLearning"]


class AlphaLearning(NamedTuple):
    """How a network learns from its spike times.

    Examples
    --------
    >>> AlphaLearning(only_mistakes=False)
    AlphaLearning(penalty=1.0, cut=100.0, pulse_rate=0.01, sharpness=1.0, only_mistakes=False)
    """

    penalty: NonNegative = 1.0
    """π, by which the weights of a silent neuron are lifted."""
    cut: Positive = 100.0
    """c, the largest slope of a spike time that is believed."""
    pulse_rate: NonNegative = 0.01
    """The learning rate of the pulses; with 0 they stay where they are."""
    sharpness: Positive = 1.0
    """β, how much a lead of one unit of time counts."""
    only_mistakes: bool = True
    """Whether a sample that is answered correctly teaches nothing."""


class LearntTimes(NamedTuple):
    """All that is learnt, four arrays in one: numbers, their gradient, and the two means that Adam keeps."""

    w: np.ndarray  # (4, layers, post, pre), of the widest layer; the pulses are the last inputs of a layer
    pulses: np.ndarray  # (4, layers, pulses)


class LayerRoom(NamedTuple):
    """Where one sample is kept on its way."""

    times: np.ndarray  # (layers + 1, widest): what reaches each layer, and at the end the outputs
    order: np.ndarray  # (layers, widest): who spikes first
    left: np.ndarray  # (layers, widest): what is left of a potential from one of them to the next
    arrivals: np.ndarray  # (layers,): how many of them spike
    rise: np.ndarray  # (layers, widest): the slope of the potential of each neuron where it fires
    back: np.ndarray  # (layers + 1, widest): the derivative of the loss by `times`, of inputs by pulses alone
    numbers: np.ndarray  # (6, widest): room of the neurons that look for their crossings
    counts: np.ndarray  # (2, widest)


def blank_times(sizes: np.ndarray, pulses: int) -> LearntTimes:
    """Room for what a network learns, full of zeros."""
    layers, pre, post = sizes.size - 1, int(sizes[:-1].max()) + pulses, int(sizes[1:].max())
    return LearntTimes(np.zeros((4, layers, post, pre)), np.zeros((4, layers, pulses)))


def blank_layers(sizes: np.ndarray, pulses: int) -> LayerRoom:
    """Room for one sample."""
    layers, widest = sizes.size - 1, int(sizes.max()) + pulses
    back, times = np.zeros((2, layers + 1, widest))
    left, rise = np.zeros((2, layers, widest))
    order, arrivals = np.zeros((layers, widest), np.int32), np.zeros(layers, np.int32)
    numbers, counts = np.zeros((NUMBERS, widest)), np.zeros((COUNTS, widest), np.int32)
    return LayerRoom(times, order, left, arrivals, rise, back, numbers, counts)


@uncounted_kernel
def forward(x, learnt, sizes, room, neuron):
    """The spike times of all layers."""
    pulses = learnt.pulses.shape[2]
    for i in range(sizes[0]):
        room.times[0, i] = x[i]
    for layer in range(sizes.size - 1):
        times, order, left, n_in = room.times[layer], room.order[layer], room.left[layer], sizes[layer]
        for p in range(pulses):
            times[n_in + p] = learnt.pulses[0, layer, p]
        n = sort_many(times, n_in + pulses, order, room.counts[0])
        fade(times, order, n, neuron.k, left)
        room.arrivals[layer] = n
        w, fired, rise = learnt.w[0, layer, : sizes[layer + 1]], room.times[layer + 1], room.rise[layer]
        fire_together(
            w, times, order, left, n, neuron.k, neuron.theta, fired, rise, room.numbers, room.counts
        )


@kernel
def answer(out, n):
    """Who of the first n fires first; -1 if nobody does."""
    first, best = math.inf, -1
    for k in range(n):
        if out[k] < first:
            first, best = out[k], k
    return best


@kernel
def judge(out, n, label, sharpness, back):
    """The loss of a sample and whether it is answered correctly; `back` gets the derivative by each time.

    Where nobody fires all answers are equally likely.
    """
    best, total = answer(out, n), 0.0
    if best < 0:
        for k in range(n):
            back[k] = (1.0 if k == label else 0.0) - 1.0 / n
        return math.log(n) / sharpness, False
    for k in range(n):
        back[k] = exponential(sharpness * (out[best] - out[k])) if out[k] < math.inf else 0.0
        total += back[k]
    for k in range(n):
        back[k] = (1.0 if k == label else 0.0) - back[k] / total
    return math.log(total) / sharpness + out[label] - out[best], best == label


@kernel
def cut_off(slope, most):
    """A slope, between -most and most."""
    return max(-most, min(most, slope))


@uncounted_kernel
def backward_layer(layer, learnt, sizes, room, neuron, method):
    """Adds to the gradients of a layer's weights, and leaves in `back` what its inputs do to the loss."""
    times, order, left, back = room.times[layer], room.order[layer], room.left[layer], room.back[layer]
    n_all = sizes[layer] + learnt.pulses.shape[2]
    for i in range(n_all):
        back[i] = 0.0
    for j in range(sizes[layer + 1]):
        w, of_w = learnt.w[0, layer, j], learnt.w[1, layer, j]
        fired, rise, pull = room.times[layer + 1, j], room.rise[layer, j], room.back[layer + 1, j]
        if fired == math.inf:
            for i in range(n_all):
                of_w[i] -= method.penalty
            continue
        e = room.arrivals[layer] - 1
        while e >= 0 and times[order[e]] >= fired:
            e -= 1
        what_is_left = exponential(-neuron.k * (fired - times[order[e]]))
        while e >= 0:
            i = order[e]
            by_w, by_t = slopes(w[i], fired - times[i], what_is_left, neuron.k, rise)
            of_w[i] += pull * cut_off(by_w, method.cut)
            if layer > 0 or i >= sizes[0]:  # nothing is learnt from the times of the inputs
                back[i] += pull * cut_off(by_t, method.cut)
            what_is_left *= left[e]
            e -= 1


@uncounted_kernel
def backward(learnt, sizes, room, neuron, method):
    """Adds to the gradients of weights and pulses, for a sample that has gone forward and been judged."""
    for layer in range(sizes.size - 2, -1, -1):
        backward_layer(layer, learnt, sizes, room, neuron, method)
        for p in range(learnt.pulses.shape[2]):
            learnt.pulses[1, layer, p] += room.back[layer, sizes[layer] + p]


@kernel
def descend_row(w, g, m, q, share, count, rate, adam):
    """Step number `count` of Adam with gradients times `share`, which then are 0 again."""
    for i in range(g.size):
        g[i] *= share
    update_row(w, g, m, q, count, rate, adam.beta_1, adam.beta_2, adam.epsilon)
    for i in range(g.size):
        g[i] = 0.0


@kernel
def descend(learnt, sizes, share, count, rate, pulse_rate, adam):
    """A step of Adam for the whole network. Pulses have a rate of their own, and none comes before 0."""
    w, pulses = learnt.w, learnt.pulses
    for k in range(sizes.size - 1):
        n = sizes[k] + pulses.shape[2]
        for j in range(sizes[k + 1]):
            descend_row(
                w[0, k, j, :n], w[1, k, j, :n], w[2, k, j, :n], w[3, k, j, :n], share, count, rate, adam
            )
        descend_row(pulses[0, k], pulses[1, k], pulses[2, k], pulses[3, k], share, count, pulse_rate, adam)
        for p in range(pulses.shape[2]):
            pulses[0, k, p] = max(0.0, pulses[0, k, p])


@kernel
def learn_epoch(x, labels, order, size, learnt, sizes, room, neuron, method, adam, fall, done, stream, seed):
    """One pass over all samples, `size` of them a step, in an order drawn from `stream`.

    Both learning rates are multiplied by `fall`. `done[0]` is how many steps of Adam there were before, and
    grows by those that are made: where there was nothing to learn there is none. Returns how many answers
    were right, each sample asked just before it is learnt.
    """
    shuffle(order, seed, stream)
    right = 0
    for first in range(0, order.size, size):
        learning, last = 0, min(first + size, order.size)
        for k in range(first, last):
            label = labels[order[k]]
            forward(x[order[k]], learnt, sizes, room, neuron)
            out, back = room.times[sizes.size - 1], room.back[sizes.size - 1]
            _, known = judge(out, sizes[-1], label, method.sharpness, back)
            right += known
            if not known or not method.only_mistakes:
                backward(learnt, sizes, room, neuron, method)
                learning += 1
        if learning > 0:
            done[0] += 1
            rates = fall * adam.rate, fall * method.pulse_rate
            descend(learnt, sizes, 1.0 / (last - first), done[0], rates[0], rates[1], adam)
    return right


@kernel
def fire_all(x, learnt, sizes, room, neuron, times):
    """The spike times of every sample: `times` has (samples, all neurons), hidden layers first."""
    for sample in range(x.shape[0]):
        forward(x[sample], learnt, sizes, room, neuron)
        place = 0
        for layer in range(1, sizes.size):
            for j in range(sizes[layer]):
                times[sample, place] = room.times[layer, j]
                place += 1
