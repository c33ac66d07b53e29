"""Poisson cells on a recorded walk, with tuning curves that stay or change."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding.decoding.poisson_cells import poisson_cells, rates_by_halves


def test_cells_are_poisson_and_independent():
    rate = np.tile([10.0, 40.0], (40_000, 1))
    counts = poisson_cells(rate, 25.0, rng=np.random.default_rng(1)).counts(200)
    n = counts.shape[0]
    assert counts.mean(axis=0) == pytest.approx([2, 8], abs=4 * np.sqrt(8 / n))
    fano = counts.var(axis=0) / counts.mean(axis=0)
    assert fano == pytest.approx([1, 1], abs=4 * np.sqrt(2 / n) * 1.3)
    assert abs(np.corrcoef(counts.T)[0, 1]) < 4 / np.sqrt(n)


def test_each_half_has_curves_of_its_own():
    direction = np.tile([0.5, 3.5], 100)  # steps of 100 ms
    times = np.arange(0, 20_000, 200) + 50.0  # at 0.5, then at 3.5
    spikes = Spikes(np.where(times < 10_000, times, times + 100), duration=20_000)
    rate = rates_by_halves(spikes, direction, 100.0, 10_000.0, bins=2)[:, 0]
    assert rate[:100] == pytest.approx(np.tile([10, 0], 50))
    assert rate[100:] == pytest.approx(np.tile([0, 10], 50))


def test_bad_input_names_argument_rule_and_value():
    spikes, rng = Spikes([1.0, 7.0], duration=1000), np.random.default_rng(1)
    with pytest.raises(ValueError, match="middle must lie within the recording of 1000 ms, got 1000"):
        rates_by_halves(spikes, np.zeros(10), 100.0, 1000.0)
    with pytest.raises(ValueError, match="rate must"):
        poisson_cells([1.0, 2.0], 1.0, rng=rng)
    with pytest.raises(ValueError, match="rate must have one unit or more"):
        poisson_cells(np.zeros((3, 0)), 1.0, rng=rng)
