r"""What a dead time and a slow swing of the rate do to the intervals and to the counts of random spikes.

After each spike nothing happens for a dead time $\tau$. At a steady rate $r$ an interval is below $x$ with
probability

$$ P(I < x) = 1 - e^{-r (x - \tau) / (1 - r \tau)}, \qquad x > \tau $$

and the coefficient of variation of the intervals is $1 - r \tau$. A rate that is higher for about a second,
and for the next as much lower, makes the intervals a little more irregular; the Fano factor of the counts
grows with the window in which one counts.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, fraction, non_negative, positive, whole
from snnlab.coding.statistics.irregularity import count_interval
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["DeadTimeStatistics", "dead_time_statistics"]

SPIKES = 100_000
LONGEST, INTERVAL_BIN = 100.0, 2.0  # ms, of the intervals
WIDEST, WINDOW_STEP = 400.0, 10.0  # ms, of the counting windows
_MOST_WINDOWS = 1e12  # in all of the train: more are not counted in whole numbers
STRETCH = 997.0  # ms, after which the rate goes from high to low or back: no multiple of any window


class DeadTimeStatistics(NamedTuple):
    """Intervals and counts of a long train.

    Examples
    --------
    >>> seen = dead_time_statistics(80.0, 5.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.cv:.1f}, {seen.theory:.1f} expected")
    0.6, 0.6 expected
    """

    intervals: np.ndarray
    """The share of the intervals in each bin of 2 ms, up to 100 ms, %."""
    law: np.ndarray
    """The share that is expected at a steady rate, %."""
    windows: np.ndarray
    """Counting windows, ms."""
    fano_curve: np.ndarray
    """The Fano factor of the counts in each of them."""
    n: int
    """How many spikes there are."""
    measured: float
    """Their rate, Hz."""
    cv: float
    """Coefficient of variation of the intervals."""
    fano: float
    """The Fano factor in the chosen window."""
    theory: float
    """The coefficient of variation at a steady rate, 1 − rτ."""


def dead_time_statistics(
    rate: float,
    dead_time: float,
    swing: float = 0.0,
    window: float = 100.0,
    spikes: int = SPIKES,
    *,
    rng: np.random.Generator | np.uint64,
) -> DeadTimeStatistics:
    """Draw a long train and measure its intervals and counts.

    Parameters
    ----------
    rate : float
        The mean rate, dead time and all, Hz.
    dead_time : float
        The shortest possible interval, ms.
    swing : float
        By how much the rate is higher and lower, % of it; up to 100.
    window : float
        A counting window, ms, of which two fit at least.
    spikes : int
        How many spikes are drawn, 1000 at least.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    DeadTimeStatistics

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> for swing in (0.0, 50.0):
    ...     seen = dead_time_statistics(40.0, 0.0, swing, window=400.0, rng=np.random.default_rng(1))
    ...     print(f"CV {seen.cv:.1f}, Fano factor {seen.fano:.0f}")
    CV 1.0, Fano factor 1
    CV 1.3, Fano factor 4
    """
    rate, dead_time, window = (
        positive("rate", rate),
        non_negative("dead_time", dead_time),
        positive("window", window),
    )
    share = fraction("swing / 100", as_real("swing", swing) / 100.0)
    spikes = whole("spikes", spikes, 1000)
    if rate * (1.0 + share) * dead_time >= 1000.0:
        least = 1000.0 / rate / (1.0 + share)
        raise ValueError(
            f"dead_time must be below the mean interval at most ({least:g} ms), got {dead_time:g}"
        )
    if 2.0 * max(window, WIDEST) > 500.0 * spikes / rate:
        raise ValueError(
            f"spikes must be enough for many windows of {max(window, WIDEST):g} ms, got {spikes}"
        )
    if 1000.0 * spikes / rate > _MOST_WINDOWS * min(window, WINDOW_STEP):
        least = 1000.0 * spikes / (_MOST_WINDOWS * min(window, WINDOW_STEP))
        raise ValueError(f"rate must be at least {least:g} Hz for {spikes} spikes, got {rate:g}")
    seen = recorded()
    numbers = (rate, dead_time, 100.0 * share, window, STRETCH, INTERVAL_BIN, WINDOW_STEP)
    run_statistics(seen, np.empty(spikes), *numbers, seed_from(rng))
    return read(seen)


def recorded() -> DeadTimeStatistics:
    """A blank record."""
    bins, windows = round(LONGEST / INTERVAL_BIN), round(WIDEST / WINDOW_STEP)
    return blank(DeadTimeStatistics, intervals=bins, law=bins, windows=windows, fano_curve=windows)


@kernel
def _fano(times, window):
    """Variance over mean of the spike counts in all whole windows; `times` in order."""
    windows = int(times[times.size - 1] / window)
    end, squares, total, here = window, 0.0, 0.0, 0.0
    for s in range(times.size):
        if times[s] >= end:
            squares += here * here
            w = int(times[s] / window)
            if w >= windows:
                break
            end, here = (w + 1) * window, 0.0
        here += 1.0
        total += 1.0
    mean = total / windows
    return squares / windows / mean - mean


@kernel
def _below(x, rate, dead_time):
    """The share of intervals below `x`; `rate` per ms."""
    return -math.expm1(-rate * max(x - dead_time, 0.0) / (1.0 - rate * dead_time))


@kernel
def _next_spike(t, wait, rate, dead_time, swing, stretch):
    """When the next spike after `t` comes, from an exponential number of mean 1; `rate` per ms."""
    t += dead_time
    while True:
        k = math.floor(t / stretch)
        now = rate * (1.0 + swing) if k % 2 == 0 else rate * (1.0 - swing)
        hazard = now / (1.0 - now * dead_time)
        end = (k + 1) * stretch
        if wait <= hazard * (end - t):
            return t + wait / hazard
        wait -= hazard * (end - t)
        t = end


@kernel
def run_statistics(seen, times, rate, dead_time, swing, window, stretch, width, step, seed):
    """A long train: its intervals and their law, its CV, and the Fano factor of each counting window."""
    per_ms, n = rate / 1000.0, times.size
    now, squares = 0.0, 0.0
    for s in range(n):
        wait = -math.log1p(-uniform(seed, 0, s))
        times[s] = _next_spike(now, wait, per_ms, dead_time, swing / 100.0, stretch)
        interval = times[s] - now
        now = times[s]
        squares += interval * interval
        count_interval(seen.intervals, interval, width, 100.0 / n)
    for b in range(seen.law.size):
        inside = _below((b + 1) * width, per_ms, dead_time) - _below(b * width, per_ms, dead_time)
        seen.law[b] = 100.0 * inside
    for k in range(seen.windows.size):
        seen.windows[k] = (k + 1) * step
        seen.fano_curve[k] = _fano(times, seen.windows[k])
    mean = now / n
    seen.n[0], seen.measured[0], seen.fano[0] = n, 1000.0 / mean, _fano(times, window)
    seen.cv[0] = math.sqrt(squares / n - mean * mean) / mean
    seen.theory[0] = 1.0 - per_ms * dead_time
