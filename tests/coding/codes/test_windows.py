"""Windows: what is lined up is cut again, and straight lines stay straight."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.coding import encode_phases, join_windows, window_means
from snnlab.coding.codes.windows import cut_windows, line_up_windows

FRACTIONS = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 11)), max_size=30)


@settings(max_examples=40)
@given(FRACTIONS, st.sampled_from([1, 2, 3, 4]), st.floats(0.01, 1000))
def test_what_is_lined_up_is_cut_again(spikes, n_each, window):
    times, units = [window * share for share, _ in spikes], [unit for _, unit in spikes]
    apart = Spikes(times, np.array(units, int), n_units=12, duration=window)
    lined = line_up_windows(apart, n_each)
    assert lined.n_units == n_each and lined.duration == pytest.approx(window * 12 / n_each)
    again = cut_windows(lined, window)
    assert again.n_units == 12 and again.duration == window
    # order by unit: rounding of sums may swap two units that fire at the same time
    for train, same in zip(apart, again, strict=True):
        assert same == pytest.approx(train, abs=1e-9 * window)


def test_the_end_of_a_late_window_belongs_to_it():
    """A phase code of its lowest value fires just before the window ends, however late the window is."""
    coded = encode_phases(np.zeros(20_000), 0.3)
    lined = cut_windows(line_up_windows(coded), 0.3)
    assert np.bincount(lined.units, minlength=20_000).tolist() == [1] * 20_000
    assert lined.times == pytest.approx(coded.times, abs=1e-8)


def test_means_and_lines_by_hand():
    signal = np.arange(12.0)
    assert window_means(signal, 0.5, 1.5) == pytest.approx([1.0, 4.0, 7.0, 10.0])
    assert window_means(signal, 0.5, 2.5) == pytest.approx([2.0, 7.0, 10.5])
    assert window_means([], 1.0, 1.0).size == 0
    assert window_means([1e308, 1e308], 1.0, 2.0).tolist() == [1e308]


@settings(max_examples=40)
@given(st.integers(2, 60), st.integers(1, 9))
def test_a_straight_line_comes_back(steps, width):
    line = 3.0 - 0.25 * np.arange(steps)
    found = join_windows(window_means(line, 0.1, 0.1 * width), 0.1, 0.1 * width, steps)
    last = ((steps - 1) // width) * width
    inner = slice((width - 1 + 1) // 2, last)
    assert found[inner] == pytest.approx(line[inner])


def test_a_window_without_answer_is_bridged():
    assert join_windows([0.0, np.nan, 4.0], 1.0, 1.0, 3).tolist() == [0.0, 2.0, 4.0]
    assert np.isnan(join_windows([np.nan], 1.0, 2.0, 2)).all()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"window must be a multiple of dt \(1 ms\), got 1\.5"):
        window_means([0.0], 1.0, 1.5)
    with pytest.raises(ValueError, match="values must be one for each of 2 windows, got 3"):
        join_windows([0.0, 1.0, 2.0], 1.0, 2.0, 4)
    with pytest.raises(ValueError, match="spikes must have whole groups of 2 units, got 3 units"):
        line_up_windows(Spikes([], n_units=3, duration=1), 2)
    with pytest.raises(ValueError, match="window must be positive and finite, got 0"):
        cut_windows(Spikes([], duration=1), 0)
