"""The task and its controls, ten seeds each."""

import functools

import numpy as np
import pytest

from snnlab.probability.hidden_likelihood import SparsityPrior
from snnlab.probability.hidden_network import initial_hidden_network
from snnlab.probability.hidden_xor import ANSWER, RULE, learn_hidden_xor, xor_answers, xor_bits_in_time
from snnlab.repeats import spread

GUESS = np.log(2.0)


@functools.cache
def ten(n_hidden=8, frozen=False, strength=0.1, each_bin=True):
    rule = RULE if each_bin else RULE._replace(eta=0.1, eta_hidden=0.04, each_bin=False)
    prior = SparsityPrior(strength, 0.3)
    return [
        learn_hidden_xor(n_hidden, frozen, rule=rule, prior=prior, rng=np.random.default_rng(seed))
        for seed in range(10)
    ]


def nats(found):
    return np.array([one.nats for one in found])


@pytest.mark.parametrize("each_bin", [True, False])
def test_with_hidden_neurons_all_four_answers_are_right(each_bin):
    found = ten(each_bin=each_bin)
    print(f"hidden neurons, each bin {each_bin}: {spread(nats(found)):.2f} nats")
    assert [one.right for one in found] == [1.0] * 10
    assert nats(found).max() < 0.5


def test_without_hidden_neurons_it_is_left_to_guess():
    """The closed form: no weights come below ln 2."""
    found = ten(0)
    print(f"none: {spread(nats(found)):.3f} nats")
    assert nats(found).min() >= GUESS - 1e-12
    assert max(one.right for one in found) < 1
    assert (nats(found) - nats(ten())).min() > 0.2


@pytest.mark.parametrize("seed", range(10))
def test_no_sum_of_filters_comes_below_a_guess(seed):
    """Any weights of an output alone, not only learnt ones."""
    rng = np.random.default_rng(seed)
    net = initial_hidden_network(2, 1, 0, np.eye(6), spread=2.0, rng=rng)
    p = xor_answers(net, draws=1, rng=rng)
    u = np.log(p / (1 - p))
    assert u[0] - u[1] - u[2] + u[3] == pytest.approx(0.0, abs=1e-9)
    assert -np.log(np.where([False, True, True, False], p, 1 - p)).mean() >= GUESS


def test_frozen_hidden_neurons_do_not_do_it():
    """Eight random detectors are not enough: what counts is that they learn."""
    found = ten(frozen=True)
    print(f"frozen: {spread(nats(found)):.2f} nats")
    assert (nats(found) - nats(ten())).min() > 0.1
    assert np.mean([one.right for one in found]) < 0.8


def test_without_the_sparsity_prior_it_fails_in_most_seeds():
    found = ten(strength=0.0, each_bin=False)
    print(f"no prior: {spread(nats(found)):.2f} nats")
    assert np.sum([one.right == 1.0 for one in found]) <= 5


def test_the_task():
    four = xor_bits_in_time(4, rng=None)
    assert four.inputs.sum(axis=(1, 2)).tolist() == [2.0] * 4
    assert four.visible.sum(axis=(1, 2)).tolist() == [0.0, 1.0, 1.0, 0.0]
    drawn = xor_bits_in_time(4000, rng=np.random.default_rng(1))
    assert drawn.visible[:, ANSWER].mean() == pytest.approx(0.5, abs=4 * 0.5 / 4000**0.5)


def test_answers_are_averaged_over_draws():
    """A hidden neuron that fires as a coin does: the mean of two probabilities, and no logarithm's mean."""
    net = initial_hidden_network(2, 1, 1, [[1.0]], spread=0.0, bias=0.0, rng=np.random.default_rng(1))
    net.w[0, 4] = 8.0  # from the hidden neuron
    p = xor_answers(net, draws=20_000, rng=np.random.default_rng(2))
    assert p == pytest.approx(np.full(4, (0.5 + 1 / (1 + np.exp(-8.0))) / 2), abs=4 * 0.25 / 20_000**0.5)
