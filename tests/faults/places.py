"""One place of a text at which a fault can be made, and the lines that show it."""

from typing import NamedTuple

__all__ = ["Place", "altered", "changed_number", "line_of", "lines_around"]


class Place(NamedTuple):
    """What stands between two characters of a text, and what a careless hand would have put there."""

    start: int
    end: int
    after: str


def altered(text: str, place: Place) -> str:
    """The text with the fault.

    >>> altered("a + b", Place(2, 3, "-"))
    'a - b'
    """
    return text[: place.start] + place.after + text[place.end :]


def changed_number(written: str) -> str | None:
    """Another number of the same kind: one more, or half as much again. None for what is no plain number.

    >>> changed_number("3"), changed_number("0.002"), changed_number("0.0"), changed_number("0xff")
    ('4', '0.003', '1.0', None)
    """
    plain = written.replace("_", "")
    if plain.isdigit():
        return str(int(plain) + 1)
    try:
        return f"{1.5 * float(plain) or 1.0:.12g}" if float(plain) else "1.0"
    except ValueError:
        return None


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1."""
    return text.count("\n", 0, offset) + 1


def lines_around(text: str, place: Place, before: int = 0) -> tuple[str, str]:
    """The whole lines that the fault touches and `before` lines more, as they are and with the fault."""
    start = text.rfind("\n", 0, place.start) + 1
    for _ in range(before):
        start = text.rfind("\n", 0, max(start - 1, 0)) + 1
    end = text.find("\n", place.end)
    end = len(text) if end < 0 else end
    return text[start:end], text[start : place.start] + place.after + text[place.end : end]
