"""The numbers of part 7 are those that the package finds: its cell, its theories of credit."""

import numpy as np
import pytest
from classroom.forms import one_of

from snnlab.course.classroom.parts import visible
from snnlab.learning.credit.angles import angle
from snnlab.learning.credit.equilibrium_propagation import equilibrium_propagation
from snnlab.learning.credit.feedback_alignment import feedback_alignment
from snnlab.learning.credit.feedback_settling import settled_gradient
from snnlab.learning.credit.rate_network import RateNetwork, activities, stepped
from snnlab.learning.gradients.cell import BY_SUBTRACTION, adapt, raised, reset, step
from snnlab.learning.gradients.cell_kinds import adaptive_cell

SEEDS = [1, 2, 3]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_threshold_at_the_recall_is_that_of_an_adaptive_cell(seed):
    exercise = one_of("part7", "recall, form 0")
    variant = exercise.draw(seed)
    own, b = visible(variant), 0.0
    cell = adaptive_cell(1, tau_a=own["tau_a"], beta_a=own["beta_a"])
    last = int(own["every"]) * (own["spikes"] - 1)
    for t in range(last + int(own["delay"]) + 1):
        b = adapt(b, float(t <= last and t % int(own["every"]) == 0), cell.rho[0])
    theta, lead = exercise.expected(variant)
    assert raised(cell.threshold[0], b, cell.beta_a[0]) == pytest.approx(theta)

    def met(threshold):
        """When a potential that rises to the drive meets it, in small steps."""
        v, dt, steps = 0.0, 1e-3, 0
        while v < threshold:
            v += dt * (own["drive"] - v) / own["tau_m"]
            steps += 1
        return dt * steps

    assert met(theta) - met(0.01) == pytest.approx(lead, rel=1e-3, abs=0)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_steps_are_those_of_feedback_alignment(seed):
    exercise = one_of("part7", "turn")
    variant = exercise.draw(seed)
    own = visible(variant)
    network = RateNetwork((np.zeros((2, 1)), np.array([own["up"]])), linear=True)
    feedback = [np.array(own["feedback"])[:, None]]
    assert angle(feedback, [network.weights[1].T]) > 90.0
    for _ in range(2):
        told = feedback_alignment(network, [[1.0]], [[own["wanted"]]], feedback)
        network = stepped(network, told.gradient, own["rate"])
    output = activities(network, np.ones((1, 1)))[-1].item()
    apart = angle(feedback, [network.weights[1].T])
    np.testing.assert_allclose([output, apart], exercise.expected(variant), rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_network_with_that_weight_finds_what_was_told(seed):
    exercise = one_of("part7", "nudged, form 0")
    variant = exercise.draw(seed)
    own, (gradient, weight) = visible(variant), exercise.expected(variant)
    network = RateNetwork((np.array([[1.0]]), np.array([[weight]])), linear=True)
    x, target = [[1.0]], [[weight / (1 - weight**2) - gradient * (1 - weight**2) / weight]]
    assert settled_gradient(network, x, target).gradient[0].item() == pytest.approx(gradient)
    for beta, told in (("weak", "by_weak"), ("strong", "by_strong")):
        found = equilibrium_propagation(network, x, target, beta=own[beta]).gradient[0].item()
        assert found == pytest.approx(own[told], rel=1e-6, abs=0)


@pytest.mark.parametrize("seed", SEEDS)
def test_thresholds_are_those_of_the_cell(seed):
    exercise = one_of("part7", "adapts, form 0")
    variant = exercise.draw(seed)
    own, task = visible(variant), exercise.build(variant)
    for (i,) in exercise.cases(variant):
        v = b = 0.0
        thresholds = []
        for current in i:
            thresholds.append(raised(1.0, b, own["rises"]))
            s = float(v > thresholds[-1])
            v = reset(step(v, current, 0.0, 0.9)[0], s, 0.0, thresholds[-1], BY_SUBTRACTION)
            b = adapt(b, s, own["kept"])
        np.testing.assert_allclose(thresholds, task.solution(i), rtol=1e-12)
