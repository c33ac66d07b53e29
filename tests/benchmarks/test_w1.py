"""A right answer to W1 is told from a wrong one."""

import pytest
from benchmarks.w1 import task

from snnlab.neurons import LIF, lif_rate, simulate_lif_exact


@pytest.mark.parametrize("current", [0.1, 0.151, 0.3, 0.6])
def test_the_closed_form_is_that_of_the_exact_simulation(current):
    assert LIF() == (task.TAU_M, task.R_M, task.V_REST, task.V_RESET, task.V_TH, task.T_REF)
    spikes = simulate_lif_exact([current], dt=task.DURATION)
    assert task.expected(current, task.DURATION) == spikes.n_spikes
    assert abs(spikes.n_spikes - lif_rate(current) * task.DURATION / 1e3) <= 1


def test_a_wrong_trace_is_noticed():
    count = task.expected(task.amplitude(0), task.DURATION - task.ONSET * task.DT)
    v = task.V_REST + 30.0 * (1 - 0.6065306597)  # half a time constant after the onset
    assert task.wrong_trace({"counts": [count], "v": v}) == ""
    assert "not 56" in task.wrong_trace({"counts": [count + 4], "v": v})
    assert "not -53.20 mV" in task.wrong_trace({"counts": [count], "v": v - 0.3})
    assert "not -53.20 mV" in task.wrong_trace({"counts": [count], "v": float("nan")})
    assert "2 neurons" in task.wrong_trace({"counts": [count, count], "v": v})


@pytest.mark.parametrize("wrong", [0, -1])
def test_a_wrong_curve_is_noticed(wrong):
    counts = [task.expected(current, task.DURATION) for current in task.amplitudes(0)]
    assert task.wrong_curve({"counts": counts}) == ""
    counts[wrong] += 5
    assert "spikes at" in task.wrong_curve({"counts": counts})
