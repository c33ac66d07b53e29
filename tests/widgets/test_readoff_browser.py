"""Values are read off the pictures by a pointer or a finger, in Chromium."""

import pytest
from snnlab_widgets import PANELS
from snnlab_widgets.pages import page as page_forms
from widgets.panel_page import PANEL, opened, settled, watched_page

pytestmark = pytest.mark.browser
SHOWN = """[...document.querySelectorAll('.snn-under')].map(
e => e.hidden ? '' : e.querySelector('.snn-read').innerText)"""


def place(tab, view, x, y):
    """The pixel of the page at these shares of a view's frame."""
    at = tab.evaluate(
        f"(v => [v.left + {x} * (v.right - v.left), v.top + {y} * (v.bottom - v.top)])({PANEL}.views[{view}])"
    )
    box = tab.locator("canvas").nth(view).bounding_box()
    return box["x"] + at[0], box["y"] + at[1]


def test_a_trace_says_the_value_that_was_computed(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["lif"])
        tab.mouse.move(*place(tab, 0, 0.5, 0.5))
        time, value = tab.evaluate(SHOWN)[0].split("\n")
        t = float(time.split()[1])
        v = tab.evaluate(f"{PANEL}.data.v[Math.round({t} / {PANEL}.views[0].spec.dt) - 1]")
        assert t == pytest.approx(200, abs=1) and float(value.split()[1].replace("−", "-")) == pytest.approx(
            v, abs=1
        )
        tab.mouse.move(5, 5)
        assert not any(tab.evaluate(SHOWN))


def test_a_page_with_goals_shows_the_places_too(browser, tmp_path):
    """The points that a reader draws in a goal are another thing, with rules of their own."""
    file = tmp_path / "page.html"
    block = page_forms.block(PANELS["lif"](), page_forms.library(goals=True))
    file.write_text(f"<!doctype html><meta charset=utf-8>{block}", encoding="utf-8")
    with watched_page(browser) as tab:
        opened(tab, file)
        tab.mouse.move(*place(tab, 0, 0.5, 0.5))
        assert tab.locator(".snn-spot").first.is_visible() and tab.locator(".snn-dot").count() == 0


def test_what_is_read_stays_on_a_narrow_screen_and_escape_ends_it(browser, files):
    with watched_page(browser, has_touch=True, viewport={"width": 390, "height": 844}) as tab:
        opened(tab, files["store_recall"])
        tab.locator("canvas").nth(2).scroll_into_view_if_needed()
        for share in (0.05, 0.5, 0.95):
            tab.touchscreen.tap(*place(tab, 2, share, 0.5))
            assert any(tab.evaluate(SHOWN))
            assert tab.evaluate("document.documentElement.scrollWidth") <= 390
        tab.keyboard.press("Escape")
        assert not any(tab.evaluate(SHOWN))


def test_reading_moves_nothing_and_a_drag_reads_nothing(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["lif"])
        before = tab.evaluate(f"JSON.stringify({PANEL}.values)")
        tab.mouse.move(*place(tab, 1, 0.9, 0.5))
        assert any(tab.evaluate(SHOWN))
        assert tab.evaluate(f"JSON.stringify({PANEL}.values)") == before
        tab.mouse.move(*place(tab, 1, 0.4, 0.5))  # the line of the current
        tab.mouse.down()
        tab.mouse.move(*place(tab, 1, 0.6, 0.5))
        settled(tab)
        assert not any(tab.evaluate(SHOWN)) and tab.evaluate(f"JSON.stringify({PANEL}.values)") != before
        tab.mouse.up()


@pytest.mark.parametrize("name", ["store_recall"])
def test_one_time_goes_through_stacked_pictures(browser, files, name):
    with watched_page(browser) as tab:
        opened(tab, files[name])
        views = [(k, v["label_x"]) for k, v in enumerate(PANELS[name]().spec["views"]) if "label_x" in v]
        together = [k for k, label in views if label == views[0][1]]
        assert len(together) > 1
        tab.mouse.move(*place(tab, together[0], 0.3, 0.5))
        shown = tab.evaluate(SHOWN)
        times = {line for k in together for line in shown[k].split("\n") if line.startswith("time ")}
        assert all(shown[k] for k in together) and len(times) == 1


def test_a_finger_reads_and_a_touch_elsewhere_ends_it(browser, files):
    with watched_page(browser, has_touch=True, viewport={"width": 390, "height": 844}) as tab:
        opened(tab, files["lif"])
        tab.touchscreen.tap(*place(tab, 0, 0.5, 0.5))
        assert any(tab.evaluate(SHOWN))
        tab.locator(".snn-question").tap()
        assert not any(tab.evaluate(SHOWN))
