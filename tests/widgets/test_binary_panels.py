"""The panels of chapter 12 show what the functions of the library find."""

import numpy as np
import pytest
from snnlab_widgets import flipping_panel, folded_panel

from snnlab.learning import Adam, Binarisation
from snnlab.learning.binary.flipping_bits import flipping_bits
from snnlab.learning.binary.folded_neuron import folded_neuron


@pytest.mark.parametrize("stochastic", [0.0, 1.0])
def test_the_bits_are_those_of_the_function(stochastic):
    panel = flipping_panel(engine="kernel", window=0.8, rate=0.1, stochastic=stochastic, seed=3)
    panel.epochs = 2
    panel.epochs = 5  # goes on
    method = Binarisation(stochastic=stochastic > 0, window=0.8)
    seen, shown = flipping_bits(5, method, Adam(rate=0.1), rng=np.uint64(3)), panel.result
    np.testing.assert_array_equal(shown.tiles, seen.tiles)
    np.testing.assert_array_equal(shown.latent, seen.latent)
    np.testing.assert_array_equal(shown.right[:6], seen.right)
    assert np.isnan(shown.right[6:]).all()
    assert (shown.percent, shown.flips, shown.edge) == (seen.percent, seen.flips, seen.edge)


def test_the_folded_neuron_is_that_of_the_function():
    numbers = {"gamma": -1.2, "beta": 0.4, "mean": 2.5, "sd": 3.0}
    shown, seen = folded_panel(engine="kernel", **numbers).result, folded_neuron(**numbers)
    np.testing.assert_array_equal(shown.a, seen.a)
    np.testing.assert_array_equal(shown.patterns, seen.patterns)
    assert (shown.threshold, shown.differ, shown.turned) == (seen.threshold, seen.differ, seen.turned)


@pytest.mark.parametrize(
    ("gamma", "beta", "says"),
    [
        (0.0, -0.1, "with its weights as they are the neuron never fires: 0.0 % of all patterns"),
        (0.0, 0.1, "with its weights as they are the neuron always fires: 100.0 % of all patterns"),
        (-1.0, -0.7, "with its weights turned round the neuron fires from a sum of 4 on, if at most 6 of 16"),
        (0.3, 1.0, "the neuron fires from a sum of −12 on, if at most 14 of 16 inputs differ"),
    ],
)
def test_the_sentence_says_what_the_neuron_does(gamma, beta, says):
    assert says in str(folded_panel(engine="kernel", gamma=gamma, beta=beta))
