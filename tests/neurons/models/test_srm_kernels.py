"""The spike response model with any kernels against the form with exponentials, and against its formula."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    SRM,
    SRMKernels,
    exponential_psp,
    simulate_srm0,
    simulate_srm0_kernels,
    simulate_srm_cumulative,
    simulate_srm_cumulative_kernels,
)

BOTH = {
    "cumulative": (simulate_srm_cumulative_kernels, simulate_srm_cumulative),
    "SRM0": (simulate_srm0_kernels, simulate_srm0),
}


def exponentials(dt, **changes):
    s = np.arange(0, 400, dt)
    eta = -15 * np.exp(-s / 20)
    return SRMKernels(eta, exponential_psp(s, 20.0, 5.0), 5 * np.exp(-s / 20), dt=dt)._replace(**changes)


def trains(seed=6):
    """60 inputs at whole ms."""
    return Spikes(np.sort(np.round(np.random.default_rng(seed).uniform(0, 300.0, 60))), duration=300.0)


@pytest.mark.parametrize("form", BOTH)
def test_spike_times_converge_in_first_order(form):
    grid, exact = BOTH[form]
    errors = {0.1: [], 0.01: []}
    for seed in range(12):  # one spike is late by a random part of a step: the mean of many is not
        inputs = trains(seed)
        right = exact(inputs, [3.6], dt=1.0).spikes.times
        for dt, found in errors.items():
            times = grid(inputs, [3.6], exponentials(dt)).spikes.times
            assert times.size == right.size
            found.extend(np.abs(times - right))
    assert len(errors[0.1]) > 50
    assert np.mean(errors[0.1]) / np.mean(errors[0.01]) == pytest.approx(10.0, rel=0.2)


@pytest.mark.parametrize("form", BOTH)
def test_below_the_threshold_the_potential_is_exact(form):
    grid, exact = BOTH[form]
    inputs = trains()
    slow = exact(inputs, [3.0], SRM(v_th=1e6), dt=0.5).v
    assert grid(inputs, [3.0], exponentials(0.5, v_th=1e6)).v == pytest.approx(slow, abs=1e-10)


@pytest.mark.equation("srm-current")
def test_a_current_is_filtered_by_kappa_in_second_order():
    i, silent = np.sin(np.arange(300) / 9.0), Spikes([], duration=300)
    errors = []
    for dt in (0.5, 0.25):
        fine = np.repeat(i, round(1 / dt))
        at = exponentials(dt, v_th=1e6)
        v = simulate_srm0_kernels(silent, [1.0], at, i=fine).v
        errors.append(np.abs(v - simulate_srm0(silent, [1.0], SRM(v_th=1e6), i=fine, dt=dt).v).max())
    assert errors[0] / errors[1] == pytest.approx(4.0, rel=0.05)


@pytest.mark.parametrize("form", BOTH)
def test_kernels_of_any_shape_follow_the_formula(form):
    """η, ε and their ends without a shape: the sum, term by term."""
    rng = np.random.default_rng(2)
    neuron = SRMKernels(-8 - rng.random(70), rng.random(40), dt=1.0, v_rest=-10.0, v_th=4.0)
    inputs, w = trains(), np.array([6.0])
    run = BOTH[form][0](inputs, w, neuron)
    own, at = np.rint(run.spikes.times).astype(int), np.rint(inputs.times).astype(int)
    assert own.size > 8
    for t in range(1, 301):
        counted = own[own <= t][0 if form == "cumulative" else -1 :] if np.any(own <= t) else []
        u = -10.0 + sum(6.0 * neuron.epsilon[t - a] for a in at if 0 <= t - a < 40)
        u += sum(neuron.eta[t - f] for f in counted if t - f < 70)
        assert run.v[t - 1] == pytest.approx(u, abs=1e-11)


@pytest.mark.parametrize("form", BOTH)
def test_refractory_time_and_upward_crossings(form):
    hold = exponentials(0.1, t_ref=6.0)
    run = BOTH[form][0](trains(), [12.0], hold)
    gaps = np.diff(run.spikes.times)
    assert gaps.size > 5 and gaps.min() >= 6.0
    assert np.isneginf(run.v).sum() == pytest.approx(60 * run.spikes.n_spikes, abs=60)


def test_an_after_depolarisation_above_the_threshold_is_no_second_spike():
    s = np.arange(0, 200, 0.1)
    bump = SRMKernels(np.where(s < 5, 20.0, -20.0 * np.exp(-s / 20)), exponential_psp(s, 20.0, 5.0))
    for grid, _ in BOTH.values():
        run = grid(Spikes([10.0], duration=100), [40.0], bump)
        assert run.spikes.n_spikes == 1
        assert run.v[int(run.spikes.times[0] * 10) + 20] > bump.v_th


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        ({"eta": [np.nan]}, ValueError, r"eta must be finite, got nan at \[0\]"),
        ({"epsilon": [[1.0]]}, ValueError, r"epsilon must have shape \(values,\)"),
        ({"kappa": "x"}, TypeError, "kappa must be an array of numbers"),
        ({"dt": 0}, ValueError, "dt must be positive and finite, got 0"),
        ({"t_ref": -1}, ValueError, "t_ref must be zero or positive, and finite, got -1"),
        ({"v_rest": -40}, ValueError, r"v_rest must be below v_th \(-50 mV\), got -40"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, error, sentence):
    with pytest.raises(error, match=sentence):
        simulate_srm0_kernels(Spikes([], duration=10), [1.0], SRMKernels([0.0], [1.0])._replace(**change))


def test_a_neuron_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="neuron must be an SRMKernels, got SRM"):
        simulate_srm_cumulative_kernels(Spikes([], duration=10), [1.0], SRM())
