"""A stretch of time is dragged out of traces and rasters, by keys too, and a double click shows all again."""

import pytest
from snnlab_widgets import PANELS
from widgets.panel_page import PANEL, opened, pixels, settled, watched_page
from widgets.test_readoff_browser import place

pytestmark = pytest.mark.browser


def shown(tab, view):
    return tab.evaluate(f"{PANEL}.views[{view}].shown")


def drag(tab, view, start, end):
    tab.mouse.move(*place(tab, view, start, 0.3))
    tab.mouse.down()
    tab.mouse.move(*place(tab, view, end, 0.6), steps=3)
    tab.mouse.up()


def test_a_stretch_is_dragged_out_of_all_pictures_over_the_same_time_and_given_back(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["balanced"])
        before, values = [pixels(tab, k) for k in (0, 1)], tab.evaluate(f"JSON.stringify({PANEL}.values)")
        low, high = shown(tab, 0)
        drag(tab, 0, 0.25, 0.5)
        for view in (0, 1):
            assert shown(tab, view) == pytest.approx(
                [low + 0.25 * (high - low), low + 0.5 * (high - low)], abs=0.01 * high
            )
            assert pixels(tab, view) != before[view]
            assert tab.locator(".snn-whole").nth(view).is_visible()
        tab.locator("input[type=range]").first.press("ArrowLeft")  # the stretch stays, whatever is computed
        settled(tab)
        assert shown(tab, 1)[0] > low
        tab.locator("input[type=range]").first.press("ArrowRight")
        settled(tab)
        tab.mouse.dblclick(*place(tab, 1, 0.5, 0.5))
        assert [shown(tab, k) for k in (0, 1)] == [[low, high]] * 2
        assert tab.evaluate(f"JSON.stringify({PANEL}.values)") == values  # and nothing else was moved
        assert not any(button.is_visible() for button in tab.locator(".snn-whole").all())


def test_keys_show_a_stretch_move_it_and_show_all(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["store_recall"])
        low, high = shown(tab, 2)
        tab.locator("canvas").nth(2).focus()
        for key, ends in (
            ("+", (0.25, 0.75)),
            ("ArrowRight", (0.375, 0.875)),
            ("+", (0.5, 0.75)),
            ("-", (0.375, 0.875)),
        ):
            tab.keyboard.press(key)
            assert shown(tab, 3) == pytest.approx([low + share * (high - low) for share in ends], abs=1e-6)
        tab.keyboard.press("0")
        assert shown(tab, 3) == [low, high]
        tab.keyboard.press("+")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")  # the button that stands in the picture then
        assert shown(tab, 3) == [low, high]


def test_what_can_be_grabbed_is_grabbed_and_a_finger_scrolls(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["lif"])
        v_th, (low, high) = tab.evaluate(f"[{PANEL}.values.v_th, {PANEL}.views[0].range]")
        share = (high - v_th) / (high - low)
        tab.mouse.move(*place(tab, 0, 0.3, share))
        tab.mouse.down()
        tab.mouse.move(*place(tab, 0, 0.6, share + 0.1), steps=3)
        tab.mouse.up()
        settled(tab)
        assert shown(tab, 0)[0] == 0 and tab.evaluate(f"{PANEL}.values.v_th") < v_th
    with watched_page(browser, has_touch=True, viewport={"width": 390, "height": 844}) as tab:
        opened(tab, files["lif"])
        x, y = place(tab, 0, 0.3, 0.8)
        tab.touchscreen.tap(x, y)
        assert shown(tab, 0)[0] == 0 and tab.locator(".snn-stretch:visible").count() == 0


@pytest.mark.parametrize("name", ["lif"])
def test_a_stretch_has_the_points_that_were_computed(browser, files, name):
    with watched_page(browser) as tab:
        opened(tab, files[name])
        drag(tab, 0, 0.5, 0.52)
        tab.mouse.move(*place(tab, 0, 0.5, 0.8))
        time, value = tab.evaluate("document.querySelector('.snn-read').innerText").split("\n")
        step = round(float(time.split()[1]) / PANELS[name]().views[0].dt) - 1
        v = tab.evaluate(f"{PANEL}.data.v[{step}]")
        assert float(value.split()[1].replace("−", "-")) == pytest.approx(v, abs=0.2)


