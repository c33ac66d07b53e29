"""The bound of a shared network against a count by hand, its limits and even loads."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks.comparisons.shared_work import shared_work
from snnlab.networks.wiring.connections import Connections


def random_network(n=60, rate=20.0, seed=1, steps=2000):
    rng = np.random.default_rng(seed)
    pre, post = np.nonzero(rng.random((n, n)) < 0.2)
    lines = Connections(pre, post, np.ones(pre.size), np.ones(pre.size), n, n)
    spikes = Spikes.from_raster(rng.random((steps, n)) < rate * 0.1 / 1000, 0.1)
    return spikes, lines


@pytest.mark.equation("shared-work")
@pytest.mark.parametrize("clocked", [True, False])
@pytest.mark.parametrize("cores", [1, 2, 7, 60])
def test_the_bound_is_that_of_a_count(cores, clocked):
    spikes, lines = random_network(rate=200.0, steps=100)
    raster = spikes.to_raster(0.1).astype(int).tolist()
    synapses = list(zip(lines.pre.tolist(), lines.post.tolist(), strict=True))
    total = busiest = 0
    for fired in raster:
        work = [0] * cores
        for core in range(cores):
            work[core] += len(range(core, 60, cores)) if clocked else 0
            work[core] += sum(fired[j] for j, i in synapses if i % cores == core)
        total, busiest = total + sum(work), busiest + max(work)
    assert shared_work(spikes, lines, cores, clocked=clocked) == pytest.approx(
        total / busiest, rel=1e-12, abs=0
    )


def test_one_core_is_one_core_and_nothing_to_do_is_nan():
    spikes, lines = random_network()
    assert shared_work(spikes, lines, 1) == shared_work(spikes, lines, 1, clocked=False) == 1
    silent = Spikes([], duration=20, n_units=60)
    assert math.isnan(shared_work(silent, lines, 4, clocked=False))
    assert shared_work(silent, lines, 4) == 4  # a clock has always something to do, and all as much


def test_even_loads_are_shared_without_loss():
    """The control: all to all, so each core hears as much of every spike."""
    n = 32
    spikes = Spikes([1.0, 3.0, 3.0], units=[0, 5, 6], n_units=n, duration=10)
    pre, post = np.nonzero(np.ones((n, n)))
    lines = Connections(pre, post, np.ones(n * n), np.ones(n * n), n, n)
    for cores in (2, 8, 32):
        assert shared_work(spikes, lines, cores, clocked=False) == cores


@pytest.mark.parametrize("seed", range(10))
def test_few_spikes_share_worse_than_a_clock(seed):
    spikes, lines = random_network(n=60, seed=seed)
    by_events, clocked = (shared_work(spikes, lines, 30, clocked=c) for c in (False, True))
    assert by_events < clocked < 30


def test_connections_must_be_within_the_network():
    _, lines = random_network()
    with pytest.raises(ValueError, match="connections must be within the 3 neurons that fire, got 60 to 60"):
        shared_work(Spikes([1.0], units=[0], n_units=3, duration=5), lines, 2)
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        shared_work([1.0], lines, 2)
