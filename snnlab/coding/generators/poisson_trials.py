r"""Many trials of one Poisson process: what one row tells, and what all of them tell together.

The intervals are exponential. One of length $x$ can begin in only $T - x$ of a trial of length $T$, so there
are on average

$$ \int_0^x r^2 (T - s)\, e^{-r s}\, ds = r T - 1 - \left( r (T - x) - 1 \right) e^{-r x} $$

intervals below $x$ in a trial. The Fano factor of the counts is 1 in every window.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, non_negative, positive, steps_in, whole
from snnlab.coding.generators.poisson import BLOCK, run
from snnlab.coding.statistics.irregularity import count_interval
from snnlab.compiling import kernel
from snnlab.random import seed_from
from snnlab.records import blank, read
from snnlab.work_and_memory import afford

__all__ = ["PoissonTrials", "poisson_trials"]

BIN = 20.0  # ms, of the rate
LONGEST, INTERVAL_BIN = 200.0, 5.0  # ms, of the intervals


class PoissonTrials(NamedTuple):
    """The spikes of all trials, and what counting them tells.

    Examples
    --------
    >>> seen = poisson_trials(20.0, 50, rng=np.random.default_rng(1))
    >>> seen.n == seen.times.size == 50 * seen.measured
    True
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times, trial by trial, ms."""
    units: Annotated[np.ndarray, "n"]
    """Their trials, from 0."""
    strip: np.ndarray
    """The rate of all trials in bins of 20 ms, Hz."""
    intervals: np.ndarray
    """How many intervals between spikes of a trial fall into each bin of 5 ms, up to 200 ms."""
    law: np.ndarray
    """How many a Poisson process has there on average."""
    n: int
    """How many spikes there are."""
    measured: float
    """Their rate, Hz."""
    fano: float
    """Variance of the counts in windows over their mean; NaN without spikes."""


def poisson_trials(
    rate: float,
    trials: int,
    window: float = 100.0,
    duration: float = 1000.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> PoissonTrials:
    """Draw trials of a Poisson process and count.

    Parameters
    ----------
    rate : float
        Expected spikes a second, Hz.
    trials : int
        How many trials, two at least.
    window : float
        In which spikes are counted for the Fano factor, ms; it fits into the duration.
    duration : float
        Length of a trial, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    PoissonTrials

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = poisson_trials(80.0, 50, rng=np.random.default_rng(1))
    >>> print(f"Fano factor {seen.fano:.1f}")
    Fano factor 1.0
    """
    rate, trials = non_negative("rate", rate), whole("trials", trials, 2)
    window, duration = positive("window", window), positive("duration", duration)
    if window > duration:
        raise ValueError(f"window must fit into the duration ({duration:g} ms), got {window:g}")
    expected = affordable(rate * duration * trials / 1000.0)
    seen = recorded(math.ceil(expected + 10.0 * math.sqrt(expected) + 100.0), duration)
    windows = steps_in("duration in windows", duration, window)
    afford("trials and windows", numbers=0.5 * trials * windows)
    counts = np.zeros((trials, int(duration / window)), np.int32)
    widths = BIN, INTERVAL_BIN
    run_trials(seen, np.empty(BLOCK), counts, rate, float(trials), window, duration, *widths, seed_from(rng))
    return read(seen)


def recorded(room: int, duration: float) -> PoissonTrials:
    """A blank record for so many spikes."""
    strip, bins = math.ceil(duration / BIN), round(LONGEST / INTERVAL_BIN)
    units = np.zeros(room, np.int32)
    return blank(PoissonTrials, times=room, units=units, strip=strip, intervals=bins, law=bins)


@kernel
def _below(x, rate, duration):
    """How many intervals shorter than `x` a train has on average; `rate` per ms."""
    return rate * duration - 1.0 - (rate * (duration - x) - 1.0) * math.exp(-rate * x)


@kernel
def run_trials(seen, ahead, counts, rate, trials, window, duration, width, interval_width, seed):
    """Spikes of all trials, their rate in bins, the Fano factor of counts in windows, and the intervals."""
    times, units, trains, per_ms = seen.times, seen.units, int(trials), rate / 1000.0
    n = min(run(times, units, ahead, trains, per_ms, duration, seed), times.size)
    windows = int(duration / window)
    for s in range(n):
        seen.strip[min(int(times[s] / width), seen.strip.size - 1)] += 1000.0 / (width * trains)
        w = int(times[s] / window)
        if w < windows:
            counts[units[s], w] += 1
        if s > 0 and units[s] == units[s - 1]:
            count_interval(seen.intervals, times[s] - times[s - 1], interval_width, 1.0)
    for b in range(seen.law.size):
        longer = _below((b + 1) * interval_width, per_ms, duration)
        seen.law[b] = trains * (longer - _below(b * interval_width, per_ms, duration))
    total, squares = 0.0, 0.0
    for k in range(trains):
        for w in range(windows):
            total += counts[k, w]
            squares += counts[k, w] * counts[k, w]
    m = trains * windows
    mean = total / m
    seen.n[0], seen.measured[0] = n, 1000.0 * n / (duration * trains)
    seen.fano[0] = (squares - total * mean) / (m - 1) / mean
