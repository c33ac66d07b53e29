"""The reader of events: every recording once, by weights that have not seen it."""

import numpy as np
import pytest

from snnlab.data import event_spikes, load_nmnist_100
from snnlab.loihi import read_in_folds
from snnlab.spikes import Spikes


def test_events_of_digits_are_read_far_above_chance(reproduces):
    digits = load_nmnist_100()
    trains = [event_spikes(events, pool=2, duration=300.0) for events in digits.recordings]
    read = read_in_folds(trains, digits.labels, 300, rng=np.random.default_rng(1))
    in_floats, on_chip = (np.mean(told == digits.labels) for told in (read.by_fit, read.by_spikes))
    assert in_floats > 0.75 and abs(in_floats - on_chip) <= 0.05
    shuffled = np.random.default_rng(2).permutation(digits.labels)
    chance = read_in_folds(trains, shuffled, 300, rng=np.random.default_rng(1))
    assert np.mean(chance.by_spikes == shuffled) < 0.3
    events = np.mean([train.n_spikes for train in trains])
    assert 9 * events < read.synaptic_ops <= 10 * events  # ten synapses a unit; a few weights are 0
    reproduces("nmnist", f"{on_chip:.0%} of {digits.labels.size}", "not reached")


def test_each_is_read_by_weights_that_have_not_seen_it():
    """One recording in a part by itself, of units nobody else has: no weight leads from them."""
    units = [0, 0, 1, 1, 2]
    trains = [Spikes(np.arange(1.0, 50.0), np.full(49, u), n_units=3, duration=50) for u in units]
    read = read_in_folds(trains, [0, 0, 1, 1, 0], 50, folds=5, rng=np.random.default_rng(0))
    assert read.by_fit.tolist() == read.by_spikes.tolist() == [0, 0, 1, 1, 0]
    assert read.synaptic_ops < 2 * 49


def test_arguments_that_cannot_be():
    trains = [Spikes([1.0], n_units=1, duration=5)] * 4
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"folds must be from 2 to the number of recordings \(4\), got 1"):
        read_in_folds(trains, [0, 1, 0, 1], 5, folds=1, rng=rng)
    with pytest.raises(ValueError, match="ridge must be positive and finite, got 0"):
        read_in_folds(trains, [0, 1, 0, 1], 5, ridge=0, rng=rng)


def two_kinds(n=4):
    return [Spikes(np.arange(1.0, 20.0), np.full(19, k % 2), n_units=2, duration=20) for k in range(n)]


def test_stopped_it_stops(monkeypatch):
    """`run_samples` tells of the samples that it has done; here that would be guesses for the others."""

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("snnlab.loihi.networks.sample_runs._run_layer", stopped)
    with pytest.raises(KeyboardInterrupt):
        read_in_folds(two_kinds(), [0, 1, 0, 1], 20, folds=2, rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"labels": [0, 1, 0, -1]}, ValueError, "labels must be from 0 to 999, got -1"),
        ({"labels": [0, 1, 0, 10**9]}, ValueError, "labels must be from 0 to 999, got 1000000000"),
        ({"rng": 3}, TypeError, "rng must be a numpy.random.Generator such as .*, got 3"),
        ({"ridge": 1e-300}, ValueError, "ridge must be larger for recordings so much alike, got 1e-300"),
        (
            {"recordings": [Spikes([], [], n_units=2, duration=9)] * 4},
            ValueError,
            "recordings must hold events",
        ),
    ],
)
def test_recordings_that_teach_nothing(change, error, message):
    options = {"recordings": [two_kinds()[0]] * 4, "labels": [0, 1, 0, 1], "steps": 20, "folds": 2}
    with pytest.raises(error, match=message):
        read_in_folds(**({"rng": np.random.default_rng(1)} | options | change))
