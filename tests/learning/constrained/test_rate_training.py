"""Soft networks: gradients agree with differences, noise is that of the spikes, and they learn."""

import numpy as np
import pytest
from learning.differences import agrees_with_differences

from snnlab.learning.constrained.filtered_spikes import filtered_sd
from snnlab.learning.constrained.rate_training import AMPLITUDE, run_soft, soft_gradients, train_soft
from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate
from snnlab.learning.conversion.layers import Layers


def network(rng):
    sizes = (6, 5), (4, 6), (3, 4)
    return [rng.normal(size=s) for s in sizes], [rng.normal(1.0, 0.3, s[0]) for s in sizes]


def test_the_gradient_without_noise_is_that_of_differences():
    rng, neuron = np.random.default_rng(1), SoftLIF(gamma=0.1)
    weights, biases = network(rng)
    x, y = rng.random((6, 5)), rng.integers(0, 3, 6)

    def loss():
        out = run_soft(Layers(tuple(weights), tuple(biases)), x, neuron)[-1]
        return np.mean(np.log(np.exp(out).sum(axis=1)) - out[np.arange(len(y)), y])

    of_weights, of_biases = soft_gradients(weights, biases, neuron, 0.0, x, y, None)
    agrees_with_differences([*weights, *biases], [*of_weights, *of_biases], loss)


def test_the_noise_of_a_neuron_has_the_spread_of_its_filtered_spikes():
    """The gradient by an output weight is what the output heard, times a pull that depends on it little."""
    neuron, j = SoftLIF(), 2.0
    rate = soft_lif_rate(j, neuron)
    samples = 20_000
    weights, biases = [np.zeros((1, 1)), np.zeros((2, 1))], [np.full(1, j), np.zeros(2)]
    x, y = np.zeros((samples, 1)), np.zeros(samples, int)
    of_weights, _ = soft_gradients(weights, biases, neuron, 5.0, x, y, np.random.default_rng(1))
    # the pull is −½ for every sample, so this is the mean of what was heard
    heard = of_weights[1][0, 0] / -0.5 / AMPLITUDE
    assert heard == pytest.approx(rate, abs=4 * filtered_sd(rate) / np.sqrt(samples))
    few = [
        soft_gradients(weights, biases, neuron, 5.0, x[:1], y[:1], np.random.default_rng(seed))[0][1][0, 0]
        for seed in range(400)
    ]
    assert np.std(few) / 0.5 / AMPLITUDE == pytest.approx(filtered_sd(rate), rel=0.12)


def test_it_learns_and_the_same_seed_learns_the_same():
    rng = np.random.default_rng(1)
    x = rng.random((200, 4))
    y = (x[:, 0] > x[:, 1]).astype(int)
    for tau_s in (0.0, 5.0):
        a, b = (
            train_soft(x, y, (12,), tau_s=tau_s, epochs=30, batch=20, rng=np.random.default_rng(2))
            for _ in range(2)
        )
        assert np.mean(run_soft(a, x)[-1].argmax(axis=1) == y) > 0.93
        np.testing.assert_array_equal(a.weights[0], b.weights[0])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"y": [0, 2]}, "y must be the classes 0, 1, 2 and so on, at least two, got [0, 2]"),
        ({"tau_s": -1.0}, "tau_s must be zero or positive, and finite, got -1"),
        ({"hidden": (0,)}, "hidden must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    given = {"x": np.eye(2), "y": [0, 1], "hidden": (3,), "epochs": 1, "rng": np.random.default_rng(1)}
    with pytest.raises(ValueError) as failure:
        train_soft(**(given | wrong))
    assert str(failure.value) == sentence
