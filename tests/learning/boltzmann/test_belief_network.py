"""A deep belief network of neurons with Siegert's rates, before any of them spikes."""

import numpy as np
import pytest

from snnlab.learning.boltzmann.belief_network import (
    BeliefNetwork,
    activity,
    siegert_units,
    train_belief,
    upward,
)
from snnlab.learning.boltzmann.rbm import initial_rbm, logistic_units
from snnlab.learning.conversion.layers import Layers
from snnlab.neurons import LIF, siegert_rate

SLOW = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=10.0)
X = np.repeat([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]], 50, axis=0)
Y = np.repeat([0, 1], 50)


def small(seed=1, **more):
    arguments = {"hidden": (8, 8), "epochs": 10, "classes": 2, **more}
    return train_belief(X, Y, rng=np.random.default_rng(seed), **arguments)


def test_a_unit_has_siegerts_rate_of_its_inputs_as_a_share():
    """By hand: 80 and 20 Hz with jumps of 0.3 and -0.4, and five times 100 Hz with a fifth of 0.2."""
    w, b = np.array([[0.3, -0.4]]), np.array([0.2])
    mean = 0.02 * (80 * 0.3 - 20 * 0.4 + 100 * 0.2)
    variance = 0.01 * (80 * 0.09 + 20 * 0.16 + 500 * 0.0016)
    expected = siegert_rate(mean, np.sqrt(variance), SLOW) / 100
    found = siegert_units(SLOW, exact=True)(np.array([[0.8, 0.2]]), w, b)
    assert found[0, 0] == pytest.approx(float(expected), rel=1e-9, abs=0)


def test_activities_lie_between_silence_and_the_highest_rate():
    w = np.array([[-9.0] * 3, [0.4] * 3, [500.0] * 3])
    found = siegert_units(exact=True)(np.ones((1, 3)), w, np.zeros(3))
    assert 0 <= found[0, 0] < 1e-9  # seven scatters below threshold
    assert 0.1 < found[0, 1] < 0.99 < found[0, 2] <= 1


def test_the_way_up_is_both_machines_and_the_sums():
    rng = np.random.default_rng(1)
    lower, upper = initial_rbm(4, 5, 0.4, mean=0.3, rng=rng), initial_rbm(5, 6, 0.4, mean=0.3, rng=rng)
    net = BeliefNetwork(lower, upper, rng.normal(size=(2, 6)), rng.normal(size=2))
    units, x = siegert_units(exact=True), rng.random((3, 4))
    first = units(x, lower.w, lower.hidden)
    second = units(first, upper.w, upper.hidden)
    sums = second @ net.w_labels.T + net.b_labels
    for found, expected in zip(activity(upward(net), x), (first, second, sums), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_the_readout_is_least_squares():
    """With next to no regularisation no other sums come nearer: the residuals stand on all activities."""
    net = small(reg=1e-6, epochs=2)
    _, h, sums = activity(upward(net), X, siegert_units())
    missed = np.eye(2)[Y] - sums
    assert np.abs(np.column_stack([h, np.ones(len(h))]).T @ missed).max() < 1e-3
    assert np.abs(missed).max() < 0.01


def test_it_names_two_images_and_logistic_units_do_as_well():
    for units in (None, logistic_units):
        layers = upward(small(units=units))
        named = activity(layers, X, siegert_units() if units is None else units)[-1].argmax(axis=1)
        assert (named == Y).all()


def test_a_target_wakes_units_that_learning_alone_leaves_silent():
    """Units that start far below threshold; the control is the same training without a target."""

    def loudest(target):
        net = small(mean=-0.8, epochs=40, rate=0.1, target=target)
        return activity(upward(net), X, siegert_units())[0].max(axis=0)

    assert (loudest(0.3) > 0.05).all()
    assert (loudest(None) < 0.05).any()


def test_without_epochs_both_stay_as_they_were_drawn():
    net = small(epochs=0, spread=0.0, mean=1.0)
    assert (net.lower.w == 1 / 4).all() and (net.upper.w == 1 / 8).all() and not net.upper.hidden.any()
    wide = small(epochs=0, spread=2.0, mean=0.0, hidden=(4000, 4))
    assert wide.lower.w.std() == pytest.approx(2 / np.sqrt(4), rel=0.05)
    assert wide.upper.w.std() == pytest.approx(2 / np.sqrt(4000), rel=0.05)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: train_belief(X, Y[:3], rng=np.random.default_rng(1)), "y must be 100 whole numbers"),
        (lambda: small(classes=1), "classes must be at least 2, got 1"),
        (
            lambda: train_belief(X, Y + 9, rng=np.random.default_rng(1)),
            "y must be from 0 to 9, got 9 to 10",
        ),
        (lambda: small(hidden=(0, 3)), "hidden must be at least 1, got 0"),
        (lambda: small(hidden=(3,)), "hidden must be two numbers, got 1"),
        (lambda: small(epochs=-1), "epochs must be at least 0, got -1"),
        (lambda: siegert_units(LIF(t_ref=0.0)), "t_ref must be above 0 for a highest rate"),
        (lambda: activity(Layers((), ()), X), "layers must have weights and biases"),
    ],
)
def test_bad_input_is_named(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
