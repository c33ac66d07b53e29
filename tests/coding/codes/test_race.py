"""The race of the codes: Poisson neurons against closed forms, LIF neurons against their latencies."""

import itertools
import math

import numpy as np
import pytest

from snnlab.coding import first_spike_correct, race_lif, race_poisson
from snnlab.coding.codes import race as module
from snnlab.coding.codes.reaction import count_correct, order_probability
from snnlab.neurons import LIF, lif_latency, siegert_rate

TIMES = np.array([0.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0])
TRIALS = 4000
ERROR = 4.5 * 0.5 / math.sqrt(TRIALS)  # 4.5 standard errors, at most


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("n", [1, 6])
def test_poisson_neurons_do_what_the_closed_forms_say(n):
    race = race_poisson(80.0, 20.0, n, TIMES, trials=TRIALS, rng=rng())
    for k, time in enumerate(TIMES):
        assert abs(race.by_first[k] - first_spike_correct(80.0, 20.0, n, time)) < ERROR
        assert abs(race.by_count[k] - count_correct(80.0, 20.0, time, n)) < ERROR
    mean = 1000.0 / (n * 100.0)
    waits = np.minimum(race.first_time, 200.0)
    assert abs(waits.mean() - mean) < 4.5 * mean / math.sqrt(TRIALS)


@pytest.mark.parametrize("n", [1, 6])
def test_who_has_fired_is_a_race_of_two_binomial_numbers(n):
    """A Poisson neuron has fired by T with the probability 1 − exp(−r T), each for itself."""
    race = race_poisson(80.0, 20.0, n, TIMES, trials=TRIALS, rng=rng(4))
    for k, time in enumerate(TIMES):
        strong, weak = (
            [math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(n + 1)]
            for p in (-math.expm1(-rate * time / 1000) for rate in (80.0, 20.0))
        )
        right = sum(
            a * b * (0.5 if i == j else i > j) for i, a in enumerate(strong) for j, b in enumerate(weak)
        )
        assert abs(race.by_set[k] - right) < ERROR


def test_rank_order_of_poisson_neurons_is_the_sum_over_all_orders():
    """Two and two neurons, all of which fire; ranks weigh 1, 0.8, 0.64, 0.512."""
    rates, side, weight = [70.0, 70.0, 30.0, 30.0], [1, 1, -1, -1], 0.8 ** np.arange(4)
    expected = 0.0
    for order in itertools.permutations(range(4)):
        lead = weight @ np.array([side[k] for k in order])
        expected += order_probability([rates[k] for k in order]) * (lead > 0)
    race = race_poisson(70.0, 30.0, 2, [10_000.0], trials=TRIALS, rng=rng(2))
    assert abs(race.by_order[0] - expected) < ERROR


def test_modulation_ends_in_the_first_spike_and_in_the_number_of_neurons():
    first = race_poisson(60.0, 40.0, 4, TIMES, modulation=0.5, trials=500, rng=rng(3))
    np.testing.assert_array_equal(first.by_order, first.by_first)
    fired = race_poisson(60.0, 40.0, 4, [1e5], modulation=1.0, trials=50, rng=rng(3))
    assert fired.by_order[0] == fired.by_set[0] == 0.5  # all have fired: four against four
    few = race_poisson(60.0, 40.0, 100, [0.5], modulation=1.0, trials=2000, rng=rng(3))
    assert abs(few.by_order[0] - few.by_count[0]) < 0.02  # hardly any neuron fires twice


def test_silent_neurons_guess():
    race = race_poisson(0.0, 0.0, 3, TIMES, trials=20, rng=rng())
    assert np.all(race.by_first == 0.5) and np.all(race.by_count == 0.5) and np.all(np.isinf(race.first_time))
    assert race_poisson(0.0, 50.0, 3, [1000.0], trials=20, rng=rng()).by_count[0] == 0.0
    race = race_lif(0.1, 0.1, 0.0, 3, TIMES, trials=2, rng=rng())
    assert np.all(race.by_order == 0.5) and np.all(np.isinf(race.first_time))


