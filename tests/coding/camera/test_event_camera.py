"""A camera is its pixels, each for itself, and its list is in order."""

import numpy as np
import pytest

from snnlab.coding.camera.event_camera import camera_events
from snnlab.coding.camera.event_pixel import EventPixel, pixel_events

PIXEL = EventPixel(0.2, 0.3, 1.0)


def test_a_camera_is_its_pixels():
    film = np.cumsum(np.random.default_rng(5).normal(0, 0.1, (60, 3, 4)), axis=0)
    events = camera_events(film, 2.0, PIXEL)
    assert (np.diff(events.t) >= 0).all() and events.t.size > 50
    for r in range(3):
        for c in range(4):
            alone, here = pixel_events(film[:, r, c], 2.0, PIXEL), (events.y == r) & (events.x == c)
            np.testing.assert_array_equal(events.t[here], alone.times)
            np.testing.assert_array_equal(events.brighter[here], alone.units == 0)


def test_what_rests_sends_nothing_and_one_picture_neither():
    film = np.random.default_rng(6).normal(size=(1, 5, 5))
    assert camera_events(film, 1.0).t.size == 0
    assert camera_events(np.repeat(film, 40, axis=0), 1.0).t.size == 0


def test_pixels_that_fire_together_stand_in_order_of_rows():
    film = np.zeros((2, 2, 2))
    film[1] = 0.25
    events = camera_events(film, 1.0)
    assert events.y.tolist() == [0, 0, 1, 1] and events.x.tolist() == [0, 1, 0, 1]


def test_bad_input_is_named():
    for film, sentence in (
        (np.zeros((3, 3)), r"log_intensity must have shape \(steps, rows, columns\), got \(3, 3\)"),
        (np.zeros((0, 3, 3)), r"one step at least, of 1 to 256 rows and columns, got \(0, 3, 3\)"),
        (np.zeros((2, 1, 257)), r"one step at least, of 1 to 256 rows and columns, got \(2, 1, 257\)"),
        (np.full((2, 1, 1), np.nan), r"log_intensity must be finite, got nan at \[0, 0, 0\]"),
    ):
        with pytest.raises(ValueError, match=sentence):
            camera_events(film, 1.0)
