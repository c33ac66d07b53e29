"""What a run and a loss refuse, and what a run tells."""

import numpy as np
import pytest

from snnlab.learning.gates.gated_network import (
    GatedWeights,
    gated_loss,
    initial_gated,
    run_gated,
)
from snnlab.learning.gates.gated_neuron import THETA, GatedNeuron

WEIGHTS = initial_gated(2, 3, 1, rng=np.random.default_rng(1))
X = np.zeros((2, 10, 2))


@pytest.mark.parametrize(
    ("kind", "width", "dt"), [(0, 0.5, 1.0), (0, 0.02, 1.0), (0, 0.6, 30.0), (THETA, 2.0, 1.0)]
)
def test_spikes_are_the_charge_of_the_traces(kind, width, dt):
    """What the traces gained is the number of spikes, but for those still in the zone at the end."""
    neuron = GatedNeuron(kind, width, dt=dt)
    x = np.random.default_rng(2).normal(1.0, 1.0, (2, 400, 2))
    found = run_gated(WEIGHTS, x, neuron)
    gained = found.s[:, 1:] - neuron.kept * found.s[:, :-1]
    for k in range(2):
        counts = np.bincount(found.spikes[k].units, minlength=3)
        assert counts.sum() > 10
        in_zone = gained[k].sum(axis=0) - counts
        assert ((in_zone > -1e-9) & (in_zone < 1 + 1e-9)).all()
    assert found.spikes[0].duration == 400.0 * dt and found.spikes[0].n_units == 3


@pytest.mark.parametrize("i", [6.0, 10.0, 12.0, 20.0, 70.0])
def test_a_step_may_be_longer_than_the_way_between_two_zones(i):
    """400 steps of a twentieth of τ, from 0: 20 I turns, the last of them into the gate of width 0.6."""
    weights = GatedWeights(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1))
    run = run_gated(weights, np.full((1, 400, 1), i), GatedNeuron(width=0.6, tau_m=20.0, dt=1.0))
    gained = (run.s[0, 1:] - GatedNeuron(dt=1.0).kept * run.s[0, :-1]).sum()
    assert gained == pytest.approx(20.0 * i - 0.5 - 0.5, abs=0.5 + 1e-9)
    assert run.spikes[0].n_spikes == 20 * i - 1  # the last one stands at the threshold, or just below


def test_who_starts_beyond_the_zone_starts_a_turn_lower():
    weights = GatedWeights(np.zeros((2, 1)), np.zeros((2, 2)), np.ones((1, 2)), np.zeros(2))
    run = run_gated(weights, np.zeros((1, 5, 1)), v_start=[[1.3, 0.3]])
    assert run.v[0, :, 0] == pytest.approx(run.v[0, :, 1]) and not run.s.any()


def test_a_network_of_nobody_who_hears_each_other_is_its_neurons_one_by_one():
    alone = WEIGHTS._replace(w_rec=np.zeros((3, 3)))
    x = np.random.default_rng(3).normal(1.0, 1.0, (1, 200, 2))
    together = run_gated(alone, x)
    for k in range(3):
        w_in, w_rec, w_out, drive = alone
        one = GatedWeights(w_in[k : k + 1], w_rec[:1, :1], w_out[:, k : k + 1], drive[k : k + 1])
        assert run_gated(one, x).v[0, :, 0] == pytest.approx(together.v[0, :, k], abs=1e-12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: run_gated(WEIGHTS, np.zeros((2, 10))), r"x must have shape \(samples, steps, inputs\)"),
        (
            lambda: run_gated(WEIGHTS, np.zeros((2, 10, 3))),
            r"x must have as many inputs as w_in \(2\), got 3",
        ),
        (
            lambda: run_gated(WEIGHTS, X, v_start=np.zeros((2, 4))),
            r"v_start must have shape \(2, 3\), got \(2, 4\)",
        ),
        (lambda: run_gated(WEIGHTS._replace(drive=np.zeros(2)), X), r"as many neurons as w_in \(3\)"),
        (lambda: run_gated(WEIGHTS._replace(w_rec=np.zeros((3, 2))), X), r"as many neurons as w_in \(3\)"),
        (lambda: gated_loss(WEIGHTS, X, np.zeros((2, 10, 2))), r"target must have shape \(2, 10, 1\)"),
        (
            lambda: gated_loss(WEIGHTS, X, np.zeros((2, 10, 1)), heed=np.zeros((2, 10))),
            "heed must be 0 or above, and not 0 everywhere",
        ),
        (
            lambda: gated_loss(WEIGHTS, X, np.zeros((2, 10, 1)), heed=np.ones((2, 9))),
            r"heed must have shape \(2, 10\), got \(2, 9\)",
        ),
        (lambda: gated_loss(WEIGHTS, X, np.zeros((2, 10, 1)), cost=-1), "cost must be zero or positive"),
        (lambda: initial_gated(0, 3, 1, rng=np.random.default_rng(1)), "inputs must be at least 1, got 0"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_weights_are_weights():
    with pytest.raises(TypeError, match="weights must be a GatedWeights, got list"):
        run_gated([], X)
