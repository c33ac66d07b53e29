"""Five codes of one signal, each spike moved by the same jitter, and two rivals that read no spikes.

Four codes tell the mean of every 20 ms: a *count* of evenly spaced spikes (200 Hz at the top of the range), a
*first spike*, a *burst*, and a row of neurons with *preferred values*, as `encode_first_spikes`,
`encode_bursts` and `encode_fields` make them. The last three keep 2 ms away from both ends of the window, so
that a spike which jitter moves seldom leaves it. The fifth code is that of `encode_level_crossings`.

A reader cuts time into windows again, keeps to the range and joins the values by straight lines, as
`join_windows` does. What each is off by is the mean absolute error. Of the rivals one always says the mean of
the signal, the other has the right values in a wrong order.
"""

import math
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole
from snnlab.coding.codes.burst_code import encode_bursts
from snnlab.coding.codes.first_spike import encode_first_spikes
from snnlab.coding.codes.level_crossing import encode_level_crossings
from snnlab.coding.codes.receptive_fields import encode_fields, read_row, receptive_fields
from snnlab.coding.codes.windows import join_windows, line_up_windows, window_means
from snnlab.coding.trains import insert
from snnlab.coding.values import shares
from snnlab.compiling import kernel
from snnlab.random import normal, seed_from
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["CODES", "JitteredCodes", "jittered_codes"]

CODES = "count", "first spike", "burst", "preferred values", "level crossing"
"""The names of the codes, in the order of their numbers from 1."""

WINDOW, LEAD = 20.0, 2.0  # ms
CODE_TIME = WINDOW - 2 * LEAD
RATE, TAU, THRESHOLD, WEAKEST = 200.0, 8.0, 0.2, 0.25  # Hz, ms; drives where the strongest is 1
BURST, D_MIN, D_MAX = 4, 2.0, 5.0  # spikes, ms, ms
FIELDS, LEVELS = 8, 26  # neurons of a row; levels in the range
SHOWN, STRONGEST, POINTS, DRAWS = 1500, 3.0, 13, 10  # ms; the curves end at this jitter, ms; of the noise
ORDERS = 10  # of the windows


class JitteredCodes(NamedTuple):
    """How far each code is off, and what a reader makes of one of them.

    Examples
    --------
    >>> signal = 0.5 + 0.3 * np.sin(np.arange(2000) / 100.0)
    >>> seen = jittered_codes(signal, 0.0, 2, rng=np.random.default_rng(1))
    >>> seen.error < seen.constant < seen.shuffled
    True
    """

    jitters: np.ndarray
    """Jitters from 0 to 3 ms."""
    by_count: np.ndarray
    """The error of the count under each, mean over ten draws of the noise, in the unit of the signal."""
    by_time: np.ndarray
    """That of the first spike."""
    by_burst: np.ndarray
    """That of the burst."""
    by_row: np.ndarray
    """That of the preferred values."""
    by_level: np.ndarray
    """That of the level crossings."""
    mean: np.ndarray
    """The error of the mean of the signal, as often."""
    mixed: np.ndarray
    """The error of the windows in a wrong order, as often."""
    draws: np.ndarray
    """The error of the chosen code at the chosen jitter in each draw of the noise."""
    guess: np.ndarray
    """What a reader makes of its first draw, each millisecond of the first 1.5 s."""
    signal: np.ndarray
    """The signal there."""
    ticks: Annotated[np.ndarray, "n_shown"]
    """The spikes there, ms."""
    error: float
    """Mean of the draws."""
    scatter: float
    """Their standard deviation."""
    n: int
    """Spikes of the chosen code."""
    n_shown: int
    """Spikes in the first 1.5 s."""
    which: int
    """The chosen code, from 0."""
    constant: float
    """How far the mean of the signal is off."""
    shuffled: float
    """How far the right values in a wrong order are off, mean over ten orders."""


class Sent(NamedTuple):
    """The spikes of all codes, one code after the other."""

    times: np.ndarray
    """Spike times, ms."""
    units: np.ndarray
    """Who fires them, int32."""
    begins: np.ndarray
    """Where each code begins among them, and where the last one ends, int32."""
    rivals: np.ndarray
    """How far the mean and the shuffled windows are off."""


class Work(NamedTuple):
    """The arrays in which `run_codes` works."""

    moved: Any
    """The spikes of one code after the jitter, ms."""
    first: Any
    """The first spike of each unit in each window, ms."""
    last: Any
    """The last one."""
    counts: Any
    """All spikes in each window."""
    values: Any
    """What a reader takes each window for."""
    line: Any
    """What they make of the signal."""


