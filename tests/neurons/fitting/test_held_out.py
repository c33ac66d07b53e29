"""Errors on steps that were left out: what a group near the threshold does to them, and the AdEx neuron."""

import numpy as np
import pytest

from snnlab.neurons import (
    LIF,
    AdaptiveLIF,
    AdEx,
    HeldOut,
    fit_adex,
    held_out_errors,
    simulate_adex,
    step_response,
)


def test_one_group_near_the_threshold_decides_the_mean_and_not_the_median():
    adaptive, plain = np.full(9, 0.2), np.full(9, 0.4)
    plain[0] = 3.5  # silent in the weakest sweep
    held = HeldOut(np.arange(9), adaptive, plain)
    assert held.ratio == pytest.approx((0.4 * 8 + 3.5) / 1.8, rel=1e-12, abs=0)
    assert held.median_ratio == pytest.approx(2.0, rel=1e-12, abs=0)


def test_an_adex_neuron_is_held_out_as_the_others_are():
    """Against a fit to the rest by hand, of a neuron's own spikes; without bounds for it there is none."""
    true = AdEx(20.0, 100.0, -65.0, -60.0, -50.0, 2.0, 20.0, 150.0, 0.0, 0.03)
    current = np.array([0.25, 0.3, 0.4])
    spikes = simulate_adex(np.tile(current, (3000, 1)), true).spikes
    membrane, bounds = LIF(20.0, 100.0, -65.0), {"delta_th": (0.5, 4.0), "a": (0.0, 0.002)}
    group = [0, 1, 1]
    held = held_out_errors(current, spikes, membrane, group=group, adex_bounds=bounds)
    fit = fit_adex(current[:1], spikes[:1], membrane, bounds=bounds)
    assert held.adex[1] == step_response(current[1:], spikes[1:], fit.neuron).interval_error
    assert held.adex.max() < 0.2
    assert held_out_errors(current, spikes, membrane, group=group).adex is None


def test_a_step_has_the_same_answer_whichever_function_runs_the_adex_neuron():
    """The waits of the experiment are those of `simulate_adex`, with a current held before."""
    true = AdEx(a=0.002, b=0.03)
    i = np.full(24_000, 0.2)
    i[20_000:] = 1.0
    train = simulate_adex(i, true).spikes.between(2000.0, 2400.0)
    response = step_response([1.0], train, true, before=0.2)
    assert np.diff(train[0], prepend=0.0) == pytest.approx(response.waits, rel=0, abs=0.2)
    assert response.counts[0] == train.n_spikes


def test_a_neuron_that_stays_silent_waits_ten_times_as_long_as_the_step():
    true = AdEx(v_th=-30.0)
    train = simulate_adex(np.full(4000, 1.0), AdEx()).spikes
    response = step_response([0.1], train, true)
    assert np.all(response.waits == 4000.0) and response.counts[0] == 0


def test_what_is_no_model_is_refused():
    train = simulate_adex(np.full(4000, 1.0), AdEx()).spikes
    with pytest.raises(TypeError, match="neuron must be an AdaptiveLIF, got LIF"):
        step_response([1.0], train, LIF())
    assert step_response([1.0], train, AdaptiveLIF()).waits.size == train.n_spikes
