"""Points of a grid in their order, and what is refused before anything is computed."""

import functools
import re

import numpy as np
import pytest

from snnlab.sweeps.grid import checked_axes, lengths, point_of, takes_rng


def test_points_come_in_the_order_of_an_array():
    axes = checked_axes({"a": np.array([1.5, 2.5]), "b": ("x", "y", "z"), "c": [True]})
    assert lengths(axes) == (2, 3, 1)
    assert [point_of(axes, k)["b"] for k in range(6)] == ["x", "y", "z"] * 2
    assert point_of(axes, 5) == {"a": 2.5, "b": "z", "c": True}
    assert type(point_of(axes, 0)["a"]) is float


@pytest.mark.parametrize(
    ("grid", "kind", "sentence"),
    [
        ({}, ValueError, "grid must have at least one axis, got none"),
        ([("a", [1])], TypeError, "grid must be a dict of names and sequences, got list"),
        ({"a b": [1]}, ValueError, "grid must name each axis as an argument is named, got 'a b'"),
        ({3: [1]}, ValueError, "grid must name each axis as an argument is named, got 3"),
        ({"a": []}, ValueError, "a must hold at least one value, got none"),
        ({"a": 3.0}, TypeError, "a must be a sequence of numbers or texts, got 3.0"),
        ({"a": "abc"}, TypeError, "a must be a sequence of numbers or texts, got 'abc'"),
        ({"a": [1, "x"]}, TypeError, "a must hold numbers, as its first value is, got 'x'"),
        ({"a": [True, 1]}, TypeError, "a must hold truth values, as its first value is, got 1"),
        ({"a": [1.0, 2.0, 1]}, ValueError, "a must hold each value once, got 1 twice"),
        ({"a": [0.1, np.nan]}, ValueError, "a must be finite, got nan"),
        ({"a": [[1, 2]]}, TypeError, "a must hold numbers, texts or truth values, got [1, 2]"),
        ({"a": np.ones((2, 2))}, TypeError, "a must hold numbers, texts or truth values, got array"),
        ({"rng": [1]}, ValueError, "grid must leave rng to the sweep"),
        (dict.fromkeys("abc", range(10**6)), ValueError, "grid must be what fits into"),
    ],
)
def test_what_is_no_grid_is_refused_in_a_sentence(grid, kind, sentence):
    with pytest.raises(kind, match=re.escape(sentence)):
        checked_axes(grid)


def test_the_function_has_to_take_what_it_is_given():
    axes = checked_axes({"a": [1], "b": [2]})
    assert takes_rng(lambda a, b, rng, c=1: 0, axes)
    assert not takes_rng(lambda **more: 0, axes)
    assert not takes_rng(functools.partial(lambda a, b, c: 0, c=3), axes)
    assert not takes_rng(max, axes)  # it says nothing of what it takes
    without = "function must take each axis of grid by its name, got one without b: (a)"
    with pytest.raises(ValueError, match=re.escape(without)):
        takes_rng(lambda a: 0, axes)
    with pytest.raises(ValueError, match="without a: \\(a, /, b\\)"):
        takes_rng(lambda a, /, b: 0, axes)
    with pytest.raises(ValueError, match="an axis for each argument without a default, got none: c"):
        takes_rng(lambda a, b, c: 0, axes)
