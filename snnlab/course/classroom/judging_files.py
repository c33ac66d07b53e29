"""Which files of the package decide what an answer is worth, beside the definitions of its part.

A definition builds on neurons, recordings and kinds of exercises, and an answer comes through the sandbox to
the judge. If one of these files changes, the same answer may be worth something else, and no line of
``book/exercises`` tells. So the edition of a part has a hash of them: of the modules that the definitions and
the marking import, directly or through others, and of the data beside these which they name.

Imports are read here and not carried out. A name that a package only passes on is followed to the module that
it comes from: another neuron in ``snnlab/neurons`` changes nothing for a part that does not use it.
"""

import ast
import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from snnlab.course.errors import CommandError
from snnlab.course.places import PACKAGE

__all__ = ["hash_of", "judging_files", "plain_bytes"]

_MARKING = (  # the last two are started by their name
    "snnlab.course.classroom.assessment.assessing",
    "snnlab.course.classroom.sandbox.student_process",
    "snnlab.course.classroom.sandbox.entering",
)
_BINARY = (".npz",)
_NO_DATA = (".py", ".md", ".typed")
# What a student's cells import, and exercises of the book, which are found by their number.
_IMPORTED = re.compile(r"^from (snnlab[\w.]*) import ([\w, ]+)$", re.MULTILINE)
_NUMBERED = re.compile(r"""\b(?:find|exercise)\(["'](\d+)\.\d+["']""")

_Name = tuple[str, str]  # a module, and what is taken from it; "" for the module itself


def judging_files(folder: Path, package: Path = PACKAGE) -> dict[str, str]:
    """The files that judge a part, each with a hash of what is in it.

    Parameters
    ----------
    folder : Path
        With the definitions, which are not listed themselves.
    package : Path
        The folder ``snnlab``.

    Returns
    -------
    dict
        By the path from the folder around the package, the same on every system.

    Raises
    ------
    CommandError
        If one of them is no Python.
    """
    root = package.parent
    todo = [root / f"{name.replace('.', '/')}.py" for name in _MARKING]
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        names = [(module, name.strip()) for module, all in _IMPORTED.findall(text) for name in all.split(",")]
        todo += _homes(root, [*_imports(file), *names])
        for chapter in _NUMBERED.findall(text):
            todo += (package / "course" / "exercises" / f"chapter{int(chapter):02}").rglob("*.py")
    found: set[Path] = set()
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            if file.suffix == ".py":
                todo += [*_homes(root, _imports(file)), *_data(file)]
    return {
        file.relative_to(root).as_posix(): hash_of([plain_bytes(file)])
        for file in sorted(found, key=lambda file: file.relative_to(root).as_posix())
    }


def hash_of(pieces: Iterable[bytes]) -> str:
    """Ten hexadecimal digits for some bytes in their order."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece + b"\0")
    return found.hexdigest()[:10]


def plain_bytes(file: Path) -> bytes:
    """What is in a file; the lines of a text end as on Linux, whichever system has it."""
    data = file.read_bytes()
    return data if file.suffix in _BINARY else re.sub(rb"\r\n?", b"\n", data)


def _imports(file: Path) -> list[_Name]:
    """What a module imports when it is loaded or when it runs, without what is for types only."""
    names: list[_Name] = []
    todo: list[ast.AST] = [_tree(file)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            names += [(one.name, "") for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [(node.module or "", one.name) for one in node.names]
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            todo += node.orelse
        else:
            todo += ast.iter_child_nodes(node)
    return names


def _homes(root: Path, names: Iterable[_Name]) -> list[Path]:
    """The files of the package in which these names are at home."""
    found = (_home(root, *name) for name in names if name[0].partition(".")[0] == "snnlab")
    return [file for file in found if file is not None]


def _home(root: Path, module: str, name: str) -> Path | None:
    file = _module(root, module)
    if file is None or not name or file.name != "__init__.py":
        return file
    if (inner := _module(root, f"{module}.{name}")) is not None:
        return inner
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                if (one.asname or one.name) == name:
                    return _home(root, node.module, one.name)
    return file


def _module(root: Path, module: str) -> Path | None:
    place = root.joinpath(*module.split("."))
    files = (place / "__init__.py", place.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)


def _data(file: Path) -> list[Path]:
    """The data beside a module that stand in it by their name."""
    text = file.read_text(encoding="utf-8")
    beside = (
        one for one in file.parent.iterdir() if one.suffix not in (".py", ".md", ".typed") and one.is_file()
    )
    return [one for one in beside if re.search(rf"\b{re.escape(one.stem)}\b", text)]


def _tree(file: Path) -> ast.Module:
    try:
        return _parsed(file.read_bytes())
    except SyntaxError as error:
        raise CommandError(
            f"{file}, line {error.lineno}: SyntaxError, {error.msg}: mend it and try again"
        ) from None


@functools.lru_cache(2000)
def _parsed(text: bytes) -> ast.Module:
    return ast.parse(text)
