"""Where the rate model holds, and where it fails, against closed forms at both ends of the frequencies."""

import numpy as np
import pytest

from snnlab.neurons import LIF, siegert_rate, simulate_rate_model, sine_response

SIGMA, MEAN = 4.0, 0.16


def respond(frequency, amplitude, tau, seed=1, **more):
    options = {"n": 4000, "duration": 1000.0, "dt": 0.1, "rng": np.random.default_rng(seed)} | more
    return sine_response(frequency, MEAN, amplitude, SIGMA, tau, **options)


def part(seen, rates):
    """What of `rates` goes with the sine, Hz."""
    return 2 * np.mean(rates * np.exp(-1j * (np.radians(seen.phase) - np.pi / 2)))


def scatter(n, duration, dt=0.1):
    """By which chance moves the part of the population, Hz."""
    return np.sqrt(4000.0 * float(siegert_rate(MEAN, SIGMA, dt=dt)) / (n * duration))


def test_a_slow_sine_is_followed_by_both():
    """Within the scatter; the membrane's τ costs the model (1 + ω²τ²)^-½."""
    prompt, slower = respond(1.0, 0.02, 0.0), respond(1.0, 0.02, 20.0)
    slow = abs(part(prompt, prompt.slow))
    assert abs(part(prompt, prompt.population) - slow) < 3.5 * scatter(4000, 1000)
    assert prompt.error < 350 * scatter(4000, 1000) / slow < 12
    assert slower.size_model == pytest.approx(100 / np.hypot(1, 0.04 * np.pi), rel=1e-3)


def test_a_fast_sine_is_followed_by_the_spikes_with_the_root_of_the_frequency():
    """a R r e^(−jπ/4) / (σ √(ωτ)): white noise keeps neurons near threshold (Brunel and others 2001)."""
    dt = 0.05
    seen = respond(400.0, 0.05, 20.0, dt=dt, duration=500.0)
    chance = scatter(4000, 500, dt)
    size = 0.05 * 100.0 * float(siegert_rate(MEAN, SIGMA, dt=dt)) / (SIGMA * np.sqrt(0.8 * np.pi * 20.0))
    assert abs(part(seen, seen.population) - size * np.exp(-0.25j * np.pi)) < 3.5 * chance
    assert chance < 0.05 * size
    assert abs(part(seen, seen.model)) < 0.1 * size


def test_the_error_of_the_membrane_s_time_constant_grows_with_the_frequency():
    found = [respond(hertz, 0.02, 20.0, seed=2, n=2000).error for hertz in (2.0, 10.0, 30.0)]
    assert np.all(np.diff(found) > 10)
    assert found[0] < 30 and found[2] > 80


@pytest.mark.parametrize(("frequency", "tau"), [(2.0, 20.0), (10.0, 5.0), (50.0, 20.0), (40.0, 0.0)])
def test_the_rate_model_swings_by_its_closed_form(frequency, tau):
    seen = sine_response(frequency, MEAN, 0.03, SIGMA, tau, n=20, rng=np.random.default_rng(1))
    assert seen.size_model == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * frequency * tau), rel=0.03)
    assert seen.gain == pytest.approx(100 / np.hypot(1, 2e-3 * np.pi * seen.f * tau))
    current = MEAN + 0.03 * np.sin(np.radians(seen.phase))
    assert seen.slow == pytest.approx(siegert_rate(current, SIGMA, dt=0.5), abs=0.7)  # the width of a bin


def test_the_model_is_the_simulated_rate_model():
    """Over one cycle of a large sine, here from a simulation of many."""
    dt, tau, hertz, amplitude = 0.1, 10.0, 20.0, 0.1
    t = (np.arange(6000) + 0.5) * dt
    i = MEAN + amplitude * np.sin(2e-3 * np.pi * hertz * t)
    rate = simulate_rate_model(siegert_rate(i, SIGMA, dt=dt), tau, dt)[-5000:]
    seen = respond(hertz, amplitude, tau, n=1, duration=50.0)
    cycle = rate.reshape(10, 20, 25).mean(axis=(0, 2))  # ten cycles in twenty bins
    assert seen.model == pytest.approx(cycle, abs=0.3)  # of 40 Hz: a line through 24 currents of the cycle


def test_with_little_noise_the_population_rings():
    quick, slow = (
        sine_response(hertz, MEAN, 0.03, 1.0, 20.0, rng=np.random.default_rng(1)) for hertz in (20.0, 2.0)
    )
    assert quick.size > 180
    assert slow.size == pytest.approx(100, abs=10)


def test_the_mean_rate_is_that_of_the_formula():
    seen = sine_response(2.0, MEAN, 0.03, SIGMA, 20.0, n=20_000, rng=np.random.default_rng(1))
    assert seen.rate == pytest.approx(seen.slow.mean(), rel=0.01)


def test_bad_input_is_named():
    for hertz, sentence in [
        (0.5, r"frequency must be from 1 Hz \(a cycle in duration\) to 2500 Hz .* got 0.5"),
        (3000.0, r"to 2500 Hz \(four steps a cycle\), got 3000"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            respond(hertz, 0.01, 20.0)
    with pytest.raises(ValueError, match="amplitude must be positive and finite, got 0"):
        respond(5.0, 0.0, 20.0)
    with pytest.raises(ValueError, match="the number of spikes must be at most 1e"):
        respond(5.0, 0.1, 20.0, n=2 * 10**8)
    with pytest.raises(TypeError, match="neuron must be a LIF, got float"):
        respond(5.0, 0.1, 20.0, neuron=3.0)
    with pytest.raises(ValueError, match="sigma must be zero or positive, and finite, got -1"):
        sine_response(5.0, MEAN, 0.1, -1.0, 20.0, LIF(), rng=np.random.default_rng(1))
