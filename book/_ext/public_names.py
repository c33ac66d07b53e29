"""What a reader of the library is offered: the names that each package lists in ``__all__``.

To these come what the panels' shown code imports from a module of its own, an experiment for example, and the
types of all of them.
"""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, get_args

import snnlab_widgets

PACKAGES = (
    "snnlab", "snnlab.neurons", "snnlab.networks", "snnlab.coding", "snnlab.learning",
    "snnlab.probability", "snnlab.loihi",
    "snnlab.data", "snnlab.plots", "snnlab.random", "snnlab.repeats", "snnlab.sweeps", "snnlab.compiling",
    "snnlab.course", "snnlab_widgets",
)  # fmt: skip
CHAPTERS = Path(snnlab_widgets.__file__).parent / "chapters"


class Name(NamedTuple):
    """One public name."""

    package: str
    """The package that offers it, such as ``snnlab.neurons``."""
    name: str
    module: str
    """The module that defines it, such as ``snnlab.neurons.models.lif``."""
    value: Any
    """What it stands for; of a compiled kernel, its Python function."""

    @property
    def path(self) -> str:
        """What a reader imports."""
        return f"{self.package}.{self.name}"

    @property
    def shelf(self) -> str:
        """The package under which the first page lists it, also where a module inside of one offers it."""
        return package_of(self.package)

    @property
    def page(self) -> str:
        """The page that holds it: all names of a module share one."""
        return page_of(self.module)


def package_of(path: str) -> str:
    """Return the innermost package that holds a name or a module."""
    return max((package for package in PACKAGES if f"{path}.".startswith(f"{package}.")), key=len)


def page_of(module: str) -> str:
    """Return the page of a module: ``reference/neurons.models.lif``."""
    return "reference/" + module.removeprefix("snnlab.")


def public_names(packages: tuple[str, ...] = PACKAGES) -> list[Name]:
    """Return every public name once, at the first package that offers it, and the types that these name.

    A type that only comes out of a function, or goes on into the next call, need not be offered by a package;
    who holds one looks for its fields all the same.
    """
    names, seen = [], set()
    for package in packages:
        offering = importlib.import_module(package)
        homes = _homes(offering)
        for name in offering.__all__:
            value = getattr(offering, name)
            if isinstance(value, ModuleType):
                continue
            module = homes.get(name) or getattr(value, "__module__", package)
            if (module, name) not in seen:
                seen.add((module, name))
                names.append(Name(package, name, module, getattr(value, "py_func", value)))
    for module, name in shown_in_panels():
        value = getattr(importlib.import_module(module), name)
        if module not in packages and (module, name) not in seen:
            seen.add((module, name))
            names.append(Name(module, name, module, getattr(value, "py_func", value)))
    told = {id(name.value) for name in names}
    for kind in [kind for name in names for kind in _types_of(name.value)]:
        if id(kind) not in told:
            told.add(id(kind))
            names.append(Name(kind.__module__, kind.__name__, kind.__module__, kind))
    return names


def shown_in_panels() -> list[tuple[str, str]]:
    """Return what the code behind the panels' figures imports from `snnlab`: modules with a name each."""
    imports = re.compile(r"^from (snnlab[\w.]*) import \(?([\w,\s]+?)\)?$", re.MULTILINE)
    found: dict[tuple[str, str], None] = {}
    for file in sorted(CHAPTERS.glob("chapter*/*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "python":
                texts = [part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant)]
                for module, listed in imports.findall("".join(map(str, texts))):
                    found |= dict.fromkeys((module, name) for name in re.findall(r"\w+", listed))
    return list(found)


def _types_of(value: Any) -> Iterator[type]:
    """The classes of the project in the annotations of a function."""
    asked = list(inspect.get_annotations(value).values()) if inspect.isfunction(value) else []
    while asked:
        kind = asked.pop()
        asked += get_args(kind)
        module = getattr(kind, "__module__", "") or ""
        ours = module.startswith(("snnlab.", "snnlab_widgets.")) and "._" not in module
        if isinstance(kind, type) and ours and not kind.__name__.startswith("_"):
            yield kind


def _homes(package: ModuleType) -> dict[str, str]:
    """The module from which a package takes each of its names."""
    homes: dict[str, str] = {}
    for node in ast.walk(ast.parse(inspect.getsource(package))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(package.__name__):
            homes |= {alias.asname or alias.name: node.module for alias in node.names}
    return {name: module for name, module in homes.items() if not _is_module(module, name)}


def _is_module(module: str, name: str) -> bool:
    return isinstance(getattr(importlib.import_module(module), name, None), ModuleType)


def first_sentence(doc: str | None) -> str:
    """Return what comes before the first full stop or empty line of a docstring."""
    first = " ".join(inspect.cleandoc(doc or "").partition("\n\n")[0].split())
    end = first.find(". ")
    return first[: end + 1] if end >= 0 else first


def text_of(name: Name) -> str:
    """Return the docstring of a name; of a constant, the text or the comment at its assignment."""
    if inspect.isfunction(name.value) or inspect.isclass(name.value):
        return inspect.getdoc(name.value) or ""
    source = Path(inspect.getfile(importlib.import_module(name.module))).read_text(encoding="utf-8")
    node, after = _assignment(ast.parse(source), name.name)
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        return inspect.cleandoc(str(after.value.value))
    lines = source.splitlines()
    comment = lines[node.end_lineno - 1].partition("  # ")[2]
    above = node.lineno - 2
    while not comment and lines[above].startswith("# "):
        comment, above = f"{lines[above][2:]} {comment}", above - 1
    return comment.strip()


def _assignment(module: ast.Module, name: str) -> tuple[ast.stmt, ast.stmt | None]:
    for node, after in zip(module.body, [*module.body[1:], None], strict=True):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if name in {part.id for target in targets if target for part in ast.walk(target)
                    if isinstance(part, ast.Name)}:  # fmt: skip
            return node, after
    raise ValueError(f"no assignment of {name}")
