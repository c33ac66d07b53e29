"""The container: what goes in comes out, and what is wrong is named."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab import Spikes


@st.composite
def any_spikes(draw):
    n_units = draw(st.integers(1, 5))
    duration = draw(st.floats(1.0, 1e4))
    times = draw(st.lists(st.floats(0.0, 1.0), max_size=40))
    units = draw(st.lists(st.integers(0, n_units - 1), min_size=len(times), max_size=len(times)))
    return Spikes(np.array(times) * duration, units, n_units=n_units, duration=duration)


@given(any_spikes())
def test_sorted_and_complete(s):
    assert np.all(np.diff(s.times) >= 0)
    assert sum(len(train) for train in s) == s.n_spikes == s.times.size == s.units.size
    for k, train in enumerate(s):
        assert np.array_equal(train, s.times[s.units == k])
        assert np.array_equal(train, s[k])
    assert len(s) == len(list(s)) == s.n_units


@given(any_spikes())
def test_trains_round_trip(s):
    assert Spikes.from_trains(s.to_trains(), duration=s.duration) == s


@given(any_spikes(), st.randoms())
def test_the_order_of_input_does_not_matter(s, random):
    order = list(range(s.n_spikes))
    random.shuffle(order)
    assert Spikes(s.times[order], s.units[order], n_units=s.n_units, duration=s.duration) == s


@given(
    st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=30),
    st.sampled_from([0.1, 0.3, 0.7, 1.0, 2.5, 1 / 3]),
)
def test_counts_round_trip(counts, bin_width):
    assert np.array_equal(Spikes.from_counts(counts, bin_width).counts(bin_width), counts)


@given(
    st.lists(st.lists(st.booleans(), min_size=2, max_size=2), min_size=1, max_size=200),
    st.sampled_from([0.1, 0.3, 0.7, 1.0, 2.5, 1 / 3]),
)
def test_raster_round_trip(raster, dt):
    assert np.array_equal(Spikes.from_raster(raster, dt).to_raster(dt), raster)


@given(any_spikes(), st.floats(0.01, 1.0))
def test_every_spike_is_counted_once(s, part):
    counts = s.counts(part * s.duration)
    assert counts.sum() == s.n_spikes
    assert np.array_equal(counts.sum(axis=0), [len(train) for train in s])


def test_counts_are_those_of_numpy_histogram():
    s = Spikes(np.random.default_rng(0).uniform(0, 100, 500), duration=100)
    assert np.array_equal(s.counts(7.3).ravel()[:13], np.histogram(s.times, np.arange(0, 100, 7.3))[0][:13])
    assert Spikes([0, 10, 20], duration=20).counts(10).ravel().tolist() == [
        1,
        2,
    ]  # the last bin includes its end


@pytest.mark.parametrize(("k", "dt"), [(7, 0.1), (25_165_824, 0.7), (27_962_031, 0.3)])
def test_a_time_on_the_grid_falls_into_its_own_bin_however_late(k, dt):
    """k dt / dt is a little below, or above, k for these."""
    counts = Spikes([k * dt], duration=(k + 1) * dt).counts(dt)
    assert counts.shape == (k + 1, 1) and counts[k, 0] == 1
    assert Spikes([], duration=k * dt).counts(dt).shape == (k, 1)


def test_a_bin_that_does_not_divide_the_duration_is_added():
    assert Spikes([25], duration=25).counts(10).ravel().tolist() == [0, 0, 1]


@given(any_spikes(), st.floats(0, 1), st.floats(0, 1))
def test_pieces_of_time_make_the_whole(s, a, b):
    a, b = sorted((a * s.duration, b * s.duration))
    pieces = [s.between(0, a), s.between(a, b), s.between(b, s.duration)]
    assert sum(p.n_spikes for p in pieces) >= s.n_spikes
    inner = [p.n_spikes for p in pieces]
    if 0 < a < b < s.duration and not np.isin(s.times, [a, b]).any():
        assert sum(inner) == s.n_spikes
    assert pieces[1].duration == b - a
    assert all(p.n_units == s.n_units for p in pieces)


def test_between_counts_time_from_its_start_and_keeps_the_edges():
    s = Spikes([0, 10, 20, 30], duration=30)
    assert s.between(10, 20).times.tolist() == [0]
    assert s.between(10, 30).times.tolist() == [0, 10, 20]


@given(any_spikes())
def test_choosing_units(s):
    assert s[:] == s
    backwards = s[::-1]
    assert [list(t) for t in backwards] == [list(t) for t in s][::-1]
    chosen = s[[s.n_units - 1]]
    assert chosen.n_units == 1 and np.array_equal(chosen[0], s[-1])
    mask = np.zeros(s.n_units, bool)
    assert s[mask].n_units == 0 and s[mask].n_spikes == 0


@given(any_spikes())
def test_merge_and_stack(s):
    empty = Spikes([], n_units=s.n_units, duration=s.duration)
    assert s.merge(empty) == s
    assert s.merge(s).n_spikes == 2 * s.n_spikes
    stacked = Spikes.stack([s, empty, s])
    assert stacked.n_units == 3 * s.n_units
    assert stacked[: s.n_units] == s == stacked[2 * s.n_units :]


@given(any_spikes())
def test_copies_are_equal_and_read_only(s):
    for other in (copy.copy(s), copy.deepcopy(s), pickle.loads(pickle.dumps(s))):
        assert other == s
        assert not other.times.flags.writeable and not other.units.flags.writeable


def test_nothing_can_be_changed():
    mine = np.array([1.0, 2.0])
    s = Spikes(mine, duration=10)
    mine[0] = 5.0
    assert s.times.tolist() == [1.0, 2.0]
    with pytest.raises(ValueError, match="read-only"):
        s.times[0] = 0.0
    with pytest.raises(AttributeError):
        s.duration = 3.0


def test_it_is_true_when_something_fired():
    assert Spikes([1], duration=10)
    assert not Spikes([], n_units=3, duration=10)


def test_equality_looks_at_everything():
    s = Spikes([1, 2], [0, 1], duration=10)
    assert s != Spikes([1, 3], [0, 1], duration=10)
    assert s != Spikes([1, 2], [1, 0], duration=10)
    assert s != Spikes([1, 2], [0, 1], duration=11)
    assert s != Spikes([1, 2], [0, 1], n_units=3, duration=10)
    assert s != [1, 2] and s != "spikes"


def test_what_it_says_of_itself():
    assert repr(Spikes([5], duration=100)) == "Spikes(1 spike of 1 unit in 100 ms, 10.0 Hz a unit)"
    assert repr(Spikes([], n_units=2, duration=0)) == "Spikes(0 spikes of 2 units in 0 ms)"
    assert repr(Spikes([], n_units=0, duration=5)) == "Spikes(0 spikes of 0 units in 5 ms)"


def test_empty_forms():
    none = Spikes([], n_units=0, duration=10)
    assert none.to_trains() == [] and none.counts(1).shape == (10, 0) and list(none) == []
    assert Spikes.from_trains([], duration=10) == none
    assert Spikes([], duration=0).counts(1).shape == (0, 1)
    assert np.isnan(Spikes([], duration=0).rates).all()


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (
            lambda: Spikes([-1], duration=10),
            ValueError,
            r"times must be from 0 to duration \(10 ms\), got -1 at position 0",
        ),
        (lambda: Spikes([1, 11], duration=10), ValueError, "got 11 at position 1"),
        (lambda: Spikes([np.nan], duration=10), ValueError, r"times must be finite, got nan at \[0\]"),
        (
            lambda: Spikes([[1.0]], duration=10),
            ValueError,
            r"times must have shape \(spikes,\), got \(1, 1\)",
        ),
        (
            lambda: Spikes([1], [2], n_units=2, duration=10),
            ValueError,
            r"units must be from 0 to n_units - 1 \(1\), got 2",
        ),
        (lambda: Spikes([1], [-1], duration=10), ValueError, "units must be from 0"),
        (lambda: Spikes([1], [0.5], duration=10), ValueError, "units must be whole numbers, got 0.5"),
        (
            lambda: Spikes([1, 2], [0], duration=10),
            ValueError,
            r"units must be as many as times \(2\), got 1",
        ),
        (
            lambda: Spikes([1], duration=-1),
            ValueError,
            "duration must be zero or positive, and finite, got -1",
        ),
        (lambda: Spikes([1], n_units=1.5, duration=10), TypeError, "n_units must be a whole number, got 1.5"),
        (lambda: Spikes([1], n_units=-1, duration=10), ValueError, "n_units must be at least 0, got -1"),
        (lambda: Spikes(["a"], duration=10), TypeError, "times must be an array of numbers"),
        (lambda: Spikes([1], duration="long"), TypeError, "duration must be a number, got str"),
        (
            lambda: Spikes([1], duration=10).counts(0),
            ValueError,
            "bin_width must be positive and finite, got 0",
        ),
        (lambda: Spikes([1], duration=10).between(5, 2), ValueError, "start and stop must satisfy"),
        (lambda: Spikes([1], duration=10).between(5, 20), ValueError, "start and stop must satisfy"),
        (lambda: Spikes([1], duration=10)[1], IndexError, "unit must be from 0 to 0, got 1"),
        (lambda: Spikes([1], duration=10)[[0, 0]], IndexError, "without repetitions"),
        (lambda: Spikes([1], duration=10)["a"], IndexError, "units must be chosen"),
        (lambda: Spikes.from_raster([0, 2], 1), ValueError, "raster must hold only 0 and 1 .*, got 2"),
        (lambda: Spikes.from_raster([1, -1], 1), ValueError, "raster must hold only 0 and 1 .*, got -1"),
        (lambda: Spikes([10.0000001], duration=10), ValueError, r"\(10 ms\), got 10.0000001 at position 0"),
        (
            lambda: Spikes([1], duration=10).counts(2.3e-308),
            ValueError,
            "duration / bin_width must be .* finite",
        ),
        (lambda: Spikes.from_counts([-1], 1), ValueError, "counts must be zero or positive, got -1"),
        (lambda: Spikes.stack([]), ValueError, "parts must hold at least one"),
        (lambda: Spikes.stack([[1.0]]), TypeError, "each part must be Spikes, got list"),
        (
            lambda: Spikes([1], duration=9).merge(Spikes([1], n_units=2, duration=9)),
            ValueError,
            "the same n_units",
        ),
        (
            lambda: Spikes.from_trains([[1], ["x"]], duration=3),
            TypeError,
            r"trains\[1\] must be an array of numbers",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()
