"""What tells a function from another, or from what it was: its code, and all that it uses of the reader's.

Two functions have the same digest if their code is the same, and so are their defaults, what they close over,
what they are bound to, and the values of the global names that they read. Of functions, classes and modules
that are installed, the name alone counts. No text of the source is looked at: it would be the same for two
functions on one line, and another one when something else on that line is.
"""

import copyreg
import dis
import functools
import hashlib
import types
from typing import Any

import numpy as np

from snnlab.travelling import installed

__all__ = ["digest"]

_ATOMS = {type(None), bool, int, float, complex, str, bytes, type(...), type(NotImplemented)}
_OF_ITSELF = {  # what a class has besides its own
    *("__dict__", "__weakref__", "__doc__", "__module__", "__firstlineno__", "__static_attributes__"),
    *("__annotations__", "__annotate__", "__annotate_func__", "__annotations_cache__", "_abc_impl"),
    *("__dataclass_fields__", "__dataclass_params__"),  # they stand in its functions
}
_SLOTS = types.GetSetDescriptorType | types.MemberDescriptorType


def digest(function: Any) -> str:
    """The same for the same function in every process; another if it, or what it uses, was changed."""
    try:
        return _Teller().told(function)[:16]
    except Exception as error:  # whatever the objects of others raise
        raise TypeError(
            "function must be one that the file of keep can tell from others, got one that uses what cannot "
            f"be written down, {type(error).__name__}: {str(error)[:80]}"
        ) from None


class _Teller:
    """Walks through a value; what it has met is not walked through again."""

    def __init__(self) -> None:
        self._done: dict[int, tuple[Any, str]] = {}  # with the object, or another would get its number
        self._above: list[int] = []

    def told(self, value: Any) -> str:
        """The digest of a value and of all that is in it."""
        if type(value) in _ATOMS:
            return _hashed(type(value).__name__, repr(value))
        if id(value) in self._done:
            return self._done[id(value)][1]
        if id(value) in self._above:
            return _hashed("above", str(len(self._above) - self._above.index(id(value))))
        self._above.append(id(value))
        parts = self._parts(value)
        self._above.pop()
        self._done[id(value)] = value, _hashed(*parts)
        return self._done[id(value)][1]

    def _all(self, *values: Any) -> list[str]:
        return [self.told(value) for value in values]

    def _parts(self, value: Any) -> list[str]:
        kind = type(value)
        if kind in (list, tuple):
            if set(map(type, value)) <= _ATOMS:
                return [kind.__name__, repr(value)]
            return [kind.__name__, *self._all(*value)]
        if kind in (dict, types.MappingProxyType):
            return ["dict", *self._all(*value.keys()), "values", *self._all(*value.values())]
        if kind in (set, frozenset):
            return [kind.__name__, *sorted(self._all(*value))]
        if kind is np.ndarray and not value.dtype.hasobject:
            return [
                "array",
                repr(value.dtype),
                repr(value.shape),
                hashlib.sha256(value.tobytes()).hexdigest(),
            ]
        if isinstance(value, types.ModuleType):
            return ["module", value.__name__]
        if isinstance(value, types.CodeType):
            names = (value.co_names, value.co_varnames, value.co_freevars, value.co_cellvars)
            asked = (value.co_argcount, value.co_posonlyargcount, value.co_kwonlyargcount, value.co_flags)
            table = getattr(value, "co_exceptiontable", b"")
            return ["code", *self._all(value.co_code, names, asked, table, value.co_consts)]
        if isinstance(value, types.FunctionType):
            return self._function(value)
        if isinstance(value, type):
            return self._class(value)
        if isinstance(value, types.MethodType):
            return ["method", *self._all(value.__func__, value.__self__)]
        if isinstance(value, functools.partial):
            return ["partial", *self._all(value.func, value.args, value.keywords)]
        if isinstance(value, property):
            return ["property", *self._all(value.fget, value.fset)]
        if isinstance(value, staticmethod | classmethod):
            return [kind.__name__, *self._all(value.__func__)]
        for attribute in ("py_func", "__wrapped__"):  # of Numba, and of functools
            if isinstance(getattr(value, attribute, None), types.FunctionType):
                return ["around", kind.__name__, *self._all(getattr(value, attribute))]
        return self._object(value)

    def _function(self, value: types.FunctionType) -> list[str]:
        cells = [_content(cell) for cell in value.__closure__ or ()]
        bound = self._all(value.__defaults__, value.__kwdefaults__, cells)
        module = value.__globals__.get("__name__")
        if installed(module):
            return ["function", str(module), value.__qualname__, *bound]
        names = sorted(_read(value.__code__) & set(value.__globals__))
        used = [part for name in names for part in (name, self.told(value.__globals__[name]))]
        return ["function", *self._all(value.__code__), *bound, *used]

    def _class(self, value: type) -> list[str]:
        parts = ["class", value.__module__, value.__qualname__]
        if installed(value.__module__):
            return parts
        for name, part in vars(value).items():
            if name not in _OF_ITSELF and not isinstance(part, _SLOTS):
                parts += [name, self.told(part)]
        return parts + self._all(*value.__bases__)

    def _object(self, value: Any) -> list[str]:
        """As a pickle has it."""
        way = copyreg.dispatch_table.get(type(value))
        how = way(value) if way else value.__reduce_ex__(4)
        if isinstance(how, str):
            return ["name", str(getattr(value, "__module__", "")), how]
        make, made_of, *rest = how
        parts = ["object", *self._all(type(value), make, made_of)]
        for k, more in enumerate(rest):
            parts += [str(k), self.told(list(more) if k in (1, 2) and more is not None else more)]
        return parts


def _hashed(*parts: str) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # there is nothing in it yet
        return ...


def _read(code: types.CodeType) -> set[str]:
    """The global names that a code reads, with the functions in it."""
    names = {
        step.argval for step in dis.get_instructions(code) if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    inside = [_read(const) for const in code.co_consts if isinstance(const, types.CodeType)]
    return names.union(*inside)
