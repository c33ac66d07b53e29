"""The teacher's notes on each chapter: its aims, how long it takes, what goes wrong, what to talk about.

They are made from the chapters and the definitions of their exercises while the book is built, and stand
where the page `teaching` has the comment ``<!-- notes on each chapter -->``. What stands below it is for
those who read the page in the repository, and they take its place. Nothing is written twice.
"""

import ast
import json
import re
from pathlib import Path
from string import Formatter

from snnlab.course.exercises import all_exercises

PLACE = "<!-- notes on each chapter -->"
WORDS, PANEL, EXERCISE = 130, 4, 8  # words a minute; minutes for each, as in the syllabus
_NO_PROSE = re.compile(
    r"```.*?```|`[^`]+`|<!--.*?-->|\$\$.*?\$\$(?:[ \t]*\([\w-]+\))?|(?<!\$)\$[^\s$][^$\n]*\$|^[ >]*\|[^\n]*$"
    r"|!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|</?[a-zA-Z][^>]*>",
    re.DOTALL | re.MULTILINE,
)
_FILE = re.compile(r"^(\d\d)_\w+$")  # a chapter among what comes before another


def chapters(book: Path) -> list[Path]:
    """The chapters in the table of contents, in its order."""
    toc = (book / "_toc.yml").read_text(encoding="utf-8")
    return [book / f"{name}.ipynb" for name in re.findall(r"file: (chapters/\d\d_\w+)", toc)]


def notes(book: Path) -> str:
    """The notes on all chapters, in Markdown."""
    return "\n\n".join(_chapter(file) for file in chapters(book))


def _chapter(file: Path) -> str:
    notebook = json.loads(file.read_text(encoding="utf-8"))
    cells = [
        (cell["cell_type"], "".join(cell["source"]), set(cell["metadata"].get("tags", ())))
        for cell in notebook["cells"]
    ]
    first = next(text for _, text, tags in cells if "part:question" in tags)
    title = re.search(r"^# (.+)$", first, re.M)[1]
    question = re.search(r"^\*(.+)\*$", first, re.M)[1]
    number = int(file.name[:2])
    tasks = [task for id, task in all_exercises().items() if int(id.split(".")[0]) == number]
    own = sum(f'check("{task.id}", ' in text for task in tasks for _, text, _ in cells)  # others: excursions
    path, rest = minutes(cells)
    aims = next((text for _, text, tags in cells if "part:objectives" in tags), "")
    needs = notebook["metadata"].get("snnlab", {}).get("prerequisites", [])
    needs = [_FILE.sub(_link, need) for need in needs]
    lines = [
        f"### [{title}](chapters/{file.name})",
        f"*{question}*",
        f"**Time.** {path} minutes for the path to *Stop here if you like*, {rest} for the rest, "
        f"{EXERCISE * own} for {own} exercises.",
        f"**Before it.** {'; '.join(needs)}." if needs else "",
        "**Afterwards your students can**\n\n"
        + "\n".join(re.findall(r"^- .+$", aims, re.M)).replace("](glossary.md#", "](chapters/glossary.md#"),
        "**To talk about**\n\n" + "\n".join(f"- {text}" for text in _questions(cells, tasks)),
        _mistakes(tasks),
    ]
    return "\n\n".join(line for line in lines if line)


def _link(found: re.Match) -> str:
    return f"[Chapter {int(found[1])}](chapters/{found[0]}.ipynb)"


def minutes(cells: list[tuple[str, str, set[str]]]) -> tuple[int, int]:
    """What the path and the rest take: words are read, panels played with."""
    stop = next(k for k, (_, _, tags) in enumerate(cells) if "part:stop" in tags) + 1
    return round(_minutes(cells[:stop])), round(_minutes(cells[stop:]))


def _minutes(cells: list[tuple[str, str, set[str]]]) -> float:
    texts = [text for kind, text, tags in cells if kind == "markdown" and "part:references" not in tags]
    words = sum(len(re.findall(r"[^\W_][\w'’–-]*", _NO_PROSE.sub(" ", text))) for text in texts)
    return words / WORDS + PANEL * sum(kind == "code" and "part:panel" in tags for kind, _, tags in cells)


def _questions(cells: list, tasks: list) -> list[str]:
    """Those that the chapter asks at its panels, and those that `check` asks after a right answer."""
    asked = []
    for kind, text, tags in cells:
        if kind == "code" and "part:panel" in tags:
            calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.keyword)]
            asked += [
                node.value.value
                for node in calls
                if node.arg == "question" and isinstance(node.value, ast.Constant)
            ]
    for task in tasks:
        sentences = re.split(r"(?<=[.?]) ", task.next_step)
        plain = " ".join(sentence for sentence in sentences if "{" not in sentence)
        if "?" in plain:
            asked.append(f"{plain} (after {task.id})")
    return asked


def _mistakes(tasks: list) -> str:
    """Folded, because it says much: the name of each typical wrong answer, and what `check` says to it."""
    lines = []
    for task in tasks:
        lines.append(f"**{task.id}, {task.title}**\n")
        lines += [f"- *{mistake.name}*: {_shown(mistake.hint)}" for mistake in task.mistakes]
        lines.append("")
    return "\n".join([
        "<details>",
        "<summary>What goes wrong, and what <code>check</code> says to it</summary>",
        "",
        *lines,
        "</details>",
    ])


def _shown(hint: str) -> str:
    """A hint with dots for the student's own answer; nothing in it but code is read as Markdown."""
    plain = "".join(text + ("…" if name is not None else "") for text, name, _, _ in Formatter().parse(hint))
    pieces = re.split(r"(`[^`]+`)", plain)
    return "".join(
        piece if piece[:1] == "`" else re.sub(r"([\\*_\[\]<$])", r"\\\1", piece) for piece in pieces
    )


def setup(app):
    """Put the notes into the page while it is read."""

    def fill(app, docname, source):
        if docname == "teaching" and PLACE in source[0]:
            book = Path(app.srcdir)
            source[0] = source[0].partition(PLACE)[0] + notes(book)
            for file in chapters(book):
                app.env.note_dependency(str(file))

    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
