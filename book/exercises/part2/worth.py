"""A number from own parameters: a coherence, and the bits that several neurons tell together."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"mean_rate": "Hz", "depth": "", "highest": "Hz", "neurons": ""}


def coherence_and_bits(mean_rate, depth, highest, neurons):
    """One neuron against its noise; then all of them, frequency by frequency."""
    power = 1 / (2 * highest)
    signal = mean_rate * depth**2 * power
    together = neurons * signal
    return [signal / (1 + signal), -highest * math.log2(1 - together / (1 + together))]


def _parameters(rng):
    return {
        "mean_rate": 20.0 + 5.0 * int(rng.integers(0, 19)),
        "depth": round(0.2 + 0.02 * int(rng.integers(0, 16)), 2),
        "highest": 20.0 + 5.0 * int(rng.integers(0, 17)),
        "neurons": 3 + int(rng.integers(0, 18)),
    }


def _build(own):
    rate, depth, highest, neurons = (own[name] for name in UNITS)

    def answer(signal, n=neurons, band=highest):
        return np.array([signal / (1 + signal), band * math.log2(1 + n * signal)])

    signal = rate * depth**2 / (2 * highest)
    right = answer(signal)
    coherence, bits = right
    return Number(
        id="2.4",
        title=EXERCISE.title,
        statement=(
            "A signal has the variance 1, the same power at all frequencies below "
            f"{told(highest)} Hz, and none above. A Poisson neuron of {told(rate)} Hz on average is "
            f"modulated by it with c = {told(depth)}. How large is the coherence γ² of its spikes with the "
            f"signal at these frequencies? Then {told(neurons)} such neurons, independent but for the "
            "signal, are heard together, and all their spikes are added up. How many bits a second do they "
            "tell about the signal at the least, if it is Gaussian? To within 0.5 %."
        ),
        stub="found = [..., ...]  # coherence of one neuron; bits a second of all",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Twice as many neurons tell less than twice as much. When would it be nearly twice?",
        mistakes=(
            Mistake(
                "power of one side",
                answer(2 * signal),
                "Your power spectrum is twice as high. It stands at positive and at negative frequencies, "
                "and over both of them it makes the variance.",
            ),
            Mistake(
                "depth not squared",
                answer(signal / depth),
                "The depth c of the modulation is not squared in yours. Power goes with its square.",
            ),
            Mistake(
                "variance for power",
                answer(rate * depth**2),
                "You have put the variance in the place of the power spectrum. It is spread over the "
                "frequencies.",
            ),
            Mistake(
                "signal against noise",
                np.array([signal, bits]),
                "The bits are right. The first is how strong the signal is against the noise. The coherence "
                "is its share in both together.",
            ),
            Mistake(
                "bits of one, times all",
                np.array([coherence, neurons * answer(signal, 1)[1]]),
                "The coherence is right. You have multiplied the bits of one neuron. All of them tell of the "
                "same signal, and repeat each other in part.",
            ),
            Mistake(
                "bits of one",
                np.array([coherence, answer(signal, 1)[1]]),
                "The coherence is right. The second is what one neuron tells. How large is the coherence of "
                "them all?",
            ),
            Mistake(
                "nats",
                np.array([coherence, bits * math.log(2)]),
                "The coherence is right. The second number has the natural logarithm in it. Bits have the "
                "one to base 2.",
            ),
            Mistake(
                "both sides",
                np.array([coherence, 2 * bits]),
                "The coherence is right. For the bits you have gone through the negative frequencies as "
                "well. The integral begins at 0.",
            ),
            Mistake(
                "at one frequency",
                np.array([coherence, bits / highest]),
                "The coherence is right. These are the bits for each Hz. Add them up over all frequencies of "
                "the signal.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="common",
    title="Told by a few spikes",
    chapter=8,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=coherence_and_bits,
)
