"""Who imports what in the tree, read from the sources: nothing is run."""

import ast
import functools
import json
from pathlib import Path
from typing import NamedTuple

__all__ = [
    "Import", "code_of", "folder_of", "imports", "modules", "private_across_folders", "readers", "tree_of",
]  # fmt: skip

PACKAGES = {"snnlab": "snnlab", "snnlab_widgets": "widgets/snnlab_widgets"}


class Import(NamedTuple):
    """One name that one file takes from one of our modules."""

    file: Path
    module: str
    name: str
    """Empty if it takes the module itself."""
    line: int


def modules(root: Path) -> dict[str, Path]:
    """The modules of both packages by their full names, with their files."""
    found = {}
    for package, place in PACKAGES.items():
        for file in sorted((root / place).rglob("*.py")):
            parts = file.relative_to(root / place).with_suffix("").parts
            parts = parts[:-1] if parts[-1] == "__init__" else parts
            found[".".join((package, *parts))] = file
    return found


def readers(root: Path) -> list[Path]:
    """Every file that may import one of our modules: packages, tests, notebooks, what builds the book."""
    folders = [root / name for name in ("snnlab", "widgets", "tests", "book")]
    return sorted(
        file
        for folder in folders
        for kind in ("*.py", "*.ipynb")
        for file in folder.rglob(kind)
        if not any(part.startswith((".", "_build")) for part in file.relative_to(root).parts)
    )


def code_of(file: Path) -> str:
    """The Python of a module, or of all code cells of a notebook."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@functools.cache
def tree_of(file: Path) -> ast.Module:
    """What `code_of` says, parsed once."""
    return ast.parse(code_of(file))


def imports(file: Path, ours: dict[str, Path]) -> list[Import]:
    """What `file` takes from the modules `ours`, wherever in it.

    That is what an ``import`` names, and what is asked of a module by a dot: ``lif.step`` is the name
    ``step`` of `snnlab.neurons.models.lif`.
    """
    found, bound = [], {}
    tree = tree_of(file)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ours:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in ours:
                    bound[alias.asname or alias.name] = full
                    found.append(Import(file, full, "", node.lineno))
                else:
                    found.append(Import(file, node.module, alias.name, node.lineno))
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in ours:
                    bound[alias.asname or alias.name] = alias.name
                    found.append(Import(file, alias.name, "", node.lineno))
    for node in ast.walk(tree):
        module = bound.get(ast.unparse(node.value)) if isinstance(node, ast.Attribute) else None
        if module and f"{module}.{node.attr}" not in ours:
            found.append(Import(file, module, node.attr, node.lineno))
    return found


def folder_of(file: Path, root: Path) -> str:
    """The folder that a file belongs to; that of a test is the one that it mirrors.

    ``tests/neurons/models/test_lif.py`` belongs to ``snnlab/neurons``, and ``tests/classroom`` to
    ``snnlab/course/classroom``.
    """
    folder = file.parent.relative_to(root)
    if folder.parts[0] != "tests":
        return folder.as_posix()
    topic = "/".join(folder.parts[1:])
    mirrored = {"widgets": "widgets/snnlab_widgets", "classroom": "snnlab/course/classroom", "": "snnlab"}
    own = mirrored.get(topic, f"snnlab/{topic}")
    return own if (root / own).is_dir() else folder.as_posix()


def private_across_folders(root: Path) -> list[Import]:
    """The names with an underscore, of modules too, that a file takes from another folder than its own."""
    ours = modules(root)
    found = []
    for file in readers(root):
        own = folder_of(file, root)
        for taken in imports(file, ours):
            private = [part for part in (*taken.module.split("."), taken.name) if _is_private(part)]
            if private and not _same_folder(own, folder_of(ours[taken.module], root), file):
                found.append(taken)
    return found


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _same_folder(own: str, theirs: str, file: Path) -> bool:
    """A test of the classroom may look into every one of its rooms."""
    return own == theirs or (file.name.startswith("test_") and theirs.startswith(f"{own}/"))
