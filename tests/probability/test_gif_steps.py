import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import LIF, simulate_lif
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import filter_of
from snnlab.probability.gif_steps import LINK, _first_waits, fit_gif, gif_design, gif_response, passive
from snnlab.probability.glm_simulation import simulate_glm

MEMBRANE = LIF()
CURRENT = np.linspace(0.15, 0.5, 24)
BASIS = raised_cosines(6, first=0, last=150)
WEIGHTS = np.array([-6.0, -4.0, -3.0, -2.0, -1.0, -0.5])  # of an after-potential that sinks slowly


def cell(seed):
    """Steps of 500 ms into a GIF neuron: Δ is 2 mV."""
    after = filter_of(BASIS, WEIGHTS)
    drive = np.stack([passive(MEMBRANE, i, 0.0, 500, 1.0) for i in CURRENT], axis=1) / 2.0 - 9.0
    y = simulate_glm(drive, after, LINK, rng=np.random.default_rng(seed)).y
    return Spikes.from_counts(y, 1.0)


def test_the_potential_is_that_of_a_membrane_without_spikes():
    silent = MEMBRANE._replace(v_th=1e3)
    v = simulate_lif(np.full(5000, 0.2), silent, dt=0.1, v_start=silent.v_rest - 10.0).v
    found = passive(silent, 0.2, -0.1, 500, 1.0)
    assert found == pytest.approx(v[4::10] - silent.v_rest, rel=1e-9, abs=1e-9)  # in the middle of each bin


def test_what_was_put_in_is_found():
    """Ten cells: softness and after-potential lie about the true ones, three standard errors of the mean."""
    fits = [fit_gif(CURRENT, cell(seed), MEMBRANE) for seed in range(10)]
    softness = np.array([1 / gif.softness for gif in fits])
    assert abs(softness.mean() - 0.5) < 3 * softness.std(ddof=1) / np.sqrt(10)
    curves = np.array([filter_of(gif.basis, gif.fit.weights[1:])[[10, 30, 100]] for gif in fits])
    true = filter_of(BASIS, WEIGHTS)[[10, 30, 100]]
    assert (abs(curves.mean(axis=0) - true) < 4 * curves.std(axis=0, ddof=1) / np.sqrt(10)).all()


def test_a_true_model_waits_as_long_as_its_cell_and_one_that_forgets_does_not():
    spikes = cell(1)
    gif = fit_gif(CURRENT, spikes, MEMBRANE)
    found = gif_response(CURRENT, spikes, gif, rng=np.random.default_rng(2))
    forgetful = gif._replace(fit=gif.fit._replace(weights=gif.fit.weights * np.r_[1.0, np.zeros(6)]))
    worse = gif_response(CURRENT, spikes, forgetful, rng=np.random.default_rng(2))
    assert found.median.interval_error < found.run_error < worse.median.interval_error
    counts = np.array([len(train) for train in spikes])
    assert found.median.counts.sum() == pytest.approx(counts.sum(), rel=0.1, abs=0)


def test_the_first_waits_of_each_run_and_the_longest_for_those_that_never_came():
    y = np.array([[0, 1], [1, 0], [0, 0], [1, 0], [1, 0]])
    assert _first_waits(y, 2, 2.0).tolist() == [[3.0, 1.0], [4.0, 10.0]]


def test_each_step_is_a_trial():
    design = gif_design(CURRENT[:3], cell(1)[:3], MEMBRANE, [0.0, -0.1, 0.0], BASIS, 1.0)
    assert design.starts.tolist() == [0, 500, 1000]
    assert (design.x[500:1000, 0] == passive(MEMBRANE, CURRENT[1], -0.1, 500, 1.0)).all()
