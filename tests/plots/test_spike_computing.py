"""What the figures of computing with spikes say in words, and what they draw."""

import numpy as np

from snnlab.plots import loss_gaps, wave_over_map


def test_a_wave_and_its_path():
    distance = np.array([[0, 4, 8], [-1, -1, 12], [24, 20, 16]])
    picture = wave_over_map(distance, np.array([0, 1, 2, 5, 8]))
    assert "from step 0 to step 24; 2 squares never fire" in picture.alt
    assert "over 4 squares and arrives in step 16" in picture.alt
    ax = picture.fig.axes[0]
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[0, 0], [1, 0], [2, 0], [2, 1], [2, 2]])
    assert np.isnan(ax.images[0].get_array().filled(np.nan)[1, :2]).all()
    assert "path" not in wave_over_map(distance, np.array([], int)).alt


def test_gaps_are_marked_where_they_stay_below():
    picture = loss_gaps({"a": ([1, 2, 3, 4], [9.0, 0.5, 2.0, 0.3]), "b": ([1, 4], [5.0, 3.0])}, "steps")
    assert "a: from 9.00 at 1 to 0.30 at 4; below 1 from 4 on." in picture.alt
    assert picture.alt.endswith("b: from 5.00 at 1 to 3.00 at 4.")
    assert picture.fig.axes[0].get_xscale() == picture.fig.axes[0].get_yscale() == "log"
