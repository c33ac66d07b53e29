"""Input spikes that a kernel draws: Poisson, of who has something to say, and each by its own counter."""

import math

import numpy as np

from snnlab.learning.memory.input_spikes import AT_ONCE, draw_inputs, speakers_of, spikes_at_once
from snnlab.learning.memory.store_recall import GROUPS, RecallInputs

SYMBOLS = np.array([1.0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0])
SEED = np.uint64(5)
SPEAKERS = speakers_of(RecallInputs(), 4.0)
PER_GROUP, WINDOW, MEAN, NONE = SPEAKERS
STEPS, INPUTS = SYMBOLS.size * WINDOW, len(GROUPS) * PER_GROUP


def counts_of(store, asked, stream, room=100 * STEPS):
    """How many spikes each input has in each step, shape (steps, inputs)."""
    units, start = np.zeros(room, np.int32), np.zeros(STEPS + 1, np.int32)
    end = draw_inputs(units, start, 7, SYMBOLS, store, asked, SPEAKERS, np.uint64(stream), SEED)
    assert start[0] == 7 and end == start[-1]
    counts = np.zeros((STEPS, INPUTS))
    np.add.at(counts, (np.repeat(np.arange(STEPS), np.diff(start)), units[7:end]), 1)
    return counts


def test_input_spikes_are_poisson_and_only_of_who_has_something_to_say():
    trials = 60
    counts = sum(counts_of(1, 6, stream) for stream in range(trials))
    groups = counts.reshape(SYMBOLS.size, WINDOW, 4, PER_GROUP).sum(axis=(1, 3))
    expected = trials * PER_GROUP * WINDOW * MEAN
    speaks = np.zeros(groups.shape, bool)
    speaks[np.arange(12), SYMBOLS.astype(int)] = True
    speaks[1, 2] = speaks[6, 3] = True
    assert (groups[~speaks] == 0).all()
    assert np.abs(groups[speaks] / expected - 1).max() < 5 / math.sqrt(expected)


def test_spikes_at_once_follow_the_law_of_poisson():
    u = (np.arange(100_000) + 0.5) / 100_000
    found = np.bincount([spikes_at_once(x, MEAN, NONE) for x in u], minlength=4)[:4] / u.size
    law = [math.exp(-MEAN) * MEAN**k / math.factorial(k) for k in range(4)]
    np.testing.assert_allclose(found, law, atol=2e-5)
    assert spikes_at_once(np.nextafter(1.0, 0.0), MEAN, NONE) <= AT_ONCE


def test_another_command_leaves_the_spikes_of_other_intervals_as_they_are():
    early, late = (counts_of(1, asked, 0) for asked in (5, 9))
    same = [k for k in range(12) if k not in (5, 9)]
    for k in same:
        part = slice(k * WINDOW, (k + 1) * WINDOW)
        np.testing.assert_array_equal(early[part], late[part])
    assert not np.array_equal(early, late)


def test_spikes_without_room_are_left_out():
    """As many as there is room for are those of more room."""
    few, many = counts_of(1, 6, 0, room=107), counts_of(1, 6, 0)
    assert few.sum() == 100 and (few <= many).all()
