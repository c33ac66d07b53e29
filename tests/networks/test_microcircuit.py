"""The cortical microcircuit: its numbers are those published, and a part of it hears what the whole does."""

import re

import numpy as np
import pytest

from snnlab.networks.microcircuit import CELLS, DELAYS, NEURON, TAU, circuit_numbers, microcircuit


def test_the_whole_has_the_published_size():
    """Potjans and Diesmann (2014): 77,169 neurons; Kurth and others (2022): 298.88 million synapses."""
    whole = circuit_numbers(1.0)
    assert whole.n.sum() == 77_169
    assert whole.synapses.sum() == pytest.approx(298.88e6, rel=2e-5, abs=0)
    assert not whole.i.any() and whole.w.shape == whole.synapses.shape == (8, 8)


def test_a_weight_moves_a_potential_at_rest_by_a_seventh_of_a_millivolt():
    """Peak of the EPSP of a current that decays with TAU: 0.15 mV."""
    t = np.arange(0.0, 20.0, 0.001)
    tau = NEURON.tau_m
    epsp = circuit_numbers().w[0, 0] * NEURON.r_m * TAU / (tau - TAU) * (np.exp(-t / tau) - np.exp(-t / TAU))
    assert epsp.max() == pytest.approx(0.15, abs=1e-4)
    assert circuit_numbers().w[0, 2] == pytest.approx(2.0 * circuit_numbers().w[0, 0], rel=1e-12, abs=0)


@pytest.mark.equation("downscaled-circuit")
@pytest.mark.parametrize("scale", [0.01, 0.1, 0.5])
def test_a_part_hears_the_mean_and_the_variance_of_the_whole(scale):
    rates = np.array([0.971, 2.868, 4.746, 5.396, 8.142, 9.078, 0.991, 7.523])  # Hz
    (mean, variance), (mean_of_part, variance_of_part) = (
        moments(circuit_numbers(share), rates) for share in (1.0, scale)
    )
    assert mean_of_part == pytest.approx(mean, rel=0.01, abs=0)  # whole numbers of neurons and synapses
    assert variance_of_part == pytest.approx(variance, rel=0.02, abs=0)


def moments(circuit, rates):
    """Mean current of a neuron, nA, and variance of Poisson input, up to a factor."""
    each = circuit.synapses / circuit.n[:, np.newaxis]
    mean = (each * circuit.w) @ rates + circuit.outside * circuit.w_outside
    variance = (each * circuit.w**2) @ rates + circuit.outside * circuit.w_outside**2
    return mean * TAU / 1000.0 + circuit.i, variance


def test_synapses_are_as_many_and_as_late_as_they_should_be():
    circuit, numbers = microcircuit(0.03, rng=np.random.default_rng(2)), circuit_numbers(0.03)
    for to, post in enumerate(CELLS):
        for of, pre in enumerate(CELLS):
            lines = circuit.connections(pre, post)
            assert lines.pre.size == numbers.synapses[to, of]
            if lines.pre.size < 1000:
                continue
            w, error = numbers.w[to, of], 5.0 / np.sqrt(lines.pre.size)  # five standard errors
            assert lines.w.mean() == pytest.approx(w, abs=0.1 * abs(w) * error)
            assert lines.w.std() == pytest.approx(0.1 * abs(w), rel=error, abs=0)
            assert (lines.w * w > 0).all() and lines.delay.min() >= 0.1
            assert np.median(lines.delay) == pytest.approx(DELAYS[of % 2], abs=0.15)


def test_without_the_current_that_makes_up_for_lost_synapses_the_circuit_falls_silent():
    """The control of the formula: the same wiring, once with it and once without."""
    heard = {}
    for share in (1.0, 0.0):
        circuit = microcircuit(0.03, rng=np.random.default_rng(3))
        neurons = circuit._members.neurons
        for cells in CELLS:
            neurons[cells] = neurons[cells]._replace(i=share * neurons[cells].i)
        run = circuit.run(1500.0)
        heard[share] = np.array([run[cells].spikes.n_spikes / run[cells].spikes.n_units for cells in CELLS])
    assert (heard[0.0] < 0.1 * heard[1.0]).all()
    assert (heard[1.0] > 0.3).all()


@pytest.mark.parametrize("scale", [0.0, 0.004, 1.1, -1.0, float("nan")])
def test_a_scale_out_of_range_is_refused(scale):
    with pytest.raises(ValueError, match=re.escape("scale must be")):
        microcircuit(scale, rng=np.random.default_rng(1))
