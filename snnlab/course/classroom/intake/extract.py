"""What a student handed in: from a file that may be anything to cells, texts and numbers.

Nothing is run here and nothing is compiled. What cannot be read raises `Unreadable` with a sentence; what is
odd but can be marked (a deleted cell, a copied one, lost metadata) is marked, and said in a note.

So cells are taken from the JSON itself. nbformat, which makes the notebooks that are handed out, trusts what
it reads: one damaged cell stops its upgrade of an old format, a heading of level 10⁹ fills the memory there,
and what is invalid it prints. On sound notebooks of format 3 a test compares the two.
"""

import contextlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from snnlab.course.classroom.parts import ClassExercise
from snnlab.course.classroom.sandbox.running import Source

__all__ = ["Submission", "Unreadable", "defines", "read_submission", "values_of"]

MOST_BYTES = 25 * 2**20  # a notebook with every picture of a chapter has 2 MB
MOST_CODE = 2**20
MOST_CELLS = 2000
MOST_VALUES = 1_000_000  # of JSON; an empty list, two bytes of a file, takes 72 in memory
_PIECE = 2**16


class Unreadable(Exception):
    """The file cannot be marked; the message says why, in a sentence."""


class Submission(NamedTuple):
    """What a file holds."""

    sources: tuple[Source, ...]
    """The code cells in their order."""
    texts: dict[str, str]
    """Of the exercises that a person reads."""
    numbers: dict[str, Any]
    """Of a page's answers: a number or a list of numbers, as JSON has them."""
    notes: tuple[str, ...]
    """What was odd, a sentence each."""
    part: str | None
    edition: str | None
    student: str | None
    token: str | None
    page: bool
    """Whether it is the file of a page, whose functions stand alone, without the cells around them."""
    others: tuple[tuple[str, bool], ...] = ()
    """Of a notebook: the cells that are no place for an answer, each with whether it holds code."""


def read_submission(file: Path, exercises: Sequence[ClassExercise]) -> Submission:
    """Read a notebook or a page's answers, whichever `file` is.

    Parameters
    ----------
    file : Path
        Handed in by a student.
    exercises : sequence of ClassExercise
        Of the part.

    Raises
    ------
    Unreadable
        If it is neither.
    """
    content = _load(file)
    if isinstance(content.get("answers"), dict) and "cells" not in content:
        return _answers(content, exercises)
    return _notebook(content, exercises)


def _load(file: Path) -> dict:
    try:
        if file.is_symlink() or not file.is_file():
            raise Unreadable("The submission is no file.")
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise Unreadable(
                f"The file has {size / 2**20:.0f} MB, and {MOST_BYTES // 2**20} MB are allowed. "
                "Clear the outputs and save it again."
            )
        data = _as_utf8(file.read_bytes())
        if values_of(data) > MOST_VALUES:
            raise Unreadable(
                f"The file holds more than {MOST_VALUES} values, and a notebook has no need of them. "
                "Clear the outputs and save it again."
            )
    except OSError as error:
        raise Unreadable(f"The file cannot be opened ({error.strerror}).") from None
    text = data.decode("utf-8-sig")
    if not text.strip():
        raise Unreadable("The file is empty.")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("The file is no notebook: it is not JSON, or was cut off.") from None
    if not isinstance(content, dict):
        raise Unreadable("The file is no notebook: its JSON is not an object.")
    return content


def _as_utf8(data: bytes) -> bytes:
    """The text of a file in UTF-8, in whichever encoding an editor has saved it.

    A text of JSON begins with ASCII and holds no zero, so zeros at its beginning tell UTF-16 and UTF-32. What
    is none of these, and begins as a notebook does, is from a Windows that writes letters as of old.
    """
    if 0 not in data[:4]:
        with contextlib.suppress(UnicodeDecodeError):
            data.decode("utf-8")
            return data
    encoding = json.detect_encoding(data)
    text = data.decode("cp1252" if encoding.startswith("utf-8") else encoding, errors="replace")
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        raise Unreadable("The file is no notebook: it is not text.")
    return text.encode("utf-8")


def values_of(data: bytes, most: int = MOST_VALUES) -> int:
    r"""How many values a text of JSON holds at most, counted before any of them takes memory.

    Whatever becomes an object of its own follows a comma, a colon or an opening bracket outside of strings.
    Once there are more than `most`, nobody counts on.

    Examples
    --------
    >>> values_of(rb'{"a": [1, "x, [y\"", []]}')
    7
    """
    values, inside = 1, 0
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    for start in range(0, len(data), _PIECE):
        pieces = data[start : start + _PIECE].split(b'"')
        outside = b"".join(pieces[inside::2])
        values += sum(map(outside.count, (b",", b":", b"[", b"{")))
        inside ^= 1 - len(pieces) % 2
        if values > most:
            break
    return values


def _own_words(own: Any) -> list[str | None]:
    """Part, edition, student and token, as far as the file tells them."""
    found = [
        own.get(name) if isinstance(own, dict) else None for name in ("part", "edition", "student", "token")
    ]
    return [word[:200] if isinstance(word, str) else None for word in found]


# --- a page's answers ---


