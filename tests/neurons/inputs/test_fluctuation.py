"""A fluctuating current: its moments, its memory, and that it can be frozen."""

import math

import numpy as np
import pytest

from snnlab.neurons import fluctuating_current
from snnlab.random import normal, seed_from


def rng(seed=1):
    return np.random.default_rng(seed)


def test_its_mean_variance_and_memory_are_those_of_the_process():
    """Autocovariance σ² exp(−s/τ); errors from the number of independent pieces, duration / 2τ."""
    mean, std, tau, dt, duration = 0.3, 0.1, 4.0, 0.5, 400_000.0
    i = fluctuating_current(mean, std, tau, duration, dt, rng=rng()) - mean
    error = math.sqrt(2 * tau / duration)
    assert abs(i.mean()) < 4 * std * error
    assert np.mean(i**2) == pytest.approx(std**2, rel=4 * math.sqrt(2) * error)
    for lag in (1, 4, 16):
        expected = std**2 * math.exp(-lag * dt / tau)
        assert np.mean(i[:-lag] * i[lag:]) == pytest.approx(expected, abs=4 * math.sqrt(2) * error * std**2)


@pytest.mark.parametrize("dt", [0.05, 2.0])
def test_each_step_is_the_exact_one(dt):
    """What is left after the decay is a normal number of the exact size: standard normal, step after step."""
    mean, std, tau = -0.2, 0.5, 3.0
    i = fluctuating_current(mean, std, tau, 20_000 * dt, dt, rng=rng()) - mean
    decay = math.exp(-dt / tau)
    kicks = (i[1:] - decay * i[:-1]) / (std * math.sqrt(1 - decay**2))
    n = kicks.size
    assert abs(kicks.mean()) < 4 / math.sqrt(n)
    assert kicks.var() == pytest.approx(1.0, abs=4 * math.sqrt(2 / n))
    assert np.mean(kicks**4) == pytest.approx(3.0, abs=4 * math.sqrt(96 / n))  # a normal distribution
    assert abs(np.mean(kicks[1:] * kicks[:-1])) < 4 / math.sqrt(n)


def test_step_t_takes_random_number_t():
    """So that a kernel elsewhere can draw the same current."""
    i, seed = fluctuating_current(0.1, 0.2, 3.0, 5.0, rng=rng(6)), seed_from(rng(6))
    decay, x = math.exp(-0.1 / 3.0), [normal(seed, np.uint64(0), np.uint64(t)) for t in range(50)]
    expected = [0.1 + 0.2 * x[0]]
    for t in range(1, 50):
        expected.append(0.1 + decay * (expected[-1] - 0.1) + 0.2 * math.sqrt(1 - decay**2) * x[t])
    assert i == pytest.approx(expected, rel=1e-9, abs=0)


def test_it_starts_in_the_middle_of_things():
    """The first value has the variance of all: over many seeds, no transient."""
    first = np.array([fluctuating_current(0.0, 1.0, 5.0, 0.1, rng=rng(seed))[0] for seed in range(2000)])
    assert first.var() == pytest.approx(1.0, abs=4 * math.sqrt(2 / 2000))


def test_the_same_generator_freshly_made_freezes_it():
    a, b = (fluctuating_current(0.1, 0.2, 3.0, 50.0, rng=rng(4)) for _ in range(2))
    assert np.array_equal(a, b) and a.shape == (500,)
    one = rng(4)
    fluctuating_current(0.1, 0.2, 3.0, 50.0, rng=one)
    assert not np.array_equal(fluctuating_current(0.1, 0.2, 3.0, 50.0, rng=one), a)
    assert np.all(fluctuating_current(0.1, 0.0, 3.0, 50.0, rng=rng()) == 0.1)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (
            lambda: fluctuating_current(0.1, -1.0, 3.0, 9.0, rng=rng()),
            ValueError,
            "std must be zero or positive",
        ),
        (lambda: fluctuating_current(0.1, 0.1, 0.0, 9.0, rng=rng()), ValueError, "tau must be positive"),
        (
            lambda: fluctuating_current(0.1, 0.1, 3.0, -9.0, rng=rng()),
            ValueError,
            "duration must be zero or positive",
        ),
        (
            lambda: fluctuating_current(0.1, 0.1, 3.0, 9.0, rng=1),
            TypeError,
            "rng must be a numpy.random.Generator",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()


def test_a_time_too_long_for_the_memory_is_refused():
    with pytest.raises(ValueError, match=r"duration / dt must be at most 1e9 steps, got 1e\+21"):
        fluctuating_current(0.1, 0.1, 3.0, 1e20, rng=np.random.default_rng(1))
