"""The matrix of a measure on pairs of trains."""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import distance_matrix, isi_distance, sttc, van_rossum_distance, victor_purpura_distance

RECORDING = Path(__file__).parents[2] / "reference" / "elephant_stats.json"
RECORDED = json.loads(RECORDING.read_text(encoding="utf-8"))
TRAINS = Spikes.from_trains(RECORDED["trains_ms"], duration=RECORDED["t_stop_ms"])


@pytest.mark.reference
@pytest.mark.parametrize(
    ("key", "measure", "number"),
    [
        ("van_rossum", van_rossum_distance, "tau"),
        ("victor_purpura", victor_purpura_distance, "cost"),
        ("sttc", sttc, "window"),
    ],
)
def test_it_is_the_matrix_of_elephant(key, measure, number):
    for scale, expected in RECORDED[key].items():
        found = distance_matrix(TRAINS, measure, **{number: float(scale)})
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def test_each_element_is_the_measure_of_its_pair():
    found = distance_matrix(TRAINS, van_rossum_distance, tau=7.0)
    for row in range(TRAINS.n_units):
        for column in range(TRAINS.n_units):
            one, other = (TRAINS[unit : unit + 1] for unit in (row, column))
            assert found[row, column] == van_rossum_distance(one, other, tau=7.0)


def test_a_unit_is_not_taken_for_another_one():
    """One spike each: moved for q |Δt|, or taken away and inserted again for 2."""
    times = np.array([5.0, 40.0, 8.0, 90.0])
    spikes = Spikes(times, units=[3, 1, 0, 2], n_units=4, duration=100)
    apart = np.abs(times[[2, 1, 3, 0], None] - times[[2, 1, 3, 0]])
    expected = np.minimum(2.0, 0.05 * apart)
    np.testing.assert_allclose(distance_matrix(spikes, victor_purpura_distance, cost=50.0), expected)


def test_what_is_not_defined_is_nan_and_no_unit_is_an_empty_matrix():
    silent = Spikes([5.0, 15.0], units=[0, 0], n_units=2, duration=20)
    assert np.isnan(distance_matrix(silent, isi_distance)).tolist() == [[False, True], [True, True]]
    nobody = Spikes([], n_units=0, duration=20)
    assert distance_matrix(nobody, isi_distance).shape == (0, 0)


def test_bad_input():
    with pytest.raises(TypeError, match="spikes must be"):
        distance_matrix([1.0, 2.0], isi_distance)
    with pytest.raises(ValueError, match="tau must be positive and finite, got 0"):
        distance_matrix(TRAINS, van_rossum_distance, tau=0)
