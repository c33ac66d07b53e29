"""Exercise 27.6, calculate then verify: which weight a spike brings while the weight is learned."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["IN_FLIGHT"]

_FIRES, _DELAY, _LAST = np.array([10, 11, 12]), 2, 11  # steps; the last one of the epoch
_BEFORE, _AFTER = 100.0, 140.0


def _brought(steps: np.ndarray, last: int) -> np.ndarray:
    """The weights with which spikes leave or arrive in `steps`, if those after `last` see the new one."""
    return np.where(steps > last, _AFTER, _BEFORE)


IN_FLIGHT = Number(
    id="27.6",
    title="In flight",
    statement=(
        "A spike takes two steps from compartment A to compartment B. Steps are counted from 0, and epochs "
        "have four. A fires in the steps 10, 11 and 12; at the end of the epoch that closes with step 11 the "
        "engine takes the weight from 100 to 140. With which weights do the three spikes arrive?"
    ),
    stub="answer = [..., ..., ...]  # in the steps 12, 13 and 14",
    variable="answer",
    labels=("In step 12", "In step 13", "In step 14"),
    tolerance=0.001,
    solution=_brought(_FIRES, _LAST),
    next_step=(
        "The spike of step 11 is on its way when the engine begins, and what is under way stays as it is. "
        "With a delay of 62 steps, how many old spikes may be under way when the weight changes?"
    ),
    mistakes=(
        Mistake(
            "as they arrive",
            _brought(_FIRES + _DELAY, _LAST),
            "You gave each spike the weight of the step in which it arrives. It takes its weight along when "
            "it leaves.",
        ),
        Mistake(
            "the engine first",
            _brought(_FIRES, _LAST - 1),
            "The spike of step 11 leaves before the engine begins: the new weight holds from step 12 on.",
        ),
        Mistake(
            "never",
            _brought(_FIRES, _LAST + _DELAY),
            "The spike of step 12 leaves after the epoch has ended. Nothing delays the weight itself.",
        ),
        Mistake(
            "what is added",
            _brought(_FIRES, _LAST) - _BEFORE,
            "These are the changes. With which weights do the spikes arrive?",
        ),
        Mistake(
            "the other way round",
            np.array([_AFTER, _AFTER, _BEFORE]),
            "The new weight is for the spikes that leave later, not for those that have left.",
        ),
    ),
)
