"""Gradients of layers against differences, and steps against Adam's own."""

import numpy as np
from learning.differences import agrees_with_differences

from snnlab.learning import Adam, Weights, adam_start, adam_step
from snnlab.learning.gradients.descent import descend, layer_gradients, pull_of_classes, rectified_start
from snnlab.learning.gradients.losses import cross_entropy


def loss(weights, biases, x, y):
    h = x
    for k, (w, b) in enumerate(zip(weights, biases, strict=True)):
        z = h @ w.T + b
        h = np.tanh(z) if k < len(weights) - 1 else z
    return np.mean(np.log(np.exp(h).sum(axis=1)) - h[np.arange(len(y)), y])


def test_the_gradient_is_that_of_differences():
    rng = np.random.default_rng(1)
    sizes = [(6, 5), (4, 6), (3, 4)]
    weights, biases = [rng.normal(size=s) for s in sizes], [rng.normal(size=s[0]) for s in sizes]
    x, y = rng.normal(size=(8, 5)), rng.integers(0, 3, 8)
    found = layer_gradients(
        weights, biases, lambda _, z: (np.tanh(z), lambda e: e * (1 - np.tanh(z) ** 2)), x, y
    )
    agrees_with_differences([*weights, *biases], [*found[0], *found[1]], lambda: loss(weights, biases, x, y))


def test_the_pull_of_each_sample_adds_up_to_nothing():
    pull = pull_of_classes(np.random.default_rng(1).normal(size=(7, 4)), np.array([0, 1, 2, 3, 0, 1, 2]))
    np.testing.assert_allclose(pull.sum(axis=1), 0.0, atol=1e-15)
    assert (pull[np.arange(7), [0, 1, 2, 3, 0, 1, 2]] < 0).all()


def test_the_pull_is_that_of_the_loss_of_spiking_networks():
    """The kernel knows a sample at a time; the outputs are so large that a plain exponential is infinite."""
    out, y = 800.0 * np.random.default_rng(1).normal(size=(7, 4)), np.array([0, 1, 2, 3, 0, 1, 2])
    each = np.empty_like(out)
    for scores, label, pull in zip(out, y, each, strict=True):
        cross_entropy(scores, label, len(out), pull)
    np.testing.assert_allclose(pull_of_classes(out, y), each, rtol=1e-14, atol=1e-300)


def test_steps_are_those_of_adam_and_every_sample_is_seen_once_an_epoch():
    rng = np.random.default_rng(1)
    start = Weights(rng.normal(size=(2, 3)), rng.normal(size=(1, 2)))
    parts, seen, calls = [w.copy() for w in start[:2]], [], []

    def gradient(which):
        seen.append(which.copy())
        return [np.full(p.shape, which.sum() - 3.0) for p in parts]

    how = {"epochs": 2, "batch": 4, "adam": Adam(rate=0.1), "rng": np.random.default_rng(5)}
    descend(parts, gradient, 7, **how, after=lambda: calls.append(1))
    assert [len(which) for which in seen] == [4, 3, 4, 3] and len(calls) == 4
    for epoch in (seen[:2], seen[2:]):
        assert sorted(np.concatenate(epoch)) == list(range(7))
    weights, state = start, adam_start(start)
    for which in seen:
        pull = Weights(*(np.full(p.shape, which.sum() - 3.0) for p in parts))
        weights, state = adam_step(weights, pull, state, Adam(rate=0.1))
    np.testing.assert_allclose(parts[0], weights.w_in, rtol=1e-12)
    np.testing.assert_allclose(parts[1], weights.w_out, rtol=1e-12)


def test_rectified_layers_begin_with_a_size_that_lasts():
    """Of the mean square: through ten layers it stays, and with half the variance little is left of it."""
    rng = np.random.default_rng(1)
    h = rng.normal(size=(200, 300))
    drive = less = h
    for w in rectified_start([300] * 11, rng):
        drive = np.maximum(drive, 0.0) @ w.T
        less = np.maximum(less, 0.0) @ w.T / np.sqrt(2.0)
    assert 0.5 < np.mean(drive**2) < 2.0 and np.mean(less**2) < 0.002


def test_the_first_weights_are_drawn_layer_by_layer():
    first, second = rectified_start((5, 4, 3), np.random.default_rng(2))
    rng = np.random.default_rng(2)
    np.testing.assert_array_equal(first, np.sqrt(2 / 5) * rng.standard_normal((4, 5)))
    np.testing.assert_array_equal(second, np.sqrt(2 / 4) * rng.standard_normal((3, 4)))
