"""Declarations of panels that cannot be: refused with name, rule and value before anything is computed."""

import re

import numpy as np
import pytest
from snnlab_widgets import Array, Axis, Control, Curve, Panel, ReadOut

from snnlab import kernel


@kernel
def line(x, y, a, out):
    for k in range(x.size):
        x[k], y[k] = k, a * k
    out[0] = a


CONTROL = Control("a", "a", "Slope", 0.0, 2.0, 1.0, 0.1)


def declared(control=CONTROL, run=line, **arrays):
    return Panel(
        "line", title="A line", question="How steep?", controls=[control], readouts=[ReadOut("n")],
        views=[Curve("x", "y", "a", "n", Axis(0, 9, "x"), "y")], sentence="a = {a}", headline="n",
        kernel=run, arrays={"x": Array((9,)), "y": Array((9,))} | arrays, engine="kernel",
    )  # fmt: skip


def test_what_is_declared_well_runs():
    assert declared().result.n == 1.0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": 9}, "colour of a must be 1 to 6, got 9"),
        ({"colour": "red"}, "colour of a must be 1 to 6, got 'red'"),
        ({"step": 0.0}, "step of a must be above 0 and at most from low to high, got 0"),
        ({"step": -1.0}, "step of a must be above 0 and at most from low to high, got -1"),
        ({"step": 5.0}, "step of a must be above 0 and at most from low to high, got 5"),
        ({"step": np.nan}, "step of a must be finite, got nan"),
        ({"low": 2.0}, "low of a must be below its high, got 2 and 2"),
        ({"high": np.inf}, "high of a must be finite, got inf"),
    ],
)
def test_a_control_that_cannot_be(change, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        declared(CONTROL._replace(**change))


@pytest.mark.parametrize(
    ("array", "sentence"),
    [
        (Array((10**12,)), "x must be at most 256 MB, so that a page can hold it, got 7.63e+06 MB: shape (1"),
        (
            Array((10**6, 10**3), "int32"),
            "x must be at most 256 MB, so that a page can hold it, got 3.81e+03 M",
        ),
        (Array((-1,)), "shape of x must be at least 0, got -1"),
        (Array(()), "shape of x must be a tuple of whole numbers, got ()"),
        (Array(9), "shape of x must be a tuple of whole numbers, got 9"),
        (Array((9,), "float32"), "x must be one of float64, int32, uint64, got float32"),
        (Array((9,), upto="m"), "x ends at m, which the panel does not read out"),
    ],
)
def test_an_array_that_cannot_be(array, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        declared(x=array)


@kernel
def too_far(x, y, a, out):
    for k in range(x.size):
        x[k], y[k] = k, a * k
    out[0] = 100.0 * a - 50.0


@pytest.mark.parametrize(("a", "n"), [(1.0, "50"), (0.0, "-50")])
def test_an_array_whose_used_entries_are_more_than_it_has(a, n):
    panel = declared(run=too_far, x=Array((9,), upto="n"), y=Array((9,), upto="n"))
    panel.a = a
    with pytest.raises(ValueError, match=f"^n must be from 0 to 9, the length of [xy], got {n}$"):
        panel.result  # noqa: B018
