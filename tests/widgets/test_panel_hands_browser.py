"""A panel in Chromium under a reader's hands: keys, mouse, finger, buttons, numbers that are typed."""

import numpy as np
import pytest
from snnlab_widgets import PANELS
from snnlab_widgets.views import shapes
from widgets.panel_page import PANEL, at_rest, opened, pixels, sentence, settled, watched_page

pytestmark = pytest.mark.browser


def test_keys_on_the_slider(page, files):
    opened(page, files["lif"])
    before, said = pixels(page), sentence(page)
    slider = page.get_by_role("slider", name="Threshold vth", exact=True)
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    at_rest(page)
    assert slider.input_value() == "-51"
    assert slider.get_attribute("aria-valuetext") == "−51.0 mV"
    assert sentence(page) == str(PANELS["lif"](v_th=-51.0)) != said
    assert pixels(page) != before
    # the read-out is announced once the keys are at rest, with the change since the first of them
    assert page.locator(".snn-live").inner_text() == f"{sentence(page)}, +5.0 Hz"
    assert page.locator(".snn-change").inner_text() == "+5.0 Hz"
    page.keyboard.press("End")
    settled(page)
    assert sentence(page).startswith("v_th = −45.0 mV")


def test_reset_ends_the_comparison(page, files):
    opened(page, files["lif"])
    page.get_by_role("slider", name="Refractory time tref", exact=True).focus()
    page.keyboard.press("End")
    at_rest(page)
    assert page.locator(".snn-change").inner_text() != ""
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert page.locator(".snn-change").inner_text() == ""
    assert page.evaluate(f"{PANEL}.views.every(view => view.ghost === undefined)")
    page.get_by_role("button", name="silent").click()
    settled(page)
    assert page.locator(".snn-change").inner_text() == "−33.0 Hz"  # against the panel as it was after Reset


def test_dragging_the_threshold(page, files):
    opened(page, files["lif"])
    grip = page.get_by_role("slider", name="Threshold, in the picture")
    box = grip.bounding_box()
    assert box["height"] >= 24 and box["width"] >= 24
    canvas = page.locator("canvas").first.bounding_box()
    assert box["x"] >= canvas["x"] + canvas["width"] - PANELS["lif"]().views[0].box()["right"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    values = []
    for step in range(1, 21):
        page.mouse.move(x, y + 2 * step)
        settled(page)
        values.append(page.evaluate(f"{PANEL}.values.v_th"))
        assert page.locator(".snn-live").inner_text() == ""  # nothing is said during the drag
    page.mouse.up()
    at_rest(page)
    # 40 px of the frame's height, which is the whole range of 30 mV
    frame = page.evaluate(f"(v => v.bottom - v.top)({PANEL}.views[0])")
    assert values[-1] == pytest.approx(-50 - 40 * 30 / frame, abs=0.06)
    assert len(set(values)) == 20 and values == sorted(values, reverse=True)
    panel = PANELS["lif"](v_th=values[-1])
    assert page.locator(".snn-live").inner_text().startswith(str(panel))
    assert grip.get_attribute("aria-valuetext") == panel.controls[0].text(values[-1])
    start = PANELS["lif"]()
    before = start.result.times[start.result.times <= start.views[0].until]
    np.testing.assert_allclose(page.evaluate(f"Array.from({PANEL}.views[0].ghost.spikes)"), before, atol=1e-9)


def test_dragging_the_line_itself_and_the_point(page, files):
    opened(page, files["lif"])
    line = page.locator("canvas").first.bounding_box()
    y = line["y"] + page.evaluate(f"(v => v.y(-50, v.range))({PANEL}.views[0])")
    moved = page.evaluate(f"-50 - 20 * 30 / (v => v.bottom - v.top)({PANEL}.views[0])")
    page.mouse.move(line["x"] + 150, y + 3)
    page.mouse.down()
    page.mouse.move(line["x"] + 150, y + 23, steps=4)
    page.mouse.up()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == pytest.approx(moved, abs=0.06)
    point = page.get_by_role("slider", name="Input current, in the picture")
    box = point.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + 10, steps=4)
    page.mouse.up()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.current") > 0.25
    assert page.evaluate(f"{PANEL}.values.v_th") == pytest.approx(moved, abs=0.06)


def test_keys_on_the_grip(page, files):
    opened(page, files["lif"])
    page.get_by_role("slider", name="Threshold, in the picture").focus()
    for key, value in (("ArrowUp", -49.9), ("PageDown", -50.9), ("Home", -62.0), ("End", -45.0)):
        page.keyboard.press(key)
        settled(page)
        assert page.evaluate(f"{PANEL}.values.v_th") == value


def test_presets_reset_typing_and_double_click(page, files):
    panel = PANELS["lif"]()
    opened(page, files["lif"])
    for label in panel.spec["presets"]:
        button = page.get_by_role("button", name=label)
        button.click()
        settled(page)
        panel.preset(label)
        assert sentence(page) == str(panel)
        assert button.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Reset").click()
    settled(page)
    panel.reset()
    assert sentence(page) == str(panel)
    number = page.get_by_label("Threshold, as a number in mV")
    number.fill("-52.34")
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -52.34
    number.fill("-80")
    number.press("Enter")
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -62 and number.input_value() == "-62.0"
    page.get_by_role("slider", name="Threshold vth", exact=True).dblclick()
    settled(page)
    assert page.evaluate(f"{PANEL}.values.v_th") == -50


def test_seed(page, files):
    opened(page, files["poisson"])
    page.get_by_role("button", name="Roll again").click()
    settled(page)
    assert sentence(page) == str(PANELS["poisson"](seed=2))
    seed = page.get_by_label("Seed")
    seed.fill("18446744073709551615")
    seed.press("Enter")
    settled(page)
    assert sentence(page) == str(PANELS["poisson"](seed=2**64 - 1))
    seed.fill("soon")
    seed.press("Enter")
    assert seed.input_value() == "18446744073709551615"


def test_a_finger_scrolls_the_page_and_only_grips_hold_it(browser, files):
    options = {"has_touch": True, "is_mobile": True, "viewport": {"width": 400, "height": 700}}
    with watched_page(browser, **options) as page:
        opened(page, files["lif"])
        style = "getComputedStyle(document.querySelector('{}')).touchAction"
        assert page.evaluate(style.format("canvas")) == "pan-x pan-y"  # one finger scrolls, two spread time
        assert page.evaluate(style.format(".snn-grip")) == "none"
        assert page.locator(".snn-grip").first.bounding_box()["height"] >= 44


def test_the_axis_of_a_curve_stays_while_something_moves(page, files):
    """It has room for the curve, and for the one before, once the hand lets go."""
    opened(page, files["lif"])
    top = f"{PANEL}.views[1].rangeY[1]"
    start = page.evaluate(top)
    box = page.get_by_role("slider", name="Threshold, in the picture").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(x, y + 10 * step)
        settled(page)
        assert page.evaluate(top) == start
    page.mouse.up()
    at_rest(page)
    moved = PANELS["lif"](v_th=page.evaluate(f"{PANEL}.values.v_th"))
    assert moved.result.rate_curve.max() > start == shapes.nice_top(150.0)
    assert page.evaluate(top) == shapes.nice_top(moved.result.rate_curve.max())
    page.get_by_role("slider", name="Threshold vth", exact=True).press("End")
    assert page.evaluate(top) > start
    at_rest(page)  # the curve before is there as a ghost
    assert page.evaluate(top) >= shapes.nice_top(moved.result.rate_curve.max())
    page.get_by_role("button", name="Reset").click()
    settled(page)
    assert page.evaluate(top) == start
