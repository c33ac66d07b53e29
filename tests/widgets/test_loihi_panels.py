"""The panels of Loihi's learning engine: their time is in steps."""

import numpy as np
import pytest
from snnlab_widgets import chip_clusters_panel, learning_epoch_panel, registers_panel, rewarded_tag_panel
from snnlab_widgets.views import Trace
from snnlab_widgets.views.shapes import Text

from snnlab.loihi.networks.watched_clusters import watched_clusters


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


def test_the_digits_are_sorted_as_by_the_function():
    panel = chip_clusters_panel(engine="kernel", shown=6, a=2, loss=3, eta=1)
    seen = watched_clusters(6, 2, 3, 1, rng=np.uint64(1))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, err_msg=name)


def test_before_anything_is_shown_nobody_is_called_the_busiest():
    before = str(chip_clusters_panel(engine="kernel", shown=0))
    assert "0 images" in before and "busiest" not in before
    assert "busiest" in str(chip_clusters_panel(engine="kernel", shown=2))
