from itertools import pairwise

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.glm_free_run import run_freely


@pytest.fixture(scope="module")
def fitted():
    """Three trials of a neuron that hears a wave, itself and another one."""
    rng = np.random.default_rng(1)
    trials, waves = [], []
    for bins in (900, 700, 800):
        wave = np.sin(np.arange(bins) / 40)
        y = rng.random((bins, 2)) < 1 / (1 + np.exp(2 - np.stack([wave, 0 * wave], axis=1)))
        trials.append(Spikes.from_raster(y, dt=2.0))
        waves.append(wave)
    basis = np.eye(3)
    design = design_matrix(trials, 2.0, waves, self_basis=basis, coupling_basis=basis)
    return design, fit_glm(design.x, design.y)


def test_the_potential_is_that_of_the_spikes_that_fell(fitted):
    """The design matrix of a run, made anew from its spikes, gives the potential that the run had."""
    design, fit = fitted
    run = run_freely(design, fit, runs=2, rng=np.random.default_rng(2))
    ends = np.append(design.starts, design.y.size)
    for k in range(2):
        x = design.x.copy()
        for a, b in pairwise(ends):
            own = Spikes.from_counts(run.y[a:b, k : k + 1], 2.0)
            x[a:b, design.parts["self"]] = design_matrix(own, 2.0, self_basis=np.eye(3)).x
        assert run.u[:, k] == pytest.approx(glm_potential(x, fit), rel=1e-12, abs=1e-12)


def test_runs_fire_as_often_as_the_recording_and_each_otherwise(fitted):
    design, fit = fitted
    run = run_freely(design, fit, runs=20, rng=np.random.default_rng(3))
    assert run.y.shape == (2400, 20) and run.spikes.n_units == 20
    assert run.y.mean() == pytest.approx(design.y.mean(), rel=0.1, abs=0)
    assert (run.y[:, 0] != run.y[:, 1]).any()
    wave = design.x[:, 0] > 0  # twice as likely and more while the wave is up
    assert run.y[wave].mean() > 1.5 * run.y[~wave].mean()


def test_without_a_filter_of_its_own_every_run_has_the_potential_of_the_fit(fitted):
    design, _ = fitted
    alone = design._replace(x=design.x[:, :1], parts={"stimulus": slice(0, 1)})
    fit = fit_glm(alone.x, alone.y)
    assert (run_freely(alone, fit, rng=np.random.default_rng(4)).u[:, 0] == glm_potential(alone.x, fit)).all()
