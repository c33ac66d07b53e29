"""Drawing in Chromium: with the mouse, a finger and the keys, in a file, from an address, with Python."""

import numpy as np
import pytest
from snnlab_widgets import drawn_digit_panel
from widgets.panel_page import (
    PANEL,
    answer,
    ask_python,
    at_rest,
    draw,
    opened,
    painted,
    pixels,
    sentence,
    settled,
    watched_page,
)

from snnlab.data.drawings import load_drawings, points_of, strokes_of
from snnlab.learning.conversion.drawn_digit import drawn_digit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("drawing") / "drawing.html"
    drawn_digit_panel(steps=100).save(path)
    return path


@pytest.fixture
def tab(page, file):
    return opened(page, file)


def drawn(tab) -> str:
    return tab.evaluate(f"{PANEL}.values.drawing")


def agrees(tab):
    """What the page says of its drawing is what Python says, to the last bit; the digit that is named."""
    settled(tab)
    seen = drawn_digit(drawn(tab))
    for name in ("named", "plain", "since", "spikes", "lead"):
        np.testing.assert_equal(tab.evaluate(f"{PANEL}.data.{name}"), getattr(seen, name), name)
    ours = np.frombuffer(
        bytes(tab.evaluate(f"Array.from(new Uint8Array(Float64Array.from({PANEL}.data.said).buffer))"))
    )
    np.testing.assert_array_equal(ours.reshape(10, 100), seen.said)
    return seen.named


def test_at_least_eight_of_ten_digits_are_named_as_they_are_drawn(tab):
    named = []
    for digit, strokes in enumerate(load_drawings()):
        tab.get_by_role("button", name="Clear").click()
        draw(tab, strokes)
        assert len(strokes_of(drawn(tab))) == len(strokes), digit
        named.append(agrees(tab))
    assert sum(name == digit for digit, name in enumerate(named)) >= 8, named


def test_a_stroke_lies_where_the_pointer_went(tab):
    tab.get_by_role("button", name="Clear").click()
    path = load_drawings()[6]
    draw(tab, path)
    (stroke,), (made,) = strokes_of(drawn(tab)), path
    near = np.hypot(*np.moveaxis(stroke[:, None] - made[None], -1, 0)).min(axis=1)
    assert near.max() < 3 and len(stroke) > 0.8 * len(made)  # of a thousand: half a pixel


def test_the_first_stroke_replaces_what_was_there_and_undo_takes_one_back(tab):
    draw(tab, [[(500, 100), (500, 500), (500, 900)]])
    one = drawn(tab)
    assert len(strokes_of(one)) == 1
    draw(tab, [[(300, 300)]])
    assert len(strokes_of(drawn(tab))) == 2
    tab.get_by_role("button", name="Undo").click()
    assert drawn(tab) == one
    tab.get_by_role("button", name="Clear").click()
    settled(tab)
    assert drawn(tab) == "" and tab.locator(".snn-result b").inner_text() == "–"
    tab.get_by_role("button", name="Reset").click()
    settled(tab)
    assert sentence(tab) == str(drawn_digit_panel(steps=100))


def test_the_kernel_gets_every_point(tab):
    draw(tab, load_drawings()[4])
    settled(tab)
    tab.evaluate(f"{PANEL}.engine.wasm.run({PANEL}.values)")
    given = np.array(tab.evaluate(f"Array.from({PANEL}.engine.wasm.view('drawing'))"))
    np.testing.assert_array_equal(given.reshape(-1, 3), points_of(drawn(tab)))


def test_one_draws_with_the_keys_alone(tab):
    pad = tab.get_by_role("application")
    assert "Arrow keys move the pen" in pad.get_attribute("aria-label")
    pad.focus()
    tab.keyboard.press("Shift+ArrowUp")
    tab.keyboard.press("Space")
    for _ in range(16):
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowRight")
    agrees(tab)
    (stroke,) = strokes_of(drawn(tab))
    assert stroke.tolist() == [[500, 400 + 25 * k] for k in range(17)]
    assert tab.evaluate("scrollY") == 0  # the keys were for the pen
    tab.keyboard.press("Backspace")
    assert drawn(tab) == ""
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Clear"


def test_a_finger_draws_and_a_second_one_does_not(tab):
    assert tab.locator(".snn-pad").evaluate("pad => getComputedStyle(pad).touchAction") == "none"
    tab.evaluate("""() => {
        const pad = document.querySelector(".snn-pad"), { x, y, width } = pad.getBoundingClientRect();
        pad.setPointerCapture = () => {};
        const fire = (type, at, isPrimary) => pad.dispatchEvent(new PointerEvent(type, { bubbles: true,
          isPrimary, pointerId: isPrimary ? 1 : 2, pointerType: "touch", button: 0,
          clientX: x + width * at, clientY: y + width * at }));
        fire("pointerdown", 0.2, true);
        fire("pointerdown", 0.9, false);
        for (let k = 3; k < 9; k++) {
          fire("pointermove", k / 10, true);
          fire("pointermove", 0.9 - k / 20, false);
        }
        fire("pointerup", 0.8, true);
    }""")
    settled(tab)
    (stroke,) = strokes_of(drawn(tab))
    assert np.abs(stroke - 100 * np.arange(2, 9)[:, None]).max() <= 1


def test_what_is_drawn_is_told_once_the_pen_rests(tab):
    draw(tab, load_drawings()[0])
    at_rest(tab)
    assert sentence(tab) in tab.locator(".snn-live").inner_text()


def test_an_address_brings_the_drawing(page, file):
    panel = drawn_digit_panel(steps=7.0, drawing=load_drawings()[2])
    opened(page, file, panel.link())
    assert sentence(page) == str(panel) and drawn(page) == panel.drawing
    assert panel.drawing in page.evaluate(f"{PANEL}.callText.textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_is_seen_on_light_and_on_dark_pages(browser, file, scheme):
    with watched_page(browser, color_scheme=scheme) as page:
        opened(page, file)
        page.get_by_role("button", name="Clear").click()
        empty = pixels(page)
        draw(page, [[(100, 500), (900, 500)]])
        settled(page)
        assert pixels(page) != empty
        ink = page.evaluate(f"{PANEL}.palette.ink").removeprefix("rgb(").removesuffix(")").split(", ")
        canvas = page.locator("canvas").first
        colour = canvas.evaluate(
            "c => [...c.getContext('2d').getImageData(c.width / 2, c.height / 2 + 2, 1, 1).data]"
        )
        assert [str(part) for part in colour[:3]] == ink and colour[3] == 255


def test_in_a_notebook_python_gets_the_drawing_and_sets_it(page):
    panel = drawn_digit_panel(engine="kernel", steps=100)
    ask_python(page, panel)
    answer(page, panel)
    draw(page, [[(500, 100), (500, 500), (500, 900)]])
    painted(page)
    for _ in range(9):  # the newest waits while one is under way
        if not page.evaluate("asked.length"):
            break
        values = answer(page, panel)
    assert values["drawing"] == drawn(page)
    assert page.locator(".snn-result b").inner_text() == panel.readouts["named"].text(
        drawn_digit(values["drawing"]).named
    )
