"""A picture out of a few others: the network of the package, and the conditions of an optimum."""

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.loihi import spiking_lasso
from snnlab.loihi.applications.lca import lasso_loss
from snnlab.loihi.applications.sparse_picture import digit_columns, digit_signals, sparse_picture


@pytest.mark.parametrize(("lam", "which", "steps"), [(0.1, 4, 6000), (0.02, 1, 10_000), (0.5, 9, 1500)])
def test_the_coefficients_are_those_of_the_package(lam, which, steps):
    phi, x = digit_columns(), np.ascontiguousarray(digit_signals()[:, which - 1])
    seen, code = sparse_picture(phi, x, lam, steps), spiking_lasso(phi, x, lam, steps=steps)
    np.testing.assert_allclose(seen.coded, code.a, rtol=1e-12)
    assert seen.spikes == code.spikes.n_spikes and seen.firing == np.count_nonzero(code.a)
    gap = 100 * (lasso_loss(phi, x, code.a, lam) / lasso_loss(phi, x, seen.exact, lam) - 1)
    assert seen.gap == pytest.approx(gap, abs=1e-9)
    left = phi.T @ (x - phi @ seen.exact)
    assert (np.abs(left - lam)[seen.exact > 0] < 1e-6).all() and left.max() < lam + 1e-6
    np.testing.assert_allclose(seen.left, phi.T @ (x - phi @ code.a), rtol=0, atol=1e-12)
    given, rebuilt = seen.pictures[::-1, :8].ravel(), seen.pictures[::-1, 9:].ravel()
    np.testing.assert_array_equal(given, x)
    np.testing.assert_allclose(rebuilt, phi @ code.a, rtol=1e-9, atol=1e-12)


def test_columns_at_right_angles_are_soft_thresholds():
    b = np.array([1.0, 0.77, 0.5, 0.21, 0.2, 0.1, 0.0, 0.6, 0.3])
    seen = sparse_picture(np.eye(9), b, 0.2, 40_000)
    np.testing.assert_allclose(seen.exact, np.maximum(b - 0.2, 0), rtol=1e-12)
    np.testing.assert_allclose(seen.coded, seen.exact, rtol=1 / 64, atol=64 / 20_000)
    assert 0 < seen.gap < 1


def test_without_a_picture_nothing_fires():
    seen = sparse_picture(np.eye(4), np.zeros(4), 0.2, 500)
    assert seen.spikes == seen.firing == 0 and np.isnan(seen.gap)


def test_the_dictionary_is_the_first_images_of_each_digit():
    digits, columns = load_digits(), digit_columns(3)
    np.testing.assert_allclose(np.linalg.norm(columns, axis=0), 1.0)
    np.testing.assert_allclose(np.linalg.norm(digit_signals(5), axis=0), 1.0)
    first = digits.x_train[np.flatnonzero(digits.y_train == 7)[1]].ravel()
    np.testing.assert_allclose(columns[:, 3 * 7 + 1], first / np.linalg.norm(first))


def test_what_is_no_square_picture_is_named():
    with pytest.raises(ValueError, match="x must be a square picture, got 3 pixels"):
        sparse_picture(np.eye(3), [1.0, 0.5, 0.1], 0.2)
    with pytest.raises(ValueError, match="each must be"):
        digit_columns(0)
