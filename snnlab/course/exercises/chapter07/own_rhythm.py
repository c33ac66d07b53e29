"""Exercise 7.6, calculate then verify: the rhythm of a cell whose phase moves forward, in excursion 7y."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["OWN_RHYTHM"]

_THETA, _CROSSING, _FORWARD = 125.0, 1000.0, 100.0  # ms, ms, degrees
_CYCLES, _MORE = _CROSSING / _THETA, _FORWARD / 360.0
_RIGHT = _CROSSING / (_CYCLES + _MORE)

OWN_RHYTHM = Number(
    id="7.6",
    title="The cell's own rhythm",
    statement=(
        "A rat crosses a place field of 40 cm at 40 cm/s, while theta has a period of 125 ms. From the "
        "beginning of the field to its end the phase of the first spike in each cycle moves forward by 100°, "
        "evenly. What is the period of the rhythm in which these spikes come, in ms? To one decimal."
    ),
    stub="period = ...  # ms",
    variable="period",
    labels=("Period",),
    unit="ms",
    tolerance=0.003,
    solution=_RIGHT,
    next_step=(
        "If the rat ran twice as fast through the same field, with the same phases, how much faster than "
        "theta would the cell be? A cell that does this tells the place, whatever the speed."
    ),
    mistakes=(
        Mistake(
            "backwards",
            _CROSSING / (_CYCLES - _MORE),
            "{answer} ms is slower than theta: each spike would come later in its cycle than the one before.",
        ),
        Mistake(
            "all in one cycle",
            _THETA * (1.0 - _MORE),
            "You let the phase move by 100° in each cycle. That is how far it moves in all of the crossing.",
        ),
        Mistake(
            "a full cycle",
            _CROSSING / (_CYCLES + 1.0),
            "{answer} ms gains a full cycle on theta. It gains 100° of one.",
        ),
        Mistake(
            "in radians",
            _CROSSING / (_CYCLES + _FORWARD / 360.0 * 6.283185307179586),
            "You took the phase in radians. Counted are cycles: 100° are a part of one.",
        ),
        Mistake(
            "hertz",
            _CYCLES + _MORE,
            "{answer} is how many cycles there are in a second, in Hz. The period is asked, in ms.",
        ),
        Mistake(
            "the difference",
            _THETA - _RIGHT,
            "{answer} ms is by how much the period is shorter than that of theta.",
        ),
        Mistake(
            "theta",
            _THETA,
            "{answer} ms is the period of theta. In that rhythm the phase would stay.",
        ),
        Mistake(
            "seconds",
            _RIGHT / 1000.0,
            "{answer} is right in seconds.",
        ),
    ),
)
