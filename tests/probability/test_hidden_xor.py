"""The task, and what the table of ten trainings of each kind has to show."""

import numpy as np
import pytest

from snnlab.course import load_table
from snnlab.probability.hidden_network import initial_hidden_network, run_hidden_network
from snnlab.probability.hidden_xor import (
    ANSWER,
    RULE,
    fit_frozen_xor,
    learn_hidden_xor,
    xor_answers,
    xor_bits_in_time,
)

GUESS = np.log(2.0)
TABLE = load_table("hidden_xor")


def runs(kind):
    """Nats and the share of right answers of the ten seeds of one kind."""
    kept = TABLE["kind"] == kind
    assert TABLE["seed"][kept].tolist() == list(range(11, 21))
    return TABLE["nats"][kept], TABLE["right"][kept]


@pytest.mark.parametrize("kind", ["bins", "trials"])
def test_with_hidden_neurons_all_four_answers_are_right(kind):
    nats, right = runs(kind)
    assert right.tolist() == [1.0] * 10
    assert nats.max() < 0.5


def test_without_hidden_neurons_it_is_left_to_guess():
    """The closed form: no weights come below ln 2."""
    nats, right = runs("alone")
    assert nats.min() >= GUESS - 1e-6  # six digits are written
    assert right.max() < 1
    assert (nats - runs("trials")[0]).min() > 0.2


def test_frozen_hidden_neurons_do_not_do_it():
    """Eight random detectors are not enough: where the bound is highest, the answer is hardly one."""
    nats, _ = runs("frozen")
    assert (nats - runs("trials")[0]).min() > 0.5
    assert (nats < GUESS).all() and nats.min() > GUESS - 0.1


@pytest.mark.parametrize(("kind", "most"), [("bins", 0), ("trials", 2)])
def test_with_these_steps_both_rules_need_the_sparsity_prior(kind, most):
    """Without it hardly a network does it; by whole trials two do, as well as with it."""
    nats, right = runs(f"{kind}_free")
    assert (right == 1.0).sum() == most
    assert (nats[right < 1] > runs(kind)[0].max() + 0.5).all()


def test_with_small_steps_and_time_the_prior_is_in_the_way():
    """The control of the one before: it is the steps that call for a prior, not the task."""
    nats, right = runs("slow_free")
    assert right.tolist() == [1.0] * 10
    assert nats.max() < runs("trials")[0].min()
    held_back = runs("slow")[1] < 1
    assert held_back.sum() == 5 and (runs("slow")[0] - nats)[held_back].min() > 0.5


def test_frozen_weights_stay():
    rule = RULE._replace(eta_hidden=0.0)
    start, end = (learn_hidden_xor(8, n, rule, rng=np.random.default_rng(11)).network for n in (1, 200))
    assert (start.w[1:] == end.w[1:]).all() and (start.w[0] != end.w[0]).any()
    fitted = fit_frozen_xor(draws=50, rng=np.random.default_rng(11)).network
    assert (fitted.w[1:] == start.w[1:]).all()


def bound_and_nats(network, seed):
    """The bound of the answer and what it costs, of 20,000 draws, and the bound's standard error."""
    task = xor_bits_in_time(20_000, rng=None)
    log_p = run_hidden_network(network, task.inputs, task.visible, rng=np.random.default_rng(seed)).log_p
    log_p = log_p[:, ANSWER, 0]
    nats = -np.log(np.exp(log_p).reshape(-1, 4).mean(axis=0)).mean()
    return log_p.mean(), nats, log_p.std() / np.sqrt(log_p.size)


@pytest.mark.parametrize("seed", range(11, 21))
def test_the_fit_beside_frozen_neurons_is_the_top_of_the_bound_and_not_of_the_likelihood(seed):
    found = fit_frozen_xor(rng=np.random.default_rng(seed))
    bound, nats, error = bound_and_nats(found.network, 100 + seed)
    optimism = (
        found.network.w[0] != 0
    ).sum() / found.log_p.size  # of weights on the draws they were fitted to
    assert bound == pytest.approx(found.log_p.mean() - optimism, abs=5 * error)  # on other draws
    moved = np.random.default_rng(seed).normal(0.0, 0.3, found.network.w.shape[1])
    for w in (found.network.w[0] + moved, found.network.w[0] - moved, 5 * found.network.w[0]):
        other = found.network._replace(w=np.vstack([w, found.network.w[1:]]))
        lower, costs, _ = bound_and_nats(other, 100 + seed)
        assert lower < bound
    assert costs < nats - 0.01  # five times the weights: surer, and more often right than wrong


@pytest.mark.parametrize("seed", range(10))
def test_no_sum_of_filters_comes_below_a_guess(seed):
    """Any weights of an output alone, not only learnt ones."""
    rng = np.random.default_rng(seed)
    net = initial_hidden_network(2, 1, 0, np.eye(6), spread=2.0, rng=rng)
    p = xor_answers(net, draws=1, rng=rng)
    u = np.log(p / (1 - p))
    assert u[0] - u[1] - u[2] + u[3] == pytest.approx(0.0, abs=1e-9)
    assert -np.log(np.where([False, True, True, False], p, 1 - p)).mean() >= GUESS


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
