r"""A pattern that comes back again and again in the noise of many inputs.

Each input is a Poisson train whose rate $r$ wanders, in steps $\delta t$ of 1 ms, between 0 and 90 Hz:

$$ r \mathrel{+}= s\,\delta t, \qquad s \mathrel{+}= U(-360, 360)\ \mathrm{Hz/s}, \quad
|s| \le 1800\ \mathrm{Hz/s} $$

An input that was silent for 50 ms fires. Of half of the inputs a stretch of 50 ms is kept, the *pattern*.
Time is a row of such stretches. In a quarter of them, never in two that follow each other, these inputs
repeat the pattern instead of going on at random, each spike shifted by a normal deviate of 1 ms. Last, all
inputs get spikes of their own at 10 Hz.

How many spikes there are hardly tells where the pattern is. Their times do.

Source: T. Masquelier, R. Guyonneau and S. J. Thorpe (2008), Spike timing dependent plasticity finds the start
of repeating patterns in continuous spike trains, PLoS ONE 3, e1377.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np

from snnlab.checks import affordable, fraction, non_negative, whole
from snnlab.compiling import kernel
from snnlab.foreign_arrays import plain
from snnlab.random import normal, philox, seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["PATTERN_LENGTH", "HiddenPattern", "hidden_pattern"]

PATTERN_LENGTH = 50.0  # ms
HIGHEST, FASTEST, CHANGE, NOISE = 90.0, 1800.0, 360.0, 10.0  # Hz, Hz/s, Hz/s, Hz


def _yes_or_no(name: str, value: Any) -> np.ndarray:
    """`value` as an array of True and False."""
    array = plain(name, value)
    if not isinstance(array, np.ndarray) or array.dtype != bool or array.ndim != 1:
        raise TypeError(f"{name} must be an array of True and False of shape (stretches,), got {array!r:.60}")
    return array


class HiddenPattern(NamedTuple):
    """Inputs with a pattern in them.

    Examples
    --------
    >>> found = hidden_pattern(1000, n=20, rng=np.random.default_rng(1))
    >>> found.shown.shape, found.pattern.duration
    ((20,), 50.0)
    """

    spikes: Spikes
    """The spikes of all inputs; the first ones are those that take part in the pattern."""
    shown: Annotated[np.ndarray, _yes_or_no]
    """Whether each stretch of 50 ms holds the pattern, bool."""
    pattern: Spikes
    """The pattern itself, without shifts and without noise."""


def hidden_pattern(
    duration: float,
    n: int = 500,
    share: float = 0.5,
    jitter: float = 1.0,
    *,
    rng: np.random.Generator,
) -> HiddenPattern:
    """Draw inputs among which a pattern of 50 ms is hidden.

    Parameters
    ----------
    duration : float
        How long, ms; what is left after whole stretches of 50 ms stays empty.
    n : int
        Number of inputs.
    share : float
        Which part of the inputs takes part in the pattern, from 0 to 1.
    jitter : float
        Standard deviation of the shift of each spike of the pattern, ms.
    rng
        The source of chance. One number is drawn from it.

    Returns
    -------
    HiddenPattern
        `spikes` (n units), `shown` (stretches,), `pattern` (n units).

    Raises
    ------
    ValueError
        If more than 100 million spikes are expected.

    Examples
    --------
    >>> found = hidden_pattern(10_000, rng=np.random.default_rng(1))
    >>> print(f"{found.spikes.rates.mean():.0f} Hz, {found.shown.mean():.0%}")
    62 Hz, 28%
    """
    n, duration = whole("n", n, least=1), non_negative("duration", duration)
    share, jitter = fraction("share", share), non_negative("jitter", jitter)
    affordable(0.07 * n * duration)
    seed, stretches, members = seed_from(rng), int(duration / PATTERN_LENGTH), round(share * n)
    state, room = np.empty((3, n)), n * round(3 * PATTERN_LENGTH)
    times, units = np.empty(room), np.empty(room, np.int64)
    _start(state, seed)
    count = _stretch(times, units, state, 0, 0, 0.0, seed)
    kept = np.flatnonzero(units[:count] < members)
    pattern = Spikes(times[kept], units[kept], n_units=n, duration=PATTERN_LENGTH)

    shown = np.zeros(stretches, bool)
    all_times, all_units = [np.empty(0)], [np.empty(0, np.int64)]
    for k in range(stretches):
        chance = uniform(seed, np.uint64(2 * n), np.uint64(k))
        shown[k] = chance < 1 / 3 and not (k and shown[k - 1])  # a quarter of all in the long run
        count = _stretch(times, units, state, k + 1, members if shown[k] else 0, NOISE, seed)
        if shown[k]:
            count = _repeat(times, units, state, count, pattern.times, pattern.units, jitter, k, seed)
        all_times.append(times[:count] + k * PATTERN_LENGTH)
        all_units.append(units[:count].copy())
    spikes = Spikes(np.concatenate(all_times), np.concatenate(all_units), n_units=n, duration=duration)
    return HiddenPattern(spikes, shown, pattern)


@kernel
def _start(state, seed):
    """A rate for each input, how fast it changes, and how long ago its last spike was."""
    n = state.shape[1]
    for j in range(n):
        state[0, j] = HIGHEST * uniform(seed, np.uint64(n + j), np.uint64(0))
        state[1, j] = FASTEST * (2.0 * uniform(seed, np.uint64(n + j), np.uint64(1)) - 1.0)
        state[2, j] = PATTERN_LENGTH * uniform(seed, np.uint64(n + j), np.uint64(2))


@kernel
def _walk(rate, speed, u):
    """The rate of an input and its speed after 1 ms, from a uniform number."""
    speed = min(FASTEST, max(-FASTEST, speed + CHANGE * (2.0 * u - 1.0)))
    return min(HIGHEST, max(0.0, rate + speed / 1000.0)), speed


@kernel
def _stretch(times, units, state, k, quiet, noise, seed):
    """The spikes of stretch `k` at random, the first `quiet` inputs by noise only; returns their number."""
    count, length = 0, int(PATTERN_LENGTH)
    for ms in range(length):
        for j in range(state.shape[1]):
            a, b = philox(seed, np.uint64(j), np.uint64(k * length + ms))
            x = (a >> np.uint64(11)) * 2.0**-53
            u = (b >> np.uint64(11)) * 2.0**-53
            state[0, j], state[1, j] = _walk(state[0, j], state[1, j], x)
            state[2, j] += 1.0
            p = (noise + (state[0, j] if j >= quiet else 0.0)) / 1000.0
            fires = u < p
            if fires or (j >= quiet and state[2, j] >= PATTERN_LENGTH):
                times[count] = ms + (
                    u / p if fires else (u - p) / (1.0 - p)
                )  # a uniform number in both cases
                units[count] = j
                state[2, j] = 0.0
                count += 1
    return count


@kernel
def _repeat(times, units, state, count, at, who, jitter, k, seed):
    """Add the pattern, each spike shifted and turned back at the ends; returns how many spikes there are."""
    for e in range(at.size):
        t = at[e] + jitter * normal(seed, np.uint64(2 * state.shape[1] + 1), np.uint64(k * at.size + e))
        t = min(abs(t), 2.0 * PATTERN_LENGTH - 1e-9 - abs(t)) if abs(t) < 2 * PATTERN_LENGTH else at[e]
        times[count] = t
        units[count] = who[e]
        state[2, who[e]] = PATTERN_LENGTH - t
        count += 1
    return count
