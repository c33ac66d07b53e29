"""Which panels and goals CI tries in a browser: a few that together have every kind of thing at least twice.

    python tests/covering.py            choose anew and write tests/covering.json

Tests that try every panel or goal mostly try the page around it, and there are ever more panels. CI tries
those of `covering.json`; the nightly tries all. A *kind* is a type of view or goal, an option of it that is
used, a number of controls or views, a part that only some panels have: a seed, a sound, a button that plays.
``widgets/test_covering.py`` notices a kind that the chosen ones do not have twice, or once where only one
panel has it.
"""

import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

__all__ = ["chosen", "cover", "covering", "kinds_of_goal", "kinds_of_panel", "lacking"]

FILE = Path(__file__).with_suffix(".json")
TIMES = 2
WORDS = {"title", "label", "label_x", "label_y", "name", "colour", "unit", "strip_label", "rows"}
"""Options of a view that are words or colours: every panel has its own."""


def covering(names: Iterable[str]) -> list:
    """The values of a parameter: those that are chosen, and the others for the nightly alone."""
    kept = {name for names in chosen().values() for name in names}
    return [name if name in kept else pytest.param(name, marks=pytest.mark.nightly) for name in names]


def chosen() -> dict[str, list[str]]:
    """The names in the file, of panels and of goals."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def kinds_of_panel(panel) -> set[str]:
    """The kinds of thing that a panel has."""
    kinds = {f"{len(panel.controls)} controls", f"{len(panel.views)} views"}
    for view in panel.views:
        kinds |= {type(view).__name__, *(f"{type(view).__name__} with {name}" for name in _used(view))}
    parts = ("best", "call", "camera", "detail", "note", "play", "presets", "seed", "sound")
    return kinds | {part for part in parts if panel.spec[part]}


def kinds_of_goal(panel) -> set[str]:
    """The kinds of thing that the goal of a panel has."""
    goal = panel.goal.declaration
    kinds = {type(goal).__name__, *(f"{type(goal).__name__} with {name}" for name in _used(goal))}
    return kinds | {
        f"{type(goal).__name__} that plays" for name in panel.spec["play"][:1] if name in moved_by(goal)
    }


def moved_by(goal) -> tuple[str, ...]:
    """The controls that a goal leaves to its reader."""
    return getattr(goal, "only", ())


def _used(declared) -> list[str]:
    """The options that differ from their default."""
    if dataclasses.is_dataclass(declared):
        defaults = {field.name: field.default for field in dataclasses.fields(declared)}
    else:
        defaults = declared._field_defaults
    given = {name: value for name, value in defaults.items() if value is not dataclasses.MISSING}
    return [name for name, value in given.items() if name not in WORDS and getattr(declared, name) != value]


def lacking(kinds: Mapping[str, set[str]], names: Iterable[str]) -> Counter:
    """The kinds that `names` have less than twice, or than there are, and how often they are missing."""
    there = Counter(kind for found in kinds.values() for kind in found)
    wanted = Counter({kind: min(TIMES, n) for kind, n in there.items()})
    return wanted - Counter(kind for name in names for kind in kinds[name])


def cover(kinds: Mapping[str, set[str]], cost: Mapping[str, float]) -> list[str]:
    """A small and cheap part that lacks nothing: again and again the one that brings most for its cost."""
    names: list[str] = []
    while missing := lacking(kinds, names):
        rest = [name for name in kinds if name not in names]
        names.append(max(rest, key=lambda name: len(kinds[name] & missing.keys()) / cost.get(name, 1.0)))
    return sorted(names)


def main() -> None:
    """Choose, and write down what was chosen."""
    from durations import recorded
    from snnlab_widgets import GOALS, PANELS

    cost: Counter = Counter()
    for test, seconds in recorded().items():
        if "_browser.py::" in test and test.endswith("]"):
            cost[test.rpartition("[")[2][:-1]] += seconds
    cost = Counter({name: 5.0 + seconds for name, seconds in cost.items()})
    names = {}
    for what, table, kinds_of in (("panels", PANELS, kinds_of_panel), ("goals", GOALS, kinds_of_goal)):
        kinds = {name: kinds_of(make(engine="kernel")) for name, make in table.items()}
        names[what] = cover(kinds, cost or dict.fromkeys(kinds, 1.0))
    FILE.write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
    print(f"{len(names['panels'])} of {len(PANELS)} panels, {len(names['goals'])} of {len(GOALS)} goals")


if __name__ == "__main__":
    sys.exit(main())
