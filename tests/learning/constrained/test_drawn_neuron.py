"""A thousand draws of a neuron against the distribution that is added up synapse by synapse."""

import numpy as np
import pytest

from snnlab.learning.constrained.drawn_neuron import DRAWS, drawn_neuron
from snnlab.learning.constrained.drawn_synapses import firing_probability, sum_law

SEED = np.uint64(1)


@pytest.mark.parametrize("numbers", [(64, 0.5, 0.5, 0.0), (20, 0.3, 0.8, -2.0), (128, 0.1, 0.4, 2.25)])
def test_probabilities_are_those_of_the_room(numbers):
    lines, chance, positive, bias = numbers
    seen = drawn_neuron(*numbers, rng=SEED)
    plus = int(positive * lines + 0.5)
    strengths = np.r_[np.ones(plus, int), -np.ones(lines - plus, int)]
    sums, p = sum_law(np.full(lines, chance), strengths, bias)
    assert seen.exact == pytest.approx(p[sums > 0].sum())
    assert seen.mean == pytest.approx(p @ sums) and seen.variance == pytest.approx(
        p @ sums**2 - (p @ sums) ** 2
    )
    assert seen.normal == pytest.approx(firing_probability(seen.mean, seen.variance))
    assert seen.fired / 100 == pytest.approx(seen.exact, abs=4 * np.sqrt(0.25 / DRAWS))
    assert seen.counted.sum() == DRAWS and seen.law.sum() == pytest.approx(DRAWS, rel=1e-6)
    found = seen.counted @ np.arange(-64, 65) / DRAWS
    assert found == pytest.approx(seen.mean, abs=4 * np.sqrt(seen.variance / DRAWS))
    here = np.flatnonzero(seen.biases == bias)[0]
    assert seen.by_law[here] == pytest.approx(100 * seen.exact)
    assert seen.by_normal[here] == pytest.approx(100 * seen.normal)
    assert seen.by_zero[here] == pytest.approx(100 * seen.at_zero)


def test_without_chance_the_sum_is_sure():
    seen = drawn_neuron(10, 1.0, 0.6, -2.0, rng=SEED)
    assert (seen.mean, seen.variance, seen.exact, seen.normal, seen.fired) == (0.0, 0.0, 0.0, 0.0, 0.0)
    assert drawn_neuron(10, 1.0, 0.6, -1.0, rng=SEED).fired == 100.0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"lines": 129}, "lines must be at most 128, got 129"),
        ({"bias": 21.0}, "bias must be from -20 to 20, got 21"),
        ({"chance": 1.5}, "chance must be between 0 and 1, got 1.5"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        drawn_neuron(**({"lines": 5, "chance": 0.5, "positive": 0.5, "bias": 0.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
