"""A tree of control groups in a common folder, in which a thread does what the kernel would do.

So that what is asked of the kernel is tried where nobody has lent a branch of its own tree: a process that
writes its number into ``cgroup.procs`` is in the group with all that it starts, memory above ``memory.max``
ends all of them, and so does ``cgroup.kill``. It looks a hundred times a second and whenever one of its files
is read, and does not play the limit on tasks.
"""

import contextlib
import os
import signal
import threading
from pathlib import Path

from snnlab.course.classroom.sandbox import watching

__all__ = ["PlayedBranch", "played_branch"]

_FILES = {
    "cgroup.kill": "",
    "cgroup.procs": "",
    "memory.events": "oom 0\noom_kill 0\n",
    "memory.max": "max",
    "memory.oom.group": "0",
    "memory.swap.max": "max",
    "pids.max": "max",
}


_first: dict[Path, int] = {}
"""The process that has entered each group."""
_one_at_a_time = threading.Lock()


class PlayedBranch(type(Path())):
    """A folder in which a new folder is a group, and one with a process in it is not taken away."""

    def mkdir(self, *rest, **more):
        super().mkdir(*rest, **more)
        for name, text in _FILES.items():
            (self / name).write_text(text, encoding="ascii")

    def read_text(self, *rest, **more):
        if self.name in _FILES:
            with contextlib.suppress(OSError, ValueError):
                _look(Path(self.parent))
        return super().read_text(*rest, **more)

    def rmdir(self):
        if (self / "cgroup.procs").read_text(encoding="ascii").strip():
            raise OSError("Device or resource busy")
        for name in _FILES:
            (self / name).unlink(missing_ok=True)
        super().rmdir()


@contextlib.contextmanager
def played_branch(folder):
    """A branch in `folder`, played until the end of ``with``; processes of this one can enter its groups."""
    ended = threading.Event()
    player = threading.Thread(target=_play, args=(folder, ended), daemon=True)
    player.start()
    try:
        yield PlayedBranch(folder)
    finally:
        ended.set()
        player.join()


def _play(folder, ended):
    while not ended.wait(0.01):
        for group in folder.iterdir():
            with contextlib.suppress(OSError, ValueError):
                _look(group)


def _look(group):
    with _one_at_a_time:
        _played(group)


def _played(group):
    words = {name: (group / name).read_text(encoding="ascii").strip() for name in _FILES}
    if group not in _first:
        _first[group] = int(words["cgroup.procs"])
    inside = [process for process in watching.family(_first[group]) if _lives(process)]
    used = watching.usage(_first[group], _first[group]).memory
    if words["memory.max"] != "max" and used > int(words["memory.max"]):
        (group / "memory.events").write_text("oom 1\noom_kill 1\n", encoding="ascii")
        _kill(inside)
    if words["cgroup.kill"] == "1":
        _kill(inside)
    with (group / "cgroup.procs").open("r+", encoding="ascii") as file:  # "w" would empty it for a moment
        file.write("\n".join(map(str, inside)))
        file.truncate()


def _lives(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] not in "ZX"


def _kill(processes):
    for process in processes:
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGKILL)  # noqa: TID251  # a kernel's own, on Linux alone
