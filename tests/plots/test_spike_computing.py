"""What the figure of LASSO by spikes says in words, and what it draws."""

from snnlab.plots import loss_gaps


def test_gaps_are_marked_where_they_stay_below():
    picture = loss_gaps({"a": ([1, 2, 3, 4], [9.0, 0.5, 2.0, 0.3]), "b": ([1, 4], [5.0, 3.0])}, "steps")
    assert "a: from 9.00 at 1 to 0.30 at 4; below 1 from 4 on." in picture.alt
    assert picture.alt.endswith("b: from 5.00 at 1 to 3.00 at 4.")
    assert picture.fig.axes[0].get_xscale() == picture.fig.axes[0].get_yscale() == "log"
