"""`snnlab open`: the reader's copy of a chapter in JupyterLab."""

import contextlib
import os
import secrets
from pathlib import Path

from snnlab.course.errors import CommandError, require
from snnlab.course.opening.chapter_names import chapter_names, find_chapter
from snnlab.course.opening.lab import address, run_lab, set_up
from snnlab.course.opening.playground_notebook import PLAYGROUND, deliver_playground
from snnlab.course.opening.working_copy import update
from snnlab.course.places import chapters_folder, default_copy
from snnlab.course.ports import choose_port

__all__ = ["open_course", "prepare"]


def open_course(chapter: str | None, folder: str | None, port: int | None, browser: bool, check: bool) -> int:
    """Deliver the chapters and show one of them, or the playground.

    Parameters
    ----------
    chapter : str or None
        What the reader typed; None is the first chapter.
    folder : str or None
        Theirs; None is the default one.
    port : int or None
        The port; None is the first free one.
    browser : bool
        Whether to open the browser.
    check : bool
        Whether only to see that it would work.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If something is in the way; the sentence says what to do.
    """
    require("course", "jupyterlab", "ipywidgets", "anywidget", "matplotlib")
    port = choose_port(port, first=8888)
    copy, name = prepare(chapter, folder)
    if check:
        from snnlab.course.opening.try_opening import try_opening

        return try_opening(copy, name, port)
    set_up(os.environ, copy)
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16)
    with contextlib.suppress(KeyboardInterrupt):  # pressed before the server was there to take it
        print(f"{name} opens in JupyterLab at {address(port, name)}?token={token}")
        print(f"Your chapters are in {copy}. Ctrl-C stops JupyterLab.", flush=True)
        run_lab(copy, name, port, token, browser)
    print(f"JupyterLab has stopped. Your work is in {copy}.")
    return 0


def prepare(chapter: str | None, folder: str | None) -> tuple[Path, str]:
    """Bring the reader's folder up to date; return it and the file name of the chapter asked for."""
    source = chapters_folder()
    names = chapter_names(source) if source else []
    if source is None or not names:
        raise CommandError("the installation has no chapters: install the course again")
    copy = _copy(folder)
    name = _asked(chapter, [*names, PLAYGROUND], copy) if chapter else names[0]
    for file in update(copy, source, wanted=name):
        print(f"A newer edition has arrived beside yours: {file.relative_to(copy)}")
    if name == PLAYGROUND:
        deliver_playground(copy)
    return copy, name


def _copy(folder: str | None) -> Path:
    try:
        return (Path(folder).expanduser() if folder else default_copy()).absolute()
    except RuntimeError:
        raise CommandError("this system names no home folder: name a folder with --dir FOLDER") from None


def _asked(chapter: str, names: list[str], copy: Path) -> str:
    """The file that is meant: a notebook in the reader's folder, or a chapter of the course."""
    file = chapter if chapter.endswith(".ipynb") else f"{chapter}.ipynb"
    if Path(file).name == file and (copy / file).is_file():
        return file
    return find_chapter(chapter, names)
