"""How much of a network has spoken when it decides."""

import math

import numpy as np
import pytest

from snnlab.learning.spike_times.alpha_network import AlphaRun, initial_alpha, run_alpha
from snnlab.learning.spike_times.decisions import decisions


def test_shares_are_counted_over_all_hidden_layers():
    first = np.array([[0.1, 0.6, math.inf], [math.inf] * 3, [0.1, 0.2, 0.3]])
    second = np.array([[0.3, math.inf], [math.inf] * 2, [0.7, math.inf]])
    out = np.array([[0.5, 0.9], [math.inf] * 2, [math.inf] * 2])
    seen = decisions(AlphaRun((first, second, out), np.array([0, -1, -1]), out.min(axis=1)))
    assert seen.spoken == pytest.approx([2 / 5, 0.0, 4 / 5])
    assert seen.of_speakers[[0, 2]] == pytest.approx([2 / 3, 1.0]) and np.isnan(seen.of_speakers[1])
    assert seen.silent == pytest.approx([2 / 5, 1.0, 1 / 5])


def test_what_comes_after_the_decision_changes_no_answer():
    """The same network with its hidden neurons cut off at the decision: nobody hears what came later."""
    rng = np.random.default_rng(1)
    network = initial_alpha((4, 20, 3), 2, mean=0.2, rng=rng)
    run = run_alpha(network, rng.uniform(size=(50, 4)))
    decided = np.isfinite(run.decided)
    assert decided.sum() > 20 and (decisions(run).spoken[decided] < 1).any()
    late = np.where(run.times[0] < run.decided[:, None], run.times[0], math.inf)
    readout = type(network)(network.weights[1:], network.pulses[1:])
    again = run_alpha(readout, late)
    assert again.answers[decided].tolist() == run.answers[decided].tolist()
    assert again.decided[decided] == pytest.approx(run.decided[decided], abs=1e-12)


def test_bad_arguments_are_named():
    with pytest.raises(TypeError, match="run must be an AlphaRun, got int"):
        decisions(3)
    with pytest.raises(ValueError, match="run must be that of a network with hidden neurons, got one layer"):
        decisions(AlphaRun((np.zeros((1, 2)),), np.zeros(1, int), np.zeros(1)))
