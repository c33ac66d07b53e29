"""Time to first spike against the neuron that makes it, and back again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import decode_first_spikes, encode_first_spikes, rank_order
from snnlab.neurons import LIF, simulate_lif_exact


def test_it_is_the_latency_of_a_leaky_neuron():
    neuron = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=0.2, t_ref=0.0)
    drive = np.array([0.21, 0.3, 0.7, 2.0])
    coded = encode_first_spikes(drive, 20.0, 0.2, 200.0)
    for unit, x in enumerate(drive):
        fired = simulate_lif_exact(np.full(200, x), neuron, dt=1.0)
        assert coded[unit] == pytest.approx(fired.times[:1], rel=1e-9, abs=0)


@given(st.lists(st.floats(0.2 * (1 + 1e-6), 1e4), min_size=1, max_size=20))
def test_what_is_encoded_can_be_decoded(values):
    coded = encode_first_spikes(values, 20.0, 0.2, 1e6)
    assert coded.n_spikes == len(values)
    assert decode_first_spikes(coded, 20.0, 0.2) == pytest.approx(values, rel=1e-6)
    order, values = rank_order(coded), np.array(values)
    assert np.all(np.diff(values[np.argsort(order, kind="stable")]) <= 1e-6 * values.max())


def test_silence_below_the_threshold_and_after_the_end():
    coded = encode_first_spikes([0.2, 0.1, -3.0, 0.2001, 0.5], 20.0, 0.2, 100.0)
    assert coded.units.tolist() == [4]
    assert np.isnan(decode_first_spikes(coded, 20.0, 0.2)).tolist() == [True, True, True, True, False]


def test_ranks_do_not_see_a_stretch_of_time():
    spikes = Spikes([3.0, 1.0, 2.0, 2.0, 9.0], units=[0, 1, 2, 3, 1], n_units=5, duration=10)
    assert rank_order(spikes).tolist()[:4] == [3.0, 0.0, 1.5, 1.5] and np.isnan(rank_order(spikes)[4])
    slower = Spikes(7 * spikes.times, spikes.units, n_units=5, duration=70)
    np.testing.assert_array_equal(rank_order(spikes), rank_order(slower))


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="tau must be positive and finite, got 0"):
        encode_first_spikes([1.0], 0, 0.2, 100.0)
    with pytest.raises(ValueError, match=r"values must have shape \(n,\), got \(1, 1\)"):
        encode_first_spikes([[1.0]], 20.0, 0.2, 100.0)
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        rank_order([1.0])
