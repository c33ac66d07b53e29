"""Exercise 22.2 answers what a class hands in by name; the answers are worked out from the statement."""

import math

import pytest

from snnlab.course.exercises import find
from snnlab.course.judging.answers import judge

ETA, X, Z = 0.01, (math.exp(-5 / 20), math.exp(-30 / 20)), math.exp(-20 / 40)


@pytest.mark.parametrize(
    ("growth", "named"),
    [
        ([0.0047, 0.0014], "two digits"),
        ([0.00472, 0.0014], "two digits"),
        ([ETA * X[0], ETA * X[1]], "own trace forgotten"),
        ([ETA * X[0] * Z, 0.0], "before the last spike"),
        ([ETA * math.exp(-15 / 20) * Z, ETA * math.exp(-10 / 20) * Z], "since the last spike"),
        ([X[0] * Z, X[1] * Z], "rate forgotten"),
    ],
)
def test_the_usual_slips_have_a_name(growth, named):
    assert judge(find("22.2"), growth).reason == named


def test_three_digits_are_asked_for_and_enough():
    assert "To three digits." in find("22.2").statement
    assert judge(find("22.2"), [0.00472, 0.00135]).right
