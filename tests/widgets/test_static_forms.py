"""The forms of a panel that need no kernel: words, picture, page, file."""

import base64
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import (
    PANELS,
    Curve,
    HeatMap,
    Panel,
    Raster,
    ReadOut,
    Trace,
    lif_panel,
    poisson_panel,
)
from snnlab_widgets.pages import page
from snnlab_widgets.views import Axis, Drawing, still

from snnlab.data.drawings import strokes_of

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    monkeypatch.setattr(page, "_sent", set())


@pytest.mark.parametrize("name", covering(PANELS))
def test_four_forms(name, monkeypatch):
    monkeypatch.delenv("SNNLAB_STATIC", raising=False)
    panel = PANELS[name]()
    bundle = panel._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "text/html", "image/png", "text/plain"}
    assert bundle[WIDGET] == {"version_major": 2, "version_minor": 0, "model_id": panel.model_id}
    assert bundle["text/plain"] == str(panel)
    png = base64.b64decode(bundle["image/png"])
    assert png.startswith(b"\x89PNG") and len(png) < 200_000
    assert str(panel) in bundle["text/html"] and panel.question in bundle["text/html"]


@pytest.mark.parametrize("name", covering(PANELS))
def test_book_form_has_no_widget(name, book):
    bundle = PANELS[name]()._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/png", "text/plain"}


def test_a_book_build_opens_no_comm():
    code = (
        "import os; os.environ['SNNLAB_STATIC'] = '1'\n"
        "from snnlab_widgets import lif_panel\n"
        "panel = lif_panel(); panel.v_th = -52; print(panel.comm, panel)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=utf8()
    )
    assert run.stdout.strip() == f"None {lif_panel(v_th=-52)}"


def utf8():
    return {**os.environ, "PYTHONUTF8": "1"}


def test_panels_of_a_book_page_share_the_library(book):
    blocks = [make()._repr_mimebundle_()["text/html"] for make in (lif_panel, poisson_panel, lif_panel)]
    assert [block.count("function mountAll") for block in blocks] == [1, 0, 0]
    assert len(blocks[0]) - len(blocks[2]) > len(page.library()) - 200


@pytest.mark.parametrize("name", PANELS)
def test_one_file(name, tmp_path):
    panel = PANELS[name]()
    panel.save(tmp_path / "panel.html")
    text = (tmp_path / "panel.html").read_text(encoding="utf-8")
    assert text == page.document(panel)
    assert not re.search(r"https?://", text.replace("http://www.w3.org/", ""))
    if name == "lif":
        assert (
            (tmp_path / "panel.html").stat().st_size < 43_000
        )  # a fifth for undo, pin, saving, reading; a sixteenth each for layout and zoom


def test_on_paper_no_later_rule_cuts_the_code_or_squeezes_a_picture():
    """A rule that stands below the one for paper, and is as particular, would win."""
    last = (page.STATIC / "panel.css").read_text(encoding="utf-8").rstrip().splitlines()[-1]
    assert last.startswith("@media print")
    assert "pre { max-height: none;" in last and "canvas { height: auto !important; }" in last


def test_only_the_views_in_use_travel():
    assert "VIEWS.raster = " not in page.library(["trace", "curve"])
    assert "VIEWS.raster = " in page.library() and "VIEWS.raster = " in page.esm()


@pytest.mark.parametrize("name", PANELS)
def test_still_picture_shows_every_spike(name):
    panel = PANELS[name]()
    html = page.block(panel, None)
    pictures = re.findall(r"<svg.*?</svg>", html)
    assert len(pictures) == len(panel.views)
    ticks, expected = 0, 0
    for text, view in zip(pictures, panel.views, strict=True):
        svg = ElementTree.fromstring(text)
        assert svg.get("aria-label") == view.title and svg.get("role") == "img"
        width, height = map(float, svg.get("viewBox").split()[2:])
        if isinstance(view, Trace) and view.spikes:
            end = len(view.shown(view.y, panel.result._asdict())) * view.dt
            expected += np.sum(getattr(panel.result, view.spikes) <= end * (1 + 1e-9))
        if isinstance(view, Raster):
            expected += len(getattr(panel.result, view.times))
        if isinstance(view, HeatMap) and view.at:
            # the point has the ink of spikes, and so have the lines to the axes whose controls it moves
            moves = {view.at.x, view.at.y} & {control.name for control in panel.controls}
            expected += 1 + len(moves)
        if isinstance(view, Drawing):
            expected += len(strokes_of(panel.values[view.strokes]))  # a stroke has the ink of a spike
        for path in svg.iter("path"):
            if path.get("class") == "ink":
                ticks += path.get("d").count("M")
        for text_node in svg.iter("text"):
            assert 0 <= float(text_node.get("x")) <= width and 0 <= float(text_node.get("y")) <= height
    assert ticks == expected


