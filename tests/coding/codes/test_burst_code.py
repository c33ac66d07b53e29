"""Bursts: there and back, and what the number of spikes alone still tells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import decode_bursts, encode_bursts


@settings(max_examples=40)
@given(st.lists(st.floats(-1, 2), min_size=1, max_size=20), st.integers(1, 8))
def test_what_is_encoded_can_be_decoded(values, n_max):
    """Exactly from two spikes on; from a single one within half a step."""
    coded = encode_bursts(values, 100.0, n_max, low=-1.0, high=2.0)
    off = np.abs(decode_bursts(coded, n_max, low=-1.0, high=2.0) - values) / 3.0
    number = np.bincount(coded.units, minlength=len(values))
    assert np.all(off[number != 1] < 1e-9) and np.all(off[number == 1] < 0.5 / n_max + 1e-9)


def test_numbers_and_intervals_by_hand():
    coded = encode_bursts([0.0, 0.2, 0.6, 1.0], 30.0, n_max=5, d_min=2.0, d_max=6.0)
    assert [train.tolist() for train in coded] == [
        [],
        [0.0],
        pytest.approx([0.0, 3.6, 7.2]),
        [0.0, 2.0, 4.0, 6.0, 8.0],
    ]


def test_the_number_survives_jitter():
    """Whatever happens to the intervals, the value stays between the bounds that the number sets."""
    rng = np.random.default_rng(1)
    values = rng.uniform(0.0, 1.0, 300)
    coded = encode_bursts(values, 60.0, n_max=5)
    late = Spikes(coded.times + rng.uniform(0, 20, coded.n_spikes), coded.units, n_units=300, duration=80)
    assert np.abs(decode_bursts(late) - values).max() <= 1 / 5


def test_equal_intervals_leave_the_number_alone():
    coded = encode_bursts([0.5, 1.0], 30.0, n_max=4, d_min=3.0, d_max=3.0)
    assert decode_bursts(coded, n_max=4, d_min=3.0, d_max=3.0).tolist() == [0.375, 0.875]


def test_more_spikes_than_the_longest_burst_mean_the_largest_value():
    assert decode_bursts(Spikes(np.arange(9.0), duration=10), n_max=5).tolist() == [1.0]


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"duration must be longer than the longest burst \(8 ms\), got 8"):
        encode_bursts([1.0], 8.0)
    with pytest.raises(ValueError, match=r"d_max must be at least d_min \(7 ms\), got 6"):
        encode_bursts([1.0], 100.0, d_min=7.0)
    with pytest.raises(ValueError, match="n_max must be at least 1, got 0"):
        decode_bursts(Spikes([], duration=1), n_max=0)
    with pytest.raises(ValueError, match=r"n_max must be at most 1e\+08, got about 2e\+08"):
        encode_bursts([1.0], 1e12, n_max=2 * 10**8)
