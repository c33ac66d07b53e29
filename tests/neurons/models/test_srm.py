"""The three forms of the spike response model against the LIF neuron, their own formulas and closed forms."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    LIF,
    SRM,
    SRMKernels,
    exponential_psp,
    simulate_lif_exact,
    simulate_lif_synaptic_exact,
    simulate_srm0,
    simulate_srm0_kernels,
    simulate_srm_cumulative,
    simulate_srm_cumulative_kernels,
    simulate_srm_last_spike,
)
from snnlab.neurons.models.srm_parameters import check_srm

FORMS = {
    "cumulative": simulate_srm_cumulative,
    "last spike": simulate_srm_last_spike,
    "SRM0": simulate_srm0,
}
SILENT = Spikes([], duration=2000.0)


def some_inputs(seed, n=150, duration=500.0):
    rng = np.random.default_rng(seed)
    return Spikes(np.sort(rng.uniform(0, duration, n)), rng.integers(0, 3, n), n_units=3, duration=duration)


def eta_a(s, neuron):
    """What a spike takes back, in the cumulative form and in SRM0."""
    return np.where(s >= 0, -(neuron.v_th - neuron.v_reset) * np.exp(-s / neuron.tau_m), 0.0)


def eta_b(s, neuron):
    """Where the membrane starts after a spike, in the last-spike form."""
    return np.where(s >= 0, (neuron.v_reset - neuron.v_rest) * np.exp(-s / neuron.tau_m), 0.0)


def cut_psp(x, s, neuron):
    """The PSP of an input s ago, of which only what flowed in the last x counts; by its formula."""
    rate = 1 / neuron.tau_s - 1 / neuron.tau_m
    rise = np.exp(np.minimum(x, s) * rate) - 1
    return np.where(s >= 0, np.exp(-s / neuron.tau_s) / (1 - neuron.tau_s / neuron.tau_m) * rise, 0.0)


def potential(form, t, spikes, inputs, w, neuron):
    """u just before time t by the formula of the form."""
    own = spikes[spikes < t]
    s = t - inputs.times
    if form == "last spike":
        x = t - own[-1] if own.size else np.inf
        response = np.where(s >= 0, w[inputs.units] * cut_psp(x, s, neuron), 0.0).sum()
        return neuron.v_rest + response + (eta_b(x, neuron) if own.size else 0.0)
    response = (w[inputs.units] * exponential_psp(s, neuron.tau_m, neuron.tau_s)).sum()
    counted = own if form == "cumulative" else own[-1:]
    return neuron.v_rest + response + eta_a(t - counted, neuron).sum()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.equation("srm-cumulative")
@pytest.mark.equation("srm-last-spike")
@pytest.mark.equation("srm-zero")
@pytest.mark.equation("srm-eta")
@pytest.mark.parametrize("tau_s", [2.0, 7.0])
def test_the_potential_is_what_the_formula_says(form, tau_s):
    neuron = SRM(tau_s=tau_s, v_reset=-68.0)
    inputs, w = some_inputs(3), np.array([4.5, 3.5, -2.0])
    run = FORMS[form](inputs, w, neuron, dt=0.5)
    times = run.spikes.times
    assert times.size > 4
    grid = (np.arange(run.v.size) + 1) * 0.5
    assert run.v == pytest.approx([potential(form, t, times, inputs, w, neuron) for t in grid], abs=1e-9)
    for t in times:  # at the threshold, and from below
        assert potential(form, t, times, inputs, w, neuron) == pytest.approx(neuron.v_th, abs=1e-9)
        assert potential(form, t - 1e-3, times, inputs, w, neuron) < neuron.v_th


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.equation("srm-superposition")
def test_below_the_threshold_responses_add_up(form):
    inputs, w = some_inputs(5), np.array([1.0, -2.0, 3.0])
    neuron = SRM(v_th=1e6)
    run = FORMS[form](inputs, w, neuron, dt=1.0)
    t = np.arange(1.0, 501.0)
    each = w[inputs.units] * exponential_psp(t[:, None] - inputs.times, neuron.tau_m, neuron.tau_s)
    assert run.v - neuron.v_rest == pytest.approx(each.sum(axis=1), abs=1e-10)


def test_superposition_ends_at_the_threshold():
    """Two inputs of weight 9 mV stay below 15 mV, three do not: then the sum is no more what happens."""
    times, w = np.array([10.0, 11.0, 12.0]), [9.0]
    single = [simulate_srm_cumulative(Spikes([t], duration=60), w).v + 65 for t in times]
    two = simulate_srm_cumulative(Spikes(times[:2], duration=60), w)
    three = simulate_srm_cumulative(Spikes(times, duration=60), w)
    assert two.spikes.n_spikes == 0 and three.spikes.n_spikes == 1
    assert two.v + 65 == pytest.approx(sum(single[:2]), abs=1e-11)
    missing = sum(single) - (three.v + 65)
    grid = (np.arange(600) + 1) * 0.1
    assert missing == pytest.approx(-eta_a(grid - three.spikes.times[0], SRM()), abs=1e-9)
    assert missing.max() > 14


@pytest.mark.parametrize("form", ["cumulative", "last spike"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "neuron",
    [
        SRM(tau_s=3.0),
        SRM(tau_s=20.0),
        SRM(tau_s=45.0, v_reset=-75.0),
        SRM(tau_m=6.0, tau_s=6.0001, v_reset=-58.0),
    ],
    ids=["fast synapse", "equal", "slow synapse", "nearly equal"],
)
def test_cumulative_and_last_spike_form_are_the_lif(form, seed, neuron):
    inputs, w = some_inputs(seed), np.array([9.0, 6.0, -4.0])
    i = np.random.default_rng(seed).uniform(-0.05, 0.15, 100)
    run = FORMS[form](inputs, w, neuron, i=i, dt=5.0)
    lif = LIF(neuron.tau_m, neuron.r_m, neuron.v_rest, neuron.v_reset, neuron.v_th, t_ref=0.0)
    current = w * neuron.tau_m / (neuron.r_m * neuron.tau_s)  # the same charge
    exact = simulate_lif_synaptic_exact(inputs, current, lif, tau_s=neuron.tau_s, i=i)
    assert exact.n_spikes > 10
    assert run.spikes.n_spikes == exact.n_spikes
    assert np.abs(run.spikes.times - exact.times).max() < 1e-9


@pytest.mark.parametrize("t_ref", [0.5, 4.0, 30.0])
def test_the_last_spike_form_is_the_lif_with_refractory_time_too(t_ref):
    inputs, w, neuron = some_inputs(8), np.array([9.0, 6.0, 5.0]), SRM(t_ref=t_ref, v_reset=-70.0)
    run = simulate_srm_last_spike(inputs, w, neuron)
    exact = simulate_lif_synaptic_exact(
        inputs, w * 20 / (100 * 5), LIF(v_reset=-70.0, t_ref=t_ref), tau_s=5.0
    )
    assert exact.n_spikes > 5 and run.spikes.n_spikes == exact.n_spikes
    assert np.abs(run.spikes.times - exact.times).max() < 1e-9
    assert np.diff(run.spikes.times).min() > t_ref
    t = (np.arange(run.v.size) + 1) * 0.1
    refractory = np.any([(t > f) & (t < f + t_ref - 1e-6) for f in run.spikes.times], axis=0)
    assert np.all(np.isneginf(run.v[refractory]))
    assert run.v[~refractory].max() <= neuron.v_th + 1e-9


@pytest.mark.parametrize("form", ["cumulative", "last spike"])
def test_under_a_current_both_are_the_lif_of_the_closed_form(form):
    """Independent of everything that solves for a crossing by iteration."""
    i = np.random.default_rng(1).uniform(0.0, 0.5, 40)
    run = FORMS[form](SILENT, [1.0], SRM(v_reset=-72.0), i=i, dt=50.0)
    exact = simulate_lif_exact(i, LIF(v_reset=-72.0, t_ref=0.0), dt=50.0)
    assert exact.n_spikes > 50 and run.spikes.n_spikes == exact.n_spikes
    assert np.abs(run.spikes.times - exact.times).max() < 1e-9


@pytest.mark.equation("srm-zero-interval")
@pytest.mark.parametrize("i", [0.16, 0.2, 0.25, 0.29])
def test_the_interval_of_srm0_under_a_constant_current(i):
    run = simulate_srm0(SILENT, [1.0], i=np.full(20, i), dt=100.0)
    rise, drive = 15.0, 100.0 * i
    assert np.diff(run.spikes.times)[-1] == pytest.approx(20 * np.log(rise / (drive - rise)), abs=1e-8)


@pytest.mark.parametrize("in_tau", [1.0, 2.0, 3.0, 5.0, 8.0])
def test_srm0_is_early_by_a_closed_form(in_tau):
    """With T the interval of the LIF neuron: by −τ ln(1 − exp(−T/τ)), 46 % of T at T = τ, 1.7 % at 3 τ."""
    i = 0.15 / -np.expm1(-in_tau)  # nA: the LIF neuron fires every in_tau time constants
    srm0 = simulate_srm0(SILENT, [1.0], i=np.full(20, i), dt=100.0).spikes
    lif = simulate_srm_cumulative(SILENT, [1.0], i=np.full(20, i), dt=100.0).spikes
    t_lif, t_srm0 = np.diff(lif.times)[-1], np.diff(srm0.times)[-1]
    assert t_lif == pytest.approx(20 * in_tau, rel=1e-9, abs=0)
    assert t_lif - t_srm0 == pytest.approx(-20 * np.log1p(-np.exp(-in_tau)), abs=1e-8)
    assert (t_lif - t_srm0) / t_lif < 1e-4 if in_tau == 8.0 else (t_lif - t_srm0) / t_lif > 1e-3


def test_with_spikes_as_input_srm0_agrees_where_they_are_far_apart():
    for gap, agree in ((200.0, True), (35.0, False)):
        inputs = Spikes(np.arange(10.0, 1000.0, gap), duration=1000)
        srm0 = simulate_srm0(inputs, [26.0]).spikes
        lif = simulate_srm_cumulative(inputs, [26.0]).spikes
        same = srm0.n_spikes == lif.n_spikes and np.abs(srm0.times - lif.times).max() < 0.01
        assert lif.n_spikes > 4 and same == agree


@pytest.mark.parametrize("i", [0.3001, 0.4, 1.0])
def test_beyond_twice_the_threshold_srm0_has_no_end_of_spikes(i):
    with pytest.raises(ValueError, match="t_ref must be long enough to end the spikes, got 0"):
        simulate_srm0(SILENT, [1.0], i=np.full(2000, i), dt=1.0)
    held = simulate_srm0(SILENT, [1.0], SRM(t_ref=4.0), i=np.full(2000, i), dt=1.0)
    now = np.diff(held.spikes.times)[-1]  # η is down to 15 exp(−4/20) mV when the time is over
    left = 100 * i - 15 * np.exp(-4 / 20)
    assert now == pytest.approx(4.0 if left >= 15 else 20 * np.log(15 / (100 * i - 15)), abs=1e-8)


def test_after_the_refractory_time_a_potential_above_the_threshold_fires_at_once():
    run = simulate_srm_cumulative(SILENT, [1.0], SRM(t_ref=10.0), i=np.full(2000, 1.0), dt=1.0)
    assert np.diff(run.spikes.times)[:3] == pytest.approx([10.0, 10.0, 10.0], abs=1e-9)


def test_what_is_too_much_for_t_ref_is_said():
    with pytest.raises(ValueError, match="beyond 1100 spikes in 1 ms"):
        simulate_srm_cumulative(Spikes([], duration=1.0), [1.0], SRM(t_ref=1e-6), i=[1e6], dt=1.0)


def test_srm0_cannot_adapt_and_the_cumulative_form_can():
    """The same two kernels, a slow one in η: intervals grow in one form and never do in the other."""
    s = np.arange(0, 1500, 0.1)
    eta = -15 * np.exp(-s / 20) - 2 * np.exp(-s / 300)
    neuron = SRMKernels(eta, [0.0], 5 * np.exp(-s / 20))
    i = np.full(15_000, 0.23)
    cumulative = np.diff(
        simulate_srm_cumulative_kernels(Spikes([], duration=1500), [1.0], neuron, i=i).spikes.times
    )
    srm0 = np.diff(simulate_srm0_kernels(Spikes([], duration=1500), [1.0], neuron, i=i).spikes.times)
    assert cumulative[-1] > 2 * cumulative[0] and np.all(np.diff(cumulative) > -0.11)  # the grid
    assert np.all(np.diff(srm0) <= 0.11) and np.ptp(srm0[5:]) <= 0.11


@pytest.mark.parametrize("form", FORMS)
def test_many_neurons_are_each_of_them_alone(form):
    inputs = some_inputs(2, n=60)
    w = np.array([[3.0, 5.0, 2.0], [6.0, -1.0, 4.0]])
    i = np.random.default_rng(0).uniform(0, 0.16, (500, 2))
    many = SRM(tau_m=np.array([20.0, 12.0]), v_reset=np.array([-65.0, -60.0]))
    run = FORMS[form](inputs, w, many, i=i, dt=1.0)
    assert run.v.shape == (500, 2) and run.spikes.n_units == 2
    for k in range(2):
        one = SRM(tau_m=many.tau_m[k], v_reset=many.v_reset[k])
        alone = FORMS[form](inputs, w[k], one, i=i[:, k], dt=1.0)
        assert alone.spikes.n_spikes > 0
        assert np.array_equal(run.v[:, k], alone.v) and np.array_equal(run.spikes[k], alone.spikes.times)


def test_only_the_weights_may_differ():
    run = simulate_srm0(some_inputs(2, n=60), np.eye(3) * 4.0)
    assert run.v.shape == (5000, 3)


def test_inputs_at_the_same_time_and_at_the_very_end():
    inputs = Spikes([0.0, 0.0, 5.0, 5.0, 30.0], duration=30)
    run = simulate_srm0(inputs, [3.0], dt=0.5)
    t = (np.arange(60) + 1) * 0.5
    psp = exponential_psp(t[:, None] - inputs.times, 20.0, 5.0)
    assert run.v + 65 == pytest.approx(3.0 * psp.sum(axis=1), abs=1e-11)


def test_the_step_of_v_has_no_influence_on_the_spikes():
    inputs, w = some_inputs(4), [6.0, 5.0, 1.0]
    fine, coarse = (simulate_srm_cumulative(inputs, w, dt=dt).spikes.times for dt in (0.01, 10.0))
    assert fine.size > 10 and fine == pytest.approx(coarse, abs=1e-9)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: simulate_srm0([1.0], [1.0]), TypeError, "inputs must be Spikes, got list"),
        (lambda: simulate_srm0(SILENT, [1.0], LIF()), TypeError, "neuron must be an SRM, got LIF"),
        (lambda: simulate_srm0(SILENT, [1.0, 2.0]), ValueError, "w must have one weight for each"),
        (lambda: simulate_srm0(SILENT, [1.0], i=[0.1]), ValueError, "i must have one value for each"),
        (lambda: simulate_srm0(SILENT, [1.0], dt=0), ValueError, "dt must be positive and finite, got 0"),
        (lambda: simulate_srm0(SILENT, [[1.0]], SRM(tau_s=[1.0, 2.0])), ValueError, "w for 1, tau_s for 2"),
        (lambda: simulate_srm0(SILENT, np.zeros((0, 1))), ValueError, "got w for 0"),
        (lambda: simulate_srm0(SILENT, [1.0], SRM(tau_s=[5.0, -1.0])), ValueError, "tau_s must be positive"),
        (lambda: simulate_srm0(SILENT, [1.0], SRM(tau_s=[[5.0]])), TypeError, "tau_s must be a number"),
        (lambda: check_srm(SRM(tau_m=0)), ValueError, "tau_m must be positive and finite, got 0"),
        (lambda: check_srm(SRM(r_m=-1)), ValueError, "r_m must be positive and finite, got -1"),
        (lambda: check_srm(SRM(t_ref=-1)), ValueError, "t_ref must be zero or positive, and finite, got -1"),
        (lambda: check_srm(SRM(v_reset=-50)), ValueError, r"v_reset must be below v_th \(-50 mV\), got -50"),
        (lambda: check_srm(SRM(v_th=np.nan)), ValueError, "v_th must be finite, got nan"),
    ],
)  # fmt: skip
def test_bad_input_names_argument_rule_and_value(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call()


def test_ragged_lists_are_refused_by_name():
    spikes = Spikes([1.0], duration=10)
    with pytest.raises(TypeError, match=r"w must be an array of numbers of shape"):
        simulate_srm0(spikes, [[1.0], [1.0, 2.0]])
    with pytest.raises(TypeError, match=r"i must be an array of numbers of shape"):
        simulate_srm0(spikes, [1.0], i=[[1.0], [1.0, 2.0]])
    with pytest.raises(
        ValueError, match=r"tau_m must be one number or one for each neuron, got a ragged list"
    ):
        simulate_srm0(spikes, [1.0], SRM(tau_m=[[1.0], [1.0, 2.0]]))
