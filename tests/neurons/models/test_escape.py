"""Escape noise against its survivor function, its limit, and the numbers that are drawn."""

import math

import numpy as np
import pytest

from snnlab.neurons import LIF, EscapeLIF, escape_rate, simulate_escape_lif, simulate_lif
from snnlab.neurons.models import escape as module
from snnlab.random import seed_from, uniform


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.equation("escape-hazard")
def test_the_hazard_is_the_exponential_and_grows_by_e_every_delta():
    neuron = EscapeLIF(rho_0=40.0, delta=3.0, v_th=-52.0)
    v = np.linspace(-80.0, -40.0, 81)
    assert escape_rate(v, neuron) == pytest.approx(40.0 * np.exp((v + 52.0) / 3.0), rel=1e-12, abs=0)
    assert escape_rate(neuron.v_th, neuron) == 40.0
    assert escape_rate(v + 3.0, neuron) / escape_rate(v, neuron) == pytest.approx(math.e, rel=1e-12, abs=0)
    assert np.isfinite(escape_rate(1e6, EscapeLIF(delta=1e-6)))


@pytest.mark.equation("escape-probability")
@pytest.mark.parametrize("dt", [0.01, 0.1, 2.0])
def test_the_probability_is_that_of_a_constant_hazard_for_a_step(dt):
    """The step returns the potential of the LIF neuron, and 1 − exp(−ρ Δt) at that potential."""
    neuron = EscapeLIF(delta=1.5, rho_0=300.0, v_rest=-60.0)
    decay = math.exp(-dt / neuron.tau_m)
    for v0 in (-70.0, -51.0, -45.0):
        escapes = neuron.rho_0 * dt / 1000.0
        v, p = module.step(v0, 0.12, decay, neuron.v_rest, neuron.r_m, neuron.v_th, neuron.delta, escapes)
        expected = -60.0 + 12.0 + (v0 + 60.0 - 12.0) * math.exp(-dt / 20.0)
        assert v == pytest.approx(expected, rel=1e-13, abs=0)
        rate = float(escape_rate(expected, neuron)) / 1000.0
        assert p == pytest.approx(-math.expm1(-rate * dt), rel=1e-12, abs=0)  # 1 - exp cancels
    assert module.step(0.0, 0.0, 1.0, -60.0, 1.0, -50.0, 1e-3, 1.0)[1] == 1.0  # no overflow


def first_spikes(neuron, i, dt, n, duration):
    spikes = simulate_escape_lif(np.full((round(duration / dt), n), i), neuron, dt, rng=rng()).spikes
    return np.array([train[0] if train.size else np.inf for train in spikes])


@pytest.mark.equation("escape-survivor")
@pytest.mark.parametrize("neuron", [EscapeLIF(), EscapeLIF(tau_m=8.0, delta=5.0, rho_0=20.0, v_th=-53.0)])
def test_the_first_spikes_follow_the_survivor_function(neuron):
    """The product of (1 − p) over the steps, from potentials in closed form, within four standard errors."""
    i, dt, n = 0.14, 0.5, 8000
    t = dt * np.arange(1, 201)
    v = neuron.v_rest + neuron.r_m * i * -np.expm1(-t / neuron.tau_m)
    survivor = np.exp(-np.cumsum(escape_rate(v, neuron) / 1000.0) * dt)
    first = first_spikes(neuron, i, dt, n, 100.0)
    seen = (first[:, None] > t + dt / 2).mean(axis=0)
    error = np.sqrt(survivor * (1 - survivor) / n) + 0.5 / n
    assert survivor[-1] < 0.5 and np.all(np.abs(seen - survivor) < 4 * error)


@pytest.mark.equation("escape-survivor")
def test_the_survivor_of_the_steps_tends_to_the_integral_in_first_order():
    """With v̇ constant in e^v: for τ_m → ∞ and a steady drive the integral has a closed form."""
    neuron = EscapeLIF(tau_m=1e9, r_m=1e9, delta=2.0)  # v grows by 1 mV/ms for 1 nA
    errors = []
    for dt in (0.4, 0.04, 0.004):
        steps = round(16.0 / dt)
        quiet = simulate_lif(np.ones(steps), LIF(tau_m=1e9, r_m=1e9, v_th=0.0), dt).v
        log_survivor = -np.sum(escape_rate(quiet, neuron) / 1000.0) * dt
        exact = -0.1 * 2.0 * (math.exp(1.0 / 2.0) - math.exp(-15.0 / 2.0))  # from −65 to −49 mV
        errors.append(abs(log_survivor - exact))
    assert np.diff(np.log10(errors)) == pytest.approx([-1, -1], abs=0.05)


def test_at_a_constant_potential_the_intervals_are_those_of_a_dead_time_and_an_exponential():
    """A membrane that is at its goal at once: t_ref, and then steps with the law of the coin that is p."""
    neuron = EscapeLIF(tau_m=1e-3, t_ref=3.0, rho_0=50.0, delta=4.0)
    dt, i = 0.05, 0.13
    gaps = np.diff(simulate_escape_lif(np.full(4_000_000, i), neuron, dt, rng=rng()).spikes.times)
    p = -math.expm1(-float(escape_rate(-52.0, neuron)) * dt / 1000.0)
    mean, std = 3.0 + dt / p, dt * math.sqrt(1 - p) / p
    assert gaps.mean() == pytest.approx(mean, abs=4 * std / math.sqrt(gaps.size))
    assert gaps.std() == pytest.approx(
        std, rel=4 * math.sqrt(2 / gaps.size)
    )  # Var of the variance of an exponential
    assert gaps.min() >= 3.0 + dt - 1e-9


