"""A drawn fault: read from `faults.json`, found by its lines, made in a copy of the project."""

import json
from pathlib import Path
from typing import Any

__all__ = ["FILE", "FOLDERS", "load", "make", "name_of", "place_of", "sources"]

FILE = Path(__file__).with_name("faults.json")
FOLDERS = ("snnlab", "widgets", "book/_ext")  # where the programs of the course are


def load(file: Path = FILE) -> list[dict[str, Any]]:
    """The faults, those that change nothing included."""
    return json.loads(file.read_text(encoding="utf-8"))["faults"]


def name_of(fault: dict[str, Any]) -> str:
    """A name by which its result is kept: it stays the same when others are drawn."""
    return "\n".join([fault["file"], *fault["old"], *fault["new"]])


def sources(project: Path) -> dict[str, str]:
    """The text of every program of the course, by its path."""
    files = [
        file
        for folder in FOLDERS
        for kind in ("*.py", "*.js")
        for file in (project / folder).rglob(kind)
        if ".ipynb_checkpoints" not in file.parts
    ]
    return {file.relative_to(project).as_posix(): file.read_text(encoding="utf-8") for file in sorted(files)}


def place_of(fault: dict[str, Any], texts: dict[str, str]) -> tuple[str, int]:
    """The file and the line of a fault's lines: in its own file, or wherever they have moved to.

    Raises
    ------
    LookupError
        If they are gone, or stand in more than one place.
    """
    old, file = "\n".join(fault["old"]), fault["file"]
    places = (
        [file] if texts.get(file, "").count(old) == 1 else [n for n, text in texts.items() if old in text]
    )
    if len(places) != 1 or texts[places[0]].count(old) != 1:
        where = f"in {', '.join(places)}" if places else "nowhere"
        raise LookupError(
            f"the lines of a fault in {file} must stand in one place, and stand {where} (if they only read "
            f"differently now, let faults.json say how, with the same fault in them):\n{old}"
        )
    return places[0], texts[places[0]][: texts[places[0]].index(old)].count("\n") + 1


def make(fault: dict[str, Any], project: Path) -> tuple[str, int]:
    """Make the fault in the files of `project`; where it was made."""
    name, line = place_of(fault, sources(project))
    text = (project / name).read_text(encoding="utf-8")
    wrong = text.replace("\n".join(fault["old"]), "\n".join(fault["new"]))
    (project / name).write_text(wrong, encoding="utf-8", newline="\n")
    return name, line
