"""The simulated camera beside 80 recordings that had no part in its fit, and a blurred digit."""

import numpy as np
import pytest

from snnlab.coding.camera.check_saccades import WIDTH, check_saccades
from snnlab.coding.camera.moving_scene import blurred
from snnlab.coding.camera.saccades import NMNIST, TUNING
from snnlab.data import event_counts, load_mnist_5k, load_nmnist_100

HELD_OUT = np.setdiff1d(np.arange(100), TUNING)


@pytest.fixture(scope="module")
def digits():
    digits, images = load_nmnist_100(), load_mnist_5k().x_train / 255
    return [digits.recordings[k] for k in HELD_OUT], images[digits.image[HELD_OUT]]


@pytest.fixture(scope="module")
def found(digits):
    return check_saccades(*digits)


def test_the_signed_map_of_a_saccade_correlates_on_every_digit_held_out(found):
    assert found.signed.size == 80 and found.signed.min() > 0.8


def test_a_blurred_digit_has_the_places_and_not_the_signs(found):
    assert found.blurred_unsigned.mean() > 0.9
    assert abs(found.blurred_signed.mean()) < 0.1
    assert (found.signed - found.blurred_signed).min() > 0.5


def test_other_blurs_have_no_signs_either(digits):
    """And the width was chosen well: neither half of it nor twice as much is better at the places."""
    recordings, images = digits
    places = {}
    for width in (WIDTH / 2, WIDTH, 2 * WIDTH):
        pairs = [
            (blurred(image, width, 3), event_counts(events))
            for events, image in zip(recordings, images, strict=True)
        ]
        places[width] = np.mean([np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in pairs])
    assert max(places, key=places.get) == WIDTH


def test_two_pictures_have_the_signs_without_any_event(found):
    """So the map tests how the camera moved, and hardly how its pixels work."""
    assert found.pictures_signed.min() > 0.8
    assert abs(found.pictures_signed - found.signed).max() < 0.1


def test_events_are_about_as_many(found):
    """Thresholds were fitted to the number of events of other digits."""
    assert 0.9 < found.sent.sum() / found.recorded.sum() < 1.1
    assert np.corrcoef(found.sent, found.recorded)[0, 1] > 0.8


def test_another_digit_is_the_control(digits, found):
    """The triangle alone is not what correlates: eight digits of each kind, moved on by one kind."""
    recordings, images = digits
    others = check_saccades(recordings, np.roll(images, 8, axis=0))
    assert others.signed.mean() < 0.6 and (others.signed < found.signed).all()


def test_a_bright_digit_has_the_wrong_signs(digits):
    recordings, images = digits
    bright = check_saccades(recordings[::8], images[::8], NMNIST._replace(ink=1 / NMNIST.ink))
    assert bright.signed.max() < -0.5


def test_a_bad_number_of_images_is_named(digits):
    with pytest.raises(ValueError, match=r"images must be as many as recordings \(80, at least 1\), got 1"):
        check_saccades(digits[0], digits[1][:1])
