"""Five codes: their reader does what the functions of the library do, for spikes that jitter has moved."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    decode_bursts,
    decode_fields,
    decode_first_spikes,
    decode_level_crossings,
    decode_rates,
    join_windows,
    receptive_fields,
)
from snnlab.coding.codes.five_codes import (
    BURST,
    CODE_TIME,
    D_MAX,
    D_MIN,
    FIELDS,
    LEAD,
    LEVELS,
    RATE,
    TAU,
    THRESHOLD,
    WEAKEST,
    WINDOW,
    read_code,
    send,
    workplace,
)
from snnlab.coding.codes.windows import cut_windows
from snnlab.data import load_ecg

LOW, HIGH = -0.65, 0.65
HEART = load_ecg().values[2000:6000].round(4)
ROW = receptive_fields(FIELDS, LOW, HIGH)


def by_the_library(code, spikes):
    """What the functions of the library read from spikes over all windows."""
    if code == 4:
        return decode_level_crossings(spikes, 1.0, (HIGH - LOW) / LEVELS, HEART[0])
    cut = cut_windows(spikes, WINDOW)
    if code == 0:
        return join_windows(decode_rates(cut, RATE, LOW, HIGH), 1.0, WINDOW, HEART.size)
    early = Spikes(
        np.clip(cut.times - LEAD, 1e-9, CODE_TIME), cut.units, n_units=cut.n_units, duration=CODE_TIME
    )
    if code == 1:
        drive = decode_first_spikes(early, TAU, THRESHOLD)
        values = LOW + (HIGH - LOW) * (drive - WEAKEST) / (1 - WEAKEST)
    elif code == 2:
        values = decode_bursts(cut, BURST, D_MIN, D_MAX, LOW, HIGH)
        values[np.bincount(cut.units, minlength=cut.n_units) == 0] = np.nan  # a silent window has no answer
    else:
        values = decode_fields(early, ROW)
    return join_windows(np.clip(values, LOW, HIGH), 1.0, WINDOW, HEART.size)


@pytest.mark.parametrize("code", range(5))
@pytest.mark.parametrize("jitter", [0.0, 0.7, 3.0])
def test_the_readers_are_those_of_the_library(code, jitter):
    sent = send(HEART, LOW, HIGH)
    mine = slice(sent.begins[code], sent.begins[code + 1])
    times = sent.times[mine] + np.random.default_rng(code).normal(0, jitter, sent.times[mine].size)
    times = np.clip(times, 0, HEART.size - 1e-6)
    work = workplace(HEART.size, sent)
    off = read_code(code, times, sent.units[mine], HEART, ROW.centres, work, LOW, HIGH, ROW.width)
    n_units = (1, 1, 1, FIELDS, 2)[code]
    expected = by_the_library(code, Spikes(times, sent.units[mine], n_units=n_units, duration=HEART.size))
    assert work.line == pytest.approx(expected, abs=1e-7)
    assert off == pytest.approx(np.abs(expected - HEART).mean(), abs=1e-7)
