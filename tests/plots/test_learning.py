"""Figures of learning: what they say in words is what they draw."""

import numpy as np
import pytest

from snnlab import Spikes, plots

IMAGE = np.arange(6).reshape(2, 3)
SPIKES = Spikes([3.0, 1.5, 12.0], units=[2, 5, 3], n_units=6, duration=20)


def test_an_image_stands_beside_the_spikes_of_its_pixels():
    picture = plots.image_spikes(IMAGE, SPIKES, "a ramp")
    left, right = picture.fig.axes
    assert np.array_equal(left.images[0].get_array(), IMAGE)
    assert right.lines[0].get_xydata().tolist() == [[1.5, 5], [3.0, 2], [12.0, 3]]
    assert right.get_xlabel() == "time (ms)" and right.get_ylim() == (6, 0)  # the first row is on top
    assert "3 of 6 pixels fire, the first at 1.5 ms, the last at 12.0 ms." in picture.alt


def test_an_image_may_be_silent_but_not_of_another_size():
    silent = Spikes([], n_units=6, duration=20)
    assert plots.image_spikes(IMAGE, silent).alt.endswith("0 of 6 pixels fire.")
    with pytest.raises(ValueError, match="one unit for each of 6 pixels, got 1"):
        plots.image_spikes(IMAGE, SPIKES[[0]])


def test_learning_curves_begin_with_the_first_epoch():
    picture = plots.learning_curves({"a": [0.5, 0.9, 0.8], "b": [0.1]}, {"chance": 0.1}, lowest=0.05)
    first, second, level = picture.fig.axes[0].lines
    assert np.allclose(first.get_xydata(), [[1, 50], [2, 90], [3, 80]], rtol=1e-12, atol=0)
    assert second.get_linestyle() != first.get_linestyle() and level.get_ydata()[0] == pytest.approx(10)
    assert picture.fig.axes[0].get_ylim() == pytest.approx((5, 101))
    assert "a: 50.0 % after epoch 1, 80.0 % after epoch 3, at best 90.0 %." in picture.alt
    assert "chance: 10.0 %." in picture.alt


def test_a_sound_stands_beside_the_spikes_of_its_bands():
    levels = np.array([[0.0, 1.0], [0.2, 0.5], [0.0, 0.0]])
    spikes = Spikes([2.0, 9.0, 12.0], units=[3, 5, 1], n_units=6, duration=15)
    picture = plots.sound_spikes(levels, spikes, "a click")
    left, right = picture.fig.axes
    assert np.array_equal(left.images[0].get_array(), levels.T)
    drawn = [line.get_xydata().tolist() for line in right.lines]
    assert drawn == [[[12.0, 1.5]], [[2.0, 1.5]], [[9.0, 1.5]]]  # level, rise and fall of the second band
    assert len({line.get_marker() for line in right.lines}) == 3
    assert picture.alt == (
        "a click: the levels of 2 bands in 15 ms, and 3 spikes.\n1 tell a level, 1 a rise, 1 a fall."
    )
    with pytest.raises(ValueError, match="three units for each of 2 bands, got 4"):
        plots.sound_spikes(levels, spikes[:4])
