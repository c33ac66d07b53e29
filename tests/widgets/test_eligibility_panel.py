"""The panel of eligibility in chapter 23 against the package, and its goal along the whole slider."""

import numpy as np
import pytest
from snnlab_widgets import GOALS, eligibility_panel

from snnlab.learning.credit.late_verdict import late_verdict


@pytest.mark.parametrize(
    "how", [(240.0, 1200.0, 100.0, 0.0), (900.0, 300.0, 20.0, 0.45), (2600.0, 10_000.0, 150.0, 1.0)]
)
def test_a_late_verdict_is_that_of_the_package(how):
    panel = eligibility_panel(
        engine="kernel", **dict(zip(("late", "tau_a", "rate", "hum"), how, strict=True))
    )
    for name, value in late_verdict(*how)._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_is_drawn_stays_in_its_frames():
    for late in (200.0, 2600.0):
        for tau_a in (200.0, 10_000.0):
            panel = eligibility_panel(engine="kernel", late=late, tau_a=tau_a, rate=150.0, hum=1.0)
            for view in panel.views:
                drawn = [
                    name for name in view.arrays() if name not in ("times", "cue_times", "t", "verdicts")
                ]
                low = min(getattr(panel.result, name).min() for name in drawn)
                high = max(getattr(panel.result, name).max() for name in drawn)
                assert view.y_axis.low <= low and high <= view.y_axis.high, (view.title, low, high)


def test_the_goal_is_reached_in_the_middle_and_missed_on_both_sides():
    """What lasts too long fails as what is forgotten does."""
    panel = GOALS["eligibility-waits"](engine="kernel")
    said = {}
    for tau_a in (200.0, 600.0, 1400.0, 3000.0, 10_000.0):
        panel.tau_a = tau_a
        said[tau_a] = panel.goal.judge().reason
    assert list(said.values()) == ["shorter", "not moved", "otherwise", "right", "too long"]
