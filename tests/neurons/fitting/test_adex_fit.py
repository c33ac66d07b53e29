"""Fitting AdEx neurons: to their own spikes, within bounds, and what the tables of seeds and cells say."""

import re

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.course import load_table
from snnlab.neurons import LIF, AdEx, fit_adex, simulate_adex

CURRENT = np.array([0.25, 0.3, 0.4])
TRUE = AdEx(20.0, 100.0, -65.0, -60.0, -50.0, 2.0, 20.0, 150.0, 0.0, 0.03)
MEMBRANE = LIF(20.0, 100.0, -65.0)


def own_spikes():
    return simulate_adex(np.tile(CURRENT, (3000, 1)), TRUE).spikes


def test_the_resistance_of_leak_and_adaptation_together_stays_the_measured_one():
    fit = fit_adex(CURRENT, own_spikes(), MEMBRANE, bounds={"a": (0.001, 0.004)})
    found = fit.neuron
    assert 0.001 <= found.a <= 0.004
    assert found.r_m / (1.0 + found.r_m * found.a) == pytest.approx(100.0, rel=1e-9, abs=0)
    assert found.tau_m == 20.0 and found.v_rest == -65.0
    assert fit.interval_error < 0.1


def test_bounds_hold():
    bounds = {"v_reset": (-58.0, -56.0), "delta_th": (0.5, 1.0), "tau_w": (50.0, 100.0), "b": (0.02, 0.03)}
    found = fit_adex(CURRENT, own_spikes(), MEMBRANE, bounds=bounds).neuron
    assert all(low <= getattr(found, name) <= high for name, (low, high) in bounds.items())


def test_over_ten_seeds_the_fit_foretells_new_steps_and_some_numbers_come_back():
    """Which do is what the docstring of the module warns of: Δ_T and the reset do not, b and τ_w do."""
    known = load_table("adex_known")
    assert known["seed"].size == 10
    assert known["fitted"].max() < 0.05 and known["held"].max() < 0.05
    assert np.abs(known["b"]).max() < 0.15 and np.abs(known["tau_w"]).max() < 0.2
    assert np.abs(known["v_th"]).max() > 3.0 and np.abs(known["delta_th"]).max() > 3.0  # mV


def test_on_cells_the_adaptation_is_what_matters():
    """Control: the plain neuron, which has none, is several times worse on the two cells that adapt."""
    cells = load_table("adex_cells")
    found = {
        cell: [np.median(cells[model][cells["cell"] == cell]) for model in ("plain", "adaptive", "adex")]
        for cell in ("adapting", "B6", "fast-spiking")
    }
    assert all(found[cell][0] > 4 * found[cell][2] for cell in ("adapting", "B6"))
    better = {cell for cell, (_, adaptive, adex) in found.items() if adex < adaptive}
    assert better == {"adapting", "fast-spiking"}  # as the page of the book says


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda s: fit_adex([0.3], s, MEMBRANE, bounds={"t_ref": (0, 1)}), "bounds must be of v_reset"),
        (lambda s: fit_adex([-0.3], s, MEMBRANE), "current must be positive somewhere, got -0.3 at most"),
        (lambda s: fit_adex([0.3], s.between(0, 50), MEMBRANE), "spikes must be five at least, got 2"),
        (lambda s: fit_adex([0.3], s, MEMBRANE, bounds={"a": (0.02, 0.03)}), "bounds must allow a neuron"),
    ],
)  # fmt: skip
def test_bad_input_names_argument_rule_and_value(call, sentence):
    spikes = Spikes([20.0, 40.0, 60.0, 80.0, 100.0, 120.0], duration=200)
    with pytest.raises(ValueError, match=re.escape(sentence)):
        call(spikes)
