"""Spikes between the points of a clock: those of the exact simulation, at any step."""

import numpy as np
import pytest

from snnlab.learning.constrained.soft_lif import SoftLIF, soft_lif_rate
from snnlab.learning.constrained.spiking_layer import filtered_rates, step
from snnlab.neurons import LIF, simulate_lif_exact

EXACT = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=4.0)


@pytest.mark.parametrize("dt", [0.1, 1.0, 4.0])
def test_under_a_constant_current_the_rate_is_that_of_the_curve(dt):
    j, seconds = np.array([0.9, 1.0, 1.05, 1.5, 2.0, 8.0]), 20.0
    _, counts = filtered_rates(np.tile(j, (round(1000 * seconds / dt), 1)), dt=dt)
    rate = soft_lif_rate(j, SoftLIF(gamma=0.0))
    assert (np.abs(counts - seconds * rate) <= 1.0).all()
    assert counts[:2].sum() == 0


def test_the_spikes_are_those_of_the_exact_simulation():
    rng = np.random.default_rng(1)
    current = rng.uniform(0.0, 4.0, 400)
    v, held, times = 0.0, 0.0, []
    for t, j in enumerate(current):
        v, held, since = step(v, held, j, 20.0, 4.0, 1.0)
        if since >= 0:
            times.append(t + 1.0 - since)
    exact = simulate_lif_exact(current, EXACT, dt=1.0).times
    assert exact.size > 15
    np.testing.assert_allclose(times, exact, rtol=0, atol=1e-9)


def test_the_synapse_keeps_the_rate_and_forgets_the_spike():
    filtered, counts = filtered_rates(np.full((20_000, 1), 3.0), tau_s=10.0, dt=0.5)
    assert filtered[2000:].mean() == pytest.approx(counts[0] / 10.0, rel=0.005)
    pulse = np.zeros((100, 1))
    pulse[:10] = 3.0
    after, fired = filtered_rates(pulse, tau_s=10.0)
    assert fired[0] == 1
    np.testing.assert_allclose(after[30:, 0] / after[20:-10, 0], np.exp(-1.0), rtol=1e-12)


def test_the_step_may_not_be_longer_than_the_refractory_time():
    with pytest.raises(ValueError) as failure:
        filtered_rates(np.ones((3, 1)), dt=5.0)
    assert str(failure.value) == "dt must be at most t_ref (4 ms), got 5"
