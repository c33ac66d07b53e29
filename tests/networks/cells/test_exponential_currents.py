"""Neurons in a network do what the same neurons do alone."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import Connections, ExponentialCurrents, Network, Population
from snnlab.neurons import LIF, simulate_lif, simulate_lif_synaptic

NEURON = LIF(tau_m=12.0, r_m=80.0, v_reset=-61.0, t_ref=1.5)


def test_constant_current_as_one_neuron():
    alone = simulate_lif(np.full(1000, 0.3), NEURON)
    run = Network(cells=Population(300, NEURON, i=0.3)).run(100, record={"cells": [0, 255, 256, 299]})
    assert run["cells"].v.T == pytest.approx(np.tile(alone.v, (4, 1)), abs=1e-12)
    assert (run["cells"].spikes[299] == alone.spikes.times).all()
    assert run["cells"].spikes.n_spikes == 300 * alone.spikes.n_spikes > 0


def test_synapses_as_one_neuron():
    rng = np.random.default_rng(1)
    inputs = Spikes(rng.uniform(0.0, 200.0, 400), rng.integers(0, 20, 400), n_units=20, duration=200)
    w = rng.uniform(-0.3, 0.5, 20)
    on_grid = Spikes(np.rint(inputs.times * 10) / 10, inputs.units, n_units=20, duration=200)
    alone = simulate_lif_synaptic(on_grid, w, NEURON, tau_s=3.0, tau_in=7.0, delay=1.7, i=np.full(2000, 0.05))
    net = Network(into=on_grid, cells=Population(1, NEURON, ExponentialCurrents(3.0, 7.0), i=0.05))
    net.connect("into", "cells", Connections(np.arange(20), np.zeros(20, int), w, np.full(20, 1.7), 20, 1))
    cells = net.run(200, record={"cells": [0]})["cells"]
    assert cells.v[:, 0] == pytest.approx(alone.v, abs=1e-10)
    assert (cells.excitation + cells.inhibition)[:, 0] == pytest.approx(alone.i_s, abs=1e-12)
    assert (cells.spikes.times == alone.spikes.times).all() and alone.spikes.n_spikes > 3
    assert (cells.excitation >= 0).all() and (cells.inhibition <= 0).all()
