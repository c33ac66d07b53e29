"""Exercise 6.3, the inverse problem: from the rate of one cell back to where the mouse looked."""

import numpy as np

from snnlab.coding import tuning_curve
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import load_head_direction

__all__ = ["LOOKING"]

_CELL, _COUNTED = 6, 45.0
_mouse = load_head_direction()
_curve = tuning_curve(_mouse.spikes[[_CELL]], _mouse.stimulus, _mouse.dt, np.linspace(0, 2 * np.pi, 25))
_DEGREES, _RATE = np.degrees(_curve.stimulus), _curve.rate[:, 0]
_BEST = int(_RATE.argmax())
_BIN = 15.0


def _where(rate: float) -> np.ndarray:
    """The directions on the two flanks at which the curve passes `rate`, degrees."""
    rising = np.interp(rate, _RATE[: _BEST + 1], _DEGREES[: _BEST + 1])
    falling = np.interp(rate, _RATE[_BEST:][::-1], _DEGREES[_BEST:][::-1])
    return np.array([rising, falling])


def _nearest(rate: float) -> np.ndarray:
    """The middles of the bins whose rates come closest, one on each flank."""
    rising = _DEGREES[np.abs(_RATE[: _BEST + 1] - rate).argmin()]
    return np.array([rising, _DEGREES[_BEST + np.abs(_RATE[_BEST:] - rate).argmin()]])


_RIGHT = _where(_COUNTED)

LOOKING = Number(
    id="6.3",
    title="Where did it look?",
    statement=(
        "For one second the mouse held its head still, and cell 6 fired 45 times. `mouse = "
        "load_head_direction()` has the spikes, the direction `mouse.stimulus` in radians and its step "
        "`mouse.dt`; `tuning_curve` with 24 bins gives the rate of the cell in each bin of 15 degrees. Which "
        "two directions fit? Join the middles of the bins by straight lines, and answer in degrees, the "
        "smaller first."
    ),
    stub="directions = [..., ...]  # degrees",
    variable="directions",
    labels=("First direction", "Second direction"),
    unit="°",
    tolerance=0.01,
    solution=_RIGHT,
    next_step=(
        "One cell leaves two directions open. A second cell, with another preferred direction, would settle "
        "it: that is what a population of different neurons is good for."
    ),
    mistakes=(
        Mistake(
            "radians",
            np.radians(_RIGHT),
            "Both directions are right, but in radians. Degrees are asked for: np.degrees.",
        ),
        Mistake(
            "lower borders",
            _RIGHT - _BIN / 2,
            "Both are too small by half a bin: you took the lower border of each bin for its middle.",
        ),
        Mistake(
            "upper borders",
            _RIGHT + _BIN / 2,
            "Both are too large by half a bin: you took the upper border of each bin for its middle.",
        ),
        Mistake(
            "nearest bins",
            _nearest(_COUNTED),
            "These are the bins whose rates come closest. Between two bins the curve goes on: draw a "
            "straight line from one to the next and see where it passes 45 Hz.",
        ),
        Mistake(
            "preferred direction",
            np.full(2, _DEGREES[_BEST]),
            "This is the direction in which the cell fires most, three times as often as it did here.",
        ),
        Mistake(
            "half the rate",
            _where(_COUNTED / 2),
            "At these directions the cell fires at half of 45 Hz. Look for 45 Hz itself.",
        ),
        Mistake(
            "half the highest rate",
            _where(_RATE.max() / 2),
            "At these directions the cell fires half as often as at most, which is 72 Hz. Look for 45 Hz.",
        ),
    ),
)
