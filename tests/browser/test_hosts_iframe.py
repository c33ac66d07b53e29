"""A notebook host without widgets that shut each output into a frame of its own, as Colab and VS Code do."""

import pytest
from covering import covering
from snnlab_widgets import PANELS
from snnlab_widgets.registry import GOALS
from widgets.panel_page import PANEL, settled, watched_page

pytestmark = pytest.mark.browser

# The frame has an origin that is nobody's: there is no storage, and no way to the page around it.
HOST = """html => {
    const frame = document.createElement("iframe");
    frame.sandbox = "allow-scripts";
    frame.style = "width: 900px; height: 700px";
    frame.srcdoc = `<!doctype html><meta charset="utf-8"><body>${html}`;
    document.body.append(frame);
}"""


@pytest.mark.parametrize("name", covering(PANELS))
def test_the_html_form_lives_in_a_frame_without_an_origin(browser, name):
    panel = PANELS[name]()
    with watched_page(browser) as page:
        page.evaluate(HOST, panel._repr_mimebundle_()["text/html"])
        frame = page.wait_for_selector("iframe").content_frame()
        frame.wait_for_function(f"{PANEL}?.data !== undefined")
        settled(frame)
        assert frame.evaluate("origin") == "null"
        assert frame.evaluate(f"{PANEL}.sentence") == str(panel)
        before = [canvas.evaluate("c => c.toDataURL()") for canvas in frame.locator("canvas").all()]
        control = panel.controls[0]
        key, end = ("Home", control.low) if control.start != control.low else ("End", control.high)
        frame.locator("input[type=range]").first.focus()
        page.keyboard.press(key)
        frame.wait_for_function(f"{PANEL}.data.values.{control.name} === {end}")
        settled(frame)
        setattr(panel, control.name, end)
        assert frame.evaluate(f"{PANEL}.sentence") == str(panel)
        assert [canvas.evaluate("c => c.toDataURL()") for canvas in frame.locator("canvas").all()] != before


@pytest.mark.parametrize("name", covering(GOALS))
def test_a_goal_lives_where_its_progress_cannot_be_kept(browser, name):
    with watched_page(browser) as page:
        page.evaluate(HOST, GOALS[name]()._repr_mimebundle_()["text/html"])
        frame = page.wait_for_selector("iframe").content_frame()
        frame.wait_for_function(f"{PANEL}?.goal")
        frame.locator(".snn-check").click()
        frame.wait_for_function("document.querySelector('.snn-verdict').textContent")
