"""Moving one weight after the other: each is moved once and alone, in the order of the layers."""

import numpy as np
import pytest

from snnlab.learning.spike_times.spikeprop import run_spikeprop, spikeprop_gradient
from snnlab.learning.spike_times.weight_by_weight import finite_differences, moved_by_each_weight
from snnlab.learning.spike_times.xor_in_time import initial_xor, xor_in_time

NET, (TIMES, WANTED) = initial_xor(rng=np.random.default_rng(3)), xor_in_time()


def test_each_weight_is_moved_alone():
    moved = moved_by_each_weight(NET, TIMES[1], factor=1.2)
    assert moved.shape == (320, 1)
    k = 2 * 48 + 17  # of the third hidden neuron
    more = NET.hidden.copy()
    more[2, 1, 1] *= 1.2
    assert moved[k] == run_spikeprop(NET._replace(hidden=more), TIMES[1]).out[0]
    last = NET.out.copy()
    last[0, 4, 15] *= 1.2
    assert moved[-1] == run_spikeprop(NET._replace(out=last), TIMES[1]).out[0]


def test_differences_find_the_gradient():
    told = spikeprop_gradient(NET, TIMES[2], WANTED[2])
    told = np.concatenate([told.hidden.ravel(), told.out.ravel()])
    assert np.abs(finite_differences(NET, TIMES[2], WANTED[2]) - told).max() < 1e-7 * np.abs(told).max()


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match="step must be positive and finite, got 0"):
        finite_differences(NET, TIMES[0], WANTED[0], step=0)
