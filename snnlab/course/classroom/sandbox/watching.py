"""Look at a process and all that it has started, from outside, where the system shows them (Linux).

Limits bind one process; this adds them up. It also tells a loop without end from a process that was only kept
waiting because the machine was busy.
"""

import contextlib
from pathlib import Path
from typing import NamedTuple

__all__ = ["Usage", "family", "usage"]

_PROC = Path("/proc")
_PAGE = 4096  # bytes; where pages are larger the sum is too small, and the limit of each process still holds


class Usage(NamedTuple):
    """What a process and its descendants use."""

    memory: int
    """Bytes that belong to them alone."""
    waited: float
    """How long the student's process was ready to run and did not get a core, s."""
    members: int
    """How many they are."""


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
    memory, waited, members = 0, 0.0, family(process_id)
    for member in members:
        with contextlib.suppress(OSError, ValueError, IndexError):
            words = (_PROC / str(member) / "statm").read_text(encoding="ascii").split()
            memory += (int(words[1]) - int(words[2])) * _PAGE
    with contextlib.suppress(OSError, ValueError, IndexError):
        waited = int((_PROC / str(student) / "schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return Usage(memory, waited, len(members))
