"""The inverse problem: how strongly two stimuli drive a neuron, told by the bits of one bin."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"bits": "bit"}


def drive_and_two_bins(bits):
    """The error of the coin by halving, its log odds, and the entropy of words of two bins."""

    def entropy(chances):
        return -sum(chance * math.log2(chance) for chance in chances)

    low, high = 1e-12, 0.5
    for _ in range(200):
        middle = (low + high) / 2
        if 1 - entropy([middle, 1 - middle]) > bits:
            low = middle
        else:
            high = middle
    both = (low**2 + (1 - low) ** 2) / 2
    mixed = low * (1 - low)
    return [math.log((1 - low) / low), entropy([both, both, mixed, mixed]) - 2 * (1 - bits)]


def _build(variant):
    bits = variant["bits"]
    right = np.array(drive_and_two_bins(bits))
    u, two = right
    wrong = 1 / (1 + math.exp(u))
    return Number(
        id="8.3",
        title=EXERCISE.title,
        statement=(
            "There are two stimuli, which come equally often. Under one the potential of a bin is −u, under "
            "the other u, with u above 0. Bins remember nothing, and the link is logistic. One bin tells "
            f"`bits` = {told(bits)} bit about which stimulus it is. How large is u? And how many bits do two "
            "bins tell, with the same stimulus in both? To within 0.5 %."
        ),
        stub="channel = [..., ...]  # u; bits of two bins",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "What do three bins tell, and ten? No number of bins tells more than 1 bit. And what if a spike "
            "kept the neuron silent in the bin after it?"
        ),
        mistakes=(
            Mistake(
                "twice as much",
                np.array([u, 2 * bits]),
                "The drive is right. You count twice what one bin tells. Part of what the second bin says "
                "was known from the first.",
            ),
            Mistake(
                "no more",
                np.array([u, bits]),
                "The drive is right. A second bin tells something of its own: its coin is thrown anew.",
            ),
            Mistake(
                "independent doubts",
                np.array([u, 1 - (1 - bits) ** 2]),
                "The drive is right. You have multiplied the bits that are left open. Count the four words "
                "of two bins: their entropy, less that of two coins.",
            ),
            Mistake(
                "probability",
                np.array([1 - wrong, two]),
                "The bits are right. The first is the probability of a spike. u is the logarithm of its odds."
                "",
            ),
            Mistake(
                "error",
                np.array([wrong, two]),
                "The bits are right. The first is the probability that the bin says the wrong thing. u is "
                "the logarithm of the odds.",
            ),
            Mistake(
                "both potentials",
                np.array([2 * u, two]),
                "The bits are right. You have given how far the two potentials are apart. They are −u and u.",
            ),
            Mistake(
                "negative",
                np.array([-u, two]),
                "The bits are right, and so is the size of u. It is to be above 0.",
            ),
            Mistake(
                "base 2",
                np.array([u / math.log(2), two]),
                "The bits are right. For u you have taken the logarithm to base 2. The logistic link has the "
                "natural one.",
            ),
            Mistake(
                "difference of probabilities",
                np.array([math.log((1 + bits) / (1 - bits)), two]),
                "The bits are right. You have taken the difference of the two probabilities for the bits. "
                "These are 1 less the entropy of the coin.",
            ),
            Mistake(
                "in nats",
                np.array([u, two * math.log(2)]),
                "The drive is right. The second is in nats; bits are wanted.",
            ),
            Mistake(
                "entropy of the words",
                np.array([u, two + 2 * (1 - bits)]),
                "The drive is right. The second is the entropy of the four words. What the coins leave open "
                "under each stimulus is to be taken off.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: u comes first.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="channel",
    title="A bin with a doubt",
    chapter=25,
    points=3,
    variable="channel",
    parameters=lambda rng: {"bits": round(float(rng.uniform(0.2, 0.6)), 3)},
    build=_build,
    comments=UNITS,
    answer=drive_and_two_bins,
)
