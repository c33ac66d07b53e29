"""What figures are given is looked at before they draw: kinds, shapes, units, gaps."""

import numpy as np
import pytest

from snnlab import Spikes, plots
from snnlab.coding import TuningCurve
from snnlab.plots.picture import Picture
from snnlab.plots.rules import Curves, Numbers, Text, drawn

TUNED = TuningCurve(np.radians([90.0, 270.0]), np.array([[5.0], [np.nan]]), np.ones(2))


class Metres(np.ndarray):
    class dimensionality:
        string = "m"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: plots.tiles(None), "images must be numbers of shape .images, rows, columns."),
        (lambda: plots.tiles(np.ones((1, 2, 2)), columns=2.5), "columns must be a whole number, got 2.5"),
        (lambda: plots.tiles(np.ones((1, 2, 2)), 3), "names must be a list, got int"),
        (lambda: plots.confusion([0.5], [1]), "shown must be whole numbers of shape .images,., got a list"),
        (lambda: plots.costs_of_codes([3]), r"compared\[0\] must be a list, got int"),
        (lambda: plots.line_up([1.0], {"A": None}, 5.0, "dB"), r"sounds\['A'\] must be numbers of shape"),
        (lambda: plots.line_up([1.0], {"A": [1.0]}, 5.0, 3), "unit must be a text, got int"),
        (lambda: plots.belief(3), "decoded must be DecodedDirection, got int"),
        (lambda: plots.bits([20], [None]), r"found\[0\] must be InformationEstimate, got NoneType"),
        (lambda: plots.rates({"a": [1.0, 2.0, 3.0]}), r"curves\['a'\]\[0\] must have shape"),
        (lambda: plots.tuning(None, [0]), "curve must be TuningCurve, got NoneType"),
        (lambda: plots.image_spikes(np.ones((1, 1)), None), "spikes must be Spikes, got NoneType"),
        (lambda: plots.learning_curves({"a": ["x"]}), r"accuracy\['a'\] must be numbers of shape"),
        (lambda: plots.curves({"a": 3}, "x", "y"), r"lines\['a'\] must be 2 values, got int"),
        (lambda: plots.curves({"a": ([1], [2])}, "x", "y", level=(1, 2)), r"level\[1\] must be a text"),
        (lambda: plots.trains({"a": [1.0]}, None), "between must be two numbers, got None"),
        (lambda: plots.voltages({"a": [1.0]}, threshold="x"), "threshold must be a number, got str"),
    ],
)  # fmt: skip
def test_another_kind_is_named(call, sentence):
    with pytest.raises((TypeError, ValueError), match=f"^{sentence}"):
        call()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: plots.tiles(np.ones((0, 2, 2))), "images must hold 1 or more, got 0"),
        (lambda: plots.tiles(np.ones((2000, 1, 1))), "images must be 1000 at most, to be seen, got 2000"),
        (lambda: plots.confusion([2**40], [0]), "the number of classes must be what fits into"),
        (lambda: plots.line_up([1.0], {"a": [1.0], "b": [1.0, 2.0]}, 5.0, "dB"), "sounds must be of one len"),
        (lambda: plots.bits([20], []), "found must be one for each n above 0"),
        (lambda: plots.rates({"a": ([1.0], [1.0])}, between=(5, 6)), "between must hold a bin of a, got"),
        (lambda: plots.tuning(TUNED, [1]), "units must be from 0 to 0, got 1"),
        (lambda: plots.tuning(TUNED, []), "units must hold one at least, got none"),
        (lambda: plots.fi_curve([0.1], []), "rate must be as many as current .1., got 0"),
        (lambda: plots.intervals({"a": [1.0]}), r"trains\['a'\] must hold 2 or more, got 1"),
        (lambda: plots.curves({"a": ([1], [np.nan])}, "x", "y"), r"lines\['a'\]\[1\] must hold a finite"),
        (lambda: plots.curves({"a": ([1, 2], [1])}, "x", "y"), r"lines\['a'\] must be arrays of one length"),
        (lambda: plots.trains({"a": [np.inf]}, (0, 1)), r"trains\['a'\] must be finite, got inf"),
        (lambda: plots.trains({"a": np.ones(2).view(Metres)}, (0, 1)), r"trains\['a'\] must be plain"),
        (lambda: plots.interval_shares({"a": [1]}, 5.0, 1.0), "longest must be at least one bin of 5"),
        (lambda: plots.trace([0.0], 1.0, {}, between=(0.1, 0.2)), "between must hold a step of 1 ms"),
        (lambda: plots.arrivals([[1.0]], Spikes([], duration=1), [0.0]), "times must be positive, got 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_named(call, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        call()


def test_a_gap_is_drawn_and_a_curve_may_leave_the_figure():
    assert "between 1.0 and 3.0" in plots.curves({"a": ([0, 1, 2], [1.0, np.nan, 3.0])}, "x", "y").alt
    assert plots.curves({"a": ([0, 1], [1.0, np.inf])}, "x", "y").alt.endswith("between 1.0 and 1.0.")
    assert "cell 0" in plots.tuning(TUNED, [0]).alt


def test_a_figure_is_given_what_keeps_its_rules():
    @drawn
    def figure(lines: Curves, name: Text = "it", height: float | None = None) -> Picture:
        """It."""
        assert all(isinstance(x, np.ndarray) for pair in lines.values() for x in pair)
        return Picture(None, f"{name} {height}")

    assert figure({"a": ([1], [2])}).alt == "it None"
    assert figure({"a": ([1], [2])}, height=np.float32(2)).alt == "it 2.0"
    assert figure.__doc__ == "It." and figure.__name__ == "figure"
    with pytest.raises(TypeError, match="missing a required argument: 'lines'"):
        figure()


def test_numbers_stay_what_they_are():
    whole = np.arange(3, dtype=np.int16)
    assert Numbers()("x", whole) is whole and Numbers()("x", [1, 2]).dtype.kind == "i"
    assert Numbers(least=0)("x", []).shape == (0,)
