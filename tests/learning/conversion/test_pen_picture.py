"""A drawing as pixels: the kernel against a readable twin, and what fitting and centring promise."""

import numpy as np
import pytest

from snnlab.data.drawings import load_drawings
from snnlab.learning.conversion.pen_picture import BOX, FINE, PEN, SMALLEST, WHITE, pen_picture


def plain_picture(strokes):
    """The same, every pixel against every piece of every stroke."""
    points = np.concatenate(strokes).astype(float)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (BOX - 2 * PEN) / max(*(high - low), SMALLEST)
    fitted = [FINE / 2 + scale * (stroke - (low + high) / 2) for stroke in strokes]
    ink = plain_ink(fitted)
    centres = np.arange(FINE) + 0.5
    mass = np.array([ink.sum(axis=0) @ centres, ink.sum(axis=1) @ centres]) / ink.sum()
    ink = plain_ink([stroke + FINE / 2 - mass for stroke in fitted])
    return ink.reshape(FINE // 2, 2, FINE // 2, 2).sum(axis=(1, 3)) / WHITE


def plain_ink(strokes):
    """From 0 to 256, by the distance of each pixel's centre from the nearest piece."""
    y, x = np.mgrid[:FINE, :FINE] + 0.5
    pixels, nearest = np.stack([x, y], axis=-1), np.full((FINE, FINE), np.inf)
    for stroke in strokes:
        for a, b in zip(stroke[[0, *range(len(stroke) - 1)]], stroke, strict=True):
            length = (b - a) @ (b - a)
            along = np.clip((pixels - a) @ (b - a) / length, 0, 1) if length else np.zeros((FINE, FINE))
            to_line = pixels - a - along[..., None] * (b - a)
            nearest = np.minimum(nearest, np.hypot(*np.moveaxis(to_line, -1, 0)))
    return np.floor(256 * np.clip(PEN + 0.5 - nearest, 0, 1) + 0.5)


def test_every_digit_is_as_the_plain_twin_draws_it():
    for strokes in load_drawings():
        np.testing.assert_allclose(pen_picture(strokes), plain_picture(strokes), atol=2 / WHITE)


def test_scribbles_are_as_the_plain_twin_draws_them():
    rng = np.random.default_rng(2)
    for _ in range(20):
        strokes = [rng.integers(0, 1001, (n, 2)) for n in rng.integers(1, 9, rng.integers(1, 5))]
        np.testing.assert_allclose(pen_picture(strokes), plain_picture(strokes), atol=2 / WHITE)


def test_size_and_place_in_the_square_do_not_matter():
    for strokes in load_drawings():
        moved = [(stroke * 0.5).round() * 2 for stroke in strokes]  # on even places, so that halving is exact
        small = [stroke / 2 + 137 for stroke in moved]
        np.testing.assert_allclose(pen_picture(small), pen_picture(moved), atol=2 / WHITE)


def test_the_centre_of_the_ink_lies_in_the_middle_and_the_longer_side_fills_the_box():
    for strokes in load_drawings():
        picture = pen_picture(strokes)
        centres = np.arange(14) - 6.5
        assert abs(picture.sum(axis=0) @ centres) < 0.1 * picture.sum()
        assert abs(picture.sum(axis=1) @ centres) < 0.1 * picture.sum()
        sides = [np.flatnonzero(picture.any(axis=axis)) for axis in (0, 1)]
        assert 10 <= max(side[-1] - side[0] + 1 for side in sides) <= 11  # of the box of 20, in pairs


def test_a_dot_stays_a_dot_and_nothing_is_nothing():
    assert 1.0 < pen_picture([[(20, 990)]]).sum() < 2.0  # a disc of 2.6 pixels, in squares of 2 x 2
    assert not pen_picture([]).any()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="a point of a drawing must be from 0 to 1000, got 1001"):
        pen_picture([[(1001, 0)]])
