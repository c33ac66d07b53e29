"""Read the definitions of a part from ``book/exercises`` of the repository.

A part is a folder: ``part.py`` with ``TITLE``, ``INTRODUCTION``, ``SETUP`` and ``ORDER``, and a file with an
``EXERCISE`` for each name in ``ORDER``. Several names in brackets are one exercise, of which each student
gets the question of one of these files.
"""

import functools
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from snnlab import __version__
from snnlab.course.classroom.judging_files import hash_of, judging_files, plain_bytes
from snnlab.course.classroom.parts import ClassExercise, Part, pool
from snnlab.course.errors import CommandError
from snnlab.course.places import repository

__all__ = ["exercises_folder", "find_part", "part_names"]

_HEAD = ("TITLE", "INTRODUCTION", "SETUP", "ORDER")


def exercises_folder() -> Path:
    """The folder with the parts.

    Raises
    ------
    CommandError
        If the package was installed from a wheel, which carries no solutions.
    """
    root = repository()
    folder = root / "book" / "exercises" if root else None
    if folder is None or not folder.is_dir():
        raise CommandError(
            "the exercises for a class are not in the installed package, so that students do not get the "
            "solutions: clone the repository of the course, install that, and run this command again"
        )
    return folder


def part_names() -> list[str]:
    """The names of the parts that there are.

    Examples
    --------
    >>> "part1" in part_names()
    True
    """
    return sorted(file.parent.name for file in exercises_folder().glob("*/part.py"))


def find_part(name: str) -> Part:
    """The part `name`, read from the repository around the package.

    Parameters
    ----------
    name : str
        "part1", or only "1".

    Raises
    ------
    CommandError
        If there is no such part, or if the package was installed without its repository.
    """
    names, wanted = part_names(), f"part{name}" if name.isdecimal() else name
    if wanted not in names:
        raise CommandError(f'there is no part "{name}", only {", ".join(names)}')
    return _read(exercises_folder() / wanted)


@functools.cache
def _read(folder: Path) -> Part:
    head = _load(folder / "part.py")
    if missing := [name for name in _HEAD if not hasattr(head, name)]:
        raise CommandError(f"{folder / 'part.py'} does not define {missing[0]}: see it in another part")
    exercises = tuple(_one_or_pool(folder, names) for names in head.ORDER)
    if len({exercise.grade_id for exercise in exercises}) != len(exercises):
        raise CommandError(f"two exercises of {folder.name} have the same grade_id: give each its own")
    course = judging_files(folder)
    edition = edition_of(folder, course)
    return Part(folder.name, head.TITLE, head.INTRODUCTION, head.SETUP, edition, exercises, course)


def _one_or_pool(folder: Path, names: str | tuple[str, ...]) -> ClassExercise:
    if isinstance(names, str):
        return _exercise(folder / f"{names}.py")
    forms = [_exercise(folder / f"{name}.py") for name in names]
    try:
        return pool(*forms)
    except AssertionError as reason:
        raise CommandError(
            f"{', '.join(names)} of {folder.name} cannot share one exercise: {reason}"
        ) from None


def _exercise(file: Path) -> ClassExercise:
    found = getattr(_load(file), "EXERCISE", None)
    if not isinstance(found, ClassExercise):
        raise CommandError(f"{file} does not define EXERCISE, a ClassExercise: see it in another exercise")
    return found


def edition_of(folder: Path, course: dict[str, str]) -> str:
    """Version of the package, a hash of the definitions, and one of what else judges, on every system alike.

    Parameters
    ----------
    folder : Path
        With the definitions.
    course : dict
        Of `snnlab.course.classroom.judging_files.judging_files`.
    """
    files = sorted(folder.glob("*.py"))
    definitions = hash_of(file.name.encode("ascii") + b"\0" + plain_bytes(file) for file in files)
    judges = hash_of(f"{name}\0{digits}".encode() for name, digits in course.items())
    return f"{__version__}+{definitions}-{judges}"


def _load(file: Path) -> ModuleType:
    """Run a file of a part as a module; nothing in ``book`` is a package.

    Teachers correct these files, so a mistake in one is told with its line.
    """
    name = f"_snnlab_{file.parent.name}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None or not file.is_file():
        raise CommandError(f"{file} is missing: get a fresh copy of the repository")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        lines = [
            step.lineno for step in traceback.extract_tb(error.__traceback__) if step.filename == str(file)
        ]
        line = error.lineno if isinstance(error, SyntaxError) else (lines or [None])[-1]
        where = f"{file}, line {line}" if line else str(file)
        said = error.msg if isinstance(error, SyntaxError) else error
        raise CommandError(f"{where}: {type(error).__name__}, {said}: mend it and try again") from None
    return module
