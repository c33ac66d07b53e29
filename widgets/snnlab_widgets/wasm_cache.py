"""Modules on disk: what a kernel is made of gives the name of its file.

A file holds the SHA-256 of the module and then the module, so that a damaged one is noticed. It is written
under another name and moved into place: processes that compile the same kernel at once do not disturb each
other. A folder that cannot be used costs time, nothing else.
"""

import hashlib
import inspect
import os
import platform
import sys
import tempfile
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import llvmlite
import numba
import numpy as np
from numba.extending import is_jitted

__all__ = ["folder", "key", "load", "store"]

_OURS = sorted(Path(__file__).parent.glob("*wasm*.py"))


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


class _Ingredients:
    """Gathers what the code of a function depends on. Numba freezes the globals that a kernel reads."""

    def __init__(self) -> None:
        self.digest, self.seen = hashlib.sha256(), set[int]()

    def add(self, *values: object) -> None:
        self.digest.update(repr(values).encode())

    def code(self, code: CodeType) -> set[str]:
        """Add the code without its line numbers; return the names that it reads."""
        self.add(code.co_code, code.co_names, code.co_varnames, code.co_freevars)
        names = set(code.co_names)
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                names |= self.code(constant)
            elif isinstance(constant, frozenset):
                self.add(sorted(map(repr, constant)))
            else:
                self.add(constant)
        return names

    def function(self, function: Any) -> None:
        if id(function) in self.seen:
            return
        self.seen.add(id(function))
        names = self.code(function.__code__)
        closed = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=True))
        used = {name: cell.cell_contents for name, cell in closed.items()}
        used |= {name: function.__globals__[name] for name in names if name in function.__globals__}
        for name in sorted(used):
            self.add(name)
            self.value(used[name], names)
        self.add(function.__defaults__)

    def value(self, value: Any, names: set[str]) -> None:
        """Add a global; of a module, the functions whose names the code mentions."""
        if is_jitted(value):
            self.add(sorted(map(repr, value.targetoptions.items())))
            self.function(value.py_func)
        elif isinstance(value, FunctionType) and not str(value.__module__).startswith(("numpy", "numba")):
            self.function(value)
        elif isinstance(value, ModuleType):
            self.add(value.__name__)
            for name in sorted(names & set(vars(value))):
                inner = getattr(value, name)
                if is_jitted(inner) or (isinstance(inner, ModuleType) and id(inner) not in self.seen):
                    self.seen.add(id(inner))
                    self.value(inner, names)
        elif isinstance(value, np.ndarray):
            self.add(value.dtype.str, value.shape, value.tobytes())
        elif inspect.isclass(value):
            self.add(value.__module__, value.__qualname__, getattr(value, "_fields", ()))
        else:
            self.add(type(value).__qualname__, value)


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
        64 hexadecimal digits.
    """
    made_of = _Ingredients()
    made_of.add(platform.python_version(), np.__version__, numba.__version__, llvmlite.__version__)
    made_of.add(platform.machine(), [file.read_bytes() for file in _OURS])
    made_of.add(str(signature), name)
    made_of.value(dispatcher, set())
    return made_of.digest.hexdigest()


def load(name: str) -> bytes | None:
    """The module with this key, or None if there is none or if it is damaged."""
    place = folder()
    try:
        content = (place / name).read_bytes() if place else b""
    except OSError:
        return None
    module = content[32:]
    return module if hashlib.sha256(module).digest() == content[:32] else None


def store(name: str, module: bytes) -> None:
    """Keep a module; without a word where that is not possible."""
    place = folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place, delete=False) as file:
            file.write(hashlib.sha256(module).digest() + module)
        try:
            Path(file.name).replace(place / name)
        except OSError:  # on Windows another process may be reading the same module
            Path(file.name).unlink(missing_ok=True)
    except OSError:
        return
