"""The pattern of a neuron: its run is the simulation, and its one name is what the repertoire measures.

Over the range of its panel every name is compared with `burst_sizes` and `adaptation` in the panel's tests.
"""

import numpy as np
import pytest

from snnlab.neurons import FIRING_TYPES, Izhikevich, adaptation, burst_sizes, simulate_izhikevich
from snnlab.neurons.experiments.firing_pattern import firing_pattern
from snnlab.neurons.experiments.repertoire import has_bursts

NAMES = ("silent", "onset", "bursting", "mixed", "adapting", "speeding", "tonic")


@pytest.mark.parametrize(("kind", "name"), [("RS", "adapting"), ("IB", "mixed"), ("CH", "bursting")])
def test_a_type_of_the_publication_has_its_one_name(kind, name):
    seen = firing_pattern(FIRING_TYPES[kind])
    assert [each for each in NAMES if getattr(seen, each)] == [name]
    run = simulate_izhikevich(seen.i, FIRING_TYPES[kind])
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    np.testing.assert_array_equal(seen.v, run.v)
    train = seen.times[(seen.times > 50) & (seen.times <= 450)]
    assert (seen.during, seen.groups) == (train.size, burst_sizes(train).size)
    assert has_bursts(train) == (name == "bursting") and (adaptation(train) > 1.2 or name == "bursting")


def test_the_input_is_ten_up_and_ten_down():
    i = firing_pattern().i
    np.testing.assert_array_equal(
        i[[499, 500, 4499, 4500, 5999, 6000, 7999, 8000]], [0, 10, 10, 0, 0, -10, -10, 0]
    )


def test_without_input_it_is_silent_and_after_inhibition_it_may_fire():
    seen = firing_pattern(height=0.0)
    assert seen.silent == 1 and seen.n == 0
    assert firing_pattern(FIRING_TYPES["TC"]).after > 0 == firing_pattern(FIRING_TYPES["RS"]).after


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: firing_pattern(height=np.inf), ValueError, "height must be finite, got inf"),
        (lambda: firing_pattern((1.0,)), TypeError, "neuron must be an? Izhikevich, got tuple"),
        (lambda: firing_pattern(Izhikevich(v_peak=-90.0)), ValueError, "v_peak|c must be"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call()
