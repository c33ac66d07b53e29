"""A folded network is the one in floating point, bit for bit, also where rounding decides."""

import math

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning import initial_binary, run_binary, train_binary
from snnlab.learning.binary.binary_network import BatchNorm, BinaryNetwork, normalised
from snnlab.learning.binary.folding import FoldedNetwork, fold_network, fold_norm, run_folded, step
from snnlab.learning.binary.packed import unpack_signs


def norms(n, seed=1):
    """Norms of all kinds: both signs of γ, none at all, and spreads far from 1."""
    rng = np.random.default_rng(seed)
    gamma = rng.choice([-1.0, 0.0, 1.0], n, p=[0.45, 0.1, 0.45]) * rng.exponential(1.0, n)
    return BatchNorm(gamma, rng.normal(0, 1, n), rng.normal(0, 20, n), rng.exponential(5.0, n) + 0.01)


def test_batch_norm_of_a_sum():
    """γ = 2, μ = 1, s = 4, β = 0.5 at z = 7: 2 · 6 / 4 + 0.5."""
    assert step(7.0, 2.0, 0.5, 1.0, 4.0) == 3.5
    assert step(-3.0, 2.0, 0.5, 1.0, 4.0) == -1.5
    assert step(7.0, -2.0, -0.5, 1.0, 4.0) == -3.5


@pytest.mark.equation("folded-threshold")
def test_the_threshold_is_the_closed_form():
    norm, most = norms(400), 10**6
    folded = fold_norm(norm, most)
    for k in range(400):
        gamma, beta, mean, sd = (x[k] for x in norm)
        if gamma == 0.0:
            assert folded.threshold[k] == (-most if beta >= 0 else most + 1) and not folded.turned[k]
            continue
        limit = mean - beta * sd / gamma
        expected = math.ceil(limit) if gamma > 0 else math.ceil(-limit)
        assert folded.threshold[k] == np.clip(expected, -most, most + 1)
        assert folded.turned[k] == (gamma < 0)


def test_it_answers_as_the_neuron_does_at_every_sum():
    norm, most = norms(200, seed=2), 120
    folded = fold_norm(norm, most)
    z = np.arange(-most, most + 1)[:, None]
    fires = normalised(z, norm) >= 0
    np.testing.assert_array_equal(np.where(folded.turned, -z, z) >= folded.threshold, fires)


def test_where_rounding_decides_it_keeps_to_the_neuron():
    """Norms whose limit is a whole number but for rounding: the closed form would be wrong for some."""
    rng = np.random.default_rng(3)
    n, most, z = 3000, 60, np.arange(-60, 61)[:, None]
    gamma, sd = rng.uniform(0.1, 3, n), rng.uniform(0.1, 9, n)
    mean, limit = rng.uniform(-20, 20, n), rng.integers(-30, 31, n)
    norm = BatchNorm(gamma, gamma * (mean - limit) / sd, mean, sd)
    fires = normalised(z, norm) >= 0
    np.testing.assert_array_equal(z >= fold_norm(norm, most).threshold, fires)
    by_formula = np.ceil(mean - norm.beta * sd / gamma)
    assert ((z >= by_formula) != fires).any()


@pytest.mark.parametrize("n", [1, 63, 64, 65, 200])
def test_a_random_network_is_the_same_bit_for_bit(n):
    rng = np.random.default_rng(n)
    start = initial_binary(30, n, 10, rng=rng)
    network = BinaryNetwork(start.w_in, start.w_out, norms(n, n), norms(10, n + 1))
    x = rng.integers(0, 17, (40, 30))
    run, folded = run_binary(network, x), run_folded(fold_network(network, most=16), x)
    np.testing.assert_array_equal(unpack_signs(folded.hidden), run.hidden)
    np.testing.assert_array_equal(folded.out_sums, run.out_sums)
    assert folded.scores.tobytes() == run.scores.tobytes()


def test_a_trained_network_is_the_same_bit_for_bit():
    digits = load_digits()
    x, y = digits.x_train.reshape(-1, 64), digits.y_train
    start = initial_binary(64, 40, 10, rng=np.random.default_rng(1))
    gamma = np.where(np.arange(40) % 2, 1.0, -1.0)  # both kinds of neuron
    start = start._replace(norm_in=start.norm_in._replace(gamma=gamma))
    network = train_binary(start, x, y, 5, rng=np.random.default_rng(2)).network
    folded = fold_network(network, most=16)
    new = digits.x_test.reshape(-1, 64)
    assert run_folded(folded, new).scores.tobytes() == run_binary(network, new).scores.tobytes()
    assert 0 < np.sum(network.norm_in.gamma < 0) < 40


NETWORK = initial_binary(3, 4, 2, rng=np.random.default_rng(1))
FOLDED = fold_network(NETWORK, most=9)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: fold_network(NETWORK, most=0), "most must be at least 1, got 0"),
        (
            lambda: fold_norm(NETWORK.norm_in, 2**52),
            "most must be below 4503599627370496, got 4503599627370496",
        ),
        (lambda: run_folded(FOLDED, [[1, 2]]), "x must have 3 columns, one an input, got 2"),
        (lambda: run_folded(FOLDED, [[1, 2, 0.5]]), "x must be whole numbers, got 0.5"),
        (lambda: run_folded(FOLDED, [[1, -10, 3]]), "x must be at most 9 in size, got -10"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence


def test_what_is_not_folded_is_named():
    with pytest.raises(TypeError, match="network must be a FoldedNetwork, got BinaryNetwork"):
        run_folded(NETWORK, [[1, 2, 3]])
    assert isinstance(FOLDED, FoldedNetwork)
