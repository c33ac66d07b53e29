"""The LIF neuron with an adaptive threshold against closed forms and against the LIF neuron."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.neurons import (
    LIF,
    SRM,
    AdaptiveLIF,
    adaptive_lif_rate,
    lif_rate,
    simulate_adaptive_lif,
    simulate_adaptive_lif_exact,
    simulate_lif,
    simulate_srm0,
    simulate_srm_last_spike,
)
from snnlab.neurons.models import adaptive_lif as module

NEURONS = [
    AdaptiveLIF(),
    AdaptiveLIF(
        tau_m=7.0, r_m=40.0, v_rest=-70.0, v_reset=-75.0, v_th=-52.0, t_ref=0.0, beta=5.0, tau_a=60.0
    ),
    AdaptiveLIF(v_reset=-49.0, beta=3.0, tau_a=15.0),  # reset above v_th, the threshold faster than v
]


def rheobase(neuron):
    return (neuron.v_th - neuron.v_rest) / neuron.r_m


@pytest.mark.equation("adaptive-threshold")
@pytest.mark.parametrize("neuron", NEURONS)
def test_the_slopes_are_the_right_hand_sides_of_the_equations(neuron):
    """Over a step, both change by Δt times their right-hand side, and the error of that falls as Δt."""
    v, a, i = neuron.v_rest + 3.0, 2.5, 0.1
    slopes = np.array([(-(v - neuron.v_rest) + neuron.r_m * i) / neuron.tau_m, -a / neuron.tau_a])
    errors = []
    for dt in (0.1, 0.01, 0.001):
        decays = math.exp(-dt / neuron.tau_m), math.exp(-dt / neuron.tau_a)
        after = module.step(v, a, i, *decays, neuron.v_rest, neuron.r_m)
        errors.append(np.abs((np.array(after) - (v, a)) / dt - slopes))
    assert np.all(errors[-1] < 1e-3 * np.abs(slopes))
    assert np.diff(np.log10(errors), axis=0) == pytest.approx(-np.ones((2, 2)), abs=0.02)


@pytest.mark.equation("adaptive-threshold")
@pytest.mark.parametrize("neuron", NEURONS)
def test_the_threshold_is_the_sum_of_what_the_spikes_left(neuron):
    """a(t) = β Σ exp(−(t − t_f)/τ_a) over all spikes so far, in refractory steps too."""
    dt = 0.1
    run = simulate_adaptive_lif(np.full(4000, 3.0 * rheobase(neuron)), neuron, dt)
    t = dt * np.arange(1, 4001)
    passed = t[:, None] - run.spikes.times
    left = np.where(passed > -dt / 2, np.exp(-np.maximum(passed, 0.0) / neuron.tau_a), 0.0)
    assert run.spikes.n_spikes > 5
    assert run.a == pytest.approx(neuron.beta * left.sum(axis=1), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("neuron", NEURONS)
def test_it_fires_in_the_first_step_that_ends_above_the_threshold(neuron):
    """The potential before the reset is computed here, from the values one step earlier."""
    dt, i = 0.1, 4.0 * rheobase(neuron)
    run = simulate_adaptive_lif(np.full(5000, i), neuron, dt)
    decay = math.exp(-dt / neuron.tau_m)
    fired = np.zeros(5000, bool)
    fired[np.rint(run.spikes.times / dt).astype(int) - 1] = True
    held = np.zeros(5000, bool)
    for k in np.flatnonzero(fired):
        held[k + 1 : k + 1 + round(neuron.t_ref / dt)] = True
    v, a = np.append(neuron.v_rest, run.v[:-1]), np.append(0.0, run.a[:-1])
    v = decay * v + (1 - decay) * (neuron.v_rest + neuron.r_m * i)
    above = v > neuron.v_th + math.exp(-dt / neuron.tau_a) * a
    assert fired.sum() > 10
    assert np.array_equal(fired, above & ~held)
    assert np.all(run.v[fired | held] == neuron.v_reset)


@pytest.mark.parametrize("tau_a", [5.0, 20.0, 300.0])
def test_without_a_jump_it_is_the_lif_neuron(tau_a):
    i = np.random.default_rng(1).uniform(-0.2, 0.9, (3000, 4))
    plain = simulate_lif(i, LIF(v_reset=-58.0))
    run = simulate_adaptive_lif(i, AdaptiveLIF(v_reset=-58.0, beta=0.0, tau_a=tau_a))
    assert plain.spikes.n_spikes > 50
    assert np.array_equal(run.v, plain.v) and run.spikes == plain.spikes and not run.a.any()
    current = np.linspace(0.0, 2.0, 21)
    assert adaptive_lif_rate(current, AdaptiveLIF(beta=0.0)) == pytest.approx(
        lif_rate(current), rel=1e-12, abs=0
    )


@pytest.mark.equation("adaptive-interval")
@pytest.mark.parametrize("neuron", NEURONS)
@pytest.mark.parametrize("factor", [1.02, 1.5, 4.0, 20.0])
def test_the_intervals_settle_at_the_closed_form(neuron, factor):
    """The interval that solves the equation of the module is the one in which a simulation ends."""
    i = factor * rheobase(neuron)
    v_inf, interval = neuron.v_rest + neuron.r_m * i, 1000.0 / float(adaptive_lif_rate(i, neuron))
    v = v_inf + (neuron.v_reset - v_inf) * math.exp(-(interval - neuron.t_ref) / neuron.tau_m)
    theta = neuron.v_th + neuron.beta / (math.exp(interval / neuron.tau_a) - 1.0)
    assert v == pytest.approx(theta, rel=1e-9, abs=0)
    times = simulate_adaptive_lif_exact([i], neuron, dt=60 * interval + 20 * neuron.tau_a).times
    assert np.diff(times)[-5:] == pytest.approx(interval, rel=1e-7)


def test_the_mean_threshold_is_proportional_to_the_rate():
    """Each spike leaves an area β τ_a, so over a steady interval a is β τ_a f on average."""
    neuron, i = AdaptiveLIF(beta=3.0, tau_a=150.0), 0.5
    rate = float(adaptive_lif_rate(i, neuron)) / 1000.0
    run = simulate_adaptive_lif(np.full(400_000, i), neuron, dt=0.01)
    first, last = np.rint(run.spikes.times[[-11, -1]] / 0.01).astype(int)
    assert run.a[first:last].mean() == pytest.approx(neuron.beta * neuron.tau_a * rate, rel=1e-3)


def test_a_threshold_that_sinks_slowly_is_one_that_is_higher():
    """For τ_a → ∞ at fixed β τ_a the threshold hardly moves in an interval: a = β τ_a f, a fixed point."""
    i, errors = 0.4, []
    for tau_a in (1e3, 1e4, 1e5):
        neuron = AdaptiveLIF(beta=600.0 / tau_a, tau_a=tau_a)
        rate = float(adaptive_lif_rate(i, neuron))
        higher = LIF(v_th=neuron.v_th + 600.0 * rate / 1000.0)
        errors.append(abs(float(lif_rate(i, higher)) / rate - 1))
    assert np.diff(np.log10(errors)) == pytest.approx([-1, -1], abs=0.05)
    assert errors[-1] < 1e-3


def test_the_threshold_of_the_lsnn_is_ours():
    """B = b⁰ + β b with b ← ρ b + (1 − ρ) z, as in Bellec et al. (2018), for the same spikes."""
    dt, beta, tau_a = 1.0, 1.8, 700.0
    rho = math.exp(-dt / tau_a)
    neuron = AdaptiveLIF(beta=beta * (1 - rho) / rho, tau_a=tau_a)
    run = simulate_adaptive_lif(np.full(2000, 0.4), neuron, dt)
    z = np.zeros(2000)
    z[np.rint(run.spikes.times / dt).astype(int) - 1] = 1.0  # the step that ends at the spike
    assert z.sum() > 20
    b, theirs = 0.0, np.empty(1999)
    for t in range(1999):
        b = rho * b + (1 - rho) * z[t]
        theirs[t] = beta * b  # how high their threshold is above b⁰ in step t + 1
    ours = rho * run.a[:-1]  # what v is compared with in step t + 1
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_each_neuron_has_its_own_numbers():
    i = np.random.default_rng(0).uniform(0.2, 0.7, (3000, 3))
    beta, tau_a = np.array([0.0, 2.0, 8.0]), [50.0, 100.0, 300.0]
    run = simulate_adaptive_lif(i, AdaptiveLIF(beta=beta, tau_a=tau_a))
    for k in range(3):
        alone = simulate_adaptive_lif(i[:, k], AdaptiveLIF(beta=beta[k], tau_a=tau_a[k]))
        assert np.array_equal(run.v[:, k], alone.v) and np.array_equal(run.a[:, k], alone.a)
        assert np.array_equal(run.spikes[k], alone.spikes[0])
    assert run.spikes.n_spikes > 30 and np.all(np.diff(run.spikes.times) >= 0)


def test_many_neurons_are_single_neurons_side_by_side():
    i = np.random.default_rng(5).uniform(-0.2, 0.9, (3000, 5))
    many = simulate_adaptive_lif(i)
    for k in range(5):
        one = simulate_adaptive_lif(i[:, k])
        assert np.array_equal(many.v[:, k], one.v) and np.array_equal(many.a[:, k], one.a)
        assert np.array_equal(many.spikes[k], one.spikes[0])


@settings(max_examples=60, deadline=None)
@given(
    tau_m=st.floats(1, 100),
    tau_a=st.floats(1, 500),
    beta=st.floats(0, 20),
    rise=st.floats(1, 40),
    factor=st.floats(-3, 0.9999),
)
def test_silent_below_the_rheobase_and_firing_above(tau_m, tau_a, beta, rise, factor):
    """Adaptation does not move the rheobase: a neuron that has not fired has nothing to remember."""
    neuron = AdaptiveLIF(tau_m, 50.0, -65.0, -65.0, -65.0 + rise, 1.0, beta, tau_a)
    below, above = factor * rise / 50.0, 1.01 * rise / 50.0
    assert simulate_adaptive_lif(np.full(2000, below), neuron, 1.0).spikes.n_spikes == 0
    assert adaptive_lif_rate(below, neuron) == 0
    assert simulate_adaptive_lif(np.full(2000, above), neuron, 1.0).spikes.n_spikes > 0
    assert 0 < adaptive_lif_rate(above, neuron) <= lif_rate(above, LIF(*neuron[:6])) + 1e-9


@pytest.mark.parametrize("t_ref", [0.0, 0.01, 0.15, 0.7, 50.0])
@pytest.mark.parametrize("steps", [1, 3, 101])
@pytest.mark.parametrize("n", [1, 3])
def test_the_room_for_spikes_is_enough_for_a_neuron_that_fires_whenever_it_may(t_ref, steps, n):
    spikes = simulate_adaptive_lif(np.full((steps, n), 1e6), AdaptiveLIF(t_ref=t_ref)).spikes
    hold = max(1, round(t_ref / 0.1)) if t_ref else 0
    assert spikes.n_spikes == n * math.ceil(steps / (hold + 1))


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).uniform(0, 0.6, (2000, 1))
    results = []
    for run in (module.run, module.run.py_func):
        v, a, times, units = (
            np.empty((2000, 1)),
            np.empty((2000, 1)),
            np.empty(2000),
            np.empty(2000, np.int64),
        )
        state = module.State(np.full(1, -65.0), np.zeros(1), np.zeros(1, np.int64))
        count = run(i, v, a, times, units, state, *AdaptiveLIF(), 0.1)
        results.append((v, a, times[:count]))
    assert results[0][2].size > 5 and np.array_equal(results[0][2], results[1][2])
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-12, abs=0)
    assert results[0][1] == pytest.approx(results[1][1], rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda: simulate_adaptive_lif([0.1], dt=0), ValueError, "dt must be positive and finite, got 0"),
        (lambda: simulate_adaptive_lif([np.nan]), ValueError, r"i must be finite, got nan at \[0\]"),
        (lambda: simulate_adaptive_lif(0.1), ValueError, r"i must have shape \(steps,\) or \(steps, n\)"),
        (
            lambda: simulate_adaptive_lif([0.1], AdaptiveLIF(beta=-1.0)),
            ValueError,
            "beta must be zero or positive, and finite, got -1",
        ),
        (
            lambda: simulate_adaptive_lif([0.1], AdaptiveLIF(tau_a=0.0)),
            ValueError,
            "tau_a must be positive and finite, got 0",
        ),
        (
            lambda: adaptive_lif_rate(0.1, AdaptiveLIF(v_reset=-40.0)),
            ValueError,
            r"v_reset must be below v_th \+ beta \(-48 mV\), got -40",
        ),
        (
            lambda: simulate_adaptive_lif([0.1], v_start=-40),
            ValueError,
            r"v_start must not be above v_th \(-50 mV\), got -40",
        ),
        (lambda: simulate_adaptive_lif([0.1], LIF()), TypeError, "neuron must be an AdaptiveLIF, got LIF"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()


def test_a_neuron_that_knows_its_last_spike_only_cannot_slow_down():
    """Last-spike SRM: equal intervals from the first on. SRM₀: they shrink while the input builds up."""
    silence, i = Spikes([], duration=600.0), np.full(6000, 0.25)
    last = np.diff(simulate_srm_last_spike(silence, [0.0], SRM(), i=i).spikes.times)
    zero = np.diff(simulate_srm0(silence, [0.0], SRM(), i=i).spikes.times)
    assert last.size > 20 and last == pytest.approx(np.full(last.size, last[0]), rel=1e-6)
    assert np.all(np.diff(zero) < 1e-6) and zero[0] > zero[1] + 0.1
    assert zero[-5:] == pytest.approx(np.full(5, zero[-1]), rel=1e-6)
    adaptive = np.diff(simulate_adaptive_lif_exact(i, AdaptiveLIF()).times)
    assert np.all(np.diff(adaptive) > 0)
