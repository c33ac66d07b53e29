"""The network of one bit, worked out by hand, and what it refuses."""

import numpy as np
import pytest

from snnlab.learning import initial_binary, run_binary
from snnlab.learning.binary.binary_network import BatchNorm, Binarisation, BinaryNetwork, signs

RNG = np.random.default_rng(3)
PLAIN = BatchNorm(np.ones(1), np.zeros(1), np.zeros(1), np.ones(1))


def network():
    """Two inputs, two hidden neurons, one output, with numbers that one can follow."""
    norm_in = BatchNorm(
        np.array([2.0, -1.0]), np.array([0.5, 0.0]), np.array([1.0, 0.0]), np.array([4.0, 2.0])
    )
    return BinaryNetwork(np.array([[0.2, -0.7], [0.0, 0.4]]), np.array([[-0.1, 0.9]]), norm_in, PLAIN)


@pytest.mark.equation("one-bit-layer")
def test_by_hand():
    """Signs (+ −) and (+ +): with the inputs 3 and 1 the sums are 2 and 4, a is 1 and −2, u is −1 − 1."""
    run = run_binary(network(), [[3, 1]])
    assert run.sums.tolist() == [[2.0, 4.0]]
    assert run.hidden.tolist() == [[1.0, -1.0]]
    assert run.out_sums.tolist() == run.scores.tolist() == [[-2.0]]


def test_each_kind_of_number_can_be_left_real():
    real = run_binary(network(), [[3, 1]], Binarisation(weights=False, activations=False))
    sums = [0.2 * 3 - 0.7, 0.4]
    a = [2 * (sums[0] - 1) / 4 + 0.5, -sums[1] / 2]
    np.testing.assert_allclose(real.sums, [sums])
    np.testing.assert_allclose(real.hidden, [a])
    np.testing.assert_allclose(real.scores, [[-0.1 * a[0] + 0.9 * a[1]]])
    ramp = run_binary(network(), [[300, 1]], Binarisation(activations=False))
    assert ramp.hidden.tolist() == [[1.0, -1.0]]


def test_only_the_signs_of_the_weights_count():
    start = initial_binary(20, 30, 4, rng=RNG)
    x = RNG.integers(0, 9, (7, 20))
    as_signs = start._replace(w_in=signs(start.w_in), w_out=signs(start.w_out))
    np.testing.assert_array_equal(run_binary(start, x).scores, run_binary(as_signs, x).scores)


def test_zero_is_positive():
    assert signs([-0.0, 0.0, -1e-300]).tolist() == [1.0, 1.0, -1.0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: initial_binary(0, 1, 1, rng=RNG), "n_in must be at least 1, got 0"),
        (lambda: run_binary(network(), [[1, 2, 3]]), "x must have 2 columns, one an input, got 3"),
        (lambda: run_binary(network(), [1, 2]), "x must have shape (samples, inputs), got (2,)"),
        (
            lambda: run_binary(network()._replace(w_out=np.ones((1, 3))), [[1, 2]]),
            "w_out must have 2 columns, one a row of w_in, got 3",
        ),
        (
            lambda: run_binary(network()._replace(norm_in=PLAIN), [[1, 2]]),
            "norm_in.gamma must have 2 entries, one a neuron, got 1",
        ),
        (
            lambda: run_binary(network()._replace(norm_out=PLAIN._replace(sd=np.zeros(1))), [[1, 2]]),
            "norm_out.sd must be positive, got 0",
        ),
        (
            lambda: run_binary(network(), [[1, 2]], Binarisation(weights=False, stochastic=True)),
            "weights must be True where stochastic is, got False",
        ),
        (
            lambda: run_binary(network(), [[1, 2]], Binarisation(window=-1.0)),
            "window must be zero or positive, and finite, got -1",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: run_binary(PLAIN, [[1, 2]]), "network must be a BinaryNetwork, got BatchNorm"),
        (lambda: run_binary(network(), [[1, 2]], "sign"), "method must be a Binarisation, got str"),
        (
            lambda: run_binary(network()._replace(norm_in=None), [[1, 2]]),
            "norm_in must be a BatchNorm, got NoneType",
        ),
    ],
)
def test_what_is_no_network_is_named(call, sentence):
    with pytest.raises(TypeError) as failure:
        call()
    assert str(failure.value) == sentence


def test_a_source_of_chance_is_needed():
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator"):
        initial_binary(2, 2, 2, rng=1)
