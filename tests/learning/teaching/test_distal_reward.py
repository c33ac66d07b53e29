"""Distal reward: against the rule for one synapse, a plain neuron and closed forms; and controls."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import (
    DISTAL_STDP,
    STDP,
    DistalReward,
    RewardSTDP,
    learn_distal,
    learn_distal_given,
    simulate_reward_stdp,
)
from snnlab.learning.teaching.distal_run import exponential

HOUR = 3_600_000.0  # ms
BUSY = DistalReward(
    6, 3, rate=8.0, noise_rate=60.0, noise=0.3, window=15.0, soonest=200.0, latest=900.0, size=3.0
)
QUICK = RewardSTDP(700.0, 150.0, STDP(0.2, 1.3, 14.0, 30.0, w_max=0.6, zero_plus=1.0))


def rng(seed=1):
    return np.random.default_rng(seed)


def rivals(run):
    return np.delete(run.w.ravel(), 0)


@pytest.fixture(scope="module")
def hours():
    """Ten hours of the network, one a seed."""
    return [learn_distal(HOUR, rng=rng(seed)) for seed in range(1, 11)]


def test_the_weights_are_those_of_the_rule_for_one_synapse():
    """All synapses by one common W, against each synapse by itself, for the same spikes and rewards."""
    at = [0.0, 7_000.0, 21_000.0, 60_000.0]
    run = learn_distal(60_000.0, BUSY, QUICK, 0.3, at=at, rng=rng(3))
    assert run.rewards.size > 30 and run.spikes.n_spikes > 500
    assert (run.history == 0.0).any() and (run.history == QUICK.pairs.w_max).any()
    each = simulate_reward_stdp(run.inputs, run.spikes, run.rewards, 0.3, QUICK, size=BUSY.size, at=at)
    np.testing.assert_allclose(run.history, each.history, rtol=0, atol=1e-11)
    np.testing.assert_allclose(run.w, each.w, rtol=0, atol=1e-11)


def test_the_exponential_is_that_of_the_library():
    """For what a time over a time constant can be; to four units in the last place."""
    x = np.concatenate([
        np.random.default_rng(1).uniform(0, 680, 3000),
        2.0 ** np.arange(-60, 9.4, 0.05),
        [0.0],
    ])
    right = np.array([math.exp(-each) for each in x])
    ours = np.array([exponential(float(each)) for each in x])
    assert (np.abs(ours - right) <= 4.0 * np.spacing(right)).all()
    assert exponential(0.0) == 1.0 and exponential(700.0) == exponential(math.inf) == 0.0


def test_one_pair_and_one_reward_give_the_closed_form():
    """Δw = c₀ D₀ exp(−T/τ_c) τ_c τ_d / (τ_c + τ_d), to a part in a million and better."""
    net = DistalReward(1, 1, rate=0.03, noise_rate=0.0, soonest=1500.0, latest=1500.0, size=0.8)
    rule = RewardSTDP(900.0, 150.0, STDP(0.02, 1.5, w_max=1.2, zero_plus=1.0))
    alone = 0
    for seed in range(20):
        run = learn_distal(60_000.0, net, rule, 1.1, rng=rng(seed))  # each input spike fires the neuron
        if run.inputs.n_spikes == 1 and run.inputs.times[0] < 40_000.0:
            alone += 1
            np.testing.assert_array_equal(run.spikes.times, run.inputs.times)
            expected = 0.02 * 1.2 * 0.8 * math.exp(-1500.0 / 900.0) * 0.9 * 0.15 / (0.9 + 0.15)
            assert run.w[0, 0] - 1.1 == pytest.approx(expected, rel=1e-7)
    assert alone > 1


def test_the_neurons_are_leaky_integrators():
    """Without noise: the spikes from the inputs by the sum of exponentials, written once more."""
    net = DistalReward(20, 2, rate=25.0, noise_rate=0.0, tau_m=12.0)
    w = rng(5).uniform(0.05, 0.4, (2, 20))
    run = learn_distal_given([], 5_000.0, net, w=w, rng=rng(2))
    for i in range(2):
        v, last, fired = 0.0, 0.0, []
        for t, j in zip(run.inputs.times, run.inputs.units, strict=True):
            v, last = v * math.exp((last - t) / 12.0) + w[i, j], t
            if v >= 1.0:
                v = 0.0
                fired.append(t)
        assert len(fired) > 50
        np.testing.assert_allclose(run.spikes[i], fired, rtol=1e-12)
    assert (run.w == w).all()


def test_inputs_and_noise_are_poisson_trains():
    net = DistalReward(4, 5, rate=5.0, noise_rate=2.0, noise=1.1)
    run = learn_distal_given([], 400_000.0, net, w=0.0, rng=rng(4))
    for spikes, rate in ((run.inputs, 5.0), (run.spikes, 2.0)):  # each kick fires the neuron
        expected = rate * 400.0
        counts = np.array([train.size for train in spikes.to_trains()])
        assert np.abs(counts - expected).max() < 4.5 * math.sqrt(expected)
        gaps = np.concatenate([np.diff(train) for train in spikes.to_trains()])
        assert gaps.std() / gaps.mean() == pytest.approx(1.0, abs=4.5 / math.sqrt(gaps.size))
        for wait in (0.2, 1.0, 2.0):
            late = math.exp(-wait)
            error = 4.5 * math.sqrt(late * (1.0 - late) / gaps.size)
            assert np.mean(gaps > wait * 1000.0 / rate) == pytest.approx(late, abs=error)


def test_rewards_are_earned_by_the_right_pairs_and_come_late():
    run = learn_distal(100_000.0, BUSY, QUICK, 0.3, rng=rng(6))
    right, heard = run.spikes[0], run.inputs[0]
    last = heard[np.maximum(np.searchsorted(heard, right, side="right") - 1, 0)]
    earned = right[(right >= last) & (right - last <= BUSY.window)]
    np.testing.assert_array_equal(run.earned, earned)
    sure = np.sum(run.earned < 100_000.0 - BUSY.latest)
    assert sure <= run.rewards.size <= np.sum(run.earned < 100_000.0 - BUSY.soonest)
    assert (np.diff(run.rewards) >= 0).all()
    exact = learn_distal(100_000.0, BUSY._replace(soonest=500.0, latest=500.0), QUICK, 0.3, rng=rng(6))
    np.testing.assert_allclose(exact.rewards, exact.earned[: exact.rewards.size] + 500.0, rtol=1e-14)
    wait = run.rewards.mean() - run.earned[: run.rewards.size].mean()
    assert wait == pytest.approx(550.0, abs=4.5 * 700.0 / math.sqrt(12 * run.rewards.size))


def test_looking_does_not_disturb():
    plain = learn_distal(50_000.0, BUSY, QUICK, 0.3, rng=rng(7))
    seen = learn_distal(50_000.0, BUSY, QUICK, 0.3, at=np.linspace(0, 50_000, 99), rng=rng(7))
    np.testing.assert_array_equal(plain.spikes.times, seen.spikes.times)
    np.testing.assert_allclose(plain.w, seen.w, atol=1e-12)
    np.testing.assert_array_equal(seen.history[-1], seen.w)


def test_the_given_rewards_of_a_run_give_that_run():
    run = learn_distal(60_000.0, BUSY, QUICK, 0.3, rng=rng(8))
    again = learn_distal_given(run.rewards, 60_000.0, BUSY, QUICK, 0.3, rng=rng(8))
    np.testing.assert_array_equal(run.w, again.w)
    np.testing.assert_array_equal(run.earned[:0], again.earned)


def test_the_rewarded_synapse_wins_in_nine_of_ten_seeds(hours):
    """Izhikevich (2007): a reward 1 to 3 s late suffices. It must stand alone, well above all others."""
    won = [run.place == 1 and run.w[0, 0] > 1.2 * rivals(run).max() for run in hours]
    assert sum(won) >= 9
    assert np.mean([run.w[0, 0] for run in hours]) > 3.0 * np.mean([rivals(run).mean() for run in hours])


def test_without_reward_nothing_is_learnt(hours):
    run = learn_distal_given([], HOUR / 10, rng=rng(1))
    assert (run.w == 0.1).all() and run.spikes.n_spikes > 1000


def test_as_many_rewards_at_other_times_teach_nothing(hours):
    """The place of the synapse is then any of a thousand: of ten, the best is 1 once in a hundred times."""
    places = []
    for seed, run in enumerate(hours, 1):
        random = np.sort(rng(100 + seed).uniform(0.0, HOUR, run.rewards.size))
        places.append(learn_distal_given(random, HOUR, rng=rng(seed)).place)
    assert np.sum(np.array(places) <= 10) <= 2
    assert np.mean(places) == pytest.approx(500.0, abs=4.0 * 1000.0 / math.sqrt(12 * 10))


def test_it_is_the_rewards_after_the_synapse_has_arrived_that_take_others_along():
    """Early rewards at full size: they go on, and others come near the bound; they stop, and none does."""
    net, at = DistalReward(n_post=5, soonest=100.0, latest=300.0), 60_000.0 * np.arange(61)
    first, near = [], []
    for seed in range(1, 11):
        run = learn_distal(HOUR, net, at=at, rng=rng(seed))
        arrived = at[np.argmax(run.history[:, 0, 0] > 0.39)]
        assert 0.0 < arrived < HOUR / 2
        stopped = learn_distal_given(run.rewards[run.rewards < arrived], HOUR, net, rng=rng(seed))
        first.append(run.place == 1)
        near.append(np.sum(rivals(run) > 0.36))
        assert stopped.place == 1 and rivals(stopped).max() < 0.2
    assert np.sum(first) < 5 and np.min(near) >= 1


def test_a_reward_that_comes_too_late_teaches_nothing():
    """After 8 time constants of the trace e⁻⁸ of it is left."""
    late = DistalReward(soonest=7_000.0, latest=9_000.0)
    places = [learn_distal(HOUR, late, rng=rng(seed)).place for seed in range(1, 6)]
    assert min(places) > 1 and np.mean(places) > 100
    patient, lasting = late._replace(size=0.3), DISTAL_STDP._replace(tau_c=4000.0)
    again = [learn_distal(HOUR, patient, lasting, rng=rng(seed)).place for seed in range(1, 4)]
    assert np.mean(again) < 30  # a trace that lasts longer remembers


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"duration": -1.0}, "duration must be zero or positive"),
        ({"duration": math.nan}, "duration must be"),
        ({"duration": 1e15}, "the number of spikes must be at most"),
        ({"net": DistalReward(n_pre=0)}, "n_pre must be at least 1, got 0"),
        ({"net": DistalReward(n_post=1.5)}, "n_post must be a whole number"),
        ({"net": DistalReward(tau_m=0.0)}, "tau_m must be positive"),
        ({"net": DistalReward(rate=-1.0)}, "rate must be zero or positive"),
        ({"net": DistalReward(size=-1.0)}, "size must be zero or positive"),
        ({"net": DistalReward(latest=10.0)}, "latest must not be before soonest"),
        ({"net": 3}, "net must be a DistalReward, got int"),
        ({"rule": STDP()}, "rule must be a RewardSTDP, got STDP"),
        ({"w": 0.5}, r"w must be from 0 to w_max \(0.4\), got 0.5"),
        ({"w": [[0.1]]}, "w must have shape"),
        ({"at": [5.0, 1.0]}, "at must be sorted"),
        ({"at": [200.0]}, r"at must be from 0 to duration \(100 ms\)"),
        ({"rng": 1}, "rng must be a numpy.random.Generator"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    given = {"duration": 100.0, "rng": rng()} | arguments
    with pytest.raises((ValueError, TypeError), match=message):
        learn_distal(**given)


def test_bad_rewards_are_named():
    for rewards in ([2.0, 1.0], [-1.0]):
        with pytest.raises(ValueError, match="rewards must be sorted and not negative"):
            learn_distal_given(rewards, 100.0, rng=rng())
    with pytest.raises(ValueError, match="rewards must be finite"):
        learn_distal_given([math.nan], 100.0, rng=rng())


def test_silence_is_possible():
    run = learn_distal(1_000.0, DistalReward(rate=0.0, noise_rate=0.0), at=[0.0, 0.0], rng=rng())
    assert run.inputs.n_spikes == run.spikes.n_spikes == run.rewards.size == 0 and (run.history == 0.1).all()
    assert isinstance(run.spikes, Spikes)
    empty = learn_distal(0.0, rng=rng())
    assert empty.spikes.duration == 0.0 and empty.w.shape == (10, 100)
