"""The file of a sweep: a line that says which sweep it is, and one for each point that is known.

A line is JSON, and written as soon as its point is known. Half a line, which a power cut leaves, is dropped.
"""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from snnlab.sweeps.grid import lengths
from snnlab.sweeps.point import Task, digest

__all__ = ["Keeper", "drop_half_a_line"]


class Keeper:
    """What is known of a sweep already, and where more is written; without a file it keeps nothing."""

    def __init__(self, file: Path | None, task: Task):
        self.known: dict[int, np.ndarray] = {}
        self._file: Any = None
        self.path = file
        if file is None:
            return
        head = {
            "snnlab.sweep": 1,
            "function": digest(task.function),
            "grid": task.axes,
            "order": list(task.axes),
            "seed": task.seed,
        }
        first = json.dumps(head) + "\n"
        old = _text(file)
        new = first.startswith(old)  # nothing, or what a power cut left of the first line
        if not new:
            self._read(old, head)
            drop_half_a_line(file)
        self._file = file.open("w" if new else "a", encoding="utf-8", newline="\n")
        if new:
            self._file.write(first)
            self._file.flush()

    def _read(self, text: str, head: dict[str, Any]) -> None:
        begin, *rest = text[: text.rfind("\n") + 1].splitlines() or [""]
        written = _parsed(begin)
        if not isinstance(written, dict) or "snnlab.sweep" not in written:
            raise ValueError(f"keep must be a new file or that of a sweep, got {self.path}")
        for part in ("grid", "order", "seed", "function"):
            if written.get(part) != head[part]:
                what = "grid" if part == "order" else part
                raise ValueError(
                    f"keep must be the file of this sweep, got {self.path}, whose {what} is another one: "
                    "delete it, or take another name"
                )
        n = math.prod(lengths(head["grid"]))
        for index, value in _points(rest, n):
            self.known[index] = value

    def add(self, index: int, value: np.ndarray) -> None:
        """Write a point down; what is written stays, whatever happens to the next."""
        self.known[index] = value
        if self._file is not None:
            self._file.write(json.dumps({"point": index, "value": value.tolist()}) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Nothing more comes."""
        if self._file is not None:
            self._file.close()


def _text(file: Path) -> str:
    """What a file holds, if it holds text; nothing if there is none."""
    if not file.exists():
        return ""
    return file.read_bytes().decode("utf-8", errors="replace")


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _points(lines: list[str], n: int) -> Iterator[tuple[int, np.ndarray]]:
    """The points that are written down; a line that something damaged is computed anew."""
    for line in lines:
        found = _parsed(line)
        if isinstance(found, dict) and found.get("point") in range(n) and "value" in found:
            yield found["point"], np.asarray(found["value"], np.float64)


def drop_half_a_line(file: Path) -> None:
    """Leave out what stands behind the last end of a line."""
    if file.is_file():
        text = file.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            file.write_bytes(whole)
