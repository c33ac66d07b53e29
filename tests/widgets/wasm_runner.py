"""Runs an exported kernel under wasmtime, with the C library of this machine and the memory of a page."""

import ctypes
import ctypes.util
import functools
import sys
from collections.abc import Callable

import numpy as np
from needs import need
from numba import types
from numba.core import sigutils
from numba.np.numpy_support import as_dtype
from snnlab_widgets.wasm import IMPORTS, STACK_TOP

try:
    import wasmtime
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


def types_of(signature: str | tuple) -> tuple:
    """The types of the arguments."""
    return sigutils.normalize_signature(signature)[0]


class Raised(Exception):
    """The kernel came back with status 1."""


class Kernel:
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
            own[item.name]
            if item.name in own
            else wasmtime.Func(self.store, item.type, host_function(item.name))
            for item in compiled.imports
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
