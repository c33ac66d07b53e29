"""The process that runs a student's cells, and knows nothing but them.

It is asked for one thing at a time and answers in plain data: run a cell, tell the numbers of a variable,
call a function. What is right never comes here. Everything in this process belongs to the student's code once
that has run, this module included, so nothing that it says is believed: `plain.read_reply` checks it.
"""

import builtins
import contextlib
import json
import linecache
import os
import re
import sys
import types
from typing import IO, Any

import numpy as np

from snnlab.course.classroom.shut_in.limits import Limits, restrict
from snnlab.course.classroom.shut_in.plain import (
    MOST_NUMBERS,
    Reply,
    decode,
    read_frame,
    reply_frame,
    split,
    write_frame,
)
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

    Returns
    -------
    str

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

    def cell(self, number: int, source: str) -> Reply:
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
            return _failure(error)
        return Reply(0, "done")

    def value(self, variable: str) -> Reply:
        """The numbers of a variable."""
        if variable not in self.names:
            return Reply(0, "missing")
        value = self.names[variable]
        if _is_untouched(value):
            return Reply(0, "untouched")
        try:
            return Reply(0, "numbers", plain_numbers(value))
        except NotNumbers:
            array = type(value) is np.ndarray
            return Reply(0, "type", name=value.dtype.name if array else type_name(value))

    def call(self, variable: str, arguments: tuple) -> Reply:
        """One call of a function."""
        if variable not in self.names:
            return Reply(0, "missing")
        function = self.names[variable]
        if _is_untouched(function):
            return Reply(0, "untouched")
        if not callable(function):
            return Reply(0, "no function", name=type_name(function))
        given = tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in arguments)
        try:
            result = function(*given)
            pairs = enumerate(zip(arguments, given, strict=True))
            changed = tuple(
                k
                for k, (a, b) in pairs
                if isinstance(a, np.ndarray) and not np.array_equal(a, b, equal_nan=True)
            )
            return _result(result)._replace(changed=changed)
        except (SystemExit, KeyboardInterrupt) as error:
            return Reply(0, "exit", name=type(error).__name__)
        except BaseException as error:
            return _failure(error)._replace(text="")  # nothing of the hidden arguments leaves in words


def _nothing(*_: Any, **__: Any) -> None:
    """What `display` and `get_ipython` do here."""


def _is_untouched(value: Any) -> bool:
    """Whether the dots of the stub still stand there."""
    if type(value) in (list, tuple):
        return any(item is ... for item in value)
    return value is ... or value is None


def _result(result: object) -> Reply:
    """What a function returned, by the rules of `snnlab.course.worker`."""
    if result is None or result is ... or isinstance(result, str | bytes | complex | dict | set):
        return Reply(0, "type", name=type_name(result))
    try:
        array = np.asarray(result)
    except Exception:  # rows of different lengths, or an object that refuses
        return Reply(0, "type", name="ragged list" if type(result) in (list, tuple) else type_name(result))
    if array.dtype.kind not in "biuf":
        return Reply(0, "type", name="complex" if array.dtype.kind == "c" else type_name(result))
    if array.size > MOST_NUMBERS:
        return Reply(0, "large", text=str(array.size))
    return Reply(0, "numbers", array.astype(np.float64))


def _failure(error: BaseException) -> Reply:
    """The innermost line of a cell, and what Python says."""
    cell, line, trace = -1, 0, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith("<cell ") and file[6:-1].isdecimal():
            cell, line = int(file[6:-1]), trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and (here := str(error.filename)).startswith("<cell "):
        cell, line, text = int(here[6:-1]), error.lineno or 0, str(error.msg)
    else:
        try:
            text = str(error)
        except BaseException:  # an exception may fail to describe itself
            text = ""
    return Reply(0, "error", name=type_name(error), text=text[:2000], cell=cell, line=line)


# --- the process ---


def main(settings: str) -> None:
    """Answer requests until the other side closes the pipe.

    Parameters
    ----------
    settings : str
        JSON: the fields of `Limits`, and whether the process is isolated.
    """
    given = json.loads(settings)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what is printed or asked for goes nowhere, also from compiled code
        os.dup2(nowhere, stream)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # open as long as the process lives
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    restrict(Limits(*given["limits"]), given["isolated"])
    _let_kernels_be_read()
    vars(builtins).update(exit=sys.exit, quit=sys.exit)  # those of the console close its input as well
    _serve(requests, answers)


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    own, getpid, leave = os.getpid(), os.getpid, os._exit
    student = Student()
    write_frame(answers, reply_frame(Reply(0, "ready")))
    while frame := read_frame(requests, 2**31):
        head, arrays = split(frame)
        if head["do"] == "cell":
            reply = student.cell(head["cell"], head["source"])
        elif head["do"] == "value":
            reply = student.value(head["variable"])
        else:
            reply = student.call(head["variable"], decode(head["arguments"], arrays))
        if getpid() != own:  # the cell forked: only one of the two may go on
            leave(0)
        write_frame(answers, reply_frame(reply._replace(number=head["number"])))


def _let_kernels_be_read() -> None:
    """Make Numba read compiled kernels from a folder that cannot be written, where this Numba allows it."""
    with contextlib.suppress(ImportError, AttributeError):
        from numba.core import caching

        if hasattr(caching._CacheLocator, "ensure_cache_path"):
            caching._CacheLocator.ensure_cache_path = _nothing  # type: ignore[method-assign]
