"""Rewards that come late: the hour is that of `learn_distal` with the same seed."""

import numpy as np
import pytest

from snnlab.learning import DISTAL_STDP, DistalReward, learn_distal
from snnlab.learning.teaching.late_rewards import late_rewards

SEED = np.uint64(7)


@pytest.mark.parametrize(
    ("late", "tau_c", "net"),
    [
        (2.0, 1.0, DistalReward(n_post=5)),
        (0.7, 2.3, DistalReward(n_post=3, size=0.4)),
        (9.0, 1.0, DistalReward()),
    ],
)
def test_the_hour_is_that_of_the_package(late, tau_c, net):
    rule = DISTAL_STDP._replace(tau_c=1000 * tau_c)
    seen = late_rewards(late, net, rule, rng=SEED)
    net = net._replace(soonest=500 * late, latest=1500 * late)
    run = learn_distal(3_600_000.0, net, rule, at=60_000.0 * np.arange(61), rng=SEED)
    others = run.history.reshape(61, -1)[:, 1:]
    np.testing.assert_allclose(seen.w, run.w, atol=1e-9)
    np.testing.assert_allclose(seen.right, run.history[:, 0, 0], atol=1e-9)
    np.testing.assert_allclose(seen.rival, others.max(axis=1), atol=1e-9)
    np.testing.assert_allclose(seen.mean, others.mean(axis=1), atol=1e-9)
    assert (seen.came, seen.place, seen.of) == (run.rewards.size, run.place, run.w.size)
    assert (seen.won, seen.best) == (seen.right[-1], seen.rival[-1])


def test_traces_fade_exponentially_and_dopamine_waits_for_the_reward():
    seen = late_rewards(2.0, rule=DISTAL_STDP._replace(tau_c=1500.0), minutes=1, rng=SEED)
    np.testing.assert_allclose(seen.eligibility, np.exp(-seen.s / 1.5))
    late = seen.s >= 2.0
    np.testing.assert_allclose(seen.dopamine[late], np.exp(-(seen.s[late] - 2.0) / 0.2))
    assert (seen.dopamine[~late] == 0.0).all()
    assert seen.left == pytest.approx(100 * np.exp(-2.0 / 1.5))


def test_without_reward_there_is_no_place():
    seen = late_rewards(2.0, DistalReward(n_post=5, size=0.0), minutes=10, rng=SEED)
    assert np.isnan(seen.place) and seen.won == seen.best == 0.1 and seen.came > 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"late": -1.0}, "late must be zero or positive, and finite, got -1"),
        ({"minutes": 0}, "minutes must be at least 1, got 0"),
        (
            {"net": DistalReward(n_pre=1, n_post=1)},
            "n_pre times n_post must be at least 2, a synapse and a rival, got 1",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        late_rewards(**({"late": 2.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
