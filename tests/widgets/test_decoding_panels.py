"""The panels of chapter 8 against the functions of the package and against closed forms."""

import numpy as np
import pytest
from snnlab_widgets import facing_panel, reconstruction_panel
from snnlab_widgets.chapters.chapter08 import facing

from snnlab.coding import angle_between, bayes_posterior
from snnlab.data import load_grasshopper, load_head_direction


def test_the_recording_is_drawn_as_it_was_heard():
    recording, seen = load_grasshopper(), reconstruction_panel(engine="kernel").result
    loudness = 20 * np.log10(recording.stimulus.reshape(-1, 2).mean(axis=1))
    assert seen.loudness == pytest.approx(loudness[3000:3250], abs=0.0051)  # a hundredth of a dB
    assert seen.ticks == pytest.approx(recording.spikes.between(3000, 3250).times, abs=0.01)


@pytest.mark.parametrize(("cells", "window"), [(7, 200), (1, 50), (4, 1600)])
def test_the_minute_is_read_as_bayes_rule_reads_it(cells, window):
    mouse, minute = load_head_direction(), facing.measured()
    seen = facing_panel(engine="kernel", cells=cells, window=window).result
    begin, n = 60_000.0, 60_000 // window
    counts = mouse.spikes[list(facing.CELLS[:cells])].between(begin, begin + n * window).counts(window)
    posterior = bayes_posterior(counts, minute.rate[:, :cells], window)
    guess = (posterior.argmax(axis=1) + 0.5) * 2 * np.pi / facing.BINS
    middle = (np.arange(mouse.stimulus.size) + 0.5) * mouse.dt
    truth = np.interp(begin + window * np.arange(1, n + 1), middle, np.unwrap(mouse.stimulus))
    off = np.degrees(angle_between(guess, truth))
    assert seen.errors == pytest.approx(np.sort(off), abs=0.06)
    assert seen.error == pytest.approx(np.median(off), abs=0.06)
    assert seen.lost == pytest.approx(100 * np.mean(off > 90), abs=0.5)
    assert seen.off.sum() == pytest.approx(100)


def test_a_memory_helps_short_windows():
    errors = [
        facing_panel(engine="kernel", cells=7, window=50, memory=memory).result.error for memory in (0, 90)
    ]
    assert errors[1] < errors[0] - 4
