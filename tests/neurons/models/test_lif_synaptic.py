"""The LIF neuron with synaptic input against its closed forms."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, simulate_lif, simulate_lif_synaptic

QUIET = LIF(v_th=1e6)  # never fires: the membrane alone


def psp(s, tau_m, tau_s):
    """The potential after one input, in units of R w: the double exponential, or its limit."""
    s = np.maximum(s, 0)
    if tau_s == tau_m:
        return s / tau_m * np.exp(-s / tau_m)
    return tau_s / (tau_s - tau_m) * (np.exp(-s / tau_s) - np.exp(-s / tau_m))


@pytest.mark.parametrize("tau_s", [2.0, 5.0, 20.0, 40.0])
@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_one_input_gives_the_double_exponential(tau_s, dt):
    run = simulate_lif_synaptic(Spikes([10.0], duration=200), [0.3], QUIET, tau_s=tau_s, delay=2.0, dt=dt)
    s = (np.arange(run.v.size) + 1) * dt - 12.0
    assert run.v - QUIET.v_rest == pytest.approx(QUIET.r_m * 0.3 * psp(s, QUIET.tau_m, tau_s), abs=1e-11)
    assert run.i_s == pytest.approx(np.where(s > -1e-9, 0.3 * np.exp(-s / tau_s), 0), abs=1e-13)


def test_near_equal_time_constants_lose_no_digits():
    at = {}
    for tau_s in (20.0, 20.0 * (1 + 1e-12)):
        at[tau_s] = simulate_lif_synaptic(Spikes([1.0], duration=50), [1.0], QUIET, tau_s=tau_s).v
    assert at[20.0] == pytest.approx(at[20.0 * (1 + 1e-12)], rel=1e-12, abs=0)


def test_a_long_step_with_slow_synapses_loses_nothing():
    """exp(−Δt/τ_m) is 0 here, and exp(Δt/τ_m − Δt/τ_s) too large for a number."""
    run = simulate_lif_synaptic(Spikes([0.0], duration=1e5), [1.0], QUIET, tau_s=1e5, dt=2e4)
    s = (np.arange(5) + 1) * 2e4
    assert run.v - QUIET.v_rest == pytest.approx(QUIET.r_m * psp(s, QUIET.tau_m, 1e5), rel=1e-12, abs=0)


@pytest.mark.parametrize("delay", [200.0, 1e18, 1e300])
def test_what_arrives_after_the_end_is_lost(delay):
    run = simulate_lif_synaptic(Spikes([1.0], duration=100), [5.0], delay=delay)
    assert not run.i_s.any() and run.spikes.n_spikes == 0


def test_inputs_superpose():
    times, w = [5.0, 9.0, 9.0, 30.0], [0.2, -0.1, 0.4]
    units = [0, 1, 2, 0]
    both = simulate_lif_synaptic(Spikes(times, units, n_units=3, duration=100), w, QUIET).v - QUIET.v_rest
    single = sum(
        simulate_lif_synaptic(Spikes([t], duration=100), [w[u]], QUIET).v - QUIET.v_rest
        for t, u in zip(times, units, strict=True)
    )
    assert both == pytest.approx(single, abs=1e-10)


def test_inhibition_may_have_its_own_time_constant():
    both = Spikes([5.0, 9.0, 9.0, 30.0], [0, 1, 0, 1], n_units=2, duration=100)
    run = simulate_lif_synaptic(both, [0.2, -0.3], QUIET, tau_s=3.0, tau_in=8.0)
    excitation = simulate_lif_synaptic(Spikes([5.0, 9.0], duration=100), [0.2], QUIET, tau_s=3.0)
    inhibition = simulate_lif_synaptic(Spikes([9.0, 30.0], duration=100), [-0.3], QUIET, tau_s=8.0)
    assert run.v == pytest.approx(excitation.v + inhibition.v - QUIET.v_rest, abs=1e-11)
    assert run.i_s == pytest.approx(excitation.i_s + inhibition.i_s, abs=1e-14)
    equal = simulate_lif_synaptic(both, [0.2, -0.3], QUIET, tau_s=3.0, tau_in=3.0)
    assert equal.v == pytest.approx(simulate_lif_synaptic(both, [0.2, -0.3], QUIET, tau_s=3.0).v, abs=1e-11)


def test_without_spikes_it_is_the_plain_neuron():
    i = np.random.default_rng(0).uniform(0, 0.5, 3000)
    run = simulate_lif_synaptic(Spikes([], duration=300), [1.0], i=i)
    plain = simulate_lif(i)
    assert plain.spikes.n_spikes > 3
    assert run.spikes == plain.spikes
    assert run.v == pytest.approx(plain.v, rel=1e-14, abs=0)


def test_the_current_decays_while_the_neuron_is_refractory():
    run = simulate_lif_synaptic(Spikes([0.0], duration=50), [4.0], LIF(t_ref=10.0), tau_s=5.0)
    assert run.spikes.n_spikes >= 1
    t = (np.arange(500) + 1) * 0.1
    assert run.i_s == pytest.approx(4.0 * np.exp(-t / 5.0), rel=1e-10, abs=0)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"w": [1.0, 2.0]}, "w must have one weight for each of the 1 units, got 2"),
        ({"tau_s": 0}, "tau_s must be positive and finite, got 0"),
        ({"tau_in": -1}, "tau_in must be positive and finite, got -1"),
        ({"delay": -1}, "delay must be zero or positive, and finite, got -1"),
        ({"i": np.zeros(7)}, "i must have one value for each of the 1000 steps, got 7"),
        ({"w": [np.nan]}, "w must be finite, got nan"),
        ({"dt": 1e-307}, "duration / dt must be zero or positive, and finite, got inf"),
        ({"dt": 1e-320}, "dt must be positive and finite, at least 2.22507e-308, got 9.99989e-321"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate_lif_synaptic(Spikes([1.0], duration=100), **{"w": [1.0], **change})


def test_inputs_must_be_spikes():
    with pytest.raises(TypeError, match="inputs must be Spikes, got list"):
        simulate_lif_synaptic([1.0], [1.0])
