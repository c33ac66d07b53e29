"""Classifiers without spikes, on data whose answer is known."""

import numpy as np
import pytest

from snnlab.learning import ann_accuracy, linear_accuracy


def clouds(n, apart, rng):
    """Two classes, normal around -apart and apart: the best classifier gets Φ(apart) right."""
    y = rng.integers(0, 2, n)
    return rng.normal(apart * (2 * y[:, None] - 1), 1.0, (n, 1)), y


@pytest.mark.parametrize("accuracy", [linear_accuracy, ann_accuracy])
def test_two_clouds_are_told_apart_as_well_as_can_be(accuracy):
    rng = np.random.default_rng(1)
    x, y = clouds(2000, 1.0, rng)
    x_test, y_test = clouds(10_000, 1.0, rng)
    best = 0.8413  # Φ(1)
    assert abs(accuracy(x, y, x_test, y_test) - best) < 4 * np.sqrt(best * (1 - best) / 10_000)


def test_only_the_network_can_tell_exclusive_or():
    x, y = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1, 0]
    assert linear_accuracy(x, y, x, y, epochs=400) <= 0.75
    assert ann_accuracy(x, y, x, y, 50, epochs=400) == 1.0


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"x": [1.0, 2.0]}, ValueError, r"x must have shape \(samples, inputs\)"),
        ({"y": [0]}, ValueError, r"y must be one class a sample \(2, at least one\), got \(1,\)"),
        ({"x_test": [[np.nan]]}, ValueError, "x_test must be finite"),
        ({"x_test": [[1.0, 2.0]]}, ValueError, r"x_test must have the inputs of x \(1\), got 2"),
        ({"epochs": 0}, ValueError, "epochs must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(arguments, kind, sentence):
    given = {"x": [[0.0], [1.0]], "y": [0, 1], "x_test": [[0.5]], "y_test": [1], **arguments}
    with pytest.raises(kind, match=sentence):
        linear_accuracy(**given)
