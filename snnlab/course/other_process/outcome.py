"""What running a student's code comes to, in plain data: numbers, or a few words about why there are none."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from snnlab.course.values import type_name

__all__ = ["KINDS", "MOST_NUMBERS", "Outcome", "call", "failure"]

MOST_NUMBERS = 1_000_000  # of one answer

KINDS = (
    *("ready", "done", "busy"),  # of a process: "busy" if a thread of a function goes on
    *("numbers", "type", "large", "error", "exit"),  # of a call: "type" is no number
    *("missing", "untouched", "no function", "lost"),  # there is nothing to call; "lost" cannot be unpacked
)


class Outcome(NamedTuple):
    """What one call, one cell or one variable came to."""

    kind: str
    """One of `KINDS`."""
    value: np.ndarray | None = None
    """Of kind "numbers"."""
    name: str = ""
    """Of a type or of an exception."""
    text: str = ""
    """What the exception says."""
    line: int = 0
    """Line of the student's own code in which the exception arose, 0 if it arose elsewhere."""
    changed: tuple[int, ...] = ()
    """Positions of the arguments that the call changed."""
    cell: int = -1
    """In which of the student's own cells the exception arose, counted from 0; −1 if in none."""


def call(function: Any, arguments: tuple, cell_of: Callable[[str], int]) -> Outcome:
    """One call of a function.

    Parameters
    ----------
    function
        Of the student, or a reference, or a typical mistake: all are called alike, also what is no function.
    arguments : tuple
        They are copied, so that a call cannot change the next one's.
    cell_of
        As for `failure`.

    Examples
    --------
    >>> call(lambda x: 1 / x, (0,), lambda file: -1).name
    'ZeroDivisionError'
    """
    given = tuple(value.copy() if isinstance(value, np.ndarray) else value for value in arguments)
    try:
        result = function(*given)
        changed = tuple(
            k
            for k, (before, after) in enumerate(zip(arguments, given, strict=True))
            if isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True)
        )
        return _returned(result)._replace(changed=changed)
    except (SystemExit, KeyboardInterrupt) as error:
        return Outcome("exit", name=type(error).__name__)
    except BaseException as error:
        return failure(error, cell_of)


def _returned(result: object) -> Outcome:
    if result is None or result is ... or isinstance(result, str | bytes | complex | dict | set):
        return Outcome("type", name=type_name(result))
    try:
        array = np.asarray(result)
    except Exception:  # rows of different lengths, or an object that refuses
        return Outcome("type", name="ragged list" if type(result) in (list, tuple) else type_name(result))
    if array.dtype.kind not in "biuf":
        return Outcome("type", name="complex" if array.dtype.kind == "c" else type_name(result))
    if array.size > MOST_NUMBERS:
        return Outcome("large", text=str(array.size))
    return Outcome("numbers", array.astype(np.float64))


def failure(error: BaseException, cell_of: Callable[[str], int]) -> Outcome:
    """The innermost line of the student's own code, and what Python says.

    Parameters
    ----------
    error
        The exception.
    cell_of
        Gets the name of a file and says which of the student's cells that is, −1 if none.
    """
    cell, line, trace = -1, 0, error.__traceback__
    while trace is not None:
        if (here := cell_of(trace.tb_frame.f_code.co_filename)) >= 0:
            cell, line = here, trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, SyntaxError) and (here := cell_of(str(error.filename))) >= 0:
        cell, line, text = here, error.lineno or 0, str(error.msg)
    else:
        try:
            text = str(error)
        except BaseException:  # an exception may fail to describe itself
            text = ""
    return Outcome("error", name=type_name(error), text=text[:2000], line=line, cell=cell)
