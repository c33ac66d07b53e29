"""Figures of rates: what they say in words is what they draw."""

import re

import numpy as np
import pytest

from snnlab import Spikes, plots
from snnlab.coding import TuningCurve, psth

TRAINS = {
    "animal": np.array([2.0, 7.0, 30.0]),
    "echo": [np.array([1.0, 12.0]), np.array([]), np.array([19.0])],
}
CURVE = TuningCurve(
    np.radians([45.0, 135.0, 225.0]), np.array([[1.0, 8.0], [9.0, 2.0], [2.0, 5.0]]), np.ones(3)
)
DRAWN = {
    "rates": lambda: plots.rates(
        {"bins": psth(Spikes([2.0, 15.0, 16.0], duration=40), 10.0)},
        TRAINS,
        (0, 20),
        ("true", [0, 20], [50.0, 90.0]),
    ),
    "rates alone": lambda: plots.rates({"a": ([1.0, 2.0], [3.0, 4.0])}),
    "interval_errors": lambda: plots.interval_errors(25.0, {"Poisson": (1.0, [0.9, 0.05])}, [1, 400]),
    "tuning": lambda: plots.tuning(CURVE, [0, 1], mean="both", rate=4.0),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_words_and_axes_with_units(name):
    picture = DRAWN[name]()
    assert set(picture._repr_mimebundle_()) == {"text/plain", "text/html"}
    labels = [text for ax in picture.fig.axes for text in (ax.get_xlabel(), ax.get_ylabel()) if text]
    assert len(labels) == 2 and all(re.search(r"\((ms|Hz|%|°)\)$", label) for label in labels)


def test_spikes_and_rates_of_the_stretch_are_drawn_and_told():
    picture = DRAWN["rates"]()
    above, ax = picture.fig.axes
    ticks = [segment[0, 0] for rows in above.collections for segment in rows.get_segments()]
    assert sorted(ticks) == [1.0, 2.0, 7.0, 12.0, 19.0]
    assert "animal: 2 spikes." in picture.alt and "echo: 3 spikes in 3 rows." in picture.alt
    behind, bins = ax.lines
    assert behind.get_ydata().tolist() == [50.0, 90.0] and bins.get_ydata().tolist() == [
        100.0,
        200.0,
        0.0,
        0.0,
    ]
    assert "bins: between 100 and 200 Hz." in picture.alt and "true: between 50 and 90 Hz." in picture.alt
    assert ax.get_xlim() == (0, 20) and ax.get_ylim()[1] > 200


def test_errors_are_drawn_over_time_beside_their_law():
    picture = DRAWN["interval_errors"]()
    law, measured = picture.fig.axes[0].lines[:2]
    assert measured.get_xdata() == pytest.approx([25, 10_000]) and measured.get_ydata() == pytest.approx([
        90,
        5,
    ])
    assert law.get_ydata() == pytest.approx([100, 5])
    assert "Poisson: from 90 % to 5.0 %." in picture.alt


def test_the_mean_of_tuning_curves_is_that_of_the_cells_drawn():
    picture = DRAWN["tuning"]()
    first, second, mean, _ = picture.fig.axes[0].lines
    assert mean.get_ydata() == pytest.approx((first.get_ydata() + second.get_ydata()) / 2)
    assert "cell 0: most at 135 degrees, 9 Hz; least 1 Hz." in picture.alt
    assert "both: most at 135 degrees, 6 Hz; least 4 Hz." in picture.alt
