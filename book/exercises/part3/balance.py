"""A number from own parameters: the rate at which inhibition holds a potential below the threshold."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "n_exc": "",
    "n_inh": "",
    "w": "mV",
    "g": "",
    "tau_m": "ms",
    "outside": "mV above rest",
    "threshold": "mV above rest",
    "below": "mV",
}


def held_below(n_exc, n_inh, w, g, tau_m, outside, threshold, below):
    """Rate in Hz, and the mean potential in mV if the inhibitory neurons were silent at that rate."""
    per_hz = tau_m / 1000 * w  # mV that one excitatory neuron brings for each Hz
    rate = (outside - threshold + below) / (per_hz * (g * n_inh - n_exc))
    return [rate, outside + per_hz * n_exc * rate]


def _parameters(rng):
    n_exc, g = 4 * int(rng.integers(20, 51)), 5.0 + 0.5 * int(rng.integers(0, 9))
    tau_m, threshold = 10.0 + int(rng.integers(0, 16)), 14.0 + int(rng.integers(0, 9))
    outside, below = threshold + 3.0 + int(rng.integers(0, 13)), 2.0 + 0.5 * int(rng.integers(0, 9))
    rate = float(rng.uniform(8, 60))  # Hz, before w is rounded
    w = (outside - threshold + below) / (tau_m / 1000 * n_exc * (g / 4 - 1) * rate)
    return {
        "n_exc": n_exc,
        "n_inh": n_exc // 4,
        "w": min(2.0, max(0.05, round(w, 2))),
        "g": g,
        "tau_m": tau_m,
        "outside": outside,
        "threshold": threshold,
        "below": below,
    }


def _build(variant):
    n_exc, n_inh, w, g, tau_m, outside, threshold, below = (variant[name] for name in UNITS)
    rate, alone = held_below(**variant)
    per_hz, missing = tau_m / 1000 * w, outside - threshold + below

    def with_rate(wrong):
        return np.array([wrong, outside + per_hz * n_exc * wrong])

    return Number(
        id="3.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron hears {n_exc} excitatory neurons by synapses of w = {told(w)} mV, and {n_inh} "
            f"inhibitory ones by synapses that are g = {told(g)} times as strong; all of them fire at the "
            f"same rate. What comes from outside alone would hold its potential at {told(outside)} mV above "
            f"rest. Its threshold is {told(threshold)} mV above rest, its membrane time constant "
            f"{told(tau_m)} ms. At which rate, in Hz, does the mean potential, if no spike cut it off, lie "
            f"{told(below)} mV below the threshold? And where would it lie, in mV above rest, if the "
            "inhibitory neurons fell silent and the excitatory ones kept this rate? To within 1 %."
        ),
        stub="network = [..., ...]  # rate in Hz; mean potential without inhibition in mV above rest",
        variable=EXERCISE.variable,
        tolerance=0.01,
        solution=np.array([rate, alone]),
        next_step=(
            "Make all synapses, of both kinds, twice as strong. At which rate does the mean lie there now, "
            "and who has to slow down for it?"
        ),
        mistakes=(
            Mistake(
                "at the threshold",
                with_rate((outside - threshold) / (per_hz * (g * n_inh - n_exc))),
                "You let the mean lie at the threshold. It is to lie below it, so inhibition has more to "
                "take away.",
            ),
            Mistake(
                "milliseconds",
                np.array([rate / 1000, alone]),
                "The potential is right. The rate is in spikes a millisecond; in Hz it is a thousand times "
                "as much.",
            ),
            Mistake(
                "excitation forgotten",
                with_rate(missing / (per_hz * g * n_inh)),
                "You let inhibition work against the outside alone. The excitatory neurons fire as well, and "
                "it has to cancel them first.",
            ),
            Mistake(
                "g forgotten",
                with_rate(missing / (per_hz * (n_inh - n_exc))),
                "Your rate is below zero: with synapses that are all alike the excitatory neurons win. An "
                "inhibitory one is g times as strong.",
            ),
            Mistake(
                "one of each",
                with_rate(missing / (per_hz * (g - 1))),
                "You took one neuron of each kind. Each of them brings its part.",
            ),
            Mistake(
                "outside forgotten",
                np.array([rate, alone - outside]),
                "The rate is right. The second number is what the excitatory neurons bring; what comes from "
                "outside is still there.",
            ),
            Mistake(
                "the mean itself",
                np.array([rate, threshold - below]),
                "The rate is right. The second number is the mean with inhibition. Without it the potential "
                "lies higher.",
            ),
            Mistake(
                "excitation silenced",
                np.array([rate, outside - per_hz * g * n_inh * rate]),
                "The rate is right. For the second number you silenced the excitatory neurons.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="balance",
    title="One among many",
    chapter=9,
    points=2,
    variable="network",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=held_below,
)
