"""Ternary networks: what of the gradient is exact, what passes the step, and that they learn."""

import numpy as np
import pytest
from learning.differences import agrees_with_differences

from snnlab.learning.constrained.ternary_training import (
    TernaryNetwork,
    cut_network,
    run_ternary,
    ternary_gradients,
    train_ternary,
)


def test_behind_the_last_step_the_gradient_is_that_of_differences():
    rng = np.random.default_rng(1)
    used = [rng.integers(-1, 2, (6, 5)).astype(float), rng.integers(-1, 2, (3, 6)).astype(float)]
    gains, biases = [rng.uniform(0.5, 2, n) for n in (6, 3)], [rng.normal(size=n) for n in (6, 3)]
    x, y = rng.random((9, 5)), rng.integers(0, 3, 9)

    def loss():
        out = run_ternary(TernaryNetwork(tuple(used), tuple(gains), tuple(biases), np.zeros(0)), x)
        return np.mean(np.log(np.exp(out).sum(axis=1)) - out[np.arange(len(y)), y])

    found = ternary_gradients(used, gains, biases, x, y)
    parts = [used[1], gains[1], biases[1]]
    agrees_with_differences(parts, [found[1], found[3], found[5]], loss)


@pytest.mark.equation("ternary-surrogate")
@pytest.mark.parametrize("z", [-1.5, -0.6, 0.0, 0.25, 1.2])
def test_an_error_passes_the_step_by_a_triangle(z):
    used, gains = [np.ones((1, 1)), np.array([[1.0], [0.0]])], [np.ones(1), np.ones(2)]
    found = ternary_gradients(used, gains, [np.array([z]), np.zeros(2)], np.zeros((1, 1)), np.array([1]))
    fired = z >= 0
    pull = 1 / (1 + np.exp(-1.0 * fired))  # of the first output, away from the other class
    assert found[4][0] == pytest.approx(pull * max(0.0, 1.0 - abs(z)))


def test_it_learns_with_three_values_and_the_same_seed_learns_the_same():
    rng = np.random.default_rng(2)
    x = rng.integers(0, 2, (300, 20))
    y = (x[:, :10].sum(axis=1) > x[:, 10:].sum(axis=1)).astype(int)
    a, b = (train_ternary(x, y, (24,), epochs=30, rng=np.random.default_rng(1)) for _ in range(2))
    assert np.mean(run_ternary(a, x).argmax(axis=1) == y) > 0.9
    for w, other in zip(a.weights, b.weights, strict=True):
        assert np.isin(w, [-1, 0, 1]).all()
        np.testing.assert_array_equal(w, other)
    assert a.flips.shape == (30,) and 0 < a.flips.max() < 0.1


def test_hysteresis_spares_flips():
    rng = np.random.default_rng(3)
    x = rng.integers(0, 2, (300, 20))
    y = (x[:, :10].sum(axis=1) > x[:, 10:].sum(axis=1)).astype(int)
    held, loose = (train_ternary(x, y, (24,), h, epochs=20, rng=np.random.default_rng(1)) for h in (0.2, 0.0))
    assert held.flips.sum() < 0.7 * loose.flips.sum()


def test_a_real_network_is_cut_layer_by_layer():
    rng = np.random.default_rng(4)
    weights = rng.normal(size=(5, 4)), rng.normal(size=(3, 5))
    gains, biases = (tuple(fill(n) for n in (5, 3)) for fill in (np.ones, np.zeros))
    real = TernaryNetwork(weights, gains, biases, np.zeros(0))
    cut = cut_network(real)
    for w, g, before in zip(cut.weights, cut.gains, real.weights, strict=True):
        assert np.isin(w, [-1, 0, 1]).all()
        assert np.corrcoef((w * g[:, None]).ravel(), before.ravel())[0, 1] > 0.85


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"hysteresis": 0.6}, "hysteresis must be at most 0.5, got 0.6"),
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    given = {"x": np.eye(2), "y": [0, 1], "hidden": (3,), "epochs": 1, "rng": np.random.default_rng(1)}
    with pytest.raises(ValueError) as failure:
        train_ternary(**(given | wrong))
    assert str(failure.value) == sentence
