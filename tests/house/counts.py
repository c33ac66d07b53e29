"""Sizes: kernels in the widgets, public names, lines of code of each folder."""

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import NamedTuple

from house.imports import code_of, modules, readers, tree_of

__all__ = ["CompiledFunction", "Names", "code_lines", "kernels", "lines_by_folder", "public_names"]

SCIENCES = ("neurons", "coding", "learning", "loihi", "data")


class CompiledFunction(NamedTuple):
    """A compiled function."""

    module: str
    name: str
    parameters: int
    lines: int
    """From ``def`` to the end."""


class Names(NamedTuple):
    """The names that the sciences offer in the ``__all__`` of their folders."""

    offered: set[str]
    in_chapters: set[str]
    """Those that a code cell of a notebook names."""
    unused: set[str]
    """Those that nothing names but the module in which they stand, the folder's list, and tests."""


def kernels(root: Path, package: str = "snnlab_widgets") -> list[CompiledFunction]:
    """The compiled functions that a package defines."""
    marks = {"kernel", "inlined_kernel", "parallel_kernel", "uncounted_kernel"}
    return [
        CompiledFunction(name, node.name, len(node.args.args), (node.end_lineno or 0) - node.lineno + 1)
        for name, file in modules(root).items()
        if name.startswith(package)
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef) and {ast.unparse(mark) for mark in node.decorator_list} & marks
    ]


def public_names(root: Path) -> Names:
    """What the sciences offer, and who takes it."""
    offered: dict[str, list[Path]] = {}
    for science in SCIENCES:
        folder = root / "snnlab" / science
        for name in _listed(folder / "__init__.py"):
            homes = [file for file in folder.rglob("*.py") if name in _listed(file)]
            offered.setdefault(name, []).extend(homes)
    words = {file: set(re.findall(r"\w+", code_of(file))) for file in readers(root)}
    chapters = set().union(*(found for file, found in words.items() if file.suffix == ".ipynb"))
    used = {
        name
        for name, homes in offered.items()
        for file, found in words.items()
        if name in found and file not in homes and "tests" not in file.relative_to(root).parts
    }
    return Names(set(offered), offered.keys() & chapters, offered.keys() - used)


def _listed(file: Path) -> list[str]:
    for node in tree_of(file).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]:
            return ast.literal_eval(node.value)
    return []


def code_lines(text: str) -> int:
    r"""Lines with code: no empty ones, no comments, no docstrings.

    >>> code_lines("'One.'\n\nx = 1  # a number\n# a comment\n")
    1
    """
    doc = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    nothing = {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    }
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in nothing:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines - doc)


def lines_by_folder(root: Path) -> dict[str, int]:
    """Lines of code of each folder of both packages, what stands below it included."""
    found: dict[str, int] = {}
    for file in modules(root).values():
        count = code_lines(file.read_text(encoding="utf-8"))
        for folder in file.relative_to(root).parents:
            if folder != Path():
                found[folder.as_posix()] = found.get(folder.as_posix(), 0) + count
    return dict(sorted(found.items()))
