"""Measures on pairs of trains: other tools, symmetry, silence, and what they refuse."""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    count_correlation,
    isi_distance,
    spike_distance,
    spike_synchronisation,
    sttc,
    van_rossum_distance,
    victor_purpura_distance,
)

RECORDING = Path(__file__).parents[1] / "reference" / "elephant_stats.json"
SYMMETRIC = {
    "van Rossum": lambda a, b: van_rossum_distance(a, b, 10.0),
    "Victor–Purpura": lambda a, b: victor_purpura_distance(a, b, 100.0),
    "ISI": isi_distance,
    "SPIKE": spike_distance,
    "synchronisation": spike_synchronisation,
    "STTC": lambda a, b: sttc(a, b, 5.0),
}


@pytest.fixture(scope="module")
def recorded():
    return json.loads(RECORDING.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trains(recorded):
    return [Spikes(train, duration=recorded["t_stop_ms"]) for train in recorded["trains_ms"]]


def table(measure, trains):
    return np.array([[measure(a, b) for b in trains] for a in trains], dtype=float)


def some(n, seed, duration=200.0):
    times = np.sort(np.random.default_rng(seed).uniform(0, duration, n))
    return Spikes(times, duration=duration)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("key", "measure"),
    [("van_rossum", van_rossum_distance), ("victor_purpura", victor_purpura_distance), ("sttc", sttc)],
)
def test_equal_to_elephant_for_every_time_scale(recorded, trains, key, measure):
    assert len(recorded[key]) >= 3
    for scale, expected in recorded[key].items():
        found = table(lambda a, b, scale=float(scale): measure(a, b, scale), trains)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.reference
@pytest.mark.parametrize(
    ("key", "measure"),
    [
        ("pyspike_isi_distance", isi_distance),
        ("pyspike_spike_distance", spike_distance),
        ("pyspike_spike_sync", spike_synchronisation),
    ],
)
def test_equal_to_pyspike(recorded, trains, key, measure):
    np.testing.assert_allclose(table(measure, trains), recorded[key], rtol=1e-9, atol=1e-12)


@pytest.mark.reference
def test_count_correlation_is_that_of_elephant(recorded, trains):
    found = count_correlation(Spikes.stack(trains), 5.0)
    np.testing.assert_allclose(found, recorded["corrcoef_bin5"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", SYMMETRIC)
@pytest.mark.parametrize("seed", range(5))
def test_both_orders_give_the_same_and_a_train_is_no_distance_from_itself(name, seed):
    measure = SYMMETRIC[name]
    a, b = some(1 + 3 * seed, seed), some(5, seed + 10)
    assert measure(a, b) == pytest.approx(measure(b, a), rel=1e-12, abs=0)
    alike = name in ("synchronisation", "STTC")
    assert measure(a, a) == pytest.approx(float(alike), abs=1e-12)
    limit = 1 if "–" not in name and name != "van Rossum" else a.n_spikes + b.n_spikes
    assert -1 <= measure(a, b) <= limit


def test_silent_trains():
    silent, one = Spikes([], duration=100), Spikes([40.0], duration=100)
    for measure in (isi_distance, spike_distance, lambda a, b: sttc(a, b, 5.0)):
        assert np.isnan(measure(silent, one))
    assert np.isnan(spike_synchronisation(silent, silent))
    assert spike_synchronisation(silent, one) == 0
    assert victor_purpura_distance(silent, one, 10.0) == 1
    assert van_rossum_distance(silent, silent, 10.0) == 0
    assert np.isnan(count_correlation(Spikes.stack([silent, one]), 10.0)).tolist() == [
        [True, True],
        [True, False],
    ]


@pytest.mark.parametrize("name", SYMMETRIC)
def test_bad_trains_are_named(name):
    measure, train = SYMMETRIC[name], Spikes([1.0], duration=10)
    with pytest.raises(TypeError, match="b must be Spikes, got list"):
        measure(train, [1.0])
    with pytest.raises(ValueError, match="a must have one unit, got 2"):
        measure(Spikes.stack([train, train]), train)
    with pytest.raises(ValueError, match=r"b must have the duration of a \(10 ms\), got 20"):
        measure(train, Spikes([1.0], duration=20))


def test_bad_scales_are_named():
    a = Spikes([1.0], duration=10)
    with pytest.raises(ValueError, match="tau must be positive and finite, got 0"):
        van_rossum_distance(a, a, 0)
    with pytest.raises(ValueError, match="cost must be zero or positive, and finite, got -1"):
        victor_purpura_distance(a, a, -1)
    with pytest.raises(ValueError, match="window must be positive and finite, got nan"):
        sttc(a, a, float("nan"))
    with pytest.raises(ValueError, match=r"bin_width must fit twice into the duration \(10 ms\), got 6"):
        count_correlation(a, 6.0)
