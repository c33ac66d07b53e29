import math

import numpy as np
import pytest

from snnlab.probability.design_matrix import filtered
from snnlab.probability.hidden_likelihood import SparsityPrior
from snnlab.probability.hidden_network import initial_hidden_network
from snnlab.probability.online_glm import learn_glm
from snnlab.probability.variational_gradient import draw_gradients, estimates
from snnlab.probability.variational_rule import VariationalRule, learn_hidden
from snnlab.random import uniform

PRIOR = SparsityPrior(0.2, 0.3)
BASIS = np.array([[1.0, 0.0], [0.5, 1.0]])


def network(hidden=2, seed=1):
    return initial_hidden_network(1, 1, hidden, BASIS, rng=np.random.default_rng(seed))


def trials(n=6, bins=8, seed=1):
    rng = np.random.default_rng(seed)
    return rng.integers(0, 2, (n, bins, 1)).astype(float), rng.integers(0, 2, (n, bins, 1)).astype(float)


def plainly(net, inputs, visible, rule, prior, seed):
    """The equations of the module with one array for each letter, and features made anew in every bin."""
    w = net.w.copy()
    n, n_in, n_vis = len(w), net.n_inputs, net.n_visible
    signal_squares, squares, logs = np.zeros_like(w), np.zeros_like(w), []
    for trial in range(len(inputs)):
        bins = inputs.shape[1]
        s, e, ell, seen = np.zeros((bins, n_in + n)), np.zeros_like(w), 0.0, 0.0
        s[:, :n_in], s[:, n_in : n_in + n_vis] = inputs[trial], visible[trial]
        for t in range(bins):
            score, now = np.zeros_like(w), 0.0
            before = np.vstack([np.zeros(n_in + n), s[:t]])  # what was fired one bin ago, in each bin
            for i in range(n):
                heard = [filtered(before[:, j], BASIS)[-1] * net.joined[i, j] for j in range(n_in + n)]
                x = np.concatenate([[1.0], *heard, filtered(before[:, n_in + i], net.own_basis)[-1]])
                p = 1.0 / (1.0 + math.exp(-w[i] @ x))
                if i >= n_vis:
                    s[t, n_in + i] = uniform(seed, np.uint64(i), np.uint64(trial * bins + t)) < p
                y = s[t, n_in + i]
                score[i] = (y - p) * x
                log_p = math.log(p if y else 1.0 - p)
                if i < n_vis:
                    now, seen = now + log_p, seen + log_p
                else:
                    now -= prior.strength * (log_p - math.log(prior.rate if y else 1.0 - prior.rate))
            if rule.each_bin:
                e = rule.kappa * e + (1 - rule.kappa) * score
                ell = rule.kappa * ell + (1 - rule.kappa) * now
                w[:n_vis] += rule.eta * e[:n_vis]
            else:
                e, ell = e + score, ell + now
                w[:n_vis] += rule.eta * score[:n_vis]
            if rule.each_bin or t == bins - 1:
                b = np.divide(signal_squares, squares, out=np.zeros_like(w), where=squares > 0)
                w[n_vis:] += (rule.eta_hidden * (ell - b) * e)[n_vis:]
                signal_squares = rule.beta * signal_squares + (1 - rule.beta) * ell * e**2
                squares = rule.beta * squares + (1 - rule.beta) * e**2
        logs.append(seen)
    return w, np.array(logs)


@pytest.mark.equation("hidden-rule")
@pytest.mark.parametrize("each_bin", [True, False])
def test_the_kernel_is_the_equations(each_bin):
    rule = VariationalRule(eta=0.1, eta_hidden=0.05, kappa=0.7, beta=0.9, each_bin=each_bin)
    w, log_p = plainly(network(), *trials(), rule, PRIOR, np.uint64(3))
    learnt = learn_hidden(network(), *trials(), rule, PRIOR, rng=np.uint64(3))
    assert np.abs(w - network().w)[1:].max() > 0.01
    assert learnt.network.w == pytest.approx(w, rel=1e-9, abs=1e-11)
    assert learnt.log_p == pytest.approx(log_p, rel=1e-9, abs=1e-11)


def test_a_first_trial_moves_hidden_neurons_by_the_estimate_of_one_draw():
    """No step has been taken yet, so there is no baseline; visible neurons are held."""
    net, (x, y) = network(), trials(n=1)
    rule = VariationalRule(eta=0.0, eta_hidden=0.01, each_bin=False)
    learnt = learn_hidden(net, x, y, rule, PRIOR, rng=np.uint64(3))
    one = estimates(draw_gradients(net, x[0], y[0], 1, PRIOR, rng=np.uint64(3)))[0]
    assert (learnt.network.w - net.w)[1:] == pytest.approx(0.01 * one[1:], rel=1e-9, abs=1e-13)
    assert (learnt.network.w[0] == net.w[0]).all()


def test_without_hidden_neurons_and_without_traces_it_is_the_rule_of_a_glm_neuron():
    net, (x, y) = network(hidden=0), trials(n=1, bins=200)
    learnt = learn_hidden(net, x, y, VariationalRule(eta=0.1, kappa=0.0), rng=np.uint64(1))
    before = np.vstack([np.zeros(2), np.hstack([x[0], y[0]])[:-1]])
    design = np.hstack([filtered(before[:, 0], BASIS), filtered(before[:, 1], net.own_basis)])
    columns = [0, 1, 2, 5]  # the bias, the input's, and its own; between them stands its place as a source
    seen = learn_glm(design, y[0, :, 0], 0.1, net.w[0, columns])
    assert learnt.network.w[0, columns] == pytest.approx(seen[-1], rel=1e-9, abs=1e-12)


def test_frozen_neurons_and_the_start_stay_as_they_were():
    net = network()
    start = net.w.copy()
    learnt = learn_hidden(net, *trials(), VariationalRule(eta_hidden=0.0), rng=np.uint64(1))
    assert (net.w == start).all() and (learnt.network.w[1:] == start[1:]).all()
    assert (learnt.network.w[0] != start[0]).any()
    absent = np.hstack([np.zeros((3, 1), bool), np.repeat(~net.joined, 2, axis=1), np.zeros((3, 1), bool)])
    assert (learn_hidden(net, *trials(), rng=np.uint64(1)).network.w[absent] == 0).all()


def test_refused():
    with pytest.raises(
        ValueError, match="eta and eta_hidden must be small enough that no weight grows beyond"
    ):
        learn_hidden(network(), *trials(), VariationalRule(eta=1e9), rng=np.uint64(1))
    with pytest.raises(ValueError, match=r"kappa must be between 0 and 1, got 1\.1"):
        learn_hidden(network(), *trials(), VariationalRule(kappa=1.1), rng=np.uint64(1))
    with pytest.raises(TypeError, match="rule must be a VariationalRule, got float"):
        learn_hidden(network(), *trials(), 0.1, rng=np.uint64(1))
