"""A pool: when a neuron fires again and how that follows its weight, or what a surrogate tells one."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, pool, told
from snnlab.course.exercises.kinds import Mistake, Number

TITLE, VARIABLE = "What a spike tells a weight", "again"
UNITS = {"weight": "thresholds", "tau_m": "ms", "tau_s": "ms"}


def second_spike_and_slope(weight, tau_m, tau_s):
    """Forwards to the second spike, then its adjoints back to the input."""
    x = (1 + math.sqrt(1 - 4 / weight)) / 2  # exp(-s/tau_m) from the input to the first spike
    first = weight * x**2  # the current there
    y = (1 + math.sqrt(1 - 4 / first)) / 2  # and from there to the second
    second = first * y**2
    of_v, of_i = 1 / (second - 1), 0.0
    of_v, of_i = of_v * y, of_i * y**2 + 2 * of_v * (y - y**2)
    of_v *= first / (first - 1)  # the slope of the potential after the reset over that before
    of_i = of_i * x**2 + 2 * of_v * (x - x**2)
    return [-tau_m * math.log(x * y), -tau_s * of_i]


def _parameters(rng):
    tau_s = 5.0 + 0.5 * int(rng.integers(0, 21))
    x = rng.uniform(0.83, 0.92)
    return {"weight": round(float(1 / (x - x**2)), 2), "tau_m": 2 * tau_s, "tau_s": tau_s}


def _build(variant):
    weight, tau_m, tau_s = (variant[name] for name in UNITS)

    def root(current, side=1):
        """What is left of exp(-s/tau_m) when the threshold is met; on the other side it falls through it."""
        return (1 + side * math.sqrt(1 - 4 / current)) / 2

    def follows(left, current):
        """The derivative of that by the current: current (left − left²) is 1."""
        return (left**2 - left) / current / (1 - 2 * left)

    x = root(weight)
    first, by_weight = weight * x**2, follows(x, weight)
    y = root(first)
    begins = -tau_m / x * by_weight  # the derivative of the first spike time
    current_follows = x**2 + 2 * weight * x * by_weight
    shortens = -tau_m / y * follows(y, first)  # that of the interval, by its current
    time, slope = -tau_m * math.log(x * y), begins + shortens * current_follows

    def without_jump(factor):
        of_v = y / (first * y**2 - 1) * factor
        of_i = 2 / (first * y**2 - 1) * (y - y**2)
        return -tau_s * (of_i * x**2 + 2 * of_v * (x - x**2))

    return Number(
        id="6.1",
        title=TITLE,
        statement=(
            f"A leaky neuron with `tau_m` = {told(tau_m)} ms and `tau_s` = {told(tau_s)} ms gets one input "
            f"spike, at 0 ms: its current jumps from 0 to the weight, {told(weight)}, and decays with "
            "`tau_s`. Its threshold is 1. At a spike the potential is set to 0, and the current goes on. "
            "Where the potential is 0 and the current I, the potential a time s later is "
            "$I (e^{-s/\\tau_m} - e^{-s/\\tau_s})$. When does the neuron fire for the second time, in ms? "
            "And what is the derivative of that time by the weight, in ms? To within 0.5 %."
        ),
        stub="again = [..., ...]  # time of the second spike in ms; its derivative by the weight in ms",
        variable=VARIABLE,
        tolerance=0.005,
        solution=np.array([time, slope]),
        next_step=(
            "Lower the weight until the second spike is lost. What does its derivative do on the way, and "
            "does that of the first spike do it, too?"
        ),
        mistakes=(
            Mistake(
                "first spike",
                np.array([-tau_m * math.log(x), begins]),
                "These are time and derivative of the first spike. The neuron fires again.",
            ),
            Mistake(
                "interval",
                np.array([-tau_m * math.log(y), slope]),
                "The derivative is right. The first number is the time from the first spike to the second; "
                "from the input on is wanted.",
            ),
            Mistake(
                "twice the first",
                np.array([-2 * tau_m * math.log(x), 2 * begins]),
                "You have let the second interval be like the first. The current has decayed until then, and "
                "the neuron takes longer.",
            ),
            Mistake(
                "falling",
                np.array([-tau_m * math.log(x * root(first, -1)), slope]),
                "The derivative is right. At your time the potential would fall through the threshold, if it "
                "were not reset. It rises through it before.",
            ),
            Mistake(
                "factor forgotten",
                np.array([time, without_jump(1.0)]),
                "The time is right. On your way back nothing happens at the first spike. The adjoint of the "
                "potential jumps there: the slope after the reset over that before it.",
            ),
            Mistake(
                "factor upside down",
                np.array([time, without_jump((first - 1) / first)]),
                "The time is right. The factor of the jump is upside down: the slope of the potential after "
                "the reset over that before it.",
            ),
            Mistake(
                "first spike held",
                np.array([time, shortens * x**2]),
                "The time is right. For the derivative you have held the first spike where it is. It comes "
                "earlier itself, and its current is another one then.",
            ),
            Mistake(
                "current held",
                np.array([time, begins]),
                "The time is right. This is the derivative of the first spike. With more weight the interval "
                "after it gets shorter, too.",
            ),
            Mistake(
                "interval's derivative",
                np.array([time, shortens * current_follows]),
                "The time is right. This is how the interval follows the weight. It also begins earlier.",
            ),
            Mistake(
                "sign",
                np.array([time, -slope]),
                "The time is right, and so is the size of the derivative. With more weight the spike comes "
                "earlier.",
            ),
            Mistake(
                "by the logarithm",
                np.array([time, weight * slope]),
                "The time is right. The second number is weight times derivative, what a change in per cent "
                "does.",
            ),
            Mistake(
                "reversed",
                np.array([slope, time]),
                "Both numbers are right, and have changed places: the time is the first one.",
            ),
        ),
    )


# --- in steps, by a surrogate ---

STEPS = {"weight": "thresholds", "beta": "kept of the potential in a step", "wide": "thresholds"}


def last_potential_and_gradient(weight, beta, wide, inputs):
    """Forwards through the steps, then back: the hump stands for the derivative of a spike."""
    potentials, spikes, v, fired = [], [], 0.0, 0
    for x in inputs:
        v = beta * (1 - fired) * v + weight * x
        fired = int(v > 1)
        potentials.append(v)
        spikes.append(fired)
    error, behind, gradient = 2 * (sum(spikes) - 1), 0.0, 0.0
    for x, v, fired in zip(inputs[::-1], potentials[::-1], spikes[::-1], strict=True):
        behind = beta * (1 - fired) * behind + (wide / (wide + abs(v - 1))) ** 2 * error
        gradient += behind * x
    return [potentials[-1], gradient]


def _steps_parameters(rng):
    while True:
        own = {
            "weight": round(0.5 + 0.01 * int(rng.integers(0, 41)), 2),
            "beta": round(0.8 + 0.01 * int(rng.integers(0, 16)), 2),
            "wide": round(0.1 + 0.01 * int(rng.integers(0, 31)), 2),
            "inputs": [round(0.1 * int(rng.integers(2, 14)), 1) for _ in range(5)],
        }
        v = _potentials(own)
        fired = [one > 1 for one in v]
        if sum(fired) == 2 and fired[2] and not fired[-1] and min(abs(one - 1) for one in v) > 0.03:
            return own


def _potentials(own, reset=1):
    found, v, fired = [], 0.0, 0
    for x in own["inputs"]:
        v = own["beta"] * (1 - reset * fired) * v + own["weight"] * x
        fired = int(v > 1)
        found.append(v)
    return found


def _steps_build(own):
    right = np.array(last_potential_and_gradient(**own))
    last, gradient = right
    beta, wide, x, v = own["beta"], own["wide"], np.array(own["inputs"]), np.array(_potentials(own))
    hump = (wide / (wide + np.abs(v - 1))) ** 2

    def backwards(kept, of_spike):
        behind, total = 0.0, 0.0
        for k in reversed(range(len(x))):
            behind = kept[k] * behind + of_spike[k]
            total += behind * x[k]
        return total

    keeps = beta * (v < 1)
    return Number(
        id="6.1",
        title=TITLE,
        statement=(
            f"In each step a neuron keeps `beta` = {told(beta)} of its potential, or nothing of it if it "
            "has fired in the step before. Then an input of `inputs` comes, through the weight "
            f"{told(own['weight'])}. Above 1 it fires. Before the first step the potential is 0. In these "
            "five steps it fires twice, and once was wanted: the loss is $(n - 1)^2$, where n counts the "
            f"spikes. The surrogate has width {told(wide)} and height 1, as in chapter 16, and stands "
            "for the derivative of each spike by its potential. The reset is taken as it came, without a "
            "derivative. What is the potential in the last step? And which derivative of the loss by the "
            "weight does the neuron get? To within 0.5 %."
        ),
        stub="again = [..., ...]  # potential in the last step; derivative of the loss",
        variable=VARIABLE,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Which of the five steps has the largest share in the derivative, and is it one with a spike?"
        ),
        mistakes=(
            Mistake(
                "no reset",
                np.array([_potentials(own, 0)[-1], gradient]),
                "The derivative is right. The potential is that of a neuron which keeps it when it fires.",
            ),
            Mistake(
                "no way back",
                np.array([last, backwards(0 * keeps, 2 * hump)]),
                "The potential is right. You have added the humps of the steps. What a step does to the "
                "potential also reaches those behind it.",
            ),
            Mistake(
                "through the reset",
                np.array([last, backwards(beta + 0 * keeps, 2 * hump)]),
                "The potential is right. On the way back you go on through a spike. Behind it nothing is "
                "left of the potential before it.",
            ),
            Mistake(
                "nothing fades",
                np.array([last, backwards(1.0 * (v < 1), 2 * hump)]),
                "The potential is right. On the way back a step keeps as much as forwards, and you let "
                "all of it through.",
            ),
            Mistake(
                "honest",
                np.array([last, 0.0]),
                "The potential is right. This is the honest derivative. The surrogate puts a hump in its "
                "place.",
            ),
            Mistake(
                "sign",
                np.array([last, -gradient]),
                "The potential is right, and so is the size of the derivative. There are too many spikes, "
                "and more weight makes it worse.",
            ),
            Mistake(
                "half",
                np.array([last, gradient / 2]),
                "The potential is right. The derivative of a square has a factor of 2.",
            ),
            Mistake(
                "not squared",
                np.array([last, backwards(keeps, 2 * np.sqrt(hump))]),
                "The potential is right. The hump is the square of the fraction.",
            ),
        ),
    )


SHARED = {"grade_id": "again", "title": TITLE, "points": 3, "variable": VARIABLE}
EXERCISE = pool(
    ClassExercise(
        **SHARED,
        chapter=15,
        parameters=_parameters,
        build=_build,
        comments=UNITS,
        answer=second_spike_and_slope,
    ),
    ClassExercise(
        **SHARED,
        chapter=16,
        parameters=_steps_parameters,
        build=_steps_build,
        comments=STEPS,
        answer=last_potential_and_gradient,
    ),
)
