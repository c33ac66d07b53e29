"""Poisson drives, counted by neurons without a leak whose potential rises by 1 with each spike."""

import math

import numpy as np
import pytest

from snnlab.networks import DeltaJumps, ExponentialConductances, Network, Population
from snnlab.networks.running.poisson_drive import BLOCK, FEW, OFTEN, chances, count, fill_chances
from snnlab.neurons import LIF
from snnlab.random import uniform_pair

RATES = [
    40.0,
    2600.0,
    20_000.0,
]  # Hz: in steps of 0.1 ms the spikes of the first are dated, the others counted
COUNTER = LIF(tau_m=1e15, v_rest=0.0, v_reset=0.0, v_th=1e9)


def counts(n=2000, rate=40.0, duration=500.0, seed=1, parts=1):
    net = Network(cells=Population(n, COUNTER, DeltaJumps()), rng=np.random.default_rng(seed))
    net.drive("cells", rate, 1.0)
    state = None
    for _ in range(parts):
        state = net.run(duration / parts, start=state).state
    return state.v


@pytest.mark.parametrize("rate", RATES)
def test_counts_are_poisson(rate):
    n, mean = 2000, rate * 0.1
    found = counts(n, rate, 100.0)
    assert found == pytest.approx(np.rint(found), abs=1e-9)
    assert found.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / n))
    assert found.var() == pytest.approx(mean, abs=4 * mean * math.sqrt((2 + 1 / mean) / n))


@pytest.mark.parametrize("rate", RATES)
def test_neurons_are_independent(rate):
    """Of each other, also of those beside them, with whom they share a random number."""
    found = counts(2000, rate)
    for one, other in ((found[:1000], found[1000:]), (found[::2], found[1::2])):
        assert abs(np.corrcoef(one, other)[0, 1]) < 4 / math.sqrt(1000)


@pytest.mark.parametrize("rate", RATES)
def test_steps_are_independent(rate):
    """The counts of one run in its first and in its second half."""
    net = Network(cells=Population(2001, COUNTER, DeltaJumps()), rng=np.random.default_rng(1))
    net.drive("cells", rate, 1.0)
    first = net.run(50.0)
    second = net.run(50.0, start=first.state).state.v - first.state.v
    assert abs(np.corrcoef(first.state.v, second)[0, 1]) < 4 / math.sqrt(2001)


def test_chances_are_those_of_poissons_distribution():
    means = np.array([0.0, OFTEN, 2.0, 700.0])
    table = chances(means)
    assert table[0].tolist() == [1.0] * table.shape[1]
    for mean, row in zip(means[1:], table[1:], strict=True):
        share = np.diff(row, prepend=0.0)
        k = np.arange(share.size)
        assert row[-1] == 1.0 and (share >= 0.0).all()  # no random number below 1 finds no number of spikes
        assert (k * share).sum() == pytest.approx(mean, rel=1e-9, abs=0)
        assert ((k - mean) ** 2 * share).sum() == pytest.approx(mean, rel=1e-9, abs=0)
        assert share[1 : k[-1]] * k[1:-1] == pytest.approx(mean * share[: k[-2]], abs=1e-11)


def test_chances_are_those_of_its_formula():
    """The powers and the factorial by their logarithms, which lose digits as the mean grows."""
    for mean in (0.3, 2.0, 10.0, 700.0):
        table = np.empty(2000)
        fill_chances(table, mean)
        terms = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0)) for k in range(table.size)]
        assert table == pytest.approx(np.cumsum(terms), abs=1e-15 * max(10.0, mean))


@pytest.mark.parametrize("rate", RATES)
def test_a_seed_decides(rate):
    assert (counts(51, rate, seed=3) == counts(51, rate, seed=3)).all()
    assert (counts(51, rate, seed=3) != counts(51, rate, seed=4)).any()


@pytest.mark.parametrize("rate", RATES)
def test_a_run_in_parts_draws_the_same_numbers(rate):
    assert (counts(51, rate, parts=5) == counts(51, rate, parts=1)).all()


@pytest.mark.parametrize("n", [1, 2, 7, 2 * BLOCK, 2 * BLOCK + 1, 10 * BLOCK + 6])
@pytest.mark.parametrize("mean", [0.3, 2.0, 7.0])
def test_what_is_counted_several_at_a_time_is_the_number_of_each(n, mean):
    """Few spikes and many, whole blocks and the last neuron of an odd number."""
    at_most, seed, stream, first = chances(np.array([mean]))[0], np.uint64(4), np.uint64(1), np.uint64(9)
    driven = np.ones(n)
    count(driven, 0.5, at_most, seed, stream, first)
    pairs = [uniform_pair(seed, stream, first + np.uint64(k)) for k in range((n + 1) // 2)]
    numbers = np.searchsorted(at_most, np.ravel(pairs)[:n], side="right")
    assert (driven == 1.0 + 0.5 * numbers).all()
    assert n < BLOCK or mean < 7.0 or numbers.max() >= FEW


def test_two_drives_are_independent_and_may_be_of_either_kind():
    net = Network(cells=Population(2000, COUNTER, DeltaJumps()), rng=np.random.default_rng(1))
    net.drive("cells", 40.0, 1.0)
    net.drive("cells", 4000.0, 1000.0)
    many, few = np.divmod(net.run(500).state.v, 1000.0)
    for found, mean in ((few, 20.0), (many, 2000.0)):
        assert found.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / 2000))
    assert abs(np.corrcoef(few, many)[0, 1]) < 4 / math.sqrt(2000)


def test_no_rate_no_spikes():
    assert (counts(5, rate=0.0) == 0).all()


def test_a_negative_weight_inhibits():
    net = Network(cells=Population(10), rng=np.random.default_rng(1))
    net.drive("cells", 1000.0, -0.1)
    cells = net.run(20, record={"cells": np.arange(10)})["cells"]
    assert (cells.inhibition[-1] < 0).all() and (cells.excitation == 0).all()


def test_a_negative_weight_adds_its_amount_to_the_conductance_of_inhibition():
    cells = Population(10, synapses=ExponentialConductances())
    net = Network(cells=cells, rng=np.random.default_rng(1))
    net.drive("cells", 1000.0, -0.001)
    state = net.run(20).state
    assert (state.inhibition > 0).all() and (state.excitation == 0).all()
