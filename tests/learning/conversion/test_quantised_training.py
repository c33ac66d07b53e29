"""Quantised activations are counts; gradients agree with differences where there is a slope."""

import numpy as np
import pytest

from snnlab.learning.conversion.converted import run_converted
from snnlab.learning.conversion.layers import Layers, activations, rescaled
from snnlab.learning.conversion.quantised_training import (
    TrainedLayers,
    _forward,
    _gradient,
    quantised,
    run_trained,
    train_layers,
)


@pytest.mark.equation("quantised-activation")
@pytest.mark.parametrize("levels", [1, 4, 8])
def test_the_activation_is_the_count_of_a_neuron_that_starts_at_half(levels):
    """Inputs in whole 1024ths, so that no sum is rounded; also at the places where it jumps."""
    z = np.arange(-512, 2049)[:, None] / 1024.0
    one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    counts = run_converted(one, z, levels, v_0=0.5).counts[0]
    np.testing.assert_array_equal(counts / levels, quantised(z, 1.0, levels))
    started_at_rest = run_converted(one, z, levels).counts[0]
    assert (started_at_rest / levels != quantised(z, 1.0, levels)).mean() > 0.1  # the control of v(0)


def test_it_is_a_staircase_with_the_scale_on_top():
    assert quantised([-3.0, 0.24, 0.26, 1.9, 7.0], 2.0, 4).tolist() == [0.0, 0.0, 0.5, 2.0, 2.0]


def loss(weights, biases, scales, levels, x, y):
    out = list(_forward(weights, biases, scales, levels, x))[-1][1]
    top = out.max(axis=1)
    return np.mean(np.log(np.exp(out - top[:, None]).sum(axis=1)) + top - out[np.arange(len(y)), y])


def test_the_gradient_of_rectified_layers_is_that_of_differences():
    rng = np.random.default_rng(1)
    weights = [rng.normal(size=(7, 5)), rng.normal(size=(6, 7)), rng.normal(size=(3, 6))]
    biases = [rng.normal(size=7), rng.normal(size=6), rng.normal(size=3)]
    x, y = rng.random((9, 5)), rng.integers(0, 3, 9)
    found = _gradient(weights, biases, [np.full(1, np.nan)] * 2, 0, x, y)
    for p, g in zip([*weights, *biases], found, strict=True):
        for place in np.ndindex(p.shape):
            there, step = p[place], 1e-6
            p[place] = there + step
            up = loss(weights, biases, [None] * 2, 0, x, y)
            p[place] = there - step
            down = loss(weights, biases, [None] * 2, 0, x, y)
            p[place] = there
            assert g[place] == pytest.approx((up - down) / (2 * step), rel=1e-4, abs=1e-7)


def test_the_straight_through_gradient_is_that_of_the_clipped_line_for_many_levels():
    """With very many levels the staircase is the line that the gradient takes it for, scale included."""
    rng = np.random.default_rng(2)
    weights, biases = [rng.normal(size=(7, 5)), rng.normal(size=(3, 7))], [rng.normal(size=7), np.zeros(3)]
    x, y, scales, levels = rng.random((9, 5)), rng.integers(0, 3, 9), [np.full(1, 0.9)], 10**9
    found = _gradient(weights, biases, scales, levels, x, y)
    for p, g in zip([*weights, *biases, *scales], found, strict=True):
        for place in np.ndindex(p.shape):
            there, step = p[place], 1e-5
            p[place] = there + step
            up = loss(weights, biases, scales, levels, x, y)
            p[place] = there - step
            down = loss(weights, biases, scales, levels, x, y)
            p[place] = there
            assert g[place] == pytest.approx((up - down) / (2 * step), rel=1e-3, abs=2e-4)


def test_what_is_learnt_converts_into_its_own_counts():
    """One hidden layer, as many steps as levels, the scale as threshold: the same activations, exactly."""
    rng = np.random.default_rng(3)
    x = rng.integers(0, 17, (60, 8)) / 16.0
    y = (x[:, 0] > x[:, 1]).astype(int) + (x[:, 2] > 0.5)
    learnt = train_layers(x, y, (24,), levels=4, epochs=150, batch=10, rng=rng)
    hidden, out = run_trained(learnt, x)
    scaled = rescaled(learnt.layers, learnt.scales)
    run = run_converted(scaled, x, 4, v_0=0.5)
    np.testing.assert_allclose(run.counts[0] / 4 * learnt.scales[0], hidden, atol=1e-9)
    assert (run.named[-1] == out.argmax(axis=1)).all()
    assert np.mean(out.argmax(axis=1) == y) > 0.9


def test_without_levels_it_is_a_rectified_network():
    rng = np.random.default_rng(4)
    learnt = train_layers(rng.random((30, 4)), np.arange(30) % 3, (8, 6), epochs=2, rng=rng)
    x = rng.random((5, 4))
    for mine, plain in zip(run_trained(learnt, x), activations(learnt.layers, x), strict=True):
        np.testing.assert_array_equal(mine, plain)
    assert np.isnan(learnt.scales).all() and learnt.levels == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"y": [0, 2]}, r"y must be the classes 0, 1, 2 and so on, at least two, got \[0, 2\]"),
        ({"hidden": (0,)}, "hidden must be at least 1, got 0"),
        ({"epochs": 0}, "epochs must be at least 1, got 0"),
        ({"levels": -1}, "levels must be at least 0, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        train_layers(**{"x": np.eye(2), "y": [0, 1], "rng": np.random.default_rng(1), **change})


def test_a_record_of_what_was_learnt():
    one = Layers((np.ones((1, 1)), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    assert run_trained(TrainedLayers(one, np.ones(1), 2), [[0.3]])[1].tolist() == [[0.5]]
