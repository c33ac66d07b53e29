"""Views without a browser: what they must be, gaps where there is no number, still pictures of every kind."""

import base64
import re
import struct
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from snnlab_widgets import (
    Control,
    Curve,
    Handle,
    HeatMap,
    Histogram,
    Kernels,
    Panel,
    Raster,
    ReadOut,
    Trace,
)
from snnlab_widgets.pages import page
from snnlab_widgets.views import Axis, frames
from snnlab_widgets.views.scale import LEVELS, SCALE, level
from snnlab_widgets.views.shapes import Cells, Path, Place, Text, highest, pieces
from widgets.sample_panel import sample_panel

TRACE = Trace("v", 0.5, Axis(-1.0, 1.0, "v (mV)"), spikes="times", also=(("u", "u", 2),))
RASTER = Raster("times", "units", 3, 10.0, strip="strip")
CURVE = Curve("x", "y", "a", "value", Axis(0.0, 1.0, "a"), "y")
HISTOGRAM = Histogram("y", Axis(0.0, 1.0, "x"), "n", law="x")
KERNELS = Kernels(
    "x", (("y", "y", 1),), Axis(0.0, 1.0, "x"), Axis(-1.0, 1.0, "y"), handles=(Handle("Here", "a", "value"),)
)
HEATMAP = HeatMap(
    "z", Axis(0.0, 1.0, "a"), Axis(0.0, 1.0, "b"), Axis(0.0, 1.0, "z"), at=Handle("There", "a", 0.5)
)
LINED = replace(HISTOGRAM, line="a")
VIEWS = [TRACE, RASTER, CURVE, HISTOGRAM, LINED, KERNELS, HEATMAP]


def panel(views=VIEWS, **changes):
    """A panel whose function returns some numbers, of which `changes` replace a few."""
    line = np.linspace(0, 1, 5)
    result = {
        "v": np.linspace(-1, 1, 20), "u": np.zeros(20), "times": np.array([1.0, 9.0]),
        "units": np.array([0, 2]), "strip": np.ones(4), "x": line, "y": line, "z": np.eye(4), "value": 0.5,
    }  # fmt: skip
    return Panel(
        "some", title="Some", question="Which?", controls=[Control("a", "a", "A", 0.0, 1.0, 0.5, 0.1)],
        readouts=[ReadOut("value", 1)], views=views, sentence="{value}", headline="value",
        compute=lambda a: result | changes,
    )  # fmt: skip


ODD = [
    ({"y": [0.0, np.nan, np.nan, np.inf, 1.0]}, "no number in the middle"),
    ({"y": np.full(5, np.nan)}, "no number at all"),
    ({"y": [-np.inf, 0.0, 1e300, 1.0, np.inf]}, "infinite"),
    ({"v": [np.nan] + [0.5] * 18 + [np.inf], "u": np.full(20, np.nan)}, "a trace with gaps"),
    ({"v": np.zeros(1), "u": np.ones(1)}, "one step"),
    ({"x": [0.5], "y": [0.5]}, "one point"),
    ({"times": np.zeros(0), "units": np.zeros(0, int)}, "no spike"),
    ({"times": np.array([np.nan, 3.0])}, "a time that is no number"),
    ({"strip": np.array([np.nan, 1.0])}, "a rate that is no number"),
    ({"z": np.full((1, 1), np.nan)}, "one cell"),
    ({"value": np.nan}, "a read-out that is no number"),
    ({"value": np.inf}, "an infinite read-out"),
]


@pytest.mark.parametrize("changes", [pytest.param(changes, id=name) for changes, name in ODD])
def test_whatever_the_numbers_are_every_form_is_there(changes):
    """And says nothing that no browser understands."""
    odd = panel(**changes)
    bundle = page.bundle(odd)
    assert "<pre>" not in bundle["text/html"] and bundle["text/html"].count("<svg") == len(VIEWS)
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    for svg in re.findall(r"<svg.*?</svg>", bundle["text/html"]):
        ElementTree.fromstring(svg)
        assert not re.search(r"nan|inf", re.sub(r'href="[^"]*"', "", svg))
    head, buffers = frames.pack(odd._result(), odd.views, odd.readouts)
    assert len(head["names"]) == len(buffers)


def test_what_is_no_number_leaves_a_gap():
    points = np.array([
        [0.0, 1.0],
        [1.0, np.nan],
        [2.0, 1.0],
        [3.0, 2.0],
        [np.nan, 1.0],
        [np.nan, 1.0],
        [4.0, 0.0],
    ])
    assert [len(piece) for piece in pieces(points)] == [1, 2, 1]
    assert np.isfinite(np.concatenate(pieces(points))).all()
    assert pieces(np.full((3, 2), np.nan)) == []
    drawn = KERNELS.shapes(panel(y=[0.0, 0.1, np.nan, 0.2, 0.3])._result(), {"a": 0.5}, by_name())
    curve = [path for path in drawn if isinstance(path, Path) and (path.colour, path.width) == ("q1", 2)][-1]
    assert [len(line) for line in curve.lines] == [2, 2]


