"""Codes that race, in closed form: against sums and integrals that are done another way."""

import itertools
import math

import numpy as np
import pytest

from snnlab.coding import first_spike_correct
from snnlab.coding.codes.reaction import (
    _count_correct,
    count_correct,
    count_window,
    order_probability,
    relay_correct,
)


@pytest.mark.parametrize(
    ("strong", "weak", "window"), [(80.0, 20.0, 50.0), (20.0, 80.0, 7.0), (30.0, 0.0, 40.0)]
)
def test_counting_is_the_sum_over_all_pairs_of_counts(strong, weak, window):
    n, k = 3, np.arange(90)
    factorial = np.array([float(math.factorial(int(x))) for x in k])
    a, b = (np.exp(-m) * m**k / factorial for m in (n * strong * window / 1e3, n * weak * window / 1e3))
    both = np.outer(a, b)
    expected = np.tril(both, -1).sum() + 0.5 * np.trace(both)
    assert count_correct(strong, weak, window, n) == pytest.approx(expected, rel=1e-12, abs=0)


def test_counts_of_any_size():
    """Half for equal rates; the normal law for large counts; one spike or none at all for small ones."""
    for mean in (1e-6, 1.0, 800.0, 1e6):
        assert _count_correct(mean, mean) == pytest.approx(0.5, abs=1e-9)
    z = 300.0 / math.sqrt(2e6)
    assert _count_correct(1e6 + 150, 1e6 - 150) == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2)), abs=1e-4)
    assert count_correct(80.0, 0.0, 20.0) == pytest.approx(1 - 0.5 * math.exp(-1.6), rel=1e-12, abs=0)
    assert count_correct(0.0, 0.0, 20.0) == 0.5 and count_correct(5.0, 3.0, 0.0) == 0.5


def test_the_first_spike_at_a_deadline_is_an_integral():
    """Of the density of the first spike, and half of what is silent till then; without one r1/(r1 + r2)."""
    t = (np.arange(20_000) + 0.5) * 1e-3  # ms, up to 20
    density = 4 * 0.08 * np.exp(-4 * 0.1 * t)
    expected = density.sum() * 1e-3 + 0.5 * math.exp(-8.0)
    assert first_spike_correct(80.0, 20.0, 4, 20.0) == pytest.approx(expected, abs=1e-8)
    assert first_spike_correct(80.0, 20.0, 7) == pytest.approx(0.8)
    assert first_spike_correct(80.0, 20.0, 7, 0.0) == 0.5 and first_spike_correct(0.0, 0.0) == 0.5


def test_for_a_short_time_the_first_spike_and_the_count_are_one():
    """Two spikes have no time: both are ½ + n (r1 − r2) T / 2, and part in the second order."""
    off = [count_correct(80.0, 20.0, t) - first_spike_correct(80.0, 20.0, 1, t) for t in (0.8, 0.4, 0.2)]
    assert abs(off[2]) < 2e-4
    assert off[0] / off[1] == pytest.approx(8.0, rel=0.2)  # the second spike can only make a tie: third order


def test_counting_as_well_as_the_first_spike_takes_longer_than_the_first_spike():
    for strong, weak, n in [(80.0, 20.0, 1), (60.0, 50.0, 5), (100.0, 1.0, 20)]:
        p = first_spike_correct(strong, weak)
        window = count_window(strong, weak, p, n)
        assert count_correct(strong, weak, window, n) == pytest.approx(p, rel=1e-9, abs=0)
        assert window > 1000.0 / (n * (strong + weak))
    assert count_window(80.0, 20.0, 0.9, 10) == pytest.approx(
        count_window(80.0, 20.0, 0.9) / 10, rel=1e-9, abs=0
    )


def test_the_orders_of_all_neurons_add_up_to_one():
    rates = [50.0, 20.0, 20.0, 3.0]
    chances = [order_probability(order) for order in itertools.permutations(rates)]
    assert sum(chances) == pytest.approx(1, rel=1e-12, abs=0)
    first = [order_probability(order) for order in itertools.permutations(rates) if order[0] == 50.0]
    assert sum(first) == pytest.approx(50 / 93, rel=1e-12, abs=0)
    assert order_probability([7.0] * 6) == pytest.approx(1 / math.factorial(6), rel=1e-12, abs=0)


def test_a_relay_is_a_chain_of_symmetric_channels():
    channel = np.array([[0.9, 0.1], [0.1, 0.9]])
    for stages in range(6):
        assert relay_correct(0.9, stages) == pytest.approx(np.linalg.matrix_power(channel, stages)[0, 0])
    assert relay_correct(0.0, 2) == 1.0


def test_bad_input_is_named():
    for call, sentence in [
        (lambda: first_spike_correct(-1.0, 2.0), "strong must be zero or positive, and finite, got -1"),
        (lambda: first_spike_correct(1.0, 2.0, 0), "n must be at least 1, got 0"),
        (
            lambda: first_spike_correct(1.0, 2.0, 1, -5.0),
            "window must be zero or positive, and finite, got -5",
        ),
        (lambda: count_correct(1e300, 1.0, 1e9), r"a count must be at most 1e7 on average, got 1e\+306"),
        (lambda: count_window(20.0, 20.0, 0.7), r"strong must be above weak \(20 Hz\), got 20"),
        (lambda: count_window(30.0, 20.0, 1.0), "correct must be at least 0.5 and below 1, got 1"),
        (lambda: count_window(20.0 + 1e-9, 20.0, 0.9), "so far above weak .* that counting ends, got 20"),
        (lambda: order_probability([1.0, 0.0]), "rates must be positive, got 0"),
        (lambda: relay_correct(1.5, 2), "correct must be between 0 and 1, got 1.5"),
        (lambda: relay_correct(0.5, -1), "stages must be at least 0, got -1"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            call()
