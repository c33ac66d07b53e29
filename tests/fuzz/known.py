"""The calls that are known to end badly: `known.txt`, a line each, as `run.py` tells them, and in it why.

The list may only become shorter: a test says which of its calls ends well now, and its line goes.
"""

from collections.abc import Iterable
from pathlib import Path

from fuzz.results import Found

__all__ = ["known", "new"]

FILE = Path(__file__).with_suffix(".txt")


def known(file: Path = FILE) -> list[Found]:
    """The lines: function, case, verdict and reason, two blanks apart."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Found(*line.split("  ", 3)) for line in lines if line and not line.startswith("#")]


def new(found: Iterable[Found], listed: Iterable[Found]) -> list[Found]:
    """What is not listed: no line has the function and the verdict, and a place that was changed."""
    there = {(one.name, place, one.verdict) for one in listed for place in one.places}
    return [one for one in found if not any((one.name, place, one.verdict) in there for place in one.places)]
