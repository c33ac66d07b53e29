"""Tiles and confusions say in words what they show."""

import numpy as np
import pytest

from snnlab import plots


def test_tiles_are_drawn_one_for_each_image():
    images = np.arange(12.0).reshape(3, 2, 2)
    picture = plots.tiles(images, ["a", "b", "c"], columns=2, said="Fields")
    assert picture.alt == "Fields: 3 of 2 by 2 pixels.\na, b, c."
    drawn = [ax.images[0].get_array() for ax in picture.fig.axes if ax.images]
    np.testing.assert_array_equal(np.array(drawn), images)
    assert [ax.get_title() for ax in picture.fig.axes] == ["a", "b", "c", ""]
    with pytest.raises(ValueError, match="names must be one for each of 3 images, got 1"):
        plots.tiles(images, ["a"])


def test_a_confusion_counts_each_row():
    picture = plots.confusion(np.array([0, 0, 2, 2, 2, 2]), np.array([0, 1, 2, 2, 2, 0]))
    table = picture.fig.axes[0].images[0].get_array()
    np.testing.assert_allclose(table, [[50, 50, 0], [0, 0, 0], [25, 0, 75]])
    assert "2: 75 % right, most often taken for 0 (25 %)." in picture.alt
