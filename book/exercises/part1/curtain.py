"""A hidden neuron with an own seed: its time constant, from latencies.

The neuron is that of exercise 2.4, whose rheobase is asked there. What anybody can inject a current into
stands on his own machine, so whoever reads the package finds its numbers: a curtain, not a wall.
"""

import math

import numpy as np

from snnlab.course.classroom.parts import Bench, ClassExercise
from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.neurons import lif_latency, lif_rate, lif_rheobase

TOLERANCE = 0.04
STEP = 0.01  # nA, of the currents that a page injects


def time_constant(neuron_seed):
    """A look behind the curtain; a student compares the latencies of two strong currents."""
    from snnlab.course.exercises import find

    return find("2.4").draw(neuron_seed).tau_m


def _parameters(rng):
    return {"neuron_seed": int(rng.integers(1000, 1_000_000))}


def _build(variant):
    neuron = find("2.4").draw(variant["neuron_seed"])
    rheobase = lif_rheobase(neuron)
    half = float(lif_latency(2.0 * rheobase, neuron))
    return Number(
        id="1.4",
        title=EXERCISE.title,
        statement=(
            '`hidden = exercise("2.4", seed=neuron_seed)` is a leaky integrate-and-fire neuron with '
            "numbers that you cannot see; with your seed it is yours alone. "
            "`hidden.inject(np.full(5000, 0.6), dt=0.1)` sends 0.6 nA into it for half a second and "
            "returns its spikes, `.times` in ms. You have ten trials, and running a cell again uses "
            "another; `exercise(…, fresh=True)` begins anew. The neuron's time constant lies between "
            "30 and 60 ms. Find it to within 4 %. Two latencies, or a latency and the rheobase, are "
            "enough."
        ),
        stub='hidden = exercise("2.4", seed=neuron_seed)\n\ntime_constant_found = ...  # ms',
        variable=EXERCISE.variable,
        unit="ms",
        tolerance=TOLERANCE,
        solution=neuron.tau_m,
        next_step=(
            "From the rheobase and the latency you know two of its numbers. Which of the others can "
            "no trial tell apart?"
        ),
        mistakes=(
            Mistake(
                "latency for time constant",
                half,
                "{answer} ms is the latency at twice the rheobase. By then half of the way is done, "
                "after the time constant 63 %: the latency there is τ ln 2.",
            ),
            Mistake(
                "base ten",
                neuron.tau_m * math.log(10),
                "{answer} ms has the logarithm to base 10 in it. The latency has the natural one, np.log.",
            ),
            Mistake(
                "rheobase",
                rheobase,
                "{answer} is the rheobase in nA. The time constant is wanted, in ms.",
            ),
            Mistake(
                "seconds",
                neuron.tau_m / 1000.0,
                "The digits are right, but this is in s. The time constant is wanted in ms.",
            ),
        ),
    )


def _bench(variant):
    """What the neuron does under each current that a page injects; a student's own Python gives the same."""
    neuron = find("2.4").draw(variant["neuron_seed"])
    currents = np.round(np.arange(1, 201) * STEP, 2)
    first = lif_latency(currents, neuron)
    fires = np.isfinite(first)
    intervals = 1000.0 / lif_rate(currents[fires], neuron)
    rows = zip(currents[fires], first[fires], intervals, strict=True)
    answers = [(float(i), round(float(a), 3), round(float(b), 3)) for i, a, b in rows]
    return Bench(duration=500.0, trials=find("2.4").trials, answers=answers, step=STEP)


EXERCISE = ClassExercise(
    grade_id="curtain",
    title="The neuron behind your curtain",
    chapter=2,
    points=3,
    variable="time_constant_found",
    parameters=_parameters,
    build=_build,
    answer=time_constant,
    bench=_bench,
)