def test_a_pulse_is_dragged_in_time_and_height_and_stands_where_it_ends_in_a_stretch_too(browser, files):
    with watched_page(browser) as tab:
        opened(tab, files["hodgkin_huxley"])
        point = tab.get_by_role("slider", name="End and height of the pulse, in the picture")
        box = point.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        wide, tall = tab.evaluate(f"(v => [v.right - v.left, v.bottom - v.top])({PANEL}.views[1])")
        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + 0.2 * wide, y - tall * 8 / 44, steps=4)  # 20 of 100 ms, 8 of 44 µA/cm²
        tab.mouse.up()
        settled(tab)
        assert tab.evaluate(f"{PANEL}.values.width") == pytest.approx(40, abs=0.5)
        assert tab.evaluate(f"{PANEL}.values.current") == pytest.approx(18, abs=0.3)
        tab.locator("canvas").nth(1).focus()
        tab.keyboard.press("+")
        end = tab.evaluate(
            f"(v => v.handles[0].at()[0] - v.x(10 + {PANEL}.values.width, v.shown))({PANEL}.views[1])"
        )
        assert shown(tab, 1) == [25, 75] and end == pytest.approx(0, abs=1e-6)


def fingers(tab, kind, *places):
    """Touch the screen with a finger at each of these places, as the browser itself is told of it."""
    points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
    tab.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def phone(browser):
    with watched_page(browser, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844}) as tab:
        tab.cdp = tab.context.new_cdp_session(tab)
        yield tab


@pytest.mark.parametrize("name", ["lif", "balanced"])
def test_two_fingers_spread_a_stretch_and_a_double_tap_shows_all(phone, files, name):
    """What lay under the fingers stays there, in a trace and a raster; the page neither grows nor moves."""
    opened(phone, files[name])
    low, high = shown(phone, 0)
    box = f"(v => [v.left, v.right].map(x => x + v.canvas.getBoundingClientRect().left))({PANEL}.views[0])"
    (left, right), (_, y) = phone.evaluate(box), place(phone, 0, 0.5, 0.5)

    def at(*shares):
        return [(left + share * (right - left), y) for share in shares]

    values = phone.evaluate(f"JSON.stringify({PANEL}.values)")
    fingers(phone, "touchStart", *at(0.4))
    fingers(phone, "touchStart", *at(0.4, 0.6))
    for spread in (0.1, 0.2, 0.3):
        fingers(phone, "touchMove", *at(0.5 - spread, 0.5 + spread))
    fingers(phone, "touchEnd")
    wide = high - low
    third = [low + wide / 3, high - wide / 3]  # 0.2 of the picture have become 0.6
    assert shown(phone, 0) == pytest.approx(third, rel=0, abs=0.01 * wide)
    fingers(phone, "touchStart", *at(0.4, 0.6))
    fingers(phone, "touchMove", *at(0.5, 0.7))  # both to the right: earlier times come in from the left
    fingers(phone, "touchEnd")
    earlier = [time - wide / 30 for time in third]
    assert shown(phone, 0) == pytest.approx(earlier, rel=0, abs=0.01 * wide)
    assert phone.evaluate("[scrollY, visualViewport.scale]") == [0, 1]
    assert phone.evaluate(f"JSON.stringify({PANEL}.values)") == values
    for _ in range(2):
        phone.touchscreen.tap(*at(0.5)[0])
    phone.wait_for_function(f"{PANEL}.views[0].shown[0] === {low} && {PANEL}.views[0].shown[1] === {high}")


def test_one_finger_in_a_trace_still_scrolls_the_page(phone, files):
    opened(phone, files["lif"])
    x, y = place(phone, 0, 0.5, 0.5)
    fingers(phone, "touchStart", (x, y))
    for up in range(20, 220, 20):
        fingers(phone, "touchMove", (x, y - up))
    fingers(phone, "touchEnd")
    phone.wait_for_function("scrollY > 50")
    assert shown(phone, 0)[0] == 0 and not phone.locator(".snn-whole:visible").count()


def test_two_fingers_are_the_pages_where_it_is_enlarged_or_shows_no_time(phone, files):
    """A page that has been made larger can be made smaller again, though a trace fills the screen."""
    opened(phone, files["lif"])
    ways = "[...document.querySelectorAll('canvas')].map(canvas => getComputedStyle(canvas).touchAction)"
    assert phone.evaluate(ways) == ["pan-x pan-y", "auto"]  # the trace, the curve
    before, (x, y) = shown(phone, 0), place(phone, 0, 0.5, 0.5)
    phone.cdp.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 2})
    phone.wait_for_function("visualViewport.scale > 1.9")
    phone.wait_for_function(f"{ways}.every(way => way === 'auto')")
    fingers(phone, "touchStart", (x / 2 - 20, y / 2), (x / 2 + 20, y / 2))
    fingers(phone, "touchMove", (x / 2 - 40, y / 2), (x / 2 + 40, y / 2))
    fingers(phone, "touchEnd")
    assert shown(phone, 0) == before
    phone.cdp.send("Emulation.setPageScaleFactor", {"pageScaleFactor": 1})
    phone.wait_for_function(f"{ways}[0] === 'pan-x pan-y'")
