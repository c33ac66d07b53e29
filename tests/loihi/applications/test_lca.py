"""The spiking LCA against soft thresholds, the conditions of an optimum, and coordinate descent."""

import warnings

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.data import load_digits
from snnlab.loihi import lasso_gaps, spiking_lasso
from snnlab.loihi.applications.lasso import coordinate_descent
from snnlab.loihi.applications.lca import SparseCode, coefficients_at, lasso_loss, lca_connections
from snnlab.loihi.applications.sparse_picture import digit_columns


@pytest.mark.equation("lca-drive")
def test_columns_at_right_angles_do_not_compete():
    """Then a = max(b − λ, 0): a spike every θ / (b − λ) steps, rounded up."""
    b = np.array([1.0, 0.77, 0.5, 0.21, 0.2, 0.1, -0.4])
    code = spiking_lasso(np.eye(7), b, 0.2, steps=40_000)
    np.testing.assert_allclose(code.a, np.maximum(b - 0.2, 0), rtol=1 / 64, atol=64 / 20_000)
    assert not code.a[-3:].any()


@pytest.mark.equation("lasso")
def test_the_loss_by_hand():
    phi = [[1.0, 0.6], [0.0, 0.8]]
    assert lasso_loss(phi, [2.0, 1.0], [1.0, 0.5], 0.1) == pytest.approx((0.7**2 + 0.6**2) / 2 + 0.15)
    assert lasso_loss(phi, [0.0, 0.0], [-1.0, 0.0], 0.1) == pytest.approx(0.5 + 0.1)


@pytest.mark.parametrize("lam", [0.05, 0.1, 0.3])
def test_within_one_percent_of_coordinate_descent(lam):
    """Small digits made of other small digits."""
    phi, digits = digit_columns(8), load_digits()
    for image in digits.x_test[:12]:
        x = image.ravel() / np.linalg.norm(image)
        best = lasso_loss(phi, x, coordinate_descent(phi, x, lam), lam)
        found = lasso_loss(phi, x, spiking_lasso(phi, x, lam).a, lam)
        assert best * (1 - 1e-7) <= found <= 1.01 * best


@pytest.mark.parametrize("seed", range(4))
def test_random_columns_and_both_signs(seed):
    """With −φ beside each φ the coefficients may have either sign."""
    rng = np.random.default_rng(seed)
    phi = rng.normal(size=(32, 48))
    phi /= np.linalg.norm(phi, axis=0)
    a = np.zeros(48)
    a[rng.choice(48, 5, replace=False)] = rng.uniform(0.5, 2.0, 5) * rng.choice([-1, 1], 5)
    x, both = phi @ a + rng.normal(0.0, 0.02, 32), np.hstack([phi, -phi])
    best = lasso_loss(both, x, coordinate_descent(both, x, 0.1), 0.1)
    code = spiking_lasso(both, x, 0.1, steps=40_000)
    assert lasso_loss(both, x, code.a, 0.1) <= 1.01 * best
    signed = code.a[:48] - code.a[48:]
    assert np.array_equal(np.sign(signed[a != 0]), np.sign(a[a != 0]))


def test_the_conditions_of_an_optimum():
    """Who fires has Φᵀ(x − Φa) = λ, who is silent not more, as far as 8 bits and 300 spikes tell."""
    phi, image = digit_columns(8), load_digits().x_test[3]
    x, lam = image.ravel() / np.linalg.norm(image), 0.1
    a = spiking_lasso(phi, x, lam, steps=60_000).a
    left = phi.T @ (x - phi @ a)
    np.testing.assert_allclose(left[a > 0.02], lam, atol=0.006)
    assert left[a == 0].max() < lam + 0.006


def test_the_longer_it_runs_the_better():
    phi, image = digit_columns(8), load_digits().x_test[0]
    x = image.ravel() / np.linalg.norm(image)
    best = lasso_loss(phi, x, coordinate_descent(phi, x, 0.1), 0.1)
    code = spiking_lasso(phi, x, 0.1)
    gaps = [lasso_loss(phi, x, coefficients_at(code, end), 0.1) / best - 1 for end in (500, 2000, 20_000)]
    assert gaps[0] > 10 * gaps[1] > 20 * gaps[2] > 0
    np.testing.assert_array_equal(coefficients_at(code, 20_000), code.a)


def test_where_there_is_nothing_to_explain():
    for x, lam in (([0.0, 0.0], 0.1), ([0.5, 0.1], 0.5), ([-1.0, -1.0], 0.0), ([0.0, 0.0], 0.0)):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert not spiking_lasso(np.eye(2), x, lam, steps=500).a.any()