def jittered_codes(
    signal: ArrayLike,
    jitter: float,
    code: int,
    low: float = 0.0,
    high: float = 1.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> JitteredCodes:
    """Tell a signal in five codes, and read one of them after each spike was moved.

    Parameters
    ----------
    signal : array of shape (steps,)
        Its value in each millisecond, from `low` to `high`; whole windows of 20 ms.
    jitter : float
        How far each spike is moved, standard deviation, ms.
    code : int
        Which code is looked at closely: 1 to 5, in the order of `CODES`.
    low, high : float
        The ends of the range, which the reader knows.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    JitteredCodes

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> signal = 0.5 + 0.3 * np.sin(np.arange(2000) / 100.0)
    >>> for code, name in enumerate(CODES, start=1):
    ...     seen = jittered_codes(signal, 1.0, code, rng=np.random.default_rng(1))
    ...     print(f"{name}: {seen.n} spikes, off by {seen.error:.3f}")
    count: 204 spikes, off by 0.047
    first spike: 100 spikes, off by 0.128
    burst: 256 spikes, off by 0.078
    preferred values: 292 spikes, off by 0.006
    level crossing: 91 spikes, off by 0.020
    >>> print(f"always the mean: off by {seen.constant:.3f}")
    always the mean: off by 0.188
    """
    values = finite_array("signal", signal, (1,), "(steps,)")
    jitter, code = non_negative("jitter", jitter), whole("code", code, 1)
    if code > len(CODES):
        raise ValueError(f"code must be at most {len(CODES)}, got {code}")
    if not values.size or values.size % WINDOW:
        raise ValueError(f"signal must have whole windows of {WINDOW:.0f} ms, got {values.size} ms")
    sent, fields = send(values, low, high), receptive_fields(FIELDS, low, high)
    told, work, seed = recorded(values.size, sent), workplace(values.size, sent), seed_from(rng)
    run_codes(
        told, values, *sent, fields.centres, work, jitter, code, fields.low, fields.high, fields.width, seed
    )
    return read(told)


def send(signal: np.ndarray, low: float, high: float) -> Sent:
    """The signal in all codes."""
    means = window_means(signal, 1.0, WINDOW)
    share = shares(means, low, high)
    with np.errstate(divide="ignore"):
        interval = 1000.0 / (RATE * share)  # a train that starts in its middle
    counts = np.floor(WINDOW / interval + 0.5).astype(int)
    nth = np.concatenate([np.arange(n) + 0.5 for n in counts])
    whose = np.repeat(np.arange(means.size), counts)
    codes = [line_up_windows(Spikes(nth * interval[whose], whose, n_units=means.size, duration=WINDOW))]
    for spikes in (
        encode_first_spikes(WEAKEST + (1 - WEAKEST) * share, TAU, THRESHOLD, CODE_TIME),
        encode_bursts(means, CODE_TIME, BURST, D_MIN, D_MAX, low, high),
        encode_fields(means, receptive_fields(FIELDS, low, high), CODE_TIME),
    ):
        later = Spikes(spikes.times + LEAD, spikes.units, n_units=spikes.n_units, duration=WINDOW)
        codes.append(line_up_windows(later, spikes.n_units // means.size))
    codes.append(encode_level_crossings(signal, 1.0, (high - low) / LEVELS))
    orders = [np.random.default_rng(seed).permutation(means) for seed in range(ORDERS)]
    wrong = [np.abs(join_windows(order, 1.0, WINDOW, signal.size) - signal).mean() for order in orders]
    return Sent(
        np.concatenate([spikes.times for spikes in codes]).round(4),
        np.concatenate([spikes.units for spikes in codes]).astype(np.int32),
        np.cumsum([0] + [spikes.n_spikes for spikes in codes]).astype(np.int32),
        np.array([np.abs(signal - signal.mean()).mean(), np.mean(wrong)]).round(6),
    )


def recorded(steps: int, sent: Sent) -> JitteredCodes:
    """A blank record."""
    curves = ("jitters", "by_count", "by_time", "by_burst", "by_row", "by_level", "mean", "mixed")
    shown = dict.fromkeys(("guess", "signal"), min(SHOWN, steps))
    room = int(np.diff(sent.begins).max())
    return blank(JitteredCodes, **dict.fromkeys(curves, POINTS), draws=DRAWS, **shown, ticks=room)


def workplace(steps: int, sent: Sent) -> Work:
    """The arrays in which `run_codes` works."""
    windows, room = round(steps / WINDOW), int(np.diff(sent.begins).max())
    first, last = np.zeros((2, windows, FIELDS))
    return Work(np.zeros(room), first, last, np.zeros(windows, np.int32), np.zeros(windows), np.zeros(steps))


@kernel
def _value(code, work, w, centres, low, high, width):
    """The value that the spikes of window `w` tell, NaN for none."""
    n, first = work.counts[w], work.first[w]
    if code == 0:
        return low + (high - low) * n * 1000.0 / (RATE * WINDOW)
    if n == 0:
        return math.nan
    if code == 3:
        for j in range(first.size):  # from a time to an answer, which is 0 for a silent neuron
            first[j] = min(max(1.0 - (first[j] - LEAD) / CODE_TIME, 0.0), 1.0)
        value = read_row(first, centres, width)
        return value if math.isnan(value) else min(max(value, low), high)
    since = max(first[0] - LEAD, 0.0)
    if code == 1:
        share = (THRESHOLD / -math.expm1(-max(since, 1e-9) / TAU) - WEAKEST) / (1.0 - WEAKEST)
    else:
        number = min(n, BURST)
        top, bottom = number / BURST, (number - 1.0) / BURST
        share = 0.5 * (top + bottom)
        if n > 1:
            interval = (work.last[w, 0] - first[0]) / (n - 1.0)
            share = min(max((D_MAX - interval) / (D_MAX - D_MIN), bottom), top)
    return low + (high - low) * min(max(share, 0.0), 1.0)


@kernel
def _join(values, line):
    """Straight lines between the middles of the windows that have an answer."""
    left, known = -1.0, 0.0
    for w in range(values.size + 1):
        end = w == values.size
        if not end and math.isnan(values[w]):
            continue
        right = line.size if end else WINDOW * (w + 0.5) - 0.5
        now = known if end else values[w]
        for t in range(max(math.ceil(left), 0), min(math.ceil(right), line.size)):
            part = (t - left) / (right - left) if left >= 0.0 else 1.0
            line[t] = known + part * (now - known)
        left, known = right, now


@kernel
def read_code(code, times, units, signal, centres, work, low, high, width):
    """What a reader makes of the spikes of one code, from 0, step by step; returns their mean error."""
    line = work.line
    if code == 4:
        line[:] = 0.0
        for s in range(times.size):
            at = math.ceil(times[s])
            if at < line.size:
                line[at] += (high - low) / LEVELS if units[s] == 0 else -(high - low) / LEVELS
        level = signal[0]
        for t in range(line.size):
            level += line[t]
            line[t] = level
    else:
        work.first[:, :] = math.inf
        work.last[:, :] = -math.inf
        work.counts[:] = 0
        for s in range(times.size):
            w = min(int(times[s] / WINDOW), work.values.size - 1)
            since = times[s] - w * WINDOW
            work.counts[w] += 1
            work.first[w, units[s]] = min(work.first[w, units[s]], since)
            work.last[w, units[s]] = max(work.last[w, units[s]], since)
        for w in range(work.values.size):
            work.values[w] = _value(code, work, w, centres, low, high, width)
        _join(work.values, line)
    off = 0.0
    for t in range(line.size):
        off += abs(line[t] - signal[t])
    return off / line.size


@kernel
def _draw(draws, code, jitter, times, units, begins, signal, centres, work, low, high, width, seed):
    """The error of a code in each draw of the noise, and their mean; the first draw remains in `work`."""
    begin, end, total = begins[code], begins[code + 1], 0.0
    moved = work.moved[: end - begin]
    for d in range(draws.size - 1, -1, -1):
        for s in range(begin, end):
            at = times[s] + jitter * normal(np.uint64(seed), np.uint64(d), np.uint64(s))
            moved[s - begin] = min(max(at, 0.0), signal.size - 1e-6)
        draws[d] = read_code(code, moved, units[begin:end], signal, centres, work, low, high, width)
        total += draws[d]
    return total / draws.size


@kernel
def run_codes(
    told, recording, times, units, begins, rivals, centres, work, jitter, code, low, high, width, seed
):  # fmt: skip
    """Each code at each jitter, and the chosen one at the chosen jitter."""
    sent = times, units, begins, recording, centres, work, low, high, width, seed
    draws, chosen = told.draws, int(code) - 1
    for k in range(POINTS):
        sigma = STRONGEST * k / (POINTS - 1)
        told.jitters[k], told.mean[k], told.mixed[k] = sigma, rivals[0], rivals[1]
        told.by_count[k] = _draw(draws, 0, sigma, *sent)
        told.by_time[k] = _draw(draws, 1, sigma, *sent)
        told.by_burst[k] = _draw(draws, 2, sigma, *sent)
        told.by_row[k] = _draw(draws, 3, sigma, *sent)
        told.by_level[k] = _draw(draws, 4, sigma, *sent)
    error, square = _draw(draws, chosen, jitter, *sent), 0.0
    for d in range(DRAWS):
        square += (draws[d] - error) ** 2
    told.error[0], told.scatter[0], told.which[0] = error, math.sqrt(square / (DRAWS - 1.0)), chosen
    told.constant[0], told.shuffled[0] = rivals[0], rivals[1]
    n, shown = begins[chosen + 1] - begins[chosen], 0
    for s in range(n):
        if work.moved[s] < told.signal.size:
            insert(told.ticks, shown, work.moved[s])
            shown += 1
    told.n[0], told.n_shown[0] = n, shown
    for t in range(told.signal.size):
        told.signal[t], told.guess[t] = recording[t], work.line[t]
