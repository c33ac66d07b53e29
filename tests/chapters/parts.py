"""The parts of a chapter, marked by tags in the metadata of its cells.

For authors
-----------
``part:question`` (one markdown cell)
    Headings aside, one line, italic, a question.
``part:hook`` (markdown and code)
    The code loads a recording with a ``load_…`` function.
``part:prediction`` (markdown)
    Readers commit themselves before they move a slider.
``part:by-hand`` (markdown and code)
    A case for pencil and paper; the code asserts something that it computes.
``part:equation`` (markdown)
    A labelled equation, ``$$ … $$ (label)``.
``part:symbols`` (markdown, may be the cell of the equation)
    A table with the columns Symbol and Unit, no entry empty in either; a pure number has the unit 1.
``part:code`` (code)
    Prints source of the package: ``print(inspect.getsource(…))``.
``part:panel`` (2 to 4 code cells)
    Each calls one ``…_panel`` of `snnlab_widgets` with at most 4 sliders and with presets.
``part:breaks`` (markdown and code)
    Where it breaks, a deliberate failure that is shown.
``part:exercise`` (every cell of 3 to 5 exercises)
    Each starts ``**Exercise 2.1 — title.**`` and ends in ``check("2.1", …)``. Its statement has one of the
    tags ``kind:calculate`` (then verify), ``kind:sketch`` (then plot), ``kind:inverse``, ``kind:program``;
    the first three are all needed.
``part:goal`` (code, if there are any)
    Nothing but ``GOALS["name"]()``, after the passage that the goal tests and after the words that explain a
    panel. One that is an exercise of the chapter stands between its statement and its check, as
    ``part:exercise``.
``part:scheme`` (code, if there are any)
    Nothing but ``plots.scheme_of_…()``, the drawing of a mechanism, after the words that tell of it. Two in a
    chapter are the most; they are no figures of data and count as none.
``part:stop`` (one markdown cell)
    Ends "Stop here if you like."
``part:bridge`` (markdown)
    To biology, to hardware or to the next chapter.
``part:objectives`` (markdown)
    What the reader can do now: a list of 3 to 5, each naming its exercise, "(exercise 2.1)".
``part:references`` (markdown)
    A list.

The notebook's metadata hold ``"snnlab": {"prerequisites": ["…"], "about": "…"}``. A prerequisite that begins
with digits names a chapter; what the chapter is about is a sentence for the README. Order and size
are in `chapters.layout`.
"""

import ast
import re
from collections.abc import Callable

from chapters.equations import equation_labels
from chapters.notebook import CHAPTERS, Cell, Chapter, Problem, blank, exercises

__all__ = ["PARTS", "part_problems", "tag_problems"]

# Which kinds of cell a part needs.
PARTS = {
    "part:question": ["markdown"],
    "part:hook": ["markdown", "code"],
    "part:prediction": ["markdown"],
    "part:by-hand": ["markdown", "code"],
    "part:equation": ["markdown"],
    "part:symbols": ["markdown"],
    "part:code": ["code"],
    "part:panel": ["code"],
    "part:breaks": ["markdown", "code"],
    "part:exercise": ["markdown", "code"],
    "part:stop": ["markdown"],
    "part:bridge": ["markdown"],
    "part:objectives": ["markdown"],
    "part:references": ["markdown"],
}
MAY = {"part:goal": ["code"], "part:scheme": ["code"]}  # what a chapter may have besides
KINDS = {"kind:calculate", "kind:sketch", "kind:inverse", "kind:program"}
SCHEME = re.compile(r"plots\.scheme_of_\w+\(\)")
MOST_SCHEMES = 2
ITEM = re.compile(r"^[ >]*(?:[-*+]|\d+[.)]) +", re.M)


def part_problems(chapter: Chapter) -> list[Problem]:
    """Parts that are missing, or do not hold what they have to."""
    problems = []
    for tag, kinds in PARTS.items():
        for kind in kinds:
            if not chapter.tagged(tag, kind):
                problems.append(Problem(None, f"no {kind} cell has the tag {tag}"))
    problems += tag_problems(chapter)
    return problems + _contents(chapter) + _schemes(chapter) + _objectives(chapter) + _metadata(chapter)


def tag_problems(chapter: Chapter) -> list[Problem]:
    """Tags that there are not, or on the wrong kind of cell."""
    problems = []
    for cell in chapter.cells:
        for tag in sorted(cell.tags):
            if tag.startswith(("part:", "kind:")) and tag not in PARTS | MAY and tag not in KINDS:
                problems.append(Problem(cell.number, f"{tag} is no tag of a chapter"))
            if cell.kind not in (PARTS | MAY).get(tag, [cell.kind]):
                problems.append(Problem(cell.number, f"{tag} does not belong on a {cell.kind} cell"))
    return problems


