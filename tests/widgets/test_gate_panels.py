"""The panels of chapter 18 against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import followed_line_panel, gated_excursion_panel

from snnlab.learning.gates.drawn_line import follow_drawing
from snnlab.learning.gates.gated_excursion import gated_excursion

CORNERS = "0000rsrs"


@pytest.mark.parametrize(("speed", "peak", "width"), [(0.02, 2.4, 0.9), (0.4, 1.09, 0.2), (0.13, 1.25, 0.5)])
def test_an_excursion_is_that_of_the_package(speed, peak, width):
    panel = gated_excursion_panel(engine="kernel", speed=speed, peak=peak, width=width)
    for name, value in gated_excursion(speed, peak, width)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(("updates", "width", "rate"), [(0, 0.6, 0.02), (7, 0.9, 0.05), (5, 0.05, 0.005)])
@pytest.mark.parametrize("drawing", ["", CORNERS], ids=["empty", "corner to corner"])
def test_a_network_that_follows_is_that_of_the_package(drawing, updates, width, rate):
    how = {"updates": updates, "width": width, "rate": rate}
    panel = followed_line_panel(engine="kernel", drawing=drawing, **how)
    for name, value in follow_drawing(drawing, updates, width, rate)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)
    assert np.isnan(panel.result.share) == (drawing == "")


def test_what_is_drawn_of_the_gate_stays_in_its_frame():
    narrowest = gated_excursion_panel(engine="kernel", width=0.2)
    assert narrowest.result.gate.max() == pytest.approx(narrowest.views[0].y_axis.high)
