"""A number from own parameters: real weights as one bit each with a common scale, and what that costs."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"real": "", "bits": ""}


def scale_error_and_sum(real, bits):
    """The scale with the smallest squared error, that error, and what the neuron adds up with it."""
    w = np.array(real)
    signs = np.where(w >= 0, 1.0, -1.0)
    scale = (w @ signs) / len(w)
    return [scale, ((w - scale * signs) ** 2).sum(), scale * (signs @ np.array(bits))]


def _parameters(rng):
    while True:
        real = np.round(rng.choice([-1, 1], 6) * rng.uniform(0.1, 1.2, 6), 2)
        bits = rng.choice([-1, 1], 6)
        with_bits, with_reals = np.sign(real) @ bits, real @ bits
        alike = abs(abs(real.mean()) - abs(real).mean()) < 0.05
        if with_bits and abs(with_reals) > 0.1 and not alike and abs(real.sum()) > 0.2:
            return {"real": real.tolist(), "bits": bits.tolist()}


def _row(numbers):
    *most, last = (told(x) for x in numbers)
    return f"{', '.join(most)} and {last}"


def _build(own):
    real, bits = np.array(own["real"]), np.array(own["bits"])
    sizes, signs = np.abs(real), np.sign(real)
    scale, heard = sizes.mean(), signs @ bits
    error = (sizes**2).sum() - len(real) * scale**2
    right = np.array([scale, error, scale * heard])
    root = np.sqrt((real**2).mean())
    return Number(
        id="4.1",
        title=EXERCISE.title,
        statement=(
            f"Six real weights are `real` = {_row(own['real'])}. Each becomes one bit, its sign, and all of "
            "them share one scale, with which the sum of the squared errors of the six is as small as can "
            "be. How large is the scale? How large is that sum then? And what do the six weights, as scale "
            f"times bit, add up for the input `bits` = {_row(own['bits'])}? To within 0.5 %."
        ),
        stub="found = [..., ..., ...]  # scale; sum of squared errors; what they add up",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="Which of the six weights costs most, and what would a second bit for it save?",
        mistakes=(
            Mistake(
                "mean with signs",
                np.array([real.mean(), ((real - real.mean() * signs) ** 2).sum(), real.mean() * heard]),
                "You have taken the mean of the weights with their signs. The signs are in the bits: take "
                "the mean of the sizes.",
            ),
            Mistake(
                "root mean square",
                np.array([root, ((sizes - root) ** 2).sum(), root * heard]),
                "You have taken the root of the mean square for the scale. Set the derivative of the sum of "
                "squares to 0: it is the mean of the sizes.",
            ),
            Mistake(
                "no scale",
                np.array([1.0, ((sizes - 1) ** 2).sum(), heard]),
                "This is without a scale. With bits of −1 and 1 alone the errors are larger.",
            ),
            Mistake(
                "largest",
                np.array([sizes.max(), ((sizes - sizes.max()) ** 2).sum(), sizes.max() * heard]),
                "You have scaled to the largest weight. All smaller ones are far from it then.",
            ),
            Mistake(
                "mean error",
                np.array([scale, error / 6, scale * heard]),
                "Two are right. The second number is the mean of the squared errors. Their sum is asked for.",
            ),
            Mistake(
                "root of the error",
                np.array([scale, np.sqrt(error), scale * heard]),
                "Two are right. The second number is the root of the sum.",
            ),
            Mistake(
                "absolute errors",
                np.array([scale, np.abs(sizes - scale).sum(), scale * heard]),
                "Two are right. The second number is the sum of the errors without their signs. They are to "
                "be squared.",
            ),
            Mistake(
                "real weights",
                np.array([scale, error, real @ bits]),
                "Two are right. The third is what the real weights add up. Take scale times bit.",
            ),
            Mistake(
                "bits alone",
                np.array([scale, error, heard]),
                "Two are right. The third is the sum of the bits, without the scale.",
            ),
            Mistake(
                "agreeing",
                np.array([scale, error, scale * (signs == bits).sum()]),
                "Two are right. For the third you count the inputs that agree with their weights. Those that "
                "differ take something off.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="turned",
    title="Of one bit",
    chapter=12,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    answer=scale_error_and_sum,
)
