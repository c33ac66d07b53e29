"""Panels in Firefox: a file and a page of the book, both from the disk."""

import pytest
from covering import covering
from firefox import firefox
from snnlab_widgets import PANELS, drawn_digit_panel, lif_panel
from widgets.panel_page import BARE, MOVES
from widgets.panel_page import FIRST as PANEL
from widgets.sample_panel import sample_panel

from snnlab.data.drawings import load_drawings
from snnlab.learning.conversion.drawn_digit import drawn_digit

pytestmark = pytest.mark.browser

PIXELS = "document.querySelector('.snn-view canvas').toDataURL()"
SLIDER = "document.querySelector('.snn-panel input[type=range]')"


@pytest.fixture(scope="module")
def browser_of_readers(tmp_path_factory):
    with firefox(tmp_path_factory.mktemp("firefox")) as driven:
        driven.resize(1300, 900)
        yield driven


@pytest.fixture
def tab(browser_of_readers):
    """The tab; the test fails if a page logs an error or asks another host."""
    browser_of_readers.goto("about:blank")
    browser_of_readers.troubles.clear()
    browser_of_readers.requests.clear()
    yield browser_of_readers
    assert browser_of_readers.troubles == []
    here = ("file:", "data:", "blob:", "about:", "resource:", "chrome:")
    assert [url for url in browser_of_readers.requests if not url.startswith(here)] == []


def living(tab, address):
    """Open a page and wait until its panel lives; sentence and picture."""
    tab.goto(address)
    tab.wait_for(f"{PANEL}?.data !== undefined")
    return tab.evaluate(f"{PANEL}.sentence"), tab.evaluate(PIXELS)


@pytest.mark.parametrize("name", covering(PANELS))
def test_a_file_lives(tab, tmp_path, name):
    panel = PANELS[name]()
    panel.save(tmp_path / "panel.html")
    sentence, _ = living(tab, (tmp_path / "panel.html").as_uri())
    assert sentence == str(panel)


def test_keys_move_the_picture_of_a_file(tab, tmp_path):
    lif_panel().save(tmp_path / "lif.html")
    sentence, picture = living(tab, (tmp_path / "lif.html").as_uri())
    tab.evaluate(f"{SLIDER}.focus()")
    tab.press("ArrowLeft", times=10)
    tab.wait_for(f"{PANEL}.data.values.v_th === -51")
    assert tab.evaluate(f"{PANEL}.sentence") == str(lif_panel(v_th=-51.0)) != sentence
    assert tab.evaluate(PIXELS) != picture


def test_the_threshold_line_can_be_dragged(tab, tmp_path):
    lif_panel().save(tmp_path / "lif.html")
    _, picture = living(tab, (tmp_path / "lif.html").as_uri())
    x, y = tab.evaluate(
        "(b => [b.x + b.width / 2, b.y + b.height / 2])"
        "(document.querySelector('.snn-grip').getBoundingClientRect())"
    )
    tab.drag(x, y, 0, 20)
    tab.wait_for(f"{PANEL}.data.values.v_th === {PANEL}.values.v_th")
    moved = tab.evaluate(f"{PANEL}.values.v_th")
    frame = tab.evaluate(f"(v => v.bottom - v.top)({PANEL}.views[0])")  # px, the whole range of 30 mV
    assert moved == pytest.approx(-50 - 20 * 30 / frame, abs=0.11)
    assert tab.evaluate(f"{PANEL}.sentence") == str(lif_panel(v_th=moved))
    assert tab.evaluate(PIXELS) != picture


@pytest.mark.slow
def test_points_are_dragged_and_random_moves_leave_the_right_picture(tab, tmp_path):
    sample_panel().save(tmp_path / "sample.html")
    living(tab, (tmp_path / "sample.html").as_uri())
    x, y = tab.evaluate(
        "(b => [b.x + b.width / 2, b.y + b.height / 2])"
        "(document.querySelector('.snn-heatmap .snn-handle').getBoundingClientRect())"
    )
    tab.drag(x, y, 40, -30)
    values = tab.evaluate(f"{PANEL}.values")
    assert values["tau"] > 22 and values["a"] > 2.4
    tab.evaluate(f"({MOVES})(200)")
    tab.wait_for(f"!{PANEL}.moved && {PANEL}.names.every(n => {PANEL}.data.values[n] === {PANEL}.values[n])")
    panel = sample_panel(**tab.evaluate(f"{PANEL}.values"))
    assert tab.evaluate(f"{PANEL}.sentence") == str(panel)
    seen = tab.evaluate(BARE)
    tab.goto("about:blank")
    living(tab, (tmp_path / "sample.html").as_uri() + panel.link())
    assert tab.evaluate(BARE) == seen


@pytest.mark.nightly
def test_at_least_eight_of_ten_digits_are_named_as_they_are_drawn(tab, tmp_path):
    drawn_digit_panel(steps=100, drawing="").save(tmp_path / "drawn.html")
    living(tab, (tmp_path / "drawn.html").as_uri())
    named = []
    for strokes in load_drawings():
        x, y, side = tab.evaluate(
            "(b => [b.x, b.y, b.width])(document.querySelector('.snn-pad').getBoundingClientRect())"
        )
        for stroke in strokes:
            tab.stroke([(x + side * a / 1000, y + side * b / 1000) for a, b in stroke])
        tab.wait_for(f"{PANEL}.data.values.drawing === {PANEL}.values.drawing")
        seen = drawn_digit(tab.evaluate(f"{PANEL}.values.drawing"))
        assert tab.evaluate(f"[{PANEL}.data.named, {PANEL}.data.spikes]") == [seen.named, seen.spikes]
        named.append(seen.named)
        tab.evaluate("document.querySelectorAll('.snn-tools button')[1].click()")
    assert sum(name == digit for digit, name in enumerate(named)) >= 8, named


@pytest.mark.slow
def test_a_page_of_the_book_lives(tab, sample):
    sentence, picture = living(tab, (sample / "chapters" / "02_sample.html").as_uri())
    assert sentence == str(lif_panel())
    tab.evaluate(f"{SLIDER}.focus()")
    tab.press("ArrowRight", times=5)
    tab.wait_for(f"{PANEL}.data.values.v_th === -49.5")
    assert tab.evaluate(f"{PANEL}.sentence") == str(lif_panel(v_th=-49.5))
    assert tab.evaluate(PIXELS) != picture
