"""The theta neuron: its equation, its order, and the quadratic neuron that it is."""

import math

import numpy as np
import pytest

from snnlab.neurons import LIF, QIF, qif_rate, simulate_qif, simulate_theta
from snnlab.neurons.models import theta as module


@pytest.mark.parametrize(("theta", "i"), [(-2.0, 0.5), (0.3, -0.7), (1.5, 2.0), (3.0, 0.1)])
def test_the_slope_is_the_right_hand_side_of_the_equation(theta, i):
    slope = (1 - math.cos(theta)) + (1 + math.cos(theta)) * i
    for dt, error in ((1e-3, 1e-2), (1e-4, 1e-3)):
        after = simulate_theta([i], dt=dt, theta_start=theta).theta[0]
        assert 10.0 * (after - theta) / dt == pytest.approx(slope, rel=error)


@pytest.mark.parametrize("i", [0.04, 1.0, 9.0])
def test_the_rate_is_the_root_over_pi(i):
    """Over ten intervals: none is lost and none is late by more than the step in which the last one falls."""
    interval = 10.0 * math.pi / math.sqrt(i)
    times = simulate_theta(np.full(round(11 * interval / 0.05), i), dt=0.05).spikes.times
    assert (times[10] - times[0]) / 10 == pytest.approx(interval, abs=0.05 / 10)
    assert 1000.0 / qif_rate(i) == pytest.approx(interval)


def test_it_fires_when_the_quadratic_neuron_does():
    """v = tan(θ/2). Each spike is in the step in which v is infinite, and lateness does not add up."""
    i = np.repeat(np.random.default_rng(1).normal(0.4, 1.0, 400), 50)
    quadratic, theta = simulate_qif(i, dt=0.1), simulate_theta(i, dt=0.1)
    late = theta.spikes.times - quadratic.spikes.times
    assert quadratic.spikes.n_spikes > 30
    assert np.all(late > -1e-6) and np.all(late < 0.1 + 1e-6)
    angle = 2 * np.arctan(quadratic.v)
    assert np.cos(theta.theta - angle) == pytest.approx(1.0, abs=1e-10)


def test_the_order_is_four_even_through_spikes():
    i = np.random.default_rng(0).normal(0.5, 1.0, 100)
    exact = simulate_qif(i, dt=10.0)
    assert exact.spikes.n_spikes > 15
    errors = []
    for per_piece in (20, 40, 80):
        theta = simulate_theta(np.repeat(i, per_piece), dt=10.0 / per_piece).theta[per_piece - 1 :: per_piece]
        turn = theta - 2 * np.arctan(exact.v)
        errors.append(np.abs((turn + math.pi) % (2 * math.pi) - math.pi).max())
    assert np.log2(errors[0] / errors[1]) == pytest.approx(4, abs=0.4)
    assert np.log2(errors[1] / errors[2]) == pytest.approx(4, abs=0.4)


def test_many_neurons_are_single_neurons_side_by_side():
    i = np.random.default_rng(5).normal(0.3, 1, (3000, 5))
    many = simulate_theta(i)
    assert many.spikes.n_spikes > 5 and np.all(np.diff(many.spikes.times) >= 0)
    for k in range(5):
        one = simulate_theta(i[:, k])
        assert np.array_equal(many.theta[:, k], one.theta)
        assert np.array_equal(many.spikes[k], one.spikes[0])


def test_each_neuron_may_have_its_own_time_constant():
    run = simulate_theta(np.ones((5000, 2)), QIF(tau_m=[10.0, 20.0]))
    assert np.diff(run.spikes[1]).mean() == pytest.approx(2 * np.diff(run.spikes[0]).mean(), rel=0.01)


def test_the_angle_stays_on_the_circle():
    theta = simulate_theta(np.full(20_000, 8.0)).theta
    assert theta.max() <= math.pi and theta.min() > -math.pi


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).normal(0.8, 1, (900, 2))
    results = []
    for run in (module.run, module.run.py_func):
        theta, times, units = np.empty((900, 2)), np.empty(1800), np.empty(1800, np.int64)
        count = run(i, theta, times, units, module.State(np.zeros(2)), 10.0, 0.2)
        results.append((theta, times[:count], units[:count]))
    assert results[0][1].size > 4
    for compiled, plain in zip(*results, strict=True):
        assert compiled == pytest.approx(plain, abs=1e-9)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_theta(np.full(shape, 0.3))
    assert run.theta.shape == shape
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_theta([0.1], dt=0), "dt must be positive and finite, got 0"),
        (lambda: simulate_theta([0.1, np.inf]), r"i must be finite, got inf at \[1\]"),
        (lambda: simulate_theta([0.1], theta_start=4), "theta_start must be between -pi and pi, got 4"),
        (lambda: simulate_theta([0.1], dt=11.0), "dt must be at most 10 ms for so strong an input, got 11"),
        (lambda: simulate_theta([1e6]), "dt must be at most 1e-05 ms for so strong an input, got 0.1"),
        (lambda: simulate_theta([-1e308]), "dt must be at most .* ms for so strong an input, got 0.1"),
        (lambda: simulate_theta([[0.1]], QIF(tau_m=[0.0])), r"tau_m must be positive .* got 0 \(neuron 0\)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_another_neuron_is_refused():
    with pytest.raises(TypeError, match="neuron must be a QIF, got LIF"):
        simulate_theta([0.1], LIF())
