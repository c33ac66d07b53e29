"""Five codes of a heartbeat, and how a reader turns their spikes into the signal again.

The spikes are made by the functions of the package. The readers do as kernels what `decode_rates`,
`decode_first_spikes`, `decode_bursts`, `decode_fields` and `decode_level_crossings` of `snnlab.coding` do,
for spikes that jitter may have moved into another window. A test compares the two.
"""

import functools
import math
from typing import NamedTuple

import numpy as np

from snnlab import Spikes
from snnlab.coding import (
    encode_bursts,
    encode_fields,
    encode_first_spikes,
    encode_level_crossings,
    join_windows,
    receptive_fields,
    window_means,
)
from snnlab.coding.windows import line_up_windows
from snnlab.compiling import kernel
from snnlab.data import load_ecg

__all__ = ["Measured", "measured"]

BEGIN, STEPS = 2000, 4000  # steps of the recording, of 1 ms
WINDOW, LEAD, LOW, HIGH = 20.0, 2.0, -0.65, 0.65  # ms, ms, mV, mV
CODE_TIME = WINDOW - 2 * LEAD  # so that a spike which jitter moves seldom leaves its window
RATE, TAU, THRESHOLD, WEAKEST, LEVEL = 200.0, 8.0, 0.2, 0.25, 0.05  # Hz, ms, drive, drive, mV
BURST, D_MIN, D_MAX = 4, 2.0, 5.0  # spikes, ms, ms
FIELDS = receptive_fields(8, LOW, HIGH)
FIELD_WIDTH = FIELDS.width
ORDERS = 10  # in which the windows are shuffled


class Measured(NamedTuple):
    """What the recording gives."""

    heart: np.ndarray
    """The signal, mV."""
    times: np.ndarray
    """The spikes of all codes, one code after the other, ms."""
    units: np.ndarray
    """Who fires them, int32."""
    begins: np.ndarray
    """Where each code begins among them, and where the last one ends, int32."""
    constant: float
    """How far the mean of the signal is off on average, mV."""
    shuffled: float
    """The same for the right values of the windows in a wrong order, mean over ten orders."""


