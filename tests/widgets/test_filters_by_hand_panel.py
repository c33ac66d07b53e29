"""The panel of filters by hand against the functions of the package."""

import numpy as np
import pytest
from snnlab_widgets import filters_by_hand_panel

from snnlab.data import load_grasshopper
from snnlab.probability.filters_by_hand import filters_by_hand


def test_the_recording_is_drawn_as_it_was():
    recording, seen = load_grasshopper(2), filters_by_hand_panel(engine="kernel").result
    assert seen.ticks == pytest.approx(recording.spikes.between(6000, 6200).times, abs=0.01)
    assert seen.p.size == 200


@pytest.mark.parametrize("values", [{}, {"place": 7.0, "height": 2.5, "recovery": 2.0, "show": 1.0}])
def test_a_reader_of_the_package_gets_the_same(values):
    panel = filters_by_hand_panel(engine="kernel", **values)
    heard = load_grasshopper(2)
    loudness = 2 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))
    loudness = np.round(loudness - loudness.mean(), 3)
    at = panel.place, panel.height, panel.recovery, panel.show
    alone = filters_by_hand(heard.spikes, loudness, 1.0, *at)
    for name in ("lag", "heard", "own", "newton_heard", "newton_own", "scores"):
        assert np.array_equal(getattr(panel.result, name), getattr(alone, name), equal_nan=True), name
    assert (panel.result.bits, panel.result.later) == (alone.bits, alone.later)


def test_the_spikes_that_are_drawn_are_likelier_than_to_a_neuron_that_hears_nothing():
    good, deaf = (
        filters_by_hand_panel(engine="kernel", place=7.0, height=height, recovery=2.0).result
        for height in (2.5, 0.0)
    )
    fired = np.zeros(200, bool)
    fired[good.ticks.astype(int)] = True
    heard, blind = (np.log(np.where(fired, seen.p, 1 - seen.p)).sum() for seen in (good, deaf))
    assert heard > blind and good.p.max() > deaf.p.max()
