"""A drawing as a value of a panel: set, refused, kept in every form of the panel, and drawn on paper."""

import numpy as np
import pytest
from snnlab_widgets import Array, Axis, Control, Drawing, HeatMap, Panel, ReadOut
from snnlab_widgets.pages import page
from snnlab_widgets.views import still

from snnlab.compiling import kernel
from snnlab.data.drawings import MOST


@kernel
def count_points(drawing, grid, out, k):
    for n in range(drawing.shape[0]):
        if drawing[n, 2] > 0.0:
            out[0] += k
            out[1] += drawing[n, 2] == 1.0
            grid[int(drawing[n, 1]) // 501, int(drawing[n, 0]) // 501] += 1.0


def counter(engine="kernel", start="0000rsrs-rs00", **values):
    """A panel that counts points, strokes, and the points of each quarter."""
    return Panel(
        "counter",
        title="Points",
        question="How many?",
        controls=[Control("k", "k", "Factor", 1.0, 5.0, 1.0, 1.0)],
        readouts=[ReadOut("points"), ReadOut("strokes")],
        views=[
            Drawing("drawing", start, what="anything"),
            HeatMap("grid", Axis(0, 2, "columns"), Axis(0, 2, "rows"), Axis(0, 5, "points")),
        ],
        sentence="{points} points in {strokes} strokes",
        headline="points",
        kernel=count_points,
        arrays={"drawing": Array((MOST, 3), work=True), "grid": Array((2, 2))},
        python='count("{drawing}", {k})',
        presets={"more": {"k": 5.0}},
        values=values,
        engine=engine,
    )


def test_it_is_set_read_and_observed_as_text_or_as_strokes():
    panel, heard = counter(), []
    assert str(panel) == "3 points in 2 strokes" and panel.result.grid.tolist() == [[1, 1], [0, 1]]
    panel.observe(lambda change: heard.append(change.new), "drawing")
    panel.drawing = [[(1000, 1000), (900, 900)]]
    assert str(panel) == "2 points in 1 strokes" and heard == [panel.drawing] == ["rsrsp0p0"]
    panel.drawing = ""
    assert str(panel) == "0 points in 0 strokes"
    panel.reset()
    assert panel.drawing == "0000rsrs-rs00" and str(panel) == "3 points in 2 strokes"


def test_a_preset_leaves_it_as_it_is():
    panel = counter(drawing="rsrs")
    panel.preset("more")
    assert panel.drawing == "rsrs" and str(panel) == "5 points in 1 strokes"


def test_what_is_no_drawing_is_refused_in_one_sentence():
    panel = counter()
    with pytest.raises(
        ValueError, match=r"^drawing: a drawing must be points of four letters a to z .* got '00'$"
    ):
        panel.drawing = "00"
    with pytest.raises(ValueError, match="got 1001"):
        panel.drawing = [[(1001, 0)]]
    with pytest.raises(ValueError, match="a drawing must be points"):
        counter(drawing="0")
    with pytest.raises(ValueError, match="a drawing cannot be called k"):
        Panel(
            "twice", title="t", question="q?", controls=[Control("k", "k", "K", 0, 1, 0, 1)],
            readouts=[ReadOut("n")], views=[Drawing("k")], sentence="", headline="n",
            compute=lambda k: {"n": k},
        )  # fmt: skip


def test_it_is_part_of_link_code_and_page():
    panel = counter(drawing=[[(36, 0)]])
    assert panel.link() == "#counter?k=1.0&drawing=1000"
    assert panel.as_python() == 'count("1000", 1)'
    assert panel.values == {"k": 1.0, "drawing": "1000"}
    assert panel.spec["drawn"] == {"drawing": "1000"}
    assert page._values(panel) == panel.values


def test_a_function_of_python_gets_the_text():
    panel = Panel(
        "length", title="t", question="q?", controls=[Control("k", "k", "K", 0, 1, 0, 1)],
        readouts=[ReadOut("n")], views=[Drawing("ink", "0000")], sentence="{n}", headline="n",
        compute=lambda k, ink: {"n": len(ink)},
    )  # fmt: skip
    panel.ink = [[(0, 0), (1, 1)]]
    assert str(panel) == "8"


def test_the_still_picture_shows_every_stroke_in_its_square():
    panel = counter(drawing=[[(0, 0), (1000, 1000)], [(1000, 0)]])
    view = panel.views[0]
    edges, strokes = view.shapes(panel.result_in_still(), panel.values, {})
    square = edges.lines[0]
    low, high = square.min(axis=0), square.max(axis=0)
    assert np.ptp(high - low) == 0 and strokes.width == 13
    np.testing.assert_array_equal(strokes.lines[0], [low, high])
    np.testing.assert_allclose(strokes.lines[1][0], [high[0], low[1]])
    drawn = still.svg([edges, strokes], view.box()["width"], view.height, view.title)
    assert drawn.count('stroke-width="13"') == 1 and drawn.count("M") == 3
    assert still.png([([edges, strokes], view.box()["width"], view.height)], "said") != still.png(
        [([edges], view.box()["width"], view.height)], "said"
    )


def test_faint_lines_divide_the_square_into_columns_and_named_bands():
    view = Drawing("drawing", columns=4, bands=("high", "low"))
    edges, *lines = view.shapes({}, {"drawing": ""}, {})
    low, high = edges.lines[0].min(axis=0), edges.lines[0].max(axis=0)
    upright = [shape.lines[0] for shape in lines if getattr(shape, "colour", "") == "rule"]
    quarters = low[0] + (high - low)[0] * np.array([0.25, 0.5, 0.75])
    np.testing.assert_allclose([points[:, 0] for points in upright], np.stack([quarters, quarters], axis=1))
    level = [shape.lines[0] for shape in lines if hasattr(shape, "lines") and shape.colour == "soft"]
    np.testing.assert_allclose(level[0][:, 1], (low + high)[1] / 2)
    names = [(shape.text, shape.y) for shape in lines if hasattr(shape, "text")]
    assert [name for name, _ in names] == ["high", "low"]
    assert low[1] < names[0][1] < level[0][0, 1] < names[1][1] < high[1]
    assert view.more()["columns"] == 4 and view.more()["bands"] == ["high", "low"]


def test_a_page_brings_its_rules_and_its_script_only_where_somebody_draws():
    assert "snn-pad" in page.library({"drawing"}) and "snn-pad" not in page.library({"heatmap", "handle"})
    assert "snn-pad" in page.css() and "DrawingView" in page.esm()
