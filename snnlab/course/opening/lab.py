"""JupyterLab, set up for the course without touching the reader's own settings.

The folder ``jupyter`` beside this file joins Jupyter's search paths by two environment variables, in this
process and its kernels only:

- ``JUPYTER_CONFIG_PATH``: *defaults* for three settings. Widgets are saved with a notebook, without which a
  panel says "model not found" when the notebook is opened again, no news are fetched, and a line of code that
  is wider than its cell goes on below. What the reader has chosen still counts for more.
- ``JUPYTER_PATH``: a kernel called python3 that is this very Python, found before any other of that name.
"""

import logging
import os
from pathlib import Path
from urllib.parse import quote

from snnlab.course.errors import CommandError
from snnlab.course.opening.working_copy import OURS
from snnlab.course.places import can_write
from snnlab.course.ports import HOST

__all__ = ["SETTINGS", "address", "run_lab", "set_paths", "set_up"]

SETTINGS = Path(__file__).with_name("jupyter")


def set_paths(environ: os._Environ[str] | dict[str, str]) -> None:
    """Put the course's settings and kernel first on Jupyter's search paths."""
    for name in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH"):
        others = [p for p in environ.get(name, "").split(os.pathsep) if p and p != str(SETTINGS)]
        environ[name] = os.pathsep.join([str(SETTINGS), *others])


def set_up(environ: os._Environ[str] | dict[str, str], copy: Path) -> None:
    """Set the environment in which JupyterLab runs on the working copy `copy`."""
    set_paths(environ)
    from jupyter_core.paths import jupyter_data_dir

    if not can_write(Path(jupyter_data_dir())):  # a read-only home: what Jupyter must write goes to the copy
        mine = copy / OURS
        environ["JUPYTER_DATA_DIR"] = str(mine / "jupyter")
        environ["JUPYTER_RUNTIME_DIR"] = str(mine / "jupyter" / "runtime")
        environ["JUPYTERLAB_SETTINGS_DIR"] = str(mine / "settings")
        environ["IPYTHONDIR"] = str(mine / "ipython")
        (mine / "ipython").mkdir(exist_ok=True)


def address(port: int, chapter: str) -> str:
    """Where a chapter is found in the browser, without the token."""
    return f"http://{HOST}:{port}{_path(chapter)}"


def run_lab(copy: Path, chapter: str, port: int, token: str, browser: bool) -> None:
    """Run JupyterLab in this process until it is stopped.

    Parameters
    ----------
    copy : Path
        The working copy.
    chapter : str
        The notebook in it that is shown first.
    port : int
        A free port.
    token : str
        What the address has to carry: others on this machine do not know it.
    browser : bool
        Whether to open the browser.

    Raises
    ------
    CommandError
        If JupyterLab does not start.
    """
    try:
        from jupyterlab.labapp import LabApp

        logging.getLogger("ServerApp").addFilter(_no_goodbye)
        LabApp.launch_instance(argv=_arguments(copy, chapter, port, token, browser))
    except SystemExit as stop:
        if stop.code:
            raise CommandError("JupyterLab has stopped by itself: the lines above say why") from None
    except Exception as error:  # the reader's own Jupyter configuration and extensions may raise anything
        raise CommandError(f"JupyterLab could not start: {error}") from None


def _arguments(copy: Path, chapter: str, port: int, token: str, browser: bool) -> list[str]:
    return [
        f"--ServerApp.root_dir={copy}",
        f"--ServerApp.ip={HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.base_url=/",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.open_browser={browser}",
        "--ServerApp.answer_yes=True",  # Ctrl-C stops at once: the work is in files
        "--ServerApp.allow_root=True",  # only this machine can reach the server
        f"--LabApp.default_url={_path(chapter)}",
        f"--LabApp.workspaces_dir={copy / OURS / 'workspaces'}",  # no tabs of the reader's other work
        "--Application.log_level=40",
    ]


def _no_goodbye(record: logging.LogRecord) -> bool:
    """Leave out what the server logs when it is told to stop: the command says it in words."""
    return record.funcName not in {"_confirm_exit", "_signal_stop"}


def _path(chapter: str) -> str:
    return f"/lab/tree/{quote(chapter)}"
