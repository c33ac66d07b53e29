"""Three saccades: around a triangle and back, and every event is a threshold's worth of change."""

import numpy as np
import pytest

from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.moving_scene import film_of
from snnlab.coding.camera.saccades import (
    NMNIST,
    NMNIST_PIXEL,
    Saccades,
    corners,
    saccade_events,
    saccade_path,
    saccade_scene,
)
from snnlab.data import event_balance, event_counts, load_mnist_5k

IMAGE = load_mnist_5k().x_train[3] / 255


@pytest.mark.parametrize("dt", [0.5, 1.0, 20.0])
def test_the_path_goes_through_the_corners_and_home(dt):
    x, y = saccade_path(dt=dt)
    at = np.arange(4) * round(100 / dt)
    assert x.size == y.size == at[-1] + 1
    assert x[at] == pytest.approx(corners(NMNIST)[0]) and y[at] == pytest.approx(corners(NMNIST)[1])
    for k in range(3):  # a straight line between
        side = slice(at[k], at[k + 1] + 1)
        across, down = x[side] - x[at[k]], y[side] - y[at[k]]
        assert across * down[-1] == pytest.approx(down * across[-1], abs=1e-12)


def test_a_pixel_that_is_never_blind_tells_the_change_of_its_light():
    """θ times its ON − OFF is the change, to a threshold; a pixel that is blind loses some of it."""
    pixel = EventPixel(0.05, 0.05)
    events = saccade_events(IMAGE, pixel=pixel)
    rests = film_of(saccade_scene(IMAGE), *corners(NMNIST))
    for k in range(1, 4):
        told = 0.05 * event_balance(events, start=0, end=100.0 * k)
        assert np.abs(told - (rests[k] - rests[0])).max() < 0.05 + 1e-9
    blind = saccade_events(IMAGE, pixel=pixel._replace(refractory=5.0))
    told = 0.05 * event_balance(blind, start=0, end=100.0)
    assert np.abs(told - (rests[1] - rests[0])).max() > 0.5


def test_finer_steps_change_few_events():
    coarse, fine = (saccade_events(IMAGE, dt=dt) for dt in (1.0, 0.1))
    assert abs(coarse.t.size - fine.t.size) < 0.01 * fine.t.size
    assert np.abs(event_counts(coarse) - event_counts(fine)).sum() < 0.03 * fine.t.size


def test_a_bright_digit_has_the_opposite_signs():
    dark, bright = (
        event_balance(saccade_events(IMAGE, Saccades(ink=ink)), start=0, end=100.0) for ink in (0.5, 2.0)
    )
    assert np.corrcoef(dark.ravel(), bright.ravel())[0, 1] < -0.9


def test_times_and_addresses_are_those_of_a_camera():
    events = saccade_events(IMAGE, NMNIST, NMNIST_PIXEL)
    assert (np.diff(events.t) >= 0).all() and 0 < events.t[0] and events.t[-1] < 300
    assert events.x.max() < 34 and events.y.max() < 34
    assert saccade_events(np.zeros((28, 28))).t.size == 0


def test_bad_input_is_named():
    for call, sentence in (
        (lambda: saccade_path(dt=0.3), "dt must divide a saccade of 100 ms, got 0.3"),
        (lambda: saccade_path(dt=200.0), "dt must divide a saccade of 100 ms, got 200"),
        (
            lambda: saccade_events(IMAGE, Saccades(blur=-1.0)),
            "blur must be zero or positive, and finite, got -1",
        ),
        (lambda: saccade_events(IMAGE, Saccades(ink=0.0)), "ink must be positive and finite, got 0"),
        (lambda: saccade_events(2 * IMAGE), "image must be between 0 and 1, got"),
    ):
        with pytest.raises(ValueError, match=sentence):
            call()