def test_kernel_engine_page_is_still_and_says_so():
    panel = lif_panel(engine="kernel")
    html = page.document(panel)
    assert "<script" not in html and "<svg" in html and str(panel) in html
    assert "Python computes this figure" in html


def test_everything_is_escaped():
    evil = '</script><img src=x onerror="alert(1)">&\'"'
    lif = lif_panel()
    panel = Panel(
        "evil", title=evil, question=evil, controls=[c._replace(label=evil, unit=evil) for c in lif.controls],
        readouts=[ReadOut("n", 0, evil), ReadOut("rate", 1, evil)],
        views=[Curve("i_curve", "rate_curve", "current", "rate", Axis(0.0, 0.5, evil), evil, title=evil)],
        sentence="{n} " + evil, headline="n", detail=evil, kernel=lif.call.kernel,
        presets={evil: {}}, python=evil,
        **lif.call.declared,
    )  # fmt: skip
    plain = page.block(panel, "mount()")
    for html in (plain, page.document(panel), page.block(panel, None)):
        assert "<img" not in html
    ours, state = plain.split('<script type="application/json">')
    state = state.split("</script>")[0]
    assert "<" not in state and json.loads(state)["spec"]["question"] == evil
    assert 'onerror="' not in ours


def test_values_of_a_large_seed_survive_json():
    state = page.block(poisson_panel(seed=2**63 + 1), "mount()").split('<script type="application/json">')[1]
    assert json.loads(state.split("</script>")[0])["seed"] == str(2**63 + 1)


# ---- colours -----------------------------------------------------------------------------------------------


def tokens():
    css = (page.STATIC / "still.css").read_text(encoding="utf-8")
    return {
        name: (light, dark)
        for name, light, dark in re.findall(r"--snn-(\w+): light-dark\((#\w+), (#\w+)\)", css)
    }


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# the backgrounds of JupyterLab, of the book's theme and of a bare page
LIGHT_PAGES, DARK_PAGES = ("#ffffff", "#f8f8f8"), ("#111111", "#121212", "#14181e", "#1c1c1c")


@pytest.mark.parametrize(("theme", "pages"), [(0, LIGHT_PAGES), (1, DARK_PAGES)])
def test_contrast(theme, pages):
    palette = {name: pair[theme] for name, pair in tokens().items()}
    paper = palette.pop("paper")  # of what is read off, and of pictures that are taken along
    assert set(palette) == {"ink", "soft", "rule", "edge", "trace", *(f"q{k}" for k in range(1, 7))}
    for name, colour in palette.items():
        least = {"rule": 1.1, "edge": 3.0}.get(
            name, 4.5
        )  # rules are decoration, edges are borders, the rest is text
        for background in (*pages, paper):
            assert contrast(colour, background) >= least, (name, background)
    # a threshold line can be told from the trace without seeing hues
    assert contrast(palette["trace"], palette["q1"]) >= 1.5


def test_print_has_the_light_palette():
    assert still.LIGHT == {name: tokens()[name][0] for name in still.LIGHT}
    assert set(tokens()) == set(still.LIGHT)


# ---- sources -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file", sorted([*page.STATIC.glob("*.js"), *page.VIEWS.glob("*.js")]), ids=lambda file: file.name
)
def test_sources_survive_squeezing(file):
    """Lines are trimmed and comment lines dropped: so no text may span lines, but for one known place."""
    spanning = [part for part in re.findall(r"`[^`]*`", file.read_text(encoding="utf-8")) if "\n" in part]
    assert len(spanning) == (file.name == "engine.js")
    # the name of a namespace is asked of nobody
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in text
