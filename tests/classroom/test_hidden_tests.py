"""What a hidden test of the nbgrader source says, for everything that a student may write."""

import numpy as np
import pytest

from snnlab.course.classroom.handout.hidden_tests import expect_function, expect_numbers

HINTS = {"Upside down.": 0.2, "Twice.": 10.0}
CASES = [(1.0,), (2.0,), (np.array([3.0]),)]
WRONG = {"Not squared.": [1.0, 2.0, [3.0]], "It stops for 2.": [1.0, "ZeroDivisionError", [9.0]]}


def hint(call, *args):
    with pytest.raises(AssertionError) as stopped:
        call(*args)
    return str(stopped.value)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (0.2, "Upside down."),
        (10, "Twice."),
        (7.0, "This is not the right answer."),
        (float("nan"), "This is not the right answer."),
        ([5.0], "This is not the right answer."),
        (None, "Not started yet."),
        (..., "Not started yet."),
        ("5", "Your answer is text: leave the quotes out."),
    ],
)
def test_a_wrong_number_is_named(answer, sentence):
    assert hint(expect_numbers, answer, 5.0, 0.01, HINTS) == sentence


def test_a_right_number_says_nothing():
    expect_numbers(5.04, 5.0, 0.01, HINTS)
    expect_numbers(np.array([1, 2]), [1.0, 2.0], 0.01, {})


def remembers(x, seen=[]):  # noqa: B006  # that is the mistake
    seen.append(1)
    return x**2 + (len(seen) > 3) * 1.0


def changes(x):
    x = np.asarray(x)
    result = x**2
    if x.ndim:
        x[0] = 7.0
    return result


def fails(x):
    raise ValueError("no")


def leaves(x):
    raise SystemExit


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda x: x, "Not squared."),
        (lambda x: 1 / 0 if np.all(x == 2.0) else x**2, "It stops for 2."),
        (lambda x: {}["x"] if np.all(x == 2.0) else x**2, "Your function stops: KeyError: 'x'"),
        (lambda x: x**3, "This is not the right answer."),
        (fails, "Your function stops: ValueError: no"),
        (leaves, "Your function ends Python instead of returning."),
        (remembers, "Called twice, it gives two different results."),
        (changes, "Your function changes its arguments: work on a copy."),
        (lambda x: ..., "Not started yet."),
        (4.0, "A function is wanted, without brackets."),
    ],
)
def test_a_wrong_function_is_named(function, sentence):
    assert hint(expect_function, function, CASES, [1.0, 4.0, [9.0]], 1e-6, WRONG) == sentence


def test_a_right_function_says_nothing():
    expect_function(lambda x: x**2, CASES, [1.0, 4.0, [9.0]], 1e-6, WRONG)
