"""Exercise 12.4, the inverse problem: what a folded threshold still tells of the shift that it came from."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["BEFORE_FOLDING"]

_N, _DIFFER, _GAMMA, _MEAN, _SD = 100, 38, 2.0, 4.0, 10.0


def _shift(z: float, gamma: float = _GAMMA, mean: float = _MEAN) -> float:
    """The shift for which a vanishes at the sum z."""
    return -gamma * (z - mean) / _SD


_Z = _N - 2 * _DIFFER  # 24
_RIGHT = np.array([_shift(_Z), _shift(_Z - 2)])  # -4, -3.6

BEFORE_FOLDING = Number(
    id="12.4",
    title="Before it was folded",
    statement=(
        "On a chip you find a neuron with 100 inputs of one bit and the instruction: fire if at most 38 "
        "inputs differ from their weights. You know that it was trained with $\\gamma = 2$, $\\mu = 4$ and "
        "$s = 10$ and fires for $a = \\gamma (z - \\mu)/s + \\beta \\ge 0$. Nobody has kept β. Between which "
        "two numbers must it have been? Give the smallest β that leads to this instruction, and the number "
        "below which β has to stay."
    ),
    stub="shift = [..., ...]  # the smallest, the number below which it stays",
    variable="shift",
    labels=("Smallest β", "Stays below"),
    tolerance=0.003,
    solution=_RIGHT,
    next_step=(
        "Every β of this stretch is the same neuron. So training may push β about for a long time without "
        "changing a single bit. How wide would the stretch be with 100 inputs and a spread of 1?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both numbers are right and stand in the opposite order: the smaller one first, and they are "
            "negative.",
        ),
        Mistake(
            "sign",
            -_RIGHT,
            "The sizes are right, the signs are not. At a sum of 24 the first part of a is +4, and with β "
            "it has to be 0 or more by as little as possible.",
        ),
        Mistake(
            "one more",
            np.array([_shift(_Z - 2), _shift(_Z - 4)]),
            "That is the neuron that fires with 39 inputs that differ. It has to stay silent there.",
        ),
        Mistake(
            "one fewer",
            np.array([_shift(_Z + 2), _shift(_Z)]),
            "That neuron fires with 37 inputs that differ at most. With 38 the sum is 24, and it has to fire "
            "there.",
        ),
        Mistake(
            "counted once",
            np.array([_shift(_N - _DIFFER), _shift(_N - _DIFFER - 1)]),
            "An input that differs takes 2 from the sum of 100, not 1: with 38 of them z is 24.",
        ),
        Mistake(
            "next whole number",
            np.array([_shift(_Z), _shift(_Z - 1)]),
            "The smallest β is right. The next sum below 24 is 22: of 100 signs it is always even.",
        ),
        Mistake(
            "mean forgotten",
            np.array([_shift(_Z, mean=0.0), _shift(_Z - 2, mean=0.0)]),
            "That would be right for a mean of 0. Batch norm takes 4 from the sum first.",
        ),
        Mistake(
            "mean added",
            np.array([_shift(_Z, mean=-_MEAN), _shift(_Z - 2, mean=-_MEAN)]),
            "You have added the mean to the sum. Batch norm takes it away.",
        ),
        Mistake(
            "factor forgotten",
            np.array([_shift(_Z, gamma=1.0), _shift(_Z - 2, gamma=1.0)]),
            "The factor γ is missing: the normalised sum is multiplied by 2.",
        ),
        Mistake(
            "spread upside down",
            np.array([-(_Z - _MEAN) * _SD / _GAMMA, -(_Z - 2 - _MEAN) * _SD / _GAMMA]),
            "You have multiplied by s/γ, which leads from β to a sum. From a sum to β it is γ/s.",
        ),
    ),
)
