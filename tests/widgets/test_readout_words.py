"""A read-out whose values have names: one of several words in place of a number."""

import numpy as np
from snnlab_widgets import Axis, Control, Curve, Panel, ReadOut


def test_a_read_out_in_words():
    def which(a):
        return {"x": np.zeros(2), "y": np.zeros(2), "side": float(a > 0), "far": abs(a)}

    panel = Panel(
        "side", title="", question="", controls=[Control("a", "a", "A", -1.0, 1.0, 0.5, 0.1)],
        readouts=[ReadOut("side", words=("left", "right")), ReadOut("far", 1)],
        views=[Curve("x", "y", "a", "far", Axis(-1, 1, "a"), "y")],
        sentence="{far} to the {side}", headline="side", compute=which,
    )  # fmt: skip
    assert (panel.headline(), str(panel)) == ("right", "0.5 to the right")
    panel.a = -0.2
    assert (panel.headline(), str(panel)) == ("left", "0.2 to the left")
