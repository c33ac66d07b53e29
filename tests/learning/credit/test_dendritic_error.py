"""Errors in the far dendrites."""

import numpy as np
import pytest
from learning.credit.small_networks import drawn, order

from snnlab.learning.credit.angles import angle, relative_distance
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.dendritic_error import (
    apical_potentials,
    dendritic_error,
    interneurons_learnt,
    self_predicting,
)

PULLS = [0.04, 0.02, 0.01, 0.005]


@pytest.mark.parametrize("told", [0.0, 0.2])
@pytest.mark.parametrize("linear", [False, True])
def test_for_a_weak_pull_it_is_the_gradient_but_for_an_error_of_its_order(linear, told):
    network, x, target = drawn(scale=0.6, linear=linear)
    true = backpropagate(network, x, target).gradient
    circuit = self_predicting(network, told=told)
    found = [dendritic_error(network, x, target, circuit, pull=p).gradient for p in PULLS]
    np.testing.assert_allclose(order(PULLS, [relative_distance(g, true) for g in found]), 1, atol=0.1)
    assert angle(found[-1], true) < 1


def test_without_a_pull_nothing_is_left_of_what_comes_from_above():
    network, x, target = drawn()
    for v in apical_potentials(network, x, target, self_predicting(network, told=0.2)):
        assert np.abs(v).max() < 1e-13


def test_the_apical_potential_is_the_error_from_above():
    """By the pull and the shares, to first order: - pull (a (1 - κ))^(L - l) / a times Wᵀ δ."""
    network, x, target = drawn(scale=0.6)
    errors = backpropagate(network, x, target).errors
    found = apical_potentials(network, x, target, self_predicting(network, told=0.2), pull=1e-6)
    for layer, v in enumerate(found, start=1):
        expected = -1e-6 * 0.4 ** (3 - layer) / 0.5 * errors[layer] @ network.weights[layer]
        assert relative_distance([v], [expected]) < 1e-4


def scrambled(network, seed, told=0.0):
    circuit = self_predicting(network, told=told)
    rng = np.random.default_rng([seed, 1])
    wrong = tuple(rng.permuted(p.ravel()).reshape(p.shape) for p in circuit.interneurons)
    return circuit._replace(interneurons=wrong)


def test_interneurons_that_guess_wrong_spoil_it():
    """The control for self-prediction, over ten seeds: their weights in another order."""
    found = []
    for seed in range(10):
        network, x, target = drawn(seed, scale=0.5)
        true = backpropagate(network, x, target).gradient
        told = dendritic_error(network, x, target, scrambled(network, seed), pull=0.001)
        found.append(angle(told.gradient[:-1], true[:-1]))
    assert min(found) > 30, found


def test_they_learn_to_guess_right():
    """What is left above without a target falls to nothing, and with it what they spoil."""
    network, x, target = drawn(sizes=(4, 3, 2), scale=0.5)
    true, circuit = backpropagate(network, x, target).gradient, scrambled(network, 1)
    left, angles = [], []
    for _ in range(2):
        left.append(np.abs(apical_potentials(network, x, target, circuit)[0]).max())
        told = dendritic_error(network, x, target, circuit, pull=0.001)
        angles.append(angle(told.gradient[:-1], true[:-1]))
        for _ in range(800):
            circuit = interneurons_learnt(network, x, circuit, rate=5.0)
    assert left[1] < 1e-6 * left[0]
    assert angles[1] < 0.1 < 30 < angles[0]


def test_a_circuit_that_does_not_fit_is_named():
    network, x, target = drawn()
    with pytest.raises(ValueError, match="told must be below 1"):
        self_predicting(network, told=1.0)
    with pytest.raises(ValueError, match="apical must be positive"):
        self_predicting(network, apical=0.0)
    with pytest.raises(TypeError, match="circuit must be a Microcircuit, got tuple"):
        dendritic_error(network, x, target, ())
    loud = scrambled(network, 1)._replace(interneurons=tuple(-9 * p for p in network.weights[1:]))
    with pytest.raises(ValueError, match="apical must be so small that the network comes to rest"):
        dendritic_error(network._replace(linear=True), x, target, loud)
