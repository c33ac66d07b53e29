"""A number from own parameters: gates of a potassium channel at a potential that is held."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"alpha": "1/ms", "beta": "1/ms", "warm": "°C", "n_0": "", "t": "ms"}


def gates_and_channels(alpha, beta, warm, n_0, t):
    """The gates go to alpha / (alpha + beta), and a channel is open with four of them."""
    faster = 3 ** ((warm - 6.3) / 10)
    end = alpha / (alpha + beta)
    n = end + (n_0 - end) * math.exp(-faster * (alpha + beta) * t)
    return [n, n**4]


def _parameters(rng):
    while True:
        own = {
            "alpha": round(float(rng.uniform(0.15, 0.6)), 2),
            "beta": round(float(rng.uniform(0.03, 0.12)), 3),
            "warm": round(9.3 + 0.5 * int(rng.integers(0, 21)), 1),
            "n_0": round(0.3 + 0.01 * int(rng.integers(0, 16)), 2),
            "t": round(0.3 + 0.1 * int(rng.integers(0, 15)), 1),
        }
        passed = 3 ** ((own["warm"] - 6.3) / 10) * (own["alpha"] + own["beta"]) * own["t"]
        if 0.3 < passed < 1.6:
            return own


def _build(own):
    alpha, beta, warm, n_0, t = (own[name] for name in UNITS)
    phi = 3 ** ((warm - 6.3) / 10)

    def answer(rate=phi * (alpha + beta), end=alpha / (alpha + beta)):
        n = n_0 + (end - n_0) * -math.expm1(-rate * t)
        return np.array([n, n**4])

    right = answer()
    n = right[0]
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            "On its way to its first spike an axon is stopped: its potential is held where each gate of a "
            f"potassium channel opens with α = {told(alpha)} and closes with β = {told(beta)} per ms, at "
            "6.3 °C. For every 10 °C more both are three times as fast, and this axon has "
            f"{told(warm)} °C. At first the share of open gates is n = {told(n_0)}. How large is it "
            f"{told(t)} ms later? And which share of the channels is open then, if each has four such gates "
            "and they open independently? To within 0.5 %."
        ),
        stub="first_spike = [..., ...]  # share of open gates; share of open channels",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="How does the share of open channels begin: at once, or slowly and then faster?",
        mistakes=(
            Mistake(
                "cold",
                answer(alpha + beta),
                "Your gates are as slow as at 6.3 °C. In the warm both rates are larger.",
            ),
            Mistake(
                "three times for each degree",
                answer(3 * (alpha + beta) * (warm - 6.3) / 10),
                "You have multiplied by 3 and by the tens of degrees. Each 10 °C multiply by 3 once more: it "
                "is a power of 3.",
            ),
            Mistake(
                "e for three",
                answer(math.exp((warm - 6.3) / 10) * (alpha + beta)),
                "Your gates get e times as fast with every 10 °C. They get three times as fast.",
            ),
            Mistake(
                "only opening",
                answer(phi * alpha, 1.0),
                "Your gates only open. Some of those that are open close again.",
            ),
            Mistake(
                "rate of opening",
                answer(phi * alpha),
                "Your gates go where they should, and too slowly. Opening and closing both bring them there: "
                "the rates add up.",
            ),
            Mistake(
                "straight line",
                np.array([
                    n_0 + phi * (alpha * (1 - n_0) - beta * n_0) * t,
                    (n_0 + phi * (alpha * (1 - n_0) - beta * n_0) * t) ** 4,
                ]),
                "You have let the gates go on at the speed of the first moment. They get slower the nearer "
                "they come.",
            ),
            Mistake(
                "where it ends",
                answer(1e9),
                "These are gates and channels when all has settled. Not so much time has passed.",
            ),
            Mistake(
                "three gates",
                np.array([n, n**3]),
                "The gates are right. You have given a channel three of them. A potassium channel has four.",
            ),
            Mistake(
                "four times",
                np.array([n, 4 * n]),
                "The gates are right. You have added four gates up. All four have to be open at once, so "
                "multiply.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=1,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=gates_and_channels,
)
