"""The prose of a chapter, sentence by sentence, as the checks of causes and of chance read it."""

import re
from typing import NamedTuple

from chapters.notebook import Cell, Chapter, blank

__all__ = ["Sentence", "lines_with", "sentences", "whole"]

# A sentence ends at . ? or !, with what closes it, before a space; or where a paragraph or an item begins.
# A small letter goes on with the sentence: "e.g. this one".
END = re.compile(r"(?<=[.?!])[\"'”’)*_\]]*\s+(?![a-z])|\n\s*\n|\n(?=[ >]*(?:[-*+]|\d+[.)]) )")
MARK = re.compile(r"<!--\s*(.*?)\s*-->", re.S)


class Sentence(NamedTuple):
    """One sentence of prose."""

    cell: int
    text: str
    """With its comments, code and mathematics."""
    said: str
    """Its words alone."""

    @property
    def marks(self) -> list[str]:
        """What stands in its comments."""
        return MARK.findall(self.text)

    @property
    def short(self) -> str:
        """Enough of it to find it."""
        words = " ".join(self.said.split())
        return words if len(words) <= 70 else words[:67] + "…"


def sentences(chapter: Chapter) -> list[Sentence]:
    """Every sentence outside of exercises, references, tables, headings, code and displayed equations."""
    found = []
    for cell in chapter.cells:
        if cell.kind == "markdown" and not cell.tags & {"part:exercise", "part:references"}:
            found += _split(cell)
    return found


def _split(cell: Cell) -> list[Sentence]:
    text = blank(cell.source, "fences", "display", "tables", "headings", "images", "addresses")
    shape = blank(text, "comments", "tags")  # the same length: a full stop in a comment ends nothing
    said = blank(shape, "code", "math")
    found, start = [], 0
    for end in [*(match.span() for match in END.finditer(shape)), (len(shape), len(shape))]:
        if said[start : end[0]].strip():
            found.append(Sentence(cell.number, text[start : end[1]], said[start : end[0]]))
        start = end[1]
    return found


def lines_with(key: str, lines: list[str]) -> list[str]:
    """Those of the printed `lines` that contain every word of `key`; words are joined by ``&``."""
    words = key.split("&")
    if not all(word.strip() for word in words):
        return []
    return [line for line in lines if all(re.search(whole(word), line) for word in words)]


def whole(word: str) -> str:
    """A pattern for `word` that is no piece of a longer word or number."""
    return rf"(?<![\w.−-]){re.escape(word.strip())}(?!\w)"
