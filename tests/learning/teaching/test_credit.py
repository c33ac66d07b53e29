"""Signal and noise of a late reward against the rule itself and against chance."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import (
    STDP,
    DistalReward,
    RewardSTDP,
    learn_distal_given,
    reward_credit,
    simulate_reward_stdp,
)

RULE = RewardSTDP(800.0, 250.0, STDP(0.02, 1.6, 15.0, 28.0, w_max=0.5))


@pytest.mark.equation("credit-signal")
@pytest.mark.parametrize("late", [0.0, 900.0, 4000.0])
def test_the_signal_is_what_one_pair_and_one_reward_do(late):
    pre, post = Spikes([10.0], duration=60_000), Spikes([17.0], duration=60_000)
    w = simulate_reward_stdp(pre, post, [17.0 + late], 0.25, RULE, size=0.7).w[0, 0]
    signal, _ = reward_credit(late, 1.0, 1.0, RULE, delta_t=7.0, size=0.7)
    assert w - 0.25 == pytest.approx(signal, rel=1e-9, abs=0)
    kappa = 0.8 * 0.25 / (0.8 + 0.25)
    assert signal == pytest.approx(0.7 * 0.02 * 0.5 * math.exp(-7 / 15) * kappa * math.exp(-late / 800))


@pytest.mark.equation("credit-noise")
def test_the_noise_is_how_far_rewards_by_chance_scatter_the_weights():
    """Ten thousand synapses whose neurons know nothing of each other, 60 rewards far apart."""
    net = DistalReward(100, 100, rate=0.7, noise_rate=1.2, noise=1.1)
    rule = RULE._replace(pairs=RULE.pairs._replace(w_max=2e-3, lambda_=1e-3))  # weights that move nobody
    n, rewards = 60, 12_000.0 * np.arange(1, 61)
    run = learn_distal_given(rewards, 740_000.0, net, rule, 1e-3, rng=np.random.default_rng(3))
    assert run.inputs.rates.mean() == pytest.approx(0.7, rel=0.03)
    noise = reward_credit(0.0, 0.7, 1.2, rule).noise
    assert run.w.std() == pytest.approx(noise * math.sqrt(n), rel=0.05)  # spikes shared by pairs: 2 %


def test_the_size_of_a_reward_does_not_change_the_odds():
    small, large = (reward_credit(1000.0, 2.0, 3.0, RULE, size=size) for size in (0.1, 10.0))
    assert small.signal / small.noise == pytest.approx(large.signal / large.noise)
    assert large.signal == pytest.approx(100 * small.signal)
    punished = reward_credit(1000.0, 2.0, 3.0, RULE, size=-0.1)
    assert punished.signal == pytest.approx(-small.signal) and punished.noise == pytest.approx(small.noise)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"late": -1.0}, "late must be zero or positive"),
        ({"r_pre": math.nan}, "r_pre must be zero or positive"),
        ({"r_post": -2.0}, "r_post must be zero or positive"),
        ({"delta_t": -5.0}, "delta_t must be zero or positive"),
        ({"size": math.inf}, "size must be finite"),
        ({"rule": STDP()}, "rule must be a RewardSTDP, got STDP"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        reward_credit(**{"late": 1000.0, "r_pre": 1.0, "r_post": 2.0} | arguments)
