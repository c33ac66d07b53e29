"""A population of noisy LIF neurons."""

import numpy as np
import pytest

from snnlab.coding import population_activity
from snnlab.neurons import LIF, noisy_current, simulate_lif, simulate_lif_population
from snnlab.neurons.populations.lif_population import four_coins
from snnlab.random import philox

STEP = np.repeat([0.12, 0.2], [800, 800])  # nA, 400 ms each


def population(i=STEP, n=1000, sigma=4.0, seed=63, **numbers):
    return simulate_lif_population(i, n, sigma, rng=np.random.default_rng(seed), **numbers)


def test_coins_have_mean_0_and_variance_1_and_are_independent():
    # as a kernel has them: the type of a pair of plain ints is that of the first pair the process has seen
    bits = [tuple(map(np.uint64, philox(np.uint64(1), np.uint64(0), np.uint64(t)))) for t in range(2000)]
    chance = np.array([[four_coins(b, k) for k in range(32)] for b in bits])
    assert set(np.unique(chance)) == {-2.0, -1.0, 0.0, 1.0, 2.0}
    assert abs(chance.mean()) < 4.5 / np.sqrt(chance.size)
    assert abs(chance.var() - 1) < 4.5 * np.sqrt(1.5 / chance.size)  # the fourth moment is 2.5
    between = np.corrcoef(chance.T)[np.triu_indices(32, 1)]
    assert np.abs(between).max() < 5 / np.sqrt(len(bits))


@pytest.mark.parametrize("mean", [0.12, 0.2])
def test_the_rate_is_that_under_normal_noise(mean):
    """Coins in place of normal numbers: the same rate, for the same step."""
    steps, n = 4000, 400
    normal = simulate_lif(
        noisy_current(mean, 4.0, 0.5 * steps, n, dt=0.5, rng=np.random.default_rng(1)), dt=0.5
    )
    there = normal.spikes.between(500, 2000).rates
    here = population(np.full(steps, mean), n).between(500, 2000).rates
    error = np.sqrt((here.var() + there.var()) / n)
    assert abs(here.mean() - there.mean()) < 4.5 * error


def test_without_noise_it_is_the_lif_neuron():
    """Started at rest by a threshold as high as that: then the same spikes."""
    neuron = LIF(v_reset=-70.0)
    spikes = simulate_lif_population(np.full(2000, 0.3), 3, 0.0, neuron, rng=np.random.default_rng(2))
    alone = np.diff(simulate_lif(np.full(2000, 0.3), neuron, dt=0.5).spikes.times)
    for train in spikes:
        assert np.diff(train)[1:] == pytest.approx(np.full(train.size - 2, alone[-1]), abs=1e-9)


def test_a_delay_shifts_the_step():
    """Without noise: the potential hears the step late by the delay, so the first spike comes late by it."""
    step = np.repeat([0.0, 0.3], [1000, 400])
    late = [0.0, 10.0, 25.5]
    spikes = simulate_lif_population(step, 3, 0.0, delay=late, rng=np.random.default_rng(3))
    first = np.array([train[0] for train in spikes])
    assert first - first[0] == pytest.approx(late)
    assert first[0] == pytest.approx(simulate_lif(step, dt=0.5).spikes.times[0])


@pytest.mark.equation("rate-delays")
def test_delays_up_to_d_do_what_an_average_over_d_does():
    """A of delayed neurons is the moving average of A of prompt ones, within counting errors."""
    longest, n, bin_width = 60.0, 4000, 5.0
    prompt = population(n=n, seed=4)
    late = population(n=n, seed=5, delay=np.linspace(0, longest, n, endpoint=False))
    here = population_activity(late, bin_width).rate
    alike = np.convolve(population_activity(prompt, 0.5).rate, np.full(120, 1 / 120))[: STEP.size]
    expected = alike.reshape(-1, 10).mean(axis=1)
    shown = slice(40, None)  # from 200 ms on: what they start with is forgotten
    z = (here - expected)[shown] / np.sqrt(expected[shown] * 1000 / (n * bin_width))
    assert np.abs(z).max() < 4.5 and abs(z.mean()) < 4.5 / np.sqrt(z.size)
    off = population_activity(prompt, bin_width).rate[shown] - expected[shown]
    assert (
        np.abs(off).max() > 20 * np.sqrt(36 * 1000 / (n * bin_width)) / 4.5
    )  # and without delays it is another


def test_activity_is_there_at_once_and_thresholds_do_not_delay_it():
    for above in (0.0, np.linspace(-8, 8, 1000)):
        spikes = population(higher=above, seed=6)
        before, after = spikes.between(200, 400).rates.mean(), spikes.between(500, 800).rates.mean()
        soon = spikes.between(402, 412).rates.mean()
        assert soon > (before + after) / 2
    assert np.ptp(population(higher=np.linspace(-8, 8, 1000)).between(500, 800).rates) > 60


def test_a_neuron_does_not_depend_on_how_many_there_are():
    few, many = population(n=40), population(n=200)
    for k in (0, 31, 32, 39):
        np.testing.assert_array_equal(few[k], many[k])


@pytest.mark.parametrize("t_ref", [801.0, 1e9, 1e20, 1e300])
def test_a_refractory_time_beyond_the_end_allows_one_spike(t_ref):
    """Some of these are more steps than a whole number of 32 bits can hold."""
    strong = np.full(1600, 1e5)
    assert population(strong, n=3, neuron=LIF(t_ref=t_ref)).n_spikes == 3


def test_bad_input():
    with pytest.raises(ValueError, match="delay must be zero or positive, got -1"):
        population(n=2, delay=[0.0, -1.0])
    with pytest.raises(ValueError, match="delay must be one number or one for each of 3 neurons, got 2"):
        population(n=3, delay=[0.0, 1.0])
    with pytest.raises(ValueError, match="higher must leave every threshold above v_reset, got -15"):
        population(n=3, higher=-15.0)
    with pytest.raises(ValueError, match="sigma must be zero or positive, and finite, got -1"):
        population(sigma=-1)


def test_more_neurons_than_there_is_room_for_are_refused():
    with pytest.raises(ValueError, match=r"n must be below 2\*\*63, got about 2\*\*1329"):
        simulate_lif_population(np.ones(4), 10**400, 1.0, rng=np.random.default_rng(1))
