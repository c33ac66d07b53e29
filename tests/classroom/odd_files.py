"""Odd files that students hand in: renamed, packed, saved by other programs, and cells that are not as given.

Each makes of a right notebook of the toy part what was handed in: files, each with a name and its bytes.
With it stands what comes of it: the machine's points, of 7 in all, and words that somebody is told.
"""

import copy
import io
import json
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from classroom.toy_class import RIGHT, filled

__all__ = ["ODD", "Odd"]

Files = list[tuple[str, bytes]]


class Odd(NamedTuple):
    """One way to hand in something odd."""

    what: str
    files: Callable[[dict, dict], Files]
    """Of the notebook as it was given, and of what the file of a page says of its student."""
    points: float | None = 7.0
    """Of the machine; None if no file of theirs can be marked."""
    told: str = ""
    """Of an exercise that is not right, or of the file, "" if there is nothing to tell."""
    reads: tuple[str, ...] = ("essay",)
    """The exercises that a person is asked to look at."""


def dumped(notebook: dict, **more) -> bytes:
    return json.dumps(notebook, ensure_ascii=False, **more).encode("utf-8")


def right(given: dict, **changed: str) -> dict:
    return filled(given, {**RIGHT, **changed})


def named(name: str) -> Callable[[dict, dict], Files]:
    return lambda given, _: [(name, dumped(right(given)))]


def cells(**changed: str) -> Callable[[dict, dict], Files]:
    return lambda given, _: [("toy.ipynb", dumped(right(given, **changed)))]


def changed(change: Callable[[dict], object], **answers: str) -> Callable[[dict, dict], Files]:
    """The right notebook after something was done to it."""

    def files(given: dict, _: dict) -> Files:
        notebook = copy.deepcopy(right(given, **answers))
        change(notebook)
        return [("toy.ipynb", dumped(notebook))]

    return files


def encoded(encoding: str, **answers: str) -> Callable[[dict, dict], Files]:
    return lambda given, _: [("toy.ipynb", dumped(right(given, **answers)).decode("utf-8").encode(encoding))]


def zipped(members: Files) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, data in members:
            opened.writestr(name, data)
    return file.getvalue()


def packed(name: str, *inside: str, times: int = 1) -> Callable[[dict, dict], Files]:
    """A zip with the notebook under these names, or a zip with that zip."""

    def files(given: dict, _: dict) -> Files:
        data = zipped([(one, dumped(right(given)) if "._" not in one else b"x") for one in inside])
        for _time in range(times - 1):
            data = zipped([("inner.zip", data)])
        return [(name, data)]

    return files


def paged(**answers: object) -> Callable[[dict, dict], Files]:
    """The file of a page with these answers, the others right."""

    def files(given: dict, own: dict) -> Files:
        a, b = (own["numbers"][name] for name in "ab")
        said = {
            "first": 2 * a,
            "last": [b, b + 1],
            "middle": RIGHT["middle"],
            "essay": RIGHT["essay"],
            **answers,
        }
        return [("toy.json", json.dumps({"snnlab": 1, **own["says"], "answers": said}).encode("utf-8"))]

    return files


# --- what is done to a notebook ---


def cell_of(notebook: dict, name: str) -> dict:
    return next(cell for cell in notebook["cells"] if cell["metadata"]["nbgrader"]["grade_id"] == name)


def without(name: str) -> Callable[[dict], object]:
    return lambda notebook: notebook["cells"].remove(cell_of(notebook, name))


def by_colab(notebook: dict) -> None:
    """Names of its own for the cells, and nothing of what it does not know."""
    for k, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"id": f"xY{k}_zQ", **({"colab": {"base_uri": "x"}} if k == 3 else {})}
        cell.pop("id")
    notebook |= {"nbformat": 4, "nbformat_minor": 0}
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}}


