"""Likely networks: gradients agree with differences, draws are whole, and expectation is their mean."""

from itertools import pairwise

import numpy as np
import pytest
from learning.differences import agrees_with_differences

from snnlab.learning.constrained.drawn_training import (
    LikelyNetwork,
    draw_network,
    expected_scores,
    likely_gradients,
    output_spikes,
    train_likely,
)


def likely(rng, sizes=(6, 5, 6), each=2, low=0.1, high=0.9):
    pairs = list(pairwise(sizes))
    return LikelyNetwork(
        tuple(rng.uniform(low, high, (n, m)) for m, n in pairs),
        tuple(rng.choice([-1.0, 1.0], (n, m)) for m, n in pairs),
        tuple(rng.uniform(0.1, 0.9, n) for _, n in pairs),
        each,
    )


@pytest.mark.parametrize("aware", [True, False])
def test_the_gradient_is_that_of_differences(aware):
    rng = np.random.default_rng(1)
    network = likely(rng)
    x, y = rng.integers(0, 2, (7, 6)).astype(float), rng.integers(0, 3, 7)

    def loss():
        out = expected_scores(network, x, aware)
        return np.mean(np.log(np.exp(out).sum(axis=1)) - out[np.arange(len(y)), y])

    found = likely_gradients(network, x, y, aware)
    agrees_with_differences([*network.c, *network.b], found, loss)


def test_a_draw_is_whole_and_on_average_what_is_likely():
    rng = np.random.default_rng(2)
    network = likely(rng)
    draws = [draw_network(network, rng) for _ in range(4000)]
    for layer in range(2):
        c, b = (np.array([getattr(one, name)[layer] for one in draws]) for name in ("c", "b"))
        assert np.isin(c, [0, 1]).all() and np.isin(b, [0, 1]).all()
        np.testing.assert_allclose(c.mean(axis=0), network.c[layer], atol=0.04)
        np.testing.assert_allclose(b.mean(axis=0), network.b[layer], atol=0.04)
    assert draws[0].s is network.s


def test_one_layer_fires_as_often_as_expected():
    """The expectation has a little variance of its own, which this allows for."""
    rng = np.random.default_rng(3)
    network = likely(rng, (100, 20), each=1)
    x = rng.integers(0, 2, (5, 100))
    fired = np.mean([output_spikes(draw_network(network, rng), x) for _ in range(3000)], axis=0)
    assert np.abs(fired - expected_scores(network, x)).max() < 0.04


def test_a_neuron_fires_from_one_on():
    network = LikelyNetwork((np.ones((3, 1)),), (np.ones((3, 1)),), (np.array([-2.0, -1.0, 0.0]),), 1)
    np.testing.assert_array_equal(output_spikes(network, [[1]]), [[0, 0, 1]])


def test_it_learns_within_its_limits_and_the_same_seed_learns_the_same():
    rng = np.random.default_rng(4)
    x = rng.integers(0, 2, (300, 20))
    y = (x[:, :10].sum(axis=1) > x[:, 10:].sum(axis=1)).astype(int)
    a, b = (train_likely(x, y, 20, 4, epochs=30, rng=np.random.default_rng(1)) for _ in range(2))
    assert np.mean(expected_scores(a, x).argmax(axis=1) == y) > 0.93
    for c in a.c:
        assert 0.0 <= c.min() and c.max() <= 1.0
    np.testing.assert_array_equal(a.c[0], b.c[0])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"x": [[2.0], [0.0]]}, "x must be from 0 to 1, got 2"),
        ({"each": 0}, "each must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    given = {"x": [[1.0], [0.0]], "y": [0, 1], "epochs": 1, "rng": np.random.default_rng(1)}
    with pytest.raises(ValueError) as failure:
        train_likely(**(given | wrong))
    assert str(failure.value) == sentence
