"""The file of a sweep: a line that says which sweep it is, and one for each point that is known.

A line is JSON, and written as soon as its point is known. The point of a line that something damaged is
computed anew; half a line, which a power cut leaves, is dropped.
"""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from snnlab.file_locks import taken
from snnlab.sweeps.grid import lengths
from snnlab.sweeps.identity import digest
from snnlab.sweeps.point import Task

__all__ = ["Keeper"]

_VERSION = 2


class Keeper:
    """What is known of a sweep already, and where more is written; without a file it keeps nothing."""

    def __init__(self, file: Path | None, task: Task):
        self.known: dict[int, np.ndarray] = {}
        self._file: Any = None
        self.path = file
        if file is None:
            return
        if "\0" in str(file) or file.is_dir():
            raise ValueError(f"keep must be the name of a file, got {str(file)!r}")
        head = {
            "snnlab.sweep": _VERSION,
            "function": digest(task.function),
            "grid": task.axes,
            "seed": task.seed,
        }
        self._file = file.open("ab")
        try:
            if taken(self._file):
                raise ValueError(
                    f"keep must be a file that no other sweep writes, got {file}, which one does"
                )
            self._go_on(file.read_bytes(), head)
        except BaseException:
            self._file.close()
            raise

    def _go_on(self, old: bytes, head: dict[str, Any]) -> None:
        """Read what there is, and leave the file so that a line can follow."""
        first = json.dumps(head).encode() + b"\n"
        if first.startswith(old):  # nothing, or what a power cut left of the first line
            if old:
                self._file.truncate(0)
            self._write(first)
            return
        whole = old[: old.rfind(b"\n") + 1]
        self._read(whole.decode("utf-8", errors="replace"), head)
        if whole != old:
            self._file.truncate(len(whole))

    def _read(self, text: str, head: dict[str, Any]) -> None:
        begin, *rest = text.split("\n")
        written = _parsed(begin)
        if not isinstance(written, dict) or "snnlab.sweep" not in written:
            raise ValueError(f"keep must be a new file or that of a sweep, got {self.path}")
        words = {
            "snnlab.sweep": "which another version of snnlab wrote",
            "grid": "whose grid is another one",
            "seed": "whose seed is another one",
            "function": "whose function, or a value that it uses, is another one",
        }
        for part, differs in words.items():
            if json.dumps(written.get(part)) != json.dumps(head[part]):  # as text: 1 is neither True nor 1.0
                raise ValueError(
                    f"keep must be the file of this sweep, got {self.path}, {differs}: "
                    "delete it, or take another name"
                )
        self.known = _points(rest, math.prod(lengths(head["grid"])))

    def _write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()

    def add(self, index: int, value: np.ndarray) -> None:
        """Write a point down; what is written stays, whatever happens to the next."""
        self.known[index] = value
        if self._file is not None:
            line = {"point": index, "shape": value.shape, "value": value.tolist()}
            self._write(json.dumps(line).encode() + b"\n")

    def close(self) -> None:
        """Nothing more comes."""
        if self._file is not None:
            self._file.close()


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _points(lines: list[str], n: int) -> dict[int, np.ndarray]:
    """The points that are written down, all of the shape that most have."""
    found = {}
    for line in lines:
        written = _parsed(line)
        if isinstance(written, dict) and type(written.get("point")) is int and 0 <= written["point"] < n:
            value = _value(written)
            if value is not None:
                found[written["point"]] = value
    shapes = Counter(value.shape for value in found.values()).most_common(1)
    return {index: value for index, value in found.items() if value.shape == shapes[0][0]}


def _value(written: dict[str, Any]) -> np.ndarray | None:
    """The result in a line; None if that is no array of the shape that the line says."""
    try:
        value = np.asarray(written.get("value"))
        if value.dtype.kind not in "if":
            return None
        if value.size == 0:  # lists do not say how long what is not in them would be
            return np.empty(written["shape"]) if math.prod(written["shape"]) == 0 else None
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return value.astype(np.float64) if list(value.shape) == written.get("shape") else None
