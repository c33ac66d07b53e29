r"""Neurons that are reached over several delays each, and the slope of the time at which they fire.

A spike of the presynaptic neuron $i$ at $t_i$ arrives once over every delay $d^k$, each time with a weight of
its own, and makes a postsynaptic potential of height 1 that peaks after $\tau$. The neuron fires once, where
its potential first reaches the threshold $\vartheta$:

$$ x_j(t) = \sum_{i,k} w_{ji}^k\, \varepsilon(t - t_i - d^k), \qquad
\varepsilon(s) = \frac{s}{\tau}\, e^{1 - s/\tau} \;\; (s > 0), \qquad x_j(t_j) = \vartheta $$

**Without a grid.** At the time $s$ after an arrival, and up to the next, the potential is
$(a + b s)\, e^{-s/\tau}$. Two numbers are all the memory of the neuron; an arrival adds $w e/\tau$ to $b$,
and where the next one comes

$$ a \leftarrow (a + b s)\, e^{-s/\tau}, \qquad b \leftarrow b\, e^{-s/\tau} $$

**The slope.** Move a weight or a presynaptic spike a little, and the potential at $t_j$ changes; the
crossing moves by as much as brings it back to the threshold,

$$ \frac{\partial t_j}{\partial w_{ji}^k} = - \frac{\varepsilon(t_j - t_i - d^k)}{x_j'(t_j)}, \qquad
\frac{\partial t_j}{\partial t_i} = \frac{\sum_k w_{ji}^k\, \varepsilon'(t_j - t_i - d^k)}{x_j'(t_j)} $$

This is exact, as long as the potential crosses the threshold and does not touch it only: there $x_j' = 0$,
and the kernel gives a number that is nearly 0, and above it.

Source: S. M. Bohte, J. N. Kok and H. La Poutré (2002), Neurocomputing 48, 17–37, equations 1 to 10.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.learning.spike_times.crossing import crossing_in_gap, rise_at_threshold, step
from snnlab.neurons.branchless_exponential import exponential

__all__ = ["Arrivals", "credit", "fire", "room_for_arrivals", "sort_arrivals"]


class Arrivals(NamedTuple):
    """What reaches a layer, in the order in which it arrives; kernels fill it.

    Examples
    --------
    >>> room_for_arrivals(3, 16).when.shape
    (48,)
    """

    when: np.ndarray
    """Arrival times, ms, growing, shape (n_pre · n_delays,)."""
    synapse: np.ndarray
    """Over which synapse: presynaptic neuron · n_delays + delay, int32."""
    decay: np.ndarray
    """What is left of a potential since the arrival before, a factor."""
    turn: np.ndarray
    """Which delay comes next for each presynaptic neuron, int32, shape (n_pre,)."""
    total: np.ndarray
    """How many arrivals there are, int32, shape (1,)."""


def room_for_arrivals(n_pre: int, n_delays: int) -> Arrivals:
    """Room for all arrivals of one sample."""
    n = n_pre * n_delays
    return Arrivals(
        np.zeros(n), np.zeros(n, np.int32), np.zeros(n), np.zeros(n_pre, np.int32), np.zeros(1, np.int32)
    )


@kernel
def sort_arrivals(times, delays, tau, arrivals):
    """Every spike over every delay, in the order of arrival; `times` are infinite for who is silent.

    The delays grow, so each presynaptic neuron is a queue, and the earliest head of all queues is next.
    """
    arrivals.turn[:] = 0
    n, last = 0, -math.inf
    while True:
        first, when = -1, math.inf
        for i in range(times.size):
            if arrivals.turn[i] < delays.size and times[i] + delays[arrivals.turn[i]] < when:
                first, when = i, times[i] + delays[arrivals.turn[i]]
        if first < 0:
            break
        arrivals.when[n] = when
        arrivals.synapse[n] = first * delays.size + arrivals.turn[first]
        arrivals.decay[n] = exponential((last - when) / tau)
        arrivals.turn[first] += 1
        n, last = n + 1, when
    arrivals.total[0] = n


@kernel
def fire(w, arrivals, tau, v_th):
    """When a neuron first reaches the threshold, ms, and how steeply; infinite and 0 if it never does."""
    a, b, n = 0.0, 0.0, arrivals.total[0]
    for k in range(n):
        b += w[arrivals.synapse[k]] * math.e / tau
        now, then, next_a, next_b = arrivals.when[k], math.inf, 0.0, 0.0
        if k + 1 < n:
            then = arrivals.when[k + 1]
            next_a, next_b = step(a, b, then - now, arrivals.decay[k + 1])
        fired, s = crossing_in_gap(a, b, now, then, next_a, 1.0 / tau, v_th)
        if fired < math.inf:
            return fired, rise_at_threshold(b * exponential(-s / tau), v_th / tau)
        a, b = next_a, next_b
    return math.inf, 0.0


@kernel
def credit(w, arrivals, n_delays, tau, fired, share, by_w, by_time):
    """Backwards through one neuron that fired: adds to the slopes by its weights and by what reached it.

    `share` is the slope of the loss by the spike time, over x'. What an arrival has left decays from one to
    the next, so one exponential is enough.
    """
    k = arrivals.total[0] - 1
    while k >= 0 and arrivals.when[k] >= fired:
        k -= 1
    if k < 0:
        return
    left = exponential(1.0 - (fired - arrivals.when[k]) / tau) / tau
    while k >= 0:
        c, s = arrivals.synapse[k], fired - arrivals.when[k]
        by_w[c] -= share * s * left
        by_time[c // n_delays] += share * w[c] * (1.0 - s / tau) * left
        left *= arrivals.decay[k]
        k -= 1
