"""A control group for each submission: the kernel adds up all memory and all tasks in it (Linux, cgroup v2).

The limits of a process count its addresses. A group counts what is behind them, and what the kernel keeps for
a process besides: buffers, tables of pages, the files of a folder in memory. Root may make groups; another
user may where the system has lent them a branch of the tree. Where nobody has, the limits of the process
stand alone.
"""

import contextlib
import itertools
import os
import time
from pathlib import Path

from snnlab.course.classroom.sandbox.limits import Limits

__all__ = ["VARIABLE", "Group", "enter", "find_branch"]

VARIABLE = "SNNLAB_GROUP"
"""Names the group to the program that enters it."""

_NEEDED = {"memory", "pids"}
_OWN_TASKS = 4  # of bubblewrap, beside those of the student's process
_GONE = 10.0  # s until the kernel has cleared away what was killed
_numbers = itertools.count()


def find_branch(process: Path = Path("/proc/self")) -> Path | None:
    """Where groups can be made that limit memory and tasks: the nearest folder above this process's own.

    Parameters
    ----------
    process : Path
        Where the kernel tells of this process.

    Returns
    -------
    Path or None
        None where there is no such folder, or none that may be written.
    """
    with contextlib.suppress(OSError, ValueError):
        top, root = _tree((process / "mountinfo").read_text(encoding="utf-8", errors="replace"))
        groups = (process / "cgroup").read_text(encoding="utf-8", errors="replace").splitlines()
        own = next((line[3:] for line in groups if line.startswith("0::")), "")
        here = top / Path(own).relative_to(root)
        for folder in (here, *here.parents):
            if not folder.is_relative_to(top):
                break
            lent = (folder / "cgroup.subtree_control").read_text(encoding="ascii").split()
            places = folder, folder / "cgroup.procs"
            if set(lent) >= _NEEDED and all(os.access(place, os.W_OK) for place in places):
                return folder
    return None


def _tree(mounts: str) -> tuple[Path, str]:
    """The folder of the tree of groups, and which of all groups is at its top."""
    for line in mounts.splitlines():
        words, _, kind = line.partition(" - ")
        if kind.startswith("cgroup2 "):
            return Path(words.split()[4]), words.split()[3]
    raise ValueError("this system has no tree of groups")


class Group:
    """A group with limits and, until `enter` is called, without a process.

    Parameters
    ----------
    branch : Path
        Of `find_branch`.
    limits : Limits
        `together` and `processes` count here.

    Raises
    ------
    OSError
        If the kernel does not take the limits.
    """

    def __init__(self, branch: Path, limits: Limits):
        self.folder = branch / f"snnlab-{os.getpid()}-{next(_numbers)}"
        self.folder.mkdir()
        try:
            _say(self.folder / "memory.max", limits.together)
            _say(self.folder / "pids.max", limits.processes + _OWN_TASKS)
            for name, word in (("memory.swap.max", 0), ("memory.oom.group", 1)):
                with contextlib.suppress(FileNotFoundError):  # a kernel without swap, or an older one
                    _say(self.folder / name, word)
        except OSError:
            self.close()
            raise

    def _read(self, name: str) -> str:
        with contextlib.suppress(OSError):
            return (self.folder / name).read_text(encoding="ascii")
        return ""

    def holds(self, process_id: int) -> bool:
        """Whether a process is in it."""
        return str(process_id) in self._read("cgroup.procs").split()

    def overrun(self) -> bool:
        """Whether the kernel has killed something in it for want of memory."""
        words = self._read("memory.events").split()
        return "oom_kill" in words and words[words.index("oom_kill") + 1] != "0"

    def close(self) -> None:
        """Kill what is left in it and take it away."""
        with contextlib.suppress(OSError):  # a kernel before 5.14 kills nothing
            _say(self.folder / "cgroup.kill", 1)
        end = time.monotonic() + _GONE
        while self.folder.exists() and time.monotonic() < end:
            with contextlib.suppress(OSError):
                self.folder.rmdir()
                return
            time.sleep(0.01)


def enter() -> None:
    """Move this process into the group that `VARIABLE` names, if it names one, and forget the name.

    Raises
    ------
    OSError
        If the kernel does not let it in.
    """
    if name := os.environ.pop(VARIABLE, ""):
        _say(Path(name, "cgroup.procs"), os.getpid())


def _say(file: Path, word: int) -> None:
    """Tell the kernel something, through a file that it has made: a missing one it does not know."""
    opened = os.open(file, os.O_WRONLY)
    try:
        os.write(opened, str(word).encode("ascii"))
    finally:
        os.close(opened)
