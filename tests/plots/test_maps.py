"""A map of a sweep: its words, its cells, and what it cannot show."""

import re
import xml.etree.ElementTree

import numpy as np
import pytest

from snnlab import sweep
from snnlab.plots import sweep_map

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found():
    def product(a, b):
        return np.nan if (a, b) == (2.0, "<y>") else a * len(b)

    return sweep(product, {"a": [1.0, 2.0, 3.0], "b": ["x", "<y>"]}, cores=1, progress=False)


def test_it_says_what_it_shows(found):
    assert repr(sweep_map(found, "product")).splitlines() == [
        "product over a and b, 3 by 2 points.",
        "Lowest: 1 at a = 1, b = x. Highest: 9 at a = 3, b = <y>.",
        "1 without a number.",
    ]


def test_each_cell_has_its_words_where_it_is_drawn(found):
    picture = sweep_map(found)
    page = xml.etree.ElementTree.fromstring(picture._repr_mimebundle_()["text/html"])
    cells = {rect.find(f"{SVG}title").text: rect for rect in page.iter(f"{SVG}rect")}
    assert set(cells) == {
        "a = 1, b = x: 1", "a = 1, b = <y>: 3", "a = 2, b = x: 2",
        "a = 2, b = <y>: nan", "a = 3, b = x: 3", "a = 3, b = <y>: 9",
    }  # fmt: skip
    (ax, *_), (_, _, wide, high) = picture.fig.axes, map(float, page.get("viewBox").split())
    inside = picture.fig.transFigure.inverted()
    for words, row, column in (("a = 1, b = x: 1", 0, 0), ("a = 3, b = <y>: 9", 2, 1)):
        x, y = inside.transform(ax.transData.transform((column - 0.5, row + 0.5)))  # its upper left corner
        place = [float(cells[words].get(name)) for name in ("x", "y")]
        assert place == pytest.approx([wide * x, high * (1.0 - y)], rel=0, abs=0.02)


def test_what_has_not_two_axes_is_refused(found):
    for wrong in (
        found._replace(axes={"a": found.axes["a"]}),
        found._replace(values=found.values[..., None]),
        found._replace(values=found.values.T),
    ):
        with pytest.raises(
            ValueError, match=re.escape("found must have two axes and one number at each point")
        ):
            sweep_map(wrong)


def test_values_whose_distances_overflow_are_refused(found):
    far = found._replace(values=np.where(found.values == 1.0, -1e308, 1e308))
    with pytest.raises(
        ValueError, match=re.escape("found must have values up to 1e+300, which an axis can show")
    ):
        sweep_map(far)
