"""The other process: it runs a student's function, so that nothing the function does can reach the notebook.

``python -m snnlab.course.worker`` reads requests from its standard input and answers on its standard output.
A request is a pickle; an answer is one line of JSON and the bytes of arrays, never an object.
`runner` is the side that starts it, asks it, and kills it when it does not answer.
"""

import faulthandler
import json
import os
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, NamedTuple

import numba
import numpy as np
from numba import cloudpickle

__all__ = ["Outcome", "read_frame", "receive_outcomes", "run_cases", "run_packed", "send_frame"]

MOST_ELEMENTS = 1_000_000
GRACE = 1.0  # s beyond the limit, after which the worker ends itself even if nobody is left to kill it


class Outcome(NamedTuple):
    """What one call of a function came to."""

    kind: str
    """"numbers", "type" (not numbers), "large", "error", "exit", or "lost" (the function did not arrive)."""
    value: np.ndarray | None = None
    """The numbers."""
    name: str = ""
    """Name of the type or of the exception."""
    text: str = ""
    """The exception's message."""
    line: int = 0
    """Line of the student's function in which the exception arose, 0 if it arose elsewhere."""
    changed: tuple[int, ...] = ()
    """Positions of the arguments that the call changed."""


def run_cases(function: Callable, cases: list[tuple]) -> list[Outcome]:
    """Call `function` once for each tuple of arguments.

    Parameters
    ----------
    function
        Of the student, or a reference, or a typical mistake: all are run alike.
    cases
        Arguments of each call; they are copied, so that a call cannot change the next one's.

    Returns
    -------
    list of Outcome
        As long as `cases`, shorter if a call tried to end Python.

    Examples
    --------
    >>> [outcome.kind for outcome in run_cases(lambda x: 1 / x, [(2,), (0,)])]
    ['numbers', 'error']
    """
    outcomes, own = [], os.getpid()
    for case in cases:
        outcomes.append(_call(function, case))
        if os.getpid() != own:  # the function forked: only one of the two may go on
            os._exit(0)
        if outcomes[-1].kind == "exit":
            break
    return outcomes


def run_packed(travelling: bytes, cases: list[tuple]) -> list[Outcome]:
    """Unpack a function and call it once for each tuple of arguments.

    Parameters
    ----------
    travelling
        The function, by `numba.cloudpickle`.
    cases
        Arguments of each call.

    Returns
    -------
    list of Outcome
        Of `run_cases`, or one of kind "lost" if what the function uses cannot be unpacked.

    Examples
    --------
    >>> run_packed(b"no function", [(1,)])[0].kind
    'lost'
    """
    try:
        function = cloudpickle.loads(travelling)
    except BaseException as error:
        return [_failure(error, None)._replace(kind="lost")]
    return run_cases(function, cases)


def _call(function: Callable, case: tuple) -> Outcome:
    given = tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in case)
    try:
        result = function(*given)
        changed = tuple(
            k
            for k, (before, after) in enumerate(zip(case, given, strict=True))
            if isinstance(before, np.ndarray) and not np.array_equal(before, after, equal_nan=True)
        )
        return _outcome(result, changed)
    except (SystemExit, KeyboardInterrupt) as error:
        return Outcome("exit", name=type(error).__name__)
    except BaseException as error:
        return _failure(error, function)


def _outcome(result: object, changed: tuple[int, ...]) -> Outcome:
    if result is None or isinstance(result, str | bytes | complex | dict | set):
        return Outcome("type", name=type(result).__name__, changed=changed)
    try:
        array = np.asarray(result)
    except Exception:  # rows of different lengths, or an object that refuses
        rows = type(result) in (list, tuple)
        return Outcome("type", name="ragged list" if rows else type(result).__name__, changed=changed)
    if array.dtype.kind == "c":
        return Outcome("type", name="complex", changed=changed)
    if array.dtype.kind not in "biuf":
        return Outcome("type", name=type(result).__name__, changed=changed)
    if array.size > MOST_ELEMENTS:
        return Outcome("large", text=str(array.size), changed=changed)
    if array.dtype.itemsize > 8:  # long double has no meaning on another machine
        array = array.astype(np.float64)
    return Outcome("numbers", np.ascontiguousarray(array).reshape(array.shape), changed=changed)


