"""The neuron that finds a pattern: its potential, its pairs, its score, and that it does find it."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import (
    RESTRICTED,
    STDP,
    Detector,
    detect_pattern,
    detection,
    hidden_pattern,
    simulate_stdp,
    stdp_drift,
)
from snnlab.learning.competition.hidden_pattern import HiddenPattern
from snnlab.learning.competition.pattern_detection import check_detector

DT = 0.1  # ms


def random_inputs(n, steps, p, seed):
    when, who = np.nonzero(np.random.default_rng(seed).random((steps, n)) < p)
    return when, who, Spikes((when + 0.5) * DT, who, n_units=n, duration=steps * DT)


@pytest.mark.equation("detector-potential")
@pytest.mark.parametrize("numbers", [Detector(a_plus=0.0), Detector(0.2, 8.0, 3.0, 1.5, 2.5, a_plus=0.0)])
def test_the_spikes_are_those_of_the_sum_over_all_inputs(numbers):
    """With fixed weights, from the kernels as they are written."""
    n, steps = 40, 3000
    when, who, inputs = random_inputs(n, steps, 0.006, 1)
    w = np.random.default_rng(2).random(n)
    fired = detect_pattern(inputs, numbers, w).spikes.times
    assert fired.size > 10
    peak_at = math.log(numbers.tau_m / numbers.tau_s) / (1 / numbers.tau_s - 1 / numbers.tau_m)
    hump = lambda s: np.exp(-s / numbers.tau_m) - np.exp(-s / numbers.tau_s)  # noqa: E731
    theta, last, v_before, expected = numbers.theta * n, -math.inf, 0.0, []
    at = (when + 1) * DT
    for t in np.arange(1, steps + 1) * DT:
        counted = (at < t + 1e-9) & (at > last + 1e-9)
        v = np.sum(w[who[counted]] * hump(t - at[counted])) / hump(peak_at)
        if last > -math.inf:
            v += theta * (numbers.k_1 * np.exp(-(t - last) / numbers.tau_m) - numbers.k_2 * hump(t - last))
        if v >= theta > v_before:
            expected.append(t)
            last = t
        v_before = v
    np.testing.assert_allclose(fired, expected, rtol=1e-12)


def test_the_weights_are_those_of_the_restricted_scheme():
    n, steps = 50, 15_000
    numbers = Detector(theta=0.15, a_plus=0.02, alpha=1.1, tau_plus=12.0, tau_minus=27.0)
    _, _, inputs = random_inputs(n, steps, 0.005, 3)
    at = [400.0, 900.0]
    run = detect_pattern(inputs, numbers, 0.6, at=at)
    rule = STDP(numbers.a_plus, numbers.alpha, numbers.tau_plus, numbers.tau_minus)
    pairs = simulate_stdp(inputs, run.spikes, 0.6, rule, RESTRICTED, at=at)
    assert run.spikes.n_spikes > 20 and np.ptp(pairs.w) > 0.2
    np.testing.assert_allclose(run.w, pairs.w[0], atol=1e-11)
    np.testing.assert_allclose(run.history, pairs.history[:, 0], atol=1e-11)


def test_weights_stay_in_their_range():
    _, _, inputs = random_inputs(50, 15_000, 0.005, 3)
    run = detect_pattern(inputs, Detector(theta=0.1, a_plus=0.5, alpha=1.5))
    assert run.w.min() == 0.0 and 0.0 < run.w.max() <= 1.0
    run = detect_pattern(inputs, Detector(theta=0.1, a_plus=0.5, alpha=0.0))
    assert run.w.max() == 1.0


def test_the_score_of_known_spikes():
    shown = np.array([True, False, False, True, False, True])
    nothing = Spikes([], duration=300)
    hidden = HiddenPattern(nothing, shown, nothing)
    spikes = Spikes([12.0, 13.0, 60.0, 61.0, 270.0], duration=300)
    assert detection(spikes, hidden) == pytest.approx((2 / 3, 2 / 0.3, 16.0))
    assert detection(spikes, hidden, 100.0) == pytest.approx((1 / 2, 0.0, 20.0))
    assert detection(spikes, hidden, 0.0, 149.0) == pytest.approx((1.0, 2 / 0.1, 12.0))
    hits, false_alarms, latency = detection(nothing, hidden)
    assert hits == false_alarms == 0.0 and math.isnan(latency)
    assert all(math.isnan(x) for x in detection(spikes, hidden, 300.0))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"inputs": [1.0]}, "inputs must be"),
        ({"inputs": Spikes([], n_units=0, duration=10)}, "inputs must have at least one unit"),
        ({"numbers": Detector(theta=-1.0)}, "theta must be positive"),
        ({"numbers": Detector(tau_s=0.0)}, "tau_s must be positive"),
        ({"numbers": Detector(tau_s=10.0)}, r"tau_s must be below tau_m \(10 ms\)"),
        ({"numbers": Detector(k_1=-1.0)}, "k_1 must be zero or positive"),
        ({"numbers": (0.25,)}, "numbers must be a Detector"),
        ({"w": -0.1}, "w must be from 0"),
        ({"w": [0.5]}, "w must have shape"),
        ({"dt": 0.0}, "dt must be positive"),
        ({"at": [11.0]}, r"at must be from 0 to the end of the inputs \(10 ms\)"),
        ({"at": [5.0, 2.0]}, "at must be sorted"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    given = {"inputs": Spikes([1.0, 2.0], [0, 1], duration=10)} | arguments
    with pytest.raises((ValueError, TypeError), match=message):
        detect_pattern(**given)


def test_a_score_needs_spikes_and_a_hidden_pattern():
    spikes = Spikes([1.0], duration=100)
    with pytest.raises(TypeError, match="spikes must be"):
        detection([1.0], HiddenPattern(spikes, np.array([True, False]), spikes))
    with pytest.raises(TypeError, match="hidden must be a HiddenPattern"):
        detection(spikes, spikes)
    with pytest.raises(ValueError, match="stop must be zero or positive"):
        detection(spikes, HiddenPattern(spikes, np.array([True, False]), spikes), stop=-1.0)
    with pytest.raises(ValueError, match="start must be zero or positive"):
        detection(spikes, HiddenPattern(spikes, np.array([True, False]), spikes), -1.0)
    assert check_detector(Detector()) == Detector()


@pytest.mark.slow
def test_it_finds_the_pattern():
    """100 s with 500 inputs: after a minute it tells where the pattern is, in eight of ten tries and more."""
    found = []
    for seed in range(1, 11):
        hidden = hidden_pattern(100_000.0, 500, rng=np.random.default_rng(seed))
        run = detect_pattern(hidden.spikes)
        found.append(detection(run.spikes, hidden, 60_000.0))
    successes = [f.hits >= 0.95 and f.false_alarms < 1.0 and f.latency < 20.0 for f in found]
    assert sum(successes) >= 8, found


@pytest.mark.equation("restricted-balance")
@pytest.mark.parametrize(("alpha", "r_pre", "balance"), [(0.85, 64.0, 75.48), (0.86646, 64.0, 100.0)])
def test_where_nearest_pairs_balance(alpha, r_pre, balance):
    """Below that rate depression wins, above it potentiation."""
    rule = STDP(0.03125, alpha, 16.8, 33.7)
    both = 1000.0 * (alpha / rule.tau_plus - 1.0 / rule.tau_minus) / (1.0 - alpha)
    r_post = both - r_pre
    up, down = stdp_drift(r_pre, [0.9 * r_post, r_post, 1.1 * r_post], rule, RESTRICTED)
    assert up[1] == pytest.approx(down[1], rel=1e-12, abs=0)
    assert up[0] < down[0] and up[2] > down[2]
    assert r_post == pytest.approx(balance, abs=0.05)
