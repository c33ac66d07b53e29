"""The neuron that counts: its charge is kept, and its bounds hold exactly where numbers are dyadic."""

import math

import numpy as np
import pytest

from snnlab.learning.conversion.rate_neuron import (
    RateNeuron,
    count_of,
    run,
    simulate_rate_neuron,
    zero_reset_rate,
)

DYADIC = np.arange(257) / 256.0
"""Sums of these are exact, and so are the thresholds that they reach."""


@pytest.mark.equation("rate-neuron")
def test_a_few_steps_by_hand():
    soft = simulate_rate_neuron([0.75, 0.5, 0.0, 1.0, 0.5])
    assert soft.v.tolist() == [0.75, 0.25, 0.25, 0.25, 0.75] and soft.s.tolist() == [0, 1, 0, 1, 0]
    hard = simulate_rate_neuron([0.75, 0.5, 0.0, 1.0, 0.5], RateNeuron(subtract=False))
    assert hard.v.tolist() == [0.75, 0.0, 0.0, 0.0, 0.5] and hard.s.tolist() == [0, 1, 0, 1, 0]
    assert simulate_rate_neuron([1.0]).n == 1  # at the threshold it fires


@pytest.mark.equation("charge-kept")
@pytest.mark.parametrize("v_0", [0.0, 0.5, -3.25, 2.5])
@pytest.mark.parametrize("theta", [1.0, 0.75])
def test_charge_is_kept_whatever_comes_in(v_0, theta):
    """Any input, negative too, in whole 1024ths, so that nothing is rounded."""
    z = np.random.default_rng(1).integers(-1024, 2048, 500) / 1024.0
    seen = simulate_rate_neuron(z, RateNeuron(theta, v_0))
    assert theta * seen.n == z.sum() - (seen.v[-1] - v_0)
    lost = simulate_rate_neuron(z, RateNeuron(theta, v_0, subtract=False))
    assert theta * lost.n < z.sum() - (lost.v[-1] - v_0)  # the control: a reset to zero throws charge away


@pytest.mark.equation("count-bound")
@pytest.mark.parametrize("steps", [1, 2, 7, 64, 200])
def test_from_rest_a_count_misses_less_than_one_spike(steps):
    missed = [a * steps - simulate_rate_neuron(np.full(steps, a)).n for a in DYADIC]
    assert min(missed) >= 0 and max(missed) < 1
    assert [simulate_rate_neuron(np.full(steps, a)).n for a in DYADIC] == [
        math.floor(a * steps) for a in DYADIC
    ]


@pytest.mark.parametrize("steps", [1, 2, 7, 64, 200])
def test_from_half_a_threshold_it_misses_half_a_spike_at_most(steps):
    half = RateNeuron(v_0=0.5)
    counts = [simulate_rate_neuron(np.full(steps, a), half).n for a in DYADIC]
    assert max(abs(n - a * steps) for n, a in zip(counts, DYADIC, strict=True)) <= 0.5
    assert counts == [count_of(a, steps, half) for a in DYADIC]


def test_a_start_that_is_off_by_a_spike_breaks_the_bound():
    """The control of v(0): the bound is about where the potential starts and ends."""
    seen = simulate_rate_neuron(np.full(16, 0.5), RateNeuron(v_0=3.0))
    assert seen.n - 8 == 3


@pytest.mark.equation("zero-reset-staircase")
def test_a_reset_to_zero_is_a_staircase():
    for steps in (64, 200):
        for a in DYADIC[1:]:
            wait = math.ceil(1 / a)
            counted = simulate_rate_neuron(np.full(steps, a), RateNeuron(subtract=False)).n
            assert counted == steps // wait and zero_reset_rate(a) == 1 / wait
    assert zero_reset_rate([0.0, -1.0, 3.0]).tolist() == [0, 0, 1]
    assert zero_reset_rate(0.5, theta=1.5) == 1 / 3


def test_a_longer_run_helps_one_reset_only():
    errors = {
        (soft, steps): np.mean([
            abs(a - simulate_rate_neuron(np.full(steps, a), RateNeuron(subtract=soft)).rate) for a in DYADIC
        ])
        for soft in (True, False)
        for steps in (50, 200)
    }
    assert errors[True, 200] < errors[True, 50] / 3
    assert errors[False, 200] > errors[False, 50] / 1.5


def test_the_kernel_is_the_loop():
    z = np.random.default_rng(2).normal(0.4, 0.5, 100)
    for neuron in (RateNeuron(), RateNeuron(0.8, 0.3, False)):
        v, s = np.empty(100), np.empty(100)
        n = run.py_func(z, neuron.theta, neuron.v_0, neuron.subtract, v, s)
        seen = simulate_rate_neuron(z, neuron)
        np.testing.assert_allclose(seen.v, v, atol=1e-12)
        assert seen.n == n and seen.rate == n / 100 and (seen.s == s).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_rate_neuron([]), "z must have at least one step, got none"),
        (
            lambda: simulate_rate_neuron([0.1], RateNeuron(theta=0)),
            "theta must be positive and finite, got 0",
        ),
        (lambda: count_of(1.5, 3), r"a must be between 0 and theta \(1\), got 1.5"),
        (lambda: count_of(0.5, 3, RateNeuron(v_0=1)), r"v_0 must be from 0 to below theta \(1\), got 1"),
        (lambda: count_of(0.5, 3, RateNeuron(subtract=False)), "subtract must be True, got False"),
        (lambda: count_of(0.5, 0), "steps must be at least 1, got 0"),
        (lambda: zero_reset_rate(0.5, theta=-1), "theta must be positive and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
