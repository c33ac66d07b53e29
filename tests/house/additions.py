"""Which lists have to be told of a thing that is added, beside the files that are the thing."""

import json
import re
from collections.abc import Callable
from pathlib import Path

__all__ = ["KINDS", "lists_told"]


def _panel(file: Path, text: str) -> list[str]:
    return re.findall(r"^def (\w+_panel)\(", text, re.M)


def _model(file: Path, text: str) -> list[str]:
    return re.findall(r"^def (simulate_\w+)\(", text, re.M)


def _exercise(file: Path, text: str) -> list[str]:
    return [] if file.name == "__init__.py" else [f"{file.parent.name}.{file.stem}"]


def _goal(file: Path, text: str) -> list[str]:
    return re.findall(r"^def (\w+)\([^)]*\) -> Panel:", text, re.M)


def _chapter(file: Path, text: str) -> list[str]:
    return [file.stem] if re.match(r"\d\d_", file.name) else []


KINDS: dict[str, tuple[str, Callable[[Path, str], list[str]]]] = {
    "panel": ("widgets/snnlab_widgets/chapters/*/*.py", _panel),
    "goal": ("widgets/snnlab_widgets/chapters/*/goals*.py", _goal),
    "exercise": ("snnlab/course/exercises/chapter*/*.py", _exercise),
    "model": ("snnlab/neurons/models/*.py", _model),
    "chapter": ("book/chapters/*.ipynb", _chapter),
}
"""Where the things of each kind stand, and by which words of a file one is known."""


def lists_told(root: Path, kind: str) -> dict[str, list[str]]:
    """For each file of a kind, the lists that name what is in it.

    A list is an ``__init__.py``, the registry of the panels, a table of contents or a page beside
    the chapters. What merely uses a thing (a chapter, the code of a page, another module, a test) is no
    part of adding it, and nobody has to tell what a script writes.
    """
    lists = {file: _written_by_hand(file) for file in _lists(root)}
    pattern, words_of = KINDS[kind]
    found = {}
    for file in sorted(root.glob(pattern)):
        words = words_of(file, file.read_text(encoding="utf-8"))
        if words and file not in lists:
            named = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
            told = [
                other.relative_to(root).as_posix()
                for other, text in lists.items()
                if named.search(text) and _may_know(other, file, root)
            ]
            found[file.relative_to(root).as_posix()] = told
    return found


def _may_know(other: Path, file: Path, root: Path) -> bool:
    """Whether a list can mean what stands in `file`: the science has things of its own with a goal's name."""
    floors = [path.relative_to(root).parts[0] for path in (other, file)]
    return floors != ["snnlab", "widgets"]


def _written_by_hand(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
        text = "\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"^[^\n]*made by \S+, from here.*?to here", "", text, flags=re.M | re.S)


def _lists(root: Path) -> list[Path]:
    packages = [root / "snnlab", root / "widgets"]
    found = [
        file for folder in packages for name in ("__init__.py", "registry.py") for file in folder.rglob(name)
    ]
    found += [
        *root.glob("README.md"),
        *(root / "book").glob("*.*"),
        *(root / "book" / "chapters").glob("*.md"),
    ]
    return sorted(file for file in found if file.suffix in (".py", ".md", ".yml", ".ipynb"))
