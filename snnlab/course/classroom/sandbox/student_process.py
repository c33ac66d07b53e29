"""The process that runs a student's cells, and knows nothing but them.

It is asked for one thing at a time and answers in plain data: run a cell, tell the numbers of a variable,
call a function. What is right never comes here. Everything in this process belongs to the student's code once
that has run, this module included, so nothing that it says is believed: `read_reply` checks it.
"""

import builtins
import contextlib
import json
import linecache
import multiprocessing
import re
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from snnlab.course.classroom.sandbox.limits import Limits, restrict
from snnlab.course.other_process.frames import decode
from snnlab.course.other_process.inside import serve
from snnlab.course.other_process.outcome import Outcome, call, failure
from snnlab.course.values import NotNumbers, plain_numbers, type_name

__all__ = ["Student", "main", "without_magics"]

_SHELL = re.compile(r"(\s*)(?:[\w.,\s\[\]]+=\s*)?[!?].*\Z|(\s*)[\w.]+\?{1,2}\s*\Z")
_MAGIC = re.compile(r"(\s*)(?:[\w.,\s\[\]]+=\s*)?%{1,2}([\w.]+)[ \t]*(.*)\Z")
_TIMING = ("time", "timeit", "prun", "capture")  # what follows these on the line is Python


def without_magics(source: str) -> str:
    r"""A cell as plain Python: what only Jupyter understands is left out, line numbers stay.

    Parameters
    ----------
    source : str
        Of a cell that Python alone cannot compile.

    Examples
    --------
    >>> print(without_magics("%matplotlib inline\n!rm -rf data\n%time x = 2"))
    pass
    pass
    x = 2
    """
    lines = source.split("\n")
    if (first := _MAGIC.match(lines[0])) and lines[0].lstrip().startswith("%%"):
        if first[2] not in _TIMING:
            return ""  # a cell of another language
        lines[0] = ""
    for k, line in enumerate(lines):
        if magic := _MAGIC.match(line):
            runs = magic[2] in ("time", "timeit", "prun") and not magic[3].startswith("-")
            lines[k] = magic[1] + (magic[3] if runs and magic[3] else "pass")
        elif shell := _SHELL.match(line):
            lines[k] = (shell[1] or shell[2] or "") + "pass"
    return "\n".join(lines)


class Student:
    """A namespace in which cells run one after another."""

    def __init__(self) -> None:
        self.module = types.ModuleType("__main__")
        self.names = self.module.__dict__
        self.names.update(display=_nothing, get_ipython=_nothing)
        sys.modules["__main__"] = self.module

    def answer(self, head: dict, arrays: list[np.ndarray]) -> Outcome:
        """What is asked for in a request."""
        if head["do"] == "cell":
            return self.cell(head["cell"], head["source"])
        if head["do"] == "value":
            return self.value(head["variable"])
        return self.call(head["variable"], decode(head["arguments"], arrays))

    def cell(self, number: int, source: str) -> Outcome:
        """Run a cell."""
        name = f"<cell {number}>"
        try:
            try:
                code = compile(source, name, "exec")
            except SyntaxError:
                code = compile(without_magics(source), name, "exec")
            linecache.cache[name] = (len(source), None, source.splitlines(True), name)
            exec(code, self.names)
        except BaseException as error:
            return failure(error, _cell_of)
        return Outcome("done")

    def value(self, variable: str) -> Outcome:
        """The numbers of a variable."""
        if variable not in self.names:
            return Outcome("missing")
        value = self.names[variable]
        if _is_untouched(value):
            return Outcome("untouched")
        try:
            return Outcome("numbers", plain_numbers(value))
        except NotNumbers:
            array = type(value) is np.ndarray
            return Outcome("type", name=value.dtype.name if array else type_name(value))

    def call(self, variable: str, arguments: tuple) -> Outcome:
        """One call of a function."""
        if variable not in self.names:
            return Outcome("missing")
        function = self.names[variable]
        if _is_untouched(function):
            return Outcome("untouched")
        if not callable(function):
            return Outcome("no function", name=type_name(function))
        outcome = call(function, arguments, _cell_of)
        # Nothing of the hidden arguments leaves in words.
        return outcome._replace(text="") if outcome.kind == "error" else outcome


def _cell_of(file: str) -> int:
    number = file.removeprefix("<cell ").removesuffix(">")
    return int(number) if file == f"<cell {number}>" and number.isdecimal() else -1


def _nothing(*_: Any, **__: Any) -> None:
    """What `display` and `get_ipython` do here."""


def _is_untouched(value: Any) -> bool:
    """Whether the dots of the stub still stand there."""
    if type(value) in (list, tuple):
        return any(item is ... for item in value)
    return value is ... or value is None


# --- the process ---


def main(settings: str) -> None:
    """Answer requests until the other side closes the pipe.

    Parameters
    ----------
    settings : str
        JSON: the fields of `Limits`, and whether the process is isolated.
    """
    given = json.loads(settings)

    def prepare() -> Callable[[dict, list[np.ndarray]], Outcome]:
        restrict(Limits(*given["limits"]), given["isolated"])
        _let_kernels_be_read()
        if given["isolated"]:
            _let_threads_have_locks()
        vars(builtins).update(exit=sys.exit, quit=sys.exit)  # those of the console close its input as well
        return Student().answer

    serve(prepare)


def _let_kernels_be_read() -> None:
    """Make Numba read compiled kernels from a folder that cannot be written, where this Numba allows it."""
    with contextlib.suppress(ImportError, AttributeError):
        from numba.core import caching

        if hasattr(caching._CacheLocator, "ensure_cache_path"):
            caching._CacheLocator.ensure_cache_path = _nothing  # type: ignore[method-assign]


def _let_threads_have_locks() -> None:
    """Make `multiprocessing` take locks, of which its pools of threads are made, without a second process.

    From Python 3.14 on, it would start one that clears the locks away.
    """
    if "fork" in multiprocessing.get_all_start_methods():
        multiprocessing.set_start_method("fork")
