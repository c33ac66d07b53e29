"""A step of current into an adapting neuron: simulation, intervals, and the closed form beside them."""

import numpy as np
import pytest

from snnlab.neurons import (
    AdaptiveLIF,
    adaptive_lif_rate,
    simulate_adaptive_lif,
    simulate_adaptive_lif_exact,
)
from snnlab.neurons.experiments.adaptive_step import adaptive_step, adaptive_train


@pytest.mark.parametrize("current", [0.1, 0.2, 0.5])
def test_it_is_the_simulation_of_its_current(current):
    neuron = AdaptiveLIF(beta=3.0, tau_a=120.0)
    seen = adaptive_step(current, neuron)
    run = simulate_adaptive_lif(np.repeat([0.0, current, 0.0], [500, 8000, 3500]), neuron)
    np.testing.assert_array_equal(seen.v, run.v)
    np.testing.assert_allclose(seen.theta, neuron.v_th + run.a)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    intervals = np.full(30, np.nan)
    found = np.diff(run.spikes.times)[:30]
    intervals[: found.size] = found
    np.testing.assert_array_equal(seen.interval, intervals)
    np.testing.assert_array_equal(seen.number, np.arange(1, 31))


def test_the_intervals_grow_to_where_they_settle():
    seen = adaptive_step(0.3, AdaptiveLIF(beta=2.0, tau_a=100.0))
    assert (np.diff(seen.interval[np.isfinite(seen.interval)]) > -0.11).all()  # the grid is 0.1 ms
    settled = 1000.0 / adaptive_lif_rate(0.3, AdaptiveLIF(beta=2.0, tau_a=100.0))
    np.testing.assert_allclose(seen.settled, settled)
    assert seen.last == pytest.approx(settled, abs=0.2)  # late by up to two steps of the grid
    assert seen.growth == seen.last / seen.first == np.diff(seen.times)[-1] / np.diff(seen.times)[0]


@pytest.mark.parametrize("current", [0.0, 0.15])
def test_a_silent_neuron_has_no_intervals(current):
    seen = adaptive_step(current)
    assert seen.n == 0 and np.isnan([seen.first, seen.last, seen.growth, *seen.interval, *seen.settled]).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"current": np.nan}, "current must be finite, got nan"),
        ({"current": 0.1, "onset": -1.0}, "onset must be zero or positive, and finite, got -1"),
        ({"current": 0.1, "dt": 0.0}, "dt must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        adaptive_step(**wrong)
    assert str(failure.value) == sentence


@pytest.mark.parametrize("current", [0.1, 0.2, 1.0])
def test_a_train_is_the_exact_simulation(current):
    neuron = AdaptiveLIF(beta=4.0)
    train = adaptive_train(current, neuron)
    spikes = simulate_adaptive_lif_exact([current], neuron, dt=200.0)
    np.testing.assert_array_equal(train.times, spikes.times)
    ends = np.diff(train.times)[[0, -1]] if train.n > 1 else [np.nan, np.nan]
    np.testing.assert_array_equal([train.first, train.last], ends)


def test_a_train_with_too_many_spikes_is_refused():
    with pytest.raises(ValueError, match="duration must hold at most 2000 spikes, got 1e\\+06 ms"):
        adaptive_train(0.5, duration=1e6)
