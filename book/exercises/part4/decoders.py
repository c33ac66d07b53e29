"""Measured rates to analyse: the decoders of two neurons that are noisy, and what they read."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "points": "",
    "first": "Hz, at each of the points",
    "second": "Hz, at each of the points",
    "noise": "Hz",
    "heard": "Hz, of the first and the second neuron",
}


def decoders_and_reading(points, first, second, noise, heard):
    """Regularised least squares over the points."""
    a = np.array([first, second]).T
    d = np.linalg.solve(a.T @ a + len(points) * noise**2 * np.eye(2), a.T @ np.array(points))
    return [*d, np.array(heard) @ d]


def _parameters(rng):
    points = [-1.0, -0.5, 0.0, 0.5, 1.0]
    slope, bias = rng.uniform(25, 60, 2), rng.uniform(12, 30, 2)
    rates = np.maximum(0, bias[:, None] + slope[:, None] * np.array([points, [-x for x in points]])).round()
    heard = np.zeros(2)
    while heard.min() < 3:  # both are heard
        place = rng.choice([-1, 1]) * rng.uniform(0.2, 0.8)
        heard = (bias + slope * np.array([place, -place]) + rng.normal(0, 4, 2)).round()
    return {
        "points": points,
        "first": rates[0].tolist(),
        "second": rates[1].tolist(),
        "noise": 5.0 + 0.5 * int(rng.integers(0, 15)),
        "heard": heard.tolist(),
    }


def _row(numbers):
    *most, last = (told(x) for x in numbers)
    return f"{', '.join(most)} and {last}"


def _build(variant):
    points, first, second, heard = (
        np.array(variant[name]) for name in ("points", "first", "second", "heard")
    )
    noise = variant["noise"]

    def solved(added, mixed=None, points=points, first=first, second=second):
        """Both decoders by Cramer's rule, and what they make of the rates that are heard."""
        mixed = first @ second if mixed is None else mixed
        one, two, x, y = first @ first + added, second @ second + added, first @ points, second @ points
        d = np.array([x * two - y * mixed, y * one - x * mixed]) / (one * two - mixed**2)
        return np.append(d, heard @ d)

    right = solved(points.size * noise**2)
    mean = np.append(right[:2], heard @ right[:2] / 2)
    return Number(
        id="4.4",
        title=EXERCISE.title,
        statement=(
            f"At the points `points` = {_row(points)} the first of two neurons fires with `first` = "
            f"{_row(first)} Hz and the second with `second` = {_row(second)} Hz. Each rate is heard "
            f"with noise of the size `noise` = {told(noise)} Hz. Find the two decoders that regularised "
            "least squares over these five points gives for this noise, in 1/Hz, the one of the first "
            f"neuron first. Then the rates `heard` = {_row(heard)} Hz come in. Which point do the decoders "
            "read from them? To within 0.5 %."
        ),
        stub="read = [..., ..., ...]  # first decoder in 1/Hz; second decoder in 1/Hz; the point",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Let the noise grow. To what does the point that is read tend, and why is that the best guess "
            "of somebody who hears nothing but noise?"
        ),
        mistakes=(
            Mistake(
                "noise forgotten",
                solved(0.0),
                "This is least squares for rates without noise. What does the noise add to the squares of "
                "the rates, and where?",
            ),
            Mistake(
                "noise once",
                solved(noise**2),
                "You added the square of the noise once. Squared errors are summed over all points, so the "
                "noise comes in at each of them.",
            ),
            Mistake(
                "counted by neurons",
                solved(2 * noise**2),
                "You multiplied the square of the noise by the number of neurons. It is the number of "
                "points.",
            ),
            Mistake(
                "noise not squared",
                solved(points.size * noise),
                "Your noise is not squared. It stands beside squares of rates, in Hz².",
            ),
            Mistake(
                "noise everywhere",
                solved(points.size * noise**2, mixed=first @ second + points.size * noise**2),
                "You added the noise to all four sums. The noise of one neuron knows nothing of the other's: "
                "it belongs to the diagonal.",
            ),
            Mistake(
                "each for itself",
                solved(points.size * noise**2, mixed=0.0),
                "You found each decoder as if its neuron were alone. Both fire near 0, and what one says "
                "has to be seen beside the other.",
            ),
            Mistake(
                "outer points only",
                solved(
                    2 * noise**2,
                    points=points[[0, -1]],
                    first=first[[0, -1]],
                    second=second[[0, -1]],
                ),
                "You used the two outer points only. All five count, those at which both neurons fire as "
                "well.",
            ),
            Mistake(
                "mean of both",
                mean,
                "The decoders are right. For the point you took the mean of what both neurons say. It is "
                "the sum: the decoders are made for it.",
            ),
            Mistake(
                "decoders swapped",
                right[[1, 0, 2]],
                "All three are right, and the decoders have changed places: the one of the first neuron "
                "first.",
            ),
            Mistake(
                "rates swapped",
                np.append(right[:2], heard[::-1] @ right[:2]),
                "The decoders are right. For the point you gave each neuron the rate of the other.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="decoders",
    title="Two noisy neurons",
    chapter=13,
    points=2,
    variable="read",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=decoders_and_reading,
)
