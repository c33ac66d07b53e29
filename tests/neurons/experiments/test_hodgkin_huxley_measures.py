"""What is measured on the Hodgkin–Huxley membrane, against experiments done by hand and reported numbers."""

import math

import numpy as np
import pytest

from snnlab.neurons import (
    HodgkinHuxley,
    hh_rate,
    hh_rebound,
    hh_refractory,
    hh_rest,
    hh_second_threshold,
    hh_threshold,
    simulate_hodgkin_huxley,
)

DT = 0.025  # ms, that of the measures
SQUID = HodgkinHuxley()


def spike_times(duration, *pulses, neuron=SQUID, dt=DT):
    """Pulses are (onset, width, strength)."""
    i = np.zeros(round(duration / dt))
    for onset, width, strength in pulses:
        i[round(onset / dt) : round((onset + width) / dt)] += strength
    return simulate_hodgkin_huxley(i, neuron, dt).spikes.times


@pytest.mark.parametrize("width", [0.1, 0.5, 2.0, 100.0])
def test_a_pulse_just_above_the_threshold_fires_and_one_just_below_does_not(width):
    threshold = hh_threshold(width)
    assert spike_times(width + 20, (0, width, 1.001 * threshold)).size > 0
    assert spike_times(width + 20, (0, width, 0.999 * threshold)).size == 0


def test_a_long_pulse_fires_from_about_2_3():
    """Reported for a step: a single spike from 2.3 µA/cm²."""
    assert hh_threshold(100.0) == pytest.approx(2.3, abs=0.1)


def test_the_shorter_the_pulse_the_stronger_it_has_to_be_and_a_brief_one_counts_by_its_charge():
    widths = np.array([0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0])
    thresholds = np.array([hh_threshold(width) for width in widths])
    assert np.all(np.diff(thresholds) < 0)
    charge = thresholds * widths  # nC/cm²
    assert charge[1] == pytest.approx(charge[0], rel=0.01) and np.all(np.diff(charge) > 0)


def test_the_threshold_does_not_hang_on_the_time_step():
    threshold = hh_threshold(0.5)
    for factor, fires in ((1.005, True), (0.995, False)):
        assert bool(spike_times(20.5, (0, 0.5, factor * threshold), dt=0.005).size) == fires


def test_with_half_of_the_sodium_channels_it_is_harder_and_without_them_the_current_does_all():
    assert hh_threshold(0.5, SQUID._replace(g_na=60.0)) > 1.2 * hh_threshold(0.5)
    alone = hh_threshold(0.5, SQUID._replace(g_na=0.0))  # the current lifts it over 0 mV by itself
    assert alone > 65.0 / 0.5  # 65 mV in 0.5 ms at 1 µF/cm²


def test_repetitive_firing_begins_between_6_2_and_6_3_at_about_53_hz():
    """Reported for the parameters of 1952; below, rest is stable, and a train dies away."""
    below, above = hh_rate([6.2, 6.3])
    assert below == 0 and above == pytest.approx(53.0, abs=1.0)


def test_the_rate_is_that_of_the_late_intervals():
    """1 s of 10 µA/cm², counted by hand; the rate grows with the current."""
    times = spike_times(1000, (0, 1000, 10.0))
    rate = hh_rate(10.0)
    assert rate.shape == () and rate == pytest.approx(1000 / np.diff(times[-10:]).mean(), rel=1e-3)
    rates = hh_rate([[0.0, 8.0], [15.0, 30.0]])
    assert rates.shape == (2, 2) and np.all(np.diff(rates.ravel()) > 0)


@pytest.mark.parametrize(("current", "duration"), [(-5.0, 20.0), (-20.0, 5.0)])
def test_a_rebound_is_dated_from_the_end_of_the_pull(current, duration):
    wait = hh_rebound(current, duration)
    times = spike_times(duration + 20, (0, duration, current))
    assert times.size == 1 and wait == pytest.approx(times[0] - duration, abs=1e-9)
    assert 0 < wait < 10


def test_a_rebound_needs_sodium_a_strong_pull_and_time():
    assert hh_rebound(-1.0, 20.0) == math.inf
    assert hh_rebound(-5.0, 0.5) == math.inf
    assert hh_rebound(-5.0, 20.0, SQUID._replace(g_na=0.0)) == math.inf


def test_a_spike_during_a_push_is_no_rebound():
    assert spike_times(40, (0, 20, 5.0)).size == 1
    assert hh_rebound(5.0, 20.0) == math.inf


