"""The equations of codes in time as the chapter writes them, against simulations and sums done by hand."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    cross_correlogram,
    decode_first_spikes,
    encode_first_spikes,
    phase_locking,
    poisson_spikes,
    rank_order,
    spike_phases,
)
from snnlab.coding.codes.rank_readout import rank_weights
from snnlab.neurons import LIF, lif_latency, simulate_lif_exact


@pytest.mark.equation("first-spike")
def test_a_current_can_be_read_from_the_first_spike_of_a_simulated_neuron():
    neuron, tau, theta = LIF(), 20.0, 15.0
    current = np.array([0.16, 0.25, 0.4, 2.0])
    t1 = np.array([simulate_lif_exact([i], neuron, dt=200.0).times[0] for i in current])
    x = neuron.r_m * current
    assert t1 == pytest.approx(tau * np.log(x / (x - theta)), rel=1e-9, abs=0)
    assert theta / (1 - np.exp(-t1 / tau)) == pytest.approx(x, rel=1e-9, abs=0)
    fired = Spikes(t1, np.arange(4), n_units=4, duration=200)
    assert decode_first_spikes(fired, tau, theta) == pytest.approx(x, rel=1e-9, abs=0)
    assert lif_latency(current) == pytest.approx(t1, rel=1e-9, abs=0)


@pytest.mark.equation("rank-order")
def test_the_answer_is_a_sum_over_ranks_and_does_not_see_brightness():
    w, m, drive = np.array([0.2, -0.5, 1.0, 0.3]), 0.7, np.array([1.0, 0.4, 0.9, 0.1])
    by_hand = 0.2 * 1 - 0.5 * 0.7**2 + 1.0 * 0.7  # the last neuron stays silent
    for brighter in (1.0, 1.6, 2.0):
        fired = encode_first_spikes(brighter * drive, tau=20, threshold=0.25, duration=200)
        weights = rank_weights([rank_order(fired)], m, 4)[0]
        assert w @ weights == pytest.approx(by_hand, rel=1e-12, abs=0)


@pytest.mark.equation("poisson-first-spike")
@pytest.mark.parametrize("rate", [5.0, 80.0])
def test_a_poisson_neuron_waits_for_an_interval_and_scatters_by_as_much(rate):
    n = 4000
    trains = poisson_spikes(rate, 40_000 / rate, n, rng=np.random.default_rng(4))
    wait = np.array([train[0] for train in trains]) * rate / 1000
    assert abs(wait.mean() - 1) < 4.5 / np.sqrt(n)
    assert abs(wait.std() - 1) < 4.5 * np.sqrt(2 / n)


@pytest.mark.equation("phase")
def test_phases_by_hand():
    spikes = Spikes([10.0, 30.0, 60.0, 85.0], duration=100)
    assert np.degrees(spike_phases(spikes, period=40, start=10)) == pytest.approx([0, 180, 90, 315])


@pytest.mark.equation("vector-strength")
def test_vector_strength_is_the_length_of_the_mean_arrow_and_p_its_tail():
    locked = phase_locking(Spikes([0.0, 10.0, 50.0], duration=100), period=40)  # 0°, 90°, 90°
    assert locked.strength == pytest.approx(np.sqrt(1 + 4) / 3)
    assert np.degrees(locked.phase) == pytest.approx(np.degrees(np.arctan2(2, 1)))
    many = Spikes(np.sort(np.random.default_rng(6).uniform(0, 100, 4000)), duration=100)
    found = phase_locking(many, period=100)
    assert found.p == pytest.approx(np.exp(-found.n * found.strength**2), abs=1e-3)


@pytest.mark.equation("cross-correlogram")
def test_the_correlogram_counts_every_pair_of_bins():
    rng = np.random.default_rng(7)
    a, b = (np.sort(rng.integers(0, 40, 60)) + 0.5 for _ in range(2))
    found = cross_correlogram(Spikes(a, duration=40), Spikes(b, duration=40), bin_width=1, max_lag=5)
    by_hand = [np.sum(np.round(b[None, :] - a[:, None]) == lag) for lag in found.lag]
    assert found.pairs.tolist() == by_hand
