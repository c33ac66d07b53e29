"""The check in a student's notebook: it sees the form and never the value."""

import numpy as np
import pytest

from snnlab.course import check_form


def said(capsys, *args, **kwargs):
    check_form(*args, **kwargs)
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("answer", "shape", "begin"),
    [
        (3, (), "One number in ms: the form is right."),
        (np.float64(3), (), "One number in ms: the form is right."),
        ([1, 2.0], (2,), "Two numbers in ms: the form is right."),
        (np.zeros(7), (7,), "7 numbers in ms: the form is right."),
        (np.zeros(7), (-1,), "An array with 1 axis in ms: the form is right."),
        (np.zeros((2, 3)), (2, 3), "An array with 2 axes of shape (2, 3), 6 numbers in ms: the form"),
        (..., (), "Not started yet"),
        (None, (), "Not started yet"),
        ([1.0, ...], (2,), "Not started yet"),
        ("3 ms", (), "The form is not right yet. This is text: leave the quotes out."),
        (True, (), "The form is not right yet. This is True or False"),
        ([1.0, 2.0, 3.0], (2,), "The form is not right yet. This is three numbers, and wanted is two"),
        ([1.0], (), "The form is not right yet. This is a list of one number, and wanted is one "),
        (np.nan, (), "The form is not right yet. This is one number in ms, but it is not a number (nan)."),
        ([1.0, np.inf], (2,), "The form is not right yet. This is two numbers in ms, but one is infinite."),
        ([[1], [1, 2]], (2,), "The form is not right yet. This is a list whose rows"),
    ],
)  # fmt: skip
def test_a_number_is_looked_at(capsys, answer, shape, begin):
    assert said(capsys, answer, shape, "ms").startswith(begin)


def test_right_and_wrong_values_hear_the_same(capsys):
    assert said(capsys, 27.5, unit="ms") == said(capsys, -1e9, unit="ms")


def stops(x):
    raise ValueError("of\nno use")


def unfinished(x):
    raise NotImplementedError


@pytest.mark.parametrize(
    ("function", "begin"),
    [
        (lambda x: 2 * x, "One number: the form is right."),
        (lambda x: ..., "Not started yet"),
        (unfinished, "Not started yet"),
        (..., "Not started yet"),
        (lambda x: None, "The form is not right yet. It returns nothing"),
        (lambda x: "2", "The form is not right yet. It returns text"),
        (lambda x: [x, x], "The form is not right yet. It returns two numbers, and wanted is one number"),
        (lambda: 1, "The form is not right yet. With the arguments of this cell it stops: TypeError"),
        (
            stops,
            "The form is not right yet. With the arguments of this cell it stops: ValueError: of no use.",
        ),
        (4.0, "The form is not right yet. A function is wanted"),
    ],
)
def test_a_function_is_called_once(capsys, function, begin):
    assert said(capsys, function, example=(2.0,)).startswith(begin)


def test_a_function_cannot_change_the_example(capsys):
    given = np.array([3.0, 1.0])
    assert "form is right" in said(capsys, lambda x: x.sort() or x[0], example=(given,))
    np.testing.assert_equal(given, [3.0, 1.0])
