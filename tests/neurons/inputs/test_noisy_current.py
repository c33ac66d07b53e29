"""Noise in the current against what it does to a membrane, in closed form."""

import math

import numpy as np
import pytest

from snnlab.coding import cv
from snnlab.neurons import LIF, noisy_current, simulate_lif
from snnlab.random import normal, seed_from

NEVER = 1e6  # mV: a threshold that is not reached
MISSED = 1.4603545088 / math.sqrt(2 * math.pi)  # −ζ(½)/√(2π)


def rng(seed=5):
    return np.random.default_rng(seed)


@pytest.mark.equation("noisy-membrane")
@pytest.mark.parametrize("dt", [0.1, 5.0])
@pytest.mark.parametrize(("tau_m", "r_m"), [(20.0, 100.0), (8.0, 40.0)])
def test_a_membrane_that_never_fires_scatters_by_sigma(tau_m, r_m, dt):
    """Mean v_rest + R i and standard deviation σ at every moment, whatever the step; from many neurons."""
    n, sigma = 4000, 3.0
    neuron = LIF(tau_m=tau_m, r_m=r_m, v_th=NEVER)
    i = noisy_current(0.1, sigma, 2.5 * tau_m + dt, n, neuron=neuron, dt=dt, rng=rng())
    v = simulate_lif(i, neuron, dt).v[-1]
    settled = 1 - math.exp(-len(i) * dt / tau_m)  # of the way of the mean
    scatter = math.sqrt(1 - math.exp(-2 * len(i) * dt / tau_m))
    assert abs(v.mean() - (neuron.v_rest + r_m * 0.1 * settled)) < 4.5 * sigma / math.sqrt(n)
    assert abs(v.std() / (sigma * scatter) - 1) < 4.5 / math.sqrt(2 * n)


def test_the_potential_forgets_with_the_time_constant():
    """Its autocorrelation is exp(−lag/τ); of the current there is none."""
    i = noisy_current(0.0, 2.0, 400_000, dt=1.0, rng=rng())
    v = simulate_lif(i, LIF(v_th=NEVER), 1.0).v[500:, 0]
    v = (v - v.mean()) / v.std()
    error = 4.5 * math.sqrt(20 / v.size)  # v.size steps of 1 ms hold v.size / 40 independent values, or more
    for lag in (5, 20, 60):
        assert abs(np.mean(v[lag:] * v[:-lag]) - math.exp(-lag / 20)) < error
    assert abs(np.corrcoef(i[1:, 0], i[:-1, 0])[0, 1]) < 4.5 / math.sqrt(len(i))


def first_passage(mean, sigma, neuron, dt):
    """Rate (Hz) and CV of the intervals: Siegert (1951) and Brunel (2000, equation 3.16).

    In steps a crossing and return between two grid points is missed, as if the threshold were higher by
    −ζ(½)/√(2π) standard deviations of a step (Broadie, Glasserman and Kou 1997).
    """
    missed = MISSED * sigma * math.sqrt(1 - math.exp(-2 * dt / neuron.tau_m))
    goal = neuron.v_rest + neuron.r_m * mean
    low, high = ((v - goal) / (math.sqrt(2) * sigma) for v in (neuron.v_reset, neuron.v_th + missed))
    y = np.linspace(low - 8.0, high, 200_001)
    step = y[1] - y[0]
    upper = np.array([math.erfc(-x) for x in y])  # 1 + erf
    whole = math.sqrt(math.pi) * np.exp(y**2) * upper
    inner = np.cumsum(np.exp(y**2) * upper**2) * step
    inside = y >= low
    climb = neuron.tau_m * np.trapezoid(whole[inside], dx=step)
    variance = 2 * math.pi * neuron.tau_m**2 * np.trapezoid((np.exp(y**2) * inner)[inside], dx=step)
    interval = neuron.t_ref + climb
    return 1000 / interval, math.sqrt(variance) / interval


@pytest.mark.parametrize(
    ("mean", "sigma", "rate"), [(0.8, 0.1, 3.77339393), (1.0, 0.1, 16.4328065), (1.0, 0.3, 25.2607033)]
)
def test_the_theory_used_here_is_siegerts(mean, sigma, rate):
    """Rates that SciPy's quadrature gives: time constant 20 ms, threshold 1, refractory time 2 ms."""
    unit = LIF(r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0)
    assert first_passage(mean, sigma, unit, dt=0.0)[0] == pytest.approx(rate, rel=1e-3)


@pytest.mark.parametrize(("mean", "sigma"), [(0.12, 5.0), (0.2, 1.0), (0.15, 3.0)])
def test_rate_and_irregularity_are_those_of_first_passage(mean, sigma):
    """Driven by noise or by the mean: rate and CV within 4.5 standard errors of the closed form."""
    n, start = 60, 500.0
    spikes = simulate_lif(noisy_current(mean, sigma, 6000.0, n, rng=rng())).spikes
    rate, irregular = first_passage(mean, sigma, LIF(), 0.1)
    kept = [train[train > start] for train in spikes]
    gaps = np.concatenate([np.diff(train) for train in kept])
    measured = 1000 * sum(train.size for train in kept) / (n * (6000.0 - start))
    count = gaps.size
    assert abs(measured / rate - 1) < 4.5 * irregular / math.sqrt(count)
    assert abs(gaps.std() / gaps.mean() / irregular - 1) < 4.5 / math.sqrt(count)


def test_it_is_the_mean_and_its_own_random_numbers():
    """A positive random number is more current."""
    i = noisy_current(0.1, 2.0, 1.0, 2, dt=0.5, rng=rng())
    spread = 2.0 / 100.0 * math.sqrt((1 + math.exp(-0.025)) / (1 - math.exp(-0.025)))
    seed = seed_from(rng())
    chance = [[normal(seed, np.uint64(k), np.uint64(t)) for k in range(2)] for t in range(2)]
    assert np.allclose(i, 0.1 + spread * np.array(chance), rtol=1e-12, atol=0)


def test_without_noise_it_is_the_mean_current_and_with_a_seed_the_same():
    assert np.array_equal(noisy_current(0.2, 0.0, 10.0, 3, rng=rng()), np.full((100, 3), 0.2))
    few, many = noisy_current(0.0, 1.0, 10.0, 2, rng=rng()), noisy_current(0.0, 1.0, 10.0, 5, rng=rng())
    assert np.array_equal(few, many[:, :2]) and not np.array_equal(few[:, 0], few[:, 1])
    assert cv(simulate_lif(noisy_current(0.2, 0.0, 1000.0, rng=rng())).spikes)[0] < 1e-9


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"sigma": -1}, ValueError, "sigma must be zero or positive, and finite, got -1"),
        ({"dt": 0}, ValueError, "dt must be positive and finite, got 0"),
        ({"mean": "much"}, TypeError, "mean must be a number, got str"),
        ({"duration": 1e9}, ValueError, "duration times n_units must be at most 1e8 steps, got 1e.10"),
        ({"rng": 1}, TypeError, "rng must be a numpy.random.Generator"),
        ({"neuron": 1}, TypeError, "neuron must be a LIF, got int"),
    ],
)
def test_bad_input(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        noisy_current(**{"mean": 0.1, "sigma": 1.0, "duration": 10, "rng": rng(), **arguments})


def test_more_numbers_than_there_is_room_for_are_refused():
    with pytest.raises(ValueError, match=r"n_units must be below 2\*\*63, got about 2\*\*1329"):
        noisy_current(0.1, 1.0, 100.0, 10**400, rng=np.random.default_rng(1))
