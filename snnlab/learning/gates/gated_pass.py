r"""A recurrent network of gated neurons, forwards through all steps and backwards.

With inputs $x_t$, synaptic traces $s_t$ and the step $(v, I) \to (v, q)$ of a neuron, `gated_neuron`,

$$ I_t = W s_t + U x_t + b, \qquad (v_{t+1}, q_t) = {\rm step}(v_t, I_t), \qquad
s_{t+1} = e^{-\Delta t/\tau_s} s_t + q_t, \qquad o_t = O\, s_{t+1} $$

$$ L = \sum_t \tfrac12 h_t\, |o_t - o^*_t|^2 + \tfrac12 \lambda \sum_t |s_{t+1}|^2 $$

where $h_t$ says how much a step is heeded. Backwards, with $\bar x$ for the derivative of $L$ by $x$,

$$ \bar s_{t+1} \mathrel{+}= h_t\, O^\top (o_t - o^*_t) + \lambda s_{t+1}, \qquad
(\bar v_t, \bar I_t) = {\rm step\_back}(\bar v_{t+1}, \bar q_t = \bar s_{t+1}), \qquad
\bar s_t = e^{-\Delta t/\tau_s}\, \bar s_{t+1} + W^\top \bar I_t $$

$$ \frac{\partial L}{\partial W} = \sum_t \bar I_t s_t^\top, \qquad
\frac{\partial L}{\partial U} = \sum_t \bar I_t x_t^\top, \qquad
\frac{\partial L}{\partial b} = \sum_t \bar I_t, \qquad
\frac{\partial L}{\partial O} = \sum_t h_t (o_t - o^*_t)\, s_{t+1}^\top $$

This is the derivative of the steps as they are computed, not a step of the differential equation of the
derivative; so it agrees with differences of the loss to the last digits, however long the steps, unless a
difference makes or undoes the jump of a non-leaky cell that turns back.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31 (the
network and its adjoint in continuous time; the steps are ours).
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.gates.gated_neuron import home, step, step_back
from snnlab.learning.gradients.adam import update_row

__all__ = ["GatedGradient", "GatedRoom", "blank_room", "learn_once", "run_sample"]


class GatedGradient(NamedTuple):
    """The derivative of a loss by each weight, or what is kept of it; in the order of the weights.

    Examples
    --------
    >>> from snnlab.learning.gates.gated_network import GatedWeights, gated_loss
    >>> weights = GatedWeights(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> gated_loss(weights, np.ones((1, 9, 1)), np.ones((1, 9, 1))).gradient.w_in.shape
    (1, 1)
    """

    w_in: np.ndarray
    w_rec: np.ndarray
    w_out: np.ndarray
    drive: np.ndarray


class GatedRoom(NamedTuple):
    """Where one sample is kept while it runs, and what its backward way needs."""

    v: np.ndarray  # (steps + 1, n)
    s: np.ndarray  # (steps + 1, n)
    i: np.ndarray  # (steps, n)
    turns: np.ndarray  # (steps, n), how often the zone was left in a step, whole numbers
    out: np.ndarray  # (steps, outputs)
    to_v: np.ndarray  # (n,)
    to_s: np.ndarray  # (n,)
    to_i: np.ndarray  # (n,)
    w_in_t: np.ndarray  # weights the other way round, so that a column is read in one piece
    w_rec_t: np.ndarray


def blank_room(inputs: int, n: int, outputs: int, steps: int) -> GatedRoom:
    """Room for one sample."""
    v, s = np.zeros((2, steps + 1, n))
    to_v, to_s, to_i = np.zeros((3, n))
    i, turns = np.zeros((2, steps, n))
    out = np.zeros((steps, outputs))
    return GatedRoom(v, s, i, turns, out, to_v, to_s, to_i, np.zeros((inputs, n)), np.zeros((n, n)))


def blank_gradient(inputs: int, n: int, outputs: int) -> GatedGradient:
    """Zeros in the form of the weights."""
    return GatedGradient(np.zeros((n, inputs)), np.zeros((n, n)), np.zeros((outputs, n)), np.zeros(n))


@kernel
def turn_round(weights, room):
    """Copies of the weights, transposed; to be made anew whenever they have changed."""
    for k in range(weights.drive.size):
        for j in range(room.w_in_t.shape[0]):
            room.w_in_t[j, k] = weights.w_in[k, j]
        for j in range(weights.drive.size):
            room.w_rec_t[j, k] = weights.w_rec[k, j]


@kernel
def add_rows(total, x, rows):
    """`total` plus `x` times `rows`: a row after the other, so that each is added in one piece."""
    for j in range(x.size):
        for k in range(total.size):
            total[k] += x[j] * rows[j, k]


@kernel
def add_product(total, a, b):
    """`total` plus the outer product of `a` and `b`."""
    for k in range(a.size):
        for j in range(b.size):
            total[k, j] += a[k] * b[j]


@kernel
def run_sample(x, v_start, weights, room, neuron, kept):
    """One sample, forwards: fills `v`, `s`, `i`, `turns` and `out` of the room."""
    ahead = neuron.dt / neuron.tau_m
    for k in range(v_start.size):
        room.v[0, k], _ = home(v_start[k], neuron.kind, neuron.width)
        room.s[0, k] = 0.0
    for t in range(x.shape[0]):
        current = room.i[t]
        for k in range(current.size):
            current[k] = weights.drive[k]
        add_rows(current, x[t], room.w_in_t)
        add_rows(current, room.s[t], room.w_rec_t)
        for k in range(current.size):
            v, q, m = step(room.v[t, k], current[k], ahead, neuron.kind, neuron.width)
            room.v[t + 1, k], room.turns[t, k] = v, m
            room.s[t + 1, k] = kept * room.s[t, k] + q
        for o in range(room.out.shape[1]):
            total = 0.0
            for k in range(current.size):
                total += weights.w_out[o, k] * room.s[t + 1, k]
            room.out[t, o] = total


@kernel
def loss_of(target, heed, cost, room):
    """The loss of the sample that the room holds; `out` becomes the slope of the loss by the outputs."""
    loss = 0.0
    for t in range(target.shape[0]):
        for o in range(target.shape[1]):
            wrong = room.out[t, o] - target[t, o]
            loss += 0.5 * heed[t] * wrong * wrong
            room.out[t, o] = heed[t] * wrong
        for k in range(room.s.shape[1]):
            loss += 0.5 * cost * room.s[t + 1, k] * room.s[t + 1, k]
    return loss


@kernel
def run_back(x, weights, room, neuron, kept, cost, gradient):
    """The sample backwards, from the slopes that `loss_of` left; what it finds is added to `gradient`."""
    ahead = neuron.dt / neuron.tau_m
    to_v, to_s, to_i = room.to_v, room.to_s, room.to_i
    to_v[:] = 0.0
    to_s[:] = 0.0
    for t in range(x.shape[0] - 1, -1, -1):
        add_rows(to_s, room.out[t], weights.w_out)
        add_product(gradient.w_out, room.out[t], room.s[t + 1])
        for k in range(to_v.size):
            to_s[k] += cost * room.s[t + 1, k]
            to_v[k], to_i[k] = step_back(
                to_v[k], to_s[k], room.v[t, k], room.i[t, k], ahead, neuron.kind, neuron.width
            )
            to_s[k] *= kept
            gradient.drive[k] += to_i[k]
        add_rows(to_s, to_i, weights.w_rec)
        add_product(gradient.w_in, to_i, x[t])
        add_product(gradient.w_rec, to_i, room.s[t])


@kernel
def clear(gradient):
    """Zeros everywhere."""
    gradient.w_in[:] = 0.0
    gradient.w_rec[:] = 0.0
    gradient.w_out[:] = 0.0
    gradient.drive[:] = 0.0


@kernel
def add_sample(x, target, heed, v_start, cost, weights, room, neuron, kept, gradient):
    """The loss of one sample, whose gradient is added to `gradient`; `turn_round` comes before."""
    run_sample(x, v_start, weights, room, neuron, kept)
    loss = loss_of(target, heed, cost, room)
    run_back(x, weights, room, neuron, kept, cost, gradient)
    return loss


@kernel
def gradient_of(x, target, heed, v_start, cost, weights, room, neuron, kept, gradient):
    """The loss of all samples, (samples, steps, …), and its gradient."""
    clear(gradient)
    turn_round(weights, room)
    loss = 0.0
    for k in range(x.shape[0]):
        loss += add_sample(
            x[k], target[k], heed[k], v_start[k], cost, weights, room, neuron, kept, gradient
        )  # fmt: skip
    return loss


@kernel
def squares(part):
    """The sum of the squares of a matrix."""
    total = 0.0
    for k in range(part.shape[0]):
        for j in range(part.shape[1]):
            total += part[k, j] * part[k, j]
    return total


@kernel
def length_of(gradient, learns):
    """The Euclidean length of what the gradient says of the weights that are learnt."""
    total = learns[0] * squares(gradient.w_in) + learns[1] * squares(gradient.w_rec)
    total += learns[2] * squares(gradient.w_out)
    for g in gradient.drive:
        total += learns[3] * g * g
    return math.sqrt(total)


@kernel
def add_times(total, less, part):
    """`total` plus `less` times `part`, two matrices."""
    for k in range(total.shape[0]):
        for j in range(total.shape[1]):
            total[k, j] += less * part[k, j]


@kernel
def add_shortened(gradient, one, learns, longest):
    """Add the gradient of one sample, of what is learnt, and of at most the length `longest`."""
    length = length_of(one, learns)
    less = longest / length if length > longest else 1.0
    add_times(gradient.w_in, less * learns[0], one.w_in)
    add_times(gradient.w_rec, less * learns[1], one.w_rec)
    add_times(gradient.w_out, less * learns[2], one.w_out)
    for k in range(one.drive.size):
        gradient.drive[k] += less * learns[3] * one.drive[k]


@kernel
def update_rows(w, g, m, q, count, adam):
    """A step of Adam for a matrix."""
    for k in range(w.shape[0]):
        update_row(w[k], g[k], m[k], q[k], count, adam.rate, adam.beta_1, adam.beta_2, adam.epsilon)


@kernel
def learn_once(
    x, target, heed, v_start, cost, weights, room, neuron, kept, gradient, one, mean, square, count, learns,
    longest, adam,
):  # fmt: skip
    """One step of Adam, number `count` from 1; returns the loss before.

    `learns` says of each of the four kinds of weights whether it is learnt, 1 or 0. The gradient is the mean
    of those of the samples, none of them longer than `longest`. `gradient` and `one` are room.
    """
    clear(gradient)
    turn_round(weights, room)
    loss = 0.0
    for k in range(x.shape[0]):
        clear(one)
        loss += add_sample(x[k], target[k], heed[k], v_start[k], cost, weights, room, neuron, kept, one)
        add_shortened(gradient, one, learns, longest / x.shape[0])
    w, g, m, q = weights, gradient, mean, square
    update_rows(w.w_in, g.w_in, m.w_in, q.w_in, count, adam)
    update_rows(w.w_rec, g.w_rec, m.w_rec, q.w_rec, count, adam)
    update_rows(w.w_out, g.w_out, m.w_out, q.w_out, count, adam)
    update_row(w.drive, g.drive, m.drive, q.drive, count, adam.rate, adam.beta_1, adam.beta_2, adam.epsilon)
    return loss
