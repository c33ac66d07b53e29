"""The LIF neuron against its closed forms."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.neurons import LIF, lif_latency, lif_rate, lif_rheobase, simulate_lif, simulate_lif_exact
from snnlab.neurons.models import lif as module

NEURONS = [
    LIF(),
    LIF(tau_m=7.0, r_m=40.0, v_rest=-70.0, v_reset=-75.0, v_th=-52.0, t_ref=0.0),
    LIF(v_reset=-58.0),
]


@pytest.mark.equation("lif-membrane")
@pytest.mark.parametrize("neuron", NEURONS)
def test_the_slope_is_the_right_hand_side_of_the_equation(neuron):
    """(v(Δt) − v(0)) / Δt tends to (−(v − v_rest) + R i) / τ_m, and the error falls as Δt."""
    v, i = -60.0, 0.1
    slope = (-(v - neuron.v_rest) + neuron.r_m * i) / neuron.tau_m
    errors = []
    for dt in (0.1, 0.01, 0.001):
        after = simulate_lif([i], neuron, dt, v_start=v).v[0]
        errors.append(abs((after - v) / dt - slope))
    assert errors[-1] < 1e-3 * abs(slope)
    order = np.diff(np.log10(errors))
    assert order == pytest.approx([-1, -1], abs=0.02)


@pytest.mark.equation("lif-step")
@pytest.mark.parametrize("dt", [0.01, 0.1, 1.0, 5.0])
@pytest.mark.parametrize("neuron", NEURONS)
def test_below_threshold_the_step_is_exact(neuron, dt):
    """A staircase of currents, solved in closed form from piece to piece in extended precision."""
    rng = np.random.default_rng(0)
    i = rng.uniform(-0.5, 0.9, 400) * lif_rheobase(neuron)
    run = simulate_lif(i, neuron, dt)
    assert run.spikes.n_spikes == 0
    decay = np.exp(-np.longdouble(dt) / np.longdouble(neuron.tau_m))
    expected, v = [], np.longdouble(neuron.v_rest)
    for current in i:
        v_inf = neuron.v_rest + np.longdouble(neuron.r_m) * current
        v = v_inf + (v - v_inf) * decay
        expected.append(v)
    assert np.max(np.abs(run.v / np.array(expected) - 1)) <= 1e-12


@pytest.mark.equation("lif-rate")
@pytest.mark.parametrize("neuron", NEURONS)
def test_the_exact_simulation_fires_at_the_closed_form_rate(neuron):
    """Every interval equals the reciprocal of the closed-form rate."""
    for factor in (1.02, 1.5, 4.0, 20.0):
        i = factor * lif_rheobase(neuron)
        times = simulate_lif_exact([i], neuron, dt=3000.0).times
        assert times.size > 10
        assert np.diff(times) == pytest.approx(1000.0 / lif_rate(i, neuron), rel=1e-11, abs=0)


@pytest.mark.parametrize("neuron", NEURONS)
def test_the_closed_form_rate_is_the_formula_of_the_textbook(neuron):
    i = np.array([1.1, 2.0, 7.0]) * lif_rheobase(neuron)
    drive = neuron.v_rest + neuron.r_m * i
    interval = neuron.t_ref + neuron.tau_m * np.log((drive - neuron.v_reset) / (drive - neuron.v_th))
    assert lif_rate(i, neuron) == pytest.approx(1000.0 / interval, rel=1e-12, abs=0)


@pytest.mark.parametrize("neuron", NEURONS)
def test_on_the_grid_an_interval_is_at_most_one_step_longer(neuron):
    dt, i = 0.1, 2.5 * lif_rheobase(neuron)
    intervals = np.diff(simulate_lif(np.full(20_000, i), neuron, dt).spikes.times)
    exact = 1000.0 / lif_rate(i, neuron)
    assert intervals.size > 20
    assert np.all(intervals >= exact - 1e-9) and np.all(intervals < exact + dt + 1e-9)


def test_the_grid_converges_to_the_exact_times_in_first_order():
    i = 0.02 * np.random.default_rng(3).uniform(5, 25, 40)
    exact = simulate_lif_exact(i, dt=10.0).times
    for dt in (0.5, 0.05, 0.005):
        times = simulate_lif(np.repeat(i, round(10 / dt)), dt=dt).spikes.times
        late = times[:10] - exact[:10]
        assert np.all(late > -1e-9) and np.all(
            late < dt * np.arange(1, 11)
        )  # each spike adds less than a step


@pytest.mark.equation("lif-latency")
@pytest.mark.parametrize("neuron", NEURONS)
def test_the_first_spike_comes_at_the_closed_form_latency(neuron):
    i = np.array([1.05, 2.0, 10.0]) * lif_rheobase(neuron)
    drive = neuron.r_m * i
    by_hand = neuron.tau_m * np.log(drive / (drive - (neuron.v_th - neuron.v_rest)))
    first = [train[0] for train in simulate_lif_exact(i[None, :], neuron, dt=500.0)]
    assert lif_latency(i, neuron) == pytest.approx(by_hand, rel=1e-12, abs=0)
    assert first == pytest.approx(by_hand, rel=1e-12, abs=0)
    assert lif_latency(0.5 * lif_rheobase(neuron), neuron) == np.inf


@pytest.mark.equation("lif-rheobase")
@settings(max_examples=60, deadline=None)
@given(
    tau_m=st.floats(1, 100),
    r_m=st.floats(1, 500),
    rise=st.floats(1, 40),
    drop=st.floats(0, 20),
    factor=st.floats(-3, 0.9999),
)
def test_silent_below_the_rheobase_and_firing_above(tau_m, r_m, rise, drop, factor):
    neuron = LIF(tau_m, r_m, -65.0, -65.0 - drop, -65.0 + rise, 1.0)
    rheobase = lif_rheobase(neuron)
    assert rheobase == pytest.approx(rise / r_m)
    below = np.full(3000, factor * rheobase)
    assert simulate_lif(below, neuron, 1.0).spikes.n_spikes == 0
    assert simulate_lif_exact([factor * rheobase], neuron, 3000.0).n_spikes == 0
    assert lif_rate(factor * rheobase, neuron) == 0
    above = np.full(3000, 1.01 * rheobase)
    assert simulate_lif(above, neuron, 1.0).spikes.n_spikes > 0
    assert lif_rate(1.01 * rheobase, neuron) > 0


def test_at_exactly_the_rheobase_the_closed_forms_and_the_simulation_are_silent():
    neuron = LIF(r_m=64.0, v_rest=-64.0, v_reset=-64.0, v_th=-48.0)  # numbers without rounding
    i = lif_rheobase(neuron)
    assert lif_rate(i, neuron) == 0 and lif_latency(i, neuron) == np.inf
    assert simulate_lif(np.full(100_000, i), neuron).spikes.n_spikes == 0
    assert simulate_lif_exact([i], neuron, 1e4).n_spikes == 0


def test_the_refractory_time_holds_the_neuron_at_reset_for_whole_steps():
    neuron, dt = LIF(v_reset=-70.0, t_ref=1.0), 0.25
    run = simulate_lif(np.full(400, 0.6), neuron, dt)
    for time in run.spikes.times[:-1]:
        k = round(time / dt) - 1  # the step that ends at the spike
        assert np.all(run.v[k : k + 5] == -70.0)  # the spike's own step and 4 x 0.25 ms
        assert run.v[k + 5] > -70.0
    assert run.v.max() <= neuron.v_th


def test_a_refractory_time_below_half_a_step_still_counts():
    assert simulate_lif(np.full(100, 10.0), LIF(t_ref=0.01), 1.0).spikes.n_spikes == 50
    assert simulate_lif(np.full(100, 10.0), LIF(t_ref=0.0), 1.0).spikes.n_spikes == 100


@pytest.mark.parametrize("t_ref", [0.0, 0.01, 0.049, 0.05, 0.1, 0.149, 0.15, 0.25, 0.7, 3.14159, 50.0])
@pytest.mark.parametrize("steps", [1, 2, 3, 100, 101])
@pytest.mark.parametrize("n", [1, 3])
def test_the_room_for_spikes_is_enough_for_a_neuron_that_fires_whenever_it_may(t_ref, steps, n):
    """Too little room would be memory overwritten; with the compiler off it is an IndexError."""
    spikes = simulate_lif(np.full((steps, n), 1e6), LIF(t_ref=t_ref)).spikes
    hold = max(1, round(t_ref / 0.1)) if t_ref else 0
    assert spikes.n_spikes == n * math.ceil(steps / (hold + 1))


@pytest.mark.parametrize("t_ref", [101.0, 9.3e17, 1e20, 1e300])
def test_a_refractory_time_beyond_the_end_allows_one_spike(t_ref):
    """Some of these are more steps than a whole number can hold."""
    assert simulate_lif(np.full(1000, 1e6), LIF(t_ref=t_ref)).spikes.n_spikes == 1
    assert simulate_lif(np.full((1000, 2), 1e6), LIF(t_ref=t_ref)).spikes.n_spikes == 2
    assert simulate_lif_exact([1e6], LIF(t_ref=t_ref), dt=100.0).n_spikes == 1


@pytest.mark.parametrize("neuron", [*NEURONS, LIF(v_reset=-50.1, t_ref=0.0)])
@pytest.mark.parametrize("strength", [1.0, 5.0, 30.0])
def test_the_room_for_exact_spikes_is_enough(neuron, strength):
    """Asked with room for one spike, the kernel says how many there are."""
    i = np.random.default_rng(4).uniform(-0.5, 1.0, (50, 3)) * strength
    count = module.run_exact(i, np.empty(1), np.empty(1, np.int32), neuron.v_rest, *neuron, 5.0)
    assert count > 0
    assert simulate_lif_exact(i, neuron, dt=5.0, v_start=neuron.v_rest).n_spikes == count


def test_many_neurons_are_single_neurons_side_by_side():
    """The wide kernel has its own loop; it must not have its own result."""
    i = np.random.default_rng(5).uniform(-0.2, 0.8, (3000, 7))
    many = simulate_lif(i)
    assert np.all(np.diff(many.spikes.times) >= 0)
    for k in range(7):
        one = simulate_lif(i[:, k])
        assert one.v.shape == (3000,)
        assert np.array_equal(many.v[:, k], one.v)
        assert np.array_equal(many.spikes[k], one.spikes[0])
    assert simulate_lif(i[:, :1]).v.shape == (3000, 1)


def test_a_current_per_piece_and_per_step_give_the_same_exact_times():
    pieces = np.random.default_rng(7).uniform(0, 0.6, 30)
    once = simulate_lif_exact(pieces, dt=10.0)
    cut = simulate_lif_exact(np.repeat(pieces, 100), dt=0.1)
    assert once.n_spikes > 10
    assert cut.times == pytest.approx(once.times, abs=1e-9)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run_one, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).uniform(0, 0.6, 2000)
    results = []
    for run in (module.run_one, module.run_one.py_func):
        v, times = np.empty(2000), np.empty(2000)
        count, _ = run(i, v, times, module.State(-65.0, 0), *LIF(), 0.1)
        results.append((v, times[:count]))
    assert np.array_equal(results[0][1], results[1][1])
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-12, abs=0)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_lif(np.full(shape, 0.3))
    assert run.v.shape == shape
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)
    assert simulate_lif_exact(np.full(shape, 0.3)).n_units == run.spikes.n_units


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_lif([0.1], dt=0), "dt must be positive and finite, got 0"),
        (lambda: simulate_lif([0.1], dt=np.inf), "dt must be positive and finite, got inf"),
        (lambda: simulate_lif([0.1, np.nan]), r"i must be finite, got nan at \[1\]"),
        (lambda: simulate_lif(0.1), r"i must have shape \(steps,\) or \(steps, n\), got \(\)"),
        (lambda: simulate_lif(np.zeros((2, 2, 2))), r"i must have shape .* got \(2, 2, 2\)"),
        (lambda: simulate_lif([0.1], LIF(tau_m=-1)), "tau_m must be positive and finite, got -1"),
        (lambda: simulate_lif([0.1], LIF(v_th=-80)), r"v_reset must be below v_th \(-80 mV\), got -65"),
        (lambda: simulate_lif([0.1], LIF(t_ref=-2)), "t_ref must be zero or positive, and finite, got -2"),
        (lambda: simulate_lif([0.1], v_start=-40), r"v_start must not be above v_th \(-50 mV\), got -40"),
        (lambda: lif_rate(np.nan), "i must be finite, got nan$"),
        (lambda: simulate_lif([0.1], LIF(tau_m=10**400)), "tau_m must be positive and finite, got inf"),
        (
            lambda: simulate_lif([0.1] * 9, dt=1e308),
            "dt times the number of steps must be .* finite, got inf",
        ),
        (lambda: simulate_lif_exact([1e6], LIF(t_ref=0), 1e3), r"spikes must be at most 1e\+08, got about 3"),
        (lambda: simulate_lif_exact([1e300], LIF(t_ref=0)), r"spikes must be at most 1e\+08, got about 3"),
        (lambda: simulate_lif_exact([1e300], LIF(t_ref=1e-300)), r"spikes must be at most 1e\+08"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_lif("abc"), "i must be an array of numbers of shape .*, got a str"),
        (lambda: simulate_lif([0.1], dt="0.1"), "dt must be a number, got str"),
        (lambda: simulate_lif([0.1], (20.0, 100.0)), "neuron must be a LIF, got tuple"),
        (lambda: simulate_lif([1j]), "i must be an array of numbers"),
    ],
)
def test_a_wrong_type_is_named(call, sentence):
    with pytest.raises(TypeError, match=sentence):
        call()
