"""Accuracy against cost: points at the means, bars as wide as the spread."""

import numpy as np
import pytest

from snnlab import plots


def test_a_point_stands_at_the_mean_and_its_bars_show_the_spread():
    names = ["a", "b", "a", "b"]
    picture = plots.trade_off(names, [10, 1000, 30, 3000], [0.8, 0.5, 0.9, 0.5], "additions")
    points = {
        bar.get_label(): bar.lines[0].get_xydata()[0].tolist() for bar in picture.fig.axes[0].containers
    }
    assert points["a"] == pytest.approx([20, 85]) and points["b"] == pytest.approx([2000, 50])
    assert "b: 50.0 % right, give or take 0.0, with 2,000 additions." in picture.alt.splitlines()
    assert "a: 85.0 % right, give or take 7.1, with 20 additions." in picture.alt.splitlines()
    across, up = picture.fig.axes[0].containers[0].lines[2]
    assert np.ptp(across.get_segments()[0][:, 0]) == pytest.approx(2 * np.std([10, 30], ddof=1))
    assert np.ptp(up.get_segments()[0][:, 1]) == pytest.approx(2 * np.std([80, 90], ddof=1))
    assert picture.fig.axes[0].get_xlabel() == "additions" and picture.fig.axes[0].get_xscale() == "log"


def test_many_names_differ_in_colour_or_mark():
    picture = plots.trade_off(list("abcdefgh"), np.arange(1, 9), np.full(8, 0.5))
    looks = {(bar.lines[0].get_color(), bar.lines[0].get_marker()) for bar in picture.fig.axes[0].containers}
    assert len(looks) == 8


def test_what_cannot_be_drawn():
    with pytest.raises(
        ValueError, match=r"names, cost and accuracy must be as many, .* got shapes \(1,\), \(2,\)"
    ):
        plots.trade_off(["a"], [1, 2], [0.5, 0.5])
    with pytest.raises(ValueError, match="cost must be above 0, got 0"):
        plots.trade_off(["a"], [0], [0.5])
