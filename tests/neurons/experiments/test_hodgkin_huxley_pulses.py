"""One pulse and two: what the simulation gives, and the threshold that is measured on the second pulse."""

import numpy as np
import pytest

from snnlab.neurons import HodgkinHuxley, hh_rest, hh_second_threshold, hh_threshold, simulate_hodgkin_huxley
from snnlab.neurons.experiments.hodgkin_huxley_pulses import hh_pulses


@pytest.mark.parametrize(
    ("current", "na", "k"), [(10.0, 100.0, 100.0), (-6.0, 100.0, 80.0), (20.0, 50.0, 0.0)]
)
def test_a_pulse_is_the_simulation_of_its_current(current, na, k):
    seen = hh_pulses(current, 20.0, na=na, k=k)
    i = np.zeros(2000)
    i[200:600] = current
    neuron = HodgkinHuxley(g_na=1.2 * na, g_k=0.36 * k)
    run = simulate_hodgkin_huxley(i, neuron, 0.05, v_start=hh_rest())
    np.testing.assert_array_equal(seen.i, i)
    np.testing.assert_allclose(seen.v, run.v, rtol=1e-9)
    np.testing.assert_allclose(seen.sodium, neuron.g_na * run.m**3 * run.h, rtol=1e-9)
    np.testing.assert_allclose(seen.potassium, neuron.g_k * run.n**4, rtol=1e-9)
    np.testing.assert_allclose(seen.times, run.spikes.times)
    assert seen.late == (run.spikes.times > 30.0).sum()
    assert seen.peak == pytest.approx(max(run.v.max(), hh_rest()))


def test_the_spike_after_inhibition_comes_after_the_pulse():
    seen = hh_pulses(-5.0, 20.0)
    assert seen.late == seen.n == 1 and hh_pulses(10.0, 20.0).late == 0


def test_a_pulse_that_outlasts_the_recording_has_no_spike_after_it():
    seen = hh_pulses(10.0, 200.0)
    assert seen.late == 0 and seen.n > 3 and (seen.i[200:] == 10.0).all()


def pair(interval, second):
    return hh_pulses(1.5 * hh_threshold(0.5), 0.5, second, interval)


@pytest.mark.parametrize("interval", [12.0, 20.0, 35.0])
def test_a_second_spike_needs_the_measured_threshold(interval):
    """The measurement has steps of half the length, and so a slightly different threshold."""
    threshold = float(hh_second_threshold(interval))
    assert pair(interval, 1.02 * threshold).n == 2
    assert pair(interval, 0.98 * threshold).n == 1


def test_the_two_pulses_are_where_they_should_be():
    seen = pair(10.0, 30.0)
    assert seen.times_rest == 30.0 / hh_threshold(0.5)
    np.testing.assert_array_equal(np.flatnonzero(seen.i), [*range(200, 210), *range(400, 410)])
    np.testing.assert_allclose(seen.i[[200, 400]], [1.5 * hh_threshold(0.5), 30.0])
    np.testing.assert_allclose(pair(0.0, 30.0).i[200], 1.5 * hh_threshold(0.5) + 30.0)


def test_a_spike_is_late_after_the_last_pulse():
    seen = pair(20.0, 30.0)
    assert seen.n == 2 and seen.late == (seen.times > 30.5).sum() == 1


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: hh_pulses(np.nan, 1.0), "current must be finite, got nan"),
        (lambda: hh_pulses(1.0, 0.0), "width must be positive and finite, got 0"),
        (lambda: hh_pulses(1.0, 1.0, na=-1.0), "na must be zero or positive, and finite, got -1"),
        (lambda: hh_pulses(1.0, 1.0, 1.0, -1.0), "interval must be zero or positive, and finite, got -1"),
        (lambda: hh_pulses(1.0, 1.0, dt=0.0), "dt must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence
