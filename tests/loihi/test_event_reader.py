"""The reader of events: every recording once, by weights that have not seen it."""

import numpy as np
import pytest

from snnlab.data import event_spikes, load_nmnist_100
from snnlab.loihi import read_in_folds
from snnlab.spikes import Spikes


def test_events_of_digits_are_read_far_above_chance():
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
