"""What becomes of a neuron whose synapses compete: where the weights go, how fast and how regularly it fires.

The neuron and its rule are those of `snnlab.learning.compete`, with inputs that fire at random. The weights
are those at the end; rate and irregularity are measured in the last quarter of the time.

Source: S. Song, K. D. Miller and L. F. Abbott (2000), Nature Neuroscience 3, 919–926.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import affordable, fraction, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.competition.synaptic_competition import (
    BLOCK,
    Competition,
    check_competition,
    draw_places,
    run,
)
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["CompetitionOutcome", "competition_outcome"]

BINS = 25  # of the weights


class CompetitionOutcome(NamedTuple):
    """The weights at the end, and how the neuron fires.

    Examples
    --------
    >>> seen = competition_outcome(20.0, 4, Competition(a_plus=0.0), rng=np.random.default_rng(1))
    >>> print(f"{seen.mean:.2f}")  # nothing was learnt
    0.50
    """

    w: np.ndarray
    """The weights at the end, from 0 to 1, shape (n,)."""
    weights: np.ndarray
    """How many of them there are in each of 25 bins from 0 to 1."""
    time: np.ndarray
    """The middle of each second, s."""
    rates: np.ndarray
    """The rate of the neuron in each second, Hz; NaN in one that is not whole."""
    late: float
    """Its rate in the last quarter of the time, Hz."""
    cv: float
    """The coefficient of variation of its intervals there; NaN with fewer than two."""
    low: float
    """Weights below 0.2, %."""
    high: float
    """Weights above 0.8, %."""
    mean: float
    """The mean weight."""


class Work(NamedTuple):
    """The arrays in which `run` of `snnlab.learning.competition.synaptic_competition` works."""

    x: np.ndarray
    places: np.ndarray
    calm: np.ndarray
    times: np.ndarray
    state: np.ndarray
    used: np.ndarray


def competition_outcome(
    rate: float,
    seconds: int,
    numbers: Competition = Competition(),
    w: float = 0.5,
    *,
    n: int = 1000,
    dt: float = 0.1,
    rng: np.random.Generator | np.uint64,
) -> CompetitionOutcome:
    """Let the synapses of one neuron compete under random inputs, and see what has become of them.

    Parameters
    ----------
    rate : float
        Rate of each excitatory input, Hz.
    seconds : int
        How long, s.
    numbers
        The neuron, its inhibition and the rule; ``a_plus=0`` keeps the weights as they are.
    w : float
        All weights at the start, from 0 to 1.
    n : int
        Number of excitatory inputs.
    dt : float
        Length of a step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = competition_outcome(20.0, 40, Competition(a_plus=0.02), rng=np.random.default_rng(1))
    >>> seen.low > seen.high > 0
    True
    """
    rate, dt, numbers = positive("rate", rate), positive("dt", dt), check_competition(numbers)
    n, seconds, w = whole("n", n, 1), whole("seconds", seconds, 1), fraction("w", w)
    for name, each in (("rate", rate), ("rate_in", numbers.rate_in)):
        if each * dt >= 1000.0:
            raise ValueError(f"{name} must be below one spike a step ({1000.0 / dt:g} Hz), got {each:g}")
    affordable(rate * seconds * n)
    seen, second, percent, seed = (
        recorded(n, seconds),
        round(1000.0 / dt),
        100.0 * numbers.a_plus,
        seed_from(rng),
    )
    run_outcome(seen, work(n, second), numbers, rate, percent, float(seconds), w, second, dt, seed)
    return read(seen)


def recorded(n: int, seconds: int) -> CompetitionOutcome:
    """A blank record."""
    return blank(CompetitionOutcome, w=n, weights=BINS, time=seconds, rates=seconds)


def work(n: int, steps: int, places: int = BLOCK) -> Work:
    """Room for `n` inputs, of whose spikes so many are known at a time, and for the spikes of some steps."""
    arrays: list[np.ndarray] = [np.zeros(size) for size in (n, places, BLOCK, steps, 5)]
    arrays.append(np.zeros(4, np.int32))
    return Work(*arrays)


@kernel
def with_percent(numbers, percent):
    """The same neuron, with a largest potentiation of `percent` % in place of its own."""
    return Competition(
        numbers.tau_m, numbers.v_rest, numbers.v_th, numbers.v_reset, numbers.e_ex, numbers.e_in,
        numbers.tau_ex, numbers.tau_in, numbers.g_max, numbers.g_in, numbers.n_in, numbers.rate_in,
        percent / 100.0, numbers.alpha, numbers.tau_plus, numbers.tau_minus,
    )  # fmt: skip


@kernel
def run_outcome(seen, work, numbers, rate, percent, seconds, w_start, second, dt, seed):
    """Second after second of `second` steps; the record may have room for more than `seconds`."""
    x, places, calm, times, state, used = work
    cell = with_percent(numbers, percent)
    p, p_in = rate * dt / 1000.0, cell.rate_in * dt / 1000.0
    seen.w[:] = w_start
    places[places.size - 1], calm[calm.size - 1] = -1.0, -1.0
    draw_places(places, p, seed, 0, 0)
    if cell.n_in > 0 and p_in > 0.0:
        draw_places(calm, p_in, seed, 1, 0)
    else:
        calm[0] = math.inf
    state[0], state[3] = cell.v_reset, 1.0
    used[1], used[3] = places.size, calm.size
    last, total, squares, intervals, late = math.nan, 0.0, 0.0, 0, 0
    quarter = 0.75 * 1000.0 * seconds
    for s in range(seen.time.size):
        seen.time[s], seen.rates[s] = s + 0.5, math.nan
        if s >= seconds:
            continue
        first = s * second
        n = run(times, seen.w, x, state, places, calm, used, first, first + second, p, p_in, dt, cell, seed)
        seen.rates[s] = 1000.0 * n / (second * dt)
        for k in range(n):
            if times[k] > quarter:
                late += 1
                if last > quarter:
                    interval = times[k] - last
                    total += interval
                    squares += interval * interval
                    intervals += 1
            last = times[k]
    seen.late[0], seen.cv[0] = 1000.0 * late / (1000.0 * seconds - quarter), math.nan
    if intervals > 1:
        average = total / intervals
        seen.cv[0] = math.sqrt(max(squares / intervals - average * average, 0.0)) / average
    low, high = 0, 0
    for w in seen.w:
        seen.weights[min(seen.weights.size - 1, int(w * seen.weights.size))] += 1
        low += w < 0.2
        high += w > 0.8
        seen.mean[0] += w / seen.w.size
    seen.low[0], seen.high[0] = 100.0 * low / seen.w.size, 100.0 * high / seen.w.size
