"""The numbers that the exercises of chapter 23 expect are those of the package."""

import re

import numpy as np
import pytest

from snnlab.course.exercises import find
from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.backpropagation import backpropagate
from snnlab.learning.credit.equilibrium_propagation import equilibrium_propagation
from snnlab.learning.credit.feedback_alignment import feedback_alignment
from snnlab.learning.credit.feedback_settling import settled_gradient
from snnlab.learning.credit.rate_network import RateNetwork, stepped


def test_the_weights_of_the_output_turn_towards_the_feedback():
    feedback, x, wanted = [np.array([[0.0], [1.0]])], [[1.0]], [[1.0]]
    network = RateNetwork((np.zeros((2, 1)), np.array([[1.0, 0.0]])), linear=True)
    found = []
    for _ in range(3):
        network = stepped(network, feedback_alignment(network, x, wanted, feedback).gradient, 0.5)
        apart = angle(feedback, [network.weights[1].T])
        told = feedback_alignment(network, x, wanted, feedback).gradient[:1]
        assert angle(told, backpropagate(network, x, wanted).gradient[:1]) == pytest.approx(apart)
        found.append(apart)
    assert found[0] == pytest.approx(90.0)
    np.testing.assert_allclose(found[1:], find("23.1").solution, rtol=1e-9)


def test_where_a_nudge_misses_the_gradient_by_a_hundredth():
    """At any input and target: how far it is off is a property of the network."""
    exercise = find("23.2")
    network = eval(re.search(r"`(RateNetwork.+?)`", exercise.statement)[1])
    for x, target in (([[3.0]], [[1.0]]), ([[-0.4]], [[2.0]])):
        true = settled_gradient(network, x, target).gradient[0].item()
        for beta, symmetric in zip(exercise.solution, (False, True), strict=True):
            told = equilibrium_propagation(network, x, target, beta=beta, symmetric=symmetric)
            assert abs(told.gradient[0].item() / true - 1.0) == pytest.approx(0.01, rel=1e-6, abs=0)


def test_so_many_weights_spread_so_far():
    """The density of the angle to a fixed direction in n dimensions goes as the power n − 2 of its sine."""
    weights, away, fraction = find("23.3").solution
    phi = np.linspace(0.0, np.pi, 200_001)
    density = np.sin(phi) ** (round(weights) - 2)
    spread = np.degrees(np.sqrt(np.sum(density * (phi - np.pi / 2) ** 2) / density.sum()))
    assert spread == pytest.approx(2.56, rel=2e-3, abs=0)
    assert away == pytest.approx(6.0 / 2.56)
    assert angle([np.array([1.0, 0.0])], [np.array([fraction, np.sqrt(1 - fraction**2)])]) == pytest.approx(
        84
    )


def relaxed_spikes(w, z, beta, rho, beta_a):
    """Spikes that follow the distance as a tanh, and their derivative by it."""
    v = b = 0.0
    s, psi = [], []
    for arrived in z:
        x = v - 1.0 - beta_a * b
        s.append(0.5 + 0.5 * np.tanh(2.0 * x))
        psi.append(1.0 / np.cosh(2.0 * x) ** 2)
        v, b = beta * v + w * arrived, rho * b + (1.0 - rho) * s[-1]
    return np.array(s), np.array(psi)


def test_the_trace_is_the_derivative_of_a_relaxed_spike():
    h = 1e-5
    for z, _, beta, rho, beta_a in find("23.4").cases():
        _, psi = relaxed_spikes(0.7, z, beta, rho, beta_a)
        later, sooner = (relaxed_spikes(0.7 + step, z, beta, rho, beta_a)[0] for step in (h, -h))
        told = find("23.4").solution(z, psi, beta, rho, beta_a)
        np.testing.assert_allclose(told, (later - sooner) / (2 * h), rtol=0, atol=1e-8)