@pytest.mark.parametrize(("side", "ends"), [("", (0, 1)), ("left", (0, 0.5)), ("right", (0.5, 1))])
@pytest.mark.parametrize("view", [CURVE, KERNELS])
def test_a_curve_to_be_guessed_ends_where_we_are(view, side, ends):
    place = Place(view.box())
    drawn = replace(view, side=side).shapes(panel()._result(), {"a": 0.5}, by_name())
    curve = [s for s in drawn if isinstance(s, Path) and s.width == 2 and s.colour in ("trace", "q1")][-1]
    across = np.concatenate(curve.lines)[:, 0]
    np.testing.assert_allclose([across.min(), across.max()], place.x(ends, 0.0, 1.0))


@pytest.mark.parametrize("view", [TRACE, RASTER])
def test_a_time_axis_says_what_it_shows(view):
    for label in ("time (ms)", "step"):
        drawn = replace(view, label_x=label).shapes(panel()._result(), {"a": 0.5}, by_name())
        assert [s.text for s in drawn if isinstance(s, Text)].count(label) == 1


@pytest.mark.parametrize("columns", [1, 2, 60])
def test_the_cells_of_a_square_map_are_as_wide_as_high(columns):
    """Whatever room there is: one column of two rows is narrower than the picture, 60 are wider."""
    z = np.zeros((2, columns))
    view = replace(HEATMAP, x_axis=Axis(0.0, columns, "a"), y_axis=Axis(0.0, 2.0, "b"), square=True)
    cells = next(s for s in view.shapes({"z": z}, {"a": 1.0}, by_name()) if isinstance(s, Cells))
    assert cells.width / columns == pytest.approx(cells.height / 2)
    room = Place(view.box())
    assert cells.width <= room.right - room.left + 1e-9 and cells.height <= room.bottom - room.top + 1e-9
    assert cells.width == pytest.approx(room.right - room.left) or cells.height == room.bottom - room.top


def test_a_circle_in_a_square_picture_is_round():
    turn = np.linspace(0, 2 * np.pi, 50)
    view = replace(KERNELS, x_axis=Axis(-1.3, 1.3, "x"), y_axis=Axis(-1.3, 1.3, "y"), square=True)
    shapes = view.shapes({"x": np.cos(turn), "y": np.sin(turn), "value": 0.0}, {"a": 0.5}, by_name())
    circle = [s for s in shapes if isinstance(s, Path) and (s.colour, s.width) == ("q1", 2)][-1]
    np.testing.assert_allclose(*np.ptp(np.concatenate(circle.lines), axis=0), rtol=0.01)


def by_name():
    return {control.name: control for control in panel().controls}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_thin_looks_past_what_is_no_number(value):
    y = np.random.default_rng(1).normal(size=5000)
    y[::7] = value
    y[100:130] = value  # whole pieces
    at, thinned = frames.thin(y)
    np.testing.assert_array_equal(thinned, y[at.astype(int)].astype("f4"))
    assert np.all(np.diff(at) >= 0)
    if np.isnan(value):
        clean = np.where(np.isnan(y), np.inf, y)
        edges = np.arange(601) * 5000 // 600
        lowest = np.minimum.reduceat(clean, edges[:-1])
        seen = np.nanmin(np.where(np.isnan(thinned), np.inf, thinned).reshape(600, 2), axis=1)
        np.testing.assert_array_equal(seen, lowest.astype("f4"))


def test_a_raster_names_groups_of_rows_and_parts_of_time():
    """Each name in the middle of its rows or its time, and a line where the next begins."""
    view = replace(RASTER, strip="", groups=(("inputs", 1), ("outputs", 2)), parts=("first", "second"))
    result, place = {"times": np.zeros(0), "units": np.zeros(0, int)}, Place(view.box())
    shapes = view.shapes(result, {}, {})
    texts = {shape.text: (shape.x, shape.y) for shape in shapes if isinstance(shape, Text)}
    row = (place.bottom - place.top) / 3
    assert texts["inputs"][1] - 4 == pytest.approx(place.top + 0.5 * row)
    assert texts["outputs"][1] - 4 == pytest.approx(place.top + 2.0 * row)
    assert place.right < texts["inputs"][0] < place.width
    assert texts["first"][0] == pytest.approx(place.x(2.5, 0, 10.0))
    assert texts["second"][0] == pytest.approx(place.x(7.5, 0, 10.0))
    lines = [part.tolist() for shape in shapes if isinstance(shape, Path) for part in shape.lines]
    middle = float(place.x(5.0, 0, 10.0))
    assert [[middle, place.top], [middle, place.bottom]] in lines
    assert [[place.left, place.top + row], [place.right, place.top + row]] in lines
    plain = replace(view, groups=(), parts=())
    assert len(shapes) - len(plain.shapes(result, {}, {})) == 6
    assert view.box()["right"] > plain.box()["right"]


