"""The classifiers without spikes: honest gradients, and a task that only one of them can do."""

from itertools import pairwise

import numpy as np
import pytest

from snnlab.learning import Adam, classify, fit_ann, fit_linear, shift_images
from snnlab.learning.classifiers import Classifier, _gradient, _layers


@pytest.mark.parametrize("sizes", [(4, 3), (4, 6, 3)], ids=["linear", "ann"])
def test_the_gradient_equals_differences_of_the_loss(sizes):
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(7, 4)), rng.integers(0, 3, 7)
    parts = [rng.normal(size=(b, a)) for a, b in pairwise(sizes)]
    parts += [rng.normal(size=b) for b in sizes[1:]]
    half = len(parts) // 2

    def loss():
        said = _layers(Classifier(tuple(parts[:half]), tuple(parts[half:])), x)[-1]
        return (np.log(np.exp(said).sum(axis=1)) - said[np.arange(7), y]).mean()

    for part, gradient in zip(
        parts, _gradient(Classifier(tuple(parts[:half]), tuple(parts[half:])), x, y), strict=True
    ):
        for place in np.ndindex(part.shape):
            sides = []
            for step in (1e-6, -2e-6):
                part[place] += step
                sides.append(loss())
            part[place] += 1e-6
            assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(gradient[place], abs=1e-8)


def test_only_hidden_neurons_solve_the_exclusive_or():
    x = np.random.default_rng(1).uniform(0.1, 1, (300, 2)) * np.tile(
        [[1, 1], [1, -1], [-1, 1], [-1, -1]], (75, 1)
    )
    y = (x[:, 0] * x[:, 1] > 0).astype(int)
    right = {}
    for fit in (fit_linear, fit_ann):
        net = fit(x, y, epochs=60, adam=Adam(0.02), rng=np.random.default_rng(2))
        right[fit] = np.mean(classify(net, x) == y)
    assert right[fit_ann] == 1.0 and right[fit_linear] <= 0.75  # a line cuts off one of four corners at best


def test_bad_arguments_are_named():
    x, rng = np.ones((3, 2)), np.random.default_rng(1)
    for y, message in (
        ([0, 1], "y must be 3 whole numbers"),
        ([0, 1, -1], "y must be zero or above, got -1"),
    ):
        with pytest.raises(ValueError, match=message):
            fit_linear(x, y, rng=rng)
    with pytest.raises(ValueError, match="x must have 2 columns, one for each input, got 3"):
        classify(fit_linear(x, [0, 1, 0], 1, rng=rng), np.ones((1, 3)))


def test_shifted_images_are_the_same_ones_elsewhere():
    rng = np.random.default_rng(1)
    images = rng.integers(1, 9, (40, 5, 6))
    moved = shift_images(images, 2, rng=np.random.default_rng(2))
    seen = set()
    for image, after in zip(images, moved, strict=True):
        fits = [
            (down, right)
            for down in range(-2, 3)
            for right in range(-2, 3)
            if np.array_equal(np.roll(np.pad(image, 2), (down, right), (0, 1))[2:-2, 2:-2], after)
        ]
        assert len(fits) == 1
        seen.update(fits)
    assert len(seen) > 10  # of 25
    with pytest.raises(ValueError, match="images must have shape"):
        shift_images(images[0], rng=rng)
