r"""Surrogate gradients: forwards with spikes, backwards through a hump in the place of the step.

The network is that of `snnlab.learning.gradients.surrogate_network`. For one sample with label $\ell$ and
scores $m_k = \max_t y_{k,t}$, reached at $t_k$, the loss is $L = -\ln p_\ell$ with $p = \mathrm{softmax}(m)$.
The way back runs from the last step to the first. With $a = \partial L / \partial v$, $c = \partial L /
\partial i$ for the hidden neurons and $o = \partial L / \partial y$, $f = \partial L / \partial j$ for the
readout,

$$ o_t = \beta_{out}\, o_{t+1} + [t = t_k]\,(p_k - [k = \ell]), \qquad f_t = \alpha f_{t+1} + o_{t+1} $$

$$ e_t = W_{out}^T f_{t+1} + W_{rec}^T c_{t+2} \;[\, - (\beta v_t + i_t)\, a_{t+1} ] $$

$$ a_t = \beta\,(1 - s_t)\, a_{t+1} + h(v_t - 1)\, e_t, \qquad c_t = \alpha\, c_{t+1} + (1 - s_t)\, a_{t+1} $$

where $h$ is the surrogate and $e = \partial L / \partial s$. The part in brackets is the way through the
reset, which most people leave out (*detached*). Where a score is the mean of $y_{k,t}$ over the $T$ steps,
$1/T$ stands for $[t = t_k]$. The gradient of a weight is the sum, over the spikes that it carried, of what it
reached:

$$ \frac{\partial L}{\partial W_{in}} = \sum_t c_{t+1} x_t^T, \qquad
\frac{\partial L}{\partial W_{rec}} = \sum_t c_{t+1} s_{t-1}^T, \qquad
\frac{\partial L}{\partial W_{out}} = \sum_t f_{t+1} s_t^T $$

This is backpropagation through time, written out, for the one cell that everybody trains first: alike in all
neurons, without adaptation, reset to zero. One sample goes forwards and at once backwards, while its
potentials are still in the processor's cache; spikes are lists, so a silent input costs nothing. `step` and
`step_back` are those of `snnlab.learning.gradients.cell`, which is read side by side with its transpose;
`snnlab.learning.gradients.recurrent_pass` takes any cell, any loss and delays, and a test compares the two.

Source: E. O. Neftci, H. Mostafa and F. Zenke (2019), IEEE Signal Processing Magazine 36(6), 51–63; the
adjoint is derived here, and equals what PyTorch computes for F. Zenke's SpyTorch.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.gradients.cell import step, step_back
from snnlab.learning.gradients.graded_spikes import _graded
from snnlab.learning.gradients.losses import cross_entropy
from snnlab.learning.gradients.surrogate_network import CurrentLIF, Surrogate, Weights
from snnlab.learning.gradients.surrogate_shapes import _hump, shape_number
from snnlab.learning.samples import Samples

__all__ = ["Data", "Net", "Numbers", "Workspace"]


class Data(NamedTuple):
    """The spikes of the inputs, as the kernels read them: see `Samples`."""

    units: np.ndarray
    start: np.ndarray
    labels: np.ndarray


class Net(NamedTuple):
    """Weights, one row for each presynaptic neuron: a spike adds its row. A gradient has the same form."""

    w_in: np.ndarray
    w_rec: np.ndarray  # of shape (0, 0) without recurrence
    w_out: np.ndarray


class Numbers(NamedTuple):
    """The numbers of neuron and surrogate, in the type of the weights."""

    alpha: float
    beta: float
    beta_out: float
    width: float
    height: float
    shape: int
    through_reset: bool
    graded: bool
    mean_score: bool


class Workspace(NamedTuple):
    """Where one sample is kept on its way."""

    v: np.ndarray  # (steps + 1, hidden)
    u: np.ndarray  # (steps, hidden), before the reset; (0, hidden) if nobody asks
    i: np.ndarray  # (hidden,), as are all up to `cost`
    a: np.ndarray
    c: np.ndarray
    back: np.ndarray  # what reaches a spike, but through the readout, in this step and in the one before
    ahead: np.ndarray
    f_hidden: np.ndarray  # f and o, seen through the weights of the readout
    o_hidden: np.ndarray
    cost: np.ndarray  # of one more spike
    y: np.ndarray  # (outputs,), as are all up to `when`
    j: np.ndarray
    best: np.ndarray
    f: np.ndarray
    o: np.ndarray
    pull: np.ndarray
    when: np.ndarray
    units: np.ndarray  # the hidden spikes: who, how much, and where each step begins
    values: np.ndarray
    start: np.ndarray
    w_back: np.ndarray  # the recurrent weights with a row for each postsynaptic neuron


def data_of(samples: Samples) -> Data:
    return Data(samples.units, samples.start, samples.labels)


def _rows(weights: Weights) -> Net:
    """The weights with a row for each presynaptic neuron; copies."""
    rec = np.empty((0, 0), weights.w_in.dtype) if weights.w_rec is None else weights.w_rec
    return Net(*(np.array(w.T, order="C") for w in (weights.w_in, rec, weights.w_out)))


def _columns(net: Net) -> Weights:
    """The other way round; copies."""
    return Weights(net.w_in.T.copy(), net.w_out.T.copy(), net.w_rec.T.copy() if net.w_rec.size else None)


def _numbers(weights: Weights, neuron: CurrentLIF, surrogate: Surrogate, graded: bool) -> Numbers:
    real = weights.w_in.dtype.type
    return Numbers(
        real(neuron.alpha),
        real(neuron.beta),
        real(neuron.beta_out),
        real(surrogate.width),
        real(surrogate.height),
        shape_number(surrogate.shape),
        surrogate.through_reset,
        graded,
        neuron.mean_score,
    )


def _workspace(weights: Weights, steps: int, through_reset: bool) -> Workspace:
    """Room for one sample."""
    outputs, hidden = weights.w_out.shape
    real = weights.w_in.dtype
    each = {name: np.empty(hidden, real) for name in ("i", "a", "c", "f_hidden", "o_hidden")}
    each |= {name: np.empty(hidden, real) for name in ("back", "ahead", "cost")}
    each |= {name: np.empty(outputs, real) for name in ("y", "j", "best", "f", "o", "pull")}
    return Workspace(
        v=np.empty((steps + 1, hidden), real),
        u=np.empty((steps if through_reset else 0, hidden), real),
        when=np.empty(outputs, np.int64),
        units=np.empty(steps * hidden, np.uint32),
        values=np.empty(steps * hidden, real),
        start=np.empty(steps + 1, np.int64),
        w_back=np.empty((0, 0) if weights.w_rec is None else weights.w_rec.shape, real),
        **each,
    )


@kernel
def _advance(now, after, i, alpha, beta):
    """`step` for all hidden neurons; how many are above the threshold."""
    one = now.dtype.type(1)
    above = 0
    for n in range(len(after)):
        potential, i[n] = step(now[n], i[n], alpha, beta)
        after[n] = potential
        above += potential > one
    return above


@kernel
def reset_back(a, n, s):
    """What passes the reset of neuron n, which has fired with a spike of size s: (1 - s) a, in the type of a.

    It is the first of the four numbers of `cell.reset_back`, for a reset to zero.
    """
    a[n] *= a.dtype.type(1) - s


@kernel
def retreat(a, c, slope, read, back, alpha, beta):
    """One step back for all hidden neurons, whose resets have been passed.

    It is `recurrent_pass.retreat` where all are alike, do not adapt, and slopes and resets came before.
    """
    for n in range(len(slope)):
        e = read[n] + back[n]
        before, c[n] = step_back(a[n], c[n], alpha, beta)
        a[n] = before + slope[n] * e


@kernel
def _fire(v, trial, numbers, count):
    """List the spikes of a step behind the first `count`; how many there are then."""
    one = v.dtype.type(1)
    for n in range(len(v)):
        if numbers.graded:
            trial.units[count] = n
            trial.values[count] = _graded(numbers.shape, v[n] - one, numbers.width)
            count += 1
        elif v[n] > one:
            trial.units[count] = n
            trial.values[count] = one
            count += 1
    return count


@kernel
def forward(sample, data, net, numbers, trial):
    """One sample from the first step to the last; returns the sum of its hidden spikes."""
    v, i, y, j, best, when = trial.v, trial.i, trial.y, trial.j, trial.best, trial.when
    alpha, beta = numbers.alpha, numbers.beta
    zero, one = v.dtype.type(0), v.dtype.type(1)
    v[0] = i[:] = y[:] = j[:] = best[:] = zero
    when[:] = 0
    before = count = above = 0
    steps = data.start.shape[1] - 1
    for t in range(steps):
        now, after = v[t], v[t + 1]
        first = count
        if above > 0 or numbers.graded:
            count = _fire(now, trial, numbers, count)
        trial.start[t], trial.start[t + 1] = first, count
        above = _advance(now, after, i, alpha, beta)
        if numbers.through_reset:
            for n in range(len(i)):
                trial.u[t, n] = after[n]
        for k in range(first, count):
            after[trial.units[k]] *= one - trial.values[k]
        for k in range(data.start[sample, t], data.start[sample, t + 1]):
            row = net.w_in[data.units[k]]
            for n in range(len(row)):
                i[n] += row[n]
        if net.w_rec.size > 0:
            for k in range(before, first):  # the spikes of the step before
                row, value = net.w_rec[trial.units[k]], trial.values[k]
                for n in range(len(row)):
                    i[n] += value * row[n]
        for n in range(len(y)):
            y[n], j[n] = step(y[n], j[n], alpha, numbers.beta_out)
            if numbers.mean_score:
                best[n], when[n] = best[n] + y[n] / steps, t + 1
            elif y[n] > best[n]:
                best[n], when[n] = y[n], t + 1
        for k in range(first, count):
            row, value = net.w_out[trial.units[k]], trial.values[k]
            for n in range(len(y)):
                j[n] += value * row[n]
        before = first
    total = 0.0
    for k in range(count):
        total += trial.values[k]
    return total


@kernel
def _slopes(v, last, numbers):
    """Potentials become slopes, the surrogate at each of them, in all steps before `last`."""
    one = v.dtype.type(1)
    for t in range(last):
        row = v[t]
        if numbers.shape == 0:  # known beforehand, so that several are done at once
            for n in range(len(row)):
                row[n] = numbers.height * _hump(0, row[n] - one, numbers.width)
        else:
            for n in range(len(row)):
                row[n] = numbers.height * _hump(numbers.shape, row[n] - one, numbers.width)


@kernel
def _backward(sample, data, net, numbers, trial, last, gradient):
    """The same sample from step `last` back to the first; adds its part to the gradient."""
    a, c, f, o, cost = trial.a, trial.c, trial.f, trial.o, trial.cost
    v, back, ahead = trial.v, trial.back, trial.ahead
    f_hidden, o_hidden = trial.f_hidden, trial.o_hidden
    alpha, beta = numbers.alpha, numbers.beta
    zero = a.dtype.type(0)
    a[:] = c[:] = f[:] = o[:] = f_hidden[:] = o_hidden[:] = zero
    for n in range(len(cost)):
        back[n] = ahead[n] = cost[n]
    _slopes(v, last, numbers)
    for t in range(last - 1, -1, -1):
        for k in range(len(o)):
            if numbers.mean_score or trial.when[k] == t + 1:
                o[k] += trial.pull[k]
                for n in range(len(o_hidden)):  # here, instead of W_out^T f in every step
                    o_hidden[n] += trial.pull[k] * net.w_out[n, k]
        first, count = trial.start[t], trial.start[t + 1]
        # What the weights carried in this step.
        for k in range(data.start[sample, t], data.start[sample, t + 1]):
            row = gradient.w_in[data.units[k]]
            for n in range(len(row)):
                row[n] += c[n]
        if net.w_rec.size > 0 and t > 0:
            for k in range(trial.start[t - 1], first):
                row, value = gradient.w_rec[trial.units[k]], trial.values[k]
                for n in range(len(row)):
                    row[n] += value * c[n]
        for k in range(first, count):
            row, value = gradient.w_out[trial.units[k]], trial.values[k]
            for n in range(len(f)):
                row[n] += value * f[n]
        # What reaches the spikes of this step, beside what comes through the readout.
        if numbers.through_reset:
            u = trial.u[t]
            for n in range(len(back)):
                back[n] -= u[n] * a[n]
        if net.w_rec.size > 0 or numbers.through_reset:
            for n in range(len(ahead)):
                ahead[n] = cost[n]
        if net.w_rec.size > 0:
            for m in range(len(c)):
                row, pull = trial.w_back[m], c[m]
                for n in range(len(row)):
                    ahead[n] += pull * row[n]
        # One step back.
        for k in range(first, count):
            reset_back(a, trial.units[k], trial.values[k])
        retreat(a, c, v[t], f_hidden, back, alpha, beta)
        for n in range(len(o_hidden)):
            o_hidden[n], f_hidden[n] = step_back(o_hidden[n], f_hidden[n], alpha, numbers.beta_out)
        for k in range(len(o)):
            o[k], f[k] = step_back(o[k], f[k], alpha, numbers.beta_out)
        if net.w_rec.size > 0 or numbers.through_reset:
            for n in range(len(back)):
                back[n] = ahead[n]


@kernel
def batch_gradient(which, data, net, numbers, trial, total, per_neuron, gradient, found):
    """Loss, accuracy and spikes of some samples into `found`, the gradient of the loss into `gradient`."""
    zero = trial.i.dtype.type(0)
    for w in gradient:
        for k in range(w.shape[0]):
            w[k] = zero
    trial.cost[:] = zero
    for n in range(net.w_rec.shape[0]):
        for m in range(net.w_rec.shape[1]):
            trial.w_back[m, n] = net.w_rec[n, m]
    loss = spikes = right = 0.0
    if per_neuron > 0.0:  # depends on the spikes of all samples: count them first
        for k in range(which.size):
            forward(which[k], data, net, numbers, trial)
            for m in range(trial.start[-1]):
                trial.cost[trial.units[m]] += trial.values[m]
        for n in range(trial.cost.size):
            loss += per_neuron * trial.cost[n] * trial.cost[n] / trial.cost.size
            trial.cost[n] *= 2.0 * per_neuron / trial.cost.size
    for n in range(trial.cost.size):
        trial.cost[n] += total
    for k in range(which.size):
        sample = which[k]
        count = forward(sample, data, net, numbers, trial)
        last = trial.v.shape[0] - 1
        parts = which.size * last if numbers.mean_score else which.size
        this, correct = cross_entropy(trial.best, data.labels[sample], parts, trial.pull)
        if total == 0.0 and per_neuron == 0.0:  # before the last maximum nothing pulls
            last = 0
            for n in range(trial.when.size):  # no .max(): a page has none
                last = max(last, trial.when[n])
        _backward(sample, data, net, numbers, trial, last, gradient)
        loss += this / which.size + total * count
        right += correct
        spikes += count
    found[0], found[1], found[2] = loss, right / which.size, spikes
