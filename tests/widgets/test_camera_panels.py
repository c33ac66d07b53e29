"""The panels of the event camera against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import own_camera_panel, waved_camera_panel

from snnlab.coding.camera.event_pixel import EventPixel
from snnlab.coding.camera.glance import glance, two_pictures
from snnlab.coding.camera.waved_camera import waved_camera


@pytest.mark.parametrize(
    ("digit", "dx", "dy", "threshold"), [(0, 0.0, 0.0, 0.3), (7, -6.0, 2.5, 0.1), (9, 5.5, 6.0, 1.0)]
)
def test_the_push_is_that_of_the_package(digit, dx, dy, threshold):
    panel = waved_camera_panel(engine="kernel", digit=digit, dx=dx, dy=dy, threshold=threshold)
    seen = waved_camera(digit, dx, dy, threshold)
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


@pytest.mark.parametrize(("on", "off"), [(0.1, 0.1), (0.35, 1.0)])
def test_the_glance_is_that_of_the_package(on, off):
    panel = own_camera_panel(engine="kernel", on=on, off=off)
    before, now = two_pictures()
    seen = glance(now, glance(before).remembers, EventPixel(on, off))
    for name, value in seen._asdict().items():
        np.testing.assert_array_equal(getattr(panel.result, name), value, name)


def test_what_is_drawn_stays_in_its_frame():
    """The light of every digit pushed as far as it goes; of the balance nine of ten pixels that send."""
    for digit in range(10):
        result = waved_camera_panel(engine="kernel", digit=digit, dx=6.0, dy=-6.0).result
        assert -2.4 < result.scene.min() and result.scene.max() <= 0.0
        assert -2.4 < min(result.level.min(), result.reference.min()) and result.level.max() < 0.1
        sending = np.abs(result.balance[result.balance != 0])
        assert np.mean(sending <= 8) > 0.9
    assert own_camera_panel(engine="kernel").result.light.min() >= -3.5