def test_highest_counts_finite_numbers_only():
    assert highest([1.0, np.inf, np.nan], 2.5, np.zeros((2, 2))) == 2.5
    assert highest([-3.0]) == 0.0 == highest(np.zeros(0))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"v": [], "u": []}, "v must have at least one value, got none"),
        ({"u": np.zeros(19)}, "v and u must have the same length"),
        ({"x": [], "y": []}, "x must have at least one value, got none"),
        ({"z": np.zeros((0, 3))}, "z must have at least one value, got none"),
        ({"z": np.zeros(4)}, "z must have two axes, got shape (4,)"),
        ({"strip": []}, "strip must have at least one value, got none"),
    ],
)
def test_a_result_that_cannot_be_drawn_is_refused_in_words(changes, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        panel(**changes)._result()


@pytest.mark.parametrize(
    ("view", "sentence"),
    [
        (
            replace(TRACE, y_axis=Axis(2.0, 1.0, "v")),
            "low of the y_axis of a Trace must be below its high, got 2.0 and 1.0",
        ),
        (replace(TRACE, dt=0.0), "dt of a Trace must be positive, got 0.0"),
        (replace(TRACE, until=-1.0), "until of a Trace must not be negative, got -1.0"),
        (replace(TRACE, also=(("u", "u", 7),)), "a colour of a Trace must be 1 to 6, got 7"),
        (replace(RASTER, duration=0.0), "duration of a Raster must be positive, got 0.0"),
        (
            replace(RASTER, groups=(("a", 1), ("b", 3))),
            "groups of a Raster must have its 3 rows in all, got 4",
        ),
        (
            replace(CURVE, x_axis=Axis(0.0, np.inf, "x")),
            "low of the x_axis of a Curve must be below its high, got 0.0 and inf",
        ),
        (
            replace(KERNELS, y_axis=Axis(1.0, 1.0, "y")),
            "low of the y_axis of a Kernels must be below its high, got 1.0 and 1.0",
        ),
        (replace(CURVE, side="up"), 'side of a Curve must be "left", "right" or "", got \'up\''),
        (
            replace(KERNELS, side="left", handles=()),
            "side of a Kernels needs a first point whose x is a control",
        ),
        (
            replace(KERNELS, side="left", handles=(Handle("Here", ("a", 2.0), "value"),)),
            "side of a Kernels needs a first point whose x is a control",
        ),
        (
            replace(HEATMAP, z_axis=Axis(0.0, np.nan, "z")),
            "low of the z_axis of a HeatMap must be below its high, got 0.0 and nan",
        ),
        (
            replace(HEATMAP, at=Handle("There", "b", 0.5)),
            "There lies at b, which is no control and no read-out",
        ),
        (replace(HEATMAP, at=Handle("There", 0.5, "value")), "There moves no control"),
        (replace(HEATMAP, at=Handle("There", ("a", 0.0), 0.5)), "a place of There must be (name, factor)"),
    ],
)
def test_a_view_that_cannot_be_is_refused_in_words(view, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        panel(views=[view])


def test_the_cells_of_a_still_picture_are_the_levels():
    sample = sample_panel()
    html = page.block(sample, None)
    cells = [shape for shape in page.pictures(sample)[3][0] if isinstance(shape, Cells)]
    np.testing.assert_array_equal(cells[0].levels[::-1], level(sample.result.rate, 0.0, 4.0))
    map_, bar = (base64.b64decode(text) for text in re.findall(r"data:image/png;base64,([^\"]+)", html))
    assert struct.unpack(">II", map_[16:24]) == (30, 20) and struct.unpack(">II", bar[16:24]) == (1, LEVELS)
    assert SCALE.tobytes() in map_


def test_a_still_picture_names_its_lines_and_shows_its_points():
    sample = sample_panel()
    first, _, third, fourth = (shapes for shapes, _, _ in page.pictures(sample))
    words = [{shape.text for shape in shapes if isinstance(shape, Text)} for shapes in (first, third, fourth)]
    assert {"v", "recovery u", "half"} <= words[0]
    assert {"rise ε", "fall η", "20.0 ms, 2.0 mV", "2.0 mV"} <= words[1]
    assert "rate (Hz)" in words[2]
    dots = [[s for s in shapes if isinstance(s, Path) and s.width in (9, 13)] for shapes in (third, fourth)]
    assert [len(found) for found in dots] == [2, 2]
    dashes = [s.dash for s in third if isinstance(s, Path) and s.width == 2]
    assert len(set(dashes)) == 2  # told apart without colours