def test_without_noise_the_first_spikes_of_lif_neurons_come_at_their_latency():
    dt = 0.05
    strong, weak = lif_latency([0.3, 0.25])
    times = [strong - 0.1, strong + 0.1, weak + 0.1]
    race = race_lif(0.3, 0.25, 0.0, 3, times, trials=2, dt=dt, rng=rng())
    assert np.all((race.first_time >= strong) & (race.first_time < strong + dt + 1e-9))
    np.testing.assert_array_equal(race.by_first, [0.5, 1.0, 1.0])
    np.testing.assert_array_equal(race.by_count, [0.5, 1.0, 0.5])  # three against three
    np.testing.assert_array_equal(race.by_set, [0.5, 1.0, 0.5])


def test_order_matters_once_everybody_has_fired():
    """Ten on each side with little noise, over ten seeds; with much noise who has fired is worth more."""
    lead = {
        sigma: np.array([
            race.by_order[0] - race.by_set[0]
            for race in (
                race_lif(0.275, 0.225, sigma, 10, [30.0], trials=2000, dt=0.5, rng=rng(seed))
                for seed in range(10)
            )
        ])
        for sigma in (2.0, 6.0)
    }
    for sigma, sign in ((2.0, 1.0), (6.0, -1.0)):
        assert sign * lead[sigma].mean() > 5 * lead[sigma].std(ddof=1) / math.sqrt(10)


def test_lif_neurons_under_strong_noise_tell_by_count_at_least_what_poisson_neurons_tell():
    """At the stationary rates of Siegert; and nothing where both currents are alike."""
    neuron, sigma, dt = LIF(t_ref=0.0), 5.0, 0.5
    race = race_lif(0.07, 0.07, sigma, 5, [300.0, 301.0], neuron, trials=800, dt=dt, rng=rng(5))
    assert np.all(np.abs(race.by_count - 0.5) < 4.5 * 0.5 / math.sqrt(800))
    race = race_lif(0.10, 0.05, sigma, 5, [100.0, 400.0], neuron, trials=800, dt=dt, rng=rng(6))
    high, low = siegert_rate([0.10, 0.05], sigma, neuron, dt)
    assert count_correct(high, low, 400.0, 5) - 0.02 < race.by_count[1]  # more regular than Poisson
    assert race.by_count[1] > race.by_count[0] > race.by_first[1]


def test_the_side_and_the_order_of_neurons_do_not_matter():
    """Pools exchanged: right becomes wrong; 20 neurons use more than one word of random bits."""
    race = race_lif(0.3, 0.25, 3.0, 20, [15.0, 60.0], trials=600, rng=rng(7))
    other = race_lif(0.25, 0.3, 3.0, 20, [15.0, 60.0], trials=600, rng=rng(8))
    for a, b in zip(race[1:5], other[1:5], strict=True):
        assert np.all(np.abs(a + b - 1.0) < 4.5 * 0.5 * math.sqrt(2 / 600))
    assert np.all(race.by_order > race.by_first)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.poisson_race, "py_func"):
        pytest.skip("the compiler is off")
    found = []
    for run in (module.poisson_race, module.poisson_race.py_func):
        right, when = np.zeros((4, 2)), np.empty(5)
        run(right, when, np.empty(6, np.int32), 7, np.array([5.0, 20.0]), 0.08, 0.05, 3, 0.8, np.uint64(5))
        found.append((right, when))
    assert found[0][0] == pytest.approx(found[1][0]) and found[0][1] == pytest.approx(found[1][1])


def test_bad_input_is_named():
    right = {"strong": 50.0, "weak": 20.0, "n": 2, "times": [1.0], "rng": rng()}
    for wrong, sentence in [
        ({"strong": -1.0}, "strong must be zero or positive, and finite, got -1"),
        ({"times": []}, r"times must rise from 0 or later, got \[\]"),
        ({"times": [2.0, 1.0]}, r"times must rise from 0 or later, got \[2. 1.\]"),
        ({"n": 0}, "n must be at least 1, got 0"),
        ({"n": 20_000}, "n must be at most 10000 and trials at most 1e7, got 20000 and 1000"),
        ({"modulation": 1.5}, "modulation must be between 0 and 1, got 1.5"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            race_poisson(**(right | wrong))
    with pytest.raises(ValueError, match=r"at most 5e9 steps of a neuron, got 4e\+10"):
        race_lif(0.2, 0.1, 1.0, 1000, [10_000.0], rng=rng())
    with pytest.raises(ValueError, match="dt must be positive and finite, got 0"):
        race_lif(0.2, 0.1, 1.0, 2, [10.0], dt=0.0, rng=rng())
