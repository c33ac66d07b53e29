"""A neuron by events is exact, and the clock that ticks faster and faster becomes it."""

import math

import numpy as np
import pytest

from snnlab.networks.comparisons.clock_or_events import (
    DURATION,
    GRID,
    INHIBITORY,
    INPUTS,
    WEIGHT,
    clock_or_events,
    draw_inputs,
    from_event_to_event,
    from_tick_to_tick,
    recorded,
    room_for,
    run_clock_or_events,
)

SEED = np.uint64(3)


def drawn(rate, seed=SEED):
    at, w = room_for(rate)
    n = draw_inputs(at, w, rate, seed)
    return at[:n], w[:n]


def fired(at, w, tau):
    """Spike times and the potential that is shown, by events."""
    v, times = np.zeros(2000), np.zeros(len(at))
    return times[: from_event_to_event(at, w, len(at), tau, v, times)], v


def test_the_inputs_are_poisson_and_a_fifth_of_them_inhibits():
    at, w = zip(*(drawn(8.0, np.uint64(seed)) for seed in range(20)), strict=True)
    n = np.array([len(each) for each in at])
    expected = INPUTS * 8.0 * DURATION / 1000
    assert abs(n.mean() - expected) < 4 * math.sqrt(expected / 20)
    gaps = np.concatenate([np.diff(each) for each in at])
    assert gaps.std() / gaps.mean() == pytest.approx(1.0, abs=4 / math.sqrt(gaps.size))
    share = np.mean(np.concatenate(w) < 0)
    assert abs(share - INHIBITORY) < 4 * math.sqrt(0.16 / n.sum()) and set(np.abs(w[0])) == {WEIGHT}


@pytest.mark.equation("event-update")
def test_between_two_inputs_the_potential_decays_as_the_equation_says():
    times, v = fired(np.array([10.0, 30.0]), np.array([0.8, 0.5]), 20.0)
    t = GRID * np.arange(1, v.size + 1)
    since = np.where(t >= 10, 0.8 * np.exp(-(t - 10) / 20), 0) + np.where(
        t >= 30, 0.5 * np.exp(-(t - 30) / 20), 0
    )
    here = (np.abs(t - 10) > 0.05) & (np.abs(t - 30) > 0.05)
    np.testing.assert_allclose(v[here], since[here], atol=1e-12)
    assert times.size == 0


def test_it_fires_at_the_input_spike_and_starts_again_at_0():
    times, v = fired(np.array([10.0, 12.0, 14.0]), np.array([0.8, 0.5, 0.3]), 20.0)
    np.testing.assert_array_equal(times, [12.0])
    assert v[round(13 / GRID)] == 0.0 and v[round(14 / GRID)] == pytest.approx(0.3 * math.exp(-0.1 / 20))


def test_as_many_updates_as_input_spikes_and_as_ticks():
    at, _ = drawn(6.0)
    for dt in (0.3, 1.0, 5.0):
        seen = clock_or_events(6.0, dt, rng=SEED)
        assert (seen.updates, seen.ticks) == (at.size, math.ceil(DURATION / dt))
    middle = np.interp(10.0, seen.rates, seen.by_events)
    assert middle == INPUTS * 10.0 * DURATION / 1000  # as many as ticks of 1 ms: n r dt = 1
    assert middle == clock_or_events(6.0, 1.0, rng=SEED).by_clock[0]


@pytest.mark.equation("break-even-clock")
def test_both_are_equal_where_an_input_spike_comes_in_every_tick():
    for dt in (0.5, 2.0, 4.0):
        seen = clock_or_events(1.0, dt, rng=SEED)
        rate = 1000 / (INPUTS * dt)
        assert np.interp(rate, seen.rates, seen.by_events) == pytest.approx(
            seen.by_clock[0], rel=1e-12, abs=0
        )


def test_the_clock_that_ticks_faster_becomes_it():
    shares, apart = [], []
    for dt in (1.0, 0.1, 0.01, 0.001):
        seen = clock_or_events(10.0, dt, rng=SEED)
        shares.append(seen.percent)
        apart.append(abs(seen.n_clock - seen.n))
    assert shares == sorted(shares) and shares[-1] > 98 and apart[-1] == 0


def test_a_slow_clock_fires_less_for_ten_seeds():
    """Of the spikes that fall into one tick it can have one, and what comes in together is added up."""
    fewer = [(seen := clock_or_events(20.0, 5.0, rng=np.uint64(seed))).n - seen.n_clock for seed in range(10)]
    assert min(fewer) > 0


def test_with_one_input_spike_a_tick_at_its_end_both_are_one():
    """The control of the test above: nothing is rounded where the inputs come at the ticks."""
    at, w = drawn(5.0)
    at = np.unique(np.floor(at)) + 1.0 - 1e-9
    w = w[: at.size]
    times, v = fired(at, w, 20.0)
    clock, v_clock = np.zeros(at.size), np.zeros(2000)
    n, met, _ = from_tick_to_tick(at, w, at.size, 20.0, 1.0, v_clock, clock, times, times.size)
    assert n == met == times.size > 5
    np.testing.assert_allclose(clock[:n], times, atol=1e-8)
    ticks = np.arange(9, 2000, 10)[:-1]
    np.testing.assert_allclose(v[ticks], v_clock[ticks], atol=1e-6)


def test_the_curve_has_the_clock_that_was_asked_for():
    seen = clock_or_events(12.0, 2.5, rng=SEED)
    assert seen.counts[np.isclose(seen.clocks, 2.5, atol=0)] == [seen.n_clock]
    assert (seen.times.size, seen.clock_times.size) == (seen.n, seen.n_clock)
    np.testing.assert_allclose(seen.clock_times % 2.5, 0.0, atol=1e-9)


def test_silence_costs_the_clock_as_much_as_noise():
    seen = clock_or_events(0.0, 1.0, rng=SEED)
    assert (seen.updates, seen.ticks, seen.n) == (0, 2000, 0) and math.isnan(seen.percent)


def test_the_room_is_enough_at_the_highest_rate():
    for seed in range(40):
        seen = recorded(20.0)
        at, w = room_for(20.0)
        run_clock_or_events(seen, at, w, 20.0, 1.0, 20.0, np.uint64(seed))
        assert seen.updates[0] < at.size


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": -1.0}, "rate must be zero or positive, and finite, got -1"),
        ({"dt": 0.0}, "dt must be positive and finite, got 0"),
        ({"dt": 3000.0}, "dt must be at most the duration (2000 ms), got 3000"),
        ({"tau": math.inf}, "tau must be positive and finite, got inf"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        clock_or_events(**wrong, rng=SEED)
    assert str(failure.value) == sentence
