"""What a picture is about is moved in it: panels whose points and lines follow the mouse and the keys."""

from collections import Counter

import pytest
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, at_rest, opened, sentence, settled, watched_page

pytestmark = pytest.mark.browser

POINTS = [
    ("noise_step", "Noise, as far below the threshold", "sigma", (-30, 0), 1),
    ("rate_step", "The window after the step", "window", (-25, 0), -1),
    ("rate_step", "When the last neuron hears of the step", "delays", (40, 0), 1),
    ("facing", "Length of the window", "window", (20, 0), 1),
    ("forced", "The spike that the teacher forces", "forced_after", (60, 0), 1),
    ("forced", "When the first current begins", "delay", (40, 0), 1),
    ("clusters", "Images shown", "shown", (60, 0), 1),
    ("winner", "Rate of a white pixel", "rate", (0, 20), -1),
    ("lasso", "A coefficient costs", "lam", (0, -70), 1),
]
"""The panel, the point, the control that it moves, a way in pixels, and whether the value grows on it."""


@pytest.mark.parametrize(("name", "label", "control", "way", "sign"), POINTS)
def test_a_point_moves_its_control_by_mouse_and_by_key(browser, files, name, label, control, way, sign):
    with watched_page(browser) as tab:
        opened(tab, files[name])
        point = tab.get_by_role("slider", name=f"{label}, in the picture")
        start = tab.evaluate(f"{PANEL}.values.{control}")
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + way[0], y + way[1], steps=3)
        settled(tab)
        dragged = tab.evaluate(f"{PANEL}.values.{control}")
        assert sign * (dragged - start) > 0
        moved = point.bounding_box()  # while it is held it is where the hand is, but for its steps
        assert (moved["x"] - box["x"], moved["y"] - box["y"]) == pytest.approx(way, rel=0, abs=18)
        tab.mouse.up()
        settled(tab)
        point.press("Home")  # the low end
        at_rest(tab)
        low = next(c.low for c in PANELS[name]().controls if c.name == control)
        assert tab.evaluate(f"{PANEL}.values.{control}") == low
        tab.get_by_role("button", name="Undo").click()
        at_rest(tab)
        assert tab.evaluate(f"{PANEL}.values.{control}") == dragged
        assert sentence(tab) == str(PANELS[name](engine="browser", **{control: dragged}))


@pytest.mark.parametrize("name", ["lif", "facing", "winner"])
def test_on_a_phone_buttons_stand_in_pairs_and_threes_and_no_word_is_cut(browser, files, name):
    with watched_page(browser, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as tab:
        opened(tab, files[name])
        boxes = tab.evaluate(
            "[...document.querySelectorAll('.snn-actions > button')].map(b => [b.offsetTop, b.offsetWidth])"
        )
        presets = len(PANELS[name]().spec["presets"])
        for part, many in ((boxes[:presets], 2), (boxes[presets:], 3)):
            rows = Counter(top for top, _ in part)
            widths = [width for _, width in part]
            assert len(rows) == -(-len(part) // many) and max(widths) - min(widths) <= 1
        cut = tab.evaluate(
            "[...document.querySelectorAll('.snn-side :is(button, label), .snn-number, .snn-number input')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).map(e => e.textContent)"
        )
        assert not cut
