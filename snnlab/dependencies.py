"""What the code of a function depends on, as one number: it changes when the compiled code could.

A kernel that is compiled once and kept must be compiled again when something in it changes, and only then.
To look at its file is too much and too little: a comment is not in the kernel, and a helper in another file
is. `fingerprint` follows what Numba follows:

- the bytecode and the constants, without docstrings and without the numbers of lines;
- the globals that the function reads, which Numba freezes: numbers, tuples, arrays, named tuples with their
  fields and defaults, enumerations;
- the functions that it calls, directly, through a module, a tuple or a closure, each with its defaults and
  the options of its compilation; and all of this again for those;
- the versions of Python, NumPy, Numba and llvmlite.

The same code has the same fingerprint in every process and in every folder. Only a function that raises
keeps its file and lines, for Numba compiles them into the traceback.

Not followed is what Numba looks up in its own registries (``numba.extending.overload`` and its like): the
code of a kernel does not lead there. Neither package uses them, and a test sees to it.
"""

import contextlib
import dis
import enum
import functools
import hashlib
import inspect
import sys
from types import BuiltinFunctionType, BuiltinMethodType, CodeType, FunctionType, ModuleType
from typing import Any

import numba
import numpy as np
from numba.extending import is_jitted

__all__ = ["fingerprint"]

_PLAIN = (bool, int, float, complex, str, bytes, type(None), type(...))
_LIBRARIES = ("numpy", "numba", "builtins")  # their version says what is in them
_SHAPE = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS | inspect.CO_GENERATOR
_RAISE = dis.opmap["RAISE_VARARGS"]
_LOADS = [dis.opmap[name] for name in ("LOAD_CONST", "RETURN_CONST") if name in dis.opmap]


def fingerprint(function: Any, *more: object) -> str:
    """A number that changes with all that the compiled code of a function depends on.

    It is that of now: a global that is changed later gives another one.

    Parameters
    ----------
    function
        A kernel, or a plain Python function.
    *more
        What else the number shall change with: strings, numbers, bytes, and tuples of them.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    TypeError
        If the function reads something of which nobody can say when it is the same, such as an open file.

    Examples
    --------
    >>> def area(r):
    ...     return PI * r * r
    >>> PI = 3.0
    >>> rough = fingerprint(area)
    >>> PI = 3.14159
    >>> fingerprint(area) == rough
    False
    >>> PI = 3.0
    >>> fingerprint(area) == rough
    True
    """
    made_of = _Ingredients()
    llvmlite = sys.modules["llvmlite"]  # Numba's own, and not ours to import
    made_of.value((sys.version, np.__version__, numba.__version__, llvmlite.__version__, *more))
    made_of.value(function)
    return made_of.digest.hexdigest()


