"""How a panel calls its kernel: which argument is what, the run itself, its WebAssembly and its source.

The kernel stands in `snnlab`, beside the friendly function that calls it too. Its own parameter names say
everything: a parameter is a control, an array, a constant, or ``seed``.

- A constant may be a named tuple, a neuron for example: the kernel takes it as one parameter, and a control
  that is named as one of its fields takes the place of that number. So ``constants={"neuron": LIF()}`` and a
  control ``v_th`` call ``kernel(neuron, …)`` with the reader's threshold and the textbook's other numbers.
- An array may be a record (`snnlab.records`), the named tuple that the friendly function returns, as long as
  it is blank: its shapes are taken from it, its numbers are the read-outs, and its arrays are results.
- A kernel without a record writes its read-outs into its array ``out``, in the order in which they are
  declared.
- A named tuple may hold others: the state of a chip, for example, with the arrays that each run begins with
  (`snnlab_widgets.core.controls.started`). A field ``seed``, however deep, is the panel's seed; other inner
  fields are named with the ones around them, as ``learner.state.z``, and are neither control nor result.
- An array that has the name of a drawing is filled with its points (`snnlab.data.drawings`).
- An array that is declared with its numbers (a NumPy array) is given: a recording, for example. It is sent to
  the page once, and every run gets a fresh copy. If the kernel has no such parameter it is only drawn.

All names, those of fields too, differ, but for two that stand for the same number: results and controls are
asked for by them. In WebAssembly a named
tuple is its fields in order.
"""

import base64
import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numba import from_dtype, types

from snnlab.data.drawings import points_of
from snnlab.records import numbers_of, used_of
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.core.declared import check_arrays, in_use

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
        What its parameters may be, and what it tells.
    seeded : bool
        Whether the panel has a seed.

    Raises
    ------
    ValueError
        If a parameter is none of these, or one of these is no parameter, or a read-out is told by nothing.
    """

    def __init__(
        self,
        kernel: Callable,
        controls: Sequence[Control],
        readouts: Sequence[ReadOut],
        arrays: Mapping[str, Array | np.ndarray | tuple[Any, ...]],
        constants: Mapping[str, float | tuple[Any, ...]],
        seeded: bool,
    ):
        self.kernel = kernel
        self.python = getattr(kernel, "py_func", kernel)
        self.readouts = readouts
        self.declared = {"arrays": dict(arrays), "constants": dict(constants)}
        moved = {c.name for c in controls}
        self.tuples: dict[str, Any] = {
            name: x for name, x in {**arrays, **constants}.items() if _is_named_tuple(x)
        }
        self.parameters = list(inspect.signature(self.python).parameters)
        self.order = [leaf for name in self.parameters for leaf, _ in _leaves(name, self.tuples.get(name))]
        spread = _spread(arrays)
        beside = {name: x for name, x in spread.items() if not isinstance(x, np.ndarray | Array)}
        told = moved | ({"seed"} if seeded else set())
        self.constants = {name: x for name, x in (_spread(constants) | beside).items() if name not in told}
        given = {name: a for name, a in arrays.items() if isinstance(a, np.ndarray)}
        given |= {name: a.start for name, a in spread.items() if isinstance(a, Array) and a.start is not None}
        records = [type(self.tuples[name]) for name in arrays if name in self.tuples]
        self.numbers = [name for record in records for name in numbers_of(record)]
        used = {name: count for record in records for name, count in used_of(record).items()}
        self.arrays = {
            name: Array(a.shape, str(a.dtype), used.get(name, "")) if isinstance(a, np.ndarray) else a
            for name, a in spread.items()
            if name not in beside
        }
        if not self.numbers:
            self.arrays["out"] = Array((len(readouts),), work=True)
        check_arrays(self.arrays)
        self.given = {name: _given(name, a) for name, a in given.items()}
        self.kept = {name: np.zeros(a.shape, a.dtype) for name, a in self.arrays.items() if a.keep}
        self.apart = [name for name in arrays if name not in self.tuples and name not in self.order]
        self._check(told)

    def _check(self, moved: set[str]) -> None:
        """Refuse a declaration and a kernel that do not belong together."""
        kernel, known = self.python.__name__, moved | self.arrays.keys() | self.constants.keys()
        for name in self.order:
            if name not in known:
                raise ValueError(f"{kernel}: parameter {name} is no control, array or constant")
        for name in sorted(known - set(self.order) - set(self.apart)):
            raise ValueError(f"{kernel} has no parameter {name}, but the panel declares it")
        for read in self.readouts:
            if self.numbers and read.name not in self.numbers:
                raise ValueError(f"{kernel} tells no {read.name}, but the panel reads it out")
        for name, array in self.arrays.items():
            if array.upto and array.upto not in {read.name for read in self.readouts}:
                raise ValueError(f"{name} ends at {array.upto}, which the panel does not read out")

    def nested(self, leaves: Mapping[str, Any]) -> list:
        """The arguments in order, of the numbers and arrays by name."""
        return self._filled(leaves.__getitem__, lambda kind, fields: kind(*fields))

    def _filled(self, leaf: Callable[[str], Any], joined: Callable[[type, list], Any]) -> list:
        """For each parameter what `leaf` gives for its name, or `joined` of what fills its named tuple."""

        def filled(name: str, value: Any, deep: int = 0) -> Any:
            if not _is_named_tuple(value):
                return leaf(name)
            fields = [filled(_inner(name, field, deep), x, deep + 1) for field, x in _fields(value)]
            return joined(type(value), fields)

        return [filled(name, self.tuples.get(name)) for name in self.parameters]

    def leaves(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that is handed to the kernel by name, its arrays as for a first run."""
        buffers = self.buffers(values)
        return {name: buffers[name] if name in buffers else self.scalar(name, values) for name in self.order}

    def run(self, values: Mapping[str, Any]) -> dict[str, np.ndarray | float]:
        """Run the native kernel: arrays cut to what is in use, read-outs as floats."""
        buffers = self.buffers(values) | self.kept
        scalars = {name: self.scalar(name, values) for name in self.order if name not in buffers}
        self.kernel(*self.nested(buffers | scalars))
        numbers = {name: float(buffers[name][0]) for name in self.numbers}
        if not numbers:
            numbers = {read.name: float(x) for read, x in zip(self.readouts, buffers["out"], strict=True)}
        result: dict[str, np.ndarray | float] = {read.name: numbers[read.name] for read in self.readouts}
        for name, array in self.arrays.items():
            if not (array.work or array.keep or name in numbers):
                result[name] = buffers[name]
                if array.upto:
                    result[name] = in_use(name, buffers[name], array.upto, numbers[array.upto])
        return result

    def buffers(self, values: Mapping[str, Any] = MappingProxyType({})) -> dict[str, np.ndarray]:
        """The arrays of a first run: given ones as they are, drawings with their points, the others zeros."""
        return {
            name: self.given[name].copy()
            if name in self.given
            else points_of(values[name])
            if name in values
            else np.zeros(array.shape, array.dtype)
            for name, array in self.arrays.items()
        }

    def scalar(self, name: str, values: Mapping[str, Any]) -> float | np.uint64:
        """The argument `name`, which is no array, for `values`."""
        if name == "seed":
            return np.uint64(values["seed"])
        return self.constants[name] if name in self.constants else float(values[name])

    @property
    def signature(self) -> tuple:
        """The Numba types of the arguments."""
        return tuple(self._filled(self._type, lambda kind, fields: types.BaseTuple.from_types(fields, kind)))

    def _type(self, name: str) -> types.Type:
        if name in self.arrays:
            array = self.arrays[name]
            return types.Array(from_dtype(np.dtype(array.dtype)), len(array.shape), "C")
        if name == "seed":
            return types.uint64
        return types.int64 if isinstance(self.constants.get(name), int) else types.float64

    def spec(self) -> list[dict]:
        """The arguments for the page (numbers that JSON could round travel as text).

        What is `apart` is no argument, and only drawn.
        """
        entries, read = [], {read.name for read in self.readouts}
        for name in (*self.order, *self.apart):
            if name in self.arrays:
                array = self.arrays[name]
                entry: dict[str, Any] = {"array": _CODES[array.dtype], "shape": list(array.shape)}
                entry |= {"upto": array.upto, "work": array.work or array.keep or name in self.numbers}
                entry |= _packed(self.given[name]) if name in self.given else {}
                entry |= {"keep": True} if array.keep else {}
                entry |= {"apart": True} if name in self.apart else {}
                entry |= {"number": True} if name in self.numbers and name in read else {}
                entries.append({"name": name, **entry})
            elif name in self.constants:
                value = self.constants[name]
                whole = isinstance(value, int)  # True and False too, which a page gets as 1 and 0
                entries.append({"name": name, "constant": str(+value), "whole": whole})
            else:
                entries.append({"name": name, "whole": name == "seed"})
        return entries

    def file_name(self, panel: str) -> str:
        """Of the module in the wheel: a panel of a reader may have the name of ours, and another kernel."""
        return f"{panel}.{self.python.__name__}.wasm"

    def module(self, panel: str) -> tuple[bytes, str]:
        """The kernel as WebAssembly, or nothing and a sentence that says why.

        The wheel ships the modules of its own panels; everything else is exported at first use and kept by
        the exporter's cache.
        """
        shipped = SHIPPED / self.file_name(panel)
        ours = self.python.__module__.partition(".")[0] in ("snnlab", "snnlab_widgets")
        if ours and shipped.is_file():
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


