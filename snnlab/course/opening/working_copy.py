"""The reader's own copy of the chapters.

What is theirs stays theirs. Four rules:

- a file that is missing is delivered, except a chapter that they had and threw away: that one comes back only
  when they open it by name;
- a chapter that is there is never written to. A newer edition arrives beside it, once;
- what the chapters link to (glossary, images) is replaced as long as they have not changed it, and arrives
  beside their own version if they have;
- which edition of each file was delivered stands as a hash in ``.snnlab/delivered.json``.

A chapter is delivered without its outputs: it asks for a guess before it shows what happens. Its
equations have numbers in the place of their labels (`numbered_equations.py`).
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from snnlab.course.errors import CommandError
from snnlab.course.opening.numbered_equations import number_equations
from snnlab.course.places import can_write

__all__ = ["OURS", "fingerprint", "read_record", "update"]

OURS = ".snnlab"  # the folder inside the copy for what the reader need not see
_SKIPPED = {"__pycache__", "_build"}


def update(copy: Path, source: Path, wanted: str | None = None, today: date | None = None) -> list[Path]:
    """Bring the working copy up to date without touching what is the reader's.

    Parameters
    ----------
    copy : Path
        The reader's folder; it is made if it is missing.
    source : Path
        The folder with the chapters of this edition.
    wanted : str, optional
        The chapter that is going to be opened: it is delivered even if the reader once threw it away.
    today : date, optional
        The date in the name of a newer edition.

    Returns
    -------
    list of Path
        The newer editions that have just arrived beside older ones.

    Raises
    ------
    CommandError
        If the folder cannot be used or its record is damaged.
    """
    _make(copy, source)
    record = read_record(copy)
    beside = []
    for name in _files(source):
        new, old = source / name, copy / name
        edition, delivered = fingerprint(new), record.get(name)
        chapter = name.endswith(".ipynb")
        if not old.exists():
            if delivered and chapter and name != wanted:
                continue
            _place(new, old, copy)
        elif edition != delivered and (present := fingerprint(old)) != edition:
            if not chapter and present == delivered:
                _place(new, old, copy)
            else:
                beside.append(_free_name(old, today or date.today()))
                _place(new, beside[-1], copy)
        record[name] = edition
    _write_record(copy, record)
    return beside


def fingerprint(file: Path) -> str:
    """A hash of a file; of a notebook only what an author writes, so that running it makes no new edition.

    The original and the copy, whose equations are numbered, have the same.
    """
    data = file.read_bytes()
    if file.suffix == ".ipynb":
        try:
            notebook = json.loads(data)
            number_equations(notebook, file.name)
            cells = notebook["cells"]
            written = [[c["cell_type"], "".join(c["source"]), c.get("attachments")] for c in cells]
            data = json.dumps(written, sort_keys=True).encode()
        except (ValueError, KeyError, TypeError):
            pass  # no notebook: its bytes will do
    return hashlib.sha256(data).hexdigest()


def _files(source: Path) -> Iterator[str]:
    """Every file of the course below `source`, as a path with forward slashes."""
    for file in sorted(source.rglob("*")):
        parts = file.relative_to(source).parts
        if file.is_file() and not any(part.startswith(".") or part in _SKIPPED for part in parts):
            yield "/".join(parts)


def _make(copy: Path, source: Path) -> None:
    if copy.exists() and not copy.is_dir():
        raise CommandError(f"{copy} is a file, not a folder: name another with --dir FOLDER")
    if copy.resolve().is_relative_to(source.resolve()):
        raise CommandError(f"{copy} holds the course itself: name a folder of your own with --dir FOLDER")
    if not can_write(copy):
        raise CommandError(f"nothing can be written to {copy}: name another folder with --dir FOLDER")
    (copy / OURS).mkdir(exist_ok=True)


def read_record(copy: Path) -> dict[str, str]:
    """The hash of each file as it was delivered; empty before the first delivery."""
    file = copy / OURS / "delivered.json"
    if not file.exists():
        return {}
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        if not all(isinstance(value, str) for value in record.values()):
            raise ValueError
    except (ValueError, AttributeError):
        raise CommandError(
            f"{file} is damaged: delete that file and try again, your chapters stay as they are"
        ) from None
    return record


def _write_record(copy: Path, record: dict[str, str]) -> None:
    part = copy / OURS / "part"
    part.write_text(json.dumps(record, indent=1, sort_keys=True), encoding="utf-8")
    part.replace(copy / OURS / "delivered.json")


def _place(new: Path, target: Path, copy: Path) -> None:
    """Copy a file so that nobody ever sees half of it, without the permissions of an installed file."""
    part = copy / OURS / "part"
    part.write_bytes(_for_reading(new))
    target.parent.mkdir(parents=True, exist_ok=True)
    part.replace(target)


def _for_reading(file: Path) -> bytes:
    """What is in the file; of a notebook as if nobody had run it yet, with numbered equations."""
    data = file.read_bytes()
    if file.suffix != ".ipynb":
        return data
    try:
        notebook = json.loads(data)
        run = [cell for cell in notebook["cells"] if cell.get("outputs") or cell.get("execution_count")]
        for cell in run:
            cell.update(outputs=[], execution_count=None)
        changed = number_equations(notebook, file.name) or bool(run)
    except (ValueError, KeyError, TypeError, AttributeError):
        return data  # no notebook
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode() + b"\n" if changed else data


def _free_name(old: Path, today: date) -> Path:
    """A name beside `old` that is not taken: ``02_x (edition 2026-11-25).ipynb``."""
    count = 1
    while True:
        more = f", {count}" if count > 1 else ""
        name = old.with_name(f"{old.stem} (edition {today.isoformat()}{more}){old.suffix}")
        if not name.exists():
            return name
        count += 1
