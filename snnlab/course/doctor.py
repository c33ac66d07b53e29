"""`snnlab doctor`: what works on this machine, what does not, and why."""

import shutil
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from snnlab.course.errors import CommandError, install_line
from snnlab.course.opening.lab import SETTINGS
from snnlab.course.opening.working_copy import read_record
from snnlab.course.panels import panel_packages, panels_to_show
from snnlab.course.places import can_write, chapters_folder, default_copy
from snnlab.course.ports import choose_port
from snnlab.other_snnlab import conflict

__all__ = ["CHECKS", "Finding", "examine"]


_ANOTHER = "use --dir FOLDER or set SNNLAB_HOME"


class Finding(NamedTuple):
    """What one check found: `ok`, a `note` (the course opens all the same) or a `problem` (it does not)."""

    status: str
    text: str


def examine(folder: str | None) -> int:
    """Run all checks and print a line for each finding.

    Parameters
    ----------
    folder : str or None
        The reader's folder; None is the default one.

    Returns
    -------
    int
        0 if the course can be opened, otherwise 1.
    """
    problems = 0
    for name, check in CHECKS.items():
        try:
            with warnings.catch_warnings(action="ignore"):  # what matters is said below in plain words
                findings = list(check(Path(folder).expanduser()) if name == "folder" and folder else check())
        except Exception as error:  # a broken installation may raise anything
            findings = [Finding("problem", f"{name}: {type(error).__name__}: {error}")]
        for finding in findings:
            problems += finding.status == "problem"
            print(f"{finding.status:<8} {' '.join(finding.text.split())}", flush=True)
    print("The course can be opened: `snnlab open`." if not problems else "The course cannot be opened yet.")
    return 1 if problems else 0


def _python() -> Iterator[Finding]:
    text = f"Python {sys.version.split()[0]} ({sys.executable})"
    new_enough = sys.version_info >= (3, 11)
    yield Finding("ok", text) if new_enough else Finding("problem", f"{text}: 3.11 or newer is needed")


def _name() -> Iterator[Finding]:
    if sentence := conflict():
        yield Finding("problem", sentence)


def _science() -> Iterator[Finding]:
    import numba
    import numpy

    import snnlab

    libraries = f"numpy {numpy.__version__} and numba {numba.__version__}"
    yield Finding("ok", f"snnlab {snnlab.__version__} with {libraries}")


def _kernels() -> Iterator[Finding]:
    import numpy as np

    from snnlab.course.warmup import cache_folder
    from snnlab.neurons import simulate_lif

    start = time.perf_counter()
    count = len(simulate_lif(np.full(10_000, 0.3)).spikes.times)
    yield Finding("ok", f"a kernel runs: {count} spikes, ready after {time.perf_counter() - start:.1f} s")
    folder = cache_folder()
    if folder:
        yield Finding("ok", f"compiled kernels are kept in {folder}")
    else:
        yield Finding(
            "note",
            "kernels are compiled anew at every start: set NUMBA_CACHE_DIR to a folder that can be written",
        )


def _jupyter() -> Iterator[Finding]:
    yield from _installed("course", "problem", "jupyterlab", "ipywidgets", "anywidget", "matplotlib")
    yield from _installed("course", "note", "bokeh", "jupyter_bokeh")
    if find_spec("jupyter_client"):
        from jupyter_client.kernelspec import KernelSpecManager
        from jupyter_core.paths import jupyter_path

        argv = KernelSpecManager(kernel_dirs=jupyter_path("kernels")).get_kernel_spec("python3").argv
        if argv[0] not in {"python", "python3", f"python3.{sys.version_info[1]}", sys.executable}:
            yield Finding(
                "note", f"a plain `jupyter lab` would use {argv[0]}; `snnlab open` uses this Python"
            )
    if not (SETTINGS / "kernels" / "python3" / "kernel.json").is_file():
        yield Finding("problem", f"files are missing in {SETTINGS}: install the course again")


def _panels() -> Iterator[Finding]:
    if not panel_packages():
        yield Finding("problem", "the panels are missing: install the course again")
        return
    if find_spec("anywidget") is None:
        return  # said above
    panels = {name: make() for name, make in panels_to_show().items()}
    in_page = [name for name, panel in panels.items() if panel.engine == "browser"]
    if in_page:
        yield Finding("ok", f"panels that run in the page: {', '.join(in_page)}")
    for name, panel in panels.items():
        if name not in in_page:
            yield Finding("note", f"the panel {name} works with the kernel only: {panel.spec['note']}")


def _chapters() -> Iterator[Finding]:
    from snnlab.course.opening.chapter_names import chapter_names

    folder = chapters_folder()
    names = chapter_names(folder) if folder else []
    if names:
        yield Finding("ok", f"{len(names)} {'chapter' if len(names) == 1 else 'chapters'} in {folder}")
    else:
        yield Finding("problem", "there are no chapters: install the course again")


def _folder(copy: Path | None = None) -> Iterator[Finding]:
    try:
        copy = (copy or default_copy()).absolute()
        if copy.exists() and not copy.is_dir():
            yield Finding("problem", f"{copy} is a file, and your chapters need a folder: {_ANOTHER}")
        elif not copy.exists():
            parent = next(p for p in copy.parents if p.exists())
            if parent.is_dir() and can_write(parent):
                yield Finding("ok", f"`snnlab open` will make your folder {copy}")
            else:
                yield Finding("problem", f"your folder {copy} cannot be made: {_ANOTHER}")
        elif can_write(copy):
            delivered = len(read_record(copy))
            yield Finding("ok", f"your folder {copy} can be written ({delivered} files delivered)")
        else:
            yield Finding("problem", f"your folder {copy} cannot be written: {_ANOTHER}")
    except RuntimeError:
        yield Finding("problem", f"this system names no home folder: {_ANOTHER}")
    except CommandError as error:
        yield Finding("problem", str(error))


def _port() -> Iterator[Finding]:
    try:
        yield Finding("ok", f"JupyterLab can listen on port {choose_port(None, first=8888)}")
    except CommandError as error:
        yield Finding("problem", str(error))


def _book() -> Iterator[Finding]:
    yield from _installed("book", "note", "jupyter-book", "math-core")


def _browser() -> Iterator[Finding]:
    if find_spec("playwright") is None:
        return  # only the course's own tests drive a browser
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found:
        yield Finding("ok", f"the browser tests can use {found}")
    else:
        yield Finding("note", "there is no Chromium on the search path: the tests in a browser are skipped")


def _installed(extra: str, otherwise: str, *distributions: str) -> Iterator[Finding]:
    """One line for what is installed, one for each that is not."""
    here, missing = [], []
    for name in distributions:
        try:
            here.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if here:
        yield Finding("ok", ", ".join(here))
    for name in missing:
        yield Finding(otherwise, f"{name} is not installed: run {install_line(extra)}")


CHECKS: dict[str, Callable[..., Iterator[Finding]]] = {
    "python": _python,
    "name": _name,
    "science": _science,
    "kernels": _kernels,
    "jupyter": _jupyter,
    "panels": _panels,
    "chapters": _chapters,
    "folder": _folder,
    "port": _port,
    "book": _book,
    "browser": _browser,
}
