"""Arrays in named tuples: what they hold, and that their axes fit."""

from typing import Annotated, NamedTuple

import numpy as np
import pytest

from snnlab.array_rules import Floats, Wholes
from snnlab.checks import Positive, checked
from snnlab.spikes import Spikes


class Inner(NamedTuple):
    size: Positive = 1.0


class Layer(NamedTuple):
    w: Annotated[np.ndarray, Floats("(neurons, inputs)")]
    rise: Annotated[np.ndarray, Floats("(neurons,)", rising=True, positive=True)]
    delay: Annotated[np.ndarray, Wholes("(inputs,)", np.int32)]
    spikes: Spikes
    inner: Inner
    name: str


RIGHT = Layer(np.ones((2, 3)), np.array([0.0, 1.0]), np.arange(3), Spikes([], duration=1), Inner(), "one")


def test_what_keeps_the_rules_comes_back_as_kernels_take_it():
    layer = checked("layer", RIGHT._replace(w=[[1, 2, 3], [4, 5, 6]], delay=[0, 1, 2]), Layer)
    assert layer.w.dtype == np.float64 and layer.w.flags.c_contiguous
    assert layer.delay.dtype == np.int32 and layer.delay.tolist() == [0, 1, 2]
    big_endian = checked("layer", RIGHT._replace(w=RIGHT.w.astype(">f8")), Layer)
    assert big_endian.w.dtype.isnative and np.array_equal(big_endian.w, RIGHT.w)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"w": np.ones((3, 3))},
            r"rise must have shape \(neurons,\), with as many neurons as w \(3\)",
        ),
        ({"w": np.ones(3)}, r"w must have shape \(neurons, inputs\), got \(3,\)"),
        ({"w": [["a"]]}, r"w must be an array of numbers of shape \(neurons, inputs\), got a list"),
        ({"rise": [1.0, 1.0]}, "rise must rise, got 1 after 1"),
        ({"rise": [-1.0, 1.0]}, "rise must be zero or positive, got -1"),
        ({"rise": [0.0, np.inf]}, r"rise must be finite, got inf at \[1\]"),
        (
            {"delay": [0.0, 1.0, 2.0]},
            r"delay must be whole numbers of shape .* got a list of float64",
        ),
        ({"delay": [0, -1, 2]}, "delay must be from 0 to 2147483647, got -1"),
        ({"delay": [0, 2**31, 2]}, "delay must be from 0 to 2147483647, got 2147483648"),
        ({"delay": [[0, 1, 2]]}, r"delay must have shape \(inputs,\), got \(1, 3\)"),
        ({"spikes": [1.0]}, "spikes must be Spikes, got list"),
        ({"inner": Inner(0.0)}, "size must be positive and finite, got 0"),
        ({"inner": 3}, "inner must be an Inner, got int"),
        ({"name": 3}, "name must be str, got int"),
    ],
)
def test_what_does_not_is_named(change, sentence):
    with pytest.raises((ValueError, TypeError), match=f"^{sentence}"):
        checked("layer", RIGHT._replace(**change), Layer)


def test_an_axis_that_is_no_single_word_fits_anything():
    class Begins(NamedTuple):
        start: Annotated[np.ndarray, Wholes("(samples, steps + 1)")]
        other: Annotated[np.ndarray, Wholes("(steps + 1,)")]

    assert checked("begins", Begins(np.zeros((2, 4), int), np.zeros(9, int)), Begins).other.size == 9
