"""Exercise 8.3, sketch then plot: how long a window, with and without memory."""

import numpy as np

from snnlab.coding import decode_direction
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import load_head_direction

__all__ = ["LISTENING"]

_BEST, _SHORT = 400.0, 100.0  # ms; a test tries the others
_mouse = load_head_direction()


def _errors(window: float, memory: float) -> np.ndarray:
    """Median errors of both halves, degrees."""
    return decode_direction(_mouse.spikes[:7], _mouse.stimulus, _mouse.dt, window, memory).error


_ALONE, _KEPT = _errors(_SHORT, 0.0), _errors(_SHORT, 0.9)
_RIGHT = np.array([_BEST, _ALONE.mean(), _KEPT.mean()])

LISTENING = Number(
    id="8.3",
    title="How long to listen",
    statement=(
        "Sketch the error of the seven cells, over the whole recording, against the window, from 100 ms to "
        "3.2 s on a logarithmic axis, without memory and with one of 0.9. Then plot it: "
        "`mouse = load_head_direction()`, and `decode_direction(mouse.spikes[:7], "
        "mouse.stimulus, mouse.dt, window, memory).error.mean()` is the error in degrees. Take windows of "
        "100, 200, 400, 800, 1600 and 3200 ms. Which window is the best one without memory, and how "
        "large is the error with windows of 100 ms, without memory and with it?"
    ),
    stub="listened = [..., ..., ...]  # ms; degrees without memory; degrees with it",
    variable="listened",
    labels=("Milliseconds", "Degrees without memory", "Degrees with it"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "With memory your curve is nearly flat up to 400 ms: what such a window adds up, a memory adds up "
        "as well, and it need not wait for the end of the window. Even 100 ms with memory are better than "
        "the best window without. Why do both curves rise from 800 ms on?"
    ),
    mistakes=(
        Mistake(
            "the two swapped",
            _RIGHT[[0, 2, 1]],
            "You have the errors without memory and with it in the wrong order.",
        ),
        Mistake(
            "first half",
            np.array([_BEST, _ALONE[0], _KEPT[0]]),
            "These are the errors of the first half alone. Take the mean of both halves.",
        ),
        Mistake(
            "second half",
            np.array([_BEST, _ALONE[1], _KEPT[1]]),
            "These are the errors of the second half alone. Take the mean of both halves.",
        ),
        Mistake(
            "in seconds",
            _RIGHT * [0.001, 1, 1],
            "The window is right, but in seconds. Milliseconds are asked for.",
        ),
        Mistake(
            "nearly the best",
            _RIGHT * [200 / _BEST, 1, 1],
            "With windows of 200 ms the error is larger by less than a tenth of a degree. Print it with two "
            "decimals: another window is a little better.",
        ),
        Mistake(
            "longest window",
            _RIGHT * [3200 / _BEST, 1, 1],
            "In 3.2 s the head has turned too far: at the end of the window it looks elsewhere. Plot the "
            "last three points again.",
        ),
        Mistake(
            "errors at the best window",
            np.array([_BEST, _errors(_BEST, 0.0).mean(), _errors(_BEST, 0.9).mean()]),
            "These are the errors with the best window. What are they with windows of 100 ms?",
        ),
        Mistake(
            "radians",
            _RIGHT * [1, np.pi / 180, np.pi / 180],
            "The errors are in radians. Degrees are asked for: `decode_direction` gives them so.",
        ),
    ),
)
