"""Circles of imports, and imports that go upward."""

from collections.abc import Mapping
from pathlib import Path

from house.imports import imports, modules

__all__ = ["FLOORS", "circles", "folder_imports", "module_imports", "upward"]

# From the ground up; what stands beside these folders is the ground.
FLOORS = (
    "data",
    "neurons",
    "networks",
    "coding",
    "learning",
    "probability",
    "loihi",
    "plots",
    "course",
    "snnlab_widgets",
)
DOORS = ("snnlab", "snnlab.__main__")  # they open every floor, and no floor imports them for that

Graph = Mapping[str, set[str]]


def module_imports(root: Path) -> dict[str, set[str]]:
    """The modules of ours that each module imports, wherever in it and for whatever end, types included."""
    ours = modules(root)
    return {name: {taken.module for taken in imports(file, ours)} - {name} for name, file in ours.items()}


def folder_imports(root: Path) -> dict[str, set[str]]:
    """The folders that each folder imports from, apart from those around it and in it.

    A folder is cut into rooms: what it imports from the folder around it is machinery that they share, and
    what the folder around it imports from it is the room itself.
    """
    ours, found = modules(root), {}
    for name, taken in module_imports(root).items():
        folder = ours[name].parent
        others = {ours[module].parent for module in taken} - {folder}
        far = {
            other for other in others if not folder.is_relative_to(other) and not other.is_relative_to(folder)
        }
        key = folder.relative_to(root).as_posix()
        found.setdefault(key, set()).update(other.relative_to(root).as_posix() for other in far)
    return found


def circles(graph: Graph) -> list[list[str]]:
    """The largest groups in which each imports each, directly or through others.

    >>> circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}})
    [['b', 'c']]
    """
    below = {name: _below(name, graph) for name in graph}
    found = {tuple(sorted(other for other in below[name] if name in below.get(other, ()))) for name in graph}
    return [list(group) for group in sorted(found) if len(group) > 1]


def _below(name: str, graph: Graph) -> set[str]:
    """All that `name` imports, through others too."""
    found, waiting = set(), [name]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def upward(root: Path) -> list[tuple[str, str]]:
    """The imports from a floor above, as modules: who, and from whom."""
    graph = module_imports(root)
    return sorted(
        (name, other)
        for name, taken in graph.items()
        for other in taken
        if name not in DOORS and other not in DOORS and _floor(other) > _floor(name)
    )


def _floor(name: str) -> int:
    parts = name.split(".")
    place = parts[0] if parts[0] != "snnlab" else parts[1]
    return FLOORS.index(place) if place in FLOORS else -1
