"""Samples in spike times: what the published rules say of them."""

import math

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning.spike_times.time_tasks import ink_times, xor_times, yin_yang, yin_yang_class


def test_the_exclusive_or():
    x, y = xor_times(4000, rng=np.random.default_rng(1))
    assert ((x < 0.45) | (x > 0.55)).all() and x.min() >= 0 and x.max() <= 1
    assert ((x[:, 0] < 0.5) ^ (x[:, 1] < 0.5)).tolist() == (y == 1).tolist()
    corners = np.unique(x > 0.5, axis=0, return_counts=True)[1]
    assert corners.size == 4 and abs(corners - 1000).max() < 5 * math.sqrt(1000 * 3 / 4)


def test_the_turn_by_half_a_circle_exchanges_yin_and_yang():
    points = np.random.default_rng(1).random((20000, 2))
    there, turned = yin_yang_class(points), yin_yang_class(1.0 - points)
    assert set(there) == {-1, 0, 1, 2}
    assert turned.tolist() == np.array([1, 0, 2, -1])[there].tolist()


def test_areas_of_the_three_classes():
    """Two dots of radius 0.1; what is left of the disc of radius 1/2 is halved."""
    found = yin_yang_class(np.random.default_rng(2).random((200000, 2)))
    dots = 2 * math.pi * 0.1**2
    half = (math.pi / 4 - dots) / 2
    for name, area in ((2, dots), (0, half), (1, half), (-1, 1 - math.pi / 4)):
        assert np.mean(found == name) == pytest.approx(area, abs=5 * math.sqrt(area / 200000))


def test_points_whose_class_the_picture_shows():
    places = {
        0: [(0.5, 0.95), (0.1, 0.6), (0.25, 0.3), (0.25, 0.61), (0.49, 0.45)],
        1: [(0.5, 0.05), (0.9, 0.4), (0.75, 0.7), (0.75, 0.39), (0.51, 0.55)],
        2: [(0.25, 0.5), (0.75, 0.5), (0.25, 0.599), (0.84, 0.5)],
        -1: [(0.05, 0.05), (0.95, 0.95), (0.0, 0.4), (1.0, 1.0)],
    }
    for name, points in places.items():
        assert yin_yang_class(points).tolist() == [name] * len(points)


def test_each_class_is_as_frequent_and_samples_are_what_they_say():
    x, y = yin_yang(999, rng=np.random.default_rng(3))
    assert np.bincount(y).tolist() == [333, 333, 333]
    assert yin_yang_class(x[:, :2]).tolist() == y.tolist()
    assert (x[:, 2:] == 1.0 - x[:, :2]).all()


def test_ink_comes_early_and_no_ink_never():
    digits = load_digits()
    times = ink_times(digits.x_test, digits.white)
    assert times.shape == (500, 64)
    assert (np.isinf(times) == (digits.x_test.reshape(500, 64) == 0)).all()
    ink = digits.x_test.reshape(500, 64)
    assert (times[ink == 16] == 0).all() and (times[ink == 4] == 0.75).all()


def test_bad_arguments_are_named():
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator"):
        xor_times(3, rng=1)
    with pytest.raises(ValueError, match="n must be at least 0, got -1"):
        yin_yang(-1, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="points must have 2 columns, got 3"):
        yin_yang_class(np.zeros((1, 3)))
    with pytest.raises(ValueError, match=r"images must be between 0 and white \(16\), got 0 to 17"):
        ink_times(np.array([[[0, 17]]]), 16)
