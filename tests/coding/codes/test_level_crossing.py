"""Level crossings: never farther from the signal than the threshold, and silent where nothing moves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import decode_level_crossings, encode_level_crossings


@settings(max_examples=40)
@given(st.lists(st.floats(-10, 10), min_size=1, max_size=40), st.floats(0.01, 30), st.floats(0.1, 10))
def test_the_level_stays_within_the_threshold(signal, threshold, dt):
    coded = encode_level_crossings(signal, dt, threshold)
    found = decode_level_crossings(coded, dt, threshold, start=signal[0])
    assert found.size == len(signal) and np.abs(found - signal).max() < threshold + 1e-9
    upside_down = encode_level_crossings([-x for x in signal], dt, threshold)
    assert np.array_equal(upside_down.times, coded.times)
    assert np.array_equal(upside_down.units, 1 - coded.units)


@settings(max_examples=40)
@given(st.integers(0, 30), st.integers(1, 7))
def test_a_ramp_is_crossed_level_by_level(levels, steps):
    """Each level at its time, and no level more than there are."""
    ramp = np.arange(steps + 1) * (levels + 0.5) / steps
    coded = encode_level_crossings(ramp, 2.0, 1.0)
    assert coded.times == pytest.approx(np.arange(1, levels + 1) * 2.0 * steps / (levels + 0.5))
    assert not coded.units.any()


def test_a_sine_costs_a_number_of_spikes_that_depends_on_nothing_but_its_height():
    """From 0 up to 0.95, down to −0.95 and back: 9, 18 and 9 crossings of levels 0.1 apart."""
    for steps in (200, 2000):
        phase = np.linspace(0, 2 * np.pi, steps + 1)
        coded = encode_level_crossings(0.95 * np.sin(phase), 1.0, 0.1)
        assert np.bincount(coded.units).tolist() == [17, 18]  # the last level, 0, is reached from below


def test_rest_is_free_and_a_jump_is_not():
    flat = np.full(1000, 3.7)
    assert encode_level_crossings(flat, 1.0, 1e-12).n_spikes == 0
    flat[500:] += 1.0
    coded = encode_level_crossings(flat, 1.0, 0.25)
    assert coded.times == pytest.approx([499.25, 499.5, 499.75, 500.0])
    huge = np.full(9, 1e16)  # and a threshold that is lost in the rounding of such a number
    assert encode_level_crossings(huge, 1.0, 1e-3).n_spikes == 0
    one = encode_level_crossings([5.0], 1.0, 0.1)
    assert one.n_spikes == 0 and decode_level_crossings(one, 1.0, 0.1, start=5.0).tolist() == [5.0]


def test_exactly_the_threshold_is_enough_in_both_directions():
    assert encode_level_crossings([0.0, 0.5, 0.0], 1.0, 0.5).units.tolist() == [0, 1]
    assert encode_level_crossings([0.0, 0.499, -0.499], 1.0, 0.5).n_spikes == 0


def test_bad_input_is_named():
    for signal, threshold, sentence in (
        ([], 0.1, "signal must hold one value at least, got none"),
        ([[0.0]], 0.1, r"signal must have shape \(steps,\), got \(1, 1\)"),
        ([0.0, np.inf], 0.1, r"signal must be finite, got inf at \[1\]"),
        ([0.0, 1.0], 0.0, "threshold must be positive and finite, got 0"),
        ([0.0, 1.0], 1e-9, r"the number of spikes must be at most 1e\+08, got about 1e\+09"),
        ([-1e308, 1e308], 1.0, "the number of spikes must be at most 1e"),
    ):
        with pytest.raises(ValueError, match=sentence):
            encode_level_crossings(signal, 1.0, threshold)
    with pytest.raises(ValueError, match="spikes must have two units, up and down, got 1"):
        decode_level_crossings(Spikes([1.0], duration=2), 1.0, 0.1)
