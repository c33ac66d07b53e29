"""Fitting an adaptive threshold: to neurons that are known, and to a cell that adapts."""

import re

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.data import cut_steps, load_patch_adapting, measure_membrane
from snnlab.neurons import (
    LIF,
    AdaptiveLIF,
    fit_adaptive,
    held_out_errors,
    simulate_adaptive_lif_exact,
    step_response,
)
from snnlab.neurons.fitting.simplex import minimise

CURRENT = np.linspace(0.2, 0.6, 6)


def recorded():
    """The steps of the cell, both of each sweep from 100 to 300 pA, and its membrane."""
    cell = load_patch_adapting()
    return cut_steps(cell, range(8, 17), [(146.9, 646.9), (1646.9, 2146.9)]), LIF(
        **dict(zip(("v_rest", "r_m", "tau_m"), measure_membrane(cell), strict=True))
    )


@pytest.mark.parametrize(
    "true",
    [
        AdaptiveLIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0, beta=4.0, tau_a=150.0),
        AdaptiveLIF(v_th=-45.0, v_reset=-70.0, t_ref=1.0, beta=1.0, tau_a=60.0),
    ],
)
def test_it_finds_the_neuron_that_made_the_spikes(true):
    spikes = simulate_adaptive_lif_exact(CURRENT[None], true, dt=500.0)
    fit = fit_adaptive(CURRENT, spikes, LIF())
    assert fit.interval_error < 0.01 and fit.latency_error < 0.01
    assert fit.neuron.v_th - true.v_th == pytest.approx(0.0, abs=0.3)
    assert fit.neuron.beta == pytest.approx(true.beta, rel=0.05)
    assert fit.neuron.tau_a == pytest.approx(true.tau_a, rel=0.05)
    assert fit.neuron[:3] == (20.0, 100.0, -65.0)


def test_without_adaptation_the_plain_neuron_does_as_well():
    """Both are fitted with the same care: where there is nothing to adapt, both find it."""
    true = AdaptiveLIF(v_th=-52.0, v_reset=-60.0, beta=0.0)
    spikes = simulate_adaptive_lif_exact(CURRENT[None], true, dt=500.0)
    fit = fit_adaptive(CURRENT, spikes, LIF())
    assert fit.plain_interval_error < 0.005 and fit.interval_error < 0.01
    assert fit.plain.beta == 0.0 and fit.plain.v_th == pytest.approx(-52.0, abs=0.1)


def test_bounds_hold_and_what_lies_within_is_found_as_before():
    true = AdaptiveLIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0, beta=4.0, tau_a=150.0)
    spikes = simulate_adaptive_lif_exact(CURRENT[None], true, dt=500.0)
    bounds = {"v_reset": (-64.0, -55.0), "t_ref": (0, 5), "beta": (0, 9), "tau_a": (20, 400)}
    fit = fit_adaptive(CURRENT, spikes, LIF(), bounds=bounds)
    assert fit.interval_error < 0.01 and fit.neuron.beta == pytest.approx(4.0, rel=0.05)
    tight = fit_adaptive(CURRENT, spikes, LIF(), bounds={"v_reset": (-80.0, -75.0), "beta": (1.0, 2.0)})
    assert -80 <= tight.neuron.v_reset <= -75 and 1 <= tight.neuron.beta <= 2
    assert -80 <= tight.plain.v_reset <= -75 and tight.plain.beta == 0.0
    assert tight.interval_error > fit.interval_error


def test_the_cell_within_what_it_shows_adapts_as_well_and_the_plain_neuron_loses_its_trick():
    """Free, the resets end at -46 mV, above the threshold, and below -500 mV. No potential lies there.

    Within the potentials that the cell has after a spike, and with a pause of 5 ms at most, the adaptive
    neuron loses little, the plain one nearly everything.
    """
    cut, membrane = recorded()
    free = fit_adaptive(cut.current, cut.spikes, membrane, cut.before)
    assert free.neuron.v_reset > free.neuron.v_th and free.plain.v_reset < -500
    bounds = {"v_reset": (-63.0, -41.0), "t_ref": (0.0, 5.0)}
    fit = fit_adaptive(cut.current, cut.spikes, membrane, cut.before, bounds)
    assert -63 <= fit.neuron.v_reset < fit.neuron.v_th < -41
    assert fit.neuron.beta == pytest.approx(free.neuron.beta, rel=0.1)
    assert fit.neuron.tau_a == pytest.approx(free.neuron.tau_a, rel=0.1)
    assert fit.interval_error < 1.2 * free.interval_error
    assert fit.plain_interval_error > 2 * free.plain_interval_error


