r"""A neuron with alpha synapses: when it fires, and the slope of that time by its weights and by its inputs.

An input spike at $t_i$ makes a postsynaptic potential that rises at once and fades, and the neuron fires
once, when the sum first reaches its threshold:

$$ v(t) = \sum_{t_i < t} w_i\, (t - t_i)\, e^{-K (t - t_i)}, \qquad v(\hat t) = \theta $$

Only the inputs before $\hat t$ have any part in it, the *causal set* $C$. With $A = \sum_C w_i e^{K t_i}$ and
$B = \sum_C w_i t_i e^{K t_i}$,

$$ \hat t = \frac{B}{A} - \frac{1}{K} W_0 \Big( - \frac{K \theta}{A}\, e^{K B / A} \Big) $$

The kernel counts times from the last arrival, so that nothing grows: at $s$ after it the potential is
$(a + b s)\, e^{-K s}$, an arrival adds its weight to $b$, and `snnlab.learning.spike_times.crossing` has the
closed form for these two.

**The slopes.** Near $\hat t$ the potential is a straight line of slope $v'(\hat t)$. So with
$s_i = \hat t - t_i$

$$ \frac{\partial \hat t}{\partial w_i} = - \frac{s_i e^{-K s_i}}{v'(\hat t)}, \qquad
\frac{\partial \hat t}{\partial t_i} = \frac{w_i (1 - K s_i)\, e^{-K s_i}}{v'(\hat t)} $$

for the inputs in $C$, and 0 for the others. The second ones add up to 1: where all inputs come later by some
time, so does the spike.

Times have no unit; inputs come between 0 and 1. The neuron is a leaky integrate-and-fire neuron whose
membrane and synapses have the same time constant, $1/K$.

Source: I. M. Comsa, K. Potempa, L. Versari, T. Fischbacher, A. Gesmundo and J. Alakuijala (2020), Temporal
coding in spiking neural networks with alpha synaptic function, ICASSP.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, checked, finite_array
from snnlab.compiling import kernel
from snnlab.learning.spike_times.crossing import crossing_in_gap, rise_at_threshold, step
from snnlab.neurons.branchless_exponential import exponential

__all__ = ["AlphaNeuron", "AlphaSpike", "alpha_potential", "alpha_spike"]

_MANY = 16  # inputs, from which on it pays to sort them by bins first
_NARROWEST = 1e-300  # bin: a quotient by a smaller one may have lost its digits


class AlphaNeuron(NamedTuple):
    """The two numbers of a neuron with alpha synapses.

    Examples
    --------
    >>> AlphaNeuron(theta=1.0)
    AlphaNeuron(k=1.0, theta=1.0)
    """

    k: Positive = 1.0
    """K, one over the time constant: a postsynaptic potential peaks 1/K after its spike."""
    theta: Positive = 0.4
    """θ, the threshold. A weight of 1 alone lifts the potential to 1/(e K)."""


class AlphaSpike(NamedTuple):
    """When a neuron fires, and what that depends on.

    Examples
    --------
    >>> alpha_spike([2.0, 1.0], [0.0, 5.0]).causal
    array([ True, False])
    """

    time: float
    """When it fires; infinite if it never does."""
    rise: float
    """v′, the slope of the potential there, above 0 even where a peak only touches; 0 if it never fires."""
    causal: np.ndarray
    """Which inputs came before, shape (n,)."""
    by_weight: np.ndarray
    """The derivative of the spike time by each weight, shape (n,); 0 for inputs that have no part in it."""
    by_time: np.ndarray
    """The derivative by the time of each input, shape (n,)."""


def check_alpha_neuron(neuron: AlphaNeuron) -> AlphaNeuron:
    """`neuron` with every number valid."""
    return checked("neuron", neuron, AlphaNeuron)


def alpha_spike(w: ArrayLike, times: ArrayLike, neuron: AlphaNeuron = AlphaNeuron()) -> AlphaSpike:
    """When a neuron fires, and how that time depends on its weights and on its inputs.

    Parameters
    ----------
    w : array of shape (n,)
        The weight of each input.
    times : array of shape (n,)
        When each input spikes, 0 or later; infinite for one that does not.
    neuron
        Its time constant and its threshold.

    Examples
    --------
    A larger weight makes an earlier spike.

    >>> spike = alpha_spike([2.0], [0.0])
    >>> print(f"{spike.time:.3f} {spike.by_weight[0]:.3f} {spike.by_time[0]:.3f}")
    0.259 -0.175 1.000
    """
    neuron, (w, times) = check_alpha_neuron(neuron), check_inputs(w, times)
    order, left = np.zeros(times.size, np.int32), np.zeros(times.size)
    n = sort_times(times, times.size, order)
    fade(times, order, n, neuron.k, left)
    time, rise = fire(w, times, order, left, n, neuron.k, neuron.theta)
    by_weight, by_time = np.zeros((2, times.size))
    for i in np.flatnonzero(times < time) if math.isfinite(time) else ():
        s = time - times[i]
        by_weight[i], by_time[i] = slopes(w[i], s, exponential(-neuron.k * s), neuron.k, rise)
    return AlphaSpike(time, rise, times < time, by_weight, by_time)


def alpha_potential(
    t: ArrayLike, w: ArrayLike, times: ArrayLike, neuron: AlphaNeuron = AlphaNeuron()
) -> np.ndarray:
    """The potential of a neuron, as if it did not fire.

    Parameters
    ----------
    t : array of any shape
        When it is wanted.
    w, times, neuron
        As in `alpha_spike`.

    Returns
    -------
    array
        The potential, of the shape of `t`.

    Examples
    --------
    >>> print(alpha_potential([0.0, 1.0], [np.e], [0.0]))
    [0. 1.]
    """
    neuron, (w, times) = check_alpha_neuron(neuron), check_inputs(w, times)
    t = finite_array("t", t, tuple(range(9)), "any")
    v = [potential(at, w, times, w.size, neuron.k) for at in t.ravel()]
    return np.array(v).reshape(t.shape)


def check_inputs(w: ArrayLike, times: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Weights and spike times, as many of both."""
    w, times = finite_array("w", w, (1,), "(inputs,)"), check_times("times", times, (1,), "(inputs,)")
    if times.shape != w.shape:
        raise ValueError(f"times must be {w.size}, one a weight, got {times.size}")
    return w, times