def _answers(content: dict, exercises: Iterable[ClassExercise]) -> Submission:
    sources: list[Source] = []
    notes: list[str] = []
    texts: dict[str, str] = {}
    numbers: dict[str, Any] = {}
    for exercise in exercises:
        given = content["answers"].get(exercise.grade_id)
        if exercise.kind == "number":
            if given is not None:
                numbers[exercise.grade_id] = given
        elif isinstance(given, str):
            if exercise.manual:
                texts[exercise.grade_id] = given
            else:
                sources.append(Source(given[:MOST_CODE], exercise.grade_id))
        elif given is not None:
            notes.append(f"The answer to {exercise.grade_id} is no text.")
    part, edition, student, token = _own_words(content)
    return Submission(tuple(sources), texts, numbers, tuple(notes), part, edition, student, token, True)


# --- a notebook ---


class _Cell(NamedTuple):
    text: str
    code: bool
    grade_id: str
    test: bool
    """Whether it only looks at answers: marking does that itself."""


def _notebook(content: dict, exercises: Sequence[ClassExercise]) -> Submission:
    cells, notes = _cells(content)
    known = {exercise.grade_id: exercise for exercise in exercises}
    copies = Counter(cell.grade_id for cell in cells if cell.grade_id in known)
    notes += [f"The cell of {name} is there {n} times." for name, n in copies.items() if n > 1]
    found = _restored(cells, [exercise for exercise in exercises if not copies[exercise.grade_id]])
    for name in known:
        if not copies[name]:
            where = "another cell defines its name" if name in found.values() else "none takes its place"
            notes.append(f"The cell of {name} is missing or has lost its mark: {where}.")
    sources: list[Source] = []
    texts: dict[str, str] = {}
    others: list[tuple[str, bool]] = []
    for k, cell in enumerate(cells):
        name = found.get(k, cell.grade_id)
        if name in known and known[name].manual:
            texts[name] = "\n\n".join(filter(None, [texts.get(name, ""), cell.text]))
            continue
        if cell.text.strip() and not (cell.code and name in known):
            others.append((cell.text, cell.code))
        if cell.code and not cell.test and cell.text.strip():
            sources.append(Source(cell.text, name if name in known else ""))
    metadata = content.get("metadata")
    own = metadata.get("snnlab") if isinstance(metadata, dict) else None
    part, edition, student, token = _own_words(own)
    return Submission(
        tuple(sources),
        texts,
        {},
        tuple(notes),
        part,
        edition,
        student,
        token,
        page=False,
        others=tuple(others),
    )


def _cells(content: dict) -> tuple[list[_Cell], list[str]]:
    """The cells of any edition of the format, without their outputs."""
    raw, notes = content.get("cells"), []
    if raw is None and isinstance(content.get("worksheets"), list):  # format 3 and older
        notes.append("The notebook is in the old format 3.")
        sheets = [sheet for sheet in content["worksheets"] if isinstance(sheet, dict)]
        raw = [cell for sheet in sheets if isinstance(sheet.get("cells"), list) for cell in sheet["cells"]]
    if not isinstance(raw, list):
        raise Unreadable("The file is JSON, but no notebook: it has no cells.")
    if len(raw) > MOST_CELLS:
        raise Unreadable(f"The notebook has {len(raw)} cells, and {MOST_CELLS} are the most that is read.")
    cells, lost, size = [], 0, 0
    for cell in raw:
        kind = cell.get("cell_type") if isinstance(cell, dict) else None
        text = _text(cell.get("source", cell.get("input", ""))) if isinstance(cell, dict) else None
        if kind not in ("code", "markdown", "raw", "heading") or text is None:
            lost += 1
            continue
        size += len(text)
        if size > MOST_CODE:
            raise Unreadable("The cells hold more than 1 MB of text: data does not belong there.")
        cells.append(_Cell(text, kind == "code", *_marks(cell)))
    if lost:
        notes.append(
            f"{lost} cells are damaged and were left out." if lost > 1 else "A damaged cell was left out."
        )
    return cells, notes


def _text(source: Any) -> str | None:
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    return source.replace("\r\n", "\n").replace("\r", "\n") if isinstance(source, str) else None


def _marks(cell: dict) -> tuple[str, bool]:
    """The name that nbgrader's format gives a cell, and whether it is a test."""
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(own, dict) or not isinstance(own.get("grade_id"), str):
        return "", False
    return own["grade_id"], own.get("grade") is True and own.get("solution") is not True


def _restored(cells: list[_Cell], exercises: list[ClassExercise]) -> dict[int, str]:
    """For exercises whose cell is not marked: the cells that define their variable, by place."""
    found: dict[int, str] = {}
    for exercise in exercises:
        if not exercise.manual:
            for k, cell in enumerate(cells):
                if cell.code and not cell.grade_id and defines(cell.text, exercise.variable):
                    found[k] = exercise.grade_id
    return found


def defines(text: str, variable: str) -> bool:
    r"""Whether a cell gives this name a value, not only within a function or a loop.

    Examples
    --------
    >>> defines("x = 1\nfirst: float = 3", "first"), defines("first == 3", "first")
    (True, False)
    """
    name = re.escape(variable)
    found = re.search(rf"^(?:(?:async )?def {name}\b|{name} *(?::[^=\n]*)?=(?!=))", text, re.MULTILINE)
    return found is not None
