"""The race of two currents: without noise in closed form, alike by chance, else as elsewhere."""

import numpy as np
import pytest

from snnlab.coding import race_lif
from snnlab.coding.codes.current_race import current_race
from snnlab.neurons import LIF, lif_latency, lif_rate, simulate_lif

SEED = np.uint64(1)


def test_without_noise_the_first_spike_is_always_right_and_the_counter_in_turns():
    currents = np.array([1.1, 0.9]) * 0.25
    found = current_race(20.0, 0.0, rng=SEED)
    latency = lif_latency(currents)
    assert found.first_right == pytest.approx(100)
    assert found.first_time == pytest.approx(latency[0], abs=0.5)
    interval = 1000 / lif_rate(currents)
    spikes = np.floor((found.t[:, None] - latency) / interval) + 1
    ahead = spikes[:, 0] > spikes[:, 1]
    # the grid makes each spike late by less than a step: a bin in which the lead changes may be off by one
    settled = np.ones(ahead.size, bool)
    settled[:-1] &= ahead[:-1] == ahead[1:]
    settled[1:] &= ahead[1:] == ahead[:-1]
    early = found.t < 70  # until then the grid has not added up to a bin
    assert np.array_equal((found.by_count > 99)[settled & early], ahead[settled & early])
    assert found.n == pytest.approx((100 - latency[0]) / interval[0] + 1, abs=1)


def test_alike_nobody_can_know():
    found = current_race(0.0, 3.0, 5, rng=SEED)
    for share in (found.first_right, found.order_right, found.count_right):
        assert abs(share - 50) < 4.5 * 50 / np.sqrt(400)
    assert found.t[-1] == 200 and found.t[0] == 2


def test_the_readers_are_those_of_the_race():
    neuron = LIF(v_th=-52.0)
    found = current_race(30.0, 2.0, 3, 40.0, neuron, current=0.2, modulation=0.7, trials=50, rng=SEED)
    race = race_lif(0.23, 0.17, 2.0, 3, found.t, neuron, modulation=0.7, trials=50, dt=0.5, rng=SEED)
    for name in ("by_first", "by_order", "by_count", "by_set"):
        np.testing.assert_allclose(getattr(found, name), 100 * getattr(race, name))
    assert found.first_time == pytest.approx(np.minimum(race.first_time, 200.0).mean())
    at = np.flatnonzero(found.t == 40.0)[0]
    assert (found.order_right, found.count_right) == (found.by_order[at], found.by_count[at])
    assert (found.set_right, found.first_right) == (found.by_set[at], found.by_first[-1])


def test_the_example_is_a_neuron_under_each_current():
    found = current_race(20.0, 0.0, trials=1, rng=SEED)
    for current, v, times in ((0.275, found.v, found.times), (0.225, found.v_weak, found.times_weak)):
        run = simulate_lif(np.full(200, current), dt=0.5)
        np.testing.assert_allclose(v, run.v, rtol=1e-12)
        np.testing.assert_array_equal(times, run.spikes.times)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sigma": -1.0}, "sigma must be zero or positive, and finite, got -1"),
        ({"n": 0}, "n must be at least 1, got 0"),
        ({"window": 1.0}, "window must be from 2 to 200 ms, got 1"),
        ({"n": 100_000, "trials": 1000}, "n times trials must be at most 1e7, got 100000000"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        current_race(**({"difference": 20.0, "sigma": 1.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
