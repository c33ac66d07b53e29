"""The panels of chapter 8 against the functions of the package and against closed forms."""

import numpy as np
import pytest
from snnlab_widgets import reconstruction_panel

from snnlab.data import load_grasshopper


def test_the_recording_is_drawn_as_it_was_heard():
    recording, seen = load_grasshopper(), reconstruction_panel(engine="kernel").result
    loudness = 20 * np.log10(recording.stimulus.reshape(-1, 2).mean(axis=1))
    assert seen.loudness == pytest.approx(loudness[3000:3250], abs=0.0051)  # a hundredth of a dB
    assert seen.ticks == pytest.approx(recording.spikes.between(3000, 3250).times, abs=0.01)
