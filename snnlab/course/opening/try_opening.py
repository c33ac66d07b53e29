"""`snnlab open --check`: start what `snnlab open` starts, see that the chapter is there, stop it again."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from snnlab.course.opening.lab import address
from snnlab.course.ports import HOST

__all__ = ["try_opening"]

PATIENCE = 120.0  # s: a first start on a slow disk, behind a virus scanner


class _NoRedirect(HTTPRedirectHandler):
    """A redirection is an answer of its own: it leads to a log-in page."""

    def redirect_request(self, *args, **kwargs):
        return None


_OPENER = build_opener(ProxyHandler({}), _NoRedirect)


def try_opening(copy: Path, chapter: str, port: int) -> int:
    """Start JupyterLab without a browser and wait until the chapter is served.

    Parameters
    ----------
    copy : Path
        The working copy.
    chapter : str
        The notebook in it.
    port : int
        A free port.

    Returns
    -------
    int
        0 if the chapter was served, 1 otherwise: then the end of the server's log is printed.
    """
    token = secrets.token_hex(16)
    command = [sys.executable, "-m", "snnlab", "open", chapter, "--no-browser"]
    command += ["--dir", str(copy), "--port", str(port)]
    environ = {**os.environ, "JUPYTER_TOKEN": token, "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, env=environ, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            works = _wait(server, chapter, port, token)
        finally:
            _stop(server, port, token)
        if works:
            print(f"{chapter} opens at {address(port, chapter)}")
            return 0
        log.seek(0)
        tail = log.read().decode("utf-8", errors="replace").splitlines()[-20:]
    print(f"JupyterLab did not show {chapter}. Its last lines:", *tail, sep="\n  ", file=sys.stderr)
    return 1


def _wait(server: subprocess.Popen, chapter: str, port: int, token: str) -> bool:
    """Whether the page and the notebook behind it are served before patience or the server ends."""
    page, file = address(port, chapter), f"http://{HOST}:{port}/api/contents/{quote(chapter)}?content=0"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        if _status(page, token) == 200 and _status(file, token) == 200:
            return True
        time.sleep(0.2)
    return False


def _status(url: str, token: str, method: str = "GET") -> int:
    request = Request(url, method=method, headers={"Authorization": f"token {token}"})
    try:
        with _OPENER.open(request, timeout=10) as answer:
            return answer.status
    except HTTPError as error:
        error.close()
        return error.code
    except (URLError, OSError):
        return 0


def _stop(server: subprocess.Popen, port: int, token: str, patience: float = 10.0) -> None:
    """Ask the server to go, which ends its kernels too, and see that it does."""
    if server.poll() is None:
        _status(f"http://{HOST}:{port}/api/shutdown", token, method="POST")
    for insist in (server.terminate, server.kill):
        try:
            server.wait(timeout=patience)
            return
        except subprocess.TimeoutExpired:
            insist()
    server.wait()
