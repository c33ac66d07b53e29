"""Exercise 22.3, the inverse problem: from responses to names, and from names to an answer."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["NAMING"]

NAMING = Number(
    id="22.3",
    title="What are they called?",
    statement=(
        "Three neurons were shown labelled images, and these are their spikes. Two images of a 1: (6, 9, 0) "
        "and (4, 7, 0). Four images of a 7: (8, 3, 0), (5, 6, 0), (9, 4, 1) and (6, 5, 3), one number for "
        "each neuron. Name each neuron after the digit to which it answers most, on average. Then a new "
        "image comes, and the spikes are (4, 5, 2). Which digit is it?"
    ),
    stub="named = [..., ..., ..., ...]  # the digits of the three neurons, and of the new image",
    variable="named",
    labels=("Neuron 1", "Neuron 2", "Neuron 3", "New image"),
    tolerance=0.01,
    solution=np.array([7.0, 1.0, 7.0, 1.0]),
    choices=True,
    next_step=(
        "The third neuron has cost the 7 its case: it hardly ever fires, and it counts as much as the first. "
        "How would you vote instead?"
    ),
    mistakes=(
        Mistake(
            "sums in the vote",
            np.array([7.0, 1.0, 7.0, 7.0]),
            "The names are right. In the vote you added up the spikes: 4 + 2 against 5. The neurons of a "
            "digit are averaged, or the digit with most neurons would always win.",
        ),
        Mistake(
            "sums in the naming",
            np.array([7.0, 7.0, 7.0, 7.0]),
            "You added up the spikes. There are twice as many images of a 7 as of a 1; neuron 2 made 16 "
            "spikes at two images of a 1 and 18 at four of a 7.",
        ),
        Mistake(
            "third called a 1",
            np.array([7.0, 1.0, 1.0, 7.0]),
            "Neuron 3 has fired at two images of a 7 and at no 1. A weak answer is an answer.",
        ),
        Mistake(
            "swapped",
            np.array([1.0, 7.0, 1.0, 7.0]),
            "Neuron 1 answers a 1 with 5 spikes on average and a 7 with 7; neuron 2 a 1 with "
            "8 and a 7 with 4.5.",
        ),
        Mistake(
            "third called a 1, but counted as a 7",
            np.array([7.0, 1.0, 1.0, 1.0]),
            "Three are right. Neuron 3 has fired at two images of a 7 and at no 1, and however little that "
            "is, it is named after the 7.",
        ),
        Mistake(
            "third without a name",
            np.array([7.0, 1.0, 0.0, 1.0]),
            "Three are right. Neuron 3 is named as well: it fires little, but it fires at a 7 and never at "
            "a 1.",
        ),
        Mistake(
            "neuron for its digit",
            np.array([7.0, 1.0, 7.0, 2.0]),
            "The names are right. 2 is the neuron that fires most at the new image. Which digit is it named "
            "after, and does the mean over the neurons of a digit agree?",
        ),
    ),
)