class _Ingredients:
    """Gathers what a function depends on; each ingredient goes into the digest as soon as it is met."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.met: dict[tuple, tuple[int, object]] = {}  # it holds the objects, so that no id is used again

    def add(self, *values: object) -> None:
        self.digest.update(repr(values).encode())

    def is_new(self, value: object, *more: object) -> bool:
        """Whether this is met for the first time; later its number stands for it, so that circles end."""
        key = (id(value), *more)
        if key in self.met:
            self.add("met", self.met[key][0])
            return False
        self.met[key] = len(self.met), value
        return True

    def value(self, value: Any, names: frozenset[str] = frozenset()) -> None:
        """Add what a function reads; of a module, those of its values whose `names` the function mentions."""
        kind = type(value)
        if kind in _PLAIN:
            self.add(kind.__name__, value)
        elif isinstance(value, CodeType):
            self.code(value)
        elif is_jitted(value):
            if self.is_new(value):
                self.dispatcher(value)
        elif isinstance(value, FunctionType):
            if self.is_new(value):
                self.function(value)
        elif isinstance(value, ModuleType):
            self.module(value, names)
        elif isinstance(value, type):
            if self.is_new(value):
                self.type(value)
        elif isinstance(value, enum.Enum):
            self.add(value.name)
            self.value(kind)
        elif isinstance(value, tuple):
            self.value(kind)
            self.items(value, names)
        elif isinstance(value, frozenset | set) and all(type(item) in _PLAIN for item in value):
            self.add(kind.__name__, sorted(map(repr, value)))
        elif isinstance(value, dict):
            self.add("dict")
            self.items(sorted(value.items()), names)
        elif isinstance(value, list):
            self.items(value, names)
        elif isinstance(value, np.ndarray | np.generic) and not value.dtype.hasobject:
            self.add(kind.__name__, repr(value.dtype), value.shape, value.strides, value.tobytes())
        elif isinstance(
            value, BuiltinFunctionType | BuiltinMethodType | np.ufunc | np.dtype | numba.types.Type
        ):
            self.add(
                kind.__name__, getattr(value, "__module__", ""), getattr(value, "__qualname__", str(value))
            )
        else:
            raise TypeError(f"a function that reads a {kind.__name__} has no fingerprint")

    def items(self, values: Any, names: frozenset[str]) -> None:
        self.add(len(values))
        for value in values:
            self.value(value, names)

    def code(self, code: CodeType) -> None:
        constants, instructions = code.co_consts, code.co_code
        loads_first = any(bytes([load, 0]) in instructions for load in _LOADS)
        if constants and isinstance(constants[0], str) and not loads_first:  # a docstring
            constants = constants[1:]
        self.add(instructions, code.co_exceptiontable, code.co_flags & _SHAPE)
        self.add(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount)
        self.add(code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars)
        if _RAISE in instructions[::2]:
            self.add(code.co_filename, list(code.co_lines()))
        self.items(constants, frozenset())

    def function(self, function: FunctionType) -> None:
        self.add(function.__module__, function.__qualname__)
        if str(function.__module__).split(".")[0] in _LIBRARIES:
            return
        self.code(function.__code__)
        known, mentioned = _names(function.__code__)
        for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
            self.add(name)
            with contextlib.suppress(ValueError):  # a cell that is filled later
                self.value(cell.cell_contents, mentioned)
        for name in sorted(known & function.__globals__.keys()):
            self.add(name)
            self.value(function.__globals__[name], mentioned)
        self.value(function.__defaults__)
        self.value(function.__kwdefaults__)

    def dispatcher(self, dispatcher: Any) -> None:
        """Add a kernel: its options, the only signatures that it has if they were given, and its function."""
        self.value(dispatcher.targetoptions)
        self.value(dispatcher.locals)
        if not getattr(dispatcher, "_can_compile", True):
            self.add(list(map(str, dispatcher.signatures)))
        self.value(dispatcher.py_func)

    def module(self, module: ModuleType, names: frozenset[str]) -> None:
        self.add(module.__name__)
        if module.__name__.split(".")[0] not in _LIBRARIES and self.is_new(module, names):
            for name in sorted(names):
                with contextlib.suppress(AttributeError, ImportError):  # a name of something else
                    value = getattr(module, name)
                    self.add(name)
                    self.value(value, names)

    def type(self, kind: type) -> None:
        """Add a class: of a named tuple its fields and defaults, of an enumeration its members."""
        self.add(kind.__module__, kind.__qualname__)
        if hasattr(kind, "class_type"):
            raise TypeError("a function that reads a jitclass has no fingerprint")
        if issubclass(kind, enum.Enum):
            for name, member in kind.__members__.items():
                self.add(name)
                self.value(member.value)
        elif issubclass(kind, tuple) and kind is not tuple:
            self.add(getattr(kind, "_fields", ()))
            self.value(kind.__new__)


@functools.cache
def _names(code: CodeType) -> tuple[set[str], frozenset[str]]:
    """The names that the code looks up as globals, and those and all that it looks up in something else."""
    known = {
        step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    mentioned = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            inner, its = _names(constant)
            known, mentioned = known | inner, mentioned | its
    return known, frozenset(mentioned)
