"""Feedback that learns from noise."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order

from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.feedback_alignment import feedback_alignment, random_feedback, true_feedback
from snnlab.learning.credit.weight_mirror import mirrored


def seen(network, samples, rng, **more):
    """The mean over so many answers alone: the whole of what was there decays at once."""
    blank = random_feedback(network, scale=0.0, rng=rng)
    return mirrored(network, blank, samples=samples, rate=1.0, decay=1.0, rng=rng, **more)


def test_the_mean_is_what_steins_lemma_says():
    """The transpose, each of its columns times the mean slope of the unit that answers."""
    network, _, _ = drawn(sizes=(2, 3, 4, 2), scale=1.5)
    rng = np.random.default_rng(1)
    into_tanh, to_output = seen(network, 400_000, rng, noise=1.0)
    w, v = network.weights[1:]
    slopes = np.mean(1 - np.tanh(rng.standard_normal((400_000, 3)) @ w.T) ** 2, axis=0)
    np.testing.assert_allclose(into_tanh, w.T * slopes, atol=0.01)
    np.testing.assert_allclose(to_output, v.T, atol=0.02)
    assert np.abs(into_tanh - w.T).max() > 0.1  # so that the slopes can be missed


def test_the_angle_falls_with_the_root_of_the_samples():
    network, _, _ = drawn(linear=True)
    samples, true = [1000, 10_000, 100_000], true_feedback(network)
    angles = [
        np.mean([angle(seen(network, n, np.random.default_rng(seed)), true) for seed in range(10)])
        for n in samples
    ]
    np.testing.assert_allclose(order(samples, angles), -0.5, atol=0.1)


def test_feedback_forgets_where_it_began_and_takes_the_size_of_the_weights():
    network, _, _ = drawn(linear=True)
    rng = np.random.default_rng(1)
    b = random_feedback(network, scale=5.0, rng=rng)
    for _ in range(200):
        b = mirrored(network, b, samples=1000, rng=rng)
    for found, true in zip(b, true_feedback(network), strict=True):
        assert angle([found], [true]) < 3
        assert np.linalg.norm(found) == pytest.approx(np.linalg.norm(true), rel=0.03)


def test_through_the_mirror_the_gradient_is_seen():
    """Ten seeds; the control is the same feedback before it has seen any noise."""
    before, after = [], []
    for seed in range(10):
        network, x, target = drawn(seed)
        rng, true = np.random.default_rng([seed, 1]), backpropagate(network, x, target).gradient
        b = random_feedback(network, rng=rng)
        before.append(angle(feedback_alignment(network, x, target, b).gradient, true))
        for _ in range(100):
            b = mirrored(network, b, samples=300, noise=0.2, rng=rng)
        after.append(angle(feedback_alignment(network, x, target, b).gradient, true))
    assert max(after) < 5 < 20 < min(before)
