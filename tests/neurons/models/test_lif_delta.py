"""The LIF neuron with jumps against its closed forms."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, delta_psp, simulate_lif, simulate_lif_delta

QUIET = LIF(v_th=1e6)  # never fires: the membrane alone


@pytest.mark.parametrize("dt", [0.1, 1.0])
def test_one_input_is_a_jump_that_leaks(dt):
    run = simulate_lif_delta(Spikes([10.0], duration=100), [3.0], QUIET, delay=2.0, dt=dt)
    s = np.round((np.arange(run.v.size) + 1) * dt - 12.0, 9)
    assert run.v - QUIET.v_rest == pytest.approx(3.0 * delta_psp(s, QUIET.tau_m), abs=1e-11)


def test_two_jumps_within_reach_of_the_threshold():
    """8 mV, and 8 mV a time later: 8 exp(−s/20) + 8 passes 15 mV only if s < 20 ln(8/7) = 2.67 ms."""
    assert simulate_lif_delta(Spikes([10.0, 12.6], duration=50), [8.0]).spikes.times == pytest.approx([12.6])
    assert simulate_lif_delta(Spikes([10.0, 12.7], duration=50), [8.0]).spikes.n_spikes == 0


def test_what_arrives_during_the_refractory_time_is_lost():
    early = simulate_lif_delta(Spikes([10.0, 11.0], duration=50), [20.0], LIF(t_ref=2.0))
    late = simulate_lif_delta(Spikes([10.0, 12.2], duration=50), [20.0], LIF(t_ref=2.0))
    assert early.spikes.times == pytest.approx([10.0])
    assert early.v[-1] == LIF().v_rest
    assert late.spikes.times == pytest.approx([10.0, 12.2])


def test_a_jump_at_time_0_can_fire_and_holds_the_neuron_as_any_other():
    run = simulate_lif_delta(Spikes([0.0], duration=5), [20.0], LIF(v_reset=-70.0, t_ref=1.0))
    assert run.spikes.times == pytest.approx([0.0])
    assert np.all(run.v[:10] == -70.0) and run.v[10] > -70.0


def test_the_room_for_spikes_is_enough_for_a_neuron_that_fires_whenever_it_may():
    times = np.arange(101) * 0.1
    run = simulate_lif_delta(Spikes(times, duration=10.0), [20.0], LIF(t_ref=0.0))
    assert run.spikes.n_spikes == 101


def test_without_inputs_it_is_the_plain_neuron():
    i = np.random.default_rng(0).uniform(0, 0.5, 3000)
    run = simulate_lif_delta(Spikes([], duration=300), [1.0], i=i)
    plain = simulate_lif(i)
    assert plain.spikes.n_spikes > 3
    assert run.spikes == plain.spikes and np.array_equal(run.v, plain.v)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"w": [1.0, 2.0]}, "w must have one weight for each of the 1 units, got 2"),
        ({"delay": -1}, "delay must be zero or positive, and finite, got -1"),
        ({"i": np.zeros(7)}, "i must have one value for each of the 1000 steps, got 7"),
        ({"dt": 0}, "dt must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulate_lif_delta(Spikes([1.0], duration=100), **{"w": [1.0], **change})
