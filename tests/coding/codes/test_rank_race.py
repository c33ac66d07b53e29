"""The race between order, set and number: by hand, in closed form, and on real digits."""

import numpy as np
import pytest

from snnlab.coding import rank_race
from snnlab.coding.codes.rank_race import _clockwork
from snnlab.data import load_digits

BARS = np.repeat(np.eye(5), 4, axis=1)  # five images, four bright pixels each


@pytest.fixture(scope="module")
def digits():
    data = load_digits()
    train, test = (x.reshape(len(x), -1) / data.white for x in (data.x_train, data.x_test))
    return train, data.y_train, test, data.y_test


def test_order_is_ahead_of_number_in_the_same_time(digits):
    """500 digits of 64 pixels: from 5 ms to 11 ms the reader of ranks leads by more than three errors."""
    race = rank_race(*digits, [1, 10, 15, 20, 64], rng=np.random.default_rng(1))
    lead = race.by_rank[1:4] - race.by_count[1:4]
    error = np.sqrt((race.by_rank * (1 - race.by_rank) + race.by_count * (1 - race.by_count)) / 500)[1:4]
    assert np.all(lead > 3 * error) and race.by_rank[3] > 0.8
    assert race.by_rank[0] < 0.4 and np.all(np.diff(race.n_counted) > 0)
    assert 4.4 < race.time[0] < race.time[3] < 12 and np.isnan(race.time[4])


def ten_seeds(digits, lit=0.0):
    """Races on the digits, drawn from black or, with `lit`, from a grey that makes every neuron fire."""
    train, shown, test, truth = digits
    raised = lit + (1 - lit) * train, shown, lit + (1 - lit) * test, truth
    return [rank_race(*raised, [10, 20, 64], rng=np.random.default_rng(seed)) for seed in range(10)]


def test_up_to_twenty_spikes_the_order_adds_nothing_to_who_fired(digits):
    """The same spikes with the order thrown away are read as well, to within a hundredth."""
    races = ten_seeds(digits)
    adds = np.array([race.by_rank - race.by_set for race in races])
    assert np.all(np.abs(adds[:, :2].mean(axis=0)) < 0.01)
    assert adds[:, 2].mean() > 5 * adds[:, 2].std(ddof=1) / np.sqrt(10)  # all that ever fire have fired
    # what was ahead of the count was the clockwork: its count is as good as the order
    clockwork = np.array([race.by_clockwork for race in races])[:, :2]
    order, chance = (np.array([race[k] for race in races])[:, :2] for k in (2, 3))
    assert np.all(np.abs(clockwork - order) < 0.04) and np.all(
        clockwork.min(axis=0) > chance.max(axis=0) + 0.04
    )


def test_regular_trains_in_phases_of_their_own_are_counted_better_than_the_order_is_read(digits):
    """So a count loses to the order by the chance of its spikes: at the same rates, without it, it wins."""
    races = ten_seeds(digits)
    order, chance, regular = (
        np.array([getattr(race, name)[0] for race in races]) for name in ("by_rank", "by_count", "by_regular")
    )
    assert (regular - order).min() > 0.03 and (regular - chance).min() > 0.1
    bars = rank_race(0.8 * BARS, range(5), 0.8 * BARS, range(5), [1], rng=np.random.default_rng(1))
    assert bars.by_regular.tolist() == [1.0]  # after one latency each of four neurons has fired once


def test_where_everybody_fires_the_set_is_empty_and_the_order_is_not(digits):
    races = ten_seeds(digits, lit=0.25)
    assert all(race.by_set[2] < 0.15 and race.by_rank[2] > 0.8 for race in races)
    assert abs(np.mean([race.by_rank[0] - race.by_set[0] for race in races])) < 0.01


def test_a_clockwork_neuron_fires_every_latency():
    latency = 20 * np.log(0.8 / 0.6)  # 5.75 ms
    since = latency * np.array([[np.nan, -0.1, 0.0, 0.9, 1.0, 2.9]])  # the first spike, as seen from now
    assert _clockwork(since, np.full(6, 1000 / latency)).tolist() == [[0, 0, 1, 1, 2, 3]]


def test_the_first_spike_comes_when_a_leaky_integrator_fires():
    """τ ln(x / (x − θ)) for the brightest pixel, and four of them in each image."""
    race = rank_race(0.8 * BARS, range(5), 0.8 * BARS, range(5), [1, 4, 5], rng=np.random.default_rng(1))
    assert race.time[:2] == pytest.approx(20.0 * np.log(0.8 / 0.6)) and np.isnan(race.time[2])
    assert race.by_rank.tolist() == [1.0, 1.0, 1.0]
    # until then a Poisson neuron of the same rate fires once on average; four of them for five images
    assert race.n_counted == pytest.approx(np.full(3, 4.0), abs=4 * np.sqrt(4.0 / 5))


def test_jitter_spoils_the_order(digits):
    """By 10 ms, which is twice the time that ten spikes take: still far better than chance, but worse."""
    train, shown, test, truth = digits
    exact, shaken = (
        rank_race(train, shown, test, truth, [10], jitter=jitter, rng=np.random.default_rng(2)).by_rank[0]
        for jitter in (0.0, 10.0)
    )
    assert 0.3 < shaken < exact - 3 * np.sqrt(2 * 0.25 / 500)


def test_darkness_is_not_recognised():
    race = rank_race(BARS, range(5), 0.1 * BARS, range(5), [1], rng=np.random.default_rng(1))
    assert (race.by_rank[0], race.by_count[0], race.n_counted[0]) == (0.0, 0.0, 0.0)
    assert np.isnan(race.time[0])


def test_bad_input_is_named():
    for change, sentence in (
        ({"x_train": 2 * BARS}, "x_train must lie from 0 to 1, got 0 to 2"),
        ({"x_test": BARS[:, :3]}, r"x_test must have shape \(images, 20\), got \(5, 3\)"),
        ({"x_test": BARS[:0], "y_test": []}, r"x_test must have shape \(images, 20\), got \(0, 20\)"),
        ({"y_test": [0, 1]}, "labels must be one for each of 5 rows, got 2"),
        ({"n_first": [0]}, r"n_first must be whole numbers of at least 1, got \[0\.0\]"),
        ({"m": 1.0}, "m must be below 1, got 1"),
        ({"jitter": -1.0}, "jitter must be zero or positive, and finite, got -1"),
    ):
        right = {"x_train": BARS, "y_train": range(5), "x_test": BARS, "y_test": range(5), "n_first": [1]}
        with pytest.raises(ValueError, match=sentence):
            rank_race(**{**right, **change}, rng=np.random.default_rng(1))
