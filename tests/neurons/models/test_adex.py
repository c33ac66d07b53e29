"""The AdEx neuron: its equations, its order, its limits in closed form, and the patterns it is known for."""

import math

import numpy as np
import pytest

from snnlab.neurons import (
    FIRING_PATTERNS,
    LIF,
    AdEx,
    adaptation,
    adex_rheobase,
    burst_sizes,
    simulate_adex,
    simulate_lif,
)
from snnlab.neurons.models import adex as module

NEURONS = [AdEx(), AdEx(tau_m=20.0, r_m=500.0, a=-0.001, b=0.01, v_reset=-55.0, tau_w=30.0, delta_th=1.0)]


@pytest.mark.parametrize("neuron", NEURONS)
@pytest.mark.equation("adex-membrane")
@pytest.mark.parametrize(("v", "w"), [(-75.0, 0.05), (-55.0, -0.1), (-47.0, 0.3)])
def test_the_slopes_are_the_right_hand_sides_of_the_equations(neuron, v, w):
    i, p = 0.4, neuron
    upswing = p.delta_th * math.exp((v - p.v_th) / p.delta_th)
    slope_v = (-(v - p.v_rest) + upswing - p.r_m * w + p.r_m * i) / p.tau_m
    slope_w = (p.a * (v - p.v_rest) - w) / p.tau_w
    for dt, error in ((1e-4, 1e-2), (1e-5, 1e-3)):
        numbers = (p.tau_m, p.r_m, p.v_rest, p.v_th, p.delta_th, p.v_peak, p.tau_w, p.a)
        after_v, after_w = module.step(v, w, i, *numbers, dt)
        assert (after_v - v) / dt == pytest.approx(slope_v, rel=error)
        assert (after_w - w) / dt == pytest.approx(slope_w, rel=error)


def test_below_the_threshold_the_order_is_four():
    """A staircase of currents that keeps the neuron silent; halving the step divides the error by 16."""
    i = np.random.default_rng(0).uniform(-0.3, 0.9, 40) * adex_rheobase()
    fine = simulate_adex(np.repeat(i, 800), dt=0.01)
    assert fine.spikes.n_spikes == 0
    errors = []
    for per_piece in (4, 8, 16):
        run = simulate_adex(np.repeat(i, per_piece), dt=8.0 / per_piece)
        at = slice(per_piece - 1, None, per_piece)
        errors.append((abs(run.v[at] - fine.v[799::800]).max(), abs(run.w[at] - fine.w[799::800]).max()))
    orders = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.all(abs(orders - 4) < 0.4)


def test_spike_times_converge_in_first_order():
    neuron, i = FIRING_PATTERNS["adapting"]
    exact = simulate_adex(np.full(150_000, i), neuron, 0.002).spikes.times
    late = []
    for dt in (0.2, 0.1, 0.05):
        times = simulate_adex(np.full(round(300 / dt), i), neuron, dt).spikes.times
        assert times.size == exact.size == 8
        late.append(times - exact)
        assert np.all(late[-1] > -0.003) and np.all(late[-1] < dt * np.arange(1, 9))
    assert np.log2(late[0].mean() / late[2].mean()) / 2 == pytest.approx(1.0, abs=0.25)  # first order


def test_without_adaptation_and_softness_it_is_the_lif_neuron():
    """The distance falls as the slope factor; the peak lies ten slope factors above the threshold."""
    lif = LIF(tau_m=20.0, r_m=100.0, v_reset=-68.0, t_ref=0.0)
    i = np.repeat(np.random.default_rng(1).uniform(0.0, 0.4, 30), 2000)
    hard = simulate_lif(i, lif, 0.005)
    assert hard.spikes.n_spikes == 10
    first = round(hard.spikes.times[0] / 0.005) - 100
    late, off = [], []
    for softness in (0.08, 0.04, 0.02):
        peak = lif.v_th + 10 * softness
        adex = AdEx(20.0, 100.0, lif.v_rest, lif.v_reset, lif.v_th, softness, peak, 100.0, 0.0, 0.0)
        soft = simulate_adex(i, adex, 0.005)
        late.append((soft.spikes.times - hard.spikes.times).mean())
        off.append(abs(soft.v[:first] - hard.v[:first]).max())
    assert late[0] / late[1] == pytest.approx(2, rel=0.2) and late[1] / late[2] == pytest.approx(2, rel=0.1)
    assert 0 < late[2] < 0.5 and off[0] > 10 * off[1] > 100 * off[2]  # before a spike even faster


