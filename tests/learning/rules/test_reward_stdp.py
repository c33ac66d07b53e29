"""Reward-modulated STDP against closed forms, and against the differential equations on a fine grid."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import STDP, RewardSTDP, simulate_reward_stdp, simulate_stdp


def spikes(*times, duration=60_000.0):
    return Spikes(list(times), duration=duration)


@pytest.mark.parametrize("wait", [0.0, 700.0, 3000.0])
@pytest.mark.parametrize(("t_pre", "t_post", "sign"), [(10.0, 15.0, 1.0), (15.0, 10.0, -1.05)])
def test_one_pair_and_a_distal_reward(wait, t_pre, t_post, sign):
    """Δw = c₀ D₀ exp(−T/τ_c) τ_c τ_d / (τ_c + τ_d), after 60 s to a part in a million and better."""
    rule = RewardSTDP(900.0, 150.0)
    c0, d0 = sign * 0.01 * np.exp(-5.0 / 20.0), 0.7
    run = simulate_reward_stdp(spikes(t_pre), spikes(t_post), [15.0 + wait], 0.5, rule, size=d0)
    expected = c0 * d0 * np.exp(-wait / 900.0) * 0.9 * 0.15 / 1.05
    assert run.w[0, 0] - 0.5 == pytest.approx(expected, rel=1e-10, abs=0)


@pytest.mark.equation("three-factors")
def test_many_events_follow_the_differential_equations():
    """Euler's method, whose error falls in first order."""
    rng, end = np.random.default_rng(3), 2000.0
    pre, post = (Spikes(np.round(rng.uniform(0, end, 30)), duration=end) for _ in range(2))
    pre, post = (Spikes(np.unique(s.times), duration=end) for s in (pre, post))
    rewards, size, at = [300.0, 900.0, 1500.0], [40.0, -20.0, 30.0], np.arange(0.0, end + 1, 100.0)
    rule = RewardSTDP(400.0, 120.0, STDP(0.02, 1.2, 15.0, 25.0, zero_plus=1.0))
    run = simulate_reward_stdp(pre, post, rewards, 0.5, rule, size=size, at=at)
    errors = []
    for dt in (0.1, 0.05):
        w, c, d, x, y, seen = 0.5, 0.0, 0.0, 0.0, 0.0, []
        events = {}
        for name, times in (("post", post.times), ("pre", pre.times), ("reward", rewards), ("look", at)):
            for k, t in enumerate(times):
                events.setdefault(round(t / dt), []).append((name, k))
        for step in range(round(end / dt) + 1):
            here = events.get(step, [])
            names = [name for name, _ in here]
            if "post" in names:
                c += 0.02 * (x + ("pre" in names))
            if "pre" in names:
                c -= 1.2 * 0.02 * y
                x += 1.0
            if "post" in names:
                y += 1.0
            d += sum(size[k] for name, k in here if name == "reward")
            if "look" in names:
                seen.append((w, c, d))
            w, c, d = w + dt * c * d / 1000.0, c * (1 - dt / 400.0), d * (1 - dt / 120.0)
            x, y = x * (1 - dt / 15.0), y * (1 - dt / 25.0)
        ours = np.column_stack([run.history[:, 0, 0], run.eligibility[:, 0, 0], run.dopamine])
        errors.append(np.abs(np.array(seen) - ours).max(axis=0))
    assert np.ptp(run.history) > 0.05
    assert errors[0] / errors[1] == pytest.approx([2.0, 2.0, 2.0], rel=0.1)
    assert errors[1][0] < 1e-3


def test_without_reward_nothing_is_learnt_and_the_trace_is_that_of_the_pair_rule():
    """With a trace that never fades, the eligibility is what pair STDP would have done."""
    rng = np.random.default_rng(5)
    pre = Spikes(rng.uniform(0, 900, 40), rng.integers(0, 3, 40), n_units=3, duration=1000)
    post = Spikes(rng.uniform(0, 900, 30), rng.integers(0, 2, 30), n_units=2, duration=1000)
    pairs = STDP(1e-3, 1.3, 17.0, 40.0, w_max=2.0)
    at = np.arange(0.0, 1001.0, 250.0)
    run = simulate_reward_stdp(pre, post, [], 1.0, RewardSTDP(1e15, 200.0, pairs), at=at)
    assert np.all(run.w == 1.0) and np.all(run.dopamine == 0.0)
    assert run.eligibility == pytest.approx(
        simulate_stdp(pre, post, 1.0, pairs, at=at).history - 1.0, abs=1e-12
    )


def test_what_happens_at_a_time_is_seen_at_that_time():
    run = simulate_reward_stdp(spikes(10.0), spikes(15.0), [15.0], 0.5, at=[0.0, 10.0, 15.0])
    assert run.eligibility[:, 0, 0] == pytest.approx([0.0, 0.0, 0.01 * np.exp(-0.25)])
    assert run.dopamine == pytest.approx([0.0, 0.0, 1.0])
    assert run.history[2, 0, 0] == 0.5


def test_the_weights_stay_within_their_bounds():
    fast = RewardSTDP(pairs=STDP(lambda_=1.0, w_max=2.0))
    for size, bound in ((50.0, 2.0), (-50.0, 0.0)):
        run = simulate_reward_stdp(spikes(10.0), spikes(15.0), [20.0], 1.0, fast, size=size)
        assert run.w[0, 0] == bound


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda s: simulate_reward_stdp(s, s, [2.0, 1.0], 0.5), "rewards must be sorted"),
        (
            lambda s: simulate_reward_stdp(s, s, [1.0], 0.5, size=[1.0, 2.0]),
            "size must be one number, or .* got 2",
        ),
        (lambda s: simulate_reward_stdp(s, s, [1.0], 0.5, at=[1e6]), "at must not be after the end"),
        (
            lambda s: simulate_reward_stdp(s, s, [1.0], 0.5, RewardSTDP(pairs=STDP(mu_plus=1))),
            r"pairs must be additive \(mu 0\), got 1 and 0",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(spikes(1.0))


def test_a_wrong_type_is_named():
    with pytest.raises(TypeError, match="rule must be a RewardSTDP, got STDP"):
        simulate_reward_stdp(spikes(1.0), spikes(1.0), [], 0.5, STDP())
