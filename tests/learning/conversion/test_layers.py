"""Scales that cancel, signs that are taken apart, and what an outlier does to the maximum."""

from itertools import pairwise

import numpy as np
import pytest

from snnlab.learning import DeepNetwork, run_deep
from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.layers import (
    Layers,
    activation_scales,
    activations,
    layers_of,
    rescaled,
    signs_apart,
)


def random_layers(*sizes, seed=1, bias=0.1):
    rng = np.random.default_rng(seed)
    pairs = list(pairwise(sizes))
    return Layers(
        tuple(rng.normal(0, np.sqrt(2 / m), (n, m)) for m, n in pairs),
        tuple(rng.normal(0, bias, n) for _, n in pairs),
    )


def test_one_hidden_layer_is_the_deep_network():
    rng = np.random.default_rng(3)
    network = DeepNetwork(
        rng.normal(size=(6, 8)), rng.normal(size=6), rng.normal(size=(3, 6)), rng.normal(size=3)
    )
    x = rng.random((5, 8))
    hidden, y = activations(layers_of(network), x)
    run = run_deep(network, x)
    np.testing.assert_array_equal(hidden, run.hidden)
    np.testing.assert_array_equal(y, run.y)


@pytest.mark.equation("rescaled-layer")
def test_scales_cancel():
    layers, x = random_layers(10, 20, 15, 4), np.random.default_rng(2).random((30, 10))
    scales = np.array([3.0, 0.25])
    before, after = activations(layers, x), activations(rescaled(layers, scales), x)
    for h, g, scale in zip(before, after, [3.0, 0.25, 1.0], strict=True):
        np.testing.assert_allclose(g * scale, h, atol=1e-12)


def test_scales_are_percentiles_of_what_is_above_0():
    layers, x = random_layers(10, 20, 15, 4), np.random.default_rng(2).random((30, 10))
    for p in (50.0, 99.9, 100.0):
        hidden = activations(layers, x)[:-1]
        wanted = [np.percentile(h[h > 0], p) for h in hidden]
        np.testing.assert_array_equal(activation_scales(layers, x, p), wanted)
    assert max(h.max() for h in activations(rescaled(layers, activation_scales(layers, x, 100)), x)[:-1]) <= (
        1 + 1e-12
    )
    silent = Layers((np.zeros((3, 10)), np.ones((1, 3))), (np.zeros(3), np.zeros(1)))
    assert activation_scales(silent, x).tolist() == [1.0]


def test_one_outlier_spoils_the_maximum_and_not_the_percentile():
    """In the units of the activations: one sample that is 40 times as bright as the others."""
    layers = random_layers(10, 40, 4, bias=0.0)
    x = np.random.default_rng(4).random((300, 10))
    known = np.concatenate([x, 40 * x[:1]])
    errors = {}
    for p in (100.0, 99.5):
        (scale,) = activation_scales(layers, known, p)
        counts = run_converted(rescaled(layers, [scale]), x, 50).counts[0]
        errors[p] = np.abs(scale * counts / 50 - activations(layers, x)[0]).mean()
    assert errors[99.5] < errors[100.0] / 5
    clean = activation_scales(layers, x, 100.0)[0]  # the control: without the outlier the maximum is fine
    counts = run_converted(rescaled(layers, [clean]), x, 50).counts[0]
    assert np.abs(clean * counts / 50 - activations(layers, x)[0]).mean() < 1.5 * errors[99.5]


def test_two_neurons_have_both_signs_and_one_has_not():
    layers, x = random_layers(10, 20, 4), np.random.default_rng(2).random((30, 10))
    linear = (x @ layers.weights[0].T + layers.biases[0]) @ layers.weights[1].T + layers.biases[1]
    apart = signs_apart(layers, 0)
    np.testing.assert_allclose(activations(apart, x)[1], linear, atol=1e-12)
    assert np.abs(activations(layers, x)[1] - linear).max() > 0.5  # the control: a rectified half is missing
    run = run_converted(rescaled(apart, activation_scales(apart, x, 100)), x, 400)
    assert np.abs(run.y - linear).max() < 0.2
    assert not ((run.counts[0][:, :20] > 0) & (run.counts[0][:, 20:] > 0)).any()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: activations(random_layers(3, 2, 1), np.ones((1, 4))),
            "x must have 3 columns, one an input, got 4",
        ),
        (lambda: activations(Layers((), ()), np.ones((1, 4))), "layers must have weights and biases"),
        (
            lambda: activations(
                Layers((np.ones((2, 3)), np.ones((1, 3))), (np.zeros(2), np.zeros(1))), [[1.0]]
            ),
            r"weights of layer 2 must be \(1, 2\), got \(1, 3\)",
        ),
        (
            lambda: activation_scales(random_layers(3, 2, 1), np.ones((1, 3)), 101),
            "percentile must be at most 100",
        ),
        (lambda: rescaled(random_layers(3, 2, 1), [0.0]), "scales must be 1 positive numbers"),
        (lambda: signs_apart(random_layers(3, 2, 1), 1), r"layer must be before the last one \(1\), got 1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_what_is_no_network_is_named():
    with pytest.raises(TypeError, match="layers must be Layers, got int"):
        activations(3, np.ones((1, 2)))
