"""A neuron in noise: its spikes are the simulation's, its intervals are counted and measured as elsewhere."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import cv
from snnlab.coding.generators.noise_driven import noise_driven
from snnlab.neurons import LIF, simulate_lif
from snnlab.neurons.inputs.noisy_current import spread_in_step
from snnlab.random import normal

SEED = np.uint64(5)


def test_it_is_the_simulation_of_its_noise():
    neuron = LIF(v_th=-53.0)
    seen = noise_driven(0.12, 3.0, neuron, duration=1000.0, rng=SEED)
    spread = spread_in_step(3.0, neuron.tau_m, neuron.r_m, 0.2)
    i = 0.12 + spread * np.array([normal(SEED, 0, t) for t in range(5000)])
    run = simulate_lif(i, neuron, dt=0.2)
    np.testing.assert_allclose(seen.shown, run.v[:2500], rtol=1e-9)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    np.testing.assert_allclose(seen.goal, neuron.v_rest + neuron.r_m * 0.12)
    assert seen.n > 10


@pytest.mark.parametrize(("mean", "sigma"), [(0.2, 0.5), (0.095, 8.0)])
def test_the_intervals_are_measured_as_elsewhere(mean, sigma):
    seen = noise_driven(mean, sigma, rng=SEED)
    intervals = np.diff(seen.times)
    assert seen.cv == pytest.approx(cv(Spikes(seen.times, duration=20_000.0))[0])
    assert seen.rate == seen.n / 20
    np.testing.assert_array_equal(seen.intervals, np.histogram(intervals, np.arange(0, 201, 5.0))[0])
    edges = np.arange(0, 201, 5.0) / intervals.mean()
    np.testing.assert_allclose(seen.law, -np.diff(intervals.size * np.exp(-edges)))


def test_a_silent_neuron_has_no_law():
    seen = noise_driven(0.1, 0.0, rng=SEED)
    assert seen.n == 0 and np.isnan(seen.cv) and not seen.law.any() and not seen.intervals.any()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sigma": -1.0}, "sigma must be zero or positive, and finite, got -1"),
        ({"duration": 100.0}, "duration must be half a second at least, got 100 ms"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        noise_driven(**({"mean": 0.2, "sigma": 0.1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
