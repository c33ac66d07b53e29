"""The rate model against the solution of its equation."""

import numpy as np
import pytest

from snnlab.neurons import simulate_rate_model
from snnlab.neurons.models import rate_model as module


@pytest.mark.equation("decode-model")
@pytest.mark.parametrize("dt", [0.1, 2.0])
def test_each_step_is_exact(dt):
    """A staircase, solved in closed form from piece to piece."""
    target = np.random.default_rng(1).uniform(0, 80, 50)
    rate, now = simulate_rate_model(target, 7.0, dt, 33.0), 33.0
    for step, goal in enumerate(target):
        now = goal + (now - goal) * np.exp(-dt / 7.0)
        assert rate[step] == pytest.approx(now, rel=1e-12, abs=0)


def test_under_constant_input_nothing_is_lost():
    assert simulate_rate_model(np.full(100, 23.0), 20.0) == pytest.approx(
        np.full(100, 23.0), rel=1e-15, abs=0
    )
    assert simulate_rate_model(np.full(2000, 23.0), 20.0, r_start=90.0)[-1] == pytest.approx(
        23.0, rel=1e-12, abs=0
    )


def test_a_sine_comes_out_small_and_late():
    """By 1/(1 + 2πjFτ), once the start is forgotten."""
    dt, tau, hertz = 0.05, 12.0, 20.0
    t = (np.arange(8000) + 0.5) * dt
    rate = simulate_rate_model(50 + 10 * np.sin(2e-3 * np.pi * hertz * t), tau, dt)
    gain = 1 / (1 + 2e-3j * np.pi * hertz * tau)
    end = (np.arange(8000) + 1) * dt
    expected = 50 + 10 * np.imag(gain * np.exp(2e-3j * np.pi * hertz * end))
    assert np.abs(rate - expected)[4000:].max() < 0.001


def test_without_a_time_constant_it_is_stationary_at_every_moment():
    target = np.array([3.0, 0.0, 50.0])
    np.testing.assert_array_equal(simulate_rate_model(target, 0.0, r_start=9.0), target)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    target, rates = np.random.default_rng(2).uniform(0, 80, 200), np.empty((2, 200))
    for run, rate in zip((module.run, module.run.py_func), rates, strict=True):
        run(target, rate, 5.0, 9.0, 0.5)
    assert rates[0] == pytest.approx(rates[1], rel=1e-13, abs=0)


def test_bad_input_is_named():
    for arguments, sentence in [
        (([], 1.0), "target must be zero or positive in one step or more, got 0"),
        (([5.0, -1.0], 1.0), "target must be zero or positive in one step or more, got -1"),
        (([5.0], -2.0), "tau must be zero or positive, and finite, got -2"),
        (([5.0], 2.0, 0.0), "dt must be positive and finite, got 0"),
        (([5.0], 2.0, 1.0, -4.0), "r_start must be zero or positive, got -4"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            simulate_rate_model(*arguments)
