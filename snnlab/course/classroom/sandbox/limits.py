"""What a student's code may use. The one module of the classroom that needs what only POSIX has.

The limits are set by the student's own process before any code of the student runs; they are hard, so that no
code can raise them again. Time on the clock is kept by the marking side, which kills.
"""

import contextlib
import os
from typing import NamedTuple

__all__ = ["Limits", "is_root", "restrict"]

MB = 2**20


class Limits(NamedTuple):
    """Of one submission; times in s, sizes in bytes."""

    total: float = 20.0
    """All cells and all calls, on the clock, without the start of Python."""
    cell: float = 8.0
    """One cell."""
    calls: float = 4.0
    """All hidden calls of one function."""
    start: float = 60.0
    """The start of Python, when nothing of the student's has run yet."""
    restarts: int = 4
    """How often a fresh process goes on without the cell that stopped the last one."""
    memory: int = 2048 * MB
    """Addresses of one process."""
    together: int = 2048 * MB
    """Memory of all processes of a submission, where it can start more than one, and of its control group."""
    processes: int = 32
    """With bubblewrap, threads: there is one process."""
    file: int = 8 * MB
    files: int = 128
    """Open at a time."""
    folder: int = 32 * MB
    """What can be written in all, to a folder that is forgotten."""
    shared: int = 1 * MB
    """What can be written to ``/dev/shm``, where locks of Python's pools of threads lie."""
    entries: int = 2000
    """Files and folders in both of them."""

    @property
    def processor(self) -> int:
        """What all threads of one process may compute together, s; the kernel kills what has used it up."""
        return int(self.total) + 5


def restrict(limits: Limits, isolated: bool) -> None:
    """Bind this process and all that it starts, as far as this system can.

    Parameters
    ----------
    limits : Limits
        What is allowed.
    isolated : bool
        Whether the user id is this process's own: else the number of processes counts everybody's.
    """
    try:
        import resource  # noqa: TID251  # Windows has none and goes without: there `--no-isolation` says so
    except ImportError:
        return
    wanted = {
        "RLIMIT_AS": limits.memory,
        "RLIMIT_CPU": limits.processor,
        "RLIMIT_FSIZE": limits.file,
        "RLIMIT_NOFILE": limits.files,
        "RLIMIT_CORE": 0,
        "RLIMIT_MSGQUEUE": 0,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_RTPRIO": 0,  # a desktop may let its users go before all others
        "RLIMIT_NICE": 0,
        "RLIMIT_SIGPENDING": limits.files,
    }
    if isolated:
        wanted["RLIMIT_NPROC"] = limits.processes
    for name, most in wanted.items():
        if hasattr(resource, name):
            with contextlib.suppress(ValueError, OSError):  # macOS knows some of them and refuses to set them
                resource.setrlimit(getattr(resource, name), (most, most))


def is_root() -> bool:
    """Whether this process may do everything; False on Windows, where nobody is root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0  # noqa: TID251
