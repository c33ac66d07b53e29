"""Gaussian receptive fields: the value comes back, and by hand from two neurons."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import decode_fields, encode_fields, receptive_fields
from snnlab.coding.codes.receptive_fields import field_responses


@settings(max_examples=40)
@given(
    st.lists(st.floats(-2, 5), min_size=1, max_size=20),
    st.integers(3, 12),
    st.floats(0.5, 2.1),
    st.floats(1, 100),
)
def test_what_is_encoded_can_be_decoded(values, n_fields, overlap, duration):
    fields = receptive_fields(n_fields, -2.0, 5.0, overlap)
    coded = encode_fields(values, fields, duration)
    assert np.bincount(coded.units // n_fields).min() >= 2
    assert decode_fields(coded, fields) == pytest.approx(values, abs=1e-9)


def test_fields_cover_the_range_evenly():
    """The first and the last centre half a distance outside (Bohte and others 2002)."""
    fields = receptive_fields(7, 0.0, 10.0, overlap=1.5)
    assert fields.centres == pytest.approx([-1, 1, 3, 5, 7, 9, 11]) and fields.width == pytest.approx(2 / 1.5)


def test_responses_and_latencies_in_closed_form():
    fields = receptive_fields(5, overlap=2.0)  # centres 1/3 apart, σ = 1/6
    assert field_responses([1 / 6], fields)[0, :3] == pytest.approx([np.exp(-2), 1.0, np.exp(-2)])
    coded = encode_fields([1 / 6], fields, 50.0)
    assert coded.times == pytest.approx([0.0, 50 * (1 - np.exp(-2)), 50 * (1 - np.exp(-2))])


@settings(max_examples=40)
@given(st.floats(0, 99), st.floats(0, 99))
def test_two_neurons_tell_the_value_in_closed_form(t_1, t_2):
    fields = receptive_fields(4)
    spikes = Spikes([t_1, t_2], units=[1, 2], n_units=4, duration=100)
    g_1, g_2 = 1 - t_1 / 100, 1 - t_2 / 100
    expected = 0.5 + fields.width**2 / 0.5 * np.log(g_2 / g_1)
    assert decode_fields(spikes, fields) == pytest.approx([expected], abs=1e-9)


def test_a_late_spike_that_is_wrong_does_little_harm():
    """A shift by 2 ms of the two latest spikes moves the value less than half as far as one of the others."""
    fields = receptive_fields(6, overlap=1.0)
    coded = encode_fields([0.4], fields, 100.0)
    wrong = []
    for which in range(coded.n_spikes):
        times = coded.times.copy()
        times[which] += 2.0
        moved = Spikes(times, coded.units, n_units=6, duration=100)
        wrong.append(abs(decode_fields(moved, fields)[0] - 0.4))
    assert coded.n_spikes == 5 and max(wrong[3:]) < 0.5 * max(wrong[:3]) < 0.01


def test_few_spikes():
    fields = receptive_fields(4)
    spikes = Spikes([10.0, 70.0, 100.0], units=[2, 2, 7], n_units=12, duration=100)
    found = decode_fields(spikes, fields)
    assert found[0] == fields.centres[2] and np.isnan(found[1:]).all()  # at the very end g is 0
    assert decode_fields(Spikes([], n_units=0, duration=0), fields).size == 0


def test_bad_input_is_named():
    fields = receptive_fields(4)
    with pytest.raises(ValueError, match="n_fields must be at least 3, got 2"):
        receptive_fields(2)
    with pytest.raises(ValueError, match=r"high must be above low \(1\), got 1"):
        receptive_fields(4, low=1.0)
    with pytest.raises(ValueError, match=r"values must lie from 0 to 1, got 0 to 1\.1"):
        encode_fields([0.0, 1.1], fields, 10.0)
    with pytest.raises(ValueError, match="silent_below must be between 0 and 1, got 2"):
        encode_fields([0.5], fields, 10.0, silent_below=2)
    with pytest.raises(ValueError, match="spikes must have whole rows of 4 units, got 3 units"):
        decode_fields(Spikes([1.0], n_units=3, duration=10), fields)
