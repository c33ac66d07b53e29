"""Look at a process and all that it has started, from outside, where the system shows them (Linux).

Limits bind one process; where nothing shuts it in it may start others, and this adds them up. It also tells a
loop without end from a process that was only kept waiting because the machine was busy with something else.

What the kernel tells of a process it tells of its first thread, and of one that has ended it tells nothing,
though all others hold its memory still. So a thread is asked that lives.
"""

import contextlib
import os
from pathlib import Path
from typing import NamedTuple

__all__ = ["BOXES", "Folders", "Usage", "family", "usage"]

_PROC = Path("/proc")
_PAGE = 4096  # bytes; where pages are larger the sum is too small, and the limit of each process still holds
_TRIES = 3
_TICK = 0.01  # s, in which Linux tells every program how long a process ran

BOXES = ("/box", "/dev/shm")  # noqa: S108
"""The folders in memory that a process which is shut in may write to."""


class Usage(NamedTuple):
    """What a process and its descendants use."""

    memory: int
    """Bytes that belong to them, those that they share with each other included."""
    addresses: int
    """Bytes of addresses of the student's process, which is what its limit counts."""
    waited: float
    """How long the first thread of the student's process was ready and did not get a core, s, less what the
    other threads have used: those may have been what it waited for."""
    alone: bool
    """Whether the student's process has started no other."""
    ran: float = 0.0
    """How long its threads have run, all together, s."""


def family(process_id: int) -> list[int]:
    """A process and its descendants, the parents first; at most a thousand."""
    found = [process_id]
    for parent in found:
        with contextlib.suppress(OSError, ValueError):
            for task in (_PROC / str(parent) / "task").iterdir():
                found += [int(word) for word in (task / "children").read_text(encoding="ascii").split()]
        if len(found) > 1000:
            break
    return found


def usage(process_id: int, student: int) -> Usage:
    """What the process and its descendants use now; zeros where the system does not tell.

    Parameters
    ----------
    process_id : int
        The first of them.
    student : int
        The one whose waiting is told.
    """
    memory = sum(map(_memory, family(process_id)))
    addresses, waited, ran, first = 0, 0.0, 0.0, _PROC / str(student)
    with contextlib.suppress(OSError, ValueError, IndexError):
        addresses = int(_words(_living(student), "statm")[0]) * _PAGE
    with contextlib.suppress(OSError, ValueError, IndexError):
        own, stood = (int(word) / 1e9 for word in _words(first, "schedstat")[:2])  # of the first thread
        times = " ".join(_words(first, "stat")).rpartition(")")[2].split()  # a name may hold spaces
        ran = (int(times[11]) + int(times[12])) * _TICK
        waited = stood - max(0.0, ran - own)
    return Usage(memory, addresses, waited, len(family(student)) == 1, ran)


class Folders:
    """What a process has in its folders in memory, counted from outside: even an empty file takes memory."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def open(self, process_id: int) -> None:
        """Look into `BOXES` of a process, before anything of a student's runs in it."""
        if hasattr(os, "O_PATH"):
            for name in BOXES:
                with contextlib.suppress(OSError):
                    self._open.append(os.open(f"{_PROC}/{process_id}/root{name}", os.O_PATH | os.O_DIRECTORY))

    def count(self) -> int:
        """How many files and folders there are, as far as the system tells."""
        told = [os.fstatvfs(folder) for folder in self._open]
        return sum(one.f_files - one.f_ffree for one in told)

    def close(self) -> None:
        """Let the folders go, which live as long as somebody looks into them."""
        while self._open:
            os.close(self._open.pop())


def _words(folder: Path, file: str) -> list[str]:
    """What the kernel tells in the folder of a process or of a thread."""
    return (folder / file).read_text(encoding="ascii", errors="replace").split()


def _living(process_id: int) -> Path:
    """Where the kernel tells of a thread of a process that has memory: the first, or one that lives."""
    first = _PROC / str(process_id)
    for _ in range(_TRIES):  # threads may come and go while they are looked at
        for folder in (first, *_threads(process_id)):
            with contextlib.suppress(OSError, ValueError, IndexError):
                if int(_words(folder, "statm")[0]):
                    return folder
    return first


def _threads(process_id: int) -> list[Path]:
    with contextlib.suppress(OSError):
        return list((_PROC / str(process_id) / "task").iterdir())
    return []


def _memory(process_id: int) -> int:
    """Bytes of one process and its share of what it has in common with others, without programs on disk.

    The kernel's tables of its pages count as well: scattered pages take twice as much there as they have.
    """
    own, tables, folder = 0, 0, _living(process_id)
    with contextlib.suppress(OSError, ValueError, IndexError):
        tables = _kilobytes(folder, "status", "VmPTE")
    try:
        own = _kilobytes(folder, "smaps_rollup", "Pss_Anon", "Pss_Shmem", "SwapPss")
    except (OSError, ValueError, IndexError):
        with contextlib.suppress(OSError, ValueError, IndexError):  # a kernel that does not add them up
            words = _words(folder, "statm")
            own = (int(words[1]) - int(words[2])) * _PAGE
    return own + tables


def _kilobytes(folder: Path, file: str, *names: str) -> int:
    """The sum of some lines, in bytes; a thread may be named as one of them, but not its line."""
    lines = (folder / file).read_text(encoding="ascii", errors="replace").splitlines()
    found = {line.partition(":")[0]: line.split() for line in reversed(lines)}
    return sum(max(0, int(found.get(name, [])[1])) for name in names) * 1024
