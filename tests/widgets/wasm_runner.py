"""Runs an exported kernel under wasmtime, with the C library of this machine and the memory of a page."""

import ctypes
import ctypes.util
import functools
import sys
from collections.abc import Callable

import numpy as np
from needs import need
from numba import cfunc, types
from numba.core import sigutils
from numba.np.numpy_support import as_dtype
from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.wasm import IMPORTS, STACK_TOP

try:
    import wasmtime
    from wasmtime import _ffi
except ImportError:
    wasmtime = None

RESULT, ERROR, ARRAYS = STACK_TOP, STACK_TOP + 16, STACK_TOP + 32
PAGE = 65_536


@functools.cache
def libm() -> ctypes.CDLL:
    """The library whose functions Numba calls on this machine."""
    if sys.platform == "win32":
        return ctypes.CDLL("ucrtbase")
    return ctypes.CDLL(ctypes.util.find_library("m"))


def host_function(name: str) -> Callable:
    """`name` of the C library, on float64."""
    function = getattr(libm(), name)
    function.argtypes = [ctypes.c_double] * IMPORTS[name]
    function.restype = ctypes.c_double
    return function


@functools.cache
def native_callback(name: str) -> Callable:
    """`name` of the C library as machine code for wasmtime: numbers lie 16 bytes apart, the result first.

    A Python function would do as well, but costs microseconds a call, and a kernel makes a million of them.
    """
    function, second = host_function(name), IMPORTS[name] == 2
    if second:

        def call(env, caller, numbers, count):
            numbers[0] = function(numbers[0], numbers[2])
            return 0

    else:

        def call(env, caller, numbers, count):
            numbers[0] = function(numbers[0])
            return 0

    pointer = types.voidptr
    return cfunc(types.uintp(pointer, pointer, types.CPointer(types.float64), types.uintp))(call)


def host(store: "wasmtime.Store", item: "wasmtime.ImportType") -> "wasmtime.Func":
    """`item` of the C library for a module: wasmtime's Python functions have no door for machine code."""
    made = _ffi.wasmtime_func_t()
    callback = _ffi.wasmtime_func_unchecked_callback_t(native_callback(item.name).address)
    nothing = ctypes.CFUNCTYPE(None, ctypes.c_void_p)()
    _ffi.wasmtime_func_new_unchecked(
        store._context(), item.type.ptr(), callback, None, nothing, ctypes.byref(made)
    )
    return wasmtime.Func._from_raw(made)


def types_of(signature: str | tuple) -> tuple:
    """The types of the arguments."""
    return sigutils.normalize_signature(signature)[0]


class Raised(Exception):
    """The kernel came back with status 1."""


class ExportedKernel:
    """An exported kernel that is called as the native one: arrays are read and written in place."""

    def __init__(self, module: bytes, args: tuple, name: str = "kernel") -> None:
        need(wasmtime, "wasmtime is not installed")
        self.args = args
        self.store = wasmtime.Store()
        compiled = wasmtime.Module(self.store.engine, module)
        self.memory = wasmtime.Memory(self.store, wasmtime.MemoryType(wasmtime.Limits(2, None)))
        stack = wasmtime.Global(
            self.store,
            wasmtime.GlobalType(wasmtime.ValType.i32(), True),
            wasmtime.Val.i32(STACK_TOP),
        )
        own = {"__linear_memory": self.memory, "__stack_pointer": stack}
        imports = [
            own[item.name] if item.name in own else host(self.store, item) for item in compiled.imports
        ]
        self.function = wasmtime.Instance(self.store, compiled, imports).exports(self.store)[name]

    def __call__(self, *values: object, returns: str = "int64") -> np.generic:
        """Run, copy the arrays back, and give the number at the place of the result as `returns`."""
        flat: list = []
        arrays: list[tuple[int, np.ndarray]] = []
        self.top = ARRAYS
        for kind, value in zip(self.args, values, strict=True):
            self._flatten(kind, value, flat, arrays)
        missing = self.top - self.memory.data_len(self.store)
        if missing > 0:
            self.memory.grow(self.store, -(-missing // PAGE))
        self.memory.write(self.store, bytes(self.top - STACK_TOP), STACK_TOP)
        for address, array in arrays:
            self.memory.write(self.store, array.tobytes(), address)
        status = self.function(self.store, RESULT, ERROR, *flat)
        if status == 1:
            raise Raised
        assert status in (0, -2)
        for address, array in arrays:
            got = self.memory.read(self.store, address, address + array.nbytes)
            array[...] = np.frombuffer(got, array.dtype).reshape(array.shape)
        return np.frombuffer(self.memory.read(self.store, RESULT, RESULT + 8), returns, count=1)[0]

    def agrees(self, call: KernelCall, values: dict) -> bytes:
        """Run a panel's kernel natively and here: the same bytes everywhere; those of its read-outs."""
        here, there = call.leaves(values), call.leaves(values)
        call.kernel(*call.nested(here))
        self(*call.nested(there))
        for name in call.order:
            assert np.asarray(here[name]).tobytes() == np.asarray(there[name]).tobytes(), (name, values)
        return b"".join(here[name].tobytes() for name in call.numbers or ["out"])

    def _flatten(self, kind: types.Type, value: object, flat: list, arrays: list) -> None:
        if isinstance(kind, types.BaseNamedTuple):
            for inner, field in zip(kind, value, strict=True):
                self._flatten(inner, field, flat, arrays)
        elif isinstance(kind, types.Array):
            assert isinstance(value, np.ndarray) and value.flags.c_contiguous
            assert value.dtype == as_dtype(kind.dtype) and value.ndim == kind.ndim
            address = self.top
            self.top += -(-value.nbytes // 16) * 16
            arrays.append((address, value))
            flat.extend([0, 0, value.size, value.itemsize, address, *value.shape, *value.strides])
        elif kind in types.real_domain:
            flat.append(float(value))
        else:
            bits = 64 if kind in (types.int64, types.uint64) else 32
            whole = int(value)
            flat.append(whole - (1 << bits) if whole >= 1 << (bits - 1) else whole)
