"""How much memory the machine has, and which share of it is left."""

import contextlib
import ctypes
import os
import sys
from pathlib import Path

import numpy as np

__all__ = ["available_memory", "machine_bytes", "refuse_beyond_memory"]

_TOLD = Path("/proc/meminfo")


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
        lines = _TOLD.read_text(encoding="ascii").splitlines()
        sizes = {line.partition(":")[0]: int(line.split()[1]) for line in lines}
        return sizes["MemAvailable"] / sizes["MemTotal"]
    return 1.0
