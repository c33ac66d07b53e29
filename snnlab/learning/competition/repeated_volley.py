"""The same wave of spikes again and again: a neuron with STDP answers it earlier each time.

Each of the inputs fires once in a volley, one after another and always in the same order. Those that fire
just before the neuron grow, those that fire after it shrink, and so the next answer needs fewer of them. It
runs forward until all that comes before it is at full strength. Between two volleys all is quiet for so long
that nothing is left of the one before but the weights.

Source: S. Song, K. D. Miller and L. F. Abbott (2000), Nature Neuroscience 3, 919–926.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, non_negative, whole
from snnlab.compiling import kernel
from snnlab.learning.competition.competition_outcome import with_percent, work
from snnlab.learning.competition.synaptic_competition import Competition, check_competition, run
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["RepeatedVolley", "repeated_volley"]

INPUTS, LENGTH, BEGIN, PERIOD, DT = 200, 20.0, 10.0, 50.0, 0.1  # ms
PARTS = 20  # of the volley, in which weights are averaged


class RepeatedVolley(NamedTuple):
    """When the neuron answers each volley, and which weights have grown.

    Examples
    --------
    >>> seen = repeated_volley(300, rng=np.random.default_rng(1))
    >>> bool(seen.learnt[0] > 0.9 and seen.learnt[-1] < 0.6)
    True
    """

    volley: np.ndarray
    """The number of each volley, from 1."""
    latencies: np.ndarray
    """From the beginning of each volley to the first spike of the neuron, ms; NaN if there is none."""
    arrives: np.ndarray
    """The middle of each of 20 parts of the volley, ms."""
    learnt: np.ndarray
    """The mean weight of the inputs that fire in each part, in the end."""
    w: np.ndarray
    """All weights after the last volley, in the order of the inputs."""
    latency: float
    """The latency in the last volley, ms; NaN without a spike."""
    spikes: int
    """The spikes of the neuron in it."""
    before: float
    """The latency in the first volley, ms; NaN without a spike."""


def repeated_volley(
    volleys: int,
    jitter: float = 1.0,
    numbers: Competition = Competition(g_max=0.03, a_plus=0.002),
    w: float = 0.5,
    *,
    rng: np.random.Generator | np.uint64,
) -> RepeatedVolley:
    """Send a volley of 200 spikes in 20 ms to a neuron with STDP, every 50 ms and without inhibition.

    Parameters
    ----------
    volleys : int
        How often, at least 1.
    jitter : float
        By how much a spike may come earlier or later than its place in the volley, ms.
    numbers
        The neuron and the rule; its inhibitory inputs are silent.
    w : float
        All weights at the start, from 0 to 1.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = repeated_volley(300, rng=np.random.default_rng(1))
    >>> print(f"after {seen.before:.0f} ms at first, then after {seen.latency:.0f} ms")
    after 14 ms at first, then after 8 ms
    """
    volleys, jitter, w = whole("volleys", volleys, 1), non_negative("jitter", jitter), fraction("w", w)
    told, numbers = recorded(volleys), check_competition(numbers)._replace(n_in=0)
    room, percent = work(INPUTS, round(PERIOD / DT), INPUTS), 100.0 * numbers.a_plus
    run_volleys(
        told, room, numbers, float(volleys), jitter, percent, w, LENGTH, PERIOD, BEGIN, DT, seed_from(rng)
    )
    return read(told)


def recorded(volleys: int) -> RepeatedVolley:
    """A blank record."""
    parts = dict.fromkeys(("arrives", "learnt"), PARTS)
    return blank(RepeatedVolley, volley=volleys, latencies=volleys, w=INPUTS, **parts)


@kernel
def _one_volley(places, jitter, begin, length, dt, k, seed):
    """The spikes of volley `k`, sorted: each input comes at its place, up to `jitter` earlier or later."""
    n = places.size
    for j in range(n):
        t = length * (j + 0.5) / n + jitter * (2.0 * uniform(seed, np.uint64(0), np.uint64(k * n + j)) - 1.0)
        place = math.floor((begin + max(-0.5 * begin, t)) / dt) * n + j
        i = j
        while i > 0 and places[i - 1] > place:
            places[i] = places[i - 1]
            i -= 1
        places[i] = place


@kernel
def run_volleys(told, work, numbers, volleys, jitter, percent, w_start, length, period, begin, dt, seed):
    """All volleys of which the record has the latencies; the rest of it is told of number `volleys`."""
    x, places, calm, times, state, used = work
    cell, w, parts = with_percent(numbers, percent), told.w, told.arrives.size
    w[:] = w_start
    calm[0] = math.inf  # no inhibition
    for i in range(parts):
        told.arrives[i] = length * (i + 0.5) / parts
    for k in range(told.volley.size):
        told.volley[k] = k + 1
        _one_volley(places, jitter, begin, length, dt, k, seed)
        used[0] = 0
        state[0], state[1], state[3], state[4] = cell.v_rest, 0.0, 1.0, 0.0  # long after the last volley
        x[:] = 0.0
        count = run(times, w, x, state, places, calm, used, 0, int(period / dt), 0.0, 0.0, dt, cell, seed)
        told.latencies[k] = times[0] - begin if count > 0 else math.nan
        if k == volleys - 1:
            for j in range(w.size):
                told.learnt[j * parts // w.size] += w[j] * parts / w.size
            told.latency[0], told.spikes[0] = told.latencies[k], count
    told.before[0] = told.latencies[0]
