"""The LIF neuron with exponential synapses, from event to event, against closed forms and the grid."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    LIF,
    exponential_psp,
    simulate_lif_exact,
    simulate_lif_synaptic,
    simulate_lif_synaptic_exact,
)
from snnlab.neurons.crossing import next_crossing, potential_after


def first_crossing(rise, w, tau_m, tau_s):
    """When w ε(s) reaches `rise`, by halving the time up to the peak."""
    equal = abs(tau_m - tau_s) < 1e-9
    peak = tau_m if equal else tau_m * tau_s / (tau_m - tau_s) * np.log(tau_m / tau_s)
    low, high = 0.0, peak
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if w * exponential_psp(middle, tau_m, tau_s) < rise else (low, middle)
    return low, w * exponential_psp(peak, tau_m, tau_s)


@pytest.mark.parametrize("tau_s", [1.0, 5.0, 20.0, 50.0])
@pytest.mark.parametrize("above", [1e-9, 1e-4, 0.5, 20.0])
def test_the_first_spike_is_where_the_psp_crosses(tau_s, above):
    """Even where the peak is a billionth above the threshold, and between two steps of any grid."""
    _, peak = first_crossing(15.0, 1.0, 20.0, tau_s)
    w = 15.0 * (1 + above) / peak
    expected, _ = first_crossing(15.0, w, 20.0, tau_s)
    current = w * 20 / (100 * tau_s)
    spikes = simulate_lif_synaptic_exact(Spikes([7.25], duration=300), [current], LIF(), tau_s=tau_s)
    near = 1e-9 if above > 1e-5 else 1e-4  # the top is flat: a small error of u is a large one of time
    assert spikes.times[0] == pytest.approx(7.25 + expected, abs=near)


def test_a_peak_below_the_threshold_is_silent():
    _, peak = first_crossing(15.0, 1.0, 20.0, 5.0)
    w = 15.0 * (1 - 1e-9) / peak
    assert simulate_lif_synaptic_exact(Spikes([7.25], duration=300), [w * 20 / 500]).n_spikes == 0


def test_without_inputs_it_is_the_plain_neuron():
    i = np.random.default_rng(0).uniform(-0.1, 0.5, 60)
    neuron = LIF(v_reset=-70.0, t_ref=3.0)
    plain = simulate_lif_exact(i, neuron, dt=25.0)
    spikes = simulate_lif_synaptic_exact(Spikes([], duration=1500), [1.0], neuron, i=i)
    assert plain.n_spikes > 20 and spikes.n_spikes == plain.n_spikes
    assert np.abs(spikes.times - plain.times).max() < 1e-9


@pytest.mark.parametrize("tau_s", [2.0, 20.0])
def test_the_grid_converges_to_it_in_first_order(tau_s):
    rng = np.random.default_rng(3)
    inputs = Spikes(
        np.sort(np.round(rng.uniform(0, 200, 50))), rng.integers(0, 2, 50), n_units=2, duration=200
    )
    w, neuron, i = [1.0 / tau_s, -0.2 / tau_s], LIF(t_ref=2.0), np.repeat([0.12, 0.2], 100)
    exact = simulate_lif_synaptic_exact(inputs, w, neuron, tau_s=tau_s, i=[0.12, 0.2]).times
    assert exact.size > 5
    errors = []
    for n in (50, 400):
        grid = simulate_lif_synaptic(inputs, w, neuron, tau_s=tau_s, i=np.repeat(i, n), dt=1 / n).spikes.times
        assert grid.size == exact.size
        errors.append(np.abs(grid - exact).mean())
    assert errors[0] / errors[1] == pytest.approx(8.0, rel=0.35)


@pytest.mark.parametrize("taus", [(2.0, 6.0), (4.0, 1.0), (20.0, 5.0)])
def test_the_first_spike_lies_in_the_step_to_whose_end_the_grid_dates_it(taus):
    """Excitation and inhibition with a time constant each; inputs arrive on the grid."""
    rng, dt, fired = np.random.default_rng(6), 1 / 64, 0
    for _ in range(20):
        inputs = Spikes(rng.integers(0, 100, 60), rng.integers(0, 2, 60), n_units=2, duration=100)
        w, more = [2.0 / taus[0], -1.0 / taus[1]], {"tau_s": taus[0], "tau_in": taus[1]}
        grid = simulate_lif_synaptic(inputs, w, **more, dt=dt).spikes.times[:1]
        exact = simulate_lif_synaptic_exact(inputs, w, **more).times[:1]
        assert exact.size == grid.size and np.all((grid - dt < exact) & (exact <= grid))
        fired += grid.size
    assert fired > 5


def test_the_first_crossing_is_found_between_any_two_extrema():
    """Against the potential at 4000 times, which may miss a hump between two of them but sees no other."""
    rng = np.random.default_rng(5)
    s = np.linspace(0.0, 60.0, 4001)
    seen = np.zeros(2, int)
    for _ in range(400):
        tau_s, tau_in = rng.choice([1.0, 4.0, 12.0, 20.0, 30.0], 2)
        u, u_inf = rng.uniform(-80.0, -51.0), rng.uniform(-70.0, -45.0)
        y, y_in = np.array([1.0, -1.0]) * rng.permutation([1.0, -1.0])[0] * rng.uniform(5.0, 80.0, 2)
        psps = y * exponential_psp(s, 20.0, tau_s) + y_in * exponential_psp(s, 20.0, tau_in)
        above = u_inf + (u - u_inf) * np.exp(-s / 20.0) + psps >= -50.0
        found = next_crossing(u, u_inf, y, y_in, -50.0, 60.0, 20.0, tau_s, tau_in)
        seen[int(np.isfinite(found))] += 1
        if above.any():
            assert s[above.argmax() - 1] <= found <= s[above.argmax()]
        elif np.isfinite(found):
            assert potential_after(u, u_inf, y, y_in, found, 20.0, tau_s, tau_in) == pytest.approx(
                -50.0, abs=1e-9
            )
    assert seen.min() > 40


def test_a_dip_of_inhibition_delays_the_spike():
    both = Spikes([0.0, 0.5], [0, 1], n_units=2, duration=100)
    late = simulate_lif_synaptic_exact(both, [2.0, -1.0]).times
    early = simulate_lif_synaptic_exact(Spikes([0.0], duration=100), [2.0]).times
    assert late.size == 1 and late[0] > early[0] + 0.5


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda s: simulate_lif_synaptic_exact([1.0], [1.0]), TypeError, "inputs must be Spikes, got list"),
        (lambda s: simulate_lif_synaptic_exact(s, [1.0, 2.0]), ValueError, "w must have one weight"),
        (lambda s: simulate_lif_synaptic_exact(s, [1.0], tau_s=0), ValueError, "tau_s must be positive"),
        (lambda s: simulate_lif_synaptic_exact(s, [1.0], i=[]), ValueError, "i must have at least one piece"),
        (lambda s: simulate_lif_synaptic_exact(s, [1.0], LIF(v_rest=-40)), ValueError, "v_rest must be"),
        (lambda s: simulate_lif_synaptic_exact(s, [1.0], LIF(t_ref=0.0), i=[1e6]), ValueError, "t_ref must"),
    ],
)  # fmt: skip
def test_bad_input_names_argument_rule_and_value(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call(Spikes([1.0], duration=100))
