r"""Two Poisson neurons that share spikes, or a rhythm, and what their cross-correlogram makes of it.

Each has the rate $r$. A share $c$ of its spikes it has in common with the other one, but each moves its copy
by a jitter of its own. The rates of both may swing together with a period of 200 ms,
$r(t) = r\,(1 + m \cos(2 \pi t / 200))$, in step with the trials or drifting from trial to trial. Without a
swing the correlogram, in units of chance, is a bell of standard deviation $\sqrt 2\, \sigma$ on a floor of 1:

$$ 1 + \frac{c}{r}\, \frac{e^{-\ell^2 / 4 \sigma^2}}{\sqrt{4 \pi}\, \sigma} $$

The shift predictor foretells a swing in step with the trials; the jitter predictor everything that is slower
than its windows, here without drawing: each spike counts in all bins of its window alike.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, non_negative, positive, whole
from snnlab.coding.generators.inhomogeneous import rescale
from snnlab.coding.statistics.crosscorrelogram import count_pairs, expect_pairs
from snnlab.compiling import kernel
from snnlab.random import normal, seed_from, uniform
from snnlab.records import blank, read

__all__ = ["SharedSpikes", "shared_spikes"]

DURATION, DT, PERIOD = 1000.0, 1.0, 200.0  # ms: of a trial, of a step of the rate, of the swing
BIN, LAG, WINDOW = 2.0, 80.0, 20.0  # ms: of the correlogram, its end, of the jitter predictor
ROWS, SHOWN = 16, 400.0  # two rows a trial; ms
BINS, LAGS, PER_WINDOW = round(DURATION / BIN), 2 * round(LAG / BIN) + 1, round(WINDOW / BIN)
_MOVED_A, _MOVED_B, _DRIFTED = np.uint64(7), np.uint64(8), np.uint64(9)  # streams


class SharedSpikes(NamedTuple):
    """The spikes of both neurons, their cross-correlogram, and two predictors of it.

    Examples
    --------
    >>> seen = shared_spikes(20.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.lag[seen.pairs.argmax()]:.0f} ms")
    0 ms
    """

    a_times: Annotated[np.ndarray, "n"]
    """Spike times of one neuron, ms."""
    a_units: Annotated[np.ndarray, "n"]
    """Their trials, from 0."""
    b_times: Annotated[np.ndarray, "n_b"]
    """Spike times of the other one, ms."""
    b_units: Annotated[np.ndarray, "n_b"]
    """Their trials."""
    rows_times: Annotated[np.ndarray, "seen"]
    """The first 400 ms of eight trials, ms."""
    rows_units: Annotated[np.ndarray, "seen"]
    """Their rows, two a trial: one neuron, then the other."""
    lag: np.ndarray
    """Time of a spike of the second neuron minus that of one of the first, ms."""
    expected: np.ndarray
    """How many pairs two independent trains would have at each lag."""
    pairs: np.ndarray
    """How many there are, in units of these."""
    shifted: np.ndarray
    """How many each trial has with the next one: the shift predictor."""
    jittered: np.ndarray
    """How many there are on average if each spike of the second neuron falls anywhere in its 20 ms."""
    n: int
    """Spikes of the first neuron."""
    n_b: int
    """Spikes of the second one."""
    seen: int
    """Spikes in the rows."""
    rate_a: float
    """Rate of the first neuron, Hz."""
    rate_b: float
    """Rate of the second one, Hz."""
    peak: float
    """Pairs at lag 0, in units of chance."""
    by_shift: float
    """What the shift predictor says of them."""
    by_jitter: float
    """What the jitter predictor says."""
    shoulder: float
    """What is expected at the lag √2 σ without a swing; without jitter, on the flank of a peak of one bin."""


def shared_spikes(
    shared: float,
    jitter: float = 0.0,
    swing: float = 0.0,
    drift: float = 0.0,
    rate: float = 20.0,
    trials: int = 200,
    *,
    rng: np.random.Generator | np.uint64,
) -> SharedSpikes:
    """Draw trials of one second of two neurons, and count pairs.

    Parameters
    ----------
    shared : float
        Which share of its spikes each neuron has in common with the other, %.
    jitter : float
        How far each neuron moves its copy of them, standard deviation, ms.
    swing : float
        How far the rates of both go up and down, as a share of their mean, %.
    drift : float
        By up to so much later everything is in a trial, ms.
    rate : float
        Mean rate of each neuron, above 0, Hz.
    trials : int
        How many trials, 2 at least.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    SharedSpikes

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> sharp, blurred = (shared_spikes(20.0, jitter, rng=np.random.default_rng(1)) for jitter in (0.0, 10.0))
    >>> sharp.peak > 2 * blurred.peak and sharp.rate_a == blurred.rate_a
    True
    """
    shared, swing = _percent("shared", shared), _percent("swing", swing)
    jitter, drift = non_negative("jitter", jitter), non_negative("drift", drift)
    rate, trials = positive("rate", rate), whole("trials", trials, 2)
    expected = affordable(rate * DURATION * trials / 1000.0)
    told = recorded(math.ceil(expected + 10.0 * math.sqrt(expected) + 100.0))
    arrays = work(told.a_times.size, trials).values()
    run_shared(told, *arrays, shared, jitter, swing, drift, rate, seed_from(rng))
    return read(told)


def _percent(name: str, value: float) -> float:
    if non_negative(name, value) > 100:
        raise ValueError(f"{name} must be at most 100 %, got {value:g}")
    return float(value)


def recorded(room: int) -> SharedSpikes:
    """A blank record for so many spikes of a neuron."""
    times = {"a_times": room, "b_times": room, "rows_times": 500}
    units = {"a_units": room, "b_units": room, "rows_units": 500}
    lags = dict.fromkeys(("lag", "expected", "pairs", "shifted", "jittered"), LAGS)
    return blank(
        SharedSpikes, **times, **{name: np.zeros(size, np.int32) for name, size in units.items()}, **lags
    )


def work(room: int, trials: int) -> dict[str, np.ndarray]:
    """The arrays in which `run_shared` works: one train, its rate, and counts in bins."""
    train: dict[str, np.ndarray] = {"times": np.zeros(room), "units": np.zeros(room, np.int32)}
    counts = {name: np.zeros((BINS, trials)) for name in ("of_a", "of_b", "in_window")}
    return train | {"rate_now": np.zeros(round(DURATION / DT))} | counts


@kernel
def _copy(times, units, out_times, out_units, counts, n, count, jitter, drift, seed, stream):
    """Spikes as one neuron fires them, each moved by chance and each trial by its own drift, and counted."""
    for s in range(min(count, out_times.size - n)):
        at = times[s] + jitter * normal(seed, stream, s) + drift * uniform(seed, _DRIFTED, units[s])
        out_times[n] = at - DURATION * math.floor(at / DURATION)
        out_units[n] = units[s]
        counts[min(int(out_times[n] / BIN), BINS - 1), units[s]] += 1.0
        n += 1
    return n


@kernel
def _average(means, counts):
    """The mean of the counts in each window, in place of them."""
    for k in range(counts.shape[1]):
        for begin in range(0, BINS, PER_WINDOW):
            total = 0.0
            for b in range(begin, begin + PER_WINDOW):
                total += counts[b, k]
            for b in range(begin, begin + PER_WINDOW):
                means[b, k] = total / PER_WINDOW


@kernel
def _show(told, times, units, n, which, seen):
    """The rows of one neuron in the first trials; returns the number of spikes in all rows."""
    for s in range(n):
        row = 2 * units[s] + which
        if row < ROWS and times[s] < SHOWN and seen < told.rows_times.size:
            told.rows_times[seen] = times[s]
            told.rows_units[seen] = row
            seen += 1
    return seen


@kernel
def run_shared(
    told, times, units, rate_now, of_a, of_b, in_window, shared, jitter, swing, drift, rate, seed
):  # fmt: skip
    """Both trains of all trials, their cross-correlogram in units of chance, and two predictors of it."""
    trials, n_a, n_b = of_a.shape[1], 0, 0
    for part in range(3):  # what both have, what a has, what b has
        share = 0.01 * shared if part == 0 else 1.0 - 0.01 * shared
        for t in range(rate_now.size):
            wave = math.cos(2.0 * math.pi * (t + 0.5) * DT / PERIOD)
            rate_now[t] = share * rate / 1000.0 * (1.0 + 0.01 * swing * wave)
        key = np.uint64(seed) * np.uint64(3) + np.uint64(part)
        count = min(rescale(times, units, trials, rate_now, DT, key), times.size)
        moved = jitter if part == 0 else 0.0
        if part != 2:
            n_a = _copy(
                times, units, told.a_times, told.a_units, of_a, n_a, count, moved, drift, seed, _MOVED_A
            )
        if part != 1:
            n_b = _copy(
                times, units, told.b_times, told.b_units, of_b, n_b, count, moved, drift, seed, _MOVED_B
            )

    _average(in_window, of_b)
    expect_pairs(told.expected, of_a, of_b)
    count_pairs(told.pairs, of_a, of_b, 0)
    count_pairs(told.shifted, of_a, of_b, 1)
    count_pairs(told.jittered, of_a, in_window, 0)
    last = told.lag.size // 2
    for j in range(told.lag.size):
        told.lag[j] = (j - last) * BIN
        told.pairs[j] /= told.expected[j]
        told.shifted[j] /= told.expected[j]
        told.jittered[j] /= told.expected[j]

    told.n[0], told.rate_a[0] = n_a, 1000.0 * n_a / (trials * DURATION)
    told.n_b[0], told.rate_b[0] = n_b, 1000.0 * n_b / (trials * DURATION)
    seen = _show(told, told.a_times, told.a_units, n_a, 0, 0)
    told.seen[0] = _show(told, told.b_times, told.b_units, n_b, 1, seen)
    told.peak[0], told.by_shift[0], told.by_jitter[0] = (
        told.pairs[last],
        told.shifted[last],
        told.jittered[last],
    )
    # at a lag of one standard deviation the peak is down to this; without jitter it is one bin wide
    spread = math.sqrt(2.0 * jitter * jitter + BIN * BIN / (2.0 * math.pi))
    bell = math.exp(-0.5 * 2.0 * jitter * jitter / (spread * spread)) / (math.sqrt(2.0 * math.pi) * spread)
    told.shoulder[0] = 1.0 + 0.01 * shared * bell / (rate / 1000.0)
