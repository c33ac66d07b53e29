"""How much memory a wiring takes, told before it is taken."""

import ctypes
import os
import sys

import numpy as np

__all__ = ["machine_bytes", "refuse_beyond_the_machine", "wiring_bytes"]

_BYTES = 24 + 56  # of a synapse: its connection, and what sorting it among the events takes


def wiring_bytes(synapses: float) -> float:
    """What so many synapses take at most while they become events."""
    return _BYTES * synapses


def machine_bytes() -> float:
    """The memory of this machine; NaN where it does not tell."""
    if sys.platform == "win32":
        kilobytes = ctypes.c_ulonglong()
        told = ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return 1024.0 * kilobytes.value if told else np.nan
    try:
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (ValueError, OSError):
        return np.nan


def refuse_beyond_the_machine(synapses: float) -> None:
    """Say in a sentence how much memory is missing, before any is taken."""
    there, needed = machine_bytes(), wiring_bytes(synapses)
    if needed > there:
        raise ValueError(
            f"the connections must fit into memory: about {synapses:.3g} of them take {needed / 1e9:.3g} GB, "
            f"this machine has {there / 1e9:.3g} GB"
        )
