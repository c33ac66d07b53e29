"""The panel of registers beyond its numbers: its presets do what they are called."""

from snnlab_widgets import registers_panel
from snnlab_widgets.chapters.chapter26.registers import LAST


def test_the_presets_do_what_they_are_called():
    panel = registers_panel(engine="kernel")
    panel.preset("a small bias")
    assert panel.result.n == 0 < panel.result.n_real
    panel.preset("overflow")
    assert panel.result.wraps > 0 and panel.result.n < panel.result.n_real
    panel.preset("a weight of nothing")
    assert panel.result.size == 0
    panel.preset("a slow current")
    assert panel.result.times[-1] > LAST + 50
