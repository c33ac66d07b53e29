"""Exercise 1.2, sketch then plot: the refractory periods of a warm axon."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import Refractory

__all__ = ["WARM"]

# As hh_refractory measures them at 6.3 and at 16.3 °C, ms; kept here so that opening a chapter does not wait.
_COLD, _WARM = Refractory(9.2, 16.7), Refractory(3.1, 6.2)
_LOWEST = 8.0  # ms: where the warm curve is lowest
_RIGHT = np.array(_WARM)

WARM = Number(
    id="1.2",
    title="A warm axon",
    statement=(
        "At 16.3 °C the gates are three times as fast as at 6.3 °C. Sketch on paper, for a warm axon, the "
        "curve of the panel with two pulses, and mark both refractory periods. Then plot it: `warm = "
        "HodgkinHuxley(temperature=16.3)`, `t = np.arange(2, 12, 0.1)`, "
        '`plots.curves({"warm": (t, hh_second_threshold(t, warm))}, "interval (ms)", "µA/cm²")`. '
        "After how many ms is five times the warm axon's resting threshold enough for a second spike, and "
        "after how many the resting threshold itself? `hh_threshold(0.5, warm)` is that threshold, "
        "`hh_second_threshold` gives `inf` where five times as much is too weak, and 0.1 ms is fine enough."
    ),
    stub="periods = [..., ...]  # ms: the absolute one, the relative one",
    variable="periods",
    labels=("Absolute period", "Relative period"),
    unit="ms",
    tolerance=0.04,
    solution=_RIGHT,
    next_step=(
        "Both are about a third of the cold ones, and neither is exactly a third. Which part of the membrane "
        "does not get faster in the warmth?"
    ),
    mistakes=(
        Mistake(
            "the cold ones",
            np.array(_COLD),
            "These are the periods at 6.3 °C. Hand the warm axon over as well: hh_second_threshold(t, warm).",
        ),
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: the absolute period ends first.",
        ),
        Mistake(
            "a third of the cold ones",
            np.array(_COLD) / 3,
            "This is a third of the cold periods. It is a good guess for the first and too short for the "
            "second: the gates are three times as fast, the charging of the membrane is not.",
        ),
        Mistake(
            "difference",
            np.array([_WARM.absolute, _WARM.relative - _WARM.absolute]),
            "The first is right. The second is how long the relative period lasts after the absolute one; "
            "count it from the first pulse too.",
        ),
        Mistake(
            "lowest point",
            np.array([_WARM.absolute, _LOWEST]),
            "The first is right. The second is where the curve is lowest, below the resting threshold. Look "
            "for the place before it, where the curve comes down to that threshold.",
        ),
        Mistake(
            "from the end of the pulse",
            _RIGHT - 0.5,
            "Both are 0.5 ms too short: count from onset to onset, not from the end of the first pulse.",
        ),
        Mistake(
            "second of the cold axon",
            np.array([_WARM.absolute, _COLD.relative]),
            "The first is right. The second is the relative period at 6.3 °C: hand the warm axon over there "
            "as well.",
        ),
        Mistake(
            "samples",
            np.round((_RIGHT - 2.0) / 0.1),
            "These are places in the array t, not times. t begins at 2 ms and goes on in steps of 0.1 ms.",
        ),
        Mistake(
            "counted from 2 ms",
            _RIGHT - 2.0,
            "Both are 2 ms too short: t does not begin at 0 but at 2 ms.",
        ),
        Mistake(
            "resting threshold of the cold axon",
            np.array([_WARM.absolute, 6.7]),
            "The first is right. The second is where the curve meets the resting threshold of the cold axon. "
            "The warm one has its own: hh_threshold(0.5, warm).",
        ),
    ),
)
