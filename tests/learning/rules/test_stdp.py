"""Pair STDP against the sum over all pairs, its bounds, and its closed forms."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.learning import ALL_TO_ALL, STDP, simulate_stdp, stdp_window
from snnlab.learning.rules import stdp as module

TRAIN = st.lists(st.integers(0, 400), min_size=0, max_size=25, unique=True)


@pytest.mark.equation("stdp-window")
def spikes(times):
    return Spikes(np.sort(np.asarray(times, float)), duration=1000.0)


def test_the_window_is_the_rule_of_the_notes():
    """With t_pre − t_post, as the rule is written there."""
    lambda_, alpha, tau_plus, tau_minus = 0.02, 1.3, 15.0, 28.0
    for t_pre, t_post in ((10.0, 17.0), (17.0, 10.0), (0.0, 80.0), (80.0, 0.0)):
        if t_pre - t_post > 0:
            expected = -alpha * lambda_ * np.exp(-(t_pre - t_post) / tau_minus)
        else:
            expected = lambda_ * np.exp(-(t_post - t_pre) / tau_plus)
        rule = STDP(lambda_, alpha, tau_plus, tau_minus)
        assert float(stdp_window(t_post - t_pre, rule)) == pytest.approx(expected, rel=1e-14, abs=0)
        run = simulate_stdp(spikes([t_pre]), spikes([t_post]), 0.5, rule)
        assert run.w[0, 0] - 0.5 == pytest.approx(expected, rel=1e-12, abs=0)
    assert stdp_window(0.0) == 0.0


@pytest.mark.equation("stdp-traces")
@settings(max_examples=40, deadline=None)
@given(
    pre=TRAIN,
    post=TRAIN,
    zero=st.sampled_from([(0.0, 0.0), (1.0, 0.0), (0.5, 0.5)]),
    delay=st.sampled_from([0, 3]),
)
def test_the_traces_give_the_sum_over_all_pairs(pre, post, zero, delay):
    """Far from the bounds, whole milliseconds, so that many pairs have Δt = 0."""
    rule = STDP(1e-4, 1.2, 17.0, 34.0, zero_plus=zero[0], zero_minus=zero[1])
    run = simulate_stdp(spikes(pre), spikes(post), 0.5, rule, delay=delay)
    pairs = np.add.outer(np.array(post, float) + delay, -np.array(pre, float))
    assert run.w[0, 0] == pytest.approx(0.5 + stdp_window(pairs, rule).sum(), abs=1e-12)


@pytest.mark.parametrize("mu", [(0.3, 0.7), (1.0, 1.0), (0.0, 1.0)])
def test_one_pair_changes_the_weight_by_its_soft_bound(mu):
    """In units of w_max everything is as with w_max = 1."""
    w, x = 0.8, np.exp(-5.0 / 20.0)
    rule = STDP(0.1, 1.5, mu_plus=mu[0], mu_minus=mu[1], w_max=4.0)
    for pair, change in (((0, 5), 0.1 * (1 - w) ** mu[0] * x), ((5, 0), -0.15 * w ** mu[1] * x)):
        run = simulate_stdp(spikes([pair[0]]), spikes([pair[1]]), 4.0 * w, rule)
        assert run.w[0, 0] == pytest.approx(4.0 * (w + change), rel=1e-14, abs=0)
        assert float(stdp_window(pair[1] - pair[0], rule, 4.0 * w)) == pytest.approx(
            4.0 * change, rel=1e-12, abs=0
        )


@settings(max_examples=40, deadline=None)
@given(
    pre=TRAIN,
    post=TRAIN,
    w=st.floats(0, 2),
    mu=st.sampled_from([0.0, 0.4, 1.0]),
    zeros=st.sampled_from([0.0, 1.0]),
)
def test_a_weight_stays_within_its_bounds(pre, post, w, mu, zeros):
    rule = STDP(0.8, 1.1, 30.0, 10.0, mu, mu, 2.0, zeros, zeros)
    run = simulate_stdp(spikes(pre), spikes(post), w, rule, at=np.arange(500.0))
    assert run.history.min(initial=0.0) >= 0.0 and run.history.max(initial=0.0) <= 2.0


def test_the_bounds_are_reached_and_left_again():
    rule = STDP(0.3, 1.0)
    up = simulate_stdp(spikes([0, 100, 200]), spikes([2, 102, 190]), 0.6, rule, at=[50, 150, 300])
    assert up.history[1, 0, 0] == 1.0 > up.history[0, 0, 0] > 0.6
    down = simulate_stdp(spikes([2, 102, 190]), spikes([0, 100, 200]), 0.4, rule, at=[50, 150, 300])
    assert down.history[1, 0, 0] == 0.0 < down.history[0, 0, 0] < 0.4
    assert up.w[0, 0] == pytest.approx(1.0 - 0.3 * np.exp(-10 / 20) + 0.3 * 0, abs=0.05)


def test_at_one_time_the_postsynaptic_spike_acts_first():
    """The bound above is met before the depression, so the order can be seen."""
    rule = STDP(0.5, 1.0, zero_plus=1.0, zero_minus=1.0)
    assert simulate_stdp(spikes([10]), spikes([10]), 0.9, rule).w[0, 0] == pytest.approx(0.5)
    assert simulate_stdp(spikes([10]), spikes([10]), 0.1, rule).w[0, 0] == pytest.approx(0.1)
    assert simulate_stdp(spikes([10]), spikes([10 + 5e-7]), 0.9, rule).w[0, 0] == pytest.approx(0.5)
    assert simulate_stdp(spikes([10]), spikes([10]), 0.5).w[0, 0] == 0.5


def test_the_dendritic_delay_turns_a_close_pair_round():
    """Post 3 ms before pre: with 5 ms of delay it arrives 2 ms after, and potentiates."""
    pair = spikes([13]), spikes([10])
    assert simulate_stdp(*pair, 0.5).w[0, 0] == pytest.approx(0.5 + float(stdp_window(-3.0)))
    assert simulate_stdp(*pair, 0.5, delay=5.0).w[0, 0] == pytest.approx(0.5 + float(stdp_window(2.0)))


def test_many_synapses_are_single_synapses_side_by_side():
    rng = np.random.default_rng(1)
    pre = Spikes(rng.uniform(0, 900, 60), rng.integers(0, 3, 60), n_units=3, duration=1000)
    post = Spikes(rng.uniform(0, 900, 40), rng.integers(0, 2, 40), n_units=2, duration=1000)
    w = rng.uniform(0, 1, (2, 3))
    run = simulate_stdp(pre, post, w, at=[0.0, 450.0, 1000.0])
    assert run.history.shape == (3, 2, 3)
    assert np.array_equal(run.history[0], w) and np.array_equal(run.history[-1], run.w)
    for i in range(2):
        for j in range(3):
            one = simulate_stdp(spikes(pre[j]), spikes(post[i]), w[i, j], at=[450.0])
            assert one.w[0, 0] == run.w[i, j] and one.history[0, 0, 0] == run.history[1, i, j]
    assert simulate_stdp(Spikes([], n_units=0, duration=10), post, 0.5).w.shape == (2, 0)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    rng = np.random.default_rng(2)
    pre, post, at = (
        np.sort(rng.uniform(0, 900, 50)),
        np.sort(rng.uniform(0, 900, 50)),
        np.arange(0.0, 1000.0, 50.0),
    )
    results = []
    for run in (module.run, module.run.py_func):
        history = np.empty(at.size)
        run(pre, post, at, history, 0.5, *STDP(mu_plus=0.4, mu_minus=0.4), *ALL_TO_ALL)
        results.append(history)
    assert results[0] == pytest.approx(results[1], rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda s: simulate_stdp(s, s, 1.5), r"w must be from 0 to w_max \(1\), got 1.5"),
        (
            lambda s: simulate_stdp(s, s, [[0.1, 0.2]]),
            r"w must have shape \(1, 1\), or be one number, got \(1, 2\)",
        ),
        (
            lambda s: simulate_stdp(s, s, 0.5, STDP(lambda_=-1)),
            "lambda must be zero or positive, and finite, got -1",
        ),
        (lambda s: simulate_stdp(s, s, 0.5, STDP(w_max=0)), "w_max must be positive and finite, got 0"),
        (lambda s: simulate_stdp(s, s, 0.5, delay=-1), "delay must be zero or positive, and finite, got -1"),
        (lambda s: simulate_stdp(s, s, 0.5, at=[2, 1]), "at must be sorted, got 2 before 1"),
        (
            lambda s: simulate_stdp(Spikes([5, 5], duration=9), s, 0.5),
            r"pre\[0\] must not fire twice at one time, got 5 ms twice",
        ),
        (lambda s: stdp_window(np.nan), "delta_t must be finite, got nan"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(spikes([1.0]))


def test_a_wrong_type_is_named():
    one = spikes([1.0])
    with pytest.raises(TypeError, match="post must be Spikes, got list"):
        simulate_stdp(one, [1.0], 0.5)
    with pytest.raises(TypeError, match="rule must be an STDP, got tuple"):
        simulate_stdp(one, one, 0.5, (0.01,))
    with pytest.raises(TypeError, match="pairing must be a Pairing such as ALL_TO_ALL, got str"):
        simulate_stdp(one, one, 0.5, pairing="nearest")
