"""What is watched is what the package learns: the same weights, the same bound, the same answers."""

import numpy as np
import pytest

from snnlab.probability.hidden_network import HiddenNetwork, run_hidden_network
from snnlab.probability.hidden_prediction import drawn_log_likelihood
from snnlab.probability.hidden_xor import ANSWER, BINS, PRIOR, RULE, xor_bits_in_time
from snnlab.probability.variational_rule import learn_hidden
from snnlab.probability.waking_neurons import (
    _CASES,
    _RESTS,
    BASIS,
    CASES,
    DRAWS,
    EVERY,
    LONGEST,
    MOST,
    OWN,
    SHOWN,
    WAKING_PRIOR,
    WAKING_RULE,
    blank_learner,
    blank_room,
    given,
    recorded,
    run_waking,
    waking_neurons,
)
from snnlab.random import uniform

SEED = np.uint64(5)


def watched(trials, n_hidden, learner=None, seed=SEED, rule=WAKING_RULE, prior=WAKING_PRIOR):
    learner = blank_learner() if learner is None else learner
    seen = recorded()
    run_waking(
        seen, learner, blank_room(), *given(), float(trials), float(n_hidden), rule, prior, np.uint64(seed)
    )
    return seen, learner


def network(learner, n_hidden):
    """The network of a learner, without the room for others."""
    n = 1 + n_hidden
    joined = given()[0][:n, : 2 + n] > 0
    columns = 1 + joined.shape[1] * BASIS.shape[1] + OWN.shape[1]
    assert not learner.w[n:].any() and not learner.w[:n, columns:].any()
    return HiddenNetwork(learner.w[:n, :columns].copy(), joined, BASIS, OWN, 1)


def shown(trials):
    """The trials that are learnt, as `xor_bits_in_time` has the four cases."""
    four = xor_bits_in_time(4, rng=None)
    case = [int(4 * uniform(SEED, _CASES, np.uint64(k))) for k in range(trials)]
    return four.inputs[case], four.visible[case]


