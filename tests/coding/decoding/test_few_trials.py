"""Bits of a few trials: the truth in closed form, the count of a table, and the bias to first order."""

import math

import numpy as np
import pytest

from snnlab.coding.decoding.few_trials import BINS, MEAN, few_trials
from snnlab.coding.decoding.information import joint_counts, mutual_information
from snnlab.random import uniform


def probabilities(classes, depth):
    """Poisson counts, the last class holding all that are larger."""
    means = MEAN * (1 + depth * np.array([1, 1 / 3, -1 / 3, -1]))
    terms = [[math.exp(-m) * m**k / math.factorial(k) for k in range(classes - 1)] for m in means]
    return np.array([[*row, 1 - sum(row)] for row in terms])


@pytest.mark.parametrize(("classes", "depth"), [(2, 0.3), (6, 0.6), (12, 1.0)])
def test_the_truth_is_the_information_of_the_probabilities(classes, depth):
    seen = few_trials(16, classes, depth, rng=np.uint64(1))
    expected = mutual_information(probabilities(classes, depth))
    assert seen.true == pytest.approx(expected, rel=0, abs=1e-12) and (seen.true_curve == seen.true).all()


def test_a_count_is_that_of_the_package():
    seed, classes, depth = np.uint64(7), 6, 0.6
    edges = np.cumsum(probabilities(classes, depth), axis=1)
    draws = [uniform(seed, np.uint64(0), np.uint64(k)) for k in range(800)]
    response = [min(np.searchsorted(edges[k % 4], x, "right"), classes - 1) for k, x in enumerate(draws)]
    stimulus = np.arange(800) % 4
    seen = few_trials(160, classes, depth, rng=seed)
    expected = [mutual_information(joint_counts(stimulus[:n], response[:n])) for n in (16, 160, 800)]
    assert seen.counted_curve[[0, 9, 49]] == pytest.approx(expected, rel=0, abs=1e-9)
    assert seen.so_far[[0, 9, 49]].tolist() == [16, 160, 800]
    bias = (classes - 1) * 3 / (2 * 160 * math.log(2))
    assert seen.counted == pytest.approx(expected[1], rel=0, abs=1e-9)
    assert seen.corrected == pytest.approx(expected[1] - bias, rel=0, abs=1e-9)
    assert seen.each == pytest.approx(160 / 24, rel=1e-12, abs=0)


@pytest.mark.equation("decode-bias")
def test_the_bias_is_that_of_panzeri_and_treves():
    """200 experiments of 800 trials: their mean is known to a fourteenth of what one of them scatters by."""
    for depth in (0.0, 0.6):
        seen = few_trials(800, 4, depth, rng=np.uint64(3))
        left = seen.mean - 3 * 3 / (2 * 800 * math.log(2)) - seen.true
        middles = np.arange(BINS) * 0.05 - 0.975
        scatter = math.sqrt(np.average((middles - seen.mean) ** 2, weights=seen.as_counted))
        assert abs(left) < 4.5 * scatter / math.sqrt(200)
        assert seen.mean_corrected == pytest.approx(left + seen.true, rel=0, abs=1e-12)


def test_every_experiment_is_in_the_histograms():
    for trials, classes in ((16, 12), (800, 2)):
        seen = few_trials(trials, classes, rng=np.uint64(5))
        assert seen.as_counted.sum() == seen.less_bias.sum() == 200


def test_bad_input_names_argument_rule_and_value():
    rng = np.uint64(1)
    with pytest.raises(ValueError, match="trials must be 16, 32, … 800, got 20"):
        few_trials(20, rng=rng)
    with pytest.raises(ValueError, match="classes must be 2 to 12, got 13"):
        few_trials(16, 13, rng=rng)
    with pytest.raises(ValueError, match="depth"):
        few_trials(16, 6, 1.5, rng=rng)
