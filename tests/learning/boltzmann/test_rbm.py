"""A Boltzmann machine of few units, whose states are all counted."""

import itertools

import numpy as np
import pytest

from snnlab.learning.boltzmann.rbm import (
    RBM,
    initial_rbm,
    likelihood_gradient,
    log_likelihood,
    logistic_units,
)


def machine(visible=4, hidden=3, spread=1.0, seed=2):
    rng = np.random.default_rng(seed)
    return RBM(
        rng.normal(0, spread, (hidden, visible)), rng.normal(0, 0.5, visible), rng.normal(0, 0.5, hidden)
    )


def probabilities(rbm):
    """P(v, h) of every state of both kinds of unit, from the energy alone."""
    p = {}
    for v in itertools.product((0, 1), repeat=rbm.visible.size):
        for h in itertools.product((0, 1), repeat=rbm.hidden.size):
            p[v, h] = np.exp(np.dot(h, rbm.w @ v) + np.dot(rbm.visible, v) + np.dot(rbm.hidden, h))
    z = sum(p.values())
    return {state: x / z for state, x in p.items()}


@pytest.mark.equation("boltzmann-energy")
def test_the_likelihood_is_that_of_all_states_counted():
    rbm, data = machine(), [[0, 1, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1]]
    p = probabilities(rbm)
    expected = [np.log(sum(x for (v, _), x in p.items() if list(v) == row)) for row in data]
    assert log_likelihood(rbm, data) == pytest.approx(np.mean(expected), rel=1e-12, abs=0)


def test_all_data_together_have_probability_one():
    rbm = machine(seed=7)
    states = list(itertools.product((0, 1), repeat=4))
    assert sum(np.exp(log_likelihood(rbm, [v])) for v in states) == pytest.approx(1.0, rel=1e-12, abs=0)


def test_hidden_units_have_the_chance_of_the_counted_states():
    rbm, v = machine(), (1, 0, 1, 1)
    p = probabilities(rbm)
    given = sum(x for (seen, _), x in p.items() if seen == v)
    expected = [sum(x for (seen, h), x in p.items() if seen == v and h[k]) / given for k in range(3)]
    np.testing.assert_allclose(
        logistic_units(np.array([v], float), rbm.w, rbm.hidden)[0], expected, rtol=1e-12
    )


def test_the_gradient_is_that_of_small_differences():
    rbm, data = machine(), np.array([[0, 1, 1, 0], [1, 1, 1, 1], [0, 0, 0, 1]])
    gradient = likelihood_gradient(rbm, data)
    for field, values in rbm._asdict().items():
        for place in np.ndindex(values.shape):
            two = []
            for change in (1e-5, -1e-5):
                moved = values.copy()
                moved[place] += change
                two.append(log_likelihood(rbm._replace(**{field: moved}), data))
            assert getattr(gradient, field)[place] == pytest.approx((two[0] - two[1]) / 2e-5, abs=1e-8), field


def test_large_inputs_do_not_overflow():
    chances = logistic_units(np.ones((1, 1)), np.array([[800.0], [-800.0]]), np.zeros(2))
    np.testing.assert_array_equal(chances, [[1.0, 0.0]])
    assert np.isfinite(log_likelihood(RBM(np.full((2, 2), 800.0), np.zeros(2), np.zeros(2)), [[1, 1]]))


def test_a_start_has_the_mean_and_the_spread_that_are_asked_for():
    rbm = initial_rbm(200, 300, 0.1, mean=0.5, rng=np.random.default_rng(1))
    assert rbm.w.mean() == pytest.approx(0.5, abs=0.002) and rbm.w.std() == pytest.approx(0.1, rel=0.02)
    assert not rbm.visible.any() and not rbm.hidden.any()


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda: log_likelihood(3, [[0]]), TypeError, "rbm must be an RBM, got int"),
        (lambda: log_likelihood(machine(), [[0, 1]]), ValueError, "v must have samples of 4 units"),
        (lambda: log_likelihood(machine(), [[0, 1, 0.5, 0]]), ValueError, "v must be 0 or 1, got 0.5"),
        (lambda: likelihood_gradient(machine(), [[0, 1, 2, 0]]), ValueError, "v must be between 0 and 1"),
        (
            lambda: log_likelihood(initial_rbm(17, 1, rng=np.random.default_rng(1)), np.zeros((1, 17))),
            ValueError,
            "visible must be at most 16 units to count their states, got 17",
        ),
        (
            lambda: log_likelihood(RBM(np.zeros((2, 3)), np.zeros(2), np.zeros(2)), [[0, 0]]),
            ValueError,
            r"w must have shape \(2, 2\), got \(2, 3\)",
        ),
        (lambda: initial_rbm(0, 1, rng=np.random.default_rng(1)), ValueError, "visible must be at least 1"),
    ],
)
def test_bad_input_is_named(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()
