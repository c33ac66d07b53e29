"""From what a reader types (`2`, `02`, `leaky`, a file name) to a chapter."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from snnlab.course.errors import CommandError

__all__ = ["chapter_names", "find_chapter"]


def chapter_names(folder: Path) -> list[str]:
    """The file names of the chapters in `folder`, in the order of the book."""
    return sorted(file.name for file in folder.glob("*.ipynb") if not file.name.startswith("."))


def find_chapter(asked: str, names: Sequence[str], command: str = "snnlab open") -> str:
    """The one chapter of `names` that is meant by `asked`.

    Parameters
    ----------
    asked : str
        A file name with or without ``.ipynb``, a number (``4``, or ``4x`` for an excursion), or a part of the
        title.
    names : sequence of str
        File names such as ``02_leaky_integrate_and_fire.ipynb``.
    command : str, optional
        What was typed, and is offered with the nearest name.

    Returns
    -------
    str
        One of `names`.

    Raises
    ------
    CommandError
        If no chapter is meant, or more than one; the nearest names are offered.

    Examples
    --------
    >>> find_chapter("2", ["02_leaky_integrate_and_fire.ipynb", "05_poisson.ipynb"])
    '02_leaky_integrate_and_fire.ipynb'
    """
    wanted = _plain(asked)
    plain = {_plain(name): name for name in names}
    if wanted in plain:
        return plain[wanted]
    if excursion := re.fullmatch(r"(\d+)([a-z])", wanted):
        hits = [name for stem, name in plain.items() if stem.startswith(f"{excursion[1]:0>2}{excursion[2]}_")]
    elif wanted.isdecimal():
        hits = [name for stem, name in plain.items() if _number(stem) == int(wanted)]
    else:
        hits = [name for stem, name in plain.items() if wanted and wanted in stem]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise CommandError(f"{asked!r} may mean {_listed(hits)}: name one of them")
    titles = {re.sub(r"^\d+[a-z]?_", "", stem): name for stem, name in plain.items()}
    near = difflib.get_close_matches(wanted, [*plain, *titles], n=1, cutoff=0.5)
    if near:
        stem = Path({**plain, **titles}[near[0]]).stem
        raise CommandError(f"there is no chapter {asked!r}: did you mean `{command} {stem}`?")
    raise CommandError(f"there is no chapter {asked!r}: the chapters are {_listed(names)}")


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]+", "_", text.strip().casefold().removesuffix(".ipynb"))


def _number(stem: str) -> int | None:
    digits = re.match(r"\d+(?![a-z\d])", stem)  # 04x is an excursion of chapter 4
    return int(digits[0]) if digits else None


def _listed(names: Sequence[str]) -> str:
    return ", ".join(Path(name).stem for name in names)
