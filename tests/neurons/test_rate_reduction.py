"""Where the rate model holds, and where it fails, against closed forms at both ends of the frequencies."""

import numpy as np
import pytest

from snnlab.neurons import LIF, siegert_rate, simulate_rate_model, sine_response

SIGMA, MEAN = 4.0, 0.16


def respond(frequency, amplitude, tau, seed=1, **more):
    options = {"n": 4000, "duration": 1000.0, "rng": np.random.default_rng(seed)} | more
    return sine_response(frequency, MEAN, amplitude, SIGMA, tau, **options)


def test_a_slow_sine_is_followed_by_both():
    """The slope of the f–I curve, within the scatter; the membrane's τ costs the model (1 + ω²τ²)^-½."""
    found = respond([1.0], 0.02, 20.0)
    prompt = respond([1.0], 0.02, 0.0)
    assert abs(found.population[0] - found.slope) < 3.5 * found.scatter
    assert prompt.error[0] < 3.5 * found.scatter / found.slope < 0.12
    assert abs(found.model[0]) == pytest.approx(abs(prompt.model[0]) / np.hypot(1, 0.04 * np.pi), rel=1e-12)


def test_a_fast_sine_is_followed_by_the_spikes_with_the_root_of_the_frequency():
    """R r e^(−jπ/4) / (σ √(ωτ)): white noise keeps neurons near threshold (Brunel and others 2001)."""
    dt = 0.05
    found = respond([400.0], 0.05, 20.0, dt=dt, duration=500.0)
    rate = float(siegert_rate(MEAN, SIGMA, dt=dt))
    size = 100.0 * rate / (SIGMA * np.sqrt(0.8 * np.pi * 20.0))
    assert abs(found.population[0] - size * np.exp(-0.25j * np.pi)) < 3.5 * found.scatter
    assert found.scatter < 0.05 * size
    assert abs(found.model[0]) < 0.1 * size


def test_the_error_of_the_membrane_s_time_constant_grows_with_the_frequency():
    found = respond([2.0, 10.0, 30.0], 0.02, 20.0, seed=2, n=2000)
    assert np.all(np.diff(found.error) > 0.1)
    assert found.error[0] < 0.3 and found.error[2] > 0.8


def test_the_model_is_the_simulated_rate_model():
    """Its response from one cycle of the f–I curve, here from a simulation of many; the sine is large."""
    dt, tau, hertz, amplitude = 0.1, 10.0, 20.0, 0.1
    t = (np.arange(6000) + 0.5) * dt
    i = MEAN + amplitude * np.sin(2e-3 * np.pi * hertz * t)
    rate = simulate_rate_model(siegert_rate(i, SIGMA, dt=dt), tau, dt)[-5000:]
    end = t[-5000:] + dt / 2
    seen = 2 * np.mean(rate * np.exp(-1j * (2e-3 * np.pi * hertz * end - np.pi / 2))) / amplitude
    found = sine_response(
        [hertz], MEAN, amplitude, SIGMA, tau, n=1, duration=50.0, rng=np.random.default_rng(3)
    )
    assert abs(found.model[0] - seen) < 0.002 * abs(seen)


def test_bad_input_is_named():
    for arguments, sentence in [
        (([0.5],), r"frequency must be from 1 Hz \(a cycle in duration\) to 2500 Hz .* got \[0.5\]"),
        (([3000.0],), r"to 2500 Hz \(four steps a cycle\), got \[3000.\]"),
        (([],), "got none"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            respond(*arguments, 0.01, 20.0)
    with pytest.raises(ValueError, match="amplitude must be positive and finite, got 0"):
        respond([5.0], 0.0, 20.0)
    with pytest.raises(ValueError, match=r"times n must be at most 1e11, got about 1.2e\+13"):
        respond([5.0], 0.1, 20.0, n=10**9)
    with pytest.raises(TypeError, match="neuron must be a LIF, got float"):
        respond([5.0], 0.1, 20.0, neuron=3.0)
    with pytest.raises(ValueError, match="sigma must be positive and finite, got 0"):
        sine_response([5.0], MEAN, 0.1, 0.0, 20.0, LIF(), rng=np.random.default_rng(1))
