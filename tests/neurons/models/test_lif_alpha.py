"""The LIF neuron with alpha synapses against its closed forms."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, alpha_current, alpha_psp, simulate_lif, simulate_lif_alpha

QUIET = LIF(v_th=1e6)  # never fires: the membrane alone


@pytest.mark.parametrize("tau_s", [2.0, 5.0, 20.0, 20.0 * (1 + 1e-11), 40.0])
@pytest.mark.parametrize("dt", [0.1, 1.0, 7.0])
def test_one_input_gives_the_alpha_current_and_its_psp(tau_s, dt):
    run = simulate_lif_alpha(Spikes([7.0], duration=196), [0.3], QUIET, tau_s=tau_s, delay=7.0, dt=dt)
    s = np.round((np.arange(run.v.size) + 1) * dt - 14.0, 9)
    charge = 0.3 * np.e * tau_s  # pC, for a current with its peak at 0.3 nA
    assert run.i_s == pytest.approx(charge * alpha_current(s, tau_s), abs=1e-13)
    rise = charge * QUIET.r_m / QUIET.tau_m * alpha_psp(s, QUIET.tau_m, tau_s)
    assert run.v - QUIET.v_rest == pytest.approx(rise, abs=1e-11)


def test_inputs_superpose():
    times, units, w = [5.0, 9.0, 9.0, 30.0], [0, 1, 2, 0], [0.2, -0.1, 0.4]
    both = simulate_lif_alpha(Spikes(times, units, n_units=3, duration=100), w, QUIET).v - QUIET.v_rest
    single = sum(
        simulate_lif_alpha(Spikes([t], duration=100), [w[u]], QUIET).v - QUIET.v_rest
        for t, u in zip(times, units, strict=True)
    )
    assert both == pytest.approx(single, abs=1e-10)


def test_inhibition_may_have_its_own_time_constant():
    both = Spikes([5.0, 9.0, 9.0, 30.0], [0, 1, 0, 1], n_units=2, duration=100)
    run = simulate_lif_alpha(both, [0.2, -0.3], QUIET, tau_s=3.0, tau_in=8.0)
    excitation = simulate_lif_alpha(Spikes([5.0, 9.0], duration=100), [0.2], QUIET, tau_s=3.0)
    inhibition = simulate_lif_alpha(Spikes([9.0, 30.0], duration=100), [-0.3], QUIET, tau_s=8.0)
    assert run.v == pytest.approx(excitation.v + inhibition.v - QUIET.v_rest, abs=1e-11)
    assert run.i_s == pytest.approx(excitation.i_s + inhibition.i_s, abs=1e-14)
    equal = simulate_lif_alpha(both, [0.2, -0.3], QUIET, tau_s=3.0, tau_in=3.0)
    assert equal.v == pytest.approx(simulate_lif_alpha(both, [0.2, -0.3], QUIET, tau_s=3.0).v, abs=1e-11)


def test_without_inputs_it_is_the_plain_neuron():
    i = np.random.default_rng(0).uniform(0, 0.5, 3000)
    run = simulate_lif_alpha(Spikes([], duration=300), [1.0], i=i)
    plain = simulate_lif(i)
    assert plain.spikes.n_spikes > 3
    assert run.spikes == plain.spikes
    assert run.v == pytest.approx(plain.v, rel=1e-14, abs=0)


def test_the_current_goes_its_way_while_the_neuron_is_refractory():
    run = simulate_lif_alpha(Spikes([0.0], duration=50), [4.0], LIF(t_ref=10.0), tau_s=5.0)
    assert run.spikes.n_spikes >= 1
    t = (np.arange(500) + 1) * 0.1
    assert run.i_s == pytest.approx(4.0 * t / 5 * np.exp(1 - t / 5), rel=1e-10, abs=0)


def test_what_arrives_after_the_end_is_lost():
    run = simulate_lif_alpha(Spikes([1.0], duration=100), [5.0], delay=200.0)
    assert not run.i_s.any() and run.spikes.n_spikes == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"w": [1.0, 2.0]}, "w must have one weight for each of the 1 units, got 2"),
        ({"tau_s": 0}, "tau_s must be positive and finite, got 0"),
        ({"tau_in": -1}, "tau_in must be positive and finite, got -1"),
        ({"i": np.zeros(7)}, "i must have one value for each of the 1000 steps, got 7"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate_lif_alpha(Spikes([1.0], duration=100), **{"w": [1.0], **change})
