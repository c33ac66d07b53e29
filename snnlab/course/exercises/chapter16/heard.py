"""Exercise 16.4, sketch then plot: how wide a surrogate must be for a neuron at rest to be heard."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["HEARD"]

_LEVELS = np.array([0.01, 0.25])


def _width_for(level: np.ndarray) -> np.ndarray:
    """The width at which `fast_sigmoid`, at distance 1, has this height."""
    root = np.sqrt(level)
    return root / (1.0 - root)


_RIGHT = _width_for(_LEVELS)  # 0.111 and 1

HEARD = Number(
    id="16.4",
    title="How far a surrogate reaches",
    statement=(
        "A neuron that gets no input lies at rest, one threshold below the threshold. Sketch how high the "
        "hump `fast_sigmoid` is there, against its width from 0.001 to 10, with a logarithmic axis for the "
        "width. Mark the widths at which it is 1 % and 25 % of its peak. Then plot `fast_sigmoid(-1.0, "
        "width)` "
        "for `width = np.geomspace(0.001, 10, 1000)` and find both to within 2 %."
    ),
    stub="widths = [..., ...]  # for 1 %, for 25 %",
    variable="widths",
    labels=("For 1 %", "For 25 %"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "At the width of SpyTorch, 0.01, a neuron at rest is heard with a ten-thousandth of the peak. Adam "
        "divides by the size of the gradient. Why does that not help a neuron that is sometimes near its "
        "threshold, and sometimes at rest?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both widths are right and stand in the opposite order: first the one for 1 %.",
        ),
        Mistake(
            "not squared",
            _LEVELS / (1 - _LEVELS),
            "Without the square the hump would be that high. It is (b / (b + 1))², so take the root of 0.01 "
            "and of 0.25 first.",
        ),
        Mistake(
            "steepness",
            1.0 / _RIGHT,
            "These are the reciprocals, called slope or scale elsewhere. The width is wanted.",
        ),
        Mistake(
            "square root of the level",
            np.sqrt(_LEVELS),
            "This is b / (b + 1), a tenth and a half. Solve it for b.",
        ),
        Mistake(
            "heights as widths",
            _LEVELS,
            "These are the heights. At which widths does the curve have them?",
        ),
        Mistake(
            "in per cent",
            _width_for(_LEVELS / 100.0),
            "You have divided by a hundred twice: 1 % is 0.01, and 25 % is 0.25.",
        ),
        Mistake(
            "triangle",
            1.0 / (1.0 - _LEVELS),
            "These are the widths of a triangle. The hump of SuperSpike has long tails and gets by with "
            "less.",
        ),
    ),
)
