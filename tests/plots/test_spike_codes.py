"""Figures of codes in time: what they say in words is what they draw."""

import numpy as np
import pytest

from snnlab import Spikes, plots
from snnlab.neurons import Crossings

IMAGE = np.array([[1.0, 0.5], [0.0, 0.2]])
SEEN = Crossings(
    np.array([1.0, 1.2, 20.0, 39.0]),
    np.array([200.0, 240.0, 150.0, 90.0]),
    np.zeros(4, int),
    np.array([True, False, True, True]),
)


def test_arrivals_show_who_has_fired_and_the_earlier_the_darker():
    spikes = Spikes([2.0, 7.0, 8.0], units=[0, 1, 0], n_units=4, duration=10)
    picture = plots.arrivals(IMAGE, spikes, [5, 9])
    early, late, image = (ax.images[0].get_array() for ax in picture.fig.axes)
    assert np.count_nonzero(early) == 1 and np.count_nonzero(late) == 2
    assert late[0, 0] > late[0, 1] > 0 and np.array_equal(image, IMAGE)
    assert "After 5 ms: 1 spike." in picture.alt and "After 9 ms: 2 spikes." in picture.alt
    with pytest.raises(ValueError, match="spikes must have one unit for each of 4 pixels, got 3"):
        plots.arrivals(IMAGE, Spikes([], n_units=3, duration=1), [1])


def test_a_coded_signal_is_drawn_with_its_spikes_and_its_error():
    signal, decoded = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.7, 0.0])
    codes = {"one": (Spikes([3.0, 25.0], duration=30), decoded), "two": (Spikes([], duration=30), signal)}
    picture = plots.coded_signal(signal, 10.0, codes, between=(0, 20))
    first, second = picture.fig.axes
    assert first.lines[0].get_ydata().tolist() == [0.0, 1.0] and first.lines[1].get_ydata().tolist() == [
        0.0,
        0.7,
    ]
    assert [segment[0, 0] for segment in first.collections[0].get_segments()] == [3.0]
    assert "one: 2 spikes; on average 0.100 mV off." in picture.alt and "two: 0 spikes" in picture.alt
    assert second.get_xlabel() == "time (ms)" and picture.fig.get_supylabel() == "voltage (mV)"


def test_first_spikes_of_a_cycle_stand_out():
    picture = plots.precession(SEEN)
    ax = picture.fig.axes[0]
    later, first = ax.lines
    assert later.get_ydata().tolist() == [240.0] and first.get_ydata().tolist() == [200.0, 150.0, 90.0]
    assert "3 spikes, from 200 degrees near the start to 90 degrees near the end." in picture.alt
    assert ax.get_xlabel() == "position in the field (cm)" and ax.get_ylabel() == "phase of the rhythm (°)"
