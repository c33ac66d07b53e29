"""Surrogate shapes and their antiderivatives, the graded spikes."""

import numpy as np
import pytest

from snnlab.learning import SHAPES, area, fast_sigmoid, graded_spike
from snnlab.learning.gradients.graded_spikes import _graded
from snnlab.learning.gradients.surrogate_shapes import _hump, shape_number

# Published forms, written another way than in the package.
FORMULAS = {
    "fast_sigmoid": lambda z: (1 + np.abs(z)) ** -2.0,
    "logistic": lambda z: 1 / np.cosh(z / 2) ** 2,
    "triangle": lambda z: np.where(np.abs(z) < 1, 1 - np.abs(z), 0),
    "arctan": lambda z: 1 / (1 + z**2),
    "boxcar": lambda z: np.where(np.abs(z) < 1, 1, 0),
}
X = np.linspace(-2.03, 2.07, 51)


@pytest.mark.equation("surrogate-hump")
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("width", [0.01, 0.7])
def test_a_shape_is_its_formula_with_height_one(shape, width):
    assert shape(X, width) == pytest.approx(FORMULAS[shape.__name__](X / width), rel=1e-12, abs=1e-15)
    assert shape(np.zeros(1), width) == 1.0
    assert [_hump(shape_number(shape), x, width) for x in X] == pytest.approx(
        shape(X, width), rel=1e-12, abs=0
    )


@pytest.mark.equation("surrogate-graded")
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_graded_spike_is_the_antiderivative_over_the_area(shape):
    width, step, spike = 0.7, 1e-5, graded_spike(shape)
    slope = (spike(X + step, width) - spike(X - step, width)) / (2 * step)
    assert slope * area(shape, width) == pytest.approx(shape(X, width), abs=1e-8)
    assert [_graded(shape_number(shape), x, width) for x in X] == pytest.approx(
        spike(X, width), rel=1e-12, abs=0
    )


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_the_graded_spike_runs_from_0_to_1_and_tends_to_the_step(shape):
    spike = graded_spike(shape)
    ends = spike(np.array([-1e9, 0.0, 1e9]), 0.7)
    assert ends == pytest.approx([0, 0.5, 1], abs=1e-8)
    assert spike(np.array([-0.1, 0.1]), 1e-9) == pytest.approx([0, 1], abs=1e-7)


def test_an_unknown_shape_is_refused_by_name():
    with pytest.raises(ValueError, match="shape must be one of the functions fast_sigmoid, logistic, "):
        shape_number(np.tanh)
    with pytest.raises(ValueError, match="width must be positive and finite, got 0"):
        area(fast_sigmoid, 0)
