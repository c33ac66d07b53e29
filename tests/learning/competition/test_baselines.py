"""Classifiers and clusters without spikes, on data whose answer is known."""

import numpy as np
import pytest

from snnlab.learning import ann_accuracy, k_means, linear_accuracy, nearest_centres


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


def test_k_means_ends_where_each_centre_is_the_mean_of_its_images():
    rng = np.random.default_rng(1)
    x = np.repeat(rng.normal(0, 5, (6, 3)), 40, axis=0) + rng.normal(0, 1, (240, 3))
    centres = k_means(x, 6, rng=np.random.default_rng(2))
    belongs = nearest_centres(x, centres)
    assert np.array_equal(belongs, ((x[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1))
    for c in range(6):
        np.testing.assert_allclose(centres[c], x[belongs == c].mean(axis=0), rtol=1e-12)


def test_k_means_takes_its_chance_from_the_generator():
    x = np.random.default_rng(1).normal(size=(60, 2))
    first, again, other = (k_means(x, 8, rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    with pytest.raises(TypeError, match="rng must be a numpy"):
        k_means(x, 8, rng=1)


def test_clusters_and_centres_that_cannot_be_are_named():
    with pytest.raises(ValueError, match=r"k must be at most the number of images \(2\), got 3"):
        k_means([[0.0], [1.0]], 3, rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="centres must have 1 pixels as the images do, got 2"):
        nearest_centres([[0.0]], [[0.0, 1.0]])
