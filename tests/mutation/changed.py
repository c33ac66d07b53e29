"""Which models have to meet their mutants again: those that differ from a commit at which all of them did.

`.ci/mutation-base` names that commit. A model's mutants are made of its module and killed by the tests of the
module, which run what the module imports: where none of these files differs, neither does the outcome.
"""

import ast
import functools
import re
import subprocess
from pathlib import Path

__all__ = ["changed_files", "depends_on", "has_changed"]

# What makes the mutants and runs the tests; any other file here only chooses, or reports.
MACHINERY = {f"tests/mutation/{name}.py" for name in ("again", "mutants", "trial")}


def changed_files(project: Path) -> set[str] | None:
    """The files that differ from the commit, on the disk; None if that cannot be known.

    A renamed file counts with both of its names, and one that git has not seen yet counts, too. It cannot be
    known without git, outside of a repository, or where the history does not reach back to the commit.
    """
    try:
        base = (project / ".ci" / "mutation-base").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    if not re.fullmatch("[0-9a-f]{40}", base):
        return None
    found: set[str] = set()
    for words in (
        ["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--"],
        ["ls-files", "--others", "--exclude-standard", "-z"],
    ):
        try:
            done = subprocess.run(["git", "-C", str(project), *words], capture_output=True, encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        if done.returncode:
            return None
        found |= set(done.stdout.split("\0")) - {""}
    return found


def depends_on(module: Path, project: Path) -> set[str]:
    """The files of the package that `module` imports, itself, and what these import."""
    found: set[str] = set()
    left = [module]
    while left:
        file = left.pop()
        name = file.relative_to(project).as_posix()
        if name not in found:
            found.add(name)
            left += _imported(file, project)
    return found


def _imported(file: Path, project: Path) -> list[Path]:
    """The files of the package that one file imports: of a package that is named alone, its `__init__.py`.

    What is imported for the type checker alone does not run: `snnlab/__init__.py` names all parts so.
    """
    package = file.relative_to(project).parts[0]
    names = _names(file.read_text(encoding="utf-8"))
    places = (project.joinpath(*name.split(".")) for name in names if name.split(".")[0] == package)
    files = (option for place in places for option in (place.with_suffix(".py"), place / "__init__.py"))
    return [option for option in files if option.is_file()]


@functools.cache  # by what it says: most files are imported by many models
def _names(source: str) -> frozenset[str]:
    """The names of modules, and of what may be one, that the source of a module imports."""
    names: set[str] = set()
    left: list[ast.AST] = [ast.parse(source)]
    while left:
        node = left.pop()
        for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        below = node.orelse if for_types else ast.iter_child_nodes(node)
        left += (child for child in below if not isinstance(child, ast.expr))  # which imports nothing
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def has_changed(module: Path, tests: Path, project: Path, changed: set[str] | None) -> bool:
    """Whether a model's mutants have to be tried: its files differ, or those of the mutation check."""
    if changed is None:
        return True
    needed = depends_on(module, project) | {tests.relative_to(project).as_posix()} | MACHINERY
    return not changed.isdisjoint(needed)
