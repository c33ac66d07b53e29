"""Five codes of one signal, and how their spikes are read when each may be a little early or late.

Four codes tell the mean of every 20 ms: a *count* of evenly spaced spikes (200 Hz at the top of the range), a
*first spike*, a *burst*, and a row of neurons with *preferred values*, as `encode_first_spikes`,
`encode_bursts` and `encode_fields` make them. The last three keep 2 ms away from both ends of the window, so
that a spike which jitter moves seldom leaves it. The fifth code is that of `encode_level_crossings`.

A reader cuts time into windows again, keeps to the range and joins the values by straight lines, as
`join_windows` does.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from snnlab.coding.codes.burst_code import encode_bursts
from snnlab.coding.codes.first_spike import encode_first_spikes
from snnlab.coding.codes.level_crossing import encode_level_crossings
from snnlab.coding.codes.receptive_fields import encode_fields, read_row, receptive_fields
from snnlab.coding.codes.windows import join_windows, line_up_windows, window_means
from snnlab.coding.values import shares
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["CODES"]

CODES = "count", "first spike", "burst", "preferred values", "level crossing"
"""The names of the codes, in the order of their numbers from 1."""

WINDOW, LEAD = 20.0, 2.0  # ms
CODE_TIME = WINDOW - 2 * LEAD
RATE, TAU, THRESHOLD, WEAKEST = 200.0, 8.0, 0.2, 0.25  # Hz, ms; drives where the strongest is 1
BURST, D_MIN, D_MAX = 4, 2.0, 5.0  # spikes, ms, ms
FIELDS, LEVELS = 8, 26  # neurons of a row; levels in the range
ORDERS = 10  # in which the windows are shuffled


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
    """The arrays in which a reader works, and the spikes that they get."""

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


def workplace(steps: int, sent: Sent) -> Work:
    """The arrays in which a reader works, and the spikes that they get."""
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
