"""The hidden pattern: what comes back, what does not, and that counts hardly give it away."""

import math

import numpy as np
import pytest

from snnlab.learning import hidden_pattern
from snnlab.learning.competition.hidden_pattern import PATTERN_LENGTH, HiddenPattern


@pytest.fixture(scope="module")
def hidden():
    return hidden_pattern(20_000.0, 200, jitter=1.0, rng=np.random.default_rng(7))


def test_the_pattern_comes_back_in_its_inputs_only(hidden):
    """In half of the inputs every spike of the pattern is found again, shifted by a normal deviate."""
    assert set(hidden.pattern.units) <= set(range(100)) and hidden.pattern.duration == PATTERN_LENGTH
    shifts, strangers = [], []
    for k in np.flatnonzero(hidden.shown):
        part = hidden.spikes.between(k * PATTERN_LENGTH, (k + 1) * PATTERN_LENGTH)
        for unit in range(0, 100, 7):
            train = part[unit]
            wanted = hidden.pattern[unit]
            for t in wanted[(wanted > 5) & (wanted < 45)]:
                shifts.append(train[np.argmin(np.abs(train - t))] - t)
            strangers.append(train.size - wanted.size)
    shifts = np.array(shifts)
    near = np.abs(shifts) < 3.0  # now and then a stranger lies nearer
    assert near.mean() > 0.97 and abs(shifts.mean()) < 0.1
    assert shifts[near].std() == pytest.approx(0.95, abs=0.1)
    mean = 0.01 * PATTERN_LENGTH  # the noise, 10 Hz
    assert np.mean(strangers) == pytest.approx(mean, abs=4.5 * math.sqrt(mean / len(strangers)))
    assert min(strangers) >= 0


def test_without_jitter_and_elsewhere(hidden):
    exact = hidden_pattern(2000.0, 30, jitter=0.0, rng=np.random.default_rng(3))
    for k in range(exact.shown.size):
        part = exact.spikes.between(k * PATTERN_LENGTH, (k + 1) * PATTERN_LENGTH)
        found = [np.isclose(part[j][:, None], exact.pattern[j], atol=1e-9).any(0).all() for j in range(15)]
        assert all(found) == exact.shown[k] and exact.pattern.units.max() < 15


def test_how_often_it_comes(hidden):
    """Never twice in a row, a third of the free places, so a quarter of all."""
    shown = hidden_pattern(200_000.0, 1, rng=np.random.default_rng(5)).shown
    assert shown.size == 4000 and not (shown[1:] & shown[:-1]).any()
    free = ~shown[:-1]
    after = shown[1:][free].mean()
    assert after == pytest.approx(1 / 3, abs=4.5 * math.sqrt(2 / 9 / free.sum()))
    assert hidden_pattern(49.0, 3, rng=np.random.default_rng(5)).shown.size == 0


def test_counts_hardly_tell(hidden):
    """The mean rate lies between those reported, 64 Hz and less, and is nearly the same with the pattern."""
    counts = hidden.spikes.counts(PATTERN_LENGTH).sum(axis=1)
    rate = counts / 200 / PATTERN_LENGTH * 1000
    assert 55.0 < rate.mean() < 65.0
    assert abs(rate[hidden.shown].mean() - rate[~hidden.shown].mean()) < 6.0
    longest = max(np.diff(train).max() for train in hidden.spikes)
    assert longest <= 2 * PATTERN_LENGTH  # a silence is broken after 50 ms, or by the pattern
    rates = hidden.spikes.rates
    assert rates.std() / rates.mean() < 0.2


def test_chance_is_that_of_the_seed():
    one, two = (hidden_pattern(500.0, 20, rng=np.random.default_rng(s)) for s in (1, 1))
    assert isinstance(one, HiddenPattern)
    assert np.array_equal(one.spikes.times, two.spikes.times) and np.array_equal(one.shown, two.shown)
    other = hidden_pattern(500.0, 20, rng=np.random.default_rng(2))
    assert not np.array_equal(one.spikes.times, other.spikes.times)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"duration": -1.0}, "duration must be zero or positive"),
        ({"duration": 1e12}, "the number of spikes must be at most"),
        ({"n": 0}, "n must be"),
        ({"share": 1.5}, "share must be"),
        ({"jitter": -1.0}, "jitter must be zero or positive"),
        ({"jitter": float("nan")}, "jitter must be"),
    ],
)
def test_bad_arguments_are_named(arguments, message):
    with pytest.raises((ValueError, TypeError), match=message):
        hidden_pattern(**({"duration": 100.0, "n": 5} | arguments), rng=np.random.default_rng(1))
