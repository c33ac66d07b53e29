"""The BCM rule against its fixed points."""

import numpy as np
import pytest

from snnlab.learning import learn_bcm


def test_one_step_is_the_rule():
    x, w, theta = np.array([0.5, 2.0]), np.array([1.0, 0.25]), 0.8
    y = 1.0  # 0.5 · 1 + 2 · 0.25
    run = learn_bcm(x[None], w, 0.1, 4.0, theta)
    assert run.w[0] == pytest.approx(w + 0.1 * y * (y - theta) * x, rel=1e-14, abs=0)
    assert run.theta[0] == pytest.approx(theta + (y * y - theta) / 4.0, rel=1e-14, abs=0)


@pytest.mark.parametrize("strength", [0.5, 2.0])
@pytest.mark.parametrize("start", [0.2, 3.0])
def test_a_single_input_comes_to_rest_at_one(strength, start):
    run = learn_bcm(np.full((20_000, 1), strength), [start / strength], 0.004 / strength**2)
    assert run.w[-1, 0] * strength == pytest.approx(1.0, abs=1e-6)
    assert run.theta[-1] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("k", [2, 3, 5])
def test_of_k_orthogonal_inputs_one_is_selected_with_answer_k(k):
    """In any basis; the other answers go to zero."""
    rng = np.random.default_rng(k)
    basis = np.linalg.qr(rng.normal(size=(k, k)))[0]
    order = np.tile(np.arange(k), 300_000 // k)
    start = 0.5 * basis.sum(axis=0) + 0.05 * basis[0]
    run = learn_bcm(basis[order], start, 2e-4, 1000.0)
    answers = basis @ run.w[-10_000:].mean(axis=0)
    assert answers[0] == pytest.approx(k, rel=0.01)
    assert np.abs(answers[1:]).max() < 0.02


def test_bad_input_names_argument_rule_and_value():
    x = np.ones((2, 2))
    with pytest.raises(ValueError, match="w must have one weight for each of the 2 inputs, got 1"):
        learn_bcm(x, [1.0])
    with pytest.raises(ValueError, match=r"tau_theta must be at least 1, got 0\.5"):
        learn_bcm(x, [1.0, 1.0], tau_theta=0.5)
    with pytest.raises(ValueError, match="theta must be zero or positive, and finite, got -1"):
        learn_bcm(x, [1.0, 1.0], theta=-1)
