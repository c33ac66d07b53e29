"""Exercise 14.2, sketch then plot: how likely three synapses make a neuron fire, against its bias."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["THREE_LINES"]

_RIGHT = np.array([0.875, 0.5, 0.125])  # b = 0, −1, −2: at least one, two, three of three

THREE_LINES = Number(
    id="14.2",
    title="Three lines",
    statement=(
        "Three lines carry a spike, and all three push: their strength is +1. Each synapse is there with the "
        "probability ½. The neuron adds a whole bias b and fires if the sum is above 0. Sketch the "
        "probability that it fires against b, from −4 to 1. Then plot it, with `b = np.arange(-4, 2)` and "
        "the function `sum_law([0.5] * 3, [1] * 3)`, which returns the possible sums without a bias and "
        "their probabilities. How high is it for b = 0, for b = −1 and for b = −2?"
    ),
    stub="steps = [..., ..., ...]  # probability of firing for b = 0, −1, −2",
    variable="steps",
    labels=("b = 0", "b = −1", "b = −2"),
    tolerance=0.004,
    solution=_RIGHT,
    next_step=(
        "The normal distribution with the cut at ½ would say 0.876, 0.5 and 0.124, although the variance is "
        "only ¾. Which of the three does it get exactly right, and why?"
    ),
    mistakes=(
        Mistake(
            "from zero on",
            np.array([1.0, 0.875, 0.5]),
            "Your neuron fires from a sum of 0 on. This one fires above 0, which for a whole sum is 1 and "
            "more.",
        ),
        Mistake(
            "exactly one",
            np.array([0.375, 0.375, 0.125]),
            "These are the probabilities of exactly one, two and three synapses. It also fires with more "
            "than it needs: add them up.",
        ),
        Mistake(
            "silent",
            np.array([0.125, 0.5, 0.875]),
            "That is how likely it stays silent. Take it from 1.",
        ),
        Mistake(
            "all of them",
            np.array([0.125, 0.125, 0.125]),
            "You ask for all three synapses each time. With b = 0 one of them is enough.",
        ),
        Mistake(
            "one alone",
            np.array([0.5, 0.5, 0.5]),
            "You have kept one synapse. Three of them can be there, and the neuron counts.",
        ),
        Mistake(
            "cut at zero",
            np.array([0.958, 0.718, 0.282]),
            "These come from a normal distribution that is cut at 0. A whole sum above 0 is at least 1: cut "
            "half way, or better count the cases.",
        ),
        Mistake(
            "in per cent",
            100.0 * _RIGHT,
            "These are per cent. A probability is between 0 and 1.",
        ),
        Mistake(
            "bias pushes",
            np.array([0.875, 1.0, 1.0]),
            "The bias is added, and here it is negative: the more so, the less often the neuron fires.",
        ),
    ),
)
