"""The usual cells do what they are named for."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.learning.gradients.cell import LATE_SUBTRACTION
from snnlab.learning.gradients.cell_kinds import adaptive_cell, counting_cell, joined_cells, lif_cell
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork


def test_a_counting_neuron_spends_all_that_arrives_on_spikes():
    """n = mean input · T − V(T), from V(0) = 0: the identity of conversion, on dyadic numbers exact."""
    each = np.array([0.25, 0.625, 1.0])
    network = RecurrentNetwork(counting_cell(3), each[:, None], np.zeros((1, 3)))
    run = run_recurrent(network, samples_from_raster(np.ones((1, 40, 1)), [0]))
    arrived = each * 39  # what comes in the last step has not moved the potential
    np.testing.assert_array_equal(run.s.sum(axis=0), arrived - run.v[-1])
    assert (run.v >= 0).all() and (run.v <= 1 + each).all()


def test_a_counting_neuron_is_up_to_three_spikes_late():
    """The control is the bound of conversion, which it does not keep."""
    each, steps = np.array([0.125, 0.25, 0.5, 0.625, 0.75, 1.0]), 40
    network = RecurrentNetwork(counting_cell(6), each[:, None], np.zeros((1, 6)))
    count = run_recurrent(network, samples_from_raster(np.ones((1, steps, 1)), [0])).s.sum(axis=0)
    missing = each * steps - count
    assert missing.min() >= 0 and 1 < missing.max() <= 3


def test_an_adaptive_cell_has_the_numbers_of_store_and_recall():
    """Those of the authors: 20 ms, 1.2 s, 1.7, a threshold of 0.01, 3 steps; gain and β_a are per spike."""
    for dt in (1.0, 0.5):
        cell = adaptive_cell(1, dt=dt)
        beta = np.exp(-dt / 20)
        expected = (0.0, beta, (1 - beta) / dt, 0.01, np.exp(-dt / 1200), 1.7 / dt, 3, LATE_SUBTRACTION)
        assert [part[0] for part in cell] == pytest.approx(expected, rel=1e-14, abs=0)


def test_a_finer_time_step_leaves_the_rate_of_an_adaptive_cell():
    """An input spike every 20 ms for 500 ms. Without 1/dt the count falls to none at dt = 1/8 ms."""
    counts = {True: [], False: []}
    for dt in (1.0, 0.5, 0.25, 0.125):
        x = np.zeros((1, round(500 / dt), 1))
        x[0, :: round(20 / dt)] = 1.0
        cell = adaptive_cell(1, refractory=0, dt=dt)
        bare = cell._replace(gain=cell.gain * dt, beta_a=cell.beta_a * dt)
        for scaled, used in ((True, cell), (False, bare)):
            network = RecurrentNetwork(used, np.ones((1, 1)), np.zeros((1, 1)), dt=dt)
            counts[scaled].append(run_recurrent(network, samples_from_raster(x, [0])).s.sum())
    assert np.ptp(counts[True]) <= 1 < 30 < min(counts[True])
    assert counts[False][0] == counts[True][0] and counts[False][-1] == 0


def test_without_adaptation_the_threshold_stays():
    rng = np.random.default_rng(1)
    cell = joined_cells(adaptive_cell(2, beta_a=0.0), adaptive_cell(2, beta_a=3.0))
    network = RecurrentNetwork(cell, rng.uniform(0.02, 0.2, (4, 5)), np.zeros((1, 4)))
    run = run_recurrent(network, samples_from_raster(rng.random((1, 200, 5)) < 0.3, [0]))
    assert run.s.sum(axis=0).min() > 3
    assert np.ptp(run.threshold[:, :2]) == 0 and (np.ptp(run.threshold[:, 2:], axis=0) > 0).all()


def test_the_refractory_time_is_kept():
    cell = adaptive_cell(1, refractory=4)
    network = RecurrentNetwork(cell, np.ones((1, 1)), np.zeros((1, 1)))
    fired = np.flatnonzero(run_recurrent(network, samples_from_raster(np.ones((1, 50, 1)), [0])).s)
    assert np.diff(fired).min() == 5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lif_cell(0), "n must be at least 1, got 0"),
        (lambda: adaptive_cell(2, tau_a=0.0), "tau_a must be positive"),
        (lambda: adaptive_cell(2, beta_a=-1.0), "beta_a must be zero or positive"),
        (lambda: adaptive_cell(2, refractory=-1), "refractory must be at least 0, got -1"),
        (lambda: adaptive_cell(2, refractory=10**19), "refractory must be at most 9007199254740992"),
        (lambda: adaptive_cell(2, refractory=10**30), "refractory must be at most 9007199254740992"),
        (lambda: counting_cell(2, threshold=0.0), "threshold must be positive"),
        (joined_cells, "cells must be at least one, got none"),
    ],
)
def test_bad_numbers_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
