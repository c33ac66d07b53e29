"""One synapse onto each model, against the same neuron alone that gets the current from its input."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.networks import (
    AlphaCurrents,
    Connections,
    DeltaJumps,
    ExponentialConductances,
    ExponentialCurrents,
    Network,
    Population,
)
from snnlab.neurons import QIF, AdEx, Izhikevich, simulate_adex, simulate_izhikevich, simulate_qif

DT = 0.1
ARRIVES = 100  # steps

MODELS = [
    (AdEx(), simulate_adex, 0.7, 0.5),
    (Izhikevich(), simulate_izhikevich, 6.0, 10.0),
    (QIF(), simulate_qif, 0.02, 0.5),
]


def one_synapse(neuron, synapses, w, i, duration=100.0, dt=DT, **options):
    """A spike at 8 ms that arrives at 10 ms."""
    net = Network(
        dt=dt, into=Spikes([8.0], duration=duration), cells=Population(1, neuron, synapses, i, **options)
    )
    net.connect("into", "cells", Connections([0], [0], [w], [2.0], 1, 1))
    return net.run(duration, record={"cells": [0]})["cells"]


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("shape", [ExponentialCurrents, AlphaCurrents])
@pytest.mark.parametrize(("neuron", "simulate", "i", "w"), MODELS, ids=["adex", "izhikevich", "qif"])
def test_the_mean_of_the_current(neuron, simulate, i, w, shape, sign):
    """Its integral over a step is a difference of closed forms."""
    taus = {1: 3.0, -1: 7.0}
    cells = one_synapse(neuron, shape(taus[1], taus[-1]), sign * w, i)
    tau, s = taus[sign], DT * np.arange(1000 - ARRIVES + 1)
    decayed = np.exp(-s / tau)
    charge = 1 - decayed if shape is ExponentialCurrents else np.e * (1 - decayed * (1 + s / tau))
    current = np.full(1000, float(i))
    current[ARRIVES:] += sign * w * tau * np.diff(charge) / DT
    alone = simulate(current, neuron)
    assert cells.v[:, 0] == pytest.approx(alone.v, rel=1e-9, abs=1e-9)
    assert cells.spikes.n_spikes == alone.spikes.n_spikes
    assert np.abs(alone.v[ARRIVES:] - simulate(np.full(1000, float(i)), neuron).v[ARRIVES:]).max() > 0.05
    synaptic = decayed[:-1] if shape is ExponentialCurrents else s[:-1] / tau * np.exp(1 - s[:-1] / tau)
    recorded = (cells.excitation, cells.inhibition)[sign < 0][ARRIVES - 1 : -1, 0]
    assert recorded == pytest.approx(sign * w * synaptic, abs=1e-12)


@pytest.mark.parametrize(("neuron", "simulate", "i", "w"), MODELS, ids=["adex", "izhikevich", "qif"])
def test_a_jump(neuron, simulate, i, w):
    """The neuron goes on from where it was, w higher."""
    before = simulate(np.full(ARRIVES, i), neuron)
    lifted = before.state._replace(v=before.state.v + w)
    after = simulate(np.full(1000 - ARRIVES, i), neuron, start=lifted)
    cells = one_synapse(neuron, DeltaJumps(), w, i)
    v = np.concatenate([before.v[:-1], lifted.v, after.v])
    assert cells.v[:, 0] == pytest.approx(v, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("neuron", "over"), [(AdEx(), 100.0), (Izhikevich(), 120.0)], ids=["adex", "izhikevich"]
)
def test_a_jump_over_the_peak_is_a_spike(neuron, over):
    cells = one_synapse(neuron, DeltaJumps(), over, 0.0, duration=12.0)
    assert cells.spikes.times == pytest.approx([10.0])


def test_constant_conductances_are_another_neuron():
    """The numbers of an AdEx neuron whose membrane has an open channel more, worked out by hand."""
    neuron, g_e, g_i, i = AdEx(a=0.0), 0.01, 0.02, 0.9
    net = Network(cells=Population(1, neuron, ExponentialConductances(1e15, 1e15, 5.0, -75.0), i))
    start = net.initial_state()._replace(excitation=np.array([g_e]), inhibition=np.array([g_i]))
    cells = net.run(200, record={"cells": [0]}, start=start)["cells"]
    leak = 1 / neuron.r_m + g_e + g_i
    capacity = neuron.tau_m / neuron.r_m
    rest = (neuron.v_rest / neuron.r_m + g_e * 5.0 - g_i * 75.0) / leak
    upswing = neuron.delta_th * np.log(leak * neuron.r_m)
    other = neuron._replace(
        tau_m=capacity / leak, r_m=1 / leak, v_rest=rest, v_th=neuron.v_th + upswing
    )  # fmt: skip
    alone = simulate_adex(np.full(2000, i), other, v_start=neuron.v_rest)
    assert cells.v[:, 0] == pytest.approx(alone.v, abs=1e-8)
    assert cells.spikes.n_spikes == alone.spikes.n_spikes > 5


def test_decaying_conductances_are_of_second_order():
    neuron = AdEx(a=0.01)
    ends = [
        one_synapse(neuron, ExponentialConductances(4.0, 9.0), 0.01, 0.3, 20.0, dt).v[-1, 0]
        for dt in (0.4, 0.2, 0.1, 0.05)
    ]
    first, second, third = np.diff(ends)
    assert first / second == pytest.approx(4.0, abs=0.4)
    assert second / third == pytest.approx(4.0, abs=0.2)
