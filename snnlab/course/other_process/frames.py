"""Plain data between the marking process and a student's: a line of JSON and the bytes of arrays, in a frame.

Nothing is pickled. The marking side believes nothing that arrives: `read_reply` checks each type, each size
and each word, because a student's code can write to every open file of its process.
"""

import importlib
import json
import math
import re
import struct
from typing import IO, Any, NamedTuple

import numpy as np

__all__ = [
    "KINDS",
    "MOST_BYTES",
    "Reply",
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
MOST_NUMBERS = 1_000_000  # of one answer
MOST_HEAD = 100_000  # bytes of JSON in a reply
MOST_TEXT = 300  # characters of what an exception says

KINDS = ("ready", "done", "numbers", "type", "large", "missing", "untouched", "no function", "error", "exit")
_DTYPE = re.compile(r"[<|=]([iuf])([1248])\Z|\|b1\Z")


class Reply(NamedTuple):
    """What a student's process says to one request."""

    number: int
    """Of the request."""
    kind: str
    """One of `KINDS`."""
    value: np.ndarray | None = None
    """Of kind "numbers"."""
    name: str = ""
    """Of a type or of an exception."""
    text: str = ""
    """What the exception says."""
    cell: int = -1
    """In which cell it arose, counted from 0; −1 if in none."""
    line: int = 0
    changed: tuple[int, ...] = ()
    """Which arguments the call changed."""


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


def reply_frame(reply: Reply) -> bytes:
    """The bytes of a reply."""
    head = reply._asdict()
    body = b""
    if reply.value is not None:
        array = np.ascontiguousarray(reply.value)
        head["value"], body = [array.dtype.str, list(np.shape(reply.value))], array.tobytes()
    return json.dumps(head).encode("ascii") + b"\n" + body


def read_reply(frame: bytes) -> Reply:
    """A reply from bytes that anybody may have written.

    Parameters
    ----------
    frame : bytes
        As `reply_frame` makes them, or anything else.

    Returns
    -------
    Reply
        Its array is of float64 (integers and truth values are converted), its words are short.

    Raises
    ------
    ValueError
        If the bytes are no reply.

    Examples
    --------
    >>> read_reply(reply_frame(Reply(3, "numbers", np.arange(2)))).value
    array([0., 1.])
    >>> read_reply(b"42")
    Traceback (most recent call last):
    ...
    ValueError: a reply must be an object with the fields of Reply, got other bytes
    """
    line, _, body = frame.partition(b"\n")
    try:
        head = json.loads(line) if len(line) <= MOST_HEAD else None
    except (ValueError, RecursionError):
        head = None
    if type(head) is not dict or head.keys() != set(Reply._fields):
        raise ValueError("a reply must be an object with the fields of Reply, got other bytes")
    number, kind, value, name, text, cell, row, changed = (head[field] for field in Reply._fields)
    whole = all(type(n) is int and -1 <= n < 2**31 for n in (number, cell, row))
    words = all(type(word) is str for word in (kind, name, text))
    if not whole or not words or kind not in KINDS or (kind == "numbers") != (value is not None):
        raise ValueError("a reply must have numbers and words where they belong")
    if type(changed) is not list or len(changed) > 100 or not all(type(k) is int for k in changed):
        raise ValueError("changed must be a short list of whole numbers")
    array = None if value is None else _array(value, body)
    return Reply(number, kind, array, name[:100], text[:MOST_TEXT], cell, row, tuple(changed))


def _array(value: Any, body: bytes) -> np.ndarray:
    if type(value) is not list or len(value) != 2 or type(value[0]) is not str or type(value[1]) is not list:
        raise ValueError("an array must be described by a dtype and a shape")
    name, shape = value
    if not _DTYPE.match(name) or name[-2:] == "f1":
        raise ValueError("a dtype must be a number's")
    if len(shape) > 8 or not all(type(n) is int and 0 <= n <= MOST_NUMBERS for n in shape):
        raise ValueError("a shape must be a few whole numbers")
    dtype, count = np.dtype(name), math.prod(shape)
    if count > MOST_NUMBERS or count * dtype.itemsize != len(body):
        raise ValueError("an array must have as many bytes as its shape says")
    return np.frombuffer(body, dtype).reshape(shape).astype(np.float64)


# --- requests: arguments of a call, which the marking side sends ---


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
    """What `encode` was given. Only for what the marking side sent: it imports modules by name.

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
    """The bytes of a request with its arrays."""
    shapes = [[array.dtype.str, list(array.shape)] for array in arrays]
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
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
