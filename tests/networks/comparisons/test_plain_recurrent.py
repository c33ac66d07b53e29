"""The plain recurrent network against what is known of it without spikes."""

import numpy as np
import pytest

from snnlab.networks.comparisons.plain_recurrent import plain_recurrent


def test_with_a_straight_line_for_f_it_is_a_linear_system():
    """The closed form: powers of the matrix β I + U, as f(v − 1) = v."""
    rng = np.random.default_rng(1)
    w, u, x = rng.normal(size=(4, 3)), 0.2 * rng.normal(size=(4, 4)), rng.normal(size=(12, 3))
    run = plain_recurrent(w, u, x, 0.7, lambda y: y + 1)
    carried = 0.7 * np.eye(4) + u
    for t in range(12):
        expected = sum(np.linalg.matrix_power(carried, t - k) @ w @ x[k] for k in range(t + 1))
        np.testing.assert_allclose(run.v[t], expected, atol=1e-12)
        np.testing.assert_array_equal(run.s[t], run.v[t] - 1 + 1)


def test_with_the_step_outputs_are_0_and_1_and_the_threshold_itself_is_below():
    run = plain_recurrent([[1.0], [1.5]], np.zeros((2, 2)), np.ones((1, 1)))
    np.testing.assert_array_equal(run.s, [[0.0, 1.0]])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"u": np.zeros((3, 2))}, "u must have shape (2, 2), got (3, 2)"),
        ({"x": np.zeros((5, 4))}, "x must have 3 columns, one an input, got 4"),
        ({"beta": -0.1}, "beta must be between 0 and 1, got -0.1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    fine = {"w": np.zeros((2, 3)), "u": np.zeros((2, 2)), "x": np.zeros((5, 3))}
    with pytest.raises(ValueError) as failure:
        plain_recurrent(**(fine | wrong))
    assert str(failure.value) == sentence
