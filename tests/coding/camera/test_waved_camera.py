"""The push of the panel is the library's camera before the library's moving scene."""

import numpy as np
import pytest

from snnlab.coding.camera.event_camera import camera_events
from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.moving_scene import film_of, glide
from snnlab.coding.camera.waved_camera import CELL, FARTHEST, FINEST, MOST, small_scenes, waved_camera
from snnlab.data import event_balance, event_counts

DONE = np.array([glide(k / 100) for k in range(101)])


@pytest.mark.parametrize(
    ("digit", "dx", "dy", "threshold"), [(3, 4.0, 0.0, 0.3), (1, -2.5, 6.0, 0.1), (8, 6.0, -6.0, 1.0)]
)
def test_it_is_the_library_s_camera(digit, dx, dy, threshold):
    seen = waved_camera(digit, dx, dy, threshold)
    film = film_of(small_scenes()[10 * digit : 10 * digit + 10], dx * DONE, -dy * DONE, 34, CELL)
    events = camera_events(film, 1.0, EventPixel(threshold, threshold))
    np.testing.assert_array_equal(seen.balance[::-1], event_balance(events))
    np.testing.assert_array_equal(seen.scene[::-1], film[-1])
    counts = event_counts(events)
    assert (seen.n, seen.n_on, seen.speaking) == (events.t.size, events.brighter.sum(), (counts > 0).sum())
    assert seen.n_on + seen.n_off == seen.n and seen.way == pytest.approx(np.hypot(dx, dy))
    r, c = np.unravel_index(counts.argmax(), counts.shape)
    here = (events.y == r) & (events.x == c)
    np.testing.assert_array_equal(seen.on_times, events.t[here & events.brighter])
    np.testing.assert_array_equal(seen.off_times, events.t[here & ~events.brighter])
    np.testing.assert_array_equal(seen.level, film[1:, r, c])
    assert np.abs(seen.level - seen.reference).max() < threshold + 1e-9


@pytest.mark.parametrize("digit", range(10))
def test_what_rests_is_not_seen(digit):
    seen = waved_camera(digit, 0.0, 0.0)
    assert seen.n == seen.speaking == seen.on_times.size == 0 and not seen.balance.any()
    assert np.ptp(seen.scene) > 1.5  # although it is there


@pytest.mark.parametrize(("dx", "dy"), [(4.0, 0.0), (-4.0, 0.0), (0.0, 4.0), (0.0, -4.0)])
def test_a_bright_digit_is_on_ahead_and_off_behind(dx, dy):
    up, right = np.mgrid[:34, :34]
    for digit in range(10):
        balance = waved_camera(digit, dx, dy).balance
        on, off = np.maximum(balance, 0), np.maximum(-balance, 0)
        ahead = [(w * (dx * right + dy * up)).sum() / w.sum() for w in (on, off)]
        assert ahead[0] > ahead[1]


def test_a_1_is_seen_less_along_itself_than_across():
    across, along = waved_camera(1, 4.0, 0.0), waved_camera(1, 0.0, 4.0)
    assert along.n < 0.6 * across.n and along.way == across.way


def test_the_finest_threshold_has_room_for_all_events_of_a_pixel():
    for digit in range(10):
        for dx, dy in ((FARTHEST, FARTHEST), (-FARTHEST, FARTHEST), (0.0, FARTHEST)):
            seen = waved_camera(digit, dx, dy, FINEST)
            assert seen.n_on_there + seen.n_off_there < MOST


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"digit": 10}, "digit must be 0 to 9, got 10"),
        ({"dx": 7}, "dx must be between -6 and 6 pixels, got 7"),
        ({"dy": -6.5}, "dy must be between -6 and 6 pixels, got -6.5"),
        ({"threshold": 0.01}, "threshold must be at least 0.05, got 0.01"),
        ({"threshold": 0.0}, "threshold must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        waved_camera(**{"digit": 3, "dx": 1.0, "dy": 0.0, **change})
