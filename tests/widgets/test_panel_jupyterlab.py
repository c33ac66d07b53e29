"""The panel in JupyterLab for real: both engines, a student's function, a notebook that is opened again."""

import json

import pytest
from chromium import PATIENCE
from jupyter_host import LOST, ask, jupyter, open_notebook, open_saved, run_cell, write_code
from lab_session import panel_at_rest
from snnlab_widgets import lif_panel, match_panel, poisson_panel

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "import numpy as np\nfrom snnlab_widgets import Axis, Control, Panel, ReadOut, Trace, lif_panel\n"
    "from snnlab_widgets import poisson_panel",
    "panel = lif_panel()\npanel",
    "by_kernel = lif_panel(engine='kernel')\nby_kernel",
    "poisson_panel()",
    """def mine(v_th, gain):
    if gain > 2.95:
        raise ValueError("gain is <too> large")
    v = -60 + 10 * gain * np.sin(np.arange(5000) / 500)
    times = 0.1 * np.flatnonzero((v[1:] > v_th) & (v[:-1] <= v_th))
    return {"v": v, "times": times, "n": len(times)}

own = Panel("mine", title="Mine", question="How often?", compute=mine, headline="n",
    sentence="gain {gain}: {n} crossings",
    controls=[Control("v_th", "v_th", "Threshold", -70.0, -40.0, -50.0, 0.5, "mV"),
              Control("gain", "g", "Gain", 0.0, 3.0, 1.5, 0.1, colour=2)],
    readouts=[ReadOut("n")],
    views=[Trace("v", 0.1, Axis(-80.0, -30.0, "v (mV)"), line="v_th", spikes="times")])
own""",
    "print(panel, '|', by_kernel, '|', panel.engine, by_kernel.engine)",
    "panel.v_th = by_kernel.v_th = -57.5",
    "from snnlab_widgets import match_panel\nmatch_panel()",
    "match_panel(engine='kernel')",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a notebook with panels."""
    folder = tmp_path_factory.mktemp("lab")
    write_code(folder / "panels.ipynb", CELLS)
    with jupyter(folder) as address:
        yield address


def notebook_page(browser, lab, opened=open_notebook):
    """The notebook in a fresh browser, with its kernel connected; errors are collected."""
    page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    page.set_default_timeout(PATIENCE)
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))

    def said(message):
        if message.type == "error" and LOST not in message.text:
            page.trouble.append(message.text)

    page.on("console", said)
    opened(page, lab, "panels.ipynb")
    return page


def panel_of(page, cell):
    panel = page.locator(".jp-Cell").nth(cell).locator(".snnlab")
    panel.wait_for()
    return panel


def result(panel):
    return panel.locator(".snn-result b")


def wait_for_result(page, panel, text):
    result(panel).filter(has_text=text).wait_for()
    panel_at_rest(panel)


def test_panels_in_jupyterlab(browser, lab):
    page = notebook_page(browser, lab)
    for index in range(5):
        run_cell(page, index)
    for cell in (1, 2):
        panel = panel_of(page, cell)
        wait_for_result(page, panel, "33.0 Hz")
        canvas = panel.locator("canvas").first
        before = canvas.evaluate("c => c.toDataURL()")
        panel.locator("input[type=range]").first.focus()
        for _ in range(20):
            page.keyboard.press("ArrowLeft")
        wait_for_result(page, panel, lif_panel(v_th=-52.0).headline())
        assert panel.locator("input[type=range]").first.input_value() == "-52"
        assert canvas.evaluate("c => c.toDataURL()") != before
    moved = str(lif_panel(v_th=-52.0))
    assert run_cell(page, 5).strip() == f"{moved} | {moved} | browser kernel"
    # Python moves the panel
    run_cell(page, 6)
    for cell in (1, 2):
        wait_for_result(page, panel_of(page, cell), lif_panel(v_th=-57.5).headline())
        assert panel_of(page, cell).locator("input[type=number]").first.input_value() == "-57.5"
    wait_for_result(page, panel_of(page, 3), poisson_panel().headline())

    own = panel_of(page, 4)
    wait_for_result(page, own, "2")
    gain = own.locator("input[type=range]").nth(1)
    gain.focus()
    page.keyboard.press("End")
    own.get_by_text("ValueError: gain is <too> large (line 3 of mine)").wait_for()
    page.keyboard.press("ArrowLeft")
    own.locator(".snn-error").wait_for(state="hidden")

    # first guess and best; a Python that answers late is waited for
    for cell in (7, 8):
        run_cell(page, cell)
        match = panel_of(page, cell)
        wait_for_result(page, match, match_panel().headline())
        match.get_by_role("button", name="too eager").click()
        panel = match_panel()
        panel.preset("too eager")
        said = f"first guess {panel.headline()}, best {panel.headline()}"
        match.locator(".snn-best").filter(has_text=said).wait_for()
        assert match.get_by_role("button", name="Sound").get_attribute("aria-pressed") == "false"

    # five hundred random moves by the kernel leave the right last picture
    slow = panel_of(page, 2)
    last = slow.locator("input[type=range]").first.evaluate(
        """async r => { let seed = 1; const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
        for (let k = 0; k < 500; k++) { r.value = -62 + 17 * random(); r.dispatchEvent(new Event("input"));
          await new Promise(requestAnimationFrame); }
        return Number(r.value); }"""
    )
    wait_for_result(page, slow, lif_panel(v_th=last).headline())
    assert run_cell(page, 5).split(" | ")[1] == str(lif_panel(v_th=last))

    # saved and opened again without running: the browser engine lives on, from the saved state alone
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.context.save(); }")
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")
    assert not page.trouble, "\n".join(page.trouble)
    page.context.close()
    saved = json.loads(ask(f"{lab}/api/contents/panels.ipynb"))["content"]
    assert "widgets" in saved["metadata"]

    page = notebook_page(browser, lab, open_saved)
    panel = panel_of(page, 1)
    wait_for_result(page, panel, lif_panel(v_th=-57.5).headline())
    panel.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    wait_for_result(page, panel, lif_panel(v_th=-45.0).headline())
    assert not page.trouble, "\n".join(page.trouble)
    page.context.close()
