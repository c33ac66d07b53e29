"""The match of a model with a cell: 100 for the cell itself, the coincidence factor, and where it is 0."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import coincidence_factor
from snnlab.coding.distances.match import match_lif
from snnlab.neurons import LIF, simulate_lif


def cell_of(current, rest=50.0):
    still = round(rest / 0.1)
    return simulate_lif(np.repeat([0.0, current, 0.0], [still, 5000, still])).spikes


def test_a_neuron_matches_itself():
    seen = match_lif(cell_of(0.3), 0.3, rest=50.0)
    assert (seen.match, seen.gamma) == (pytest.approx(100.0), pytest.approx(1.0))
    assert seen.hits == seen.n == seen.n_cell == cell_of(0.3).n_spikes


@pytest.mark.parametrize("current", [0.27, 0.3, 0.34])
def test_it_is_made_of_the_number_and_the_coincidence_factor(current):
    cell, neuron = cell_of(0.3), LIF(tau_m=18.0)
    seen = match_lif(cell, current, neuron, rest=50.0)
    still = np.repeat([0.0, current, 0.0], [500, 5000, 500])
    run = simulate_lif(still, neuron)
    np.testing.assert_array_equal(seen.v, run.v)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    gamma = coincidence_factor(cell.between(50, 550), run.spikes.between(50, 550), 4.0)
    assert seen.gamma == pytest.approx(gamma)
    number = 1 - 2 * abs(run.spikes.n_spikes - cell.n_spikes) / cell.n_spikes
    assert seen.match == pytest.approx(100 * number * (1 + max(gamma, 0)) / 2)


def test_silence_and_twice_as_many_spikes_match_nothing():
    cell = cell_of(0.2)
    assert match_lif(cell, 0.0, rest=50.0).match == match_lif(cell, 1.0, rest=50.0).match == 0.0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"cell": Spikes([], duration=10.0)}, "cell must have one unit and a spike"),
        ({"window": 0.0}, "window must be positive and finite, got 0"),
        ({"rest": 300.0}, "rest must be below half the duration of cell (600 ms), got 300"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        match_lif(**({"cell": cell_of(0.3), "current": 0.1} | wrong))
    assert str(failure.value).startswith(sentence)
