"""A function to write: the Fano factor of counts, in windows that begin at an own time."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng):
    """Trains with a rate that wanders, in windows that do not fill the time; no spike lies on an edge."""
    cases = []
    for _ in range(10):
        window = float(rng.integers(4, 12) * 10)
        duration = 100.0 + window * int(rng.integers(8, 16)) + round(float(rng.uniform(0.4, 0.9)) * window)
        waits = rng.exponential(12.0, 400) * (1 + 0.8 * np.sin(np.arange(400) / 9.0))
        times = np.round(np.cumsum(waits), 1) + 0.05
        cases.append((times[times < duration], duration, window))
    return cases


def _build(variant):
    t_0 = variant["t_0"]

    def measure(times, duration, window):
        n = int((duration - t_0) // window)
        number = (times[times >= t_0] - t_0) // window
        counts = np.bincount(number.astype(int), minlength=n)[:n]
        return counts.var() / counts.mean()

    def count(times, start, windows, window):
        number = (times[times >= start] - start) // window
        return np.bincount(number.astype(int), minlength=windows)[:windows]

    def full(times, duration, window):
        return count(times, t_0, int((duration - t_0) // window), window)

    def from_zero(times, duration, window):
        counts = count(times, 0.0, int(duration // window), window)
        return counts.var() / counts.mean()

    def incomplete(times, duration, window):
        counts = count(times, t_0, int(np.ceil((duration - t_0) / window)), window)
        return counts.var() / counts.mean()

    def one_less(*given):
        return full(*given).var(ddof=1) / full(*given).mean()

    def deviation(*given):
        return full(*given).std() / full(*given).mean()

    def squared(*given):
        return full(*given).var() / full(*given).mean() ** 2

    def upside_down(*given):
        return full(*given).mean() / full(*given).var()

    def variance(*given):
        return full(*given).var()

    def intervals(times, duration, window):
        waits = np.diff(times[times >= t_0])
        return waits.var() / waits.mean() ** 2

    return Function(
        id="2.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `measure`. It gets the spike times `times` of one neuron (an array in "
            "order, ms), the `duration` of the recording and the length `window` of a window (both ms). "
            "The neuron needs some time to settle, so the first window begins at `t_0`, which is "
            f"{told(t_0)} ms, and earlier spikes do not count. The windows follow one another; what is left "
            "at the end and fills no window is left out. A spike at the border of two windows belongs to "
            "the later one. The function returns the Fano factor of the counts, where the squares are "
            "averaged over all windows."
        ),
        stub="def measure(times, duration, window):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("times", "duration", "window"),
        tolerance=1e-6,
        solution=measure,
        draw=_draw,
        next_step=(
            "Try it on the grasshopper with windows of 2, 20 and 1000 ms. Why does it fall and rise again?"
        ),
        mistakes=(
            Mistake(
                "from the beginning",
                from_zero,
                "Your windows begin at 0. The first one begins at t_0, and what came before is left out.",
            ),
            Mistake(
                "incomplete window",
                incomplete,
                "The last window is not complete, so its count is too small. Leave it out.",
            ),
            Mistake(
                "one less",
                one_less,
                "You divide the squares by the number of windows less one. Here they are averaged over all "
                "of them, as np.var does by itself.",
            ),
            Mistake(
                "deviation",
                deviation,
                "This is the standard deviation by the mean, which is the coefficient of variation. The "
                "Fano factor has the variance.",
            ),
            Mistake(
                "mean squared",
                squared,
                "You divide by the square of the mean. The Fano factor is the variance by the mean itself: "
                "of counts, which have no unit.",
            ),
            Mistake("upside down", upside_down, "This is the mean by the variance. Turn it round."),
            Mistake(
                "variance", variance, "This is the variance of the counts. It is to be divided by their mean."
            ),
            Mistake(
                "intervals",
                intervals,
                "This is made of the intervals, and knows nothing of windows. Count the spikes in each "
                "window.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="fano",
    title="A measure to write",
    chapter=5,
    points=3,
    variable="measure",
    parameters=lambda rng: {"t_0": 41.0 + int(rng.integers(0, 58))},
    build=_build,
    comments={"t_0": "ms"},
)
