"""A spike train as a sum of delta functions, S(t) = Σ δ(t − t_f): what integrals over it have to give."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes

TIMES = np.array([3.0, 17.25, 17.5, 60.0, 99.0])


@pytest.mark.equation("spike-train")
@settings(max_examples=100, deadline=None)
@given(
    times=st.lists(st.floats(0, 100), max_size=20, unique=True),
    ends=st.tuples(st.floats(0, 100), st.floats(0, 100)),
)
def test_the_integral_over_a_stretch_counts_its_spikes(times, ends):
    start, stop = sorted(ends)
    spikes = Spikes(times, duration=100.0)
    inside = [t for t in times if start <= t < stop or t == stop == 100.0]
    assert spikes.between(start, stop).n_spikes == len(inside)
    assert (
        spikes.between(0, stop).n_spikes - spikes.between(0, start).n_spikes == len(inside) or stop == start
    )


@pytest.mark.equation("spike-train")
def test_narrow_boxes_of_area_one_tend_to_it():
    """∫ S(t) g(t) dt = Σ g(t_f) for a smooth g; boxes of width dt miss it by an error that falls as dt²."""
    spikes, g = Spikes(TIMES, duration=100.0), lambda t: np.sin(t / 7.0) + t / 50.0
    errors = []
    for dt in (0.5, 0.25, 0.125):
        train = spikes.to_raster(dt).ravel() / dt  # each spike is a box of height 1/dt over one bin
        assert train.sum() * dt == pytest.approx(TIMES.size)
        fine = (np.arange(train.size * 64) + 0.5) * dt / 64
        integral = np.sum(np.repeat(train, 64) * g(fine)) * dt / 64
        box_of = (np.floor(TIMES / dt) + 0.5) * dt  # the middle of the bin, where the box stands
        errors.append(abs(integral - np.sum(g(box_of))))
        assert abs(integral - np.sum(g(TIMES))) < TIMES.size * (1 / 7 + 1 / 50) * dt / 2
    assert np.log2(np.array(errors[:-1]) / errors[1:]) == pytest.approx([2, 2], abs=0.05)


@pytest.mark.equation("spike-train")
def test_a_filter_of_the_train_is_a_sum_of_filters():
    """∫ S(t') e^{−(t−t')/τ} dt' over the past is a sum over the spikes that came before t."""
    tau, t = 20.0, 80.0
    before = Spikes(TIMES, duration=100.0).between(0.0, t).times
    assert np.exp(-(t - before) / tau).sum() == pytest.approx(
        sum(math.exp(-(t - f) / tau) for f in TIMES if f < t)
    )
