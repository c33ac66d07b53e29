"""Mutual information against channels whose information is known."""

import math

import numpy as np
import pytest

from snnlab.coding import mutual_information, poisson_information, spike_words
from snnlab.coding.decoding.information import joint_counts


def entropy(p):
    return -(p * math.log2(p) + (1 - p) * math.log2(1 - p)) if 0 < p < 1 else 0.0


@pytest.mark.equation("decode-mutual")
@pytest.mark.parametrize("flip", [0.0, 0.02, 0.3, 0.5, 1.0])
def test_a_binary_symmetric_channel(flip):
    table = np.array([[1 - flip, flip], [flip, 1 - flip]])
    assert mutual_information(table) == pytest.approx(1 - entropy(flip), abs=1e-14)
    assert mutual_information(100 * table) == pytest.approx(1 - entropy(flip), abs=1e-14)


def test_an_erasure_channel_and_a_rare_stimulus():
    """(1 − e) H(stimulus): what is lost at random is lost in proportion."""
    table = np.array([[0.9], [0.1]]) * [0.75, 0.0, 0.25]
    table[1, :2] = table[1, 1], table[1, 0]
    assert mutual_information(table) == pytest.approx(0.75 * entropy(0.1), rel=1e-12, abs=0)


def test_the_rules_of_information():
    table = np.random.default_rng(1).random((4, 7))
    told = mutual_information(table)
    assert told == pytest.approx(mutual_information(table.T), rel=1e-12, abs=0)  # symmetric
    assert told == pytest.approx(mutual_information(np.hstack([table / 2, table / 2])), rel=1e-12, abs=0)
    merged = np.hstack([table[:, :1] + table[:, 1:2], table[:, 2:]])
    assert mutual_information(merged) < told < 2.0  # processing loses; never more than H(stimulus)
    assert mutual_information(np.outer([1, 2, 3], [4, 5])) == pytest.approx(0, abs=1e-14)
    assert mutual_information([[1, 0], [0, 0]]) == 0.0


def test_the_count_of_poisson_neurons():
    """Against silence any spike decides; equal rates say nothing, rates far apart everything."""
    mean = 1.3
    silent = math.exp(-mean)
    z = entropy((1 + silent) / 2) - entropy(silent) / 2
    assert poisson_information([0.0, 26.0], 50.0) == pytest.approx(z, rel=1e-10, abs=0)
    assert poisson_information([40.0, 40.0, 40.0], 50.0) == pytest.approx(0, abs=1e-12)
    assert poisson_information([0.0, 20.0, 400.0, 3000.0], 10_000.0) == pytest.approx(2, abs=1e-9)
    assert poisson_information([5.0, 9.0], 100.0, 3) == pytest.approx(
        poisson_information([15.0, 27.0], 100.0), rel=1e-12, abs=0
    )
    low, high = 2.0, 4.0  # by hand, term by term
    k = np.arange(60)
    factorial = np.array([float(math.factorial(int(x))) for x in k])
    p = np.array([np.exp(-m) * m**k / factorial for m in (low, high)])
    expected = 0.5 * (p * np.log2(p / p.mean(axis=0))).sum()
    assert poisson_information([20.0, 40.0], 100.0) == pytest.approx(expected, rel=1e-10, abs=0)


def test_a_short_window_tells_in_proportion_to_its_length():
    """Σ P r/r̄ log2(r/r̄) bits a spike, in first order of the window (Brenner and others 2000)."""
    rates = np.array([10.0, 50.0, 90.0])
    share = rates / rates.mean()
    a_spike = (share * np.log2(share)).mean()
    for window in (0.01, 0.001):
        told = poisson_information(rates, window) / (rates.mean() * window / 1000.0)
        assert told == pytest.approx(a_spike, rel=0.1 * window)


def test_counting_trials_and_naming_words():
    table = joint_counts([7, 7, -2, 7], [0, 3, 3, 3])
    np.testing.assert_array_equal(table, [[0, 1], [1, 2]])
    assert joint_counts([0, 0], [2**60, 2**60 + 1]).shape == (1, 2)
    words = spike_words([[0, 2, 1], [1, 0, 0], [0, 2, 1], [0, 0, 9]])
    np.testing.assert_array_equal(words, [1, 2, 1, 0])
    letters = np.random.default_rng(3).integers(0, 3, (200, 4))
    number = letters @ 3 ** np.arange(3, -1, -1)
    np.testing.assert_array_equal(spike_words(letters), np.unique(number, return_inverse=True)[1])


def test_bad_input_is_named():
    for call, sentence in [
        (lambda: joint_counts([1, 2], [1]), "response must have one value .* got 1 for 2"),
        (lambda: joint_counts([], []), "one or more, got 0 for 0"),
        (lambda: joint_counts([1.5], [1]), "stimulus must be whole numbers, got 1.5"),
        (lambda: joint_counts(np.arange(9999), np.arange(9999)), "at most 1e7 cells, got 9999 times 9999"),
        (
            lambda: mutual_information([[0, 0]]),
            "table must be zero or positive, and somewhere positive, got 0",
        ),
        (lambda: mutual_information([[1, -1]]), "somewhere positive, got -1"),
        (lambda: mutual_information([1, 2]), r"table must have shape \(stimuli, responses\), got \(2,\)"),
        (lambda: spike_words([[0.5]]), "counts must be whole numbers"),
        (lambda: poisson_information([-1.0], 5), "rates must be one or more of zero or above, got -1"),
        (lambda: poisson_information([1e9], 5e3), r"counts must be at most 1e5 on average, got 5e\+09"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            call()
