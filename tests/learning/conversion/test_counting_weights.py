"""CountingWeights weights answer as the deep network does, and no rate is larger than a spike a step."""

import numpy as np
import pytest

from snnlab.learning import DeepNetwork, run_deep
from snnlab.learning.conversion.counting_weights import counting_weights


@pytest.fixture
def network():
    rng = np.random.default_rng(1)
    return DeepNetwork(
        rng.normal(size=(7, 5)), rng.normal(size=7), rng.normal(size=(3, 7)), rng.normal(size=3)
    )


def rectified(spiking, x):
    """What rates in place of spikes would do with the converted weights."""
    hidden = np.maximum(x @ spiking.w_in + spiking.b_hidden, 0)
    return hidden, hidden @ spiking.w_out + spiking.b_out


def test_the_answers_stay_and_the_largest_activation_is_one(network):
    x = np.random.default_rng(2).random((200, 5))
    hidden, y = rectified(counting_weights(network, x, percentile=100), x)
    deep = run_deep(network, x)
    np.testing.assert_array_equal(y.argmax(axis=1), deep.y.argmax(axis=1))
    assert hidden.max() == pytest.approx(1.0) == y.max()
    np.testing.assert_allclose(hidden / deep.hidden.max() ** -1, deep.hidden, atol=1e-12)


def test_a_percentile_lets_some_be_larger(network):
    x = np.random.default_rng(2).random((200, 5))
    hidden, _ = rectified(counting_weights(network, x, percentile=90), x)
    assert np.mean(hidden > 1) == pytest.approx(0.1, abs=0.002)


@pytest.mark.parametrize(
    ("x", "percentile", "sentence"),
    [
        (np.ones((1, 5)), 0.0, "percentile must be above 0 and at most 100, got 0"),
        (np.ones((1, 5)), 101.0, "percentile must be above 0 and at most 100, got 101"),
        (np.full((1, 5), 1.5), 99.0, "x must be samples between 0 and 1, got 1.5"),
        (np.empty((0, 5)), 99.0, "x must be samples between 0 and 1, got none"),
    ],
)
def test_bad_input_names_argument_rule_and_value(network, x, percentile, sentence):
    with pytest.raises(ValueError) as failure:
        counting_weights(network, x, percentile)
    assert str(failure.value) == sentence


def test_a_layer_that_says_nothing_cannot_be_scaled():
    silent = DeepNetwork(-np.ones((2, 3)), -np.ones(2), np.ones((2, 2)), np.ones(2))
    with pytest.raises(ValueError, match="x must make at least one hidden neuron active, got 0 at most"):
        counting_weights(silent, np.ones((4, 3)))
