"""Exercise 6.2, sketch then plot: how many intervals until the rate is known."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["INTERVALS"]

_CV = np.array([1.0, 0.5, 0.2])
_WANTED = 0.1
_RIGHT = (_CV / _WANTED) ** 2

INTERVALS = Number(
    id="6.2",
    title="Until ten per cent",
    statement=(
        "Three neurons fire at the same rate. The first is a Poisson process, the second has gamma intervals "
        "of shape 4, the third of shape 25: their coefficients of variation, as in exercise 5.1, are 1, 0.5 "
        "and 0.2. Sketch, on axes that are both logarithmic, the relative error of the mean interval "
        "against the number of intervals that a reader averages. Mark where each line passes 10 %. Then "
        "measure it: `interval_error(gamma_spikes(40, 4, 1e6, rng=np.random.default_rng(1)), n)` is the "
        "error after `n` intervals. How many intervals does each neuron need?"
    ),
    stub="needed = [..., ..., ...]  # Poisson, shape 4, shape 25",
    variable="needed",
    labels=("Poisson", "Shape 4", "Shape 25"),
    tolerance=0.02,
    solution=_RIGHT,
    next_step=(
        "Your three lines are parallel, each falls by one decade over two. A rate is one over the mean "
        "interval: after so many intervals its error is nearly the same, but after one or two a Poisson "
        "neuron's is without bound. Why?"
    ),
    mistakes=(
        Mistake(
            "not squared",
            _CV / _WANTED,
            "You divided CV by the error. The error is CV divided by the square root of n, so n is the "
            "square of that.",
        ),
        Mistake(
            "linear in CV",
            _CV / _WANTED**2,
            "The Poisson process is right. With half the CV the error is halved for the same n, and n must "
            "fall to a quarter to bring it back to 10 %.",
        ),
        Mistake(
            "shape squared",
            1 / (_WANTED * np.array([1.0, 4.0, 25.0])) ** 2,
            "You took the shape for 1 / CV. A gamma interval of shape k has CV = 1/√k.",
        ),
        Mistake(
            "all alike",
            np.full(3, 100.0),
            "These are 100 intervals for each, as if all three were Poisson. The second and the third "
            "are more regular, so each of their intervals tells more.",
        ),
        Mistake(
            "spikes",
            _RIGHT + 1,
            "These are spikes, one more than intervals. Intervals are asked for.",
        ),
        Mistake(
            "one per cent",
            (_CV / 0.01) ** 2,
            "These are the intervals for an error of 1 %, a tenth of the one that is wanted.",
        ),
        Mistake(
            "times the shape",
            (1.0 / _CV / _WANTED) ** 2,
            "With you the regular neurons need more intervals. They need fewer: the error is CV/√n, and CV² "
            "is 1 over the shape, not the shape.",
        ),
        Mistake(
            "error not squared",
            _CV**2 / _WANTED,
            "You squared CV and not the 10 %. √n is CV divided by 0.1, and n is the square of all that.",
        ),
    ),
)
