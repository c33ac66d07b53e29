"""The panels of Loihi's learning engine: their time is in steps."""

import pytest
from snnlab_widgets import learning_epoch_panel, registers_panel, rewarded_tag_panel
from snnlab_widgets.views import Trace
from snnlab_widgets.views.shapes import Text


@pytest.mark.parametrize("make", [registers_panel, learning_epoch_panel, rewarded_tag_panel])
def test_a_chip_counts_in_steps(make):
    panel = make(engine="kernel")
    controls = {control.name: control for control in panel.controls}
    views = [view for view in panel.views if isinstance(view, Trace)]
    assert views
    for view in views:
        shapes = view.shapes(panel.result._asdict(), panel.values, controls)
        words = [shape.text for shape in shapes if isinstance(shape, Text)]
        assert "time (steps)" in words and "time (ms)" not in words
