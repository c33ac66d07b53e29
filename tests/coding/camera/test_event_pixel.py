"""One pixel: against a search for each event, against the level-crossing code, and against sums by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.coding import encode_level_crossings
from snnlab.coding.camera.event_pixel import EventPixel, pixel_events


def one_by_one(level, dt, on, off, refractory):
    """The readable twin: from each event look for the next one, on a line through the points."""
    grid = np.arange(len(level)) * dt
    now, found = 0.0, []
    while now <= grid[-1]:
        reference = np.interp(now, grid, level)
        coming = []
        for way, wanted in ((0, reference + on), (1, reference - off)):
            left = np.concatenate([[now], grid[grid > now]])
            heights = np.interp(left, grid, level)
            beyond = heights >= wanted - 1e-12 if way == 0 else heights <= wanted + 1e-12
            if beyond.any():
                k = int(beyond.argmax())
                part = (wanted - heights[k - 1]) / (heights[k] - heights[k - 1])
                coming.append((left[k - 1] + part * (left[k] - left[k - 1]), way))
        if not coming:
            break
        found.append(min(coming))
        now = found[-1][0] + refractory
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=20),
    st.floats(0.1, 1),
    st.floats(0.1, 1),
    st.sampled_from([0.0, 0.7, 5.0]),
)
def test_each_event_is_the_next_that_a_search_finds(level, on, off, refractory):
    on, off = on + 0.0123457, off + 0.0076543  # so that no round level is reached exactly, or just not
    events = pixel_events(level, 2.0, EventPixel(on, off, refractory))
    twin = one_by_one(level, 2.0, on, off, refractory)
    assert events.units.tolist() == [way for _, way in twin]
    assert events.times == pytest.approx(np.array([t for t, _ in twin]), abs=1e-9)


def test_without_a_refractory_period_it_is_the_level_crossing_code():
    walk = np.cumsum(np.random.default_rng(3).normal(0, 0.3, 500))
    events, crossings = pixel_events(walk, 1.5, EventPixel(0.2, 0.2)), encode_level_crossings(walk, 1.5, 0.2)
    np.testing.assert_array_equal(events.units, crossings.units)
    assert events.times == pytest.approx(crossings.times) and events.n_spikes > 400


@pytest.mark.equation("event-pixel")
@pytest.mark.parametrize("refractory", [0.0, 3.0])
@pytest.mark.parametrize(("slope", "unit", "threshold"), [(0.05, 0, 0.2), (-0.05, 1, 0.35)])
def test_a_steady_change_fires_at_steady_times(refractory, slope, unit, threshold):
    """A threshold takes θ / slope, and then the pixel is blind: by hand, both ways."""
    level = slope * np.arange(201)
    events = pixel_events(level, 1.0, EventPixel(0.2, 0.35, refractory))
    interval = threshold / abs(slope) + refractory
    first = threshold / abs(slope)
    n = int((200 - first) / interval) + 1
    assert events.times == pytest.approx(first + interval * np.arange(n))
    assert (events.units == unit).all()


def test_a_share_is_a_share_in_the_sun_and_in_the_shade():
    """The control: the same light without its logarithm does not fire in the shade."""
    light = np.array([1.0, 1.5, 2.0, 0.99])
    sun, shade = (pixel_events(np.log(b * light), 10.0) for b in (1000.0, 0.001))
    assert sun.n_spikes == 6 and shade.times == pytest.approx(sun.times)
    assert pixel_events(0.001 * light, 10.0).n_spikes == 0 < pixel_events(1000.0 * light, 10.0).n_spikes


def test_what_happens_while_it_is_blind_is_forgotten():
    """A flash within the refractory period leaves no trace; without one it sends both ways."""
    level = [0.0, 0.2, 0.2, 1.2, 0.2, 0.2, 0.2]
    assert pixel_events(level, 1.0, EventPixel(refractory=4.0)).units.tolist() == [0]
    assert pixel_events(level, 1.0).units.tolist() == [0] * 6 + [1] * 5


def test_after_it_was_blind_it_starts_from_what_it_finds():
    """By hand: 0.2 is reached at 1 ms; at 2.5 ms it finds 0.5, and 0.7 is reached at 3.5 ms."""
    events = pixel_events([0.0, 0.2, 0.4, 0.6, 0.8, 0.8], 1.0, EventPixel(refractory=1.5))
    assert events.times == pytest.approx([1.0, 3.5]) and not events.units.any()


def test_thresholds_differ_for_both_ways():
    up_and_down = [0.0, 1.05, 0.0]
    units = pixel_events(up_and_down, 1.0, EventPixel(on=0.25, off=0.5)).units
    assert np.bincount(units).tolist() == [4, 2]


def test_bad_input_is_named():
    for level, pixel, sentence in (
        ([], EventPixel(), "log_intensity must hold one value at least, got none"),
        ([[0.0]], EventPixel(), r"log_intensity must have shape \(steps,\), got \(1, 1\)"),
        (
            np.log([1.0, 2.0]) - [0.0, np.inf],
            EventPixel(),
            r"log_intensity must be finite, got -inf at \[1\]",
        ),
        ([0.0], EventPixel(on=0.0), "on must be positive and finite, got 0"),
        ([0.0], EventPixel(refractory=-1.0), "refractory must be zero or positive, and finite, got -1"),
        ([0.0, 1.0], EventPixel(1e-9), r"the number of spikes must be at most 1e\+08, got about 1e\+09"),
    ):
        with pytest.raises(ValueError, match=sentence):
            pixel_events(level, 1.0, pixel)
    with pytest.raises(TypeError, match="pixel must be an EventPixel, got float"):
        pixel_events([0.0], 1.0, 0.2)
