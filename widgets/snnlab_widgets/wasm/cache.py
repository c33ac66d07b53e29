"""Modules on disk: what a kernel is made of gives the name of its file.

Processes that compile the same kernel at once do not disturb each other (`snnlab.safe_files`). A folder that
cannot be used costs time, nothing else.
"""

import contextlib
import os
import platform
import sys
from pathlib import Path
from typing import Any

from snnlab import safe_files
from snnlab.dependencies import fingerprint

__all__ = ["folder", "key", "load", "store"]

_OURS = sorted(Path(__file__).parent.glob("*.py"))


def folder() -> Path | None:
    """Where this system keeps what can be made again, or None where there is no such place."""
    try:
        if sys.platform == "win32":
            base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Caches"
        else:
            wanted = Path(os.environ.get("XDG_CACHE_HOME", ""))
            base = wanted if wanted.is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return base / "snnlab" / "wasm"


def key(dispatcher: Any, signature: object, name: str) -> str:
    """A name for the module of a kernel: it changes with all that the module depends on.

    That is the code of the kernel and of the kernels that it calls in any file, the globals that they read,
    the signature, Python, NumPy, Numba, llvmlite and the exporter itself.

    Parameters
    ----------
    dispatcher
        The kernel.
    signature
        The types of arguments and result.
    name
        The name that is exported.

    Returns
    -------
    str
        64 hexadecimal digits; none if the kernel reads what cannot be compared, and its module is not kept.
    """
    exporter = platform.machine(), *(file.read_bytes() for file in _OURS)
    try:
        return fingerprint(dispatcher, str(signature), name, *exporter)
    except TypeError:
        return ""


def load(name: str) -> bytes | None:
    """The module with this key, or None if there is none or if it is damaged."""
    place = folder()
    try:
        return safe_files.load(place / name) if place and name else None
    except OSError:
        return None


def store(name: str, module: bytes) -> None:
    """Keep a module; without a word where that is not possible."""
    place = folder()
    with contextlib.suppress(OSError):
        if place and name:
            safe_files.store(place / name, module)
