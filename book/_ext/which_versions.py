"""The page "Which versions": what each chapter was last run on, and what was only looked up.

What it says stands in ``versions.json``, which `.ci/nightly --table` writes; this puts it where the page has
the comments ``<!-- what was run -->``, ``<!-- which chapters -->`` and ``<!-- what was looked up -->``.
"""

import json
from pathlib import Path
from typing import Any

PAGE, TABLE = "versions", "versions.json"
WHICH = {"tested": "tested", "newest": "newest", "oldest": "oldest allowed"}


def rows(head: list[str], lines: list[list[str]]) -> str:
    """A table in Markdown.

    >>> print(rows(["a", "b"], [["1", "2"]]))
    | a | b |
    | --- | --- |
    | 1 | 2 |
    """
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *lines))


def what_was_run(table: dict[str, Any]) -> str:
    """Python, system and packages of each run, and folded below it what else was installed."""
    runs = table.get("runs", [])
    lines = [[words, *(run[words.lower()] for run in runs)] for words in ("Python", "System")]
    named = sorted({name for run in runs for name in run["packages"]})
    lines += [[name, *(run["packages"].get(name, "none") for run in runs)] for name in named]
    text = rows(["Versions", *(WHICH[run["which"]] for run in runs)], lines) + "\n\n"
    never = [f"the {said}" for name, said in WHICH.items() if name not in {run["which"] for run in runs}]
    if never:
        text += f"Nothing has been run yet on {' and on '.join(never)} versions.\n\n"
    text += "<details>\n<summary>What else was installed</summary>\n\n"
    for run in runs:
        rest = ", ".join(f"{name} {version}" for name, version in run["others"].items())
        text += f"**The {WHICH[run['which']]} versions.** {rest}.\n\n"
    return text + "</details>"


def which_chapters(table: dict[str, Any], book: Path) -> str:
    """What became of each notebook of the book, and when."""
    runs = table.get("runs", [])
    numbered = sorted((book / "chapters").glob("[0-9]*.ipynb"))
    lines = []
    for file in [book / "index.ipynb", *numbered, book / "playground.ipynb"]:
        if file.is_file():
            name = file.relative_to(book).with_suffix("").as_posix()
            first = "".join(json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"])
            title = first.splitlines()[0].lstrip("# ")
            told = [", ".join(run["chapters"].get(name, ["not run"])) for run in runs]
            lines.append([f"[{title}]({name}.ipynb)", *told])
    return rows(["Notebook", *(WHICH[run["which"]] for run in runs)], lines)


def what_was_looked_up(table: dict[str, Any]) -> str:
    """Of each system and Python which NumPy and Numba one would get, and what cannot be had."""
    if "resolved" not in table:
        return "Nothing has been looked up yet."
    answers = {(row["system"], row["python"]): row for row in table["resolved"]}
    systems, pythons = (list(dict.fromkeys(key[k] for key in answers)) for k in (0, 1))
    lines, cannot = [], []
    for system in systems:
        cells = [system]
        for python in pythons:
            course, every = answers[system, python]["course"], answers[system, python]["all"]
            cells.append("no" if "no" in course else f"NumPy {course['numpy']}, Numba {course['numba']}")
            if "no" in every:
                what = "the course" if "no" in course else "what may be installed besides"
                cannot.append(f"- {system}, Python {python}, {what}: {every['no']}.")
        lines.append(cells)
    text = f"Looked up on {table['looked_up']}, and not run:\n\n"
    text += rows(["System", *(f"Python {python}" for python in pythons)], lines) + "\n\n"
    if cannot:
        return text + "\n".join(["What cannot be had, in the words of uv:", "", *cannot])
    every = "slides, files of laboratories, networks of other tools"
    return text + f"So has what may be installed besides: {every}."


def filled(text: str, book: Path) -> str:
    """The page with the table of `book` in its places."""
    table = json.loads((book / TABLE).read_text(encoding="utf-8"))
    text = text.replace("<!-- what was run -->", what_was_run(table))
    text = text.replace("<!-- which chapters -->", which_chapters(table, book))
    return text.replace("<!-- what was looked up -->", what_was_looked_up(table))


def setup(app):
    """Fill the page when it is read, and read it anew when the table has changed."""

    def fill(app, docname, source):
        if docname == PAGE:
            app.env.note_dependency(str(Path(app.srcdir) / TABLE))
            source[0] = filled(source[0], Path(app.srcdir))

    app.connect("source-read", fill)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
