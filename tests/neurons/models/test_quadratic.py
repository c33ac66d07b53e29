"""The quadratic integrate-and-fire neuron against its closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.neurons import LIF, QIF, qif_latency, qif_rate, simulate_qif
from snnlab.neurons.models import quadratic as module


@pytest.mark.parametrize(("v", "i"), [(-2.0, 0.5), (0.3, -0.7), (1.5, 0.0), (0.2, -0.01), (-30.0, 4.0)])
def test_the_slope_is_the_right_hand_side_of_the_equation(v, i):
    for dt, error in ((1e-3, 5e-3), (1e-4, 5e-4)):
        after = simulate_qif([i], dt=dt, v_start=v).v[0]
        assert 10.0 * (after - v) / dt == pytest.approx(v**2 + i, rel=error)


@pytest.mark.parametrize("i", [0.8, -0.8, 0.0])
def test_one_long_step_is_many_short_ones(i):
    """The solution is exact, so its steps add up: silent, from below and from above the unstable point."""
    for start in (-3.0, 0.2):
        once = simulate_qif([i], dt=9.0, v_start=start)
        steps = simulate_qif(np.full(900, i), dt=0.01, v_start=start)
        assert once.v[0] == pytest.approx(steps.v[-1], rel=1e-9, abs=0)
        assert once.spikes.times == pytest.approx(steps.spikes.times, abs=1e-9)


@pytest.mark.parametrize("dt", [0.1, 7.0, 400.0])
@pytest.mark.parametrize("i", [1e-4, 0.25, 1.0, 30.0])
def test_every_interval_is_the_closed_form(i, dt):
    """π τ/√i, with steps far shorter and far longer than an interval."""
    interval = math.pi * 10.0 / math.sqrt(i)
    times = simulate_qif(np.full(round(3.2 * interval / dt) + 1, i), dt=dt).spikes.times
    assert times.size >= 3
    assert np.diff(times) == pytest.approx(interval, rel=1e-9, abs=0)
    assert 1000.0 / qif_rate(i) == pytest.approx(interval)
    assert times[0] == pytest.approx(interval / 2)  # from 0 half of the way from minus to plus infinity


def test_the_rate_is_the_root_over_pi():
    assert qif_rate([4.0, 1.0, 0.0, -2.0], QIF(tau_m=1000.0)) == pytest.approx([
        2 / math.pi,
        1 / math.pi,
        0,
        0,
    ])


@pytest.mark.parametrize(("v", "i"), [(1.5, -1.0), (1.001, -1.0), (3.0, 0.0), (-2.0, 2.0), (2.0, 2.0)])
def test_the_latency_solves_the_equation(v, i):
    """Time is the integral of dv / (v² + i) up to infinity; with y = 1/v the last part has no singularity."""
    y = np.linspace(0, 1 / max(v, 1.5), 200_001)[1:]
    middle = (y[1:] + y[:-1]) / 2
    up = np.sum(np.diff(y) / (1 + i * middle**2)) + y[0]
    x = np.linspace(v, max(v, 1.5), 200_001)
    mid = (x[1:] + x[:-1]) / 2
    expected = 10.0 * (np.sum(np.diff(x) / (mid**2 + i)) + up)
    assert qif_latency(i, v_start=v) == pytest.approx(expected, rel=1e-5)
    assert simulate_qif(np.full(9000, i), v_start=v).spikes.times[0] == pytest.approx(
        qif_latency(i, v_start=v)
    )


def test_below_the_unstable_point_it_falls_back_to_rest():
    run = simulate_qif(np.full(5000, -0.25), v_start=0.4999)
    assert not run.spikes and run.v[-1] == pytest.approx(-0.5)
    assert qif_latency(-0.25, v_start=0.5) == np.inf
    assert simulate_qif(np.full(5000, -0.25), v_start=0.5001).spikes.n_spikes == 1


@settings(max_examples=100, deadline=None)
@given(
    i=st.lists(st.floats(-3, 3), min_size=1, max_size=20),
    dt=st.floats(0.05, 100),
    start=st.floats(-1e3, 1e3),
)
def test_pieces_may_be_cut_without_a_change(i, dt, start):
    """As the solution is exact, through infinity too, half steps give the same spikes and the same states."""
    once = simulate_qif(i, dt=dt, v_start=start)
    cut = simulate_qif(np.repeat(i, 2), dt=dt / 2, v_start=start)
    angle = 2 * np.arctan(once.v) - 2 * np.arctan(cut.v[1::2])
    if np.all(np.abs(once.v) < 1e3):  # else a spike lies right at the end of a step
        assert once.spikes.n_spikes == cut.spikes.n_spikes
    if once.spikes.n_spikes == cut.spikes.n_spikes:
        assert once.spikes.times == pytest.approx(cut.spikes.times, abs=1e-5 * dt)
    assert np.cos(angle) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("parts", [1, 3, 10])
def test_a_spike_right_at_the_end_of_a_step_is_counted_once(parts):
    """Every interval is a whole number of steps, and rounding may put each spike into this or the next."""
    step = math.pi * 10.0 / parts
    for start in (0.0, 1.0, -1e9):
        run = simulate_qif(np.full(1000 * parts, 1.0), dt=step, v_start=start)
        assert abs(run.spikes.n_spikes - 1000) <= 1
        assert np.diff(run.spikes.times) == pytest.approx(10 * math.pi)


def test_an_infinite_state_at_the_end_of_a_step_is_no_error():
    """Without input, v = 1 reaches infinity after exactly τ: here at the end of a step."""
    run = simulate_qif(np.zeros(4), dt=10.0, v_start=1.0)
    assert run.spikes.times == pytest.approx([10.0])
    assert run.v[0] < -1e100 and run.v[1:] == pytest.approx([-1, -1 / 2, -1 / 3])


def test_huge_and_tiny_inputs_stay_finite():
    i = np.array([-1e308, 5e-324, -5e-324, 0.0, 1e10, -1e10, 1e-300])
    run = simulate_qif(i, dt=1e-3, v_start=-1e308)
    assert np.isfinite(run.v).all()


def test_many_neurons_are_single_neurons_side_by_side():
    i = np.random.default_rng(5).normal(0.3, 1, (500, 5))
    many = simulate_qif(i, dt=2.0)
    assert many.spikes.n_spikes > 20 and np.all(np.diff(many.spikes.times) >= 0)
    for k in range(5):
        one = simulate_qif(i[:, k], dt=2.0)
        assert np.array_equal(many.v[:, k], one.v) and np.array_equal(many.spikes[k], one.spikes[0])


def test_each_neuron_may_have_its_own_time_constant():
    run = simulate_qif(np.ones((5000, 2)), QIF(tau_m=[10.0, 20.0]))
    assert np.diff(run.spikes[0]) == pytest.approx(10 * math.pi)
    assert np.diff(run.spikes[1]) == pytest.approx(20 * math.pi)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).normal(0.3, 1, (300, 2))
    results = []
    for run in (module.run, module.run.py_func):
        v, times, units = np.empty((300, 2)), np.empty(2000), np.empty(2000, np.int64)
        count = run(i, v, times, units, module.State(np.zeros(2)), 10.0, 2.0)
        results.append((np.arctan(v), times[:count], units[:count]))
    assert results[0][1].size > 10
    for compiled, plain in zip(*results, strict=True):
        assert compiled == pytest.approx(plain, abs=1e-9)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_qif(np.full(shape, 0.3))
    assert run.v.shape == shape
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)
    assert qif_latency(np.full(shape, 0.3)).shape == qif_rate(np.full(shape, 0.3)).shape == shape


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_qif([0.1], dt=0), "dt must be positive and finite, got 0"),
        (lambda: simulate_qif([0.1, np.inf]), r"i must be finite, got inf at \[1\]"),
        (lambda: simulate_qif([0.1], QIF(tau_m=-1)), "tau_m must be positive and finite, got -1"),
        (lambda: simulate_qif([0.1], v_start=np.inf), "v_start must be finite, got inf"),
        (lambda: simulate_qif([1e20] * 9, dt=1.0), r"spikes must be at most 1e\+08, got about 2"),
        (lambda: simulate_qif([1e300], QIF(tau_m=1e-200)), r"spikes must be at most 1e\+08, got about inf"),
        (
            lambda: simulate_qif([1.0], QIF(tau_m=1e200), dt=1e-200),
            "dt / tau_m must be positive and finite, got 0",
        ),
        (lambda: qif_rate(np.nan), "i must be finite, got nan"),
        (lambda: simulate_qif([[0.1]], QIF(tau_m=[0.0])), r"tau_m must be positive .* got 0 \(neuron 0\)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_another_neuron_is_refused():
    with pytest.raises(TypeError, match="neuron must be a QIF, got LIF"):
        simulate_qif([0.1], LIF())
