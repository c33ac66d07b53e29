"""How a panel calls its kernel: which argument is what, the run itself, its WebAssembly and its source.

The kernel's own parameter names say everything: a parameter is a control, an array, a constant, ``seed``, or
``out``, the array into which the kernel writes its read-outs in the order in which they are declared.

An array that is declared with its numbers (a NumPy array) is given: a recording, for example. It is sent to
the page once, and every run gets a fresh copy.
"""

import base64
import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numba import from_dtype, types

from snnlab_widgets.core.controls import Array, Control, ReadOut

__all__ = ["KernelCall", "kernel_source"]

SHIPPED = Path(__file__).parents[1] / "static" / "wasm"
_CODES = {"float64": "f8", "int32": "i4", "uint64": "u8"}


class KernelCall:
    """A kernel with the meaning of its arguments.

    Parameters
    ----------
    kernel : callable
        A Numba function (or, with the JIT switched off, a plain one).
    controls, readouts, arrays, constants
        What its parameters may be.
    seeded : bool
        Whether the panel has a seed.

    Raises
    ------
    ValueError
        If a parameter is none of these, or one of these is no parameter.
    """

    def __init__(
        self,
        kernel: Callable,
        controls: Sequence[Control],
        readouts: Sequence[ReadOut],
        arrays: Mapping[str, Array | np.ndarray],
        constants: Mapping[str, float],
        seeded: bool,
    ):
        self.kernel = kernel
        self.python = getattr(kernel, "py_func", kernel)
        self.readouts = readouts
        self.arrays = {
            name: Array(a.shape, str(a.dtype)) if isinstance(a, np.ndarray) else a
            for name, a in arrays.items()
        }
        self.arrays["out"] = Array((len(readouts),), work=True)
        for name, array in self.arrays.items():
            if array.dtype not in _CODES:
                raise ValueError(f"{name} must be one of {', '.join(_CODES)}, got {array.dtype}")
        self.given = {name: _given(name, a) for name, a in arrays.items() if isinstance(a, np.ndarray)}
        self.kept = {name: np.zeros(a.shape, a.dtype) for name, a in self.arrays.items() if a.keep}
        self.constants = dict(constants)
        self.order = list(inspect.signature(self.python).parameters)
        known = {c.name for c in controls} | self.arrays.keys() | self.constants.keys()
        known |= {"seed"} if seeded else set()
        for name in self.order:
            if name not in known:
                raise ValueError(f"{self.python.__name__}: parameter {name} is no control, array or constant")
        for name in sorted(known - set(self.order)):
            raise ValueError(f"{self.python.__name__} has no parameter {name}, but the panel declares it")

    def run(self, values: Mapping[str, float]) -> dict[str, np.ndarray | float]:
        """Run the native kernel: arrays cut to what is in use, read-outs as floats."""
        buffers = self.buffers() | self.kept
        self.kernel(*[buffers[name] if name in buffers else self.scalar(name, values) for name in self.order])
        result: dict[str, np.ndarray | float] = {
            read.name: float(x) for read, x in zip(self.readouts, buffers["out"], strict=True)
        }
        for name, array in self.arrays.items():
            if not (array.work or array.keep):
                result[name] = buffers[name][: int(result[array.upto])] if array.upto else buffers[name]
        return result

    def buffers(self) -> dict[str, np.ndarray]:
        """The arrays of a first run: those that are given as they are, the others full of zeros."""
        return {
            name: self.given[name].copy() if name in self.given else np.zeros(array.shape, array.dtype)
            for name, array in self.arrays.items()
        }

    def scalar(self, name: str, values: Mapping[str, float]) -> float | np.uint64:
        """The argument `name`, which is no array, for `values`."""
        if name == "seed":
            return np.uint64(values["seed"])
        return self.constants[name] if name in self.constants else float(values[name])

    @property
    def signature(self) -> tuple:
        """The Numba types of the arguments."""
        return tuple(self._type(name) for name in self.order)

    def _type(self, name: str) -> types.Type:
        if name in self.arrays:
            array = self.arrays[name]
            return types.Array(from_dtype(np.dtype(array.dtype)), len(array.shape), "C")
        if name == "seed":
            return types.uint64
        return types.int64 if isinstance(self.constants.get(name), int) else types.float64

    def spec(self) -> list[dict]:
        """The arguments for the page (numbers that JSON could round travel as text)."""
        entries = []
        for name in self.order:
            if name in self.arrays:
                array = self.arrays[name]
                entry = {"array": _CODES[array.dtype], "shape": list(array.shape), "upto": array.upto}
                given = _packed(self.given[name]) if name in self.given else {}
                keep = {"keep": True} if array.keep else {}
                work = array.work or array.keep
                entries.append({"name": name, **entry, "work": work, **given, **keep})
            elif name in self.constants:
                value = self.constants[name]
                entries.append({"name": name, "constant": str(value), "whole": isinstance(value, int)})
            else:
                entries.append({"name": name, "whole": name == "seed"})
        return entries

    def module(self, panel: str) -> tuple[bytes, str]:
        """The kernel as WebAssembly, or nothing and a sentence that says why.

        The wheel ships the modules of its own panels; everything else is exported at first use and kept by
        the exporter's cache.
        """
        shipped = SHIPPED / f"{panel}.wasm"
        if self.python.__module__.startswith("snnlab_widgets.") and shipped.is_file():
            return shipped.read_bytes(), ""
        try:
            from snnlab_widgets import wasm
        except ImportError as error:
            return b"", f"the exporter to WebAssembly cannot be loaded ({error})"
        try:
            return wasm.export(self.kernel, self.signature, name="kernel"), ""
        except wasm.ExportError as error:
            return b"", str(error)


def _given(name: str, values: np.ndarray) -> np.ndarray:
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite")
    return np.array(values, order="C")


def _packed(values: np.ndarray) -> dict[str, str]:
    """The numbers for the page: little-endian, in base64, whole ones in two bytes each if they fit."""
    short = values.dtype.kind == "i" and np.abs(values).max(initial=0) < 2**15
    code = "i2" if short else _CODES[str(values.dtype)]
    return {"type": code, "given": base64.b64encode(values.astype(f"<{code}").tobytes()).decode()}


def kernel_source(function: Callable) -> str:
    """The source of `function` and of the kernels that it calls, callers first.

    Parameters
    ----------
    function
        A kernel or a plain Python function.

    Returns
    -------
    str
        Empty when the source cannot be found (a function typed into a bare interpreter).
    """
    pieces = []
    for each in dict.fromkeys(_with_callees(function)):
        with contextlib.suppress(OSError, TypeError):
            pieces.append(inspect.getsource(each).rstrip())
    return "\n\n\n".join(pieces)


def _with_callees(function: Any) -> Iterator[Callable]:
    python = getattr(function, "py_func", function)
    yield python
    if not hasattr(python, "__code__"):
        return
    for name in python.__code__.co_names:
        callee = python.__globals__.get(name)
        if hasattr(callee, "py_func") and callee is not function:
            yield from _with_callees(callee)
