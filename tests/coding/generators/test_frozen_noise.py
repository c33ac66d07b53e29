"""Repetitions under a constant and under a frozen current: their reliability, their trains, their chance."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import pairwise_reliability
from snnlab.coding.generators.frozen_noise import frozen_noise
from snnlab.neurons import EscapeLIF
from snnlab.neurons.models.escape import State, run

CELL = EscapeLIF(delta=0.5)
SEED = np.uint64(11)


@pytest.fixture(scope="module")
def seen():
    return frozen_noise(0.2, 0.15, CELL, rng=SEED)


def trains(times, units):
    return Spikes(times, units.astype(int), n_units=25, duration=800.0)


def test_the_reliability_is_that_of_the_trains(seen):
    assert seen.constant == pytest.approx(pairwise_reliability(trains(seen.steady, seen.steady_units), 2.0))
    assert seen.reliable == pytest.approx(pairwise_reliability(trains(seen.times, seen.units), 2.0))
    assert seen.reliable > 2 * seen.constant > 0


def test_the_rates_are_spikes_per_second_of_a_repetition(seen):
    assert seen.rate_steady == pytest.approx(seen.n_steady / (25 * 0.8))
    assert seen.rate == pytest.approx(seen.n / (25 * 0.8))


@pytest.mark.parametrize("k", [0, 13, 24])
def test_every_repetition_is_the_neuron_with_noise_of_its_own(seen, k):
    for i, stream, times, units in (
        (np.full(2000, 0.2), k, seen.steady, seen.steady_units),
        (seen.i, 25 + k, seen.times, seen.units),
    ):
        v, one = np.empty((2, 2000))
        count, _ = run(i, v, one, State(CELL.v_rest, 0, SEED, 0), *CELL, 0.4, stream)
        np.testing.assert_array_equal(times[units == k], one[:count])


def test_the_frozen_current_has_its_mean_and_its_spread():
    """800 ms hold about 133 independent values of a current that remembers 3 ms."""
    ends = [frozen_noise(0.2, 0.1, rng=np.uint64(k), trials=2).i for k in range(10)]
    values = np.concatenate(ends)
    assert abs(values.mean() - 0.2) < 4.5 * 0.1 / np.sqrt(1333)
    assert abs(values.std() - 0.1) < 4.5 * 0.1 / np.sqrt(2 * 1333)
    np.testing.assert_array_equal(frozen_noise(0.2, 0.0, rng=SEED, trials=2).i, 0.2)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"spread": -0.1}, "spread must be zero or positive, and finite, got -0.1"),
        ({"trials": 1}, "trials must be at least 2, got 1"),
        ({"sigma": 0.0}, "sigma must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        frozen_noise(**({"mean": 0.2, "spread": 0.1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
