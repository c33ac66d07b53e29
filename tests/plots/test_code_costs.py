"""The figure of costs: what is drawn and what is said are the numbers that were compared."""

import numpy as np
import pytest

from snnlab import Spikes, plots
from snnlab.coding import CodeCost


def cost(code, rate, error):
    return CodeCost(code, Spikes([], duration=1), np.zeros(1), rate, error)


def test_each_code_is_a_line_through_its_costs():
    compared = [
        [cost("one", 10.0, 0.5), cost("two", 7.0, 0.9)],
        [cost("one", 3.0, 0.8), cost("two", 70.0, 0.2)],
    ]
    picture = plots.costs_of_codes(compared)
    lines = {line.get_label(): line.get_xydata().tolist() for line in picture.fig.axes[0].lines}
    assert lines["one"] == [[3.0, 0.8], [10.0, 0.5]] and lines["two"] == [[7.0, 0.9], [70.0, 0.2]]
    assert "one: error 0.80 with 3 spikes/s, 0.50 with 10 spikes/s." in picture.alt
    assert "spikes per second" in picture.fig.axes[0].get_xlabel()


def test_nothing_to_compare():
    assert "one: error 0.50 with 10 spikes/s.\n" in plots.costs_of_codes([[cost("one", 10.0, 0.5)]]).alt
    with pytest.raises(ValueError, match="compared must hold one setting at least, got none"):
        plots.costs_of_codes([])
