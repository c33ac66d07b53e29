"""What is read off the pictures of all panels: each line has a name, and an axis shows its zero."""

import pytest
from snnlab_widgets import PANELS, Kernels, Trace


def views(name, kind):
    return [view for view in PANELS[name](engine="kernel").views if isinstance(view, kind)]


@pytest.mark.parametrize("name", PANELS)
def test_where_there_are_several_lines_each_has_a_name_of_its_own(name):
    """Left out, the first one would be called as its axis is, which is said of all of them."""
    for view in views(name, Trace):
        names = [view.name, *(said for _, said, _ in view.also)]
        assert not view.also or (all(names) and len(set(names)) == len(names))
    for view in views(name, Kernels):
        names = [said for _, said, _ in view.curves]
        assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("name", PANELS)
def test_a_horizontal_axis_shows_its_zero(name):
    """Cut off, twice as far right would not be twice as much. Zero of a potential is nothing special."""
    for view in views(name, Kernels):
        low, high, label = view.x_axis
        assert low <= 0 <= high or "mV" in label
