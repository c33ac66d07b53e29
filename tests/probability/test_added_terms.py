import numpy as np
import pytest

from snnlab import Spikes
from snnlab.probability.added_terms import TermBits, added_terms
from snnlab.probability.design_matrix import design_matrix
from snnlab.probability.glm_fit import fit_glm, glm_potential
from snnlab.probability.glm_simulation import simulate_glm
from snnlab.probability.scores import bits_per_spike

MODELS = {"stimulus": ["stimulus"], "self": ["stimulus", "self"], "units": ["stimulus", "self", "units"]}


def recorded(seed):
    """A neuron that hears a wave and is refractory, and one beside it that neither hears nor is heard."""
    drive = np.stack([1.5 * np.sin(np.arange(4000) / 20) - 1, np.full(4000, -2.0)], axis=1)
    filters = np.full((2, 2, 2), 0.0)
    filters[:, 0, 0] = -9.0
    y = simulate_glm(drive, filters, rng=np.random.default_rng(seed)).y
    spikes, basis = Spikes.from_counts(y, 1.0), np.eye(2)
    return design_matrix(spikes, 1.0, drive[:, 0], self_basis=basis, coupling_basis=basis)


def test_each_part_is_told_by_weights_that_never_saw_it():
    design = recorded(1)
    found = added_terms(design, MODELS, [1e-3], folds=4, parts=[2])
    held = np.arange(2000, 3000)
    rest = np.delete(np.arange(4000), held)
    columns = [0, 1, 2]
    fit = fit_glm(design.x[rest][:, columns], design.y[rest], ridge=1e-3)
    u = glm_potential(design.x[held][:, columns], fit)
    assert found.names == ("stimulus", "self", "units") and found.bits.shape == (1, 3)
    assert (found.u[1, held] == u).all() and np.isnan(found.u[1, rest]).all()
    constant = design.y[rest].mean()
    assert found.bits[0, 1] == bits_per_spike(u, design.y[held], constant=constant)


def test_what_the_neuron_has_gains_and_what_it_has_not_does_not():
    """Ten recordings: refractoriness is always found, a neighbour that is not heard three times at most."""
    gained = np.array([added_terms(recorded(seed), MODELS, [1e-3], folds=5).gained for seed in range(10)])
    assert gained[:, 0].all() and gained[:, 1].sum() <= 3


def test_a_ridge_is_chosen_inside_of_what_is_fitted():
    """Spikes of the held out part alone cannot change which ridge is taken: its potential stays as it was."""
    design = recorded(2)
    y = design.y.copy()
    y[:1000] = y[:1000][::-1]
    other = design._replace(y=y)
    ridges = [1e-5, 1e-1]
    before, after = (added_terms(d, MODELS, ridges, folds=4, parts=[0]) for d in (design, other))
    assert (before.u[:, :1000] == after.u[:, :1000]).all() and (before.bits != after.bits).all()


def test_parts_are_made_of_stretches_that_are_dealt_out_in_turn():
    found = added_terms(recorded(3), MODELS, [1e-3], folds=2, parts=[1], blocks=2)
    assert (np.flatnonzero(~np.isnan(found.u[0])) == np.r_[1000:2000, 3000:4000]).all()


def test_a_gain_within_its_spread_is_none():
    bits = np.array([[1.0, 1.2, 1.3], [2.0, 2.3, 2.1], [np.nan, np.nan, np.nan]])
    found = TermBits(("a", "b", "c"), bits, np.zeros((3, 0)))
    assert found.gains[:2] == pytest.approx(np.array([[0.2, 0.1], [0.3, -0.2]]), rel=1e-9, abs=0)
    assert found.gained.tolist() == [True, False]
    assert not TermBits(("a", "b"), bits[:1, :2], np.zeros((2, 0))).gained.any()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (({"all": ["stimulus", "units"]}, []), "ridges must hold one value at least, got none"),
        (({"all": ["light"]}, [0.1]), "models must be made of stimulus, self, unit 1 or units, got 'light'"),
        ((MODELS, [0.1], "logistic", 5, [5]), "parts must be from 0 to 4, got 5"),
        ((MODELS, [0.1], "logistic", 5, None, 500), "folds times blocks must leave two bins or more"),
    ],
)
def test_refused(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        added_terms(recorded(1), *arguments)
