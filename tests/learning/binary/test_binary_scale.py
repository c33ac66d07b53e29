"""XNOR-Net's scale is the best one: against every choice of signs, each with its own best scale."""

import itertools

import numpy as np
import pytest

from snnlab.learning.binary.binary_scale import binary_scale


@pytest.mark.equation("xnor-scale")
@pytest.mark.parametrize("n", range(1, 13))
def test_no_signs_and_no_scale_are_better(n):
    w = np.random.default_rng(n).normal(0, 1, n)
    b = np.array(list(itertools.product([-1.0, 1.0], repeat=n)))  # all of them
    scale = np.maximum(b @ w / n, 0.0)  # the best for each: where the derivative vanishes, and not below 0
    error = ((w - scale[:, None] * b) ** 2).sum(axis=1)
    found = binary_scale(w[None])
    best = error.argmin()
    assert found.error[0] == pytest.approx(error[best], rel=1e-12, abs=1e-15)
    assert found.scale[0] == pytest.approx(scale[best], rel=1e-12, abs=0)
    np.testing.assert_array_equal(found.bits[0], b[best])


def test_every_other_scale_is_worse():
    w = np.random.default_rng(1).normal(0, 1, (1, 9))
    found = binary_scale(w)
    for factor in (0.9, 0.999, 1.001, 1.1):
        assert ((w - factor * found.scale[0] * found.bits) ** 2).sum() > found.error[0]


def test_the_error_is_what_the_sizes_spread():
    """The sum of squares without n α², which is n times the variance of the sizes."""
    w = np.random.default_rng(2).normal(0, 1, (6, 40))
    found = binary_scale(w)
    np.testing.assert_allclose(found.error, (w**2).sum(axis=1) - 40 * found.scale**2)
    np.testing.assert_allclose(found.error, 40 * np.abs(w).var(axis=1))
    np.testing.assert_allclose(found.error, ((w - found.weights) ** 2).sum(axis=1))


@pytest.mark.parametrize(
    ("w", "sentence"),
    [
        ([1.0, 2.0], "w must have shape (rows, n), got (2,)"),
        (np.empty((3, 0)), "w must have at least one column, got shape (3, 0)"),
        ([[np.nan]], "w must be finite, got nan at [0, 0]"),
    ],
)
def test_bad_input_names_argument_rule_and_value(w, sentence):
    with pytest.raises(ValueError) as failure:
        binary_scale(w)
    assert str(failure.value) == sentence