def check_times(name: str, times: ArrayLike, ndim: tuple[int, ...], shape: str) -> np.ndarray:
    """`times` as an array of spike times of 0 and later, infinite where there is no spike."""
    array = np.array(times, float) if np.asarray(times).dtype.kind in "biuf" else np.asarray(times)
    silent = array == math.inf
    if array.dtype.kind == "f":
        array[silent] = 0.0
    array = finite_array(name, array, ndim, shape)
    if (array < 0).any():
        raise ValueError(f"{name} must be 0 or later, got {array.min():g}")
    array[silent] = math.inf
    return array


@kernel
def sort_times(times, size, order):
    """The first `size` inputs that spike, in the order of their spikes; returns how many these are."""
    n = 0
    for i in range(size):
        if times[i] < math.inf:
            order[n] = i
            n += 1
    insert_each(times, order, n)
    return n


@kernel
def insert_each(times, order, n):
    """Puts n numbers into the order of their times: quick where few are far from their places."""
    for e in range(1, n):
        i, place = order[e], e
        while place > 0 and times[order[place - 1]] > times[i]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = i


@kernel
def sort_many(times, size, order, ends):
    """As `sort_times`, for many inputs: they are put into n bins of time first; `ends` is room for these."""
    n, first, last = 0, math.inf, -math.inf
    for i in range(size):
        if times[i] < math.inf:
            n, first, last = n + 1, min(first, times[i]), max(last, times[i])
    width = (last - first) / max(1, n - 1)
    if n < _MANY or not width > _NARROWEST:
        return sort_times(times, size, order)
    for k in range(n):
        ends[k] = 0
    for i in range(size):
        if times[i] < math.inf:
            ends[int((times[i] - first) / width)] += 1
    total = 0
    for k in range(n):
        ends[k], total = total, total + ends[k]
    for i in range(size):
        if times[i] < math.inf:
            k = int((times[i] - first) / width)
            order[ends[k]] = i
            ends[k] += 1
    insert_each(times, order, n)
    return n


@kernel
def fade(times, order, n, k, left):
    """What is left of a potential from one arrival to the next, a factor."""
    for e in range(1, n):
        left[e] = exponential(-k * (times[order[e]] - times[order[e - 1]]))


@kernel
def potential(t, w, times, size, k):
    """The potential at t of a neuron that does not fire, from the first `size` inputs."""
    v = 0.0
    for i in range(size):
        if times[i] < t:
            v += w[i] * (t - times[i]) * exponential(-k * (t - times[i]))
    return v


@kernel
def fire(w, times, order, left, n, k, theta):
    """When the neuron first reaches its threshold, and how steeply; infinite and 0 if it never does."""
    a, b = 0.0, 0.0
    for e in range(n):
        now, then, next_a, next_b = times[order[e]], math.inf, 0.0, 0.0
        b += w[order[e]]
        if e + 1 < n:
            then = times[order[e + 1]]
            next_a, next_b = step(a, b, then - now, left[e + 1])
        fired, s = crossing_in_gap(a, b, now, then, next_a, k, theta)
        if fired < math.inf:
            return fired, rise_at_threshold(b * exponential(-k * s), k * theta)
        a, b = next_a, next_b
    return math.inf, 0.0


@kernel
def slopes(w, s, left, k, rise):
    """The derivatives of the spike time by a weight and by its input, `s` earlier; `left` is left of it."""
    return -s * left / rise, w * (1.0 - k * s) * left / rise
