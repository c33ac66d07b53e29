"""Nothing jumps under a hand, in Chromium: the picture stays where it is, and so does a dragged axis."""

from itertools import pairwise

import pytest
from covering import covering
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, opened, settled, watched_page

pytestmark = pytest.mark.browser
NARROW = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("name", covering(PANELS))
def test_the_picture_never_goes_back_up(browser, files, name):
    """Longer words may push it down once; after all of them have been seen nothing moves any more."""
    panel = PANELS[name]()
    tops = "[...document.querySelectorAll('.snn-views canvas')].map(c => c.getBoundingClientRect().top)"
    ends = [{c.name: end} for c in panel.controls for end in (c.low, c.high)]
    with watched_page(browser, **NARROW) as tab:
        opened(tab, files[name])
        seen = []
        for settings in ends + ends:
            tab.evaluate(f"values => {PANEL}.setAll(values)", settings)
            settled(tab)
            seen.append(tab.evaluate(tops))
    first, second = seen[: len(ends)], seen[len(ends) :]
    for before, after in pairwise(first):
        assert all(a <= b for a, b in zip(before, after, strict=True)), (before, after)
    assert second == [second[0]] * len(second)


def test_the_axis_stays_while_its_grip_is_dragged(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["poisson"])
        grip = tab.get_by_role("slider", name="in the picture").last
        box = grip.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        scale = f"{PANEL}.views[0].high"
        before, rate = tab.evaluate(scale), tab.evaluate(f"{PANEL}.values.rate")
        tab.mouse.move(x, y)
        tab.mouse.down()
        for up in range(1, 16):
            tab.mouse.move(x, y - up)
            settled(tab)
            assert tab.evaluate(scale) == before
        strip = tab.evaluate(f"(v => v.strip[1] - v.strip[0])({PANEL}.views[0])")
        moved = tab.evaluate(f"{PANEL}.values.rate") - rate
        assert moved == pytest.approx(15 * before / strip, abs=1.0)
        tab.mouse.up()
