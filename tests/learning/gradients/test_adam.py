"""Adam against its equations, written out, and what they say for simple gradients."""

import numpy as np
import pytest

from snnlab.learning import Adam, Weights, adam_start, adam_step


def weights(rng, recurrent=False):
    shapes = [(3, 4), (2, 3)] + [(3, 3)] * recurrent
    return Weights(*(rng.normal(size=shape) for shape in shapes))


def test_steps_are_those_of_the_equations():
    rng = np.random.default_rng(1)
    adam = Adam(rate=0.01, beta_1=0.8, beta_2=0.95, epsilon=1e-3)
    w = weights(rng, recurrent=True)
    state, expected, m, q = adam_start(w), w, [0, 0, 0], [0, 0, 0]
    for n in range(1, 6):
        g = weights(rng, recurrent=True)
        m = [0.8 * mean + 0.2 * part for mean, part in zip(m, g, strict=True)]
        q = [0.95 * square + 0.05 * part**2 for square, part in zip(q, g, strict=True)]
        expected = Weights(
            *(
                old - 0.01 * (mean / (1 - 0.8**n)) / (np.sqrt(square / (1 - 0.95**n)) + 1e-3)
                for old, mean, square in zip(expected, m, q, strict=True)
            )
        )
        w, state = adam_step(w, g, state, adam)
        assert state.step == n
        for ours, right in zip(w, expected, strict=True):
            assert ours == pytest.approx(right, rel=1e-12, abs=0)


def test_under_a_constant_gradient_every_step_has_the_length_of_the_rate():
    w = start = Weights(np.zeros((1, 3)), np.zeros((1, 1)))
    gradient = Weights(np.array([[1e-3, -5.0, 0.0]]), np.array([[80.0]]))
    state = adam_start(w)
    for _ in range(10):
        w, state = adam_step(w, gradient, state, Adam(rate=0.1))
    assert w.w_in == pytest.approx(np.array([[-1.0, 1.0, 0.0]]), rel=1e-4)
    assert w.w_out == pytest.approx(np.array([[-1.0]]), rel=1e-4)
    assert not start.w_in.any()  # what was given stays


def test_bad_arguments_are_named():
    w = Weights(np.zeros((3, 4)), np.zeros((2, 3)))
    for adam, message in (
        (Adam(rate=-1.0), "rate must be positive and finite, got -1"),
        (Adam(beta_1=1.0), "beta_1 must be below 1, got 1"),
        (Adam(epsilon=0.0), "epsilon must be positive and finite, got 0"),
    ):
        with pytest.raises(ValueError, match=message):
            adam_step(w, w, adam_start(w), adam)
    with pytest.raises(ValueError, match="gradient and state must have the shapes of weights"):
        adam_step(w, Weights(np.zeros((3, 5)), np.zeros((2, 3))), adam_start(w))