@pytest.mark.parametrize("n_hidden", [0, 1, MOST])
def test_what_is_learnt_is_what_the_rule_learns(n_hidden):
    start = network(watched(0, n_hidden)[1], n_hidden)
    after = network(watched(2 * EVERY, n_hidden)[1], n_hidden)
    learnt = learn_hidden(start, *shown(2 * EVERY), WAKING_RULE, WAKING_PRIOR, rng=SEED)
    assert np.abs(after.w - start.w).max() > 0.1
    assert after.w == pytest.approx(learnt.network.w, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("n_hidden", [0, 2])
def test_bound_likelihood_and_answers_are_those_of_many_draws(n_hidden):
    seen, learner = watched(EVERY, n_hidden)
    net, four = network(learner, n_hidden), xor_bits_in_time(4, rng=None)
    asked = SEED + _RESTS
    likelihood = drawn_log_likelihood(net, four.inputs, four.visible, DRAWS, rng=asked)
    assert seen.likelihood[0] == pytest.approx(likelihood.mean(), rel=1e-9, abs=0)
    x, y = (np.repeat(values, DRAWS, axis=0) for values in (four.inputs, four.visible))
    run = run_hidden_network(net, x, y, rng=asked)
    bound = run.log_p[:, :, 0].sum(axis=1).mean()
    assert seen.bound[0] == pytest.approx(bound, rel=1e-9, abs=0)
    p = np.exp(run.log_p[:, ANSWER, 0])
    fires = np.where(y[:, ANSWER, 0] > 0, p, 1 - p).reshape(CASES, DRAWS).mean(axis=1)
    told = [getattr(seen, name)[1] for name in ("aa", "ab", "ba", "bb")]
    assert told == pytest.approx(fires, rel=1e-9, abs=1e-12)
    assert seen.right[0] == np.sum((fires > 0.5) == [False, True, True, False])
    shares = run.spikes[:, :, 1:].reshape(CASES, DRAWS, BINS, n_hidden).mean(axis=1)
    if n_hidden:
        assert seen.busy[0] == pytest.approx(100 * shares.mean(), rel=1e-9, abs=0)
        assert seen.awake[0] == np.sum(np.ptp(shares[:, 4:ANSWER], axis=0).max(axis=0) > 0.5)
    else:
        assert np.isnan(seen.busy[0]) and seen.awake[0] == 0


def test_the_picture_is_the_network_that_runs_free():
    seen, learner = watched(EVERY, 3)
    net, four = network(learner, 3), xor_bits_in_time(4, rng=None)
    before = np.zeros((CASES * DRAWS, BINS, 2))  # the coins of these trials fell for the likelihood
    inputs = np.concatenate([before, np.repeat(four.inputs, SHOWN, axis=0)])
    spikes = run_hidden_network(net, inputs, rng=SEED + _RESTS).spikes[CASES * DRAWS :]
    n = int(seen.n[0])
    found = {(float(t), int(row)) for t, row in zip(seen.times[:n], seen.rows[:n], strict=True)}
    drawn = np.argwhere(spikes.reshape(CASES, SHOWN, BINS, 4))
    assert n == len(drawn) == len(found) > 20
    assert found == {(float(c * BINS + t + 0.5), int(i * SHOWN + d)) for c, d, t, i in drawn}


def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes():
    whole, _ = watched(3 * EVERY, 2)
    part, learner = watched(EVERY, 2)
    assert np.isnan(part.elbo[2:]).all() and (part.elbo[:2] == whole.elbo[:2]).all()
    for change in (
        {},
        {"seed": 9},
        {"rule": RULE._replace(eta_hidden=1.0)},
        {"prior": PRIOR._replace(strength=0.3)},
    ):
        anew, _ = watched(2 * EVERY, 2, **change)
        on, learner = watched(2 * EVERY, 2, learner, **change)
        for name, x in anew._asdict().items():
            np.testing.assert_array_equal(getattr(on, name), x, name)
    back, _ = watched(EVERY, 2, watched(3 * EVERY, 2)[1])
    np.testing.assert_array_equal(back.elbo, part.elbo)
    fewer, _ = watched(EVERY, 1, watched(EVERY, 2)[1])
    np.testing.assert_array_equal(fewer.elbo, watched(EVERY, 1)[0].elbo)


def test_the_bound_lies_below_the_likelihood_and_no_output_alone_above_a_guess():
    for n_hidden in (0, 1, 4):
        seen, _ = watched(4 * EVERY, n_hidden)
        there = slice(0, 5)
        assert (seen.elbo[there] <= seen.log_likelihood[there] + 1e-12).all()
        if not n_hidden:
            assert seen.log_likelihood[there].max() < -np.log(2)
            assert seen.elbo[there] == pytest.approx(seen.log_likelihood[there], rel=1e-12, abs=0)
        else:
            assert (seen.elbo[there] < seen.log_likelihood[there]).all()


def last_of_ten(n_hidden, seed=101, **change):
    """Ten seeds that had no part in the choice of the rates."""
    return [waking_neurons(LONGEST, n_hidden, **change, rng=np.uint64(seed + k)) for k in range(10)]


def test_one_hidden_neuron_is_enough_where_it_wakes_up():
    """In seven of these ten seeds; of the twenty on which the rates were chosen, in all."""
    found = last_of_ten(1)
    woken = [one for one in found if one.awake]
    assert len(woken) >= 6
    assert [one.right for one in woken] == [4] * len(woken)
    assert min(one.likelihood for one in woken) > -0.3 > -np.log(2)
    assert max((one.likelihood for one in found if not one.awake), default=-1.0) < -0.6


@pytest.mark.parametrize(
    "change",
    [
        {"n_hidden": 0},
        {"n_hidden": 4, "rule": WAKING_RULE._replace(eta_hidden=0.0)},
        {"n_hidden": 4, "prior": WAKING_PRIOR._replace(strength=0.5)},
    ],
)
def test_alone_frozen_or_under_a_strong_prior_hardly_any_network_does_it(change):
    """The controls, of which no output alone can ever do it."""
    assert np.sum([one.right == 4 for one in last_of_ten(**change)]) <= 1


def test_without_a_prior_four_hidden_neurons_seldom_do_it():
    """Ten with it and two without; for one hidden neuron alone the ten seeds show no difference."""
    without = last_of_ten(4, prior=WAKING_PRIOR._replace(strength=0.0))
    assert np.sum([one.right == 4 for one in without]) <= 3
    assert np.sum([one.right == 4 for one in last_of_ten(4)]) >= 9


def test_refused():
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="trials must be a multiple of 250 up to 10000, got 10250"):
        waking_neurons(10_250, 1, rng=rng)
    with pytest.raises(ValueError, match="trials must be a multiple of 250 up to 10000, got 100"):
        waking_neurons(100, 1, rng=rng)
    with pytest.raises(ValueError, match="n_hidden must be at most 4, got 5"):
        waking_neurons(0, 5, rng=rng)
    with pytest.raises(TypeError, match="prior must be a SparsityPrior, got float"):
        waking_neurons(0, 1, prior=0.1, rng=rng)