def test_without_softness_it_is_the_lif_neuron():
    """Potentials within 700 Δ of the threshold would be left to chance: none of these is."""
    i = np.random.default_rng(1).uniform(-0.2, 0.9, (3000, 3))
    hard = simulate_lif(i, LIF(v_reset=-58.0))
    soft = simulate_escape_lif(i, EscapeLIF(v_reset=-58.0, delta=1e-9), rng=rng())
    assert hard.spikes.n_spikes > 50 and np.abs(hard.v + 50.0).min() > 700e-9
    assert soft.spikes == hard.spikes and np.allclose(soft.v, hard.v, rtol=1e-12, atol=0)


def test_the_softer_the_threshold_the_wider_the_scatter():
    """Around the first spike of the LIF neuron, over 500 repetitions; in the limit all fall into its step."""
    i = np.full((300, 500), 0.3)
    exact = simulate_lif(i[:, 0]).spikes.times[0]
    scatter = []
    for delta in (2.0, 0.2, 0.02, 1e-9):
        spikes = simulate_escape_lif(i, EscapeLIF(delta=delta, rho_0=1e4), rng=rng()).spikes
        scatter.append(np.sqrt(np.mean([(train[0] - exact) ** 2 for train in spikes])))
    assert scatter[0] > 3 * scatter[1] and scatter[1] > scatter[2] > scatter[3]
    assert scatter[3] < 1e-9


def test_a_spike_falls_where_the_number_drawn_says():
    """Random number t of stream k decides step t of column k, so a kernel elsewhere can draw the same."""
    seed = seed_from(rng(5))
    run = simulate_escape_lif(np.full((3000, 3), 0.12), EscapeLIF(delta=6.0, t_ref=0.0), rng=rng(5))
    assert run.spikes.n_spikes > 20
    decay = math.exp(-0.1 / 20.0)
    for k in range(3):
        v, times = -65.0, []
        for t in range(3000):
            v, p = decay * v + (1 - decay) * -53.0, 0.0
            p = 1 - math.exp(-0.01 * math.exp((v + 50.0) / 6.0))
            if uniform(seed, np.uint64(k), np.uint64(t)) < p:
                v = -65.0
                times.append((t + 1) * 0.1)
        assert run.spikes[k] == pytest.approx(times, abs=1e-9)


def test_columns_are_repetitions_and_neurons_may_differ():
    i = np.full(2000, 0.16)
    two = simulate_escape_lif(np.stack([i, i], axis=1), rng=rng())
    assert two.v.shape == (2000, 2) and not np.array_equal(two.spikes[0], two.spikes[1])
    assert simulate_escape_lif(i, rng=rng()).spikes == two.spikes[[0]]
    each = simulate_escape_lif(np.stack([i, i], axis=1), EscapeLIF(v_th=[-50.0, -30.0]), rng=rng())
    assert each.spikes[0].size > 3 and each.spikes[1].size == 0
    assert simulate_escape_lif(np.zeros((0, 2)), rng=rng()).v.shape == (0, 2)
    assert simulate_escape_lif(np.zeros((5, 0)), rng=rng()).spikes.n_units == 0


def test_the_refractory_time_holds_it_at_reset_for_whole_steps():
    neuron, dt = EscapeLIF(v_reset=-70.0, t_ref=1.0), 0.25
    run = simulate_escape_lif(np.full(2000, 0.4), neuron, dt, rng=rng())
    for time in run.spikes.times[:-1]:
        k = round(time / dt) - 1
        assert np.all(run.v[k : k + 5] == -70.0) and run.v[k + 5] > -70.0
    assert run.spikes.n_spikes > 10


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i, seed = np.full(600, 0.25), np.uint64(7)
    results = []
    for run in (module.run, module.run.py_func):
        v, times = np.empty(600), np.empty(600)
        state = module.State(-65.0, 0, seed, 0)
        count, _ = run(i, v, times, state, *EscapeLIF(), 0.1, np.uint64(2))
        results.append((v, times[:count]))
    assert results[0][1].size > 0 and np.array_equal(results[0][1], results[1][1])
    assert results[0][0] == pytest.approx(results[1][0], rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (
            lambda: simulate_escape_lif([0.1], EscapeLIF(delta=0.0), rng=rng()),
            ValueError,
            "delta must be positive",
        ),
        (
            lambda: simulate_escape_lif([0.1], EscapeLIF(rho_0=-1.0), rng=rng()),
            ValueError,
            "rho_0 must be positive",
        ),
        (lambda: simulate_escape_lif([0.1], rng=3), TypeError, "rng must be a numpy.random.Generator"),
        (
            lambda: simulate_escape_lif([0.1], LIF(), rng=rng()),
            TypeError,
            "neuron must be an EscapeLIF, got LIF",
        ),
        (lambda: escape_rate([np.nan]), ValueError, r"v must be finite, got nan at \[0\]"),
        (lambda: escape_rate(0.0, EscapeLIF(v_reset=-40.0)), ValueError, "v_reset must be below v_th"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()
