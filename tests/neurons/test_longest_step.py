"""The longest step with which a neuron keeps its interval."""

import numpy as np
import pytest

from snnlab.neurons import LIF, lif_rate, longest_step, simulate_lif, simulate_qif


def lif(i, dt):
    return simulate_lif(i, dt=dt)


CURRENTS = [0.25, 0.28, 0.314, 0.35, 0.4]  # nA


@pytest.mark.parametrize("error", [0.03, 0.01, 0.004])
def test_it_is_the_longest_that_holds_against_the_closed_form(error):
    """The intervals of the closed form, to be met by this step and not by the next longer one."""
    truth = 1000.0 / lif_rate(CURRENTS)

    def off(dt):
        trains = [simulate_lif(np.full(round(1000 / dt), i), dt=dt).spikes.times for i in CURRENTS]
        return np.abs([np.diff(t[t > 500]).mean() / w - 1 for t, w in zip(trains, truth, strict=True)]).mean()

    longest = longest_step(lif, CURRENTS, error)
    longer = {2.0: 5.0, 1.0: 2.0, 0.5: 1.0, 0.2: 0.5, 0.1: 0.2, 0.05: 0.1}[longest]
    assert off(longest) < error + 3e-4 and off(longer) > error - 3e-4  # the truth is taken at 0.005 ms


def test_a_neuron_without_an_error_of_the_grid_takes_the_longest():
    assert longest_step(lambda i, dt: simulate_qif(i, dt=dt), [1.0]) == 2.0


def test_a_solver_may_refuse():
    def refuses(i, dt):
        if dt > 0.03:
            raise ValueError("dt must be shorter")
        return simulate_lif(i, LIF(), dt)

    assert longest_step(refuses, [0.3]) == 0.02
    assert longest_step(lif, [0.3], 1e-7) == 0.0


def test_a_silent_neuron_has_no_interval():
    with pytest.raises(ValueError, match="currents must be some under which"):
        longest_step(lif, [0.3, 0.1])
    with pytest.raises(ValueError, match="error must be positive and finite, got 0"):
        longest_step(lif, [0.3], 0.0)