@pytest.mark.parametrize("interval", [9.5, 12.0, 20.0])
def test_the_second_threshold_parts_two_spikes_from_one(interval):
    """Later than the absolute refractory period; the first pulse is 1.5 times the resting threshold."""
    at_rest, second = hh_threshold(), float(hh_second_threshold(interval))
    first = (0, 0.5, 1.5 * at_rest)
    assert spike_times(interval + 20.5, first, (interval, 0.5, 1.001 * second)).size == 2
    assert spike_times(interval + 20.5, first, (interval, 0.5, 0.999 * second)).size == 1


def test_the_second_threshold_falls_dips_below_rest_and_comes_back():
    """Infinite at first, then high, then for a while lower than at rest: the membrane rings."""
    intervals = np.array([5.0, 9.5, 11.0, 13.0, 15.0, 19.0, 60.0])
    second, at_rest = hh_second_threshold(intervals), hh_threshold()
    assert second[0] == math.inf
    assert np.all(np.diff(second[1:6]) < 0) and second[1] > 4 * at_rest
    assert second[5] < 0.95 * at_rest
    assert second[6] == pytest.approx(at_rest, rel=0.05)


def test_the_refractory_periods_are_where_the_second_spike_becomes_possible():
    at_rest, periods = hh_threshold(), hh_refractory()
    assert 0 < periods.absolute < periods.relative
    first = (0, 0.5, 1.5 * at_rest)
    for period, strength in ((periods.absolute, 5 * at_rest), (periods.relative, at_rest)):
        assert spike_times(period + 20.5, first, (period, 0.5, strength)).size == 2
        assert spike_times(period + 20.4, first, (period - 0.1, 0.5, strength)).size == 1


def test_in_the_warmth_everything_is_over_sooner():
    """Gates that are twice as fast (6.3 + 6.309 °C) give about half the refractory period."""
    warm = hh_refractory(SQUID._replace(temperature=6.3 + 10 * math.log(2, 3)))
    assert hh_refractory().absolute / warm.absolute == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_odd_shapes(shape):
    assert hh_rate(np.zeros(shape)).shape == shape
    assert hh_second_threshold(np.zeros(shape)).shape == shape


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: hh_threshold(0), "width must be positive and finite, got 0"),
        (lambda: hh_threshold(0.01), "width must be at least one time step, 0.025 ms, got 0.01"),
        (lambda: hh_threshold(0.5, SQUID._replace(c_m=-1)), "c_m must be positive and finite, got -1"),
        (lambda: hh_rate(np.nan), "i must be finite, got nan"),
        (lambda: hh_rate(1e9), "currents must be weak enough for steps of 0.025 ms, got 1e"),
        (lambda: hh_rebound(np.inf, 20.0), "current must be finite, got inf"),
        (lambda: hh_rebound(-5.0, -1.0), "duration must be positive and finite, got -1"),
        (lambda: hh_second_threshold([5.0, 0.5]), r"interval must be longer than width \(0.5 ms\), got 0.5"),
        (lambda: hh_second_threshold(np.inf), "interval must be finite, got inf"),
        (lambda: hh_refractory(width=-1), "width must be positive and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: hh_threshold("0.5"), "width must be a number, got str"),
        (lambda: hh_rate("abc"), "i must be an array of numbers"),
        (lambda: hh_refractory(3.0), "neuron must be a HodgkinHuxley, got float"),
    ],
)
def test_a_wrong_type_is_named(call, sentence):
    with pytest.raises(TypeError, match=sentence):
        call()


def test_a_time_too_long_for_the_memory_is_refused():
    with pytest.raises(ValueError, match=r"duration / dt must be at most 1e9 steps"):
        hh_rebound(-5.0, 1e20)
    with pytest.raises(ValueError, match=r"duration / dt must be at most 1e9 steps"):
        hh_threshold(1e20)


def test_more_sodium_enters_than_the_membrane_needs_and_most_of_that_is_the_cold(reproduces):
    """1.3 times as much in a fine axon of a rat (Alle and colleagues, 2009)."""
    times = []
    for temperature, push in ((6.3, 15.0), (18.5, 25.0)):
        axon, dt, i = SQUID._replace(temperature=temperature), 0.01, np.zeros(2000)
        i[100:150] = push  # for 0.5 ms
        v, m, h, _, _ = simulate_hodgkin_huxley(i, axon, dt)
        sodium = dt * np.sum(axon.g_na * m**3 * h * (axon.e_na - v))  # nC/cm²
        times.append(sodium / (axon.c_m * (v.max() - hh_rest(axon))))
    assert times[0] > 2 * times[1] > 4
    reproduces("sodium", f"{times[0]:.0f} times at 6.3 °C, {times[1]:.1f} times at 18.5 °C", "not reached")
