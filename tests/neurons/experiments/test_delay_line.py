"""The delay line: what it must not depend on, and where it puts a sound."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, delay_line, ear_spikes, exponential_psp, interaural_delay

DELAYS = np.linspace(-0.6, 0.6, 25)


@pytest.mark.equation("delay-line")
def test_two_spikes_fire_the_neuron_if_their_peaks_meet():
    """One spike from each ear: neuron k fires if the PSPs, d_k − Δ apart, together reach the threshold."""
    neuron, tau_s, delta = LIF(tau_m=0.3, t_ref=1.0), 0.1, 0.2
    left, right = Spikes([5.0], duration=10), Spikes([5.0 + delta], duration=10)
    s = np.arange(0, 3, 0.001)
    one = exponential_psp(s, tau_m=0.3, tau_s=tau_s)
    apart = np.abs(DELAYS - delta)
    highest = np.array([(one + np.interp(s - gap, s, one, left=0.0)).max() for gap in apart])
    height = 15.0 / 1.5 / one.max()  # mV: two spikes reach the threshold if they add up to 1.5 of one
    w = height * 0.3 / (neuron.r_m * tau_s)
    fired = delay_line(left, right, DELAYS, w, neuron, tau_s)
    clear = np.abs(highest / (1.5 * one.max()) - 1) > 0.01
    assert np.array_equal(fired[clear], (highest > 1.5 * one.max())[clear])
    assert fired[DELAYS.searchsorted(0.2)] == 1 and 3 <= fired.sum() < DELAYS.size
    assert interaural_delay(fired, DELAYS) == pytest.approx(delta, abs=1e-9)


def test_a_swap_of_the_ears_mirrors_the_row():
    left, right = ear_spikes(0.3, rng=np.random.default_rng(2))
    assert np.array_equal(delay_line(left, right, DELAYS), delay_line(right, left, DELAYS)[::-1])
    assert np.array_equal(delay_line(left, right, DELAYS), delay_line(right, left, -DELAYS))


def test_it_finds_a_tone_much_better_than_its_fibres_keep_time():
    rng = np.random.default_rng(3)
    true = np.linspace(-0.3, 0.3, 13)
    found = [interaural_delay(delay_line(*ear_spikes(x, rng=rng), DELAYS), DELAYS) for x in true]
    off = np.abs(found - true)
    assert off.mean() < 0.03 and off.max() < 0.1  # ms; a single fibre scatters by 0.1 ms


def test_fibres_fire_with_their_probability_jitter_and_delay():
    left, right = ear_spikes(0.5, duration=4000, fibres=20, rng=np.random.default_rng(4))
    n = 2000 * 20
    for ear in (left, right):
        assert abs(ear.n_spikes - 0.7 * n) < 4.5 * np.sqrt(n * 0.7 * 0.3)
    phases = [np.angle(np.exp(2j * np.pi * ear.times / 2.0).mean()) for ear in (left, right)]
    late = (phases[1] - phases[0]) / (2 * np.pi) * 2.0
    assert late == pytest.approx(0.5, abs=4.5 * 0.1 * np.sqrt(2 / (0.7 * n)))
    strength = np.abs(np.exp(2j * np.pi * left.times / 2.0).mean())
    assert strength == pytest.approx(np.exp(-2 * (np.pi * 0.1 / 2.0) ** 2), abs=0.003)


def test_bad_input_is_named():
    rng = np.random.default_rng(1)
    left = Spikes([1.0], duration=2)
    with pytest.raises(ValueError, match="frequency must be positive and finite, got 0"):
        ear_spikes(0.0, frequency=0, rng=rng)
    with pytest.raises(TypeError, match="rng must be a numpy"):
        ear_spikes(0.0, rng=1)
    with pytest.raises(TypeError, match="right must be Spikes, got int"):
        delay_line(left, 3, DELAYS)
    with pytest.raises(ValueError, match="delays must have one number for each of 2 counts, got 25"):
        interaural_delay([1, 2], DELAYS)


def test_nothing_gives_nothing():
    left, right = ear_spikes(0.0, duration=2, rng=np.random.default_rng(1))
    assert delay_line(left, right, DELAYS, w=0.0).sum() == 0 and np.isnan(interaural_delay([0.0], [1.0]))
