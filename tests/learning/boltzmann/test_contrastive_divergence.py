"""Contrastive divergence against the gradient of the likelihood, all states counted."""

import numpy as np
import pytest

from snnlab.learning.boltzmann.contrastive_divergence import (
    contrastive_divergence,
    divergence_cosine,
    drawn,
    train_rbm,
)
from snnlab.learning.boltzmann.rbm import (
    RBM,
    initial_rbm,
    likelihood_gradient,
    log_likelihood,
    logistic_units,
)

DATA = np.array([[1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1]])


def flat(rbm):
    return np.concatenate([x.ravel() for x in rbm])


def cosine(a, b):
    a, b = flat(a), flat(b)
    return a @ b / np.sqrt((a @ a) * (b @ b))


def stubborn(seed):
    """Six visible and four hidden units, whose weights are strong: it forgets slowly where it started."""
    rng = np.random.default_rng(seed)
    return RBM(rng.normal(0, 3.0, (4, 6)), np.zeros(6), np.zeros(4))


@pytest.mark.equation("contrastive-divergence")
def test_many_steps_are_the_gradient_and_one_step_is_not():
    """Of 5000 chains a sample, over ten machines; the control is one step in place of 50."""
    one, many = (
        [divergence_cosine(stubborn(seed), DATA, k, rng=np.random.default_rng(seed)) for seed in range(10)]
        for k in (1, 50)
    )
    assert min(many) > 0.99 and np.mean(one) < 0.97 and min(one) > 0


def test_one_step_is_the_difference_of_both_ends_of_the_chain():
    """Units without chance, so that it can be done by hand: all hidden ones on, all visible ones off."""
    rbm = RBM(np.zeros((2, 3)), np.full(3, -50.0), np.full(2, 50.0))
    direction, chains = contrastive_divergence(rbm, [[1, 0, 1], [1, 1, 0]], rng=np.random.default_rng(1))
    np.testing.assert_allclose(direction.w, [[1.0, 0.5, 0.5]] * 2)
    np.testing.assert_allclose(direction.visible, [1.0, 0.5, 0.5])
    np.testing.assert_allclose(direction.hidden, 0.0, atol=1e-15)
    assert (chains == 1).all()


def test_at_the_machine_s_own_data_nothing_is_left_to_learn():
    """Its own samples stay its own however many steps are taken: no direction but chance."""
    rbm, rng = stubborn(3), np.random.default_rng(1)
    free = np.log1p(np.exp(np.array(list(np.ndindex(*(2,) * 6))) @ rbm.w.T)).sum(axis=1)
    states, p = np.array(list(np.ndindex(*(2,) * 6))), np.exp(free - np.logaddexp.reduce(free))
    own = states[rng.choice(64, 40_000, p=p)]
    direction, _ = contrastive_divergence(rbm, own, 1, rng=rng)
    assert np.abs(flat(direction)).max() < 5 * np.sqrt(0.5 / 40_000)
    assert np.abs(flat(contrastive_divergence(rbm, DATA, 1, rng=rng)[0])).max() > 0.05  # the control


def test_chains_go_on_where_they_were():
    """A chain that is handed on forgets the data, as one of so many steps at once does."""
    rbm, rng = stubborn(1), np.random.default_rng(2)
    v, chains = np.repeat(DATA, 5000, axis=0), None
    for _ in range(100):
        direction, chains = contrastive_divergence(rbm, v, 1, chains=chains, rng=rng)
    assert chains.shape == (15_000, 4) and set(np.unique(chains)) == {0.0, 1.0}
    assert cosine(direction, likelihood_gradient(rbm, DATA)) > 0.99


def test_learning_raises_the_likelihood_towards_the_data_s_own():
    """Three images, each as often: no machine can give them more than a third each."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        start = initial_rbm(6, 6, 0.1, rng=rng)
        learnt = train_rbm(start, np.repeat(DATA, 20, axis=0), 400, 0.1, batch=20, rng=rng)
        before, after = log_likelihood(start, DATA), log_likelihood(learnt, DATA)
        assert before == pytest.approx(6 * np.log(0.5), abs=0.2)
        assert -1.4 < after <= np.log(1 / 3)


def test_the_machine_that_it_starts_from_stays_as_it_is():
    start = initial_rbm(6, 2, rng=np.random.default_rng(1))
    before = flat(start).copy()
    train_rbm(start, DATA, 2, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(flat(start), before)
    nothing = train_rbm(start, DATA, 0, rng=np.random.default_rng(1))
    np.testing.assert_array_equal(flat(nothing), before)


def test_units_may_be_others():
    """A unit that is never on: only the data pull, at the visible biases."""
    direction, _ = contrastive_divergence(
        stubborn(1), DATA, units=lambda x, w, b: np.zeros((len(x), len(b))), rng=np.random.default_rng(1)
    )
    np.testing.assert_allclose(direction.visible, DATA.mean(axis=0))
    assert not direction.w.any()


def test_a_target_pulls_the_biases_towards_it():
    """All weights 0 and no other pull on the bias: what is missing shrinks; without a target it stays."""
    nothing = RBM(np.zeros((2, 6)), np.zeros(6), np.array([-3.0, 2.0]))
    rng, data = np.random.default_rng(1), np.zeros((4, 6))
    pulled = train_rbm(nothing, data, 2000, 0.5, target=0.25, momentum=0.0, rng=rng)
    np.testing.assert_allclose(logistic_units(data[:1], pulled.w, pulled.hidden), 0.25, atol=0.01)
    left = train_rbm(nothing, data, 50, 0.5, momentum=0.0, rng=rng)
    assert np.abs(logistic_units(data[:1], left.w, left.hidden) - 0.25).min() > 0.1
    with pytest.raises(ValueError, match="target must be between 0 and 1, got 2"):
        train_rbm(nothing, data, 1, target=2.0, rng=rng)


def test_drawn_units_have_their_chance():
    chance = np.array([[0.0, 0.2, 1.0]])
    mean = drawn(np.repeat(chance, 20_000, axis=0), np.random.default_rng(1)).mean(axis=0)
    assert mean[0] == 0 and mean[2] == 1 and abs(mean[1] - 0.2) < 4 * np.sqrt(0.16 / 20_000)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"k": 0}, "k must be at least 1, got 0"),
        ({"v": [[0.0, 1.0]]}, "v must have samples of 6 units, at least one"),
        ({"v": np.full((1, 6), 1.5)}, "v must be between 0 and 1, got 1.5 to 1.5"),
        ({"chains": [[1.0]]}, "chains must have 4 columns, got 1"),
    ],
)
def test_bad_input_is_named(change, sentence):
    arguments = {"rbm": stubborn(1), "v": DATA, "rng": np.random.default_rng(1), **change}
    with pytest.raises(ValueError, match=sentence):
        contrastive_divergence(**arguments)


def test_training_names_its_own_arguments():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="momentum must be between 0 and 1, got 2"):
        train_rbm(stubborn(1), DATA, 1, momentum=2.0, rng=rng)
    with pytest.raises(ValueError, match="batch must be at least 1, got 0"):
        train_rbm(stubborn(1), DATA, 1, batch=0, rng=rng)
