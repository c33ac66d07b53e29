"""Poisson drives, counted by neurons without a leak whose potential rises by 1 with each spike."""

import math

import numpy as np
import pytest

from snnlab.networks import DeltaJumps, Network, Population
from snnlab.neurons import LIF

COUNTER = LIF(tau_m=1e15, v_rest=0.0, v_reset=0.0, v_th=1e9)


def counts(n=2000, rate=40.0, duration=500.0, seed=1, parts=1):
    net = Network(cells=Population(n, COUNTER, DeltaJumps()), rng=np.random.default_rng(seed))
    net.drive("cells", rate, 1.0)
    state = None
    for _ in range(parts):
        state = net.run(duration / parts, start=state).state
    return state.v


def test_counts_are_poisson():
    n, mean = 2000, 40.0 * 0.5
    found = counts(n, 40.0, 500.0)
    assert found == pytest.approx(np.rint(found), abs=1e-9)
    assert found.mean() == pytest.approx(mean, abs=4 * math.sqrt(mean / n))
    assert found.var() == pytest.approx(mean, abs=4 * mean * math.sqrt((2 + 1 / mean) / n))


def test_neurons_are_independent():
    found = counts(2000)
    together = np.corrcoef(found[:1000], found[1000:])[0, 1]
    assert abs(together) < 4 / math.sqrt(1000)


def test_a_seed_decides():
    assert (counts(50, seed=3) == counts(50, seed=3)).all()
    assert (counts(50, seed=3) != counts(50, seed=4)).any()


def test_a_run_in_parts_draws_the_same_numbers():
    assert (counts(50, parts=5) == counts(50, parts=1)).all()


def test_no_rate_no_spikes():
    assert (counts(5, rate=0.0) == 0).all()


def test_a_negative_weight_inhibits():
    net = Network(cells=Population(10), rng=np.random.default_rng(1))
    net.drive("cells", 1000.0, -0.1)
    cells = net.run(20, record={"cells": np.arange(10)})["cells"]
    assert (cells.inhibition[-1] < 0).all() and (cells.excitation == 0).all()
