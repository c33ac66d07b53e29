"""Exercise 1.1, calculate then verify: how far a brief current lifts a membrane."""

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["PUSH"]

_CURRENT, _WIDTH, _CAPACITANCE = 25.0, 0.4, 0.8  # µA/cm², ms, µF/cm²
_RISE = _CURRENT * _WIDTH / _CAPACITANCE

PUSH = Number(
    id="1.1",
    title="A brief push",
    statement=(
        "A current of 25 µA/cm² flows for 0.4 ms into a membrane whose capacitance is 0.8 µF/cm². In so "
        "short a time the channels hardly move: nearly all of the charge stays on the membrane. By how many "
        "mV does the potential rise? Work it out on paper, then hand it in below."
    ),
    stub="rise = ...  # mV",
    variable="rise",
    labels=("Rise of the membrane",),
    unit="mV",
    tolerance=0.01,
    solution=_RISE,
    next_step=(
        "The membrane of the panel has 1 µF/cm², so there it would be 10 mV. Set it to 25 µA/cm² for 0.5 ms: "
        "the current ends, and the potential goes on rising by itself. Where does that charge come from?"
    ),
    mistakes=(
        Mistake(
            "time forgotten",
            _CURRENT / _CAPACITANCE,
            "{answer} mV would be the rise in a whole millisecond. The current flows for 0.4 ms only: "
            "charge is current times time.",
        ),
        Mistake(
            "capacitance forgotten",
            _CURRENT * _WIDTH,
            "{answer} is the charge, in nC/cm². To get a potential, divide by the capacitance.",
        ),
        Mistake(
            "times the capacitance",
            _CURRENT * _WIDTH * _CAPACITANCE,
            "{answer} has the charge multiplied by the capacitance. A larger capacitance is a wider vessel: "
            "the same charge lifts it less.",
        ),
        Mistake(
            "divided by the time",
            _CURRENT / _WIDTH / _CAPACITANCE,
            "{answer} divides by the time. The longer the current flows, the more charge it brings, so time "
            "multiplies.",
        ),
        Mistake(
            "from rest",
            -65.0 + _RISE,
            "{answer} mV is where the potential arrives if it starts from −65 mV. The rise alone is wanted.",
        ),
        Mistake(
            "upside down",
            _CAPACITANCE / (_CURRENT * _WIDTH),
            "The fraction is upside down: charge above, capacitance below.",
        ),
    ),
)
