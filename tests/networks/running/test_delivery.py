"""Delivery against the sum that it stands for, and events against the connections that they are made of."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import arrivals, deliver, events_of, from_list, ring_for

DT = 0.1


def some_connections(rng, n_pre=9, n_post=6, synapses=200, longest=12):
    """With multapses, equal and zero delays; weights are whole, so that every order adds up alike."""
    pre, post = rng.integers(0, n_pre, synapses), rng.integers(0, n_post, synapses)
    w, delay = rng.integers(-50, 50, synapses), rng.integers(0, longest + 1, synapses) * DT
    return from_list(pre, post, w, delay, n_pre=n_pre, n_post=n_post)


def the_sum(spikes, connections, steps):
    """The equation, spike by spike and synapse by synapse."""
    out = np.zeros((steps, connections.n_post))
    for pre, post, w, delay in zip(*connections[:4], strict=True):
        for time in spikes[pre]:
            arrives = round((time + delay) / DT)
            if arrives < steps:
                out[arrives, post] += w
    return out


def random_spikes(rng, n_pre, steps, p=0.3):
    when, units = np.nonzero(rng.random((steps, n_pre)) < p)
    return Spikes(when * DT, units, n_units=n_pre, duration=steps * DT)


@pytest.mark.parametrize("longest", [0, 1, 7, 8, 63])
def test_what_arrives_is_the_sum(longest):
    rng = np.random.default_rng(longest)
    lines = some_connections(rng, longest=longest)
    spikes = random_spikes(rng, lines.n_pre, 150)
    out = arrivals(spikes, lines, DT)
    assert np.abs(out).sum() > 0
    np.testing.assert_array_equal(out, the_sum(spikes, lines, 150))


def test_a_spike_at_the_very_end_falls_into_no_step():
    lines = from_list([0], [0], 1, 0, n_pre=1, n_post=1)
    assert arrivals(Spikes([1.0], duration=1.0), lines, DT).sum() == 0


@pytest.mark.parametrize(("longest", "rows"), [(0, 1), (1, 2), (2, 4), (3, 4), (4, 8), (63, 64), (64, 128)])
def test_a_ring_has_a_power_of_two_of_rows_above_the_longest_delay(longest, rows):
    events = events_of(from_list([0], [0], 1, longest * DT, n_pre=1, n_post=3), DT, np.float32)
    ring = ring_for(events, 3)
    assert ring.shape == (rows, 3) and ring.dtype == np.float32


def test_only_the_spikes_that_count_are_delivered_and_those_of_a_step_add_up():
    events = events_of(from_list([0, 1, 2], [0, 0, 1], [1, 2, 4], 0.2, n_pre=3, n_post=2), DT)
    ring = ring_for(events, 2)
    deliver(np.array([1, 0, 2], np.int32), 2, 7, ring, events)
    expected = np.zeros((4, 2))
    expected[(7 + 2) % 4, 0] = 3
    np.testing.assert_array_equal(ring, expected)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ids": [3]}, "ids must be below the 3 neurons of events, got 3"),
        ({"ids": [0.5]}, "ids must be whole numbers"),
        ({"count": 2}, "count must be at most 1, got 2"),
        ({"t": -1}, "t must be at least 0, got -1"),
        ({"ring": np.zeros((4, 2), np.float32)}, "ring must be an array of float64 of two axes"),
        ({"ring": np.zeros((3, 2))}, "ring must be as ring_for makes it for these events, got one of 3 rows"),
        ({"ring": np.zeros((2, 2))}, "ring must be as ring_for makes it .* got one of 2 rows"),
        ({"ring": np.zeros((4, 1))}, "ring must have a column for neuron 1, got 1 columns"),
        ({"events": None}, "events must be an Events, got NoneType"),
    ],
)
def test_what_does_not_fit_together_is_not_delivered(change, sentence):
    events = events_of(from_list([0, 1, 2], [0, 0, 1], [1, 2, 4], 0.2, n_pre=3, n_post=2), DT)
    given = {"ids": [0], "count": 1, "t": 0, "ring": ring_for(events, 2), "events": events} | change
    with pytest.raises((TypeError, ValueError), match=sentence):
        deliver(**given)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"begin": np.array([0, 2, 1, 3])}, "begin must rise from 0 to the number of synapses"),
        ({"begin": np.array([1, 2, 3])}, "begin must rise from 0"),
        ({"post": np.array([0.0, 0.0, 1.0])}, "post must be whole numbers"),
        ({"late": np.array([1, 1], np.int32)}, "late must have shape .synapses,., with as many synapses"),
        ({"w": np.ones(3, np.int64)}, "w must be float64, float32 or int32, got int64"),
        ({"w": np.ones(2)}, "w must have one for each of 3 synapses, got 2"),
    ],
)
def test_events_that_no_connections_make_are_refused(change, sentence):
    events = events_of(from_list([0, 1, 2], [0, 0, 1], [1, 2, 4], 0.2, n_pre=3, n_post=2), DT)
    with pytest.raises((TypeError, ValueError), match=sentence):
        ring_for(events._replace(**change), 2)


@pytest.mark.parametrize("n_pre", [9, 70_000, 200_000])
def test_events_are_the_connections_in_the_order_of_who_fires(n_pre):
    rng = np.random.default_rng(3)
    lines = some_connections(rng, n_pre=n_pre, synapses=1000)
    events = events_of(lines, DT)
    order = np.argsort(lines.pre, kind="stable")
    np.testing.assert_array_equal(np.repeat(np.arange(n_pre), np.diff(events.begin)), lines.pre[order])
    np.testing.assert_array_equal(events.post, lines.post[order])
    np.testing.assert_array_equal(events.w, lines.w[order])
    np.testing.assert_array_equal(events.late, np.rint(lines.delay[order] / DT))


def test_sorted_connections_stay_as_they_are():
    lines = from_list([0, 0, 1], [2, 1, 0], [1, 2, 3], [0.1, 0.2, 0.3], n_pre=2, n_post=3)
    assert events_of(lines, DT).post.tolist() == [2, 1, 0]


@pytest.mark.parametrize(
    ("delay", "dt", "dtype", "message"),
    [
        (0.25, 0.1, float, r"delay must be a multiple of dt \(0.1 ms\), got 0.25"),
        (1.00001, 0.1, float, r"delay must be a multiple of dt \(0.1 ms\), got 1.00001"),
        (1e9, 0.1, float, r"delay must be at most 16777216 steps of dt \(0.1 ms\), got 1e\+09"),
        (1.0, 0.0, float, "dt must be positive and finite, got 0"),
        (1.0, 0.1, int, "dtype must be float64 or float32, got int64"),
    ],
)
def test_bad_delays_are_named(delay, dt, dtype, message):
    with pytest.raises(ValueError, match=message):
        events_of(from_list([0], [0], 1, delay, n_pre=1, n_post=1), dt, dtype)


def test_a_delay_that_a_float_cannot_write_is_still_a_multiple():
    lines = from_list([0] * 3, [0] * 3, 1, [0.1 + 0.2, 1.5, 0.7], n_pre=1, n_post=1)
    assert events_of(lines, 0.1).late.tolist() == [3, 15, 7]


def test_spikes_of_another_population_are_named():
    lines = from_list([0], [0], n_pre=2, n_post=1)
    with pytest.raises(ValueError, match=r"spikes must be of n_pre \(2\) units, got 1"):
        arrivals(Spikes([1.0], duration=5.0), lines, DT)
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        arrivals([1.0], lines, DT)
