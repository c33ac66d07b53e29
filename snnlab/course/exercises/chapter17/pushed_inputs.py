"""Exercise 17.3, the inverse problem: two weights from a spike time and from how it follows its inputs."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["PUSHED_INPUTS"]

_THETA, _T, _TIMES, _FOLLOWS = 0.4, 0.5, (0.0, 0.3), (0.4, 0.6)  # K is 1; of 0.010, 0.004 and so 0.006
_S = np.array([_T - at for at in _TIMES])
_HEIGHTS, _RISES = _S * np.exp(-_S), (1.0 - _S) * np.exp(-_S)


def _weights(follows: tuple[float, float], rises: np.ndarray, theta: float = _THETA) -> np.ndarray:
    """Weights in the proportion that the slopes ask for, as large as the threshold asks for."""
    shape = np.array(follows) / rises
    return shape * theta / (shape @ _HEIGHTS)


_RIGHT = _weights(_FOLLOWS, _RISES)  # 0.959 and 0.666

PUSHED_INPUTS = Number(
    id="17.3",
    title="Told by its inputs",
    statement=(
        "A neuron with $K = 1$ and $\\theta = 0.4$ has two inputs. They spike at 0 and at 0.3, and it fires "
        "at 0.5. Somebody lets the first input come 0.010 later, and the spike comes 0.004 later. Which "
        "weights do the two inputs have? Take the shift for small. The other input's share in the spike's "
        "time you know without trying."
    ),
    stub="weights = [..., ...]  # of the first input, of the second",
    variable="weights",
    labels=("Weight of the first input", "Weight of the second"),
    tolerance=0.005,
    solution=_RIGHT,
    next_step=(
        "The first weight is the larger one, and yet the spike follows the second input more closely. Which "
        "factor does that, s or 1 - K s?"
    ),
    mistakes=(
        Mistake(
            "reversed",
            _RIGHT[::-1],
            "Both weights are right and stand in the opposite order: first that of the input at 0.",
        ),
        Mistake(
            "shares exchanged",
            _weights(_FOLLOWS[::-1], _RISES),
            "You have let the spike follow the first input by 0.6. It is 0.4: 0.004 of 0.010.",
        ),
        Mistake(
            "no product rule",
            _weights(_FOLLOWS, np.exp(-_S)),
            "The slope by an input's time has the factor 1 - K s, a half for the first input. Where is it?",
        ),
        Mistake(
            "heights for slopes",
            _weights(_FOLLOWS, _HEIGHTS),
            "You have shared out the potential, 0.4 of it to the first input. It is the slopes that are "
            "shared so: w (1 - K s) exp(-K s).",
        ),
        Mistake(
            "shares for weights",
            _weights(_FOLLOWS, np.ones(2)),
            "Your weights are as 0.4 to 0.6. The slopes are, and a slope is a weight times (1 - K s) "
            "exp(-K s).",
        ),
        Mistake(
            "threshold 1",
            _weights(_FOLLOWS, _RISES, 1.0),
            "The proportion is right. At 0.5 the potential is 0.4, the threshold, and not 1.",
        ),
        Mistake(
            "nothing fades",
            np.array(_FOLLOWS) / (1.0 - _S) * _THETA / ((np.array(_FOLLOWS) / (1.0 - _S)) @ _S),
            "You have left out exp(-K s). It is 0.61 for the first input and 0.82 for the second.",
        ),
    ),
)
