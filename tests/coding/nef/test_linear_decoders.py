"""Decoders against nengo's recording, NumPy's solution, and the laws by which their errors fall."""

from pathlib import Path

import numpy as np
import pytest

from snnlab.coding.nef.linear_decoders import decoders, decoding_error, full_weights, solve_positive
from snnlab.coding.nef.tuned_population import TunedPopulation, currents, draw_population, tuning_curves

FILES = sorted((Path(__file__).parents[2] / "reference").glob("nengo_nef*.npz"))
X = np.linspace(-1, 1, 501)[:, None]


@pytest.mark.reference
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_decoders_are_those_of_nengo(file):
    with np.load(file) as told:
        reg = float(told["reg"])
        for name, target in (("dec_identity", told["x"]), ("dec_square", told["x"] ** 2)):
            np.testing.assert_allclose(decoders(told["A"], target, reg), told[name], rtol=0, atol=1e-12)


@pytest.mark.equation("decoders")
def test_decoders_solve_the_normal_equations():
    rates = tuning_curves(draw_population(40, rng=np.random.default_rng(1)), X)
    sigma = 0.05 * rates.max()
    wanted = np.linalg.solve(rates.T @ rates + len(X) * sigma**2 * np.eye(40), rates.T @ X)
    d = decoders(rates, X, 0.05)
    np.testing.assert_allclose(d, wanted, rtol=1e-9, atol=1e-14)
    for other in (1.01 * d, d + 1e-6):  # no other decoders have a smaller error, both parts together
        assert sum(decoding_error(rates, X, other, 0.05)) > sum(decoding_error(rates, X, d, 0.05))


def test_the_kernel_is_its_loop():
    rng = np.random.default_rng(2)
    root, b = rng.normal(size=(6, 6)), rng.normal(size=(6, 2))
    m = root @ root.T
    for n in (6, 4):  # of a part of the matrix, too
        x, factor = np.zeros((6, 2)), np.zeros((6, 6))
        solve_positive(m, b, n, 0.5, factor, x)
        np.testing.assert_allclose((m[:n, :n] + 0.5 * np.eye(n)) @ x[:n], b[:n], atol=1e-12)
        plain = np.zeros((6, 2))
        solve_positive.py_func(m, b, n, 0.5, np.zeros((6, 6)), plain)
        np.testing.assert_allclose(x, plain, atol=1e-12)


@pytest.mark.equation("decoding-error")
def test_the_noise_part_is_what_noise_adds():
    rng = np.random.default_rng(3)
    rates = tuning_curves(draw_population(20, rng=rng), X)
    d = decoders(rates, X, 0.1)
    noisy = rates + 0.1 * rates.max() * rng.normal(size=(200, *rates.shape))
    told = decoding_error(rates, X, d, 0.1)
    assert np.mean(np.sum((noisy @ d - X) ** 2, axis=-1)) == pytest.approx(sum(told), rel=0.02)


@pytest.mark.equation("full-weights")
def test_all_synapses_carry_what_the_numbers_between_carry():
    rng = np.random.default_rng(5)
    talkers, listeners = draw_population(40, 2, rng=rng), draw_population(30, 2, rng=rng)
    angle = rng.uniform(0, 2 * np.pi, 200)
    x = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(rng.random((200, 1)))
    rates = tuning_curves(talkers, x)
    d = decoders(rates, x)
    through_weights = rates @ full_weights(listeners, d).T + listeners.bias
    np.testing.assert_allclose(through_weights, currents(listeners, rates @ d), atol=1e-10)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: decoders([[1.0]], [[1.0]], 0), "reg must be positive and finite, got 0"),
        (lambda: decoders([[1.0]], [[1.0], [2.0]]), "target must have 1 rows, one a point, got 2"),
        (lambda: decoders([[0.0]], [[1.0]]), "rates must be above 0 somewhere, got none"),
        (lambda: decoding_error([[1.0]], [[1.0]], [[1.0, 2.0]]), r"d must have shape \(1, 1\), got \(1, 2\)"),
        (
            lambda: full_weights(TunedPopulation(np.ones((1, 1)), np.ones(1), np.ones(1)), [[1.0, 2.0]]),
            "d must have 1 columns, got 2",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
