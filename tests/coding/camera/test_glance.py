"""One glance: as many events as thresholds lie between what is remembered and what is seen."""

import numpy as np
import pytest

from snnlab.coding.camera.event_pixel import EventPixel, pixel_events
from snnlab.coding.camera.glance import COLUMNS, ROWS, glance, logarithms, two_pictures


def test_a_glance_is_a_pixel_before_two_points():
    """The readable twin: each pixel's light as a straight line from one picture to the next."""
    rng = np.random.default_rng(7)
    before, now = rng.integers(0, 256, (2, 6, 7))
    pixel = EventPixel(0.2, 0.35)
    seen, logs = glance(now, glance(before).remembers, pixel), logarithms()
    for r in range(6):
        for c in range(7):
            events = pixel_events(logs[[before[r, c], now[r, c]]], 1.0, pixel)
            ups, downs = np.bincount(events.units, minlength=2)
            assert seen.balance[5 - r, c] == ups - downs
            assert seen.remembers[r, c] == pytest.approx(logs[before[r, c]] + 0.2 * ups - 0.35 * downs)
            assert seen.light[5 - r, c] == logs[now[r, c]]
    assert seen.n == seen.n_on + seen.n_off == np.abs(seen.balance).sum()
    assert seen.speaking == (seen.balance != 0).sum()


def test_a_pixel_remembers_from_glance_to_glance():
    """What changes by less than a threshold is not lost: it is sent when enough has come together."""
    ramp = np.array([[[100 + 10 * k]] for k in range(10)])
    remembered, sent = None, []
    for picture in ramp:
        seen = glance(picture, remembered, EventPixel(0.2, 0.2))
        remembered = seen.remembers
        sent.append(seen.n)
    levels = logarithms()[ramp[[0, -1], 0, 0]]
    assert max(sent) == 1 and sum(sent) == int((levels[1] - levels[0]) / 0.2)


def test_the_same_picture_again_is_silent():
    _, picture = two_pictures()
    first = glance(picture)
    assert picture.shape == (ROWS, COLUMNS) and first.n == 0
    again = glance(picture, first.remembers)
    assert again.n == again.speaking == 0
    np.testing.assert_array_equal(first.light, logarithms()[picture][::-1])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"grey": [[256]]}, "grey must hold whole numbers from 0 to 255, got 256"),
        ({"grey": [[0.5]]}, "grey must hold whole numbers from 0 to 255, got 0.5"),
        ({"grey": np.empty((0, 2))}, "grey must hold whole numbers from 0 to 255, got none"),
        ({"grey": [0]}, r"grey must have shape \(rows, columns\), got \(1,\)"),
        ({"remembered": [[0.0, 0.0]]}, r"remembered must have shape \(1, 1\), as grey, got \(1, 2\)"),
        ({"remembered": [[1e20]]}, "remembered must be between -100 and 100, got 1e\\+20"),
        ({"pixel": EventPixel(off=0.001)}, "off must be at least 0.01, got 0.001"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        glance(**{"grey": [[1]], **change})
