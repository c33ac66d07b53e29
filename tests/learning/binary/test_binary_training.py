"""Training a network of one bit: what it learns, that it is the network that is used, and what it refuses."""

import itertools

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning import Adam, initial_binary, run_binary, train_binary
from snnlab.learning.binary.binary_network import Binarisation
from snnlab.learning.binary.binary_training import measure_norms

KINDS = {
    "one bit": Binarisation(),
    "real": Binarisation(weights=False, activations=False),
    "binary weights": Binarisation(activations=False),
    "by chance": Binarisation(stochastic=True),
}


def task(n=300):
    """The first small digits, in sixteenths, as whole numbers."""
    digits = load_digits()
    return digits.x_train[:n].reshape(n, 64), digits.y_train[:n]


@pytest.mark.parametrize("kind", KINDS)
def test_the_network_that_comes_out_is_the_one_that_was_measured(kind):
    x, y = task()
    method = KINDS[kind]
    rate = 0.1 if method.weights else 0.01
    start = initial_binary(64, 24, 10, rng=np.random.default_rng(1))
    learnt = train_binary(
        start, x, y, 6, method, adam=Adam(rate=rate), rng=np.random.default_rng(2), test=(x[:50], y[:50])
    )
    scores = run_binary(learnt.network, x, method._replace(stochastic=False)).scores
    t = 2.0 * np.eye(10)[y] - 1.0
    assert learnt.history.loss[-1] == pytest.approx((np.maximum(0, 1 - t * scores) ** 2).sum() / len(x))
    assert learnt.history.accuracy[-1] == np.mean(scores.argmax(axis=1) == y)
    assert learnt.history.test_accuracy[-1] == np.mean(scores[:50].argmax(axis=1) == y[:50])
    assert learnt.history.loss[-1] < learnt.history.loss[0] and learnt.history.accuracy[-1] > 0.5


def test_the_same_seed_learns_the_same_and_the_start_stays():
    x, y = task(100)
    start = initial_binary(64, 8, 10, rng=np.random.default_rng(1))
    before = start.w_in.copy()
    runs = [train_binary(start, x, y, 3, rng=np.uint64(seed)) for seed in (1, 1, 2)]
    np.testing.assert_array_equal(runs[0].network.w_in, runs[1].network.w_in)
    assert (runs[0].network.w_in != runs[2].network.w_in).any()
    np.testing.assert_array_equal(start.w_in, before)


def test_with_a_closed_window_only_the_readout_learns():
    x, y = task(100)
    start = initial_binary(64, 8, 10, rng=np.random.default_rng(1))
    learnt = train_binary(start, x, y, 3, Binarisation(window=0.0), rng=np.uint64(1))
    np.testing.assert_array_equal(learnt.network.w_in, start.w_in)
    assert (learnt.network.w_out != start.w_out).any()
    assert (learnt.history.flips == 0).all()


def test_a_flip_counts_in_the_epoch_that_brings_it():
    """With one step an epoch they are what differs between the networks before and after it."""
    x, y = task(100)
    start = initial_binary(64, 8, 10, rng=np.random.default_rng(1))
    runs = [train_binary(start, x, y, epochs, batch=100, rng=np.uint64(1)) for epochs in range(6)]
    changed = [np.sum((a.network.w_in >= 0) != (b.network.w_in >= 0)) for a, b in itertools.pairwise(runs)]
    assert min(changed) > 0
    assert runs[-1].history.flips.tolist() == changed


def test_norms_measured_anew_are_those_of_the_samples():
    x, _ = task(100)
    network = measure_norms(initial_binary(64, 8, 10, rng=np.random.default_rng(1)), x)
    run = run_binary(network, x)
    np.testing.assert_allclose(network.norm_in.mean, run.sums.mean(axis=0))
    np.testing.assert_allclose(network.norm_out.sd, np.sqrt(run.out_sums.var(axis=0) + 1e-4))


START = initial_binary(2, 3, 2, rng=np.random.default_rng(1))
X, Y = [[1.0, 0.0], [0.0, 1.0]], [0, 1]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"batch": 1}, "batch must be at least 2, got 1"),
        (
            {"x": [[1.0, 0.0]], "y": [0]},
            "x must have at least 2 samples, whose spread batch norm takes, got 1",
        ),
        ({"decay": 1.5}, "decay must be between 0 and 1, got 1.5"),
        ({"x": [[1.0]]}, "x must have 2 columns, one an input, got 1"),
        ({"y": [0, 2]}, "y must be from 0 to 1, got 2"),
        ({"y": [0]}, "y must be 2 whole numbers, one a sample and at least one, got shape (1,) of int64"),
        (
            {"test": ([[1.0, 0.0]], [0.5])},
            "y_test must be 1 whole numbers, one a sample and at least one, got shape (1,) of float64",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(changed, sentence):
    given = {"network": START, "x": X, "y": Y, "epochs": 1, "rng": np.uint64(1)} | changed
    with pytest.raises(ValueError) as failure:
        train_binary(**given)
    assert str(failure.value) == sentence
