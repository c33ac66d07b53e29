"""Operations are counted one by one, and agree with what the loops of a plain network do."""

import numpy as np
import pytest

from snnlab.learning import (
    CurrentLIF,
    DeepNetwork,
    Weights,
    deep_operations,
    initial_weights,
    poisson_patterns,
    run_deep,
    run_network,
    samples_from_raster,
    spiking_operations,
)


@pytest.fixture(scope="module")
def patterns():
    return poisson_patterns(5, 20, 3, 60, 20.0, rng=np.random.default_rng(3))


@pytest.mark.equation("synaptic-operations")
def test_every_spike_takes_every_synapse_that_leads_away_from_it(patterns):
    rng = np.random.default_rng(4)
    for recurrent in (0.0, 2.0):
        weights = initial_weights(20, 7, 3, gain=12.0, gain_rec=recurrent, rng=rng)
        taken = hidden = 0
        for k in range(5):
            spikes = run_network(weights, patterns, k).s
            hidden += spikes.sum()
            taken += sum(np.count_nonzero(weights.w_in[:, j]) for j in np.nonzero(patterns.raster(k))[1])
            for j in np.nonzero(spikes)[1]:
                taken += np.count_nonzero(weights.w_out[:, j])
                taken += np.count_nonzero(weights.w_rec[:, j]) if recurrent else 0
        counted = spiking_operations(weights, patterns)
        assert hidden > 20 and counted.hidden == hidden / 5
        assert counted.synaptic == taken / 5 and counted.inputs == patterns.units.size / 5


def test_decays_go_with_the_steps_and_not_with_the_spikes():
    silent = Weights(np.zeros((4, 2)), np.zeros((3, 4)))
    for steps in (1, 10):
        nothing = samples_from_raster(np.zeros((1, steps, 2), bool), [0])
        assert spiking_operations(silent, nothing) == (0.0, 0.0, 0.0, 2.0 * steps * 7)


@pytest.mark.equation("multiply-accumulates")
def test_products_are_those_of_the_loops():
    rng = np.random.default_rng(5)
    network = DeepNetwork(
        rng.normal(size=(6, 8)), rng.normal(size=6), rng.normal(size=(3, 6)), rng.normal(size=3)
    )
    x = rng.normal(size=(4, 8)) * (rng.random((4, 8)) < 0.5)
    run, dense, nonzero = run_deep(network, x), 0, 0
    for k, sample in enumerate(x):
        hidden, y = network.b_hidden.copy(), network.b_out.copy()
        for n in range(6):
            for j in range(8):
                hidden[n] += network.w_in[n, j] * sample[j]
                dense, nonzero = dense + 1, nonzero + (sample[j] != 0)
        hidden = np.maximum(hidden, 0)
        for n in range(3):
            for j in range(6):
                y[n] += network.w_out[n, j] * hidden[j]
                dense, nonzero = dense + 1, nonzero + (hidden[j] != 0)
        np.testing.assert_allclose(run.y[k], y, atol=1e-12)
    assert deep_operations(network, x) == (dense / 4, nonzero / 4)
    assert nonzero < dense


def test_with_nothing_to_skip_both_deep_counts_are_one():
    """The control of skipping: an image without zeros, a network without rectified neurons at 0."""
    network = DeepNetwork(np.ones((6, 8)), np.zeros(6), np.ones((3, 6)), np.zeros(3))
    assert deep_operations(network, np.ones((2, 8))) == (66.0, 66.0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: spiking_operations(
                Weights(np.zeros((4, 2)), np.zeros((3, 4))),
                samples_from_raster(np.zeros((0, 5, 2)), np.zeros(0, int)),
            ),
            "samples must be at least one, got none",
        ),
        (
            lambda: spiking_operations(
                Weights(np.zeros((4, 2)), np.zeros((3, 4))),
                samples_from_raster(np.zeros((1, 5, 2)), [0]),
                CurrentLIF(tau_m=0.0),
            ),
            "tau_m must be positive and finite, got 0",
        ),
        (
            lambda: deep_operations(
                DeepNetwork(np.ones((6, 8)), np.zeros(6), np.ones((3, 6)), np.zeros(3)), np.zeros((0, 8))
            ),
            "x must have at least one sample, got none",
        ),
        (
            lambda: run_deep(
                DeepNetwork(np.ones((6, 8)), np.zeros(6), np.ones((3, 6)), np.zeros(3)), np.zeros((2, 7))
            ),
            "x must have 8 columns, one an input, got 7",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence
