"""Panels in Jupyter Notebook 7: keys, both engines, five hundred moves, a notebook that is opened again."""

import json

import pytest
from chromium import PATIENCE
from jupyter_host import LOST, jupyter, open_notebook, open_saved, run_cell, shut_down_kernel, write_code
from lab_session import panel_at_rest, picture
from snnlab_widgets import lif_panel

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from snnlab_widgets import lif_panel\npanel = lif_panel()\npanel",
    "by_kernel = lif_panel(engine='kernel')\nby_kernel",
    "print(panel, by_kernel, panel.engine, by_kernel.engine, sep=' | ')",
]
FAILED = "() => [...document.querySelectorAll('.snn-error')].some(error => !error.hidden)"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """The address of a Notebook 7 and the file that it shows."""
    folder = tmp_path_factory.mktemp("notebook")
    write_code(folder / "panels.ipynb", CELLS)
    with jupyter(folder, "notebook") as address:
        yield address, folder / "panels.ipynb"


@pytest.fixture
def page(browser, notebook):
    """The notebook in a fresh browser; the test fails on an error of ours."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    trouble = []

    def failed(error) -> None:
        # what Notebook's own scripts trip over is not ours; a panel's script has a blob: address
        if "blob:" in error.stack or "/static/notebook/" not in error.stack:
            trouble.append(error.stack)

    page.on("pageerror", failed)

    def said(message) -> None:
        if message.type == "error" and LOST not in message.text:
            trouble.append(message.text)

    page.on("console", said)
    open_notebook(page, notebook[0], "panels.ipynb", "notebook")
    yield page
    context.close()
    assert trouble == []


def panel_of(page, index):
    panel = page.locator(".jp-Cell").nth(index).locator(".snn-panel")
    panel.locator("canvas").first.wait_for()
    return panel


def wait_for_result(panel, expected):
    """Wait until the panel shows the result of Python's own panel."""
    panel.locator(".snn-result b", has_text=expected.headline()).wait_for()
    panel_at_rest(panel)


def press(panel, key, times=1):
    panel.locator("input[type=range]").first.focus()
    for _ in range(times):
        panel.page.keyboard.press(key)


def test_alive_in_both_engines_and_after_opening_again(page, browser, notebook):
    for cell in (0, 1):
        run_cell(page, cell)
        panel = panel_of(page, cell)
        wait_for_result(panel, lif_panel())
        before = picture(panel.locator("canvas").first)
        press(panel, "ArrowLeft", 20)
        wait_for_result(panel, lif_panel(v_th=-52.0))
        assert picture(panel.locator("canvas").first) != before
    moved = str(lif_panel(v_th=-52.0))
    assert run_cell(page, 2).strip() == f"{moved} | {moved} | browser | kernel"

    page.evaluate("async () => { await jupyterapp.shell.currentWidget.context.save(); }")
    shut_down_kernel(page)
    assert "widgets" in json.loads(notebook[1].read_text(encoding="utf-8"))["metadata"]
    open_saved(page, notebook[0], "panels.ipynb", "notebook")
    again = panel_of(page, 0)
    wait_for_result(again, lif_panel(v_th=-52.0))
    before = picture(again.locator("canvas").first)
    press(again, "End")
    wait_for_result(again, lif_panel(v_th=-45.0))
    assert picture(again.locator("canvas").first) != before


def test_five_hundred_random_moves_by_the_kernel(page):
    run_cell(page, 0)
    run_cell(page, 1)
    panel = panel_of(page, 1)
    wait_for_result(panel, lif_panel())
    session = page.context.new_cdp_session(page)
    before = memory(session)
    last = panel.evaluate(
        """async panel => {
            const ranges = [...panel.querySelectorAll("input[type=range]")];
            let seed = 1;
            const random = () => (seed = seed * 48271 % 2147483647) / 2147483647;
            for (let k = 0; k < 500; k++) {
              const range = ranges[Math.floor(random() * ranges.length)];
              range.value = +range.min + random() * (range.max - range.min);
              range.dispatchEvent(new Event("input"));
              await new Promise(requestAnimationFrame);
            }
            return ranges.map(range => Number(range.value));
        }"""
    )
    names = [control.name for control in lif_panel().controls]
    expected = lif_panel(**dict(zip(names, last, strict=True)))
    wait_for_result(panel, expected)
    grown = memory(session) - before
    print(f"{grown / 1e6:.1f} MB more")
    assert grown < 20e6
    assert not page.evaluate(FAILED)
    assert run_cell(page, 2).split(" | ")[1] == str(expected)
    # a fresh panel with these values has the same picture, but for the ghost of the last move
    pictures = """panel => {
        const { snnlab } = [...document.querySelectorAll("*")].find(e => e.snnlab?.figure === panel);
        for (const view of snnlab.views) view.ghost = null;
        snnlab.paint();
        return snnlab.views.map(view => view.canvas.toDataURL());
    }"""
    seen = panel.evaluate(pictures)
    page.evaluate(
        "() => { jupyterapp.shell.currentWidget.content.model.cells.get(1).sharedModel.setSource("
        "'lif_panel(engine=\"kernel\", **by_kernel.values)'); }"
    )
    run_cell(page, 1)
    fresh = panel_of(page, 1)
    wait_for_result(fresh, expected)
    assert fresh.evaluate(pictures) == seen


def memory(session) -> float:
    """What the page holds after a collection, in bytes: objects, and the buffers behind typed arrays."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    held = session.send("Runtime.getHeapUsage")
    return held["usedSize"] + held["backingStorageSize"] + held["embedderHeapUsedSize"]
