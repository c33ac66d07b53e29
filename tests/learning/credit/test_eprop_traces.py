"""Eligibility traces against what is known of them without the equations of a network."""

import numpy as np
import pytest
from learning.gradients.recurrent_twin import task

from snnlab.learning import samples_from_raster
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE, eligibility
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells, lif_cell
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.networks import from_list

TAU_M, TAU_A = 20.0, 600.0


def two_kinds(x, weight=0.15):
    """A LIF neuron and an adaptive one, which hear the same input."""
    cell = joined_cells(adaptive_cell(1, beta_a=0.0), adaptive_cell(1, TAU_M, TAU_A))
    network = RecurrentNetwork(cell, np.full((2, 1), weight), np.zeros((1, 2)))
    return network, samples_from_raster(x[None, :, None], [0])


def test_at_rest_potentials_forget_with_the_membrane_and_adaptation_with_its_own_time():
    x = np.zeros(1200, bool)
    x[20:60:3] = True
    network, samples = two_kinds(x)
    run = eligibility(network, samples)
    assert run_recurrent(network, samples).s.sum(axis=0).min() >= 1
    quiet = slice(300, 1200)
    assert run.v[300, 0] > 0 and (run.v[quiet, 0] > 0).all()
    assert np.diff(np.log(run.v[quiet, 0])) == pytest.approx(-1 / TAU_M, rel=1e-6)
    assert abs(run.b[300, 1]) > 1e-3
    assert np.diff(np.log(np.abs(run.b[quiet, 1]))) == pytest.approx(-1 / TAU_A, rel=1e-6)


@pytest.mark.parametrize(("share", "tau"), [(0.5, 285.0), (0.999, 85.0)])
def test_near_the_threshold_adaptation_is_forgotten_sooner(share, tau):
    """A cell of store and recall, held at a share of its threshold: 285 and 85 ms, and not 1200.

    One input holds it there. The other has a weight of 0, fires at the start, and is remembered.
    """
    dt, x = 4.0, np.zeros((1, 300, 2), bool)
    x[0, 5:10, 0] = x[0, :, 1] = True
    cell = adaptive_cell(1, dt=dt)
    held = share * cell.threshold * dt  # the gain is (1 - β) / dt
    network = RecurrentNetwork(cell, np.array([[0.0, held.item()]]), np.zeros((1, 1)), dt=dt)
    samples = samples_from_raster(x, [0])
    assert not run_recurrent(network, samples).s.any()
    b = eligibility(network, samples).b[200:, 0]
    rho, m_h = cell.rho.item(), EPROP_SURROGATE.height * share  # x is share - 1, the triangle is 1 + x
    factor = rho - (1 - rho) * m_h * share * cell.beta_a.item() / cell.threshold.item()
    assert (b > 0).all()
    assert b[1:] / b[:-1] == pytest.approx(factor, rel=1e-9, abs=0)
    assert -dt / np.log(factor) == pytest.approx(tau, rel=0.01)


def test_an_adaptive_neuron_can_still_answer_for_a_synapse_when_its_potential_has_forgotten():
    """A second burst, by another input: the first synapse is eligible only where the threshold remembers."""
    x = np.zeros((1, 900, 2), bool)
    x[0, 20:60:3, 0] = x[0, 620:640:3, 1] = True
    network, _ = two_kinds(x[0, :, 0])
    run = eligibility(network._replace(w_in=np.full((2, 2), 0.15)), samples_from_raster(x, [0]))
    late = np.abs(run.e[600:]).max(axis=0) / np.abs(run.e[:600]).max(axis=0).clip(1e-300)
    first = {n: np.flatnonzero((run.post == n) & (run.pre == 2))[0] for n in (0, 1)}
    assert late[first[0]] < 1e-9 and late[first[1]] > 1e-3
    assert (run.e[630:, first[1]] <= 0).all()  # a threshold that it has raised is against the spike


def test_below_threshold_the_trace_is_the_postsynaptic_potential_of_one_spike():
    """Of a neuron without spikes: twice an exponential, times the surrogate of its potential."""
    x = np.zeros(80, bool)
    x[10] = True
    network = RecurrentNetwork(lif_cell(1), np.full((1, 1), 0.3), np.zeros((1, 1)))
    samples, surrogate = samples_from_raster(x[None, :, None], [0]), EPROP_SURROGATE._replace(height=0.5)
    run, alpha, beta = eligibility(network, samples, surrogate=surrogate), *np.ravel(network.cell[:2])
    late = np.maximum(0, np.arange(80) - 11)
    psp = np.where(np.arange(80) > 11, (beta**late - alpha**late) / (beta - alpha), 0.0)
    v = 0.3 * psp
    assert v.max() < 1
    assert run.v[:, 0] == pytest.approx(psp, abs=1e-14)
    assert run.e[:, 0] == pytest.approx(0.5 * v * psp, abs=1e-14)  # the triangle of v - 1 is v


def test_a_synapse_with_a_delay_has_the_trace_of_one_without_a_delay_later():
    rng = np.random.default_rng(2)
    x = rng.random((1, 60, 2)) < 0.2
    lines = from_list([2, 3, 3], [0, 0, 1], [0.05, 0.02, 0.1], [0.0, 7.0, 0.0], n_pre=4, n_post=2)
    network = RecurrentNetwork(adaptive_cell(2), None, np.zeros((1, 2)), lines)
    run = eligibility(network, samples_from_raster(x, [0]))
    np.testing.assert_array_equal(run.pre, [2, 3, 3])
    np.testing.assert_array_equal(run.delay, [0, 7, 0])
    np.testing.assert_array_equal(run.arrived[:, 2], x[0, :, 1])
    np.testing.assert_array_equal(run.arrived[7:, 1], x[0, :-7, 1])
    np.testing.assert_array_equal(run.v[7:, 1], run.v[:-7, 2])  # nothing passes a late reset


def test_bad_arguments_are_named(monkeypatch):
    x, labels, network = task()
    samples = samples_from_raster(x, labels)
    with pytest.raises(ValueError, match="sample must be below 3, the number of samples, got 3"):
        eligibility(network, samples, 3)
    with pytest.raises(TypeError, match="network must be a RecurrentNetwork, got tuple"):
        eligibility(tuple(network), samples)
    monkeypatch.setattr("snnlab.machine_memory.machine_bytes", lambda: 1e3)
    with pytest.raises(ValueError, match="traces of all synapses must fit into memory: they take"):
        eligibility(network, samples)
