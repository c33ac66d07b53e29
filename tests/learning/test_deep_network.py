"""The deep network is scikit-learn's, weight by weight, and learns what no linear classifier can."""

import numpy as np
import pytest

from snnlab.learning import ann_accuracy, run_deep, train_deep
from snnlab.learning.deep_network import fitted


@pytest.fixture(scope="module")
def rings():
    """Three rings around one another: a class each."""
    rng = np.random.default_rng(1)
    y = rng.integers(0, 3, 300)
    angle, far = rng.uniform(0, 2 * np.pi, 300), y + rng.uniform(0.1, 0.6, 300)
    return np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1), y


def test_it_names_what_scikit_learn_names(rings):
    x, y = rings
    network, model = train_deep(x, y, 20, epochs=5, seed=2), fitted(x.astype(np.float32), y, 20, 5, 2)
    np.testing.assert_array_equal(run_deep(network, x).y.argmax(axis=1), model.predict(x))
    shares = np.exp(run_deep(network, x).y)
    np.testing.assert_allclose(shares / shares.sum(axis=1, keepdims=True), model.predict_proba(x), atol=1e-5)


def test_it_is_the_network_of_ann_accuracy(rings):
    x, y = rings
    network = train_deep(x, y, 30, epochs=300, seed=3)
    right = np.mean(run_deep(network, x).y.argmax(axis=1) == y)
    assert right == ann_accuracy(x, y, x, y, 30, epochs=300, seed=3) > 0.95
    assert (run_deep(network, x).hidden >= 0).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"y": [0, 1, 3]}, "y must be the classes 0, 1, 2 and so on, at least three, got [0, 1, 3]"),
        ({"y": [0, 1, 1]}, "y must be the classes 0, 1, 2 and so on, at least three, got [0, 1]"),
        ({"hidden": 0}, "hidden must be at least 1, got 0"),
        ({"y": [0, 1]}, "y must be one class a sample (3, at least one), got (2,)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        train_deep(**({"x": np.eye(3), "y": [0, 1, 2]} | wrong))
    assert str(failure.value) == sentence