def test_weights_use_the_bits_that_there_are():
    lines = lca_connections(digit_columns(2))
    assert 127 < np.abs(lines.w).max() <= 254 and lines.synapse.sign_mode == 3
    mixed = lca_connections(np.array([[1.0, -0.5], [0.0, 0.75**0.5]]))
    assert mixed.w.tolist() == [128.0, 128.0] and mixed.synapse.exponent == 3


def test_arguments_that_cannot_be():
    with pytest.raises(ValueError, match=r"columns of dictionary must have length 1, got 2 of column 1"):
        spiking_lasso([[1.0, 0.0], [0.0, 2.0]], [1.0, 1.0], 0.1)
    with pytest.raises(ValueError, match=r"x must have shape \(2,\), got \(3,\)"):
        spiking_lasso(np.eye(2), [1.0, 1.0, 1.0], 0.1)
    with pytest.raises(ValueError, match="lam must be zero or positive, and finite, got -1"):
        spiking_lasso(np.eye(2), [1.0, 1.0], -1)
    with pytest.raises(ValueError, match="x must be finite, got nan"):
        spiking_lasso(np.eye(2), [1.0, np.nan], 0.1)
    with pytest.raises(ValueError, match="steps must be at least 2, got 1"):
        spiking_lasso(np.eye(2), [1.0, 1.0], 0.1, steps=1)
    with pytest.raises(ValueError, match="period must be at least 8, got 7"):
        spiking_lasso(np.eye(2), [1.0, 1.0], 0.1, period=7)
    with pytest.raises(ValueError, match="period must be at most 4096, got 5000"):
        spiking_lasso(np.eye(2), [1.0, 1.0], 0.1, period=5000)
    with pytest.raises(ValueError, match="end must be at most 100, got 101"):
        coefficients_at(SparseCode(np.zeros(2), Spikes([], n_units=2, duration=100), 64.0), 101)
    with pytest.raises(ValueError, match=r"a must have shape \(2,\), got \(1,\)"):
        lasso_loss(np.eye(2), [1.0, 1.0], [1.0], 0.1)


def test_gaps_are_those_of_the_losses_and_coordinate_descent_is_an_optimum():
    phi, image = digit_columns(8), load_digits().x_test[5]
    x, lam = image.ravel() / np.linalg.norm(image), 0.1
    best = coordinate_descent(phi, x, lam)
    left = phi.T @ (x - phi @ best)
    np.testing.assert_allclose(left[best > 0], lam, atol=1e-6)
    assert left.max() < lam + 1e-6 and (best >= 0).all()
    gap = lasso_gaps(phi, x, lam, [4000], period=32)
    code = spiking_lasso(phi, x, lam, steps=4000, period=32)
    assert gap == pytest.approx(100 * (lasso_loss(phi, x, code.a, lam) / lasso_loss(phi, x, best, lam) - 1))
    with pytest.raises(ValueError, match=r"x must have shape \(64,\), got \(3,\)"):
        coordinate_descent(phi, [1.0, 2.0, 3.0], lam)
    with pytest.raises(ValueError, match="lam must be positive and finite, got 0"):
        coordinate_descent(phi, x, 0.0)


def test_the_hardest_drive_is_what_a_bias_holds():
    """13 bits and an exponent of 7; a quick network settles sooner, and stays farther from the optimum."""
    phi, image = digit_columns(4), load_digits().x_test[3]
    x = image.ravel() / np.linalg.norm(image)
    quick, slow = (lasso_gaps(phi, x, 0.1, [400, 20_000], period=period) for period in (8, 64))
    assert quick[0] < slow[0] and slow[1] < quick[1] < 1.0


def test_signals_without_an_answer_are_refused():
    for call, error, message in (
        (
            lambda: spiking_lasso(np.eye(2), [1e308, 1e308], 0.1),
            ValueError,
            r"x and lam must be at most 1e\+100",
        ),
        (lambda: lasso_gaps(np.eye(2), [0, 0], 0.1, [200]), ValueError, "x must have an entry other than 0"),
        (lambda: lasso_gaps(np.eye(2), [1, 1], 0.1, []), ValueError, "ends must be one number of steps"),
        (lambda: lasso_gaps(np.eye(2), [1, 1], 0.1, [2.7]), ValueError, "ends must be whole, from 1 to"),
        (lambda: coordinate_descent(np.ones((3, 0)), [0, 0, 1], 0.1), ValueError, "dictionary must hold one"),
        (lambda: coefficients_at(None, 3), TypeError, "code must be a SparseCode, got NoneType"),
    ):
        with pytest.raises(error, match=message):
            call()
