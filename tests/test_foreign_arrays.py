"""Masks and units of other libraries, known by what their arrays look like."""

import numpy as np
import pytest

from snnlab.foreign_arrays import plain


class Unit:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return self.name


class Pint:
    """As pint has it: numbers that are `magnitude`, and `units` that are a Unit."""

    def __init__(self, magnitude, units):
        self.magnitude, self.units = np.asarray(magnitude), Unit(units)

    def __array__(self, dtype=None, copy=None):
        return self.magnitude


class Astropy(np.ndarray):
    """As Astropy has it: an array with a `unit`."""

    unit = Unit("us")


class Labelled:
    """As xarray has it: attributes of the reader's own."""

    units = "seconds"

    def __array__(self, dtype=None, copy=None):
        return np.array([1.0, 2.0])


@pytest.mark.parametrize(
    "given",
    [
        [1.0, np.array(2.0).view(Astropy)],
        [[1.0, 2.0], (3.0, np.ma.masked)],
        (1.0, [2.0, np.ma.array([3.0], mask=True)]),
    ],
)
def test_every_item_of_a_list_is_looked_at(given):
    with pytest.raises(ValueError, match=r"^x must (be plain numbers|not be masked)"):
        plain("x", given)


def test_lists_of_numbers_stay_as_they_are():
    given = [[1.0, 2], [True, np.float64(3.0)], "text", None]
    assert plain("x", given) is given


@pytest.mark.parametrize(
    ("given", "unit", "expected"),
    [
        (Pint([1.0, 2.0], "second"), "ms", [1000.0, 2000.0]),
        (Pint([1.0, 2.0], "ms"), "ms", [1.0, 2.0]),
        (Pint([-0.07], "volt"), "mV", [-70.0]),
        (Pint([250.0], "picoampere"), "nA", [0.25]),
        (Pint([3.0], "dimensionless"), "", [3.0]),
        (np.array([1500.0]).view(Astropy), "ms", [1.5]),
        (Labelled(), "ms", [1000.0, 2000.0]),
    ],
)
def test_a_unit_is_converted_where_it_is_known(given, unit, expected):
    assert plain("x", given, unit) == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("given", "unit", "sentence"),
    [
        (Pint([1.0], "second"), "", "x must be plain numbers, without a unit, got some in second"),
        (Pint([1.0], "metre"), "ms", "x must be in ms or have a unit that can be converted, got metre"),
        (Pint([1.0], "mV"), "ms", "x must be in ms or have a unit that can be converted, got mV"),
        ([Pint(1.0, "second"), Pint(2.0, "second")], "ms", "x must be plain numbers, without a unit"),
        (
            np.ma.array([1.0, 2.0], mask=[True, True]),
            "ms",
            "x must not be masked .* 2 masked values of 2",
        ),
    ],
)
def test_what_cannot_be_converted_is_refused(given, unit, sentence):
    with pytest.raises(ValueError, match=sentence):
        plain("x", given, unit)


def test_everything_else_passes_as_it_is():
    for given in (None, "s", 3.0, [1.0], {"units": "s"}, np.arange(3), np.float64(2.0)):
        assert plain("x", given) is given
    assert type(plain("x", np.ma.array([1.0]))) is np.ndarray
