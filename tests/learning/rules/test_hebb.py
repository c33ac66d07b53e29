"""Hebb's and Oja's rules against linear algebra."""

import numpy as np
import pytest

from snnlab.learning import learn_hebb, learn_oja


@pytest.fixture(scope="module")
def inputs():
    """Correlated inputs of mean zero, and their correlations."""
    rng = np.random.default_rng(1)
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    x = rng.normal(size=(30_000, 4)) * [2.0, 1.0, 0.7, 0.4] @ turn
    x -= x.mean(axis=0)
    return x, x.T @ x / len(x)


def test_hebb_is_a_product_of_matrices(inputs):
    """Δw = η y x with y = w·x, so w(t+1) = (1 + η x xᵀ) w(t)."""
    x, eta = inputs[0][:20], 0.01
    w = np.array([0.3, -0.2, 0.5, 0.1])
    for row, learnt in zip(x, learn_hebb(x, w, eta), strict=True):
        w = (np.eye(4) + eta * np.outer(row, row)) @ w
        assert learnt == pytest.approx(w, rel=1e-12, abs=0)


def test_hebb_turns_to_the_first_component_and_grows_without_end(inputs):
    x, c = inputs
    value, vector = (part[..., -1] for part in np.linalg.eigh(c))
    eta, steps = 1e-4, 20_000
    w = learn_hebb(x[:steps], np.full(4, 0.1), eta)
    length = np.linalg.norm(w, axis=1)
    assert abs(w[-1] @ vector) / length[-1] > 0.999
    grown = np.log(length[-1] / length[10_000]) / (eta * 10_000)
    assert grown == pytest.approx(value, rel=0.05)


@pytest.mark.equation("oja-rule")
def test_oja_finds_the_first_principal_component(inputs):
    x, c = inputs
    vector = np.linalg.eigh(c)[1][:, -1]
    for start in (np.full(4, 0.1), np.array([0.0, 3.0, 0.0, 0.0])):
        w = learn_oja(x, start, 1e-3)[-10_000:].mean(axis=0)
        assert abs(w @ vector) / np.linalg.norm(w) > 0.999
        assert np.linalg.norm(w) == pytest.approx(1.0, abs=0.01)


def test_oja_s_rule_is_hebb_s_minus_what_it_forgets(inputs):
    x, eta = inputs[0][:1], 0.02
    w = np.array([0.3, -0.2, 0.5, 0.1])
    y = float(x[0] @ w)
    assert learn_oja(x, w, eta)[0] == pytest.approx(
        learn_hebb(x, w, eta)[0] - eta * y**2 * w, rel=1e-12, abs=0
    )


@pytest.mark.parametrize("learn", [learn_hebb, learn_oja])
def test_the_arguments_stay_as_they_are(learn):
    x, w = np.ones((3, 2)), np.ones(2)
    assert learn(x, w).shape == (3, 2)
    assert np.all(w == 1) and np.all(x == 1)
    assert learn(np.empty((0, 2)), w).shape == (0, 2)
    with pytest.raises(ValueError, match="w must have one weight for each of the 2 inputs, got 3"):
        learn(x, np.ones(3))
    with pytest.raises(ValueError, match="eta must be zero or positive, and finite, got -1"):
        learn(x, w, -1)