@pytest.mark.parametrize(
    "bounds, complaint",
    [
        ({"v_rest": (0, 1)}, "bounds must be of v_reset, v_th, t_ref, beta, tau_a, got 'v_rest'"),
        ({"t_ref": (5, 0)}, "bounds['t_ref'] must be a lower and a higher value, got 5 and 0"),
        ({"t_ref": (0, np.nan)}, "bounds['t_ref'] must be finite, got nan at [1]"),
        ({"t_ref": 5.0}, "bounds['t_ref'] must have shape (2,), got ()"),
        ({"t_ref": (0, 1, 2)}, "bounds['t_ref'] must have shape (2,), got (3,)"),
    ],
)
def test_bad_bounds(bounds, complaint):
    spikes = Spikes([20.0, 40.0, 60.0, 80.0, 100.0, 120.0], duration=200)
    with pytest.raises(ValueError, match=re.escape(complaint)):
        fit_adaptive([0.3], spikes, LIF(), bounds=bounds)


@pytest.mark.slow
def test_on_sweeps_that_were_left_out_the_adaptive_neuron_is_better():
    """The criterion of the course: leave one sweep out, 1.3 times on the mean over all of them.

    The weakest sweep alone would carry the mean of the plain neuron, so it must hold without that, too.
    """
    cut, membrane = recorded()
    held = held_out_errors(cut.current, cut.spikes, membrane, cut.before, cut.sweep)
    assert held.group.tolist() == list(range(8, 17))
    assert held.ratio >= 1.3
    assert held.plain[1:].mean() >= 1.3 * held.adaptive[1:].mean()
    assert np.all(held.plain > held.adaptive)


@pytest.mark.slow
def test_the_held_out_errors_are_those_of_a_fit_to_the_others():
    """One group by hand."""
    cut, membrane = recorded()
    held = held_out_errors(cut.current, cut.spikes, membrane, cut.before, cut.sweep < 12)
    rest, out = np.flatnonzero(cut.sweep < 12), np.flatnonzero(cut.sweep >= 12)
    fit = fit_adaptive(cut.current[rest], cut.spikes[rest], membrane, cut.before[rest])
    response = step_response(cut.current[out], cut.spikes[out], fit.neuron, cut.before[out])
    assert held.adaptive[0] == response.interval_error  # the group 0: False


def test_the_steps_of_the_cell_are_cut_as_the_recording_says():
    cut, membrane = recorded()
    assert cut.current == pytest.approx(np.repeat(np.arange(100, 301, 25), 2) * 1e-3)
    assert cut.before == pytest.approx(np.tile([0.0, -0.1], 9))
    assert cut.spikes.duration == 500.0 and cut.spikes.n_units == 18
    assert [t.size for t in cut.spikes] == [
        3,
        3,
        4,
        4,
        5,
        5,
        6,
        6,
        6,
        6,
        7,
        7,
        8,
        8,
        8,
        8,
        9,
        9,
    ]  # read by eye
    last = cut.spikes[17]
    assert np.diff(last)[-1] > 3 * np.diff(last)[0]  # the last step adapts
    assert membrane.v_rest == pytest.approx(-62.2, abs=0.1)


def test_the_simplex_finds_the_floor_of_a_bent_valley():
    """Rosenbrock's function, whose valley leads to (1, 1)."""
    x, value = minimise(
        lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2,
        np.array([-1.2, 1.0]),
        np.full(2, 0.5),
        2000,
        1e-14,
    )
    assert x == pytest.approx([1.0, 1.0], abs=1e-5) and value < 1e-10
    wall, _ = minimise(lambda x: x[0] if x[0] >= 2 else np.inf, np.array([5.0]), np.array([1.0]), 500, 1e-12)
    assert wall[0] == pytest.approx(2.0, abs=1e-5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda s: fit_adaptive([0.3], s[[0]].between(0, 40), LIF()), "spikes must be five at least, got 1"),
        (
            lambda s: fit_adaptive([-0.3], s[[0]], LIF()),
            "current must be positive somewhere, got -0.3 at most",
        ),
        (
            lambda s: held_out_errors(CURRENT, s, LIF(r_m=1e308)),
            r"membrane.r_m must be at most 1e\+100 in magnitude, got 1e\+308",
        ),
        (lambda s: held_out_errors(CURRENT, s, LIF(), group=[1, 2]), "one number for each of 6 steps, got 2"),
        (
            lambda s: held_out_errors(
                [0.3, 0.3], Spikes([9.0, 20.0, 40.0], [0, 1, 1], n_units=2, duration=99.0), LIF()
            ),
            "group 0 must have a step with two spikes at least",
        ),
        (lambda s: cut_steps(load_patch_adapting(), []), "sweeps must name one sweep at least"),
        (
            lambda s: cut_steps(load_patch_adapting(), [3], [(0.0, 10.0), (20.0, 50.0)]),
            "steps must all have one length, got 2 different ones",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    spikes = Spikes.from_trains([[20.0, 60.0, 110.0, 170.0, 240.0]] * 6, duration=500.0)
    with pytest.raises(ValueError, match=sentence):
        call(spikes)
