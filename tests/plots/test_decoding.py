"""Figures of decoding: what they say in words is what they draw."""

import re

import numpy as np
import pytest

from snnlab import plots
from snnlab.coding.decoding.direction_decoding import DecodedDirection
from snnlab.coding.decoding.information_bias import InformationEstimate

FEW = InformationEstimate(0.9, 0.2, 0.1, 0.7, 0.2, 1.0, False, "")
MANY = InformationEstimate(0.4, 0.38, 0.38, 0.02, 0.03, 50.0, True, "")
TRUTH = np.radians([10.0, 350.0, 40.0])
READ = DecodedDirection(
    np.array([100.0, 200.0, 300.0]), TRUTH, TRUTH[[0, 0, 2]], np.full((3, 4), 0.25), np.zeros(2), np.zeros(2)
)
DRAWN = {
    "line_up": lambda: plots.line_up([3.0, 7.5, 99.0], {"A": [0.0, 1.0], "B": [-9.0, 0.0]}, 5.0, "dB"),
    "belief": lambda: plots.belief(READ),
    "bits": lambda: plots.bits([20, 1000], [FEW, MANY]),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_words_and_axes_with_units(name):
    picture = DRAWN[name]()
    assert set(picture._repr_mimebundle_()) == {"text/plain", "text/html"}
    labels = [text for ax in picture.fig.axes for text in (ax.get_xlabel(), ax.get_ylabel()) if text]
    assert len(labels) >= 2
    assert all(re.search(r"\((ms|s|dB|°|%|bit)\)$|^trials$", label) for label in labels)


def test_sounds_share_one_scale_and_only_spikes_of_the_stretch_are_drawn():
    picture = DRAWN["line_up"]()
    above, *below = picture.fig.axes
    assert [segment[0, 0] for segment in above.collections[0].get_segments()] == [3.0, 7.5]
    assert below[0].get_ylim() == below[1].get_ylim() == (-9.0, 1.0)
    assert below[1].lines[0].get_xdata().tolist() == [2.5, 7.5]
    assert "B: from -9 to 0 dB." in picture.alt


def test_the_true_direction_is_broken_where_it_goes_once_around():
    picture = DRAWN["belief"]()
    ax = picture.fig.axes[0]
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [True, True, False]
    assert ax.images[0].get_array().shape == (4, 3)
    assert "off by 0 degrees in the median, at most by 20." in picture.alt


def test_what_is_not_to_be_believed_is_hollow():
    ax = DRAWN["bits"]().fig.axes[0]
    hollow = [line for line in ax.lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 1 and hollow[0].get_xydata().tolist() == [[20.0, 0.2]]
    assert "never to be believed" in plots.bits([20], [FEW]).alt
