"""Events of a camera: what they are, and that they show the images that they are said to show."""

import numpy as np
import pytest

from snnlab.data import Events, event_balance, event_counts, event_spikes, load_mnist_5k, load_nmnist_100


@pytest.fixture(scope="module")
def digits():
    return load_nmnist_100()


def test_ten_recordings_of_each_digit(digits):
    assert np.bincount(digits.labels).tolist() == [10] * 10
    for events in digits.recordings:
        assert events.t.size == events.x.size == events.y.size == events.brighter.size
        assert np.all(np.diff(events.t) >= 0) and events.t[0] > 0 and 290 < events.t[-1] < 320
        assert max(events.x.max(), events.y.max()) <= 33


def test_each_recording_shows_its_image(digits):
    """Edges send events, so counts correlate with the image, and most of all where they lie on each other."""
    mnist = load_mnist_5k()
    np.testing.assert_array_equal(mnist.y_train[digits.image], digits.labels)
    alike = []
    for events, image in zip(digits.recordings, digits.image, strict=True):
        counts = event_counts(events)
        pairs = (counts[r : r + 28, c : c + 28].ravel() for r in range(7) for c in range(7))
        alike.append([np.corrcoef(part, mnist.x_train[image].ravel())[0, 1] for part in pairs])
    alike = np.mean(alike, axis=0)
    assert alike.max() > 0.65 and alike.argmax() == 3 * 7 + 3  # a margin of 3 pixels on all sides


def test_what_becomes_brighter_does_so_together(digits):
    """Events of one pixel in one movement have mostly one direction; shuffled directions have none."""
    rng, kept, shuffled = np.random.default_rng(1), [], []
    for events in digits.recordings[::7]:
        first = events.t < 100
        pixel = events.y[first].astype(int) * 34 + events.x[first]
        for brighter, into in (
            (events.brighter[first], kept),
            (rng.permutation(events.brighter[first]), shuffled),
        ):
            sums = np.bincount(pixel, np.where(brighter, 1.0, -1.0))
            into.append(np.abs(sums).sum() / pixel.size)
    assert np.mean(kept) > 1.3 * np.mean(shuffled)


def test_events_become_spikes(digits):
    events = digits.recordings[37]
    spikes = event_spikes(events)
    assert spikes.n_spikes == events.t.size and spikes.n_units == 34**2
    np.testing.assert_array_equal(
        np.bincount(spikes.units, minlength=34**2).reshape(34, 34), event_counts(events)
    )
    pooled = event_spikes(events, pool=2)
    np.testing.assert_array_equal(
        np.bincount(pooled.units, minlength=17**2).reshape(17, 17),
        event_counts(events).reshape(17, 2, 17, 2).sum(axis=(1, 3)),
    )
    assert event_spikes(events, duration=100.0).n_spikes == (events.t <= 100).sum()


def test_pixels_outside_and_squares_that_do_not_fit():
    events = Events(np.array([1.0]), np.array([34]), np.array([0]), np.array([True]))
    with pytest.raises(ValueError, match="x must be whole, from 0 to 33, got 34"):
        event_counts(events)
    with pytest.raises(ValueError, match=r"pool must be a divisor of size \(34\), got 4"):
        event_spikes(events, pool=4)
    nothing = Events(*(np.empty(0) for _ in range(4)))
    assert event_spikes(nothing).n_spikes == 0 and event_counts(nothing).sum() == 0


def test_recordings_made_by_hand_are_looked_at():
    two = Events([1.0, 2.0], [0, 1], [0, 1], [True, False])
    assert event_spikes(two, 4).n_spikes == 2
    for events, said in (
        (two._replace(x=[-0.5, 1.7]), "x must be whole, from 0 to 33, got -0.5"),
        (two._replace(x=[1]), r"y must have shape \(1,\), as x, got \(2,\)"),
        (two._replace(t=[1.0]), r"t must have shape \(2,\), as x and y, got \(1,\)"),
        (two._replace(t=[1.0, np.nan]), "t must be finite, got nan"),
    ):
        with pytest.raises(ValueError, match=said):
            event_spikes(events)
    for call, said in (
        (lambda: event_spikes(two, "34"), "size must be a whole number, got '34'"),
        (lambda: event_spikes(two, duration="a"), "duration must be a number, got str"),
        (lambda: event_counts(None), "events must be Events, got NoneType"),
    ):
        with pytest.raises(TypeError, match=said):
            call()


def test_a_balance_is_on_minus_off_within_its_time(digits):
    events = digits.recordings[52]
    windows = [event_balance(events, start=a, end=b) for a, b in ((0, 100), (100, 200), (200, 1000))]
    signs = np.where(events.brighter, 1, -1)
    by_hand = np.zeros((34, 34), int)
    for x, y, sign in zip(events.x, events.y, signs, strict=True):
        by_hand[y, x] += sign
    np.testing.assert_array_equal(sum(windows), by_hand)
    np.testing.assert_array_equal(event_balance(events), by_hand)
    one = Events(np.array([5.0]), np.array([1]), np.array([0]), np.array([False]))
    assert event_balance(one, 2, 5.0, 6.0).tolist() == [[0, -1], [0, 0]]
    assert not event_balance(one, 2, 0.0, 5.0).any()  # before 5 ms
    with pytest.raises(ValueError, match="end must be finite, got nan"):
        event_balance(one, 2, end=float("nan"))