def _failure(error: BaseException, function: Callable | None) -> Outcome:
    """The innermost line of the student's own file or cell, and what Python says."""
    code = getattr(getattr(function, "py_func", function), "__code__", None)
    line, trace = 0, error.__traceback__
    while trace is not None:
        if code is not None and trace.tb_frame.f_code.co_filename == code.co_filename:
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        text = str(error)
    except BaseException:  # an exception may fail to describe itself
        text = ""
    return Outcome("error", name=type(error).__name__, text=text[:2000], line=line)


# --- frames: the length, then so many bytes ---


def send_frame(stream: IO[bytes], data: bytes) -> None:
    """Write `data` with its length in front."""
    stream.write(struct.pack("<q", len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read what `send_frame` wrote; None at the end of the stream."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<q", head)[0]
    data = stream.read(size) if 0 <= size <= 2**31 else b""
    return data if len(data) == size else None


def _pack(number: int, outcomes: list[Outcome], leave: bool) -> bytes:
    rows, arrays = [], []
    for outcome in outcomes:
        row = outcome._asdict()
        if outcome.value is not None:
            row["value"] = [outcome.value.dtype.str, outcome.value.shape]
            arrays.append(outcome.value.tobytes())
        rows.append(row)
    header = json.dumps({"number": number, "leave": leave, "outcomes": rows})
    return header.encode("ascii") + b"\n" + b"".join(arrays)


def receive_outcomes(frame: bytes) -> tuple[int, list[Outcome], bool]:
    """Number of the request, outcomes, and whether the worker leaves, from an answer's bytes.

    Parameters
    ----------
    frame
        The bytes. They may be wrong: the function can write to any open file of the worker.

    Returns
    -------
    number, outcomes, leave

    Raises
    ------
    ValueError
        If the bytes are no answer.

    Examples
    --------
    >>> receive_outcomes(b'{"number": 7, "leave": false, "outcomes": []}' + bytes([10]))
    (7, [], False)
    """
    try:
        head, _, body = frame.partition(b"\n")
        answer, outcomes, start = json.loads(head), [], 0
        for row in answer["outcomes"]:
            if row["value"] is not None:
                dtype, shape = np.dtype(str(row["value"][0])), tuple(int(n) for n in row["value"][1])
                if dtype.kind not in "biuf":
                    raise ValueError(f"dtype must be a number's, got {dtype}")
                count = int(np.prod(shape, dtype=np.int64))
                row["value"] = np.frombuffer(body, dtype, count, start).reshape(shape)
                start += count * dtype.itemsize
            row["changed"] = tuple(row["changed"])
            outcomes.append(Outcome(**row))
        return answer["number"], outcomes, answer["leave"]
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError("the bytes are no answer of a worker") from error


# --- the process ---


def main() -> None:
    """Answer requests until the other side closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # interrupting the notebook must not end its worker
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what the function prints or asks for goes nowhere, also from compiled code
        os.dup2(nowhere, stream)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # open as long as the process lives
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115

    import snnlab.neurons  # noqa: F401

    numba.njit(lambda x: x)(1.0)  # the compiler loads itself now, and not on the function's time
    deepest = sys.getrecursionlimit()
    send_frame(answers, b"ready")
    while (request := read_frame(requests)) is not None:
        number, limit, travelling, cases = cloudpickle.loads(request)
        # This clock ticks outside Python, so it also ends a compiled loop that never lets Python run.
        faulthandler.dump_traceback_later(limit + GRACE, exit=True, file=nowhere)
        outcomes = run_packed(travelling, cases)
        faulthandler.cancel_dump_traceback_later()
        sys.setrecursionlimit(deepest)  # the function may have changed it
        leave = threading.active_count() > 1  # a thread of the function goes on: start afresh
        send_frame(answers, _pack(number, outcomes, leave))
        if leave:
            os._exit(0)


if __name__ == "__main__":
    main()
