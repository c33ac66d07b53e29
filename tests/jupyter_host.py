"""A Jupyter server on a folder of notebooks, with JupyterLab or Notebook as its face."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import nbformat

__all__ = [
    "LOST",
    "PATIENCE",
    "TOKEN",
    "ask",
    "free_port",
    "jupyter",
    "open_notebook",
    "open_saved",
    "run_cell",
    "serving",
    "shut_down_kernel",
    "write_code",
]

TOKEN = "panels"
FACES = {"lab": ("jupyterlab", "LabApp"), "notebook": ("notebook", "JupyterNotebookApp")}
ADDRESSES = {"lab": "lab/tree", "notebook": "notebooks"}
PATIENCE = 120  # s: a first start on a busy machine
LOST = (
    "model not found"  # what Jupyter's widgets say, in place of a panel and in the console: see `open_saved`
)


def write_code(file: Path, cells: list[str]) -> None:
    """Write a notebook of code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, file)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def ask(address: str, token: str = TOKEN, method: str = "GET") -> bytes:
    """What the server answers."""
    data = b"{}" if method == "POST" else None
    request = Request(address, headers={"Authorization": f"token {token}"}, method=method, data=data)
    with urlopen(request, timeout=10) as answer:
        return answer.read()


@contextlib.contextmanager
def jupyter(folder: Path, face: str = "lab", save_widgets: bool = True, **environment: str) -> Iterator[str]:
    """Serve `folder`; give the address. Widgets are saved with the notebooks, as `snnlab open` does."""
    module, app = FACES[face]
    settings = folder / "settings" / "@jupyter-widgets" / "jupyterlab-manager"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "plugin.jupyterlab-settings").write_text(
        json.dumps({"saveState": save_widgets}), encoding="utf-8"
    )
    port = free_port()
    command = [
        sys.executable, "-m", module, "--no-browser", "--allow-root", f"--port={port}",
        f"--IdentityProvider.token={TOKEN}", f"--{app}.expose_app_in_browser=True",
        f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0",
    ]  # fmt: skip
    environ = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), **environment}
    with serving(command, port, TOKEN, folder / f"{face}.log", env=environ) as address:
        yield address


@contextlib.contextmanager
def serving(command: list[str], port: int, token: str, log: Path, **options) -> Iterator[str]:
    """Run a command that starts a Jupyter server on `port`; give the address once it answers.

    `options` go to `subprocess.Popen`; what the server says goes to `log`.
    """
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, **options
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(server, f"{address}/api/status", token, log)
            yield address
        finally:
            with contextlib.suppress(URLError, OSError):
                ask(f"{address}/api/shutdown", token, "POST")  # it ends its kernels too
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(server: subprocess.Popen, address: str, token: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            ask(address, token)
            return
        except OSError:
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
    raise AssertionError(f"the Jupyter server did not answer:\n{said}")


def open_notebook(page, address: str, name: str, face: str = "lab") -> None:
    """Show the notebook and wait until it and its kernel are there."""
    query = f"?reset&token={TOKEN}" if face == "lab" else f"?token={TOKEN}"
    page.goto(f"{address}/{ADDRESSES[face]}/{name}{query}", wait_until="domcontentloaded")
    page.wait_for_function(
        """() => {
            const shown = window.jupyterapp?.shell?.currentWidget;
            const kernel = shown?.sessionContext?.session?.kernel;
            return shown?.context?.isReady && kernel?.connectionStatus === "connected";
        }""",
        timeout=PATIENCE * 1000,
    )


def open_saved(page, address: str, name: str, face: str = "lab") -> None:
    """Show a notebook with saved panels, and wait until they are there.

    Jupyter's widget manager restores twice while a kernel connects: what lives in the kernel, and what stands
    in the notebook. Where the first ends before the second has registered its models, it writes for good that
    no model was found (jupyter-widgets/ipywidgets, issue 3823): a reader loads the page again, and so do we.
    """
    open_notebook(page, address, name, face)
    shown, lost = page.locator(".snn-panel").first, page.get_by_text(LOST).first
    end = time.monotonic() + PATIENCE
    while True:
        shown.or_(lost).first.wait_for()
        if not lost.is_visible():
            return
        assert time.monotonic() < end, f"{name} was loaded again and again, and its widgets were never found"
        open_notebook(page, address, name, face)


def run_cell(page, index: int) -> str:
    """Run one cell to its end and give its text output."""
    return page.evaluate(
        """async index => {
            const shown = jupyterapp.shell.currentWidget;
            shown.content.activeCellIndex = index;
            await jupyterapp.commands.execute("notebook:run-cell");
            const outputs = shown.content.model.cells.get(index).outputs.toJSON();
            return outputs.map(o => o.text ?? o.data?.["text/plain"] ?? o.evalue ?? "").flat().join("");
        }""",
        index,
    )


def shut_down_kernel(page) -> None:
    """End the kernel of the shown notebook."""
    page.evaluate("async () => { await jupyterapp.shell.currentWidget.sessionContext.shutdown(); }")
