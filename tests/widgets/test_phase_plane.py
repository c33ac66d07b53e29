"""The panel of the phase plane: its presets do what they are called, and its words what its numbers say."""

import numpy as np
import pytest
from snnlab_widgets import GOALS, phase_plane_panel

from snnlab.neurons import adex_rheobase
from snnlab.neurons.experiments.phase_plane import TURNING, phase_plane


@pytest.fixture(scope="module")
def panel():
    return phase_plane_panel(engine="kernel")


def test_the_presets_do_what_they_are_called(panel):
    panel.preset("the lines part")
    assert np.isnan(panel.result.rest) and (panel.result.turning, panel.result.lasting) == (0, 1)
    panel.preset("it begins to turn")
    assert np.isfinite(panel.result.rest) and (panel.result.holds, panel.result.turning) == (0, 1)
    panel.preset("it rests, or it fires")
    assert (panel.result.holds, panel.result.lasting) == (1, 1)
    panel.kick = 0.0
    assert (panel.result.holds, panel.result.n) == (1, 0)
    panel.preset("after a pull")  # a spike after inhibition
    assert panel.kick < 0 < panel.result.n and panel.result.holds == 1
    panel.a = 0.0
    panel.current = 0.12
    assert (panel.result.holds, panel.result.n) == (1, 0)  # a neuron whose lines part has none


@pytest.mark.parametrize("a", [0.0, 0.002, 0.01, 0.04])
@pytest.mark.parametrize("tau_w", [10.0, 50.0, 150.0])
def test_rest_is_lost_at_the_rheobase(panel, a, tau_w):
    panel.reset()
    panel.a, panel.tau_w = a, tau_w
    onset = adex_rheobase(TURNING._replace(a=a, tau_w=tau_w))
    for k in (-1, 1):
        panel.current = min(round(onset + 0.005 * k, 3), 0.8)
        assert panel.result.holds == (panel.current < onset)
        seen = phase_plane(panel.current, 0.0, TURNING._replace(a=a, tau_w=tau_w))
        np.testing.assert_array_equal(panel.result.times, seen.times)


def test_the_goal_is_reached_near_the_onset_and_not_far_below():
    panel = GOALS["phase-plane-both"](engine="kernel")
    verdicts = {}
    panel.kick = 1.0
    for panel.current in (0.1, 0.2, 0.3, 0.42, 0.43):
        verdicts[panel.current] = panel.goal.answer().startswith("Right")
    assert verdicts == {0.1: False, 0.2: False, 0.3: False, 0.42: True, 0.43: True}
