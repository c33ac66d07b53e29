"""Exercise 24.5 answers what a class hands in by name; the answers are worked out from the statement."""

import math

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.course.judging.answers import judge


def odds(tau, power=0.5):
    """Signal against noise for rewards that come 3 s late, with another power of the noise if asked."""
    return np.exp(-3 / tau) / tau**power


def test_the_peak_found_by_plotting_is_right():
    tau = np.linspace(0.5, 20, 400)
    best = tau[odds(tau).argmax()]
    assert judge(find("24.5"), [best, odds(best) / odds(1.0)]).right


@pytest.mark.parametrize(
    ("longer", "named"),
    [
        ([3, odds(3) / odds(1)], "as long as the delay"),
        ([3, odds(3, power=1) / odds(1, power=1)], "noise without root, twice"),
        ([20, odds(20, power=0) / odds(1, power=0)], "signal alone"),
        ([20, odds(20) / odds(1)], "end of the axis"),
        ([6, math.exp(-3 / 6) / math.exp(-3)], "trace alone"),
        ([6, odds(6) / odds(1) - 1], "by how much"),
        ([6, odds(6)], "not relative"),
        ([6, odds(1) / odds(6)], "upside down"),
    ],
)
def test_the_usual_slips_have_a_name(longer, named):
    assert judge(find("24.5"), longer).reason == named
