"""The panels and goals that CI tries have every kind of thing twice, and the choice is a small one."""

import pytest
from covering import chosen, cover, covering, kinds_of_goal, kinds_of_panel, lacking
from snnlab_widgets import GOALS, PANELS

WHAT = {"panels": (PANELS, kinds_of_panel), "goals": (GOALS, kinds_of_goal)}


@pytest.mark.parametrize("what", WHAT)
def test_every_kind_is_tried_twice(what):
    """Where it fails: python tests/covering.py."""
    table, kinds_of = WHAT[what]
    names = chosen()[what]
    assert set(names) <= set(table)
    kinds = {name: kinds_of(make(engine="kernel")) for name, make in table.items()}
    assert not lacking(kinds, names)
    assert len(names) < len(table) / 2


def test_kinds_are_seen():
    lif = kinds_of_panel(PANELS["lif"](engine="kernel"))
    assert {"Trace", "Trace with line", "Curve", "4 controls", "presets", "call"} <= lif
    assert "sound" not in lif and "Raster" not in lif
    assert kinds_of_goal(GOALS["lif-curtain"](engine="kernel")) >= {"Identify", "Identify with text"}


def test_a_cover_is_found_and_what_it_lacks_is_told():
    kinds = {"a": {"x", "y"}, "b": {"x"}, "c": {"x", "z"}, "d": {"y", "z"}}
    assert lacking(kinds, ["a", "b"]) == {"y": 1, "z": 2}
    assert cover(kinds, {}) == ["a", "c", "d"]
    assert cover(kinds | {"e": {"x", "y", "z"}}, {"e": 0.1}) == ["a", "c", "e"]
    assert cover({"only": {"x"}}, {}) == ["only"]


def test_the_others_are_for_the_nightly():
    names = covering([*PANELS])
    plain = [name for name in names if isinstance(name, str)]
    assert plain == [name for name in PANELS if name in chosen()["panels"]]
    assert len(names) == len(PANELS)
    marked = [mark.name for each in names if not isinstance(each, str) for mark in each.marks]
    assert marked == ["nightly"] * (len(PANELS) - len(plain))