@pytest.mark.parametrize("neuron", [AdEx(a=0.0), AdEx(a=0.0, tau_m=20.0, r_m=80.0, delta_th=3.0, b=0.3)])
def test_without_adaptation_the_rheobase_is_that_of_the_exponential_neuron(neuron):
    rheobase = adex_rheobase(neuron)
    assert rheobase == pytest.approx((neuron.v_th - neuron.v_rest - neuron.delta_th) / neuron.r_m)
    for factor, fires in ((0.999, False), (1.001, True)):
        assert bool(simulate_adex(np.full(30_000, factor * rheobase), neuron).spikes) == fires


@pytest.mark.parametrize("name", ["tonic", "initial burst", "transient"])
def test_a_slow_current_makes_it_fire_at_the_rheobase(name):
    """The first has its saddle-node as b is 0 and R a is small, the others lose their rest by oscillating."""
    neuron = FIRING_PATTERNS[name].neuron
    ramp = np.linspace(0.0, 1.03, 100_000) * adex_rheobase(neuron)
    times = simulate_adex(ramp, neuron).spikes.times
    assert times.size > 0
    assert 0.98 * adex_rheobase(neuron) < ramp[round(times[0] / 0.1) - 1]
    assert simulate_adex(0.97 / 1.03 * ramp, neuron).spikes.n_spikes == 0


def test_at_the_rheobase_the_fixed_point_vanishes_or_loses_its_stability():
    """Numerically, from the Jacobian of the equations, for both cases of the closed form."""
    for a in (-0.02, 0.0, 0.001, 0.004, 0.05):
        p = AdEx(a=a)
        v = np.linspace(p.v_rest, p.v_th + 10, 1_000_001)
        upswing = np.exp((v - p.v_th) / p.delta_th)
        i = (v - p.v_rest - p.delta_th * upswing) / p.r_m + a * (v - p.v_rest)  # where v and w stand still
        j11, j22 = (upswing - 1) / p.tau_m, -1 / p.tau_w
        trace, determinant = j11 + j22, j11 * j22 + p.r_m * a / (p.tau_m * p.tau_w)
        stable = (trace < 0) & (determinant > 0)
        last = int(np.argmin(stable))  # the first that is not
        assert adex_rheobase(p) == pytest.approx(i[last], rel=1e-6)


def test_without_a_resting_state_there_is_no_rheobase():
    assert math.isnan(adex_rheobase(AdEx(r_m=100.0, a=-0.01)))
    assert math.isnan(adex_rheobase(FIRING_PATTERNS["delayed bursting"].neuron))


# What each pattern is known for, as a condition on the spike times of half a second of its current.
SIGNATURES = {
    "tonic": lambda t: t.size > 40 and abs(adaptation(t) - 1) < 0.1,
    "adapting": lambda t: np.all(np.diff(np.diff(t)[:7]) > 0) and 5 < adaptation(t) < 8,
    "initial burst": lambda t: list(burst_sizes(t)) == [3] + [1] * (t.size - 3),
    "bursting": lambda t: burst_sizes(t)[0] == 3 and set(burst_sizes(t)[1:-1]) == {2},
    "accelerating": lambda t: t[0] > 30 and np.all(np.diff(np.diff(t)) < 0.11) and adaptation(t) < 0.7,
    "delayed bursting": lambda t: t[0] > 50 and set(burst_sizes(t)[:-1]) == {4},
    "transient": lambda t: t.size == 1,
    "irregular": lambda t: len(set(np.round(np.diff(t)))) > 12,
}


@pytest.mark.parametrize("name", FIRING_PATTERNS)
def test_each_pattern_has_its_signature(name):
    neuron, i = FIRING_PATTERNS[name]
    times = simulate_adex(np.full(10_000, i), neuron, 0.05).spikes.times
    assert SIGNATURES[name](times), (name, times)


