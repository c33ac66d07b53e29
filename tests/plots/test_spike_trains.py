"""Figures of spike trains: what they say in words agrees with the data, and so does what is drawn."""

import re

import numpy as np
import pytest

from snnlab import plots
from snnlab.coding import fano_curve, poisson_spikes


@pytest.fixture(scope="module")
def train():
    return poisson_spikes(50.0, 20_000.0, rng=np.random.default_rng(1))


def test_a_train_counts_and_draws_the_spikes_of_its_stretch(train):
    picture = plots.trains({"a": train[0], "b": []}, between=(1000.0, 2000.0))
    seen = train[0][(train[0] >= 1000) & (train[0] <= 2000)]
    assert f"a: {seen.size} spikes.\nb: 0 spikes." in picture.alt
    drawn = picture.fig.axes[0].collections[0].get_segments()
    assert np.array_equal([segment[0, 0] for segment in drawn], seen)


def test_shares_are_those_of_all_intervals(train):
    gaps = np.diff(train[0])
    picture = plots.interval_shares({"a": gaps}, 5.0, 40.0)
    share = 100 * np.histogram(gaps, np.arange(0, 41, 5))[0] / gaps.size
    (stairs,) = picture.fig.axes[0].patches
    assert np.allclose(stairs.get_data().values, share, rtol=1e-12, atol=0)
    assert float(re.search(r"([\d.]+) % are longer", picture.alt)[1]) == pytest.approx(
        100 * np.mean(gaps > 40), abs=0.051
    )


def test_a_law_is_drawn_bin_by_bin_as_the_intervals_are():
    law = np.array([0.5, 0.3, 0.1])
    picture = plots.interval_shares({"a": [1.0, 2.0]}, 5.0, 15.0, {"law": law})
    _, steps = picture.fig.axes[0].patches
    assert np.array_equal(steps.get_data().edges, [0.0, 5.0, 10.0, 15.0])
    assert np.allclose(steps.get_data().values, 100 * law, rtol=1e-12, atol=0)
    assert "law: a line from 50.0 % to 10.0 %." in picture.alt
    with pytest.raises(ValueError, match=r"law must have one share for each of 3 bins, got \(2,\)"):
        plots.interval_shares({"a": [1.0]}, 5.0, 15.0, {"law": law[:2]})


def test_fano_curves_name_their_ends_and_their_lowest_point(train):
    windows = np.array([5.0, 20.0, 100.0])
    fano = fano_curve(train, windows)[:, 0]
    picture = plots.fano_curves({"a": (windows, fano)})
    assert f"a: {fano[0]:.2f} at 5 ms, {fano[2]:.2f} at 100 ms" in picture.alt
    assert np.array_equal(picture.fig.axes[0].lines[0].get_ydata(), fano)


def test_axes_are_labelled_with_units(train):
    for picture in (
        plots.trains({"a": [1.0]}, (0, 2)),
        plots.interval_shares({"a": [1.0]}, 5.0, 15.0),
        plots.fano_curves({"a": ([1.0], [1.0])}),
    ):
        assert picture.fig.axes[0].get_xlabel().endswith(" (ms)")


def test_a_stretch_has_a_length():
    with pytest.raises(ValueError, match="between must be two times in order"):
        plots.trains({"a": []}, (5, 5))
