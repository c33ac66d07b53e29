"""How a panel calls its kernel: which argument is what, the run itself, its WebAssembly and its source.

The kernel stands in `snnlab`, beside the friendly function that calls it too. Its own parameter names say
everything: a parameter is a control, an array, a constant, or ``seed``.

- A constant may be a named tuple, a neuron for example: the kernel takes it as one parameter, and a control
  that is named as one of its fields takes the place of that number. So ``constants={"neuron": LIF()}`` and a
  control ``v_th`` call ``kernel(neuron, …)`` with the reader's threshold and the textbook's other numbers.
- An array may be a named tuple of arrays, such as the friendly function itself makes: their shapes and types
  are taken from it. Each field is a result under its own name.
- The read-outs are what the kernel returns: a named tuple of floats, which its annotation names
  (``-> Numbers``). A kernel without the annotation writes them into its array ``out`` instead, in the order
  in which they are declared.
- An array that is declared with its numbers (a NumPy array) is given: a recording, for example. It is sent to
  the page once, and every run gets a fresh copy. If the kernel has no such parameter it is only drawn.

All names, those of fields too, differ: results and controls are asked for by them. In WebAssembly a named
tuple is its fields in order.
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
        What its parameters may be, and what it returns.
    seeded : bool
        Whether the panel has a seed.

    Raises
    ------
    ValueError
        If a parameter is none of these, or one of these is no parameter, or a read-out is not returned.
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
        self.declared = {"arrays": dict(arrays), "constants": dict(constants)}
        moved = {c.name for c in controls}
        self.tuples = {
            name: type(value) for name, value in (arrays | constants).items() if _is_named_tuple(value)
        }
        self.constants = {name: x for name, x in _spread(constants).items() if name not in moved}
        spread = _spread(arrays)
        self.arrays = {
            name: Array(a.shape, str(a.dtype)) if isinstance(a, np.ndarray) else a
            for name, a in spread.items()
        }
        given = {name: a for name, a in arrays.items() if isinstance(a, np.ndarray)}
        signature = inspect.signature(self.python)
        self.parameters = list(signature.parameters)
        self.order = [leaf for name in self.parameters for leaf in self._leaves(name)]
        returned = getattr(signature.return_annotation, "_fields", None)
        self.numbers = returned or tuple(read.name for read in readouts)
        self.arrays["out"] = Array((len(self.numbers),), work=True)
        self.apart = [name for name in given if name not in self.order] + ["out"] * bool(returned)
        for name, array in self.arrays.items():
            if array.dtype not in _CODES:
                raise ValueError(f"{name} must be one of {', '.join(_CODES)}, got {array.dtype}")
        self.given = {name: _given(name, a) for name, a in given.items()}
        self.kept = {name: np.zeros(a.shape, a.dtype) for name, a in self.arrays.items() if a.keep}
        self._check(moved | ({"seed"} if seeded else set()))

    def _check(self, moved: set[str]) -> None:
        """Refuse a declaration and a kernel that do not belong together."""
        kernel, known = self.python.__name__, moved | self.arrays.keys() | self.constants.keys()
        for name in self.order:
            if name not in known:
                raise ValueError(f"{kernel}: parameter {name} is no control, array or constant")
        for name in sorted(known - set(self.order) - set(self.apart)):
            raise ValueError(f"{kernel} has no parameter {name}, but the panel declares it")
        for read in self.readouts:
            if read.name not in self.numbers:
                raise ValueError(f"{kernel} returns no {read.name}, but the panel reads it out")

    def _leaves(self, parameter: str) -> tuple[str, ...]:
        """The names of what fills a parameter: its fields if it is a named tuple."""
        return self.tuples[parameter]._fields if parameter in self.tuples else (parameter,)

    def nested(self, leaves: Mapping[str, Any]) -> list:
        """The arguments in order, of the numbers and arrays by name."""
        return [
            self.tuples[name](*(leaves[leaf] for leaf in self._leaves(name)))
            if name in self.tuples
            else leaves[name]
            for name in self.parameters
        ]

    def leaves(self, values: Mapping[str, float]) -> dict[str, Any]:
        """Everything that is handed to the kernel by name, its arrays as for a first run."""
        buffers = self.buffers()
        return {name: buffers[name] if name in buffers else self.scalar(name, values) for name in self.order}

    def run(self, values: Mapping[str, float]) -> dict[str, np.ndarray | float]:
        """Run the native kernel: arrays cut to what is in use, read-outs as floats."""
        leaves = self.leaves(values) | self.kept
        returned = self.kernel(*self.nested(leaves))
        numbers = dict(zip(self.numbers, leaves.get("out", returned), strict=True))
        result: dict[str, np.ndarray | float] = {
            read.name: float(numbers[read.name]) for read in self.readouts
        }
        for name, array in self.arrays.items():
            if not (array.work or array.keep):
                whole = leaves[name] if name in leaves else self.given[name].copy()
                result[name] = whole[: int(numbers[array.upto])] if array.upto else whole
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
        kinds = {name: [self._type(leaf) for leaf in self._leaves(name)] for name in self.parameters}
        return tuple(
            types.BaseTuple.from_types(fields, self.tuples[name]) if name in self.tuples else fields[0]
            for name, fields in kinds.items()
        )

    def _type(self, name: str) -> types.Type:
        if name in self.arrays:
            array = self.arrays[name]
            return types.Array(from_dtype(np.dtype(array.dtype)), len(array.shape), "C")
        if name == "seed":
            return types.uint64
        return types.int64 if isinstance(self.constants.get(name), int) else types.float64

    def spec(self) -> list[dict]:
        """The arguments for the page (numbers that JSON could round travel as text).

        What is `apart` is no argument: what is only drawn, and ``out`` where the kernel returns its numbers.
        """
        entries = []
        for name in (*self.order, *self.apart):
            if name in self.arrays:
                array = self.arrays[name]
                entry: dict[str, Any] = {"array": _CODES[array.dtype], "shape": list(array.shape)}
                entry |= {"upto": array.upto, "work": array.work or array.keep}
                entry |= _packed(self.given[name]) if name in self.given else {}
                entry |= {"keep": True} if array.keep else {}
                entry |= {"apart": True} if name in self.apart else {}
                entry |= {"numbers": list(self.numbers)} if name == "out" else {}
                entries.append({"name": name, **entry})
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


def _is_named_tuple(value: object) -> bool:
    return hasattr(value, "_fields") and not isinstance(value, Array)


def _spread(declared: Mapping[str, Any]) -> dict[str, Any]:
    """What is declared, with the fields of a named tuple in its place."""
    spread: dict[str, Any] = {}
    for name, value in declared.items():
        fields = value._asdict() if _is_named_tuple(value) else {name: value}
        for twice in spread.keys() & fields.keys():
            raise ValueError(f"{twice} is declared twice")
        spread |= fields
    return spread


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
