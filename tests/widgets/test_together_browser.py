"""Picture and controls are seen together in Chromium: all on a laptop, the slider in hand on a phone."""

import pytest
from covering import covering
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, opened, settled, watched_page

pytestmark = pytest.mark.browser
LAPTOP = {"viewport": {"width": 1400, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

BOXES = """selector => [...document.querySelectorAll(selector)].map(part => part.getBoundingClientRect())
    .filter(({ width }) => width).map(({ left, top, right, bottom }) => [left, top, right, bottom])"""


def boxes(page, selector: str) -> list[list[float]]:
    """Left, top, right and bottom of what is seen."""
    return page.evaluate(BOXES, selector)


def touch(page, kind: str, *points: tuple[float, float]) -> None:
    """What a finger does, told to the browser as a screen would tell it."""
    page.context.finger.send(
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
    )


@pytest.fixture
def phone(browser):
    with watched_page(browser, **PHONE) as page:
        page.context.finger = page.context.new_cdp_session(page)
        yield page


@pytest.mark.parametrize("name", covering(PANELS))
def test_a_laptop_shows_picture_result_and_all_sliders_at_once(browser, files, name):
    with watched_page(browser, **LAPTOP) as page:
        opened(page, files[name])
        page.locator(".snn-panel").evaluate("figure => figure.scrollIntoView()")
        (picture,) = boxes(page, ".snn-views")
        assert picture[3] - picture[1] >= 320
        seen = boxes(page, ".snn-result, .snn-view, .snn-control")
        assert len(seen) == 1 + len(PANELS[name]().views) + len(PANELS[name]().controls)
        for left, top, right, bottom in seen:
            assert 0 <= left < right <= 1400 and -1 <= top < bottom <= 900, (left, top, right, bottom)


def test_controls_stand_where_there_is_room(page, files):
    opened(page, files["lif"])
    for size, beside, columns in (
        ((1300, 900), True, 1),
        ((800, 900), False, 2),
        ((844, 390), True, 1),
        ((400, 900), False, 1),
    ):
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        settled(page)
        (picture,), (controls,) = boxes(page, ".snn-views"), boxes(page, ".snn-controls")
        assert (controls[0] >= picture[2]) == beside and (controls[1] >= picture[3]) != beside
        grid = page.evaluate("getComputedStyle(document.querySelector('.snn-controls')).gridTemplateColumns")
        assert len(grid.split()) == columns


@pytest.mark.parametrize("name", covering(PANELS))
def test_a_phone_shows_the_picture_and_the_slider_in_hand(phone, files, name):
    opened(phone, files[name])
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for left, top, right, bottom in boxes(phone, ".snn-grip, .snn-handle, input[type=range], .snn-switch"):
        assert right - left >= 43.5 and bottom - top >= 43.5
    for left, _, right, _ in boxes(phone, ".snn-grip"):
        assert left >= 0 and right <= 390
    for slider in phone.locator(".snn-control").all():
        slider.evaluate("element => scrollBy(0, element.getBoundingClientRect().bottom + 16 - innerHeight)")
        ((_, top, _, bottom),) = boxes(phone, ".snn-views")
        held = slider.bounding_box()
        assert top >= 0 and bottom <= held["y"] and held["y"] + held["height"] <= 844, (top, bottom, held)


@pytest.mark.parametrize("name", covering(PANELS))
def test_nothing_moves_under_a_finger_but_what_it_moves(phone, files, name):
    opened(phone, files[name])
    for control in phone.locator(".snn-control:has(input[type=range])").all():
        control.evaluate("element => scrollBy(0, element.getBoundingClientRect().bottom + 16 - innerHeight)")
        slider = control.locator("input[type=range]")
        box, seen = slider.bounding_box(), set()
        y, places = box["y"] + box["height"] / 2, boxes(phone, "canvas, .snn-control, .snn-actions")
        touch(phone, "touchStart", (box["x"] + box["width"] / 2, y))
        for share in (0.4, 0.0, 1.0):
            touch(phone, "touchMove", (box["x"] + box["width"] * share, y))
            settled(phone)
            assert boxes(phone, "canvas, .snn-control, .snn-actions") == places
            seen.add(slider.input_value())
        touch(phone, "touchEnd")
        assert len(seen) >= 2


def test_a_finger_that_scrolls_moves_no_slider(phone, files):
    opened(phone, files["lif"])
    moves = f"{PANEL}.compare.past.length"
    for slider in phone.locator("input[type=range]").all():
        slider.evaluate("element => element.scrollIntoView({ block: 'center' })")
        box, before, value = slider.bounding_box(), phone.evaluate("scrollY"), slider.input_value()
        x, y = box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2
        touch(phone, "touchStart", (x, y))
        for up in range(1, 9):
            touch(phone, "touchMove", (x + up / 4, y - 15 * up))
        touch(phone, "touchEnd")
        settled(phone)
        assert phone.evaluate("scrollY") != before
        assert phone.evaluate(moves) == 0 and slider.input_value() == value


def test_the_keyboard_finds_no_slider_under_the_picture(phone, files):
    opened(phone, files["relaxation"])
    phone.locator("summary").focus()
    for _ in phone.locator(".snn-side :is(button:enabled, input)").all():
        phone.keyboard.press("Shift+Tab")
        if phone.evaluate("document.activeElement.closest('.snn-side') !== null"):
            (_, _, _, bottom), box = boxes(phone, ".snn-stage")[0], phone.locator(":focus").bounding_box()
            assert bottom <= box["y"] and box["y"] + box["height"] <= 844


def test_a_panel_fills_the_screen_and_comes_back(page, files):
    opened(page, files["lif"])
    (before,) = boxes(page, ".snn-views")
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("document.fullscreenElement !== null")
    settled(page)
    (figure,), screen = boxes(page, ".snn-panel"), page.evaluate("[innerWidth, innerHeight]")
    assert figure == [0, 0, *screen]
    for left, top, right, bottom in boxes(page, ".snn-question, .snn-result, .snn-view, .snn-control"):
        assert 0 <= left < right <= screen[0] and 0 <= top < bottom <= screen[1]
    page.get_by_role("button", name="Leave full screen").click()
    page.wait_for_function("document.fullscreenElement === null")
    settled(page)
    assert boxes(page, ".snn-views") == [before]
    assert page.get_by_role("button", name="Full screen").count() == 1
