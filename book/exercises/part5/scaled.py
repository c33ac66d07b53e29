"""A number from own parameters: what the silent inputs of a neuron pay for those that made it fire."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {
    "early": "inputs", "silent": "inputs", "w_early": "", "w_silent": "", "eta": "", "since": "ms",
    "before": "ms",
}  # fmt: skip
FAST, SLOW = 20.0, 40.0  # ms: the trace of an input, the slow one of the neuron


def gain_weight_and_spikes(early, silent, w_early, w_silent, eta, since, before):
    """Spike by spike, and after each all weights are scaled to the sum that they had."""
    gain = eta * math.exp(-since / 20) * math.exp(-before / 40)
    total, after, spikes = early * w_early + silent * w_silent, [w_silent], 0
    while after[-1] >= w_silent / 2:
        factor = total / (total + early * gain)
        after.append(after[-1] * factor)
        spikes += 1
    return [gain, after[1], spikes]


def _parameters(rng):
    while True:
        own = {
            "early": 4 + int(rng.integers(0, 9)),
            "silent": 6 + int(rng.integers(0, 15)),
            "w_early": round(0.2 + 0.02 * int(rng.integers(0, 16)), 2),
            "w_silent": round(0.2 + 0.02 * int(rng.integers(0, 16)), 2),
            "eta": round(0.1 + 0.02 * int(rng.integers(0, 11)), 2),
            "since": 3.0 + 1.0 * int(rng.integers(0, 18)),
            "before": 12.0 + 2.0 * int(rng.integers(0, 15)),
        }
        gain = own["eta"] * math.exp(-own["since"] / FAST - own["before"] / SLOW)
        total = own["early"] * own["w_early"] + own["silent"] * own["w_silent"]
        spikes = math.log(2) / math.log1p(own["early"] * gain / total)
        if own["early"] * gain > 0.04 * total and 0.05 < spikes % 1 < 0.95:
            return own


def _build(own):
    early, silent, w_early, w_silent, eta, since, before = (own[name] for name in UNITS)
    total = early * w_early + silent * w_silent

    def answer(gain, added=None):
        """What all weights gain together, `added`, is taken from all of them."""
        grown = 1 + (early * gain if added is None else added) / total
        return np.array([gain, w_silent / grown, math.ceil(math.log(2) / math.log(grown))])

    gain = eta * math.exp(-since / FAST - before / SLOW)
    right = answer(gain)
    _, scaled, spikes = right
    return Number(
        id="5.4",
        title=EXERCISE.title,
        statement=(
            f"A neuron that learns as in chapter 22 has {early} inputs of the weight {told(w_early)}, which "
            f"have all fired {told(since)} ms ago, and {silent} inputs of the weight {told(w_silent)}, which "
            f"have not fired at all. Now it fires, and its spike before that was {told(before)} ms ago. The "
            f"rule is $\\eta\\, x\\, z$ with η = {told(eta)}; the trace x of an input is 1 at its spike and "
            "fades with 20 ms, the slow trace z of the neuron is 1 at its own spike and fades with 40 ms. By "
            "how much does the weight of an input grow that has fired? Then all weights are scaled to the "
            "sum that they had before. What is the weight of a silent input now? And if the same happens "
            "again and again, always with the same gaps and scaled after each spike: after how many spikes, "
            "at the fewest, is it below half of what it was at first? To within 0.5 %."
        ),
        stub="sorted_out = [..., ..., ...]  # growth; weight of a silent input; spikes",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Where do the weights of the inputs that fire end, and what does the neuron answer then?",
        mistakes=(
            Mistake(
                "one spike teaches",
                answer(eta * math.exp(-since / FAST)),
                "You have left out the neuron's own trace. The rule is one of triplets: it counts how long "
                "ago the neuron has fired before.",
            ),
            Mistake(
                "fast trace for both",
                answer(eta * math.exp(-(since + before) / FAST)),
                "You let both traces fade with 20 ms. That of the neuron, which the gain reads, is the slow "
                "one.",
            ),
            Mistake(
                "traces exchanged",
                answer(eta * math.exp(-since / SLOW - before / FAST)),
                "You have exchanged the two time constants. The trace of the input is the fast one.",
            ),
            Mistake(
                "traces added",
                answer(eta * (math.exp(-since / FAST) + math.exp(-before / SLOW))),
                "You have added the two traces. The gain has their product in it, so both have to be there.",
            ),
            Mistake(
                "one input grows",
                answer(gain, gain),
                "The growth is right. You have scaled as if one input had grown. All that have fired grow, "
                "and the silent ones pay for all.",
            ),
            Mistake(
                "all inputs grow",
                answer(gain, (early + silent) * gain),
                "The growth is right. You let all inputs grow. The trace of those that have not fired is 0.",
            ),
            Mistake(
                "taken off alike",
                np.array([gain, w_silent - early * gain / (early + silent), spikes]),
                "Two are right. You have taken the same off each weight. They are multiplied by the same "
                "factor, so large ones pay more.",
            ),
            Mistake(
                "not scaled",
                np.array([gain, w_silent, spikes]),
                "Two are right. The rule itself leaves a silent input alone. The scaling does not.",
            ),
            Mistake(
                "in a straight line",
                np.array([gain, scaled, math.ceil(w_silent / 2 / (w_silent - scaled))]),
                "Two are right. You let the weight fall by the same amount each time. It is multiplied by "
                "the same factor.",
            ),
            Mistake(
                "one too few",
                np.array([gain, scaled, spikes - 1]),
                "Two are right. After so many spikes it is still a little above half.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="piles",
    title="Sorted by nobody",
    chapter=22,
    points=3,
    variable="sorted_out",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=gain_weight_and_spikes,
)
