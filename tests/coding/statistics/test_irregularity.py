"""Measures of irregularity against elephant, closed forms and sums written out."""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    cv,
    cv2,
    dead_time_spikes,
    fano_over_trials,
    gamma_spikes,
    intervals,
    lv,
    lvr,
    poisson_spikes,
    psth,
    thinned_spikes,
)

RECORDING = Path(__file__).parents[2] / "reference" / "elephant_stats.json"


@pytest.fixture(scope="module")
def elephant():
    return json.loads(RECORDING.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trains(elephant):
    return Spikes.from_trains(elephant["trains_ms"], duration=elephant["t_stop_ms"])


@pytest.mark.reference
@pytest.mark.parametrize(
    ("key", "measure"),
    [
        ("cv", cv),
        ("cv2", cv2),
        ("lv", lv),
        ("lvr_R5ms", lambda s: lvr(s, 5.0)),
        ("rate_hz", lambda s: s.rates),
        ("fano_over_trains", fano_over_trials),
        ("psth_bin50ms_counts", lambda s: s.counts(50.0).sum(axis=1)),
        ("psth_bin50ms_mean", lambda s: s.counts(50.0).mean(axis=1)),
        ("psth_bin50ms_rate_per_ms", lambda s: psth(s, 50.0).rate / 1000),
    ],
)
def test_equal_to_elephant(elephant, trains, key, measure):
    """Conventions: variances are divided by n; the Fano factor is taken over the trains."""
    assert measure(trains) == pytest.approx(elephant[key], rel=1e-9, abs=0)


@pytest.mark.equation("local-variation")
def test_the_sums_of_the_definition():
    a, b, c = 3.0, 8.0, 5.0
    train = Spikes(np.cumsum([10.0, a, b, c]), duration=100)
    assert cv(train) == pytest.approx(np.std([a, b, c]) / np.mean([a, b, c]))
    assert cv2(train) == pytest.approx((2 * (b - a) / (a + b) + 2 * (b - c) / (b + c)) / 2)
    assert lv(train) == pytest.approx(3 / 2 * (((a - b) / (a + b)) ** 2 + ((b - c) / (b + c)) ** 2))
    by_hand = (1 - 4 * a * b / (a + b) ** 2) * (1 + 4 * 2 / (a + b))
    by_hand += (1 - 4 * b * c / (b + c) ** 2) * (1 + 4 * 2 / (b + c))
    assert lvr(train, 2.0) == pytest.approx(3 / 2 * by_hand)


def test_a_clock_is_0_and_a_poisson_train_1():
    clock = Spikes(np.arange(5.0, 1000.0, 10.0), duration=1000)
    poisson = poisson_spikes(50.0, 1e6, rng=np.random.default_rng(1))
    for measure in (cv, cv2, lv):
        assert measure(clock) == pytest.approx(0, abs=1e-12)
        assert measure(poisson) == pytest.approx(1, abs=5 / np.sqrt(poisson.n_spikes))


def test_cv_sees_a_rate_that_drifts_and_its_local_kin_hardly():
    """Rate from 10 to 90 Hz: CV of the mixture of exponential intervals is far above 1."""
    rate = np.linspace(10, 90, 1000)
    train = thinned_spikes(rate, 1000.0, rng=np.random.default_rng(2))
    assert cv(train)[0] > 1.2
    assert abs(cv2(train)[0] - 1) < 0.02 and abs(lv(train)[0] - 1) < 0.02


def test_lvr_takes_most_of_a_dead_time_out():
    """A dead time lowers LV about in proportion to itself; LvR corrects for it to first order."""
    rng = np.random.default_rng(3)
    lost = []
    for dead_time in (1.0, 2.0):
        train = dead_time_spikes(20.0, dead_time, 4e7, rng=rng)
        lost.append([1 - lv(train)[0], 1 - lvr(train, dead_time)[0]])
    assert lost[1][0] / lost[0][0] == pytest.approx(2, abs=0.35)
    assert lost[0][1] < 0.25 * lost[0][0] and lost[1][1] < 0.35 * lost[1][0]


@pytest.mark.parametrize("shape", [2.0, 8.0])
def test_lv_of_gamma_trains_in_closed_form(shape):
    """LV = 3 / (2 k + 1) (Shinomoto et al. 2003)."""
    train = gamma_spikes(50.0, shape, 1e6, rng=np.random.default_rng(4))
    assert lv(train)[0] == pytest.approx(3 / (2 * shape + 1), rel=5 / np.sqrt(train.n_spikes) * 2)


def test_units_are_measured_one_by_one(trains):
    for measure in (cv, cv2, lv, lvr):
        alone = [measure(Spikes(train, duration=trains.duration))[0] for train in trains]
        assert measure(trains) == pytest.approx(alone, rel=1e-12, abs=0)
    for found, train in zip(intervals(trains), trains, strict=True):
        np.testing.assert_array_equal(found, np.diff(train))


def test_too_few_spikes_give_nan_and_nothing_else():
    spikes = Spikes([1.0, 2.0, 4.0, 5.0, 9.0, 7.0], units=[1, 2, 2, 3, 3, 3], n_units=5, duration=10)
    assert np.isnan(cv(spikes)).tolist() == [True, True, False, False, True]
    for measure in (cv2, lv, lvr):
        assert np.isnan(measure(spikes)).tolist() == [True, True, True, False, True]


def test_bad_input_is_named():
    spikes = Spikes([1.0, 2.0], duration=10)
    with pytest.raises(TypeError, match="spikes must be Spikes, got list"):
        cv([1.0, 2.0])
    with pytest.raises(ValueError, match="t_ref must be zero or positive, and finite, got -1"):
        lvr(spikes, -1)
