"""Jumps of the potential do in a network what they do to one neuron."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import Connections, DeltaJumps, Network, Population
from snnlab.neurons import LIF, simulate_lif_delta


def test_as_one_neuron():
    rng = np.random.default_rng(3)
    neuron = LIF(tau_m=12.0, r_m=80.0, v_reset=-61.0, t_ref=1.5)
    times = np.rint(rng.uniform(0.0, 2000.0, 500)) / 10
    inputs = Spikes(times, rng.integers(0, 20, 500), n_units=20, duration=200)
    w = rng.uniform(-2.0, 4.0, 20)
    alone = simulate_lif_delta(inputs, w, neuron, delay=1.7, i=np.full(2000, 0.1))
    net = Network(into=inputs, cells=Population(1, neuron, DeltaJumps(), i=0.1))
    net.connect("into", "cells", Connections(np.arange(20), np.zeros(20, int), w, np.full(20, 1.7), 20, 1))
    cells = net.run(200, record={"cells": [0]})["cells"]
    assert cells.v[:, 0] == pytest.approx(alone.v, abs=1e-10)
    assert (cells.spikes.times == alone.spikes.times).all() and alone.spikes.n_spikes > 10
    assert (cells.excitation == 0).all() and (cells.inhibition == 0).all()
