"""Which chapters and which panels use a name of the library, read from what they import."""

import ast
import inspect
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import snnlab_widgets


class Uses(NamedTuple):
    """Where a name or a module is used."""

    chapters: list[str]
    """Pages, such as ``chapters/02_leaky_integrate_and_fire``."""
    panels: list[str]
    """Names, such as ``lif_panel``."""


def imported(source: str) -> set[tuple[str, str]]:
    """Return what a program imports from the library, as (module, name)."""
    tree = ast.parse(source)
    found = {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    # `plots.trace(…)` after `from snnlab import plots`, and `snnlab.spread(…)`
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            *owner, name = ast.unparse(node).split(".")
            owner = ".".join(owner)
            found |= {(owner, name)} if owner.startswith("snnlab") else {(f"snnlab.{owner}", name)}
    return {(module, name) for module, name in found if module.split(".")[0] in ("snnlab", "snnlab_widgets")}


def chapters_that_import(book: Path, pages: list[str]) -> dict[tuple[str, str], list[str]]:
    """Return for each (module, name) the pages that import it, in their order."""
    users = defaultdict(list)
    for page in pages:
        file = book / f"{page}.ipynb"
        if file.is_file() and re.search(r"(^|/)\d\d[a-z]?_", page):
            cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
            code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
            plain = "\n".join(re.sub(r"^\s*[%!].*$", "", cell, flags=re.MULTILINE) for cell in code)
            for key in imported(plain):
                users[key].append(page)
    return users


def panels_that_import() -> dict[tuple[str, str], list[str]]:
    """Return for each (module, name) the panels whose file imports it."""
    users = defaultdict(list)
    for name in sorted(name for name in snnlab_widgets.__all__ if name.endswith("_panel")):
        file = Path(inspect.getfile(getattr(snnlab_widgets, name)))
        for key in imported(file.read_text(encoding="utf-8")):
            users[key].append(name)
    return users
