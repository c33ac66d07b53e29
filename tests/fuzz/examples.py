"""Every public function, method and class of `snnlab`, and how its own example calls it.

Public is what the reference of the book lists. The arguments are those of the first calls in the example of
its docstring: each call that stands there is noted, with a copy of what it was given, before it is done.
"""

import ast
import contextlib
import copy
import doctest
import importlib
import importlib.util
import inspect
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
from tree import ROOT

__all__ = ["Call", "Target", "calls_of", "copied", "load", "targets"]

MOST = 3  # calls of an example


class Target(NamedTuple):
    """A public callable."""

    name: str
    """Without the package, such as ``coding.statistics.irregularity.cv2``."""
    function: Callable
    module: str
    """Where it stands."""
    kind: type | None = None
    """The class, of a method."""


class Call(NamedTuple):
    """What one call of an example was given."""

    function: Callable
    """As it is called: of a class method, bound to the class."""
    arguments: dict[str, Any]
    """By name, with those that were left out; what stars collect is a tuple and a dict."""


def targets(planted: Path | None = None) -> dict[str, Target]:
    """Those of `snnlab`, or of the file `planted`, by name."""
    if planted is not None:
        module = load(planted)
        offered = [(module.__name__, name, getattr(module, name)) for name in module.__all__]
    else:
        sys.path.append(str(ROOT / "book" / "_ext"))
        from public_names import public_names

        offered = [
            (name.module, name.name, getattr(importlib.import_module(name.module), name.name))
            for name in public_names()
            if name.module.startswith("snnlab.") and not name.module.startswith("snnlab.course")
        ]
    found = [target for module, name, value in offered for target in _of(module, name, value)]
    return {target.name: target for target in found}


def load(file: Path) -> ModuleType:
    """A module from a file that no package holds."""
    if file.stem not in sys.modules:
        spec = importlib.util.spec_from_file_location(file.stem, file)
        assert spec and spec.loader
        sys.modules[file.stem] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[file.stem])
    return sys.modules[file.stem]


def _of(module: str, name: str, value: Any) -> Iterator[Target]:
    """A function itself; of a class its constructor, unless it is a tuple, and its public methods."""
    full = f"{module}.{name}".removeprefix("snnlab.")
    if not inspect.isclass(value):
        if callable(value):
            yield Target(full, value, module)
        return
    if not issubclass(value, tuple):
        yield Target(full, value, module)
    for method, thing in vars(value).items() if not method_free(value) else ():
        function = getattr(thing, "__func__", thing)
        if not method.startswith("_") and inspect.isfunction(function) and inspect.getdoc(function):
            yield Target(f"{full}.{method}", function, module, value)


def method_free(kind: type) -> bool:
    """Whether a class has only what its base, an exception or an enumeration, has."""
    return issubclass(kind, BaseException)


def _noted(function: ast.expr) -> ast.expr:
    return ast.Call(ast.Name("_noted", ast.Load()), [function], [])


class _Noting(ast.NodeTransformer):
    """Let every call in an example pass through ``_noted``."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """What decorates it is a call; in it may be a kernel, which takes no function that notes."""
        node.decorator_list = [
            one if isinstance(one, ast.Call) else _noted(one) for one in node.decorator_list
        ]
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        node.func = _noted(node.func)
        return node


def calls_of(target: Target) -> list[Call]:
    """The first calls in its example, as they were before they were done."""
    found: list[Call] = []

    def noted(function: Any) -> Any:
        if target.function not in (function, getattr(function, "__func__", None)):
            return function

        def noting(*arguments: Any, **more: Any) -> Any:
            call = _call(target, function, arguments, more) if len(found) < MOST else None
            result = function(*arguments, **more)
            if call is not None:  # and it was not refused
                found.append(call)
            return result

        return noting

    module = importlib.import_module(target.module)
    names = vars(module) | {"_noted": noted, "__name__": "__main__", "np": np}
    text = inspect.getdoc(getattr(target.function, "py_func", target.function)) or ""
    if target.kind is not None and ">>>" not in text:  # the example of the class calls it, too
        text = inspect.getdoc(target.kind) or ""
    for example in doctest.DocTestParser().get_examples(text):
        tree = ast.fix_missing_locations(_Noting().visit(ast.parse(example.source)))
        code = compile(tree, f"<example of {target.name}>", "exec")
        with contextlib.redirect_stdout(io.StringIO()):
            if example.exc_msg is None:
                exec(code, names)
            else:
                with contextlib.suppress(Exception):  # it shows a refusal
                    exec(code, names)
    return found


def _call(target: Target, function: Any, arguments: tuple, more: dict[str, Any]) -> Call | None:
    """What a call is given; None if that cannot be copied."""
    bound_to = getattr(function, "__self__", None)
    plain = target.function
    if inspect.isclass(bound_to):
        plain = function
    elif inspect.ismethod(function):
        arguments = (bound_to, *arguments)
    signature = inspect.signature(getattr(plain, "py_func", plain))
    try:
        bound = signature.bind(*arguments, **more)
        bound.apply_defaults()
        return Call(plain, copied(bound.arguments))
    except TypeError:
        return None


def copied(arguments: dict[str, Any]) -> dict[str, Any]:
    """A copy of the arguments; a module stays the one that it is."""
    modules = {id(value): value for value in arguments.values() if isinstance(value, ModuleType)}
    return copy.deepcopy(arguments, modules)
