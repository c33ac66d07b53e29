"""Counts in cells against `Spikes.counts`, whose units are added up in groups."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding.statistics.cells import _count, counts_in_cells


@pytest.fixture(scope="module")
def spikes():
    """A grid of times, on many of which an edge lies, and units that no group divides."""
    rng = np.random.default_rng(3)
    return Spikes(0.1 * rng.integers(0, 1001, 4000), rng.integers(0, 23, 4000), n_units=23, duration=100)


@pytest.mark.parametrize(("width", "group"), [(0.1, 1), (0.7, 1), (5.0, 4), (13.0, 23), (200.0, 50)])
def test_they_are_the_counts_of_spikes_in_groups(spikes, width, group):
    counts = spikes.counts(width)
    padded = np.pad(counts, ((0, 0), (0, -23 % group)))
    expected = padded.reshape(len(counts), -1, group).sum(axis=2)
    found = counts_in_cells(spikes, width, group)
    np.testing.assert_array_equal(found, expected)
    assert found.sum() == spikes.n_spikes


@pytest.mark.parametrize("width", [0.1, 0.3, 5.0])
def test_a_part_is_the_part_of_the_whole(spikes, width):
    whole = counts_in_cells(spikes, width, 4)
    np.testing.assert_array_equal(counts_in_cells(spikes, width, 4, (3, 11), (2, 5)), whole[3:11, 2:5])
    beyond = counts_in_cells(spikes, width, 4, (len(whole) - 2, len(whole) + 3), (4, 9))
    np.testing.assert_array_equal(beyond, np.pad(whole[-2:, 4:], ((0, 3), (0, 3))))


def test_the_end_belongs_to_the_last_cell_and_nothing_to_no_time():
    assert counts_in_cells(Spikes([0.0, 100.0], duration=100), 10.0).ravel()[[0, -1]].tolist() == [1, 1]
    assert counts_in_cells(Spikes([], n_units=3, duration=0), 1.0).shape == (0, 3)


def test_compiled_as_written():
    spikes = Spikes([0.5, 1.5, 1.5, 9.99], [0, 1, 1, 4], n_units=6, duration=10)
    two = [np.zeros((10, 3), np.int32) for _ in "ab"]
    for count, cells in zip((_count, getattr(_count, "py_func", _count)), two, strict=True):
        count(spikes.times, spikes.units, 1.0, 0, 10, 2, 0, cells)
    np.testing.assert_array_equal(*two)
    assert two[0].sum() == 4 and two[0][1, 0] == 2 and two[0][9, 2] == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"width": 0.0}, "width must be positive"),
        ({"group": 0}, "group must be"),
        ({"columns": (3, 2)}, "columns must be"),
    ],
)
def test_what_is_no_cell_is_named(wrong, said):
    with pytest.raises(ValueError, match=said):
        counts_in_cells(Spikes([1.0], duration=10), **({"width": 1.0} | wrong))
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        counts_in_cells([1.0], 1.0)
