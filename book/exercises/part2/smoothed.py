"""A number from own parameters: noise and error of a smoothed rate, and the repetitions that it takes."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"rate": "Hz", "sigma": "ms", "repetitions": "", "bias": "Hz", "wanted": "Hz"}


def noise_error_and_repetitions(rate, sigma, repetitions, bias, wanted):
    """The squares of bias and noise add up; then one repetition more at a time."""

    def noise(repetitions):
        return math.sqrt(rate / (2 * math.sqrt(math.pi) * sigma / 1000 * repetitions))

    enough = 1
    while math.hypot(bias, noise(enough)) > wanted:
        enough += 1
    return [noise(repetitions), math.hypot(bias, noise(repetitions)), enough]


def _parameters(rng):
    while True:
        own = {
            "rate": 40.0 + 5.0 * int(rng.integers(0, 23)),
            "sigma": 1.5 + 0.1 * int(rng.integers(0, 31)),
            "repetitions": 8 + int(rng.integers(0, 25)),
            "bias": 4.0 + 0.5 * int(rng.integers(0, 17)),
            "wanted": 8.0 + 0.5 * int(rng.integers(0, 17)),
        }
        own["sigma"] = round(own["sigma"], 1)
        variance = own["rate"] / (2 * math.sqrt(math.pi) * own["sigma"] / 1000)
        if own["wanted"] > own["bias"] + 1 and variance / own["repetitions"] > 2 * own["wanted"] ** 2:
            needed = variance / (own["wanted"] ** 2 - own["bias"] ** 2)
            if 0.1 < needed % 1 < 0.9 and needed < 190:  # within 0.5 % of it no other number is whole
                return own


def _build(own):
    rate, sigma, repetitions, bias, wanted = (own[name] for name in UNITS)
    variance = rate / (2 * math.sqrt(math.pi) * sigma / 1000)  # of one repetition
    noise = math.sqrt(variance / repetitions)
    error = math.sqrt(bias**2 + noise**2)
    enough = math.ceil(variance / (wanted**2 - bias**2))
    right = np.array([noise, error, enough])
    return Number(
        id="2.1",
        title=EXERCISE.title,
        statement=(
            f"A neuron answers a sound, and its spikes come by chance. Of {repetitions} repetitions somebody "
            f"makes a rate, with a Gaussian kernel of width σ = {told(sigma)} ms over each spike. At a "
            f"moment at which the true rate hardly changes it is {told(rate)} Hz. What is the noise of the "
            "smoothed rate there, its standard deviation in Hz? Elsewhere, where the noise is as large, "
            f"smoothing flattens a peak, by {told(bias)} Hz. What is the error there, the root of the mean "
            f"square, in Hz? And how many repetitions does it take, at the fewest, until the error there is "
            f"{told(wanted)} Hz or less, with the same kernel? To within 0.5 %."
        ),
        stub="measures = [..., ..., ...]  # noise in Hz; error in Hz; repetitions",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="With so many repetitions, would you now take a wider kernel or a narrower one?",
        mistakes=(
            Mistake(
                "milliseconds",
                np.array([
                    noise / math.sqrt(1000),
                    math.hypot(bias, noise / math.sqrt(1000)),
                    max(1, math.ceil(variance / 1000 / (wanted**2 - bias**2))),
                ]),
                "Your width is in ms and your rate in Hz. Put the width in seconds, and the noise comes out "
                "in Hz.",
            ),
            Mistake(
                "variance",
                np.array([noise**2, error, enough]),
                "Two are right. The first number is the square of the noise. Take the root.",
            ),
            Mistake(
                "one repetition",
                np.array([math.sqrt(variance), math.hypot(bias, math.sqrt(variance)), enough]),
                "The repetitions are right. Noise and error are those of a single repetition: spikes of all "
                "of them are averaged.",
            ),
            Mistake(
                "added",
                np.array([noise, bias + noise, enough]),
                "Two are right. For the error you have added bias and noise. Their squares add up.",
            ),
            Mistake(
                "squares not rooted",
                np.array([noise, error**2, enough]),
                "Two are right. The second number is the square of the error. Take the root.",
            ),
            Mistake(
                "bias forgotten",
                np.array([noise, error, math.ceil(variance / wanted**2)]),
                "Two are right. So many repetitions make the noise as small as that. The bias stays, however "
                "many there are.",
            ),
            Mistake(
                "bias subtracted",
                np.array([noise, error, math.ceil(variance / (wanted - bias) ** 2)]),
                "Two are right. For the repetitions you have taken the bias off the error. It is the squares "
                "that are taken off.",
            ),
            Mistake(
                "rounded down",
                np.array([noise, error, enough - 1]),
                "Two are right. With so many repetitions the error is still a little too large: round up.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="pause",
    title="Left to chance",
    chapter=6,
    points=3,
    variable="measures",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=noise_error_and_repetitions,
)
