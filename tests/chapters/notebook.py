"""A chapter as the checks see it: numbered cells, their tags, what they printed, and their prose.

Cells are counted from 1, markdown and code together, as in every message of the checks.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

__all__ = [
    "BOOK", "CHAPTERS", "Cell", "Chapter", "Exercise", "Problem",
    "blank", "chapter_files", "excursion_files", "exercises", "figures", "from_notebook",
    "plain", "printed_lines", "read", "words",
]  # fmt: skip

BOOK = Path(__file__).parents[2] / "book"
CHAPTERS = BOOK / "chapters"

PATTERNS = {
    "fences": re.compile(r"^[ >]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^[ >]*(?P=fence)[ \t]*$", re.M | re.S),
    "code": re.compile(r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.S),
    "display": re.compile(r"\$\$.*?\$\$(?:[ \t]*\([\w-]+\))?", re.S),
    "math": re.compile(r"(?<![\\$])\$(?=[^\s$])(?:[^$\n]|\n(?!\s*\n))+?(?<=\S)\$(?!\d)"),
    "tables": re.compile(r"^[ >]*\|.*$", re.M),
    "comments": re.compile(r"<!--.*?-->", re.S),
    "headings": re.compile(r"^[ >]*#{1,6} .*$", re.M),
    "images": re.compile(r"!\[[^\]]*\]\([^)]*\)"),
    "addresses": re.compile(r"(?<=\])\([^)]*\)|<https?:[^>]*>|https?://\S+"),
    "tags": re.compile(r"</?[a-zA-Z][^>]*>"),
}
STATEMENT = re.compile(r"\s*(?:>\s*)?\*\*Exercise (\d+\.\d+)\b")


class Problem(NamedTuple):
    """Something to mend."""

    cell: int | None
    message: str

    def __str__(self) -> str:
        return self.message if self.cell is None else f"cell {self.cell}: {self.message}"


class Cell(NamedTuple):
    """One cell of a chapter."""

    number: int
    kind: str
    source: str
    tags: frozenset[str]
    outputs: list[Any]


class Chapter(NamedTuple):
    """A parsed notebook."""

    path: Path
    cells: list[Cell]
    metadata: dict[str, Any]

    @property
    def number(self) -> int:
        """The chapter's number, from the first digits of its file name."""
        return int(self.path.name[:2])

    def tagged(self, tag: str, kind: str = "") -> list[Cell]:
        """The cells that carry `tag`, of one kind if `kind` is given."""
        return [cell for cell in self.cells if tag in cell.tags and kind in ("", cell.kind)]


class Exercise(NamedTuple):
    """The cells of one exercise: its statement first, its check last."""

    name: str
    cells: list[Cell]


def chapter_files() -> list[Path]:
    """Every chapter of the book, in order."""
    return sorted(CHAPTERS.glob("[0-9][0-9]_*.ipynb"))


def excursion_files() -> list[Path]:
    """Every excursion, ``04x_name.ipynb``, in the order of their chapters."""
    return sorted(CHAPTERS.glob("[0-9][0-9][a-z]_*.ipynb"))


def read(path: Path) -> Chapter:
    """The chapter in the file `path`."""
    return from_notebook(nbformat.read(path, as_version=4), path)


def from_notebook(nb: Any, path: Path) -> Chapter:
    """The chapter that a notebook in memory holds."""
    cells = [
        Cell(
            k, cell.cell_type, cell.source, frozenset(cell.metadata.get("tags", [])), cell.get("outputs", [])
        )
        for k, cell in enumerate(nb.cells, start=1)
    ]
    return Chapter(path, cells, dict(nb.metadata))


def exercises(chapter: Chapter) -> list[Exercise]:
    """The exercises in order; an exercise begins at a markdown cell that starts with ``**Exercise 2.1``."""
    found: list[Exercise] = []
    for cell in chapter.tagged("part:exercise"):
        start = STATEMENT.match(cell.source) if cell.kind == "markdown" else None
        if start:
            found.append(Exercise(start.group(1), [cell]))
        elif found:
            found[-1].cells.append(cell)
    return found


def figures(chapter: Chapter) -> list[tuple[Cell, str]]:
    """Every output that is not printed text, with the text that stands for it."""
    return [
        (cell, output.data.get("text/plain", "").strip())
        for cell in chapter.cells
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result")
    ]


def printed_lines(chapter: Chapter) -> list[str]:
    """Every line that the chapter prints, and the lines of its figures' texts."""
    printed = [
        output.text for cell in chapter.cells for output in cell.outputs if output.output_type == "stream"
    ]
    return [line for text in printed + [alt for _, alt in figures(chapter)] for line in text.splitlines()]


def blank(markdown: str, *what: str) -> str:
    """`markdown` with the named things replaced by spaces, so that positions and lines stay.

    >>> blank("a `b` $c$", "code", "math")
    'a         '
    """
    for name in what:
        markdown = PATTERNS[name].sub(lambda found: re.sub(r"[^\n]", " ", found.group()), markdown)
    return markdown


def plain(markdown: str) -> str:
    """The words of a markdown cell alone: no code, mathematics, tables, comments, pictures or addresses."""
    return blank(
        markdown, "fences", "code", "comments", "display", "math", "tables", "images", "addresses", "tags"
    )


def words(cell: Cell) -> int:
    """How many words of prose a cell holds; the references count none."""
    if cell.kind != "markdown" or "part:references" in cell.tags:
        return 0
    return len(re.findall(r"[^\W_][\w'’–-]*", plain(cell.source)))