def _contents(chapter: Chapter) -> list[Problem]:
    """What has to be in the cells of each part."""
    problems = []

    def ask(tag: str, kind: str, fulfilled: Callable[[Cell], object], what: str) -> None:
        cells = chapter.tagged(tag, kind)
        if cells and not any(map(fulfilled, cells)):
            problems.append(Problem(cells[0].number, f"{tag}: {what}"))

    labels = {number for number, _ in equation_labels(chapter)}
    ask("part:question", "markdown", _is_question, "write one italic line that ends in a question mark")
    ask("part:hook", "code", lambda cell: re.search(r"\bload_\w+\(", cell.source), "load a recording")
    ask("part:by-hand", "code", _asserts, "assert something that is computed")
    ask("part:equation", "markdown", lambda cell: cell.number in labels, "write $$ … $$ (label)")
    ask(
        "part:symbols",
        "markdown",
        _has_symbols,
        "write a table with the columns Symbol and Unit, both filled",
    )
    ask("part:code", "code", lambda cell: any("def " in output.get("text", "") for output in cell.outputs),
        "print source of the package")  # fmt: skip
    ask("part:breaks", "code", lambda cell: cell.outputs, "show the failure: the cell has no output")
    ask("part:stop", "markdown", lambda cell: re.search(r"Stop here if you like\.?[*_\s]*$", cell.source),
        'end with "Stop here if you like."')  # fmt: skip
    ask("part:references", "markdown", lambda cell: ITEM.search(cell.source), "write a list")
    for tag in ("part:question", "part:stop"):
        for cell in chapter.tagged(tag)[1:]:
            problems.append(Problem(cell.number, f"a second {tag}"))
    return problems


def _schemes(chapter: Chapter) -> list[Problem]:
    """Drawings of mechanisms: each in a cell of its own that says so, after words, and not too many."""
    problems = []
    before = {cell.number + 1: cell for cell in chapter.cells}
    for cell in chapter.cells:
        if cell.kind != "code" or not ("part:scheme" in cell.tags or SCHEME.search(cell.source)):
            continue
        if "part:scheme" not in cell.tags:
            problems.append(Problem(cell.number, "a scheme is drawn: the cell needs the tag part:scheme"))
        elif not SCHEME.fullmatch(cell.source):
            problems.append(Problem(cell.number, "part:scheme: write plots.scheme_of_…() and nothing else"))
        elif cell.number not in before or before[cell.number].kind != "markdown":
            problems.append(Problem(cell.number, "no words stand in the cell before the scheme"))
    found = chapter.tagged("part:scheme")
    if len(found) > MOST_SCHEMES:
        problems.append(Problem(None, f"the chapter has {len(found)} schemes, it may have {MOST_SCHEMES}"))
    return problems


def _is_question(cell: Cell) -> bool:
    lines = [line.strip() for line in blank(cell.source, "headings", "comments").splitlines() if line.strip()]
    return len(lines) == 1 and re.fullmatch(r"([*_])(?![*_]).+\?\1", lines[0]) is not None


def _asserts(cell: Cell) -> bool:
    """Whether the cell asserts something that names a computed value."""
    try:
        asserts = [node.test for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Assert)]
    except SyntaxError:
        return False
    return any(isinstance(node, ast.Name) for test in asserts for node in ast.walk(test))


def _has_symbols(cell: Cell) -> bool:
    rows = [
        [entry.strip() for entry in line.strip(" >").strip("|").split("|")]
        for line in cell.source.splitlines()
        if line.strip(" >").startswith("|")
    ]
    header = [entry.strip("*_ ").lower() for entry in rows[0]] if rows else []
    if len(rows) < 3 or not {"symbol", "unit"} <= set(header):
        return False
    symbol, unit = header.index("symbol"), header.index("unit")
    return all(len(row) == len(header) and row[symbol] and row[unit] for row in rows[2:])


def _objectives(chapter: Chapter) -> list[Problem]:
    problems = []
    names = {exercise.name for exercise in exercises(chapter)}
    for cell in chapter.tagged("part:objectives", "markdown")[:1]:
        items = ITEM.split(cell.source)[1:]
        if not 3 <= len(items) <= 5:
            problems.append(Problem(cell.number, f"{len(items)} objectives are listed, it should be 3 to 5"))
        for item in items:
            if not names & set(re.findall(r"(?i)\bexercises? (\d+\.\d+)", item)):
                problems.append(
                    Problem(cell.number, f'no exercise of this chapter is named in "{item.strip()[:40]}"')
                )
    return problems


def _metadata(chapter: Chapter) -> list[Problem]:
    ours = chapter.metadata.get("snnlab", {})
    needed = ours.get("prerequisites")
    if not isinstance(needed, list) or not all(isinstance(item, str) for item in needed):
        return [Problem(None, 'the metadata need "snnlab": {"prerequisites": [...]}, a list of texts')]
    missing = [item for item in needed if item[:1].isdigit() and not (CHAPTERS / f"{item}.ipynb").is_file()]
    problems = [Problem(None, f"the prerequisite {item} is no chapter") for item in missing]
    if not str(ours.get("about", "")).endswith("."):
        problems.append(
            Problem(None, 'the metadata need "snnlab": {"about": "…"}, a sentence for the README')
        )
    return problems
