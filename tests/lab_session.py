"""JupyterLab as a reader sees it: `snnlab open` in a process of its own, and a page of Chromium on it."""

import contextlib
import os
import secrets
import sys
from pathlib import Path

from jupyter_host import PATIENCE, free_port, serving


@contextlib.contextmanager
def snnlab_open(folder: Path, python: str = sys.executable, asked: str = "", **environment: str):
    """Run `snnlab open` on the reader's folder; give the address of the chapter that it opens."""
    port = free_port()
    token = secrets.token_hex(16)
    command = [python, "-m", "snnlab", "open", "--no-browser", "--dir", str(folder), "--port", str(port)]
    command += [asked] if asked else []
    log, settings = folder.parent / "lab.log", folder.parent / "jupyter"
    settings.mkdir()
    # So that a test can drive the page's own JupyterLab, which a reader's page does not show to scripts.
    (settings / "jupyter_lab_config.json").write_text(
        '{"LabApp": {"expose_app_in_browser": true}}', encoding="utf-8"
    )
    own = {"JUPYTER_CONFIG_PATH": str(settings), "JUPYTERLAB_SETTINGS_DIR": str(settings / "lab")}
    environ = {**os.environ, "JUPYTER_TOKEN": token, **own, **environment}  # a theme chosen here stays here
    with serving(command, port, token, log, cwd=folder.parent, env=environ) as address:
        yield f"{address}/?token={token}"


def open_chapter(page, address: str) -> None:
    """Go to the page that `snnlab open` shows, and wait until the notebook and its kernel are there."""
    page.set_default_timeout(PATIENCE * 1000)
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.wait_for_function(
        """() => {
            const session = window.jupyterapp?.shell?.currentWidget?.sessionContext?.session;
            return session?.kernel?.connectionStatus === "connected";
        }"""
    )


def run_all(page) -> None:
    """Run every cell and wait for the last."""
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        """() => {
            const model = window.jupyterapp.shell.currentWidget.content.model;
            const code = [...model.cells].filter(c => c.type === "code" && c.sharedModel.getSource().trim());
            const { status } = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            return code.length > 0 && status === "idle"
                && code.every(c => c.executionCount !== null && c.executionState !== "running");
        }"""
    )


def error_outputs(page) -> list[str]:
    """The errors that stand in the notebook."""
    return page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells].flatMap(cell =>
            cell.type !== "code" ? [] : cell.outputs.toJSON()
                .filter(output => output.output_type === "error")
                .map(output => `${output.ename}: ${output.evalue}`))"""
    )


def picture(canvas) -> str:
    """The pixels of a canvas, to be compared."""
    return canvas.evaluate("c => c.toDataURL()")


# A figure knows its panel by the element that holds it.
PANEL = """figure => [...document.querySelectorAll("*")].find(e => e.snnlab?.figure === figure)?.snnlab"""
SENTENCE = f"figure => ({PANEL})(figure).sentence"
AT_REST = f"""figure => {{
    const panel = ({PANEL})(figure);
    return panel?.data && !panel.moved && !panel.changed.size
        && panel.names.every(name => panel.data.values[name] === panel.values[name]);
}}"""


def panel_at_rest(panel) -> None:
    """Wait until a panel shows the result for its values, and has told Python of them."""
    panel.page.wait_for_function(AT_REST, arg=panel.element_handle())


def move_first_slider(page, keys: int = 10) -> tuple[str, str, str, str]:
    """Press the right arrow on the first slider of the first panel; sentence and picture before and after."""
    panel = page.locator(".snn-panel").first
    panel.scroll_into_view_if_needed()
    slider, canvas = panel.locator("input[type=range]").first, panel.locator("canvas").first
    panel_at_rest(panel)
    before = panel.evaluate(SENTENCE), picture(canvas)
    slider.focus()
    for _ in range(keys):
        page.keyboard.press("ArrowRight")
    panel_at_rest(panel)
    after = panel.evaluate(SENTENCE), picture(canvas)
    return before[0], after[0], before[1], after[1]
