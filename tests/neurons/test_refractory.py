"""What holds a neuron after a spike."""

import pytest

from snnlab.neurons.refractory import fired_or_held, refractory_steps


@pytest.mark.parametrize("t_ref", [0.0, 0.01, 0.05, 0.3, 2.0])
def test_a_neuron_that_always_crosses_fires_once_in_a_refractory_time_and_a_step(t_ref):
    hold = refractory_steps(t_ref, 0.1)
    assert hold == (max(1, round(t_ref / 0.1)) if t_ref else 0)
    v, free, fired = -65.0, 0, []
    for t in range(100):
        v, free, now = fired_or_held(t, v, -40.0, True, free, -70.0, hold)
        assert v == -70.0  # at the reset in the step of the spike, and as long as it is held there
        if now:
            fired.append(t)
    assert fired == list(range(0, 100, hold + 1))


def test_below_the_threshold_it_moves_and_while_it_is_held_it_stays():
    assert fired_or_held(8, -60.0, -59.0, False, 0, -70.0, 5) == (-59.0, 0, False)
    assert fired_or_held(8, -70.0, -59.0, False, 9, -70.0, 5) == (-70.0, 9, False)
    assert fired_or_held(8, -70.0, -40.0, True, 10, -70.0, 5) == (-70.0, 10, False)
    assert fired_or_held(8, -70.0, -40.0, True, 8, -71.0, 5) == (-71.0, 14, True)


def test_for_ever_is_a_whole_number():
    assert refractory_steps(1e300, 1e-3) == 10**15
