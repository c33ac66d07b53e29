"""The coincidence factor against cases worked by hand, and against chance."""

import itertools
import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import coincidence_factor, poisson_spikes
from snnlab.coding.distances import coincidence as module  # the module, for its kernels


def train(*times, duration=1000.0):
    return Spikes(np.array(times, float), n_units=1, duration=duration)


def test_by_hand():
    """4 spikes each in 1000 ms, a window of 5 ms: by chance 2·5·4/1000·4 = 0.16 coincide."""
    cell = train(100, 200, 300, 400)
    half = coincidence_factor(cell, train(104, 196, 350, 450), 5.0)
    assert half == pytest.approx((2 - 0.16) / 4 / (1 - 0.04))
    none = coincidence_factor(cell, train(150, 250, 350, 450), 5.0)
    assert none == pytest.approx(-0.16 / 4 / (1 - 0.04))
    # 8 spikes of the model, all 4 of the cell predicted: chance 2·5·8/1000·4 = 0.32, mean number 6
    double = train(100, 150, 200, 250, 300, 350, 400, 450)
    assert coincidence_factor(cell, double, 5.0) == pytest.approx((4 - 0.32) / 6 / (1 - 0.08))


def test_equal_trains_give_one():
    for seed in range(20):
        spikes = poisson_spikes(20.0, 2000.0, rng=np.random.default_rng(seed))
        assert coincidence_factor(spikes, spikes, 2.0) == pytest.approx(1.0, abs=1e-12)


def test_one_silent_train_gives_zero_or_less_and_two_give_nothing():
    cell, silent = train(100, 200), train()
    assert coincidence_factor(cell, silent, 5.0) == 0.0
    assert coincidence_factor(silent, cell, 5.0) == 0.0
    assert math.isnan(coincidence_factor(silent, silent, 5.0))


def test_chance_is_reckoned_with_the_rate_of_the_model():
    one, two = train(100.0), train(100.0, 500.0)
    assert coincidence_factor(one, two, 10.0) == pytest.approx((1 - 0.04) / 1.5 / 0.96)
    assert coincidence_factor(two, one, 10.0) == pytest.approx((1 - 0.04) / 1.5 / 0.98)


def test_independent_poisson_trains_give_zero_on_average():
    """Within 4 standard errors; the chance of a spike in the window is 0.01, without it the mean would be
    0.01 and 6 standard errors away."""
    rng = np.random.default_rng(1)
    values = []
    for _ in range(60):
        cell, model = (poisson_spikes(5.0, 400_000.0, rng=rng) for _ in range(2))
        values.append(coincidence_factor(cell, model, 1.0))
    error = np.std(values, ddof=1) / np.sqrt(len(values))
    assert 6 * error < 0.01
    assert abs(np.mean(values)) < 4 * error


def test_every_spike_has_one_partner_and_as_many_as_possible_find_one():
    """Against the best of all ways to pair, for small random trains."""
    rng = np.random.default_rng(2)
    for _ in range(200):
        a, b = (np.sort(rng.uniform(0, 30, rng.integers(0, 6))) for _ in range(2))
        few, many = sorted((a, b), key=len)
        best = max(
            sum(abs(x - y) <= 3.0 for x, y in zip(few, order, strict=True))
            for order in itertools.permutations(many, len(few))
        )
        assert module.count_coincidences(a, len(a), b, len(b), 3.0) == best
        assert module.count_coincidences(b, len(b), a, len(a), 3.0) == best


def test_a_spike_at_the_edge_of_the_window_coincides():
    assert module.count_coincidences(np.array([10.0]), 1, np.array([14.0]), 1, 4.0) == 1
    assert module.count_coincidences(np.array([10.0]), 1, np.array([14.001]), 1, 4.0) == 0


def test_only_the_entries_in_use_count():
    room = np.array([10.0, 20.0, 0.0, 0.0])
    assert module.count_coincidences(room, 2, room, 2, 1.0) == 2
    assert module.count_coincidences(room, 2, room, 1, 1.0) == 1


@pytest.mark.parametrize(
    ("cell", "model", "window", "sentence"),
    [
        (train(1), train(1), 0.0, "window must be positive and finite, got 0"),
        (train(1), train(1, 2), 250.0, r"window must be below half the mean interval .* \(250 ms\), got 250"),
        (train(1), train(1, duration=500), 2.0, r"model must have the duration of cell \(1000 ms\), got 500"),
        (train(duration=0), train(duration=0), 2.0, "duration must be positive and finite, got 0"),
        (Spikes([1, 2], [0, 1], duration=9), train(1, duration=9), 2.0, "cell must have one unit, got 2"),
    ],
)  # fmt: skip
def test_refusals(cell, model, window, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        coincidence_factor(cell, model, window)


def test_a_list_is_refused():
    with pytest.raises(TypeError, match=r"^model must be Spikes, got list$"):
        coincidence_factor(train(1), [1.0], 2.0)
