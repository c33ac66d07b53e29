"""What is read off the pictures of all panels: lines, colours and kinds have names, numbers a meaning."""

import json
import re

import numpy as np
import pytest
from covering import covering
from snnlab_widgets import PANELS, Drawing, HeatMap, Histogram, Kernels, Raster, Trace


def views(name, kind):
    return [view for view in PANELS[name](engine="kernel").views if isinstance(view, kind)]


@pytest.mark.parametrize("name", PANELS)
def test_where_there_are_several_lines_each_has_a_name_of_its_own(name):
    """Left out, the first one would be called as its axis is, which is said of all of them."""
    for view in views(name, Trace):
        names = [view.name, *(said for _, said, _ in view.also)]
        assert not view.also or (all(names) and len(set(names)) == len(names))
    for view in views(name, Kernels):
        names = [said for _, said, _ in view.curves]
        assert all(names) and len(set(names)) == len(names)


@pytest.mark.parametrize("name", PANELS)
def test_no_word_is_raw_markdown(name):
    """A page shows words as they are: code between ticks, TeX and links would stay what was written."""
    spec = PANELS[name](engine="kernel").spec
    said = json.dumps([value for key, value in spec.items() if key not in ("python", "source", "call")])
    assert re.findall(r".{0,20}(?:`|\$|\*\*|\]\().{0,20}", said) == []


@pytest.mark.parametrize("name", PANELS)
def test_a_horizontal_axis_shows_its_zero(name):
    """Cut off, twice as far right would not be twice as much. Zero of a potential is nothing special."""
    for view in views(name, Kernels):
        low, high, label, _ = view.x_axis
        assert low <= 0 <= high or "mV" in label


@pytest.mark.parametrize("name", PANELS)
def test_where_there_are_two_things_each_has_a_name(name):
    """Curves behind others, ticks of two trains, a law over counts, kinds of cells, and no colour."""
    panel = PANELS[name](engine="kernel")
    result = panel._result()
    for view in panel.views:
        if isinstance(view, Trace):
            assert bool(view.behind) == bool(view.behind_name)
            assert len(view.lines()) in (0, 1 + len(view.also) + bool(view.behind))
            assert not (view.spikes and view.behind_spikes) or (len(view.rows) == 2 and all(view.rows))
        elif isinstance(view, Histogram) and view.law:
            assert len({*view.names, ""}) == 3 and [said for said, _ in view.lines()] == [*view.names]
        elif isinstance(view, HeatMap):
            cells = np.asarray(result[view.z], float)
            values = np.unique(cells[np.isfinite(cells)])
            named = [value for value, _ in view.kinds]
            assert not named or np.isin(values, named).all()  # what stands for a kind is one of them
            # two values are two kinds, unless a process or a hand has yet to make more of them
            assert named or len(values) not in (2, 3) or panel.spec["play"] or name == "core_map"
            assert view.nothing or not np.isnan(cells).any() or len(values) == 0 or name in GAPS


GAPS = {
    "clusters": "between tiles", "flipping": "between tiles", "ternary_tiles": "between tiles",
    "chip_clusters": "between tiles",
    "lasso": "between two images",
    "drawn_digit": "steps after the one that is chosen",
    "learning_to_store": "neurons that do not adapt",
    "credit_angle": "no synapse from a layer to itself",
}  # fmt: skip
"""Where a cell without a number is no thing, but nothing is there, and what is not there."""


@pytest.mark.parametrize("name", PANELS)
def test_an_axis_says_what_it_shows(name):
    """By a label, or by the names of its parts; and a picture of tiles has no numbers along its sides."""
    for view in PANELS[name](engine="kernel").views:
        if isinstance(view, Drawing):
            continue
        for _, axis in view._axes():
            assert axis.label.strip() or axis.names is not None
            assert not re.search(r"\b(\d+ × \d+|nine|sixteen)\b", axis.label) or axis.names is not None
        assert not isinstance(view, Raster) or (view.label and view.label_x)


UNSAID = r"(?<![\d.,])1 (?!ms\b)[a-z]{3,}s\b(?<!ss)"


@pytest.mark.parametrize("name", PANELS)
def test_no_value_counts_one_in_the_plural(name):
    for control in PANELS[name](engine="kernel").controls:
        for value in (control.low, control.high, 1.0):
            assert not re.search(UNSAID, control.text(value))


DASH = r"(?<!\w)–(?!\d)"  # what stands for a number that is not there, and does not say why


def far_settings(panel):
    """Its start, its presets, the two ends of each control, and all of them at their lower ends."""
    ends = [{control.name: end} for control in panel.controls for end in (control.low, control.high)]
    return [{}, *panel._presets.values(), *ends, {control.name: control.low for control in panel.controls}]


@pytest.mark.parametrize("name", covering(PANELS))
def test_no_sentence_counts_one_in_the_plural_or_has_a_dash_for_what_is_not_there(name):
    """Nor a headline, nor what stands beside it."""
    panel = PANELS[name](engine="kernel")
    for values in far_settings(panel):
        panel.reset()
        panel._set(values)
        for said in (str(panel), panel.headline(), panel._fill(panel._detail)):
            assert not re.search(UNSAID, said), (said, values)
            assert not re.search(DASH, said), (said, values)


def test_a_wave_that_has_not_come_says_so():
    panel = PANELS["wavefront"](engine="kernel", until=60)
    assert str(panel) == "mud 20 steps: the target has not fired yet" and panel.headline() == "not yet"
    panel.until, panel.tx, panel.ty, panel.mud = 20, 2, 8, 1
    assert str(panel).startswith("mud 1 step: first spike at (2, 8) after ")
    assert str(panel).endswith(" over 1 square, 0 of them mud")
