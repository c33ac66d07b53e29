"""A number from own parameters: by how much a neuron that has spoken comes later at a recall."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "beta_a": "",
    "tau_a": "ms",
    "spikes": "",
    "every": "ms",
    "delay": "ms",
    "tau_m": "ms",
    "drive": "",
}
_REST = 0.01


def threshold_and_lead(beta_a, tau_a, spikes, every, delay, tau_m, drive):
    """Spike by spike, then the time at which each potential meets its threshold."""
    raised = 0.0
    for k in range(spikes):
        since = delay + every * (spikes - 1 - k)
        raised += beta_a * (1 - math.exp(-1 / tau_a)) * math.exp(-since / tau_a)
    sooner, later = (-tau_m * math.log(1 - theta / drive) for theta in (0.01, 0.01 + raised))
    return [0.01 + raised, later - sooner]


def _raised(beta_a, tau_a, spikes, every, delay):
    one, between = beta_a * (1 - math.exp(-1 / tau_a)), math.exp(-every / tau_a)
    return one * (1 - between**spikes) / (1 - between) * math.exp(-delay / tau_a)


def _parameters(rng):
    numbers = {
        "beta_a": round(float(rng.uniform(1.4, 2.2)), 2),
        "tau_a": 50.0 * int(rng.integers(14, 29)),
        "spikes": int(rng.integers(6, 13)),
        "every": float(rng.integers(15, 31)),
        "delay": 50.0 * int(rng.integers(8, 25)),
        "tau_m": float(rng.integers(15, 31)),
    }
    highest = _REST + _raised(*(numbers[name] for name in ("beta_a", "tau_a", "spikes", "every")), 0.0)
    return numbers | {"drive": round(highest * float(rng.uniform(1.2, 1.6)), 4)}


def _build(variant):
    beta_a, tau_a, spikes, every, delay, tau_m, drive = (variant[name] for name in UNITS)
    left, one = math.exp(-delay / tau_a), beta_a * (1 - math.exp(-1 / tau_a))

    def after(theta, span=tau_m):
        return -span * math.log(1 - theta / drive)

    def numbers(raised):
        return np.array([_REST + raised, after(_REST + raised) - after(_REST)])

    raised = _raised(beta_a, tau_a, spikes, every, delay)
    theta, lead = right = numbers(raised)
    return Number(
        id="7.1",
        title=EXERCISE.title,
        statement=(
            "Two adaptive neurons have the threshold 0.01 when they have not fired. A spike raises it by "
            f"`beta_a` (1 − ρ), with `beta_a` = {told(beta_a)}, ρ = exp(−1 ms/`tau_a`) and `tau_a` = "
            f"{told(tau_a)} ms, and what it has added decays with `tau_a`. At the store the first neuron "
            f"fires {spikes} times, every {told(every)} ms, and the second not at all. A recall begins "
            f"{told(delay)} ms after the last spike. From then on both potentials rise from 0 as `drive` "
            f"(1 − exp(−t/`tau_m`)), with `drive` = {told(drive)} and `tau_m` = {told(tau_m)} ms; take the "
            "thresholds as they are when the recall begins. How high is the threshold of the first neuron? "
            "And by how many ms does the second neuron fire before it, fractions included? To within 0.5 %."
        ),
        stub="recall = [..., ...]  # threshold of the first neuron; by how many ms the second is ahead",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "Let a readout hear only who comes first. The symbol of the first neuron is a 1. What should it "
            "answer when the second neuron comes first? And what happens to the lead when `tau_a` is ten "
            "times as long?"
        ),
        mistakes=(
            Mistake(
                "burst at once",
                numbers(spikes * one * left),
                "You have let all spikes fall into one moment, the last. The earlier ones have decayed for "
                "longer.",
            ),
            Mistake(
                "no delay",
                numbers(raised / left),
                "This is the threshold right after the burst. Until the recall it comes down.",
            ),
            Mistake(
                "delay from the first spike",
                numbers(raised * math.exp(every * (spikes - 1) / tau_a)),
                "You have counted the delay from the first spike on. It begins with the last one.",
            ),
            Mistake(
                "a single spike",
                numbers(one * left),
                "This is what one spike leaves. What the others have left is added to it.",
            ),
            Mistake(
                "one spike too few",
                numbers(_raised(beta_a, tau_a, spikes - 1, every, delay)),
                "You have one spike too few. Between n spikes there are n - 1 intervals.",
            ),
            Mistake(
                "all of it decays",
                np.array([
                    (_REST + raised / left) * left,
                    after((_REST + raised / left) * left) - after(_REST),
                ]),
                "In yours the whole threshold decays, the 0.01 as well. They are there for good.",
            ),
            Mistake(
                "what was added",
                np.array([raised, lead]),
                "The lead is right. The first number is by how much the threshold is raised; it begins at "
                "0.01.",
            ),
            Mistake(
                "time of the first neuron",
                np.array([theta, after(theta)]),
                "The threshold is right. The second number is when the first neuron fires. The second one "
                "takes a time, too: subtract it.",
            ),
            Mistake(
                "time of the second neuron",
                np.array([theta, after(_REST)]),
                "The threshold is right. The second number is when the second neuron fires. By how much is "
                "it ahead?",
            ),
            Mistake(
                "straight rise",
                np.array([theta, tau_m * raised / drive]),
                "The threshold is right. Your potential rises in a straight line. It bends towards `drive` "
                "and takes longer.",
            ),
            Mistake(
                "time constant of the threshold",
                np.array([theta, lead * tau_a / tau_m]),
                "The threshold is right. The potential rises with `tau_m`, and not with `tau_a`.",
            ),
            Mistake(
                "behind",
                np.array([theta, -lead]),
                "The threshold is right, and so is the size of the lead. The second neuron is ahead: that "
                "counts as positive here.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the threshold is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="recall",
    title="What a threshold remembers",
    chapter=19,
    points=2,
    variable="recall",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=threshold_and_lead,
)
