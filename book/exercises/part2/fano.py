"""A function to write: the Fano factor of counts."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.exercises.kinds import Function, Mistake


def fano_factor(times, duration, window):
    """Variance of the counts by their mean, in windows that are full."""
    n = int(duration // window)
    counts = np.bincount((times // window).astype(int), minlength=n)[:n]
    return counts.var() / counts.mean()


def _counts(times, duration, window):
    n = int(duration // window)
    return np.bincount((times // window).astype(int), minlength=n)[:n]


def _incomplete(times, duration, window):
    counts = np.bincount((times // window).astype(int), minlength=int(np.ceil(duration / window)))
    return counts.var() / counts.mean()


def _one_less(times, duration, window):
    counts = _counts(times, duration, window)
    return counts.var(ddof=1) / counts.mean()


def _deviation(times, duration, window):
    counts = _counts(times, duration, window)
    return counts.std() / counts.mean()


def _squared(times, duration, window):
    counts = _counts(times, duration, window)
    return counts.var() / counts.mean() ** 2


def _upside_down(times, duration, window):
    return 1 / fano_factor(times, duration, window)


def _variance(times, duration, window):
    return _counts(times, duration, window).var()


def _intervals(times, duration, window):
    intervals = np.diff(times)
    return intervals.var() / intervals.mean() ** 2


def _draw(rng):
    """Trains with a rate that wanders, in windows that do not fill the time; no spike lies on an edge."""
    cases = []
    for _ in range(10):
        window = float(rng.integers(4, 12) * 10)
        duration = window * int(rng.integers(8, 16)) + round(float(rng.uniform(0.4, 0.9)) * window)
        waits = rng.exponential(12.0, 400) * (1 + 0.8 * np.sin(np.arange(400) / 9.0))
        times = np.round(np.cumsum(waits), 1) + 0.05
        cases.append((times[times < duration], duration, window))
    return cases


def _build(variant):
    return Function(
        id="2.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `fano_factor`. It gets the spike times `times` of one neuron (an "
            "array in order, ms), the `duration` of the recording and the length `window` of a "
            "window (both ms). The windows follow one another from 0 on, and what is left at the end "
            "and fills no window is left out. A spike at the border of two windows belongs to the "
            "later one. It returns the Fano factor of the counts, where the squares are averaged "
            "over all windows."
        ),
        stub="def fano_factor(times, duration, window):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("times", "duration", "window"),
        tolerance=1e-6,
        solution=fano_factor,
        draw=_draw,
        next_step=(
            "Try it on the grasshopper with windows of 2, 20 and 1000 ms. Why does it fall and rise again?"
        ),
        mistakes=(
            Mistake(
                "incomplete window",
                _incomplete,
                "The last window is not complete, so its count is too small. Leave it out.",
            ),
            Mistake(
                "one less",
                _one_less,
                "You divide the squares by the number of windows less one. Here they are averaged "
                "over all of them, as np.var does by itself.",
            ),
            Mistake(
                "deviation",
                _deviation,
                "This is the standard deviation by the mean, which is the coefficient of variation. "
                "The Fano factor has the variance.",
            ),
            Mistake(
                "mean squared",
                _squared,
                "You divide by the square of the mean. The Fano factor is the variance by the mean "
                "itself: of counts, which have no unit.",
            ),
            Mistake("upside down", _upside_down, "This is the mean by the variance. Turn it round."),
            Mistake(
                "variance",
                _variance,
                "This is the variance of the counts. It is to be divided by their mean.",
            ),
            Mistake(
                "intervals",
                _intervals,
                "This is made of the intervals, and knows nothing of windows. Count the spikes in "
                "each window.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="fano",
    title="How even are the counts?",
    points=3,
    variable="fano_factor",
    parameters=lambda rng: {},
    build=_build,
)
