"""Which way to shut a process in works on this machine: each is tried, with a cell of our own inside."""

from collections.abc import Iterable
from pathlib import Path

from snnlab.course.classroom.sandbox.isolation import Isolation, NoIsolation, ways
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.student_pipe import NotStarted
from snnlab.course.errors import CommandError

__all__ = ["find_isolation", "trouble"]

_TRIAL = """
import os, socket, threading
import numba, numpy
names = {name for _, name in socket.if_nameindex()}
found = [folder for folder in HIDDEN if os.access(folder, os.R_OK)]
thread = threading.Thread(target=str)
thread.start()
thread.join()
fine = int(names <= {"lo"}) + 2 * int(not found) + 4 * int(os.geteuid() != 0)
"""
_TROUBLE = {
    1: "the network is there",
    2: "the folder of the class can be read",
    4: "it has the rights of root",
}


def trouble(isolation: Isolation, limits: Limits) -> str:
    """Why this way does not work on this machine; "" if it does."""
    code = _TRIAL.replace("HIDDEN", repr([str(folder) for folder in isolation.hide]))
    limits = limits._replace(total=limits.start, cell=limits.start)
    try:
        done = run([Source(code)], [Ask("trial", "fine")], limits, isolation)
    except NotStarted as error:
        return str(error)
    reply = done.answers["trial"].replies
    if not reply or reply[0].value is None:
        failed = done.cells.get(0, "it did not answer")
        return failed if isinstance(failed, str) else f"{failed.name}: {failed.text}"
    missing = 7 - int(reply[0].value)
    return ", ".join(words for bit, words in _TROUBLE.items() if missing & bit)


def find_isolation(hide: Iterable[Path], limits: Limits, none: bool = False) -> Isolation:
    """The best way to shut a process in that works on this machine.

    Parameters
    ----------
    hide : folders
        What must not be seen.
    limits : Limits
        As at the marking.
    none : bool
        Whether none at all is accepted, and then taken where no way works.

    Raises
    ------
    CommandError
        If there is none: the sentence says what to do.
    """
    hide = list(hide)
    troubles = []
    for isolation in ways(hide):
        reason = trouble(isolation, limits)
        if not reason:
            return isolation
        troubles.append(f"{isolation.name}: {reason}")
    if none:
        return NoIsolation(hide)
    tried = f" (tried {'; '.join(troubles)})" if troubles else ""
    raise CommandError(
        f"students' code cannot be shut in on this machine{tried}: mark on Linux with bubblewrap "
        "(`apt-get install bubblewrap`), or add --no-isolation if you trust every submission with your files"
    )
