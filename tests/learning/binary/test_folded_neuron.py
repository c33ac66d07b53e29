"""The neuron of sixteen inputs fires for the patterns for which it says so."""

import itertools

import numpy as np
import pytest

from snnlab.learning.binary.folded_neuron import INPUTS, folded_neuron

SETTINGS = [
    {"gamma": 1.0, "beta": 0.3, "mean": 2.0, "sd": 4.0},
    {"gamma": -0.7, "beta": 0.4, "mean": -3.0, "sd": 2.5},
    {"gamma": 0.0, "beta": 0.0},
    {"gamma": 0.1, "beta": -2.0, "sd": 8.0},
]


@pytest.mark.parametrize("numbers", SETTINGS)
def test_it_fires_for_as_many_of_all_patterns(numbers):
    """All 65,536 of them, against weights that are all +1."""
    seen = folded_neuron(**numbers)
    full = {"gamma": 1.0, "beta": 0.0, "mean": 0.0, "sd": 4.0} | numbers
    z = np.array(list(itertools.product([-1, 1], repeat=INPUTS))).sum(axis=1)
    fires = full["gamma"] * ((z - full["mean"]) / full["sd"]) + full["beta"] >= 0
    assert seen.share == 100 * fires.mean()
    np.testing.assert_array_equal(seen.all_patterns, [np.sum(z == each) / 1000 for each in seen.z])
    np.testing.assert_array_equal(seen.patterns, [np.sum(fires & (z == each)) / 1000 for each in seen.z])
    turned = -z if seen.turned else z
    np.testing.assert_array_equal(turned >= seen.threshold, fires)
    np.testing.assert_array_equal((INPUTS - turned) // 2 <= seen.differ, fires)


def test_the_ends():
    never, always = folded_neuron(gamma=0.0, beta=-1.0), folded_neuron(gamma=0.0, beta=1.0)
    assert (never.share, never.threshold, never.differ, never.sums) == (0, 18, -1, 0)
    assert (always.share, always.threshold, always.differ, always.sums) == (100, -16, 16, 17)


@pytest.mark.parametrize("numbers", SETTINGS)
def test_it_names_a_sum_that_occurs(numbers):
    """Sums of sixteen signs are even, and the least at which it fires is one of them, turned round or not."""
    seen = folded_neuron(**numbers)
    assert seen.sums == np.sum(seen.fires > 0)
    turned = -seen.z if seen.turned else seen.z
    assert seen.threshold == min(turned[seen.fires > 0], default=18)


def test_both_doubled_are_the_same_neuron():
    single, doubled = folded_neuron(gamma=1.0, beta=-1.0), folded_neuron(gamma=2.0, beta=-2.0)
    np.testing.assert_array_equal(single.fires, doubled.fires)
    assert single.threshold == doubled.threshold == 4


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sd": 0.0}, "sd must be positive and finite, got 0"),
        ({"beta": np.inf}, "beta must be finite, got inf"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        folded_neuron(**wrong)
    assert str(failure.value) == sentence
