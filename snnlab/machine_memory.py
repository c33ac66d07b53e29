"""How much memory the machine has, and how much of it is left."""

import contextlib
import ctypes
import importlib
import os
import sys
from pathlib import Path

import numpy as np

__all__ = ["available_memory", "bytes_left", "machine_bytes", "refuse_beyond_memory"]

_TOLD = Path("/proc/meminfo")
_OURS = Path("/proc/self/statm")
_FIRST, _ENOUGH = 3, 256  # lines, and bytes that hold them: in all, free, available
_ADDRESSES, _IN_MEMORY, _WRITTEN = 0, 1, 5  # columns of `_OURS`: all, what is there of it, what is not code


def machine_bytes() -> float:
    """The memory of this machine.

    Returns
    -------
    float
        In bytes; NaN where the machine does not tell.

    Examples
    --------
    >>> machine_bytes() > 1e8
    True
    """
    if sys.platform == "win32":
        kilobytes = ctypes.c_ulonglong()
        told = ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return 1024.0 * kilobytes.value if told else np.nan
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (ValueError, OSError):
        return np.nan


def bytes_left() -> float:
    """How much memory this process can still take: what the machine has left, and what limits allow.

    A JupyterHub tells a student's programs their limit as ``MEM_LIMIT``, in bytes.

    Returns
    -------
    float
        In bytes; infinite where the machine does not tell.

    Examples
    --------
    >>> bytes_left() > 0
    True
    """
    here = machine_bytes()
    left = np.inf if np.isnan(here) else here * available_memory()
    with contextlib.suppress(KeyError, ValueError, OSError):  # of a hub, for all that a student runs
        left = min(left, max(float(os.environ["MEM_LIMIT"]) - _taken(_IN_MEMORY), 0.0))
    with contextlib.suppress(ImportError, OSError):  # Windows has no such limits
        resource = importlib.import_module("resource")
        for kind, column in ((resource.RLIMIT_AS, _ADDRESSES), (resource.RLIMIT_DATA, _WRITTEN)):
            if (limit := resource.getrlimit(kind)[0]) != resource.RLIM_INFINITY:
                left = min(left, max(float(limit) - _taken(column), 0.0))
    return float(left)


def _taken(column: int) -> float:
    """What this process has, bytes."""
    return float(int(_OURS.read_text(encoding="ascii").split()[column]) * os.sysconf("SC_PAGE_SIZE"))


def refuse_beyond_memory(what: str, needed: float) -> None:
    """Refuse what the machine cannot hold, before it is taken.

    Parameters
    ----------
    what : str
        The sentence up to the number: what is to fit, and who takes how much.
    needed : float
        In bytes.

    Raises
    ------
    ValueError
        If that is more than the machine has, as far as it tells.

    Examples
    --------
    >>> refuse_beyond_memory("the network must fit into memory: it takes", 1e6)
    """
    if needed > (there := machine_bytes()):
        raise ValueError(f"{what} {needed / 1e9:.3g} GB, this machine has {there / 1e9:.3g} GB")


def available_memory() -> float:
    """The share of the machine's memory that is left.

    Returns
    -------
    float
        From 0 to 1; 1 where the system does not tell, which is everywhere but on Linux.

    Examples
    --------
    >>> 0 < available_memory() <= 1
    True
    """
    with contextlib.suppress(OSError, ValueError, KeyError):
        with _TOLD.open("rb", buffering=0) as told:  # asked before many a call, so no more than is needed
            lines = told.read(_ENOUGH).split(b"\n")
        sizes = {line.partition(b":")[0]: int(line.split()[1]) for line in lines[:_FIRST]}
        return sizes[b"MemAvailable"] / sizes[b"MemTotal"]
    return 1.0
