"""Limits of this process: seconds of the processor for a case, memory for all that it holds."""

import contextlib
import math
import os
import time
from pathlib import Path
from typing import Any

__all__ = ["limit_memory", "limit_seconds"]

_ROOM = 2 * 2**30  # bytes beside what is taken at the beginning


def _resource() -> Any:
    try:
        import resource  # noqa: TID251  # Windows has none: there only the clock of the other process ends a case
    except ImportError:
        return None
    return resource


def limit_memory() -> None:
    """Let this process take `_ROOM` more than it has; and let it leave no picture of itself when it ends."""
    if (resource := _resource()) is None:
        return
    with contextlib.suppress(OSError, ValueError):  # macOS knows the limit and refuses to set it
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * os.sysconf("SC_PAGE_SIZE") + _ROOM
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_seconds(seconds: float) -> None:
    """Let the system end this process when it has computed so long from now, whatever it is doing."""
    if (resource := _resource()) is not None:
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), most))
