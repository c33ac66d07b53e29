"""A population under a step: its spikes are the simulation's, and what is read from them is counted anew."""

import numpy as np
import pytest

from snnlab.neurons import LIF, simulate_lif_population
from snnlab.neurons.experiments.population_step import population_step, shares

SEED = np.uint64(6)


def counted(spikes, until):
    """Spikes of all in bins of 2 ms, by the middles of their steps of 0.5 ms, ms."""
    return np.histogram(spikes.times - 0.25, np.arange(0, until + 1, 2.0))[0]


@pytest.mark.parametrize("neuron", [LIF(), LIF(tau_m=15.0, v_th=-52.0, t_ref=0.0)])
def test_spikes_and_rates_are_those_of_the_simulation(neuron):
    seen = population_step(50, 40.0, 30.0, 2.0, neuron=neuron, rng=SEED)
    share, place = (each[:50] for each in shares(1000))
    above = np.maximum(2.0 * place, 0.8 * (neuron.v_reset - neuron.v_th))
    i = np.repeat([0.12, 0.2], [700, 700])
    run = simulate_lif_population(i, 50, 4.0, neuron, delay=30 * share, higher=above, rng=SEED)
    told = (run.units < 40) & (run.times > 250)  # a spike has the time of the end of its step
    np.testing.assert_array_equal(seen.times, run.times[told] - 250)
    np.testing.assert_array_equal(seen.units, run.units[told])
    np.testing.assert_allclose(seen.activity, counted(run, 700)[125:] / (50 * 0.002))
    one = counted(run[[0]], 700)
    over_window = np.convolve(one, np.ones(20))[125:350] / 0.040
    np.testing.assert_allclose(seen.average, over_window, atol=1e-9)


def test_the_ends_and_the_slowest_and_fastest_are_counted():
    seen = population_step(200, spread=3.0, rng=SEED)
    assert seen.before == pytest.approx(seen.activity[:50].mean())
    assert seen.after == pytest.approx(seen.activity[100:].mean())
    assert seen.rates.sum() == 200
    rates = np.repeat(np.arange(15), seen.rates.astype(int)) * 10  # each rounded down to its bin
    assert rates[10] <= seen.low < rates[10] + 10 and rates[190] <= seen.high < rates[190] + 10
    assert seen.low < seen.after < seen.high


def scatter(window):
    """By how much chance moves the half-way point if the spikes of 1000 neurons were Poisson, 4.5 σ, ms.

    The rate goes from 14 to 36 Hz, is counted over the window, and half way is told by 100 and 250 ms.
    """
    half = np.sqrt(14 / 100 + 36 / 250) / 2
    return 4.5 * np.hypot(np.sqrt(25 / window), half) / (22 / window)


@pytest.mark.parametrize("window", [20.0, 100.0, 200.0])
def test_the_average_over_a_window_is_half_way_after_half_of_it(window):
    seen = population_step(window=window, rng=SEED)
    assert seen.lag < 10 and abs(seen.slow - window / 2) < seen.lag + scatter(window)


def test_delays_do_to_all_what_a_window_does_to_one():
    late, alike = population_step(delays=100.0, rng=SEED), population_step(rng=SEED)
    assert late.lag == pytest.approx(alike.slow, abs=np.sqrt(2) * scatter(100.0))
    unlike = population_step(spread=5.0, rng=SEED)
    assert alike.lag < 10 and unlike.lag < 10 and unlike.high > 2 * alike.high


def test_the_first_neuron_is_in_the_middle():
    for n in (1, 2, 1000):
        share, place = shares(n)
        assert abs(share[0] - 0.5) == pytest.approx(np.abs(share - 0.5).min())
        assert abs(place[0]) == np.abs(place).min()
        assert np.sort(share) == pytest.approx((np.arange(n) + 0.5) / n, abs=1e-4)


def test_where_nothing_rises_there_is_no_half_way():
    seen = population_step(10, weak=0.0, strong=0.0, sigma=0.0, rng=SEED)
    assert seen.n == 0 and np.isnan(seen.lag) and np.isnan(seen.slow) and seen.high == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"neurons": 0}, "neurons must be at least 1, got 0"),
        ({"window": 300.0}, "window must be from 2 to 250 ms, got 300"),
        ({"delays": -1.0}, "delays must be zero or positive, and finite, got -1"),
        ({"neurons": 1_000_000}, "the number of spikes must be at most 1e+08, got about 2.8e+08"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        population_step(**({"rng": SEED} | wrong))
    assert str(failure.value) == sentence
