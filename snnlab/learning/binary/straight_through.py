r"""Straight through: how an error passes a sign, whose derivative is zero wherever it has one.

Forwards the network is that of `snnlab.learning.binary.binary_network`, but $\mu$ and $s$ are those of the
batch at hand. The loss of a batch of $N$ samples with targets $t = \pm 1$ is the squared hinge

$$ L = \frac{1}{N} \sum_n \sum_k \max(0,\ 1 - t_{nk}\, y_{nk})^2 $$

Backwards each sign counts as if it were not there, an activation's within a window of half width $c$ only:

$$ \frac{\partial L}{\partial a} := \frac{\partial L}{\partial h}\, [\,|a| < c\,], \qquad
\frac{\partial L}{\partial w} := \frac{\partial L}{\partial \operatorname{sgn}(w)}, \qquad
w \leftarrow \max(-1, \min(1, w + \Delta w)) $$

with $\Delta w$ a step of Adam. For $c = 1$ this is the gradient of another network, whose activation is the
ramp from -1 to 1 and whose weights are the signs, taken for real numbers. The way back through batch norm,
with $\hat z = (z - \mu)/s$ and $g = \partial L / \partial a$, knows that mean and variance depend on $z$:

$$ \frac{\partial L}{\partial z_n} = \frac{\gamma}{s} \Big( g_n - \frac1N \sum_m g_m
- \frac{\hat z_n}{N} \sum_m g_m \hat z_m \Big) $$

Neither exponential nor logarithm occurs, so a page computes the same bits.

Source: M. Courbariaux, I. Hubara, D. Soudry, R. El-Yaniv and Y. Bengio (2016), Binarized neural networks,
arXiv:1602.02830; batch norm from S. Ioffe and C. Szegedy (2015), arXiv:1502.03167.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.gradients.adam import update_row
from snnlab.random import uniform

__all__ = ["Learnt", "Room"]

EPSILON = 1e-4  # added to a variance, as in the authors' program


class Learnt(NamedTuple):
    """All that is learnt, with a row for each presynaptic neuron, so that an input adds its row.

    Each is four arrays in one: the numbers, their gradient, and the two means that Adam keeps of it.
    """

    w_in: np.ndarray  # (4, inputs, hidden)
    w_out: np.ndarray  # (4, hidden, outputs)
    norm_in: np.ndarray  # (4, 2, hidden): γ and β
    norm_out: np.ndarray  # (4, 2, outputs)


class Room(NamedTuple):
    """Where a batch is kept on its way; the first axis of most is that of its samples."""

    bits_in: np.ndarray  # the weights as they are used
    bits_out: np.ndarray
    z: np.ndarray  # sums of the hidden neurons, then normalised
    a: np.ndarray
    h: np.ndarray
    back: np.ndarray  # the derivative of the loss by a, then by z
    u: np.ndarray  # sums of the outputs, then normalised
    y: np.ndarray
    pull: np.ndarray  # the derivative of the loss by y, then by u
    stats_in: np.ndarray  # (2, hidden): μ and s
    stats_out: np.ndarray


def blank_learnt(n_in: int, n_hidden: int, n_out: int) -> Learnt:
    """Room for what a network learns, full of zeros."""
    shapes = (n_in, n_hidden), (n_hidden, n_out), (2, n_hidden), (2, n_out)
    return Learnt(*(np.zeros((4, *shape)) for shape in shapes))


def blank_room(samples: int, n_in: int, n_hidden: int, n_out: int) -> Room:
    """Room for so many samples at a time."""
    bits, rows = ((n_in, n_hidden), (n_hidden, n_out)), ((samples, n_hidden), (samples, n_out))
    shapes = *bits, *(4 * [rows[0]]), *(3 * [rows[1]]), (2, n_hidden), (2, n_out)
    return Room(*(np.zeros(shape) for shape in shapes))


@kernel
def sign(a):
    """+1 for 0 and above, -1 below."""
    return 1.0 if a >= 0.0 else -1.0


@kernel
def pass_sign(error, a, window):
    """The derivative of the loss by a, from that by its sign: the same, but only near the threshold."""
    return error if abs(a) < window else 0.0


@kernel
def ramp(a):
    """The real activation that stands for a sign: a itself, between -1 and 1."""
    return max(-1.0, min(1.0, a))


@kernel
def take_bits(w, bits, binary, stochastic, seed, stream):
    """The weights as the network uses them; how many of them are others than before."""
    changed = 0
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            bit = w[i, j]
            if stochastic:
                counter = np.uint64(i * w.shape[1] + j)
                bit = 1.0 if 2.0 * uniform(seed, stream, counter) - 1.0 < w[i, j] else -1.0
            elif binary:
                bit = sign(w[i, j])
            changed += bit != bits[i, j]
            bits[i, j] = bit
    return changed


@kernel
def add_rows(x, rows, total):
    """The rows of the inputs that are not zero, each times its input."""
    for j in range(total.size):
        total[j] = 0.0
    for i in range(x.size):
        if x[i] != 0.0:
            row, by = rows[i], x[i]
            for j in range(total.size):
                total[j] += by * row[j]


@kernel
def normalise(z, n, norm, stats, a, measured):
    """Batch norm of n rows, by their own mean and spread or by those that are given; z is left normalised."""
    if not measured:
        stats[:] = 0.0
        for s in range(n):
            for j in range(z.shape[1]):
                stats[0, j] += z[s, j]
        for j in range(z.shape[1]):
            stats[0, j] /= n
        for s in range(n):
            for j in range(z.shape[1]):
                stats[1, j] += (z[s, j] - stats[0, j]) ** 2
        for j in range(z.shape[1]):
            stats[1, j] = math.sqrt(stats[1, j] / n + EPSILON)
    for s in range(n):
        for j in range(z.shape[1]):
            z[s, j] = (z[s, j] - stats[0, j]) / stats[1, j]
            a[s, j] = norm[0, j] * z[s, j] + norm[1, j]


@kernel
def normalise_back(g, z, n, norm, stats, of_norm):
    """The way back through batch norm: g is by a before and by the sums after it; z is normalised."""
    of_norm[:] = 0.0
    for s in range(n):
        for j in range(g.shape[1]):
            of_norm[0, j] += g[s, j] * z[s, j]
            of_norm[1, j] += g[s, j]
    for s in range(n):
        for j in range(g.shape[1]):
            pulled = g[s, j] - of_norm[1, j] / n - z[s, j] * of_norm[0, j] / n
            g[s, j] = norm[0, j] / stats[1, j] * pulled


@kernel
def forward(x, which, learnt, room, activations, measured):
    """The scores of some samples, with the bits in `room`; mean and spread are theirs if none is given."""
    n = which.size
    for s in range(n):
        add_rows(x[which[s]], room.bits_in, room.z[s])
    normalise(room.z, n, learnt.norm_in[0], room.stats_in, room.a, measured)
    for s in range(n):
        for j in range(room.h.shape[1]):
            room.h[s, j] = sign(room.a[s, j]) if activations else ramp(room.a[s, j])
        add_rows(room.h[s], room.bits_out, room.u[s])
    normalise(room.u, n, learnt.norm_out[0], room.stats_out, room.y, measured)


@kernel
def judge(labels, which, room):
    """Loss and number of right answers; `room.pull` is what an output does to the loss."""
    loss, right, n = 0.0, 0, which.size
    for s in range(n):
        best, label = 0, labels[which[s]]
        for k in range(room.y.shape[1]):
            if room.y[s, k] > room.y[s, best]:
                best = k
            target = 1.0 if k == label else -1.0
            gap = max(0.0, 1.0 - target * room.y[s, k])
            loss += gap * gap / n
            room.pull[s, k] = -2.0 * target * gap / n
        right += best == label
    return loss, right


@kernel
def backward(x, which, learnt, room, window):
    """The gradients of a batch that has gone forward and been judged."""
    n, of_in, of_out = which.size, learnt.w_in[1], learnt.w_out[1]
    of_in[:], of_out[:] = 0.0, 0.0
    normalise_back(room.pull, room.u, n, learnt.norm_out[0], room.stats_out, learnt.norm_out[1])
    for s in range(n):
        pull = room.pull[s]
        for j in range(room.h.shape[1]):
            h, row, total = room.h[s, j], room.bits_out[j], 0.0
            for k in range(pull.size):
                of_out[j, k] += h * pull[k]
                total += row[k] * pull[k]
            room.back[s, j] = pass_sign(total, room.a[s, j], window)
    normalise_back(room.back, room.z, n, learnt.norm_in[0], room.stats_in, learnt.norm_in[1])
    for s in range(n):
        back, pixels = room.back[s], x[which[s]]
        for i in range(pixels.size):
            if pixels[i] != 0.0:
                by, row = pixels[i], of_in[i]
                for j in range(back.size):
                    row[j] += by * back[j]


@kernel
def descend(part, step, adam, rate, clipped):
    """One step of Adam for all numbers of a part; latent weights stay between -1 and 1."""
    for k in range(part.shape[1]):
        update_row(
            part[0, k], part[1, k], part[2, k], part[3, k], step, rate, adam.beta_1, adam.beta_2, adam.epsilon
        )
        if clipped:
            for j in range(part.shape[2]):
                part[0, k, j] = ramp(part[0, k, j])


@kernel
def shuffle(order, seed, stream):
    """The numbers of `order` in an order drawn by chance, all equally likely."""
    for last in range(order.size - 1, 0, -1):
        other = int(uniform(seed, stream, np.uint64(last)) * (last + 1))
        order[last], order[other] = order[other], order[last]


@kernel
def take_bits_of_step(learnt, room, method, done, seed):
    """The bits of both layers after so many steps; how many of the first are others than those in `room`."""
    stream = np.uint64(3 * done)
    take_bits(learnt.w_out[0], room.bits_out, method.weights, method.stochastic, seed, stream + np.uint64(2))
    return take_bits(
        learnt.w_in[0], room.bits_in, method.weights, method.stochastic, seed, stream + np.uint64(1)
    )


@kernel
def learn_epoch(x, labels, order, size, learnt, room, method, adam, decay, epoch, seed):
    """Epoch number `epoch`, from 0: one pass over all samples, `size` of them a step.

    A last one that is alone has no spread that batch norm could take, and waits for another epoch. The rate
    is multiplied by `decay` after each epoch. Returns how often a weight of the first layer took another sign
    from a step of the epoch to the one that follows it, which for the last is the first of the next epoch. A
    step has three streams of random numbers: for the order of the samples, if it is the first of its epoch,
    and for the bits of the two layers.
    """
    flips, rate = 0, adam.rate * decay**epoch
    last = order.size - 1 if order.size % size == 1 else order.size
    done = epoch * ((last + size - 1) // size)
    shuffle(order, seed, np.uint64(3 * done))
    take_bits_of_step(learnt, room, method, done, seed)  # counted already, after the step before
    for first in range(0, last, size):
        which = order[first : min(first + size, last)]
        forward(x, which, learnt, room, method.activations, False)
        judge(labels, which, room)
        backward(x, which, learnt, room, method.window)
        done += 1
        descend(learnt.w_in, done, adam, rate, method.weights)
        descend(learnt.w_out, done, adam, rate, method.weights)
        descend(learnt.norm_in, done, adam, rate, False)
        descend(learnt.norm_out, done, adam, rate, False)
        flips += take_bits_of_step(learnt, room, method, done, seed)
    return flips


@kernel
def measure(x, labels, which, learnt, room, method):
    """Loss and right answers of the whole training set by the weights as they are used after learning.

    What is drawn by chance while it learns is used by its sign here. Mean and spread of each neuron are left
    in `room`, and are those of the network.
    """
    nothing = np.uint64(0)
    take_bits(learnt.w_in[0], room.bits_in, method.weights, False, nothing, nothing)
    take_bits(learnt.w_out[0], room.bits_out, method.weights, False, nothing, nothing)
    forward(x, which, learnt, room, method.activations, False)
    return judge(labels, which, room)
