"""The lines of the table: ranked, with their spreads, and what cannot be run on the chip."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.roads.roads_table import COLUMNS, road_lines


@pytest.fixture
def table():
    """Ten seeds of two roads, which take turns."""
    columns = {name: np.tile([2.0, 3000.0], 10) for name in COLUMNS}
    accuracy = np.ravel([(0.5, right) for right in np.linspace(0.8, 0.9, 10)])
    return columns | {
        "road": np.array(["plain", "spiking"] * 10),
        "accuracy": accuracy,
        "chip": np.tile([np.nan, 1.5], 10),
        "seconds": np.tile([2.0, 7.0], 10),
    }


def test_the_best_road_stands_first_in_both_parts(table):
    head, first, second, gap, head_of_costs, first_costs, second_costs = road_lines(table)
    assert head.split()[:2] == ["road", "right,"] and len(first) == len(second) == len(head)
    assert not gap and len(first_costs) == len(second_costs) == len(head_of_costs)
    assert first.split()[0] == "spiking" and "85.0 ± 3.4 (10 seeds, 80.0 to 90.0)" in first
    assert first.split()[-2:] == ["3,000", "3.5"] and second.split()[-1] == "1.0"
    assert first_costs.split() == ["spiking", "3,000", "6,000", "3,000", "3,000", "3000.000", "1.50"]
    assert second_costs.split()[0] == "plain" and second_costs.split()[-1] == "-"


def test_no_line_is_wider_than_a_page(table):
    """A cell of a notebook on a page has about 80 columns."""
    assert max(map(len, road_lines(load_table("five_roads")))) <= 76
    assert max(map(len, road_lines(table))) <= 76


def test_what_the_chapter_says_of_the_roads():
    """Beside the rectified network one road keeps up, one falls behind; only bits are clearly cheaper."""
    runs = load_table("five_roads")
    right, bare = (
        {name: runs[column][runs["road"] == name] for name in dict.fromkeys(runs["road"].tolist())}
        for column in ("accuracy", "arithmetic")
    )
    plain = right["rectified"]
    assert abs(spread(right["convert"] - plain).mean) < 0.01
    lost = spread(plain - right["constrain"])
    assert lost.mean > 2 * lost.sd / np.sqrt(lost.n)
    assert min(right, key=lambda name: right[name].mean()) == "STDP"
    assert max(bare, key=lambda name: bare[name].mean()) == "STDP"
    spiking = ("convert", "convert, analog", "constrain", "surrogate", "STDP")
    assert min(bare[name].mean() for name in spiking) > 0.9 * bare["rectified"].mean()
    assert bare["binarise"].mean() < 0.1 * bare["rectified"].mean()


def test_a_column_is_missing(table):
    del table["chip"]
    with pytest.raises(ValueError, match="table must have a column chip, got accuracy"):
        road_lines({"accuracy": table["accuracy"]} | table)
