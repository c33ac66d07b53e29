"""Neurons with conductances: exact where these are constant, of first order where they decay."""

import numpy as np
import pytest

from snnlab.networks import ExponentialConductances, Network, Population
from snnlab.networks.cells.exponential_conductances import LARGEST, approached
from snnlab.neurons import LIF

FOR_EVER = 1e15  # ms


def population(tau_e, tau_i, v_start=-70.0, i=0.0):
    neuron = LIF(tau_m=15.0, r_m=40.0, v_rest=-65.0, v_th=1e3)
    return Population(1, neuron, ExponentialConductances(tau_e, tau_i, 5.0, -85.0), i, v_start)


def potential(cells, g_e, g_i, duration, dt):
    net = Network(dt=dt, cells=cells)
    start = net.initial_state()._replace(excitation=np.array([g_e]), inhibition=np.array([g_i]))
    return net.run(duration, record={"cells": [0]}, start=start)["cells"].v[:, 0]


@pytest.mark.parametrize(("g_e", "g_i"), [(0.01, 0.0), (0.0, 0.03), (0.013, 0.042)])
def test_constant_conductances_are_exact(g_e, g_i):
    v = potential(population(FOR_EVER, FOR_EVER, i=0.2), g_e, g_i, 50.0, 0.5)
    g = 1 + 40 * (g_e + g_i)
    v_inf = (-65 + 40 * (0.2 + g_e * 5 - g_i * 85)) / g
    t = 0.5 * np.arange(1, 101)
    assert v == pytest.approx(v_inf + (-70 - v_inf) * np.exp(-g * t / 15), abs=1e-9)


def test_decaying_conductances_are_of_first_order():
    ends = [potential(population(4.0, 9.0), 0.1, 0.05, 16.0, dt)[-1] for dt in (0.4, 0.2, 0.1, 0.05)]
    first, second, third = np.diff(ends)
    assert first / second == pytest.approx(2.0, abs=0.1)
    assert second / third == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize(("dtype", "digits"), [(np.float64, 1e-15), (np.float32, 3e-7)])
def test_the_exponential_is_as_exact_as_its_numbers(dtype, digits):
    factorials = np.cumprod(np.arange(2.0, 9.0))
    series = tuple(dtype(1 / f) for f in factorials)
    for x in np.concatenate([np.geomspace(1e-6, 0.6, 200), [1.0, 1e6]]):
        found = approached(dtype(x), dtype(LARGEST), series)
        assert found == pytest.approx(-np.expm1(-64 * float(dtype(x))), rel=4 * digits)
