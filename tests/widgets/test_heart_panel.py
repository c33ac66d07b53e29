"""The panel of the heart: its readers against those of the package, and what the chapter says about them."""

import numpy as np
import pytest
from snnlab_widgets import heart_panel
from snnlab_widgets.chapters.chapter07.heart import DRAWS, MOST
from snnlab_widgets.chapters.chapter07.heart_codes import (
    BURST,
    CODE_TIME,
    D_MAX,
    D_MIN,
    FIELDS,
    HIGH,
    LEAD,
    LEVEL,
    LOW,
    RATE,
    STEPS,
    TAU,
    THRESHOLD,
    WEAKEST,
    WINDOW,
    _read,
    measured,
)

from snnlab import Spikes
from snnlab.coding import (
    decode_bursts,
    decode_fields,
    decode_first_spikes,
    decode_level_crossings,
    decode_rates,
    join_windows,
)
from snnlab.coding.windows import cut_windows


def by_the_package(code, spikes, heart):
    """What the functions of the package read from spikes over all windows."""
    if code == 4:
        return decode_level_crossings(spikes, 1.0, LEVEL, heart[0])
    cut = cut_windows(spikes, WINDOW)
    if code == 0:
        return join_windows(decode_rates(cut, RATE, LOW, HIGH), 1.0, WINDOW, STEPS)
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
        values = decode_fields(early, FIELDS)
    return join_windows(np.clip(values, LOW, HIGH), 1.0, WINDOW, STEPS)


@pytest.mark.parametrize("code", range(5))
@pytest.mark.parametrize("jitter", [0.0, 0.7, 3.0])
def test_the_readers_are_those_of_the_package(code, jitter):
    told = measured()
    mine = slice(told.begins[code], told.begins[code + 1])
    times = told.times[mine] + np.random.default_rng(code).normal(0, jitter, told.times[mine].size)
    times = np.clip(times, 0, STEPS - 1e-6)
    n_units = (1, 1, 1, FIELDS.centres.size, 2)[code]
    windows, guess = round(STEPS / WINDOW), np.empty(STEPS)
    first, last = np.empty((2, windows, FIELDS.centres.size))
    work = first, last, np.empty(windows, np.int32), np.empty(windows)
    off = _read(code, times, told.units[mine], FIELDS.centres, told.heart, *work, guess)
    expected = by_the_package(
        code, Spikes(times, told.units[mine], n_units=n_units, duration=STEPS), told.heart
    )
    assert guess == pytest.approx(expected, abs=1e-7)
    assert off == pytest.approx(np.abs(expected - told.heart).mean(), abs=1e-7)


def test_without_jitter_each_code_beats_the_mean_and_the_mean_beats_a_shuffle():
    seen = heart_panel(engine="kernel").result
    exact = [seen.by_count[0], seen.by_time[0], seen.by_burst[0], seen.by_row[0], seen.by_level[0]]
    assert max(exact) < seen.constant < seen.shuffled
    told = measured()
    assert seen.constant == pytest.approx(np.abs(told.heart - told.heart.mean()).mean(), abs=1e-6)
    assert seen.jitters[[0, -1]].tolist() == [0.0, MOST]


def test_a_millisecond_of_jitter_is_worse_than_knowing_nothing_for_two_codes_of_five():
    """By more than the spread of ten draws; a row of neurons, crossings and a regular count stay below."""
    for code in range(1, 6):
        seen = heart_panel(engine="kernel", code=code, jitter=1).result
        lead = (seen.constant - seen.error) / (seen.scatter / np.sqrt(DRAWS))
        assert lead < -5 if code in (2, 3) else lead > 5


def test_the_chosen_code_is_a_point_of_its_curve():
    for code, name in enumerate(("by_count", "by_time", "by_burst", "by_row", "by_level"), start=1):
        seen = heart_panel(engine="kernel", code=code, jitter=1.5, seed=4).result
        assert seen.error == pytest.approx(getattr(seen, name)[np.flatnonzero(seen.jitters == 1.5)[0]])
        assert np.all(np.diff(seen.ticks) >= 0) and seen.which == code - 1