@functools.cache
def measured() -> Measured:
    """Four seconds of heart and the five codes of them."""
    heart = load_ecg().values[BEGIN : BEGIN + STEPS].round(4)
    values = window_means(heart, 1.0, WINDOW)
    drive = WEAKEST + (1 - WEAKEST) * (values - LOW) / (HIGH - LOW)
    interval = 1000.0 / (RATE * (values - LOW) / (HIGH - LOW))  # a train that starts in its middle
    counts = np.floor(WINDOW / interval + 0.5).astype(int)
    nth = np.concatenate([np.arange(n) + 0.5 for n in counts])
    told = np.repeat(np.arange(values.size), counts)
    codes = [line_up_windows(Spikes(nth * interval[told], told, n_units=values.size, duration=WINDOW))]
    for spikes in (
        encode_first_spikes(drive, TAU, THRESHOLD, CODE_TIME),
        encode_bursts(values, CODE_TIME, BURST, D_MIN, D_MAX, LOW, HIGH),
        encode_fields(values, FIELDS, CODE_TIME),
    ):
        later = Spikes(spikes.times + LEAD, spikes.units, n_units=spikes.n_units, duration=WINDOW)
        codes.append(line_up_windows(later, spikes.n_units // values.size))
    codes.append(encode_level_crossings(heart, 1.0, LEVEL))
    orders = [np.random.default_rng(seed).permutation(values) for seed in range(ORDERS)]
    wrong = [np.abs(join_windows(order, 1.0, WINDOW, STEPS) - heart).mean() for order in orders]
    return Measured(
        heart,
        np.concatenate([spikes.times for spikes in codes]).round(4),
        np.concatenate([spikes.units for spikes in codes]).astype(np.int32),
        np.cumsum([0] + [spikes.n_spikes for spikes in codes]).astype(np.int32),
        round(float(np.abs(heart - heart.mean()).mean()), 6),
        round(float(np.mean(wrong)), 6),
    )


@kernel
def _read_window(code, first, last, count, w, fields):
    """The value that the spikes of window `w` tell, NaN for none; `first` and `last` of each unit in ms."""
    span = HIGH - LOW
    if code == 0:
        return LOW + span * count[w] * 1000.0 / (RATE * WINDOW)
    if code == 3:
        return _read_row(first, w, fields)
    if count[w] == 0:
        return math.nan
    since = max(first[w, 0] - LEAD, 0.0)
    if code == 1:
        drive = THRESHOLD / -math.expm1(-max(since, 1e-9) / TAU)
        share = (drive - WEAKEST) / (1.0 - WEAKEST)
    else:
        number = min(count[w], BURST)
        top, bottom = number / BURST, (number - 1.0) / BURST
        share = 0.5 * (top + bottom)
        if count[w] > 1:
            interval = (last[w, 0] - first[w, 0]) / (count[w] - 1.0)
            share = min(max((D_MAX - interval) / (D_MAX - D_MIN), bottom), top)
    return LOW + span * min(max(share, 0.0), 1.0)


@kernel
def _read_row(first, w, fields):
    """The value behind the first spikes of a row of receptive fields: a parabola through their logarithms."""
    total, middle, alone = 0.0, 0.0, 0
    for j in range(fields.size):
        g = _answer(first[w, j])
        total += g * g
        middle += g * g * fields[j]
        alone += 1 if g > 0.0 else 0
    if alone == 0:
        return math.nan
    middle /= total
    above, below = 0.0, 0.0
    for j in range(fields.size):
        g = _answer(first[w, j])
        if g > 0.0 and alone > 1:
            z = (fields[j] - middle) / FIELD_WIDTH
            above += g * g * z * (math.log(g) + 0.5 * z * z)
            below += g * g * z * z
    value = middle + (FIELD_WIDTH * above / below if below > 0.0 else 0.0)
    return min(max(value, LOW), HIGH)


@kernel
def _answer(at):
    """How strongly a neuron of the row has answered that fires at `at` ms; ∞ for a silent one."""
    if at == math.inf:
        return 0.0
    return min(max(1.0 - (at - LEAD) / CODE_TIME, 0.0), 1.0)


@kernel
def _read(code, times, units, fields, heart, first, last, count, values, guess):
    """What a reader makes of the spikes of one code, step by step; returns its mean error, mV."""
    windows = values.size
    if code == 4:
        guess[:] = 0.0
        for s in range(times.size):
            at = math.ceil(times[s])
            if at < guess.size:
                guess[at] += LEVEL if units[s] == 0 else -LEVEL
        level = heart[0]
        for t in range(guess.size):
            level += guess[t]
            guess[t] = level
    else:
        first[:, :] = math.inf
        last[:, :] = -math.inf
        count[:] = 0
        for s in range(times.size):
            w = min(int(times[s] / WINDOW), windows - 1)
            since = times[s] - w * WINDOW
            count[w] += 1
            first[w, units[s]] = min(first[w, units[s]], since)
            last[w, units[s]] = max(last[w, units[s]], since)
        for w in range(windows):
            values[w] = _read_window(code, first, last, count, w, fields)
        _join(values, guess)
    off = 0.0
    for t in range(guess.size):
        off += abs(guess[t] - heart[t])
    return off / guess.size


@kernel
def _join(values, guess):
    """Straight lines between the middles of the windows that have an answer."""
    left, known = -1.0, 0.0
    for w in range(values.size + 1):
        end = w == values.size
        if not end and math.isnan(values[w]):
            continue
        right = guess.size if end else WINDOW * (w + 0.5) - 0.5
        now = known if end else values[w]
        for t in range(max(math.ceil(left), 0), min(math.ceil(right), guess.size)):
            part = (t - left) / (right - left) if left >= 0.0 else 1.0
            guess[t] = known + part * (now - known)
        left, known = right, now
