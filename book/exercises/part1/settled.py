"""A number from own parameters: the first interval of a spike response model, and the one in the end."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"held": "mV above rest", "above": "mV above rest", "dip": "mV", "tau": "ms"}


def first_and_settled(held, above, dip, tau):
    """One own spike is left behind; in the end a geometric series of them."""
    spare = (held - above) / dip
    return [-tau * math.log(spare), tau * math.log((1 + spare) / spare)]


def _parameters(rng):
    while True:
        above = 12.0 + 1.0 * int(rng.integers(0, 9))
        own = {
            "held": above + 2.0 + 0.5 * int(rng.integers(0, 21)),
            "above": above,
            "dip": 8.0 + 1.0 * int(rng.integers(0, 15)),
            "tau": 15.0 + 5.0 * int(rng.integers(0, 18)),
        }
        if 0.15 < (own["held"] - above) / own["dip"] < 0.8:
            return own


def _build(own):
    held, above, dip, tau = (own[name] for name in UNITS)
    spare = held - above
    first, settled = tau * math.log(dip / spare), tau * math.log1p(dip / spare)
    two = (-1 + math.sqrt(1 + 4 * spare / dip)) / 2  # what is left of the last spike, if two count
    return Number(
        id="1.1",
        title=EXERCISE.title,
        statement=(
            "Input spikes keep the sum of their responses in a neuron of the spike response model at "
            f"{told(held)} mV above rest. Its threshold lies {told(above)} mV above rest. Each own spike "
            f"adds η(s) = −`dip` exp(−s/`tau`), with `dip` = {told(dip)} mV and `tau` = {told(tau)} "
            "ms, and all own spikes count, as in the cumulative form. After its first spike, how many ms "
            "does the second take? And how long are the intervals in the end, when they have settled, in ms? "
            "To within 0.5 %."
        ),
        stub="first_spike = [..., ...]  # from the first to the second in ms; settled interval in ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=np.array([first, settled]),
        next_step="How far may the responses sink before the neuron fires no second time?",
        mistakes=(
            Mistake(
                "no memory",
                np.array([first, first]),
                "The first is right. So it would go on with SRM0, which knows the last own spike alone. Here "
                "all of them count, and the intervals grow.",
            ),
            Mistake(
                "settled at once",
                np.array([settled, settled]),
                "The second is right. After the first spike there is only one to remember, so that interval "
                "is shorter.",
            ),
            Mistake(
                "two spikes",
                np.array([first, -tau * math.log(two)]),
                "The first is right. In the end you count the last two own spikes. All are there, the older "
                "ones ever less: a geometric series.",
            ),
            Mistake(
                "from rest",
                np.array([tau * abs(math.log(dip / held)), tau * math.log1p(dip / held)]),
                "Your own spikes have to shrink until they are as small as the response. They need only be "
                "as small as what it has above the threshold.",
            ),
            Mistake(
                "threshold alone",
                np.array([tau * abs(math.log(dip / above)), tau * math.log1p(dip / above)]),
                "You have compared the own spikes with the threshold, and the responses are missing.",
            ),
            Mistake(
                "base 10",
                np.array([tau * math.log10(dip / spare), tau * math.log10(1 + dip / spare)]),
                "Your logarithms have the base 10. η is an exponential to base e.",
            ),
            Mistake(
                "reversed",
                np.array([settled, first]),
                "Both are right, and have changed places: the interval after the first spike comes first.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latency",
    title="The first spike",
    chapter=3,
    points=2,
    variable="first_spike",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=first_and_settled,
)
