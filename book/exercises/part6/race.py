"""A number from own parameters: who counts for the time of a spike, and how it follows a weight."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"weights": "", "times": "units of time", "theta": ""}


def time_and_slope(weights, times, theta):
    """Take one input more at a time until the crossing lies before the next one."""
    for n in range(1, len(weights) + 1):
        a = sum(w * math.exp(t) for w, t in zip(weights[:n], times[:n], strict=True))
        b = sum(w * t * math.exp(t) for w, t in zip(weights[:n], times[:n], strict=True))
        low, high = times[n - 1], times[n] if n < len(times) else 100.0
        if a > 0:
            high = min(high, b / a + 1)  # the peak of exp(-t) (a t - b)
        if a <= 0 or high < low or math.exp(-high) * (a * high - b) < theta:
            continue
        for _ in range(200):
            middle = (low + high) / 2
            if math.exp(-middle) * (a * middle - b) < theta:
                low = middle
            else:
                high = middle
        since = high - times[1]
        return [high, -since * math.exp(-since) / (a * math.exp(-high) - theta)]
    raise ValueError("the neuron never fires")


def _potential(t, weights, times):
    return sum(w * (t - at) * math.exp(at - t) for w, at in zip(weights, times, strict=True))


def _rise(t, weights, times):
    return sum(w * (1 - t + at) * math.exp(at - t) for w, at in zip(weights, times, strict=True))


def _crossings(weights, times, theta):
    """Where the potential of these inputs rises through the threshold, and where it falls through it."""
    grown = [w * math.exp(at) for w, at in zip(weights, times, strict=True)]
    peak = 1 + sum(g * at for g, at in zip(grown, times, strict=True)) / sum(grown)
    found = []
    for low, high in ((peak - 3, peak), (peak + 30, peak)):
        for _ in range(200):
            middle = (low + high) / 2
            low, high = (middle, high) if _potential(middle, weights, times) < theta else (low, middle)
        found.append(high)
    return found


def _parameters(rng):
    """The first input alone would fire the neuron, behind the second; the third comes too late."""
    while True:
        weights = [round(float(rng.uniform(*ends)), 1) for ends in ((1.5, 4), (-1.5, 1.5), (1, 3))]
        times = np.round(np.cumsum([rng.uniform(0, 0.3), rng.uniform(0.1, 0.3), rng.uniform(0.2, 0.5)]), 2)
        theta = round(float(rng.uniform(0.3, 0.6)), 2)
        numbers = {"weights": weights, "times": times.tolist(), "theta": theta}
        peaks = [_potential(t, weights[:n], times[:n]) for t in np.linspace(0, 3, 61) for n in (1, 2)]
        if abs(weights[1]) < 0.4 or min(max(peaks[::2]), max(peaks[1::2])) < 1.1 * theta:
            continue
        alone, both = (_crossings(weights[:n], times[:n], theta)[0] for n in (1, 2))
        steep = _rise(both, weights[:2], times[:2])
        if times[1] + 0.05 < min(alone, both) and both < times[2] - 0.03 and steep > 0.3:
            return numbers


def _row(numbers):
    *most, last = (told(x) for x in numbers)
    return f"{', '.join(most)} and {last}"


def _build(variant):
    weights, times, theta = (variant[name] for name in UNITS)
    time, falling = _crossings(weights[:2], times[:2], theta)
    alone, all_three = (_crossings(weights[:n], times[:n], theta)[0] for n in (1, 3))

    def lifts(t):
        """The derivative of the potential by the second weight."""
        return (t - times[1]) * math.exp(times[1] - t)

    def told_at(t, n=2):
        return np.array([t, -lifts(t) / _rise(t, weights[:n], times[:n])])

    right = told_at(time)
    steep, since = _rise(time, weights[:2], times[:2]), time - times[1]
    by_time = weights[1] * (1 - since) * math.exp(-since) / steep
    return Number(
        id="6.2",
        title=EXERCISE.title,
        statement=(
            "A neuron with $K$ = 1 has three inputs, with the weights `weights` = "
            f"{_row(weights)}. They spike at `times` = {_row(times)}. A time s after its spike, an input "
            "lifts the potential by its weight times $s e^{-s}$; before it, by nothing. The neuron fires "
            f"where its potential first reaches the threshold `theta` = {told(theta)}. When is that? And "
            "what is the derivative of that time by the weight of the second input? To within "
            "0.5 %; for the derivative, take the time to five digits."
        ),
        stub="race = [..., ...]  # time of the spike; its derivative by the second weight",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Raise the threshold in small steps. At which one does the third input begin to count, and does "
            "the time of the spike jump there, or its derivative?"
        ),
        mistakes=(
            Mistake(
                "first alone",
                np.array([alone, 0.0]),
                "The first input alone would fire the neuron then. The second has come before that, and "
                "belongs to the causal set.",
            ),
            Mistake(
                "all three",
                told_at(all_three, 3),
                "You have put all three inputs into the sums. The neuron fires before the third has come.",
            ),
            Mistake(
                "falling",
                told_at(falling),
                "At this time the potential falls through the threshold. The neuron fires where it rises "
                "through it.",
            ),
            Mistake(
                "sign",
                np.array([time, -right[1]]),
                "The time is right, and so is the size of the derivative. What lifts the potential makes the "
                "spike come earlier.",
            ),
            Mistake(
                "by its time",
                np.array([time, by_time]),
                "The time is right. The second number is the derivative by the time of the second input; "
                "that by its weight is wanted.",
            ),
            Mistake(
                "not divided",
                np.array([time, -lifts(time)]),
                "The time is right. The second number is how much the potential changes. Divide it by how "
                "steeply the potential rises.",
            ),
            Mistake(
                "divided by the threshold",
                np.array([time, -lifts(time) / theta]),
                "The time is right. You have divided by the potential at the spike, which is the threshold. "
                "How steeply it rises there is needed.",
            ),
            Mistake(
                "with the weight",
                np.array([time, weights[1] * right[1]]),
                "The time is right. The derivative of weight times potential by the weight has no weight "
                "any more.",
            ),
            Mistake(
                "first input",
                np.array([time, -(time - times[0]) * math.exp(times[0] - time) / steep]),
                "The time is right. The second number is the derivative by the weight of the first input.",
            ),
            Mistake(
                "since the second",
                np.array([since, right[1]]),
                "The derivative is right. You have counted the time from the second input on.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the time is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="race",
    title="Who comes first",
    chapter=17,
    points=2,
    variable="race",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=time_and_slope,
)
