"""Undo, redo, the pin, and what a reader takes along, in Chromium."""

import csv
import io
from xml.etree import ElementTree

import numpy as np
import pytest
from covering import covering
from PIL import Image
from snnlab_widgets import GOALS, PANELS, lif_panel
from snnlab_widgets.pages import page as page_forms
from widgets.panel_page import PANEL, at_rest, opened, pixels, sentence, settled, watched_page

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def tab(browser, files):
    with watched_page(browser) as fresh:
        yield opened(fresh, files["lif"])


def press(tab, name):
    tab.get_by_role("button", name=name, exact=True).click()
    at_rest(tab)


def type_in(tab, v_th):
    tab.get_by_label("Threshold, as a number in mV").fill(str(v_th))
    at_rest(tab)


def dense(text):
    """Words without the places at which a line may break."""
    return "".join(text.split())


def saved(tab, name):
    """What is downloaded when this entry of the menu is chosen."""
    if not tab.get_by_role("button", name=name).is_visible():
        tab.get_by_text("Save", exact=True).click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name=name).click()
    return download.value


def test_moves_are_taken_back_and_done_again(tab):
    first = pixels(tab)
    assert tab.get_by_role("button", name="Undo").is_disabled()
    type_in(tab, -55)
    press(tab, "Undo")
    assert sentence(tab) == str(lif_panel())
    press(tab, "Redo")
    assert sentence(tab) == str(lif_panel(v_th=-55.0)) and pixels(tab) != first


def test_the_last_undo_hands_the_keyboard_on(tab):
    type_in(tab, -55)
    tab.get_by_role("button", name="Undo").press("Enter")
    at_rest(tab)
    assert tab.evaluate("document.activeElement.textContent") == "Redo"


def test_a_pin_stays_and_the_change_is_counted_from_it(tab):
    press(tab, "Pin")
    start = tab.evaluate(f"{PANEL}.data.rate")
    for v_th in (-52, -54, -56):
        type_in(tab, v_th)
    ghost = tab.evaluate(f"Array.from({PANEL}.views[0].ghost.trace.value)")
    plain = tab.evaluate(f"Array.from({PANEL}.views[0].now.trace.value)")
    now = tab.evaluate(f"{PANEL}.data.rate")
    said = tab.locator(".snn-change").inner_text()
    assert said.endswith("from the pin") and float(said.split()[0].replace("−", "-")) == pytest.approx(
        now - start, abs=0.5
    )
    assert ghost != plain and max(ghost) > max(plain)  # the threshold of the pin is higher
    assert tab.locator(".snn-pinned").first.is_visible()
    press(tab, "Reset")
    assert tab.evaluate(f"Array.from({PANEL}.views[0].ghost.trace.value)") == ghost
    press(tab, "Pin")
    assert tab.locator(".snn-change").inner_text() == "" and not tab.locator(".snn-pinned").first.is_visible()


@pytest.mark.parametrize("name", covering(PANELS))
def test_every_panel_is_taken_along(browser, files, name, tmp_path):
    """The drawing has the words of the page, the picture its size, the table the numbers of the result."""
    panel = PANELS[name]()
    with watched_page(browser) as tab:
        opened(tab, files[name])
        frame = tab.locator(".snn-views").bounding_box()
        drawing = ElementTree.fromstring(saved(tab, "Drawing (SVG)").path().read_bytes())
        words = dense("".join(drawing.itertext()))
        assert dense(panel.title) in words and dense(str(panel)) in words
        assert len(drawing.findall(f"{SVG}path")) > 10
        saved(tab, "Picture (PNG)").save_as(tmp_path / "picture.png")
        with Image.open(tmp_path / "picture.png") as picture:
            assert picture.width == pytest.approx(3 * (frame["width"] + 32), abs=3)
            assert picture.height > 3 * frame["height"]
            colours = picture.convert("RGB").getcolors(maxcolors=2**24)
            assert picture.getpixel((0, 0))[:3] == (255, 255, 255) and len(colours) > 10
        table = saved(tab, "Numbers (CSV)").path().read_text(encoding="utf-8").splitlines()
    notes = [line for line in table if line.startswith("# ")]
    assert notes[0] == f"# {panel.title}"
    for c in panel.controls:
        assert any(line.startswith(f"# {c.name} = ") for line in notes)
    head, *rows = csv.reader(io.StringIO("\n".join(line for line in table if not line.startswith("# "))))
    result = panel.result._asdict()
    for column, label in enumerate(head):
        key, _, place = label.rstrip("]").partition("[")
        seen = [float(row[column]) for row in rows if row[column]]
        at = (slice(None), *(int(k) for k in place.split()))
        expected = np.ravel(result[key][at] if place else result[key])
        np.testing.assert_allclose(seen, expected, rtol=0, atol=1e-9, err_msg=label)
    arrays = {key for key, value in result.items() if np.ndim(value)}
    assert {label.partition("[")[0] for label in head} == arrays


def test_two_bundles_in_a_page_share_no_id(browser, tmp_path):
    """Each label names its own slider, whichever script made it."""
    goal = GOALS["lif-predict"]()
    blocks = [
        page_forms.block(lif_panel(), page_forms.library()),
        page_forms.block(goal, page_forms.library(goals=True)),
    ]
    file = tmp_path / "two.html"
    file.write_text("<!doctype html><meta charset=utf-8>" + "".join(blocks), encoding="utf-8")
    with watched_page(browser) as tab:
        tab.goto(file.as_uri())
        tab.wait_for_function("[...document.querySelectorAll('.snnlab-host')].every(h => h.snnlab?.data)")
        ids = tab.evaluate("[...document.querySelectorAll('input[type=range]')].map(i => i.id)")
        own = tab.evaluate(
            "[...document.querySelectorAll('.snn-control')]"
            ".every(c => c.querySelector('label').control === c.querySelector('input[type=range]'))"
        )
    assert len(set(ids)) == len(ids) > 3 and own


def test_a_changed_address_moves_its_panel(tab):
    tab.evaluate("location.hash = '#lif?v_th=-58&tau_m=1e9'")
    tab.wait_for_function(f"{PANEL}.values.v_th === -58")
    settled(tab)
    highest = next(c.high for c in lif_panel().controls if c.name == "tau_m")
    assert sentence(tab) == str(lif_panel(v_th=-58.0, tau_m=highest))
    press(tab, "Undo")
    assert sentence(tab) == str(lif_panel())
    tab.evaluate("location.hash = '#other?v_th=-45'")
    settled(tab)
    assert sentence(tab) == str(lif_panel())


def test_a_link_stays_at_its_panel_while_the_page_above_grows(browser, tmp_path):
    spacer = "<div id=above style='height:1500px'></div>"
    file = tmp_path / "page.html"
    block = page_forms.block(lif_panel(), page_forms.library())
    file.write_text(
        f"<!doctype html><meta charset=utf-8>{spacer}{block}<div style='height:3000px'></div>",
        encoding="utf-8",
    )
    top = "document.querySelector('.snnlab-host').getBoundingClientRect().top"
    with watched_page(browser) as page:
        page.goto(file.as_uri() + "#lif?v_th=-55")
        page.wait_for_function(f"() => {PANEL}?.data !== undefined")
        page.evaluate("document.querySelector('#above').style.height = '6000px'")
        page.wait_for_function(f"Math.abs({top}) < 2")
        page.mouse.wheel(0, 300)
        page.wait_for_function(f"{top} < -200")
        page.evaluate("document.querySelector('#above').style.height = '6500px'")
        settled(page)
        assert abs(page.evaluate(top)) > 100
