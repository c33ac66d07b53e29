"""Plain data between two processes: a line of JSON and the bytes of arrays, in a frame.

The side that asks believes nothing that arrives, and unpickles nothing: `read_reply` checks each type, each
size and each word, because a student's code can write to every open file of its process.
"""

import importlib
import json
import math
import re
import struct
from typing import IO, Any

import numpy as np

from snnlab.course.other_process.outcome import KINDS, MOST_NUMBERS, Outcome

__all__ = [
    "MOST_BYTES",
    "decode",
    "encode",
    "join",
    "read_frame",
    "read_reply",
    "reply_frame",
    "split",
    "write_frame",
]

MOST_BYTES = 16 * 2**20  # of one frame
MOST_HEAD = 100_000  # bytes of JSON in a reply
MOST_TEXT = 2000  # characters of what an exception says

_FIELDS = {"number", "arrays", *Outcome._fields} - {"value"}
_DTYPE = re.compile(r"[<|=]([iuf])([1248])\Z|\|b1\Z")


# --- frames: the length, then so many bytes ---


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write `data` with its length in front."""
    stream.write(struct.pack("<q", len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes], most: int = MOST_BYTES) -> bytes | None:
    """Read what `write_frame` wrote; None at the end, b"" if more than `most` bytes are promised."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = struct.unpack("<q", head)[0]
    if not 0 < size <= most:
        return b""
    data = stream.read(size)
    return data if len(data) == size else None


# --- replies ---


def reply_frame(number: int, outcome: Outcome) -> bytes:
    """The bytes of the reply to request `number`."""
    head = {**outcome._asdict(), "number": number}
    value = head.pop("value")
    return join(head, [] if value is None else [value])


def read_reply(frame: bytes) -> tuple[int, Outcome]:
    """A reply from bytes that anybody may have written.

    Parameters
    ----------
    frame : bytes
        As `reply_frame` makes them, or anything else.

    Returns
    -------
    number : int
        Of the request.
    outcome : Outcome
        Its array is of float64 (integers and truth values are converted), its words are short.

    Raises
    ------
    ValueError
        If the bytes are no reply.

    Examples
    --------
    >>> read_reply(reply_frame(3, Outcome("numbers", np.arange(2))))[1].value
    array([0., 1.])
    >>> read_reply(b"42")
    Traceback (most recent call last):
    ...
    ValueError: a reply must be an object with the fields of Outcome, got other bytes
    """
    line, _, body = frame.partition(b"\n")
    try:
        head = json.loads(line) if len(line) <= MOST_HEAD else None
    except (ValueError, RecursionError):
        head = None
    if type(head) is not dict or head.keys() != _FIELDS:
        raise ValueError("a reply must be an object with the fields of Outcome, got other bytes")
    number, cell, row = whole = [head[field] for field in ("number", "cell", "line")]
    kind, name, text = words = [head[field] for field in ("kind", "name", "text")]
    arrays, changed = head["arrays"], head["changed"]
    if not all(type(n) is int and -1 <= n < 2**31 for n in whole) or not all(type(w) is str for w in words):
        raise ValueError("a reply must have numbers and words where they belong")
    if type(arrays) is not list or kind not in KINDS or len(arrays) != (kind == "numbers"):
        raise ValueError("a reply must be of a known kind, and have one array if that is numbers")
    if type(changed) is not list or len(changed) > 100 or not all(type(k) is int for k in changed):
        raise ValueError("changed must be a short list of whole numbers")
    value = _array(arrays[0], body) if arrays else None
    return number, Outcome(kind, value, name[:100], text[:MOST_TEXT], row, tuple(changed), cell)


def _array(described: Any, body: bytes) -> np.ndarray:
    if type(described) is not list or [type(part) for part in described] != [str, list]:
        raise ValueError("an array must be described by a dtype and a shape")
    name, shape = described
    if not _DTYPE.match(name) or name[-2:] == "f1":
        raise ValueError("a dtype must be a number's")
    if len(shape) > 8 or not all(type(n) is int and 0 <= n <= MOST_NUMBERS for n in shape):
        raise ValueError("a shape must be a few whole numbers")
    dtype, count = np.dtype(name), math.prod(shape)
    if count > MOST_NUMBERS or count * dtype.itemsize != len(body):
        raise ValueError("an array must have as many bytes as its shape says")
    return np.frombuffer(body, dtype).reshape(shape).astype(np.float64)


# --- requests: arguments of a call ---


def encode(value: Any, arrays: list[np.ndarray]) -> Any:
    """`value` as JSON keeps it; arrays go to the end of `arrays`, which travel as bytes.

    Parameters
    ----------
    value
        A number, text, array, list, tuple or a named tuple of snnlab, such as `snnlab.neurons.LIF`.
    arrays : list
        Gets longer.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> arrays = []
    >>> encode((2.5, np.arange(3)), arrays)
    {'tuple': [2.5, {'array': 0}]}
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if isinstance(value, np.ndarray | np.number | np.bool_) and value.dtype.kind in "biuf":
        arrays.append(np.asarray(value))
        return {"array" if isinstance(value, np.ndarray) else "scalar": len(arrays) - 1}
    if type(value) in (list, tuple):
        return {type(value).__name__: [encode(item, arrays) for item in value]}
    kind = type(value)
    if isinstance(value, tuple) and hasattr(kind, "_fields") and kind.__module__.startswith("snnlab."):
        items = [encode(item, arrays) for item in value]
        return {"named": [kind.__module__, kind.__name__, items]}
    raise TypeError(f"an argument must be numbers, arrays or a named tuple of snnlab, got {kind.__name__}")


def decode(value: Any, arrays: list[np.ndarray]) -> Any:
    """What `encode` was given. Only for what the side that asks has sent: it imports modules by name.

    Examples
    --------
    >>> decode({"tuple": [2.5, {"array": 0}]}, [np.arange(3)])
    (2.5, array([0, 1, 2]))
    """
    if not isinstance(value, dict):
        return value
    ((kind, what),) = value.items()
    if kind == "array":
        return arrays[what].copy()
    if kind == "scalar":
        return arrays[what][()]
    if kind == "named":
        module, name, items = what
        return getattr(importlib.import_module(module), name)(*(decode(item, arrays) for item in items))
    items = [decode(item, arrays) for item in what]
    return tuple(items) if kind == "tuple" else items


def join(head: dict, arrays: list[np.ndarray]) -> bytes:
    """The bytes of a request, or of a reply, with its arrays."""
    shapes = [[array.dtype.str, list(array.shape)] for array in arrays]
    body = b"".join(array.tobytes() for array in arrays)
    return json.dumps({**head, "arrays": shapes}).encode("ascii") + b"\n" + body


def split(frame: bytes) -> tuple[dict, list[np.ndarray]]:
    """The two parts of a request, as `join` was given them.

    Examples
    --------
    >>> split(join({"do": "call"}, [np.arange(2.0)]))
    ({'do': 'call'}, [array([0., 1.])])
    """
    line, _, body = frame.partition(b"\n")
    head, arrays, start = json.loads(line), [], 0
    for name, shape in head.pop("arrays"):
        dtype, count = np.dtype(name), math.prod(shape)
        arrays.append(np.frombuffer(body, dtype, count, start).reshape(shape))
        start += count * dtype.itemsize
    return head, arrays
