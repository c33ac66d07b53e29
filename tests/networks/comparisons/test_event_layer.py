"""A layer from event to event, against the neuron that is simulated in steps, and by hand."""

import math

import numpy as np
import pytest

from snnlab.networks.comparisons.event_layer import run_event_layer
from snnlab.neurons import LIF, simulate_lif_delta
from snnlab.spikes import Spikes


def random_inputs(n, spikes, duration, seed):
    """Spikes at different whole milliseconds, so that a grid loses nothing."""
    rng = np.random.default_rng(seed)
    times = rng.choice(np.arange(1, int(duration)), spikes, replace=False).astype(float)
    return Spikes(times, rng.integers(0, n, spikes), n_units=n, duration=duration), rng


@pytest.mark.parametrize("t_ref", [0.0, 2.5, 7.5])
def test_a_layer_fires_as_the_neuron_does_that_is_simulated_in_steps(t_ref):
    """Where spikes come on the grid of the simulation, both are exact, and equal."""
    inputs, rng = random_inputs(12, 3000, 5000.0, seed=4)
    w = rng.normal(2.0, 6.0, (5, 12))
    neuron = LIF(t_ref=t_ref)
    layer = run_event_layer(inputs, w, neuron)
    assert layer.n_spikes > 200
    for fired, row in zip(layer, w, strict=True):
        stepped = simulate_lif_delta(inputs, row, neuron, dt=0.5).spikes.times
        np.testing.assert_allclose(fired, stepped, atol=1e-9)


@pytest.mark.equation("event-update")
def test_it_fires_at_the_jump_that_crosses_and_hears_nothing_while_it_is_held():
    inputs = Spikes([10.0, 12.0, 13.0, 15.0], duration=30)
    after = 8.0 * math.exp(-2.0 / 20.0) + 8.0
    for v_th, expected in ((after - 1e-9, [12.0]), (after + 1e-9, [13.0])):
        neuron = LIF(v_rest=0.0, v_reset=0.0, v_th=v_th, t_ref=2.5)
        np.testing.assert_array_equal(run_event_layer(inputs, [[8.0]], neuron).times, expected)


def test_what_is_negative_pulls_down_and_takes_time_to_forget():
    neuron = LIF(v_rest=0.0, v_reset=0.0, v_th=1.0, tau_m=10.0, t_ref=0.0)
    early = run_event_layer(Spikes([1.0, 2.0], [0, 1], n_units=2, duration=50), [[-1.0, 1.5]], neuron)
    late = run_event_layer(Spikes([1.0, 40.0], [0, 1], n_units=2, duration=50), [[-1.0, 1.5]], neuron)
    assert early.n_spikes == 0 and late.times.tolist() == [40.0]


def test_rest_is_where_it_starts_whatever_it_is():
    inputs, rng = random_inputs(3, 300, 500.0, seed=1)
    w = rng.normal(3.0, 5.0, (4, 3))
    high = run_event_layer(inputs, w, LIF(v_rest=10.0, v_reset=10.0, v_th=25.0))
    low = run_event_layer(inputs, w, LIF())
    assert high.n_spikes > 0
    np.testing.assert_array_equal(high.times, low.times)


def test_nothing_in_nothing_out():
    quiet = run_event_layer(Spikes([], n_units=2, duration=10), np.ones((3, 2)))
    assert (quiet.n_spikes, quiet.n_units, quiet.duration) == (0, 3, 10.0)
    assert run_event_layer(Spikes([1.0], duration=10), np.zeros((0, 1))).n_units == 0


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        (([1.0], [[1.0]]), TypeError, "inputs must be Spikes, got list"),
        ((Spikes([1.0], duration=2), [[1.0, 2.0]]), ValueError, "w must have 1 columns, one an input, got 2"),
        (
            (Spikes([1.0], duration=2), [[1.0]], LIF(v_reset=-70.0)),
            ValueError,
            r"v_reset must be v_rest \(-65 mV\), got -70",
        ),
    ],
)
def test_bad_input_is_named(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        run_event_layer(*arguments)
