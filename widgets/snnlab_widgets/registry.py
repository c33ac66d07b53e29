"""Every panel and every goal that ships, found where it stands: in a folder ``chapters/chapterNN``.

A function ``NAME_panel`` makes the panel NAME. In a file that is called ``goals`` or ``goals_SOMETHING`` each
public function that returns a panel makes a goal, which has the function's name with hyphens. The files are
read and not imported: a chapter waits for no other chapter's panels, and no goal computes its answer before
somebody asks for it.
"""

import importlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from snnlab_widgets.panel import Panel

__all__ = ["CHAPTERS", "GOALS", "KERNELS", "PANELS"]

_PANEL = re.compile(r"^def (\w+)_panel\(", re.M)
_GOAL = re.compile(r"^def ([a-z]\w*)\([^)]*\) -> Panel:\n(.*?)(?=^\S|\Z)", re.M | re.S)
_OWN_PANEL = re.compile(r'return Panel\(\s*"(\w+)"')

_Place = tuple[str, str]
"""A module and the name of a function in it."""


class _Table(Mapping[str, Callable[..., Panel]]):
    """What makes a panel, by a name. It is imported when it is asked for."""

    def __init__(self, places: dict[str, _Place]):
        self._places = places

    def __getitem__(self, name: str) -> Callable[..., Panel]:
        module, function = self._places[name]
        return getattr(importlib.import_module(module), function)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Found(NamedTuple):
    """What stands in the chapters: functions by the name of what they make, and the names by chapter."""

    panels: dict[str, _Place]
    goals: dict[str, _Place]
    panels_of_goals: dict[str, _Place]
    chapters: dict[int, tuple[list[str], list[str]]]


def _walk(folder: Path) -> _Found:
    """Read every file of every chapter in `folder`."""
    found = _Found({}, {}, {}, {})
    for file in sorted(folder.glob("chapter[0-9][0-9]/*.py")):
        text = file.read_text(encoding="utf-8")
        module = f"snnlab_widgets.chapters.{file.parent.name}.{file.stem}"
        panels, goals = found.chapters.setdefault(int(file.parent.name.removeprefix("chapter")), ([], []))
        if file.stem.partition("_")[0] == "goals":
            for function, body in _GOAL.findall(text):
                goals.append(function.replace("_", "-"))
                found.goals[goals[-1]] = module, function
                found.panels_of_goals.update(dict.fromkeys(_OWN_PANEL.findall(body), (module, function)))
        else:
            for name in _PANEL.findall(text):
                panels.append(name)
                found.panels[name] = module, f"{name}_panel"
    return found


_found = _walk(Path(__file__).parent / "chapters")

CHAPTERS: dict[int, tuple[list[str], list[str]]] = _found.chapters
"""The names of the panels and of the goals of each chapter, by its number."""

PANELS: Mapping[str, Callable[..., Panel]] = _Table(_found.panels)
"""Every panel, by its name."""

GOALS: Mapping[str, Callable[..., Panel]] = _Table(_found.goals)
"""Every panel with a goal, by the goal's name; each takes ``engine`` as every panel does."""

KERNELS: Mapping[str, Callable[..., Panel]] = _Table(_found.panels_of_goals | _found.panels)
"""What makes a panel for every kernel that ships, by the panel's name: a goal may have a panel of its own."""
