"""Why a kernel cannot leave Python: one sentence, with the line.

Numba keeps its own form of a function, one statement a line of Python or less, with the type of every
value. It shows what the finished code no longer shows: which line allocates, draws a random number or
raises.
"""

from collections.abc import Iterator
from typing import Any

from numba.core import ir, types

__all__ = ["allocation", "forbidden"]

_VIEWS = {"array.reshape", "array.transpose", "array.view"}  # give an array, and allocate none
_BUILDS = {"build_list", "build_set", "build_map", "build_string", "arrayexpr"}


def _statements(dispatcher: Any, args: tuple, where: str = "", seen: set | None = None) -> Iterator[tuple]:
    """Every statement of a kernel and of the kernels that it calls, with the types and the place in words."""
    seen = set() if seen is None else seen
    seen.add((dispatcher, args))
    annotation = dispatcher.overloads[args].type_annotation
    for block in annotation.blocks.values():
        for statement in block.body:
            yield statement, annotation, f"at line {statement.loc.line}{where}"
    call: Any
    for call, signature in annotation.calltypes.items():
        callee = annotation.typemap.get(call.func.name) if getattr(call, "op", "") == "call" else None
        if isinstance(callee, types.Dispatcher) and signature.args in callee.dispatcher.overloads:
            inner = callee.dispatcher
            if (inner, signature.args) not in seen:
                yield from _statements(inner, signature.args, f" of {inner.py_func.__name__}", seen)


def _calls(statement: ir.Stmt, annotation: Any) -> tuple[Any, Any]:
    """The function that a statement calls and the type of what it gives, or None twice."""
    value: Any = getattr(statement, "value", None)
    if isinstance(statement, ir.Assign) and getattr(value, "op", "") == "call":
        return annotation.typemap[value.func.name], annotation.typemap[statement.target.name]
    return None, None


def _generator(function: Any) -> str:
    """The module whose generator `function` draws from; empty if from none."""
    owner = getattr(getattr(function, "typing_key", None), "__self__", None)
    return {"random": "random", "numpy.random.mtrand": "np.random"}.get(type(owner).__module__, "")


def forbidden(dispatcher: Any, args: tuple) -> str | None:
    """What a kernel must not do, whatever becomes of it later.

    Parameters
    ----------
    dispatcher
        A kernel, compiled for `args`.
    args
        The Numba types of its arguments.

    Returns
    -------
    str or None
    """
    for statement, annotation, place in _statements(dispatcher, args):
        function, _ = _calls(statement, annotation)
        if generator := _generator(function):
            return f"uses {generator} {place}: draw from snnlab.random"
        if isinstance(statement, ir.Raise | ir.StaticRaise | ir.DynamicRaise):
            return f"raises an exception {place}: check the values before the kernel is called"
        if isinstance(statement, ir.Print):
            return f"prints {place}: write the number into an array argument"
    return None


def allocation(dispatcher: Any, args: tuple) -> str:
    """Where a kernel that allocates does so, to the best of what its form shows.

    Parameters
    ----------
    dispatcher
        A kernel, compiled for `args`.
    args
        The Numba types of its arguments.
    """
    suspect = "allocates memory: pass arrays as arguments"
    for statement, annotation, place in _statements(dispatcher, args):
        value: Any = getattr(statement, "value", None)
        function, result = _calls(statement, annotation)
        key: Any = getattr(function, "typing_key", None)
        from_library = not isinstance(function, types.Dispatcher) and key not in _VIEWS
        if isinstance(result, types.Array) and from_library:
            return f"allocates an array {place}: pass it as an argument"
        if getattr(value, "op", "") in _BUILDS:
            what = "an array" if value.op == "arrayexpr" else "a list, a set, a dictionary or a text"
            return f"allocates {what} {place}: write a loop over array arguments"
        stores = isinstance(statement, ir.SetItem | ir.StaticSetItem)
        if stores and isinstance(annotation.typemap[statement.value.name], types.Array):
            return f"copies an array {place}: write a loop"
        if str(getattr(key, "__module__", "")).split(".")[0] == "numpy":
            suspect = f"calls np.{key.__name__} {place}, which allocates an array: write the loop"
        elif str(key).startswith("array."):
            suspect = f"calls {key} {place}, which allocates an array: write the loop"
    return suspect