def by_vs_code(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n").splitlines(keepends=True)
    notebook["metadata"]["kernelspec"] = {"display_name": ".venv", "name": "python3"}


def by_an_old_jupyter(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell.pop("id")
    notebook |= {"nbformat": 4, "nbformat_minor": 1}


def by_ipython_3(notebook: dict) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": notebook.pop("cells")}]}


def one_id(notebook: dict) -> None:
    for cell in notebook["cells"]:
        cell["id"] = "first"


def a_first_try(notebook: dict) -> None:
    first = cell_of(notebook, "first")
    at = notebook["cells"].index(first)
    notebook["cells"].insert(at, {**copy.deepcopy(first), "source": "first = 1"})


def as_markdown(notebook: dict) -> None:
    cell_of(notebook, "first")["cell_type"] = "markdown"


def own_cell(text: str, at: int | None = None) -> Callable[[dict], object]:
    cell = {"cell_type": "code", "id": "own", "metadata": {}, "source": text}
    return lambda notebook: notebook["cells"].insert(len(notebook["cells"]) if at is None else at, cell)


STUBS = {"first": "first = ...", "middle": "def scaled(x, y):\n    return ...", "last": "last = ..."}
ALL_OF_THEM = "\n".join(RIGHT[name] for name in STUBS)
COLAB = "!pip install snnlab\nfrom google.colab import drive"

ODD = (
    Odd("renamed", named("Hausaufgabe final FINAL (2).ipynb")),
    Odd("renamed by a browser", named("toy.ipynb.txt")),
    Odd("called as the file of a page", named("toy.json")),
    Odd("in a folder of their own", named("Abgabe/Teil 1/toy.ipynb")),
    Odd(
        "twice the same",
        lambda given, _: [(name, dumped(right(given))) for name in ("toy.ipynb", "toy-1.ipynb")],
    ),
    Odd("a zip", packed("work.zip", "toy.ipynb")),
    Odd("a zip of a Mac", packed("toy.zip", "toy/toy.ipynb", "__MACOSX/toy/._toy.ipynb")),
    Odd("a zip that is called a notebook", packed("toy.ipynb", "toy.ipynb")),
    Odd("a zip in a zip", packed("work.zip", "toy.ipynb", times=2), None, "is an archive that stays closed"),
    Odd(
        "half a zip",
        lambda given, _: [("work.zip", zipped([("toy.ipynb", dumped(given))])[:300])],
        None,
        "a damaged ZIP",
    ),
    Odd("another archive", lambda *_: [("work.rar", b"Rar!")], None, "is an archive that stays closed"),
    Odd("UTF-16", encoded("utf-16")),
    Odd("UTF-16 without a mark", encoded("utf-16-le")),
    Odd("UTF-8 with a mark", encoded("utf-8-sig")),
    Odd("Windows-1252", encoded("cp1252", essay="Weil sie überall leckt.")),
    Odd("Colab", changed(by_colab)),
    Odd("VS Code", changed(by_vs_code)),
    Odd("format 4.1", changed(by_an_old_jupyter)),
    Odd("format 3", changed(by_ipython_3)),
    Odd("a cell of Colab", changed(own_cell(COLAB, 2))),
    Odd("a cell deleted", changed(without("last")), 5.0, "Its cell is not in the notebook"),
    Odd("the text's cell deleted", changed(without("essay")), 7.0, "The cell for this text is missing."),
    Odd("ids doubled", changed(one_id)),
    Odd("a cell doubled", changed(a_first_try)),
    Odd(
        "a cell of text for one of code", changed(as_markdown), 5.0, "may be your answer", ("essay", "first")
    ),
    Odd("all in one cell at the end", changed(own_cell(ALL_OF_THEM), **STUBS)),
    Odd(
        "all in one cell at the beginning",
        changed(own_cell(ALL_OF_THEM, 1), **STUBS),
        0.0,
        "may be your answer",
        ("essay", *STUBS),
    ),
    Odd("in the cell of a later one", cells(first=STUBS["first"], last=f"{RIGHT['first']}\n{RIGHT['last']}")),
    Odd(
        "in the cell of an earlier one",
        cells(first=f"{RIGHT['first']}\n{RIGHT['last']}", last=STUBS["last"]),
        5.0,
        "may be your answer",
        ("essay", "last"),
    ),
    Odd("a magic", cells(first=f"%%time\n{RIGHT['first']}")),
    Odd("NaN", cells(first='first = float("nan")'), 5.0, "This is NaN"),
    Odd("nan", cells(first="first = nan"), 5.0, "stops in the line `first = nan` with NameError."),
    Odd("1,5", cells(first="first = 1,5"), 5.0, "Is there a decimal comma?"),
    Odd("5 mV", cells(first="first = 5 mV"), 5.0, "stops in the line `first = 5 mV` with SyntaxError."),
    Odd("5 mV in quotes", cells(first='first = "5 mV"'), 5.0, "Your answer is text: leave the quotes out."),
    Odd("a minus of a text", cells(first="first = \N{MINUS SIGN}5"), 5.0, "with SyntaxError."),
    Odd("a page with NaN", paged(first=float("nan")), 5.0, "This is NaN"),
    Odd("a page with 1,5", paged(first="1,5"), 5.0, "Your answer is text"),
    Odd("a notebook as a program", lambda *_: [("toy.py", b"first = 3")], None, "is no notebook"),
    Odd(
        "marks of a conflict",
        lambda given, _: [("toy.ipynb", b"<<<<<<< HEAD\n" + dumped(given))],
        0.0,
        "it is not JSON, or was cut off",
        (),
    ),
)
"""Of those whose points are 0 as a whole the texts are not read either."""