def _fields(value: Any) -> list[tuple[str, Any]]:
    return list(zip(value._fields, value, strict=True))


def _inner(name: str, field: str, deep: int) -> str:
    """How a field of what is called `name` is called."""
    return field if deep == 0 or field == "seed" else f"{name}.{field}"


def _leaves(name: str, value: Any, deep: int = 0) -> Iterator[tuple[str, Any]]:
    """What fills an argument, by name: itself, or the fields of a named tuple and of those in it."""
    if not _is_named_tuple(value):
        yield name, value
        return
    for field, inside in _fields(value):
        yield from _leaves(_inner(name, field, deep), inside, deep + 1)


def _spread(declared: Mapping[str, Any]) -> dict[str, Any]:
    """What is declared, with the fields of a named tuple in its place."""
    spread: dict[str, Any] = {}
    for name, value in declared.items():
        fields = dict(_leaves(name, value))
        for twice in spread.keys() & fields.keys():
            if isinstance(fields[twice], np.ndarray | Array) or spread[twice] != fields[twice]:
                raise ValueError(f"{twice} is declared twice")
        spread |= fields
    return spread


def _given(name: str, values: np.ndarray) -> np.ndarray:
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite")
    return np.array(values, order="C")


def _packed(values: np.ndarray) -> dict[str, Any]:
    """The numbers in base64, little-endian; whole ones and hundredths in two bytes each if they fit."""
    per = 1 if values.dtype.kind == "i" else 100
    counts = np.rint(values * per)
    short = (
        values.dtype != np.uint64 and np.abs(counts).max(initial=0) < 2**15 and (counts / per == values).all()
    )
    code = "i2" if short else _CODES[str(values.dtype)]
    sent = base64.b64encode((counts if short else values).astype(f"<{code}").tobytes()).decode()
    return {"type": code, "given": sent} | ({"per": per} if short and per > 1 else {})


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
