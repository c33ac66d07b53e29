"""Exercise 5.1, calculate then verify: the coefficient of variation of three intervals."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number

__all__ = ["FOUR_SPIKES"]

_TIMES = np.array([20.0, 30.0, 44.0, 80.0])  # ms
_GAPS = np.diff(_TIMES)  # 10, 14 and 36 ms
_CV = _GAPS.std() / _GAPS.mean()

FOUR_SPIKES = Number(
    id="5.1",
    title="Four spikes",
    statement=(
        "A neuron fires at 20, 30, 44 and 80 ms. What is the coefficient of variation of its intervals? Work "
        "it out on paper, to three digits. As in the text, the squares are averaged over all intervals."
    ),
    stub="irregularity = ...",
    variable="irregularity",
    labels=("Coefficient of variation",),
    tolerance=0.01,
    solution=float(_CV),
    next_step=(
        "It does not change if all times are doubled: the CV knows nothing of the rate. What would it be "
        "with a fourth interval of 20 ms?"
    ),
    mistakes=(
        Mistake(
            "n - 1",
            float(_GAPS.std(ddof=1) / _GAPS.mean()),
            "You divided the sum of squares by 2, one less than there are intervals. The text divides by "
            "their number, 3.",
        ),
        Mistake(
            "times",
            float(_TIMES.std() / _TIMES.mean()),
            "This is the variation of the spike times. Take the intervals between them first: there are "
            "three.",
        ),
        Mistake(
            "standard deviation",
            float(_GAPS.std()),
            "{answer} ms is the standard deviation. Divided by the mean interval it becomes a pure number.",
        ),
        Mistake(
            "variance",
            float(_GAPS.var() / _GAPS.mean()),
            "This is the variance divided by the mean. Take the square root of the variance first.",
        ),
        Mistake(
            "square",
            float(_CV**2),
            "This is the square of the coefficient of variation. The square root is missing.",
        ),
        Mistake(
            "upside down",
            float(1.0 / _CV),
            "This is the mean divided by the standard deviation, so a clock would be infinite. It is the "
            "other way round.",
        ),
        Mistake(
            "from zero",
            float(np.diff(_TIMES, prepend=0).std() / np.diff(_TIMES, prepend=0).mean()),
            "You counted the 20 ms before the first spike as an interval. An interval lies between two "
            "spikes: four spikes have three.",
        ),
        Mistake(
            "sum of squares",
            float(np.sqrt(((_GAPS - _GAPS.mean()) ** 2).sum()) / _GAPS.mean()),
            "You took the root of the sum of the squares. Average them first: divide the sum by 3.",
        ),
        Mistake(
            "divided by four",
            float(np.sqrt(((_GAPS - 15) ** 2).sum() / 4) / 15),
            "You divided by 4, the number of spikes. There are three intervals, in the mean and in the "
            "standard deviation.",
        ),
        Mistake(
            "mean of four",
            float(_GAPS.std() / 15),
            "Your mean interval is 15 ms, 60 ms divided by 4. Four spikes have three intervals: divide by 3.",
        ),
        Mistake(
            "range",
            float(np.ptp(_GAPS) / _GAPS.mean()),
            "This is the longest interval less the shortest, divided by the mean. The standard deviation "
            "takes every interval's distance from the mean: square, average, root.",
        ),
        Mistake(
            "per cent",
            float(100 * _CV),
            "This is the coefficient in per cent. It is a pure number, not far from 0 for a clock and 1 for "
            "pure chance.",
        ),
        Mistake(
            "mean interval",
            float(_GAPS.mean()),
            "This is the mean interval, in ms. Divide the standard deviation of the intervals by it.",
        ),
        Mistake(
            "without squares",
            float(np.abs(_GAPS - _GAPS.mean()).mean() / _GAPS.mean()),
            "You averaged the distances from the mean. The standard deviation averages their squares and "
            "then takes the root.",
        ),
        Mistake(
            "variance alone",
            float(_GAPS.var()),
            "{answer} ms² is the variance of the intervals. Take its square root, and divide that by the "
            "mean interval.",
        ),
    ),
)
