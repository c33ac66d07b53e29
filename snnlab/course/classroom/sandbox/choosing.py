"""Which way to shut a process in works on this machine: each is tried, with a cell of our own inside."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from snnlab.course.classroom.sandbox.isolation import Isolation, NoIsolation, ways
from snnlab.course.classroom.sandbox.limits import Limits, is_root
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.classroom.sandbox.student_pipe import NotStarted
from snnlab.course.classroom.sandbox.trial import DOORS, own_network
from snnlab.course.errors import CommandError

__all__ = ["find_isolation", "trouble"]

_TRIAL = """
import threading
import numba, numpy
from snnlab.course.classroom.sandbox.trial import open_doors
thread = threading.Thread(target=str)
thread.start()
thread.join()
found = open_doors(HIDDEN, NETWORK)
"""
# Ubuntu, from 23.10 on, lets a program make a namespace only if a profile of AppArmor says so.
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_PROFILE = r"abi <abi/4.0>,\ninclude <tunables/global>\nprofile bwrap {} flags=(unconfined) {{ userns, }}\n"


def trouble(isolation: Isolation, limits: Limits) -> str:
    """Why this way does not work on this machine; "" if it does."""
    code = _TRIAL.replace("HIDDEN", repr([str(folder) for folder in isolation.hide]))
    code = code.replace("NETWORK", repr(own_network()))
    limits = limits._replace(total=limits.start, cell=limits.start)
    try:
        done = run([Source(code)], [Ask("trial", "found")], limits, isolation)
    except NotStarted as error:
        return str(error)
    reply = done.answers["trial"].replies
    if not reply or reply[0].value is None:
        failed = done.cells.get(0, "it did not answer")
        return failed if isinstance(failed, str) else f"{failed.name}: {failed.text}"
    return ", ".join(DOORS[int(place)] for place in reply[0].value.ravel())


def _forbidden_by_apparmor() -> bool:
    """Whether AppArmor keeps everybody but root from making namespaces."""
    try:
        return not is_root() and _APPARMOR.read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False


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
    if troubles and _forbidden_by_apparmor():
        profile = _PROFILE.format(shutil.which("bwrap"))
        raise CommandError(
            f"bubblewrap is installed, and AppArmor forbids it to shut anything in{tried}, as Ubuntu does "
            f"from 23.10 on: allow it by `printf '{profile}' | sudo tee /etc/apparmor.d/bwrap && "
            "sudo systemctl reload apparmor`, and mark again"
        )
    raise CommandError(
        f"students' code cannot be shut in on this machine{tried}: mark on Linux with bubblewrap "
        "(`apt-get install bubblewrap libseccomp2`), or add --no-isolation if you trust every submission "
        "with your files"
    )