def test_many_neurons_are_single_neurons_side_by_side():
    i = np.random.default_rng(5).uniform(0.2, 1.6, (3000, 5))
    many = simulate_adex(i)
    assert many.spikes.n_spikes > 5 and np.all(np.diff(many.spikes.times) >= 0)
    for k in range(5):
        one = simulate_adex(i[:, k])
        assert np.array_equal(many.v[:, k], one.v) and np.array_equal(many.w[:, k], one.w)
        assert np.array_equal(many.spikes[k], one.spikes[0])


def test_each_neuron_may_have_its_own_numbers():
    patterns = [FIRING_PATTERNS["tonic"], FIRING_PATTERNS["bursting"]]
    both = AdEx(*(np.array(pair) for pair in zip(*(p.neuron for p in patterns), strict=True)))
    run = simulate_adex(np.tile([p.i for p in patterns], (3000, 1)), both)
    for k, (neuron, i) in enumerate(patterns):
        assert np.array_equal(run.spikes[k], simulate_adex(np.full(3000, i), neuron).spikes.times)


@pytest.mark.parametrize("n", [1, 3])
def test_there_is_room_for_a_spike_in_every_step(n):
    assert simulate_adex(np.full((50, n), 1e9)).spikes.n_spikes == 50 * n


def test_v_stays_below_the_peak_and_is_the_reset_where_it_fired():
    run = simulate_adex(np.full(5000, 1.5))
    at = np.rint(run.spikes.times / 0.1).astype(int) - 1
    assert at.size > 5 and np.all(run.v[at] == AdEx().v_reset) and run.v.max() <= AdEx().v_peak
    assert np.all(run.w[at] > run.w[at - 1])


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).uniform(0.3, 1.4, (400, 2))
    results = []
    for run in (module.run, module.run.py_func):
        v, w, times, units = np.empty((400, 2)), np.empty((400, 2)), np.empty(800), np.empty(800, np.int64)
        count = run(i, v, w, times, units, module.State(np.full(2, -70.6), np.zeros(2)), *AdEx(), 0.1)
        results.append((v, w, times[:count], units[:count]))
    assert results[0][2].size > 0
    for compiled, plain in zip(*results, strict=True):
        assert compiled == pytest.approx(plain, rel=1e-9, abs=0)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_adex(np.full(shape, 0.3))
    assert run.v.shape == run.w.shape == shape
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_adex([0.1], dt=0), "dt must be positive and finite, got 0"),
        (
            lambda: simulate_adex([0.1], dt=20),
            r"dt must be at most 16.2 ms for the time constants given, got 20",
        ),
        (lambda: simulate_adex([0.1], AdEx(1e-250, tau_w=1e-250)), "dt must be at most .* ms for the time"),
        (lambda: simulate_adex([np.nan]), r"i must be finite, got nan at \[0\]"),
        (lambda: simulate_adex([0.1], AdEx(tau_w=0)), "tau_w must be positive and finite, got 0"),
        (lambda: simulate_adex([0.1], AdEx(delta_th=-1)), "delta_th must be positive and finite, got -1"),
        (lambda: simulate_adex([0.1], AdEx(v_reset=30)), r"v_peak must be above v_reset \(30 mV\), got 20"),
        (
            lambda: simulate_adex([0.1], AdEx(delta_th=0.1)),
            r"v_peak must be at most 600 times delta_th above v_th \(9.6 mV\), got 20",
        ),
        (lambda: simulate_adex([0.1], v_start=40), r"v_start must not be above v_peak \(20 mV\), got 40"),
        (lambda: simulate_adex([-1e308] * 9), "i and the numbers of the neuron must be smaller"),
        (lambda: simulate_adex([[0.1]], AdEx(a=[np.inf])), r"a must be finite, got inf \(neuron 0\)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_another_neuron_is_refused():
    with pytest.raises(TypeError, match="neuron must be an AdEx, got LIF"):
        simulate_adex([0.1], LIF())
