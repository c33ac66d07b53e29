"""The read-out of ranks: against its definition, and what makes it answer most."""

from itertools import permutations

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import encode_first_spikes, rank_order
from snnlab.coding.codes.rank_readout import best_template, class_templates, rank_weights, ranks_of_rows

RNG = np.random.default_rng(1)


def test_ranks_are_those_of_each_row_alone():
    values = RNG.uniform(0.0, 1.0, (20, 30))
    together = ranks_of_rows(encode_first_spikes(values.ravel(), 20.0, 0.2, 50.0), 30, rng=RNG)
    alone = [rank_order(encode_first_spikes(row, 20.0, 0.2, 50.0)) for row in values]
    np.testing.assert_array_equal(together, alone)
    assert np.isnan(together).any()


def test_chance_decides_between_spikes_that_come_together():
    spikes = Spikes(np.full(4000, 3.0), np.arange(4000), n_units=4000, duration=10)
    ranks = ranks_of_rows(spikes, 4, rng=RNG)
    assert np.array_equal(np.sort(ranks, axis=1), np.tile(np.arange(4.0), (1000, 1)))
    assert np.all(np.abs(ranks.mean(axis=0) - 1.5) < 4 * np.sqrt(1.25 / 1000))


def test_contrast_changes_times_but_no_ranks():
    values = RNG.uniform(0.3, 1.0, 40)
    strong, weak = (encode_first_spikes(c * values, 20.0, 0.2, 500.0) for c in (1.0, 0.7))
    assert weak.times.max() > 1.2 * strong.times.max()
    np.testing.assert_array_equal(ranks_of_rows(strong, 40, rng=RNG), ranks_of_rows(weak, 40, rng=RNG))


def test_each_spike_counts_less_than_the_one_before():
    ranks = [[2.0, 0.0, np.nan, 1.0, 3.0]]
    assert rank_weights(ranks, 0.8, 9)[0] == pytest.approx([0.64, 1.0, 0.0, 0.8, 0.512])
    assert rank_weights(ranks, 0.8, 2)[0] == pytest.approx([0.0, 1.0, 0.0, 0.8, 0.0])
    assert not rank_weights(ranks, 0.8, 0).any()


def test_the_order_of_the_weights_makes_the_largest_answer():
    """Of all 120 orders (Thorpe, Delorme and Van Rullen 2001)."""
    weights = np.array([0.1, 0.9, 0.3, 0.5, 0.2])
    orders = np.array(list(permutations(range(5))), float)
    answer = rank_weights(orders, 0.7, 5) @ weights
    assert np.array_equal(orders[answer.argmax()], np.argsort(np.argsort(-weights)))


def test_templates_and_guesses_by_their_definition():
    answers, labels = RNG.uniform(0, 1, (50, 6)), RNG.integers(0, 4, 50)
    templates = class_templates(answers, labels)
    for k in range(4):
        mean = answers[labels == k].mean(axis=0)
        assert templates[k] == pytest.approx(mean / np.linalg.norm(mean))
    guesses = best_template(answers, templates)
    assert guesses.tolist() == [max(range(4), key=lambda k: row @ templates[k]) for row in answers]
    assert best_template(np.zeros((1, 6)), templates).tolist() == [-1]


def test_a_class_without_examples_is_never_the_guess():
    templates = class_templates([[1.0, 0.0], [0.0, 1.0]], [0, 2])
    assert templates.tolist() == [[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]
    assert best_template([[0.9, 0.1], [0.1, 0.9]], templates).tolist() == [0, 2]


def test_bad_input_is_named():
    spikes = Spikes([1.0], n_units=3, duration=2)
    with pytest.raises(ValueError, match="spikes must have whole rows of 2 units, got 3 units"):
        ranks_of_rows(spikes, 2, rng=RNG)
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator"):
        ranks_of_rows(spikes, 3, rng=1)
    with pytest.raises(ValueError, match="m must be below 1, got 1"):
        rank_weights([[0.0]], 1.0, 1)
    with pytest.raises(ValueError, match="ranks must be zero or positive, got -1"):
        rank_weights([[-1.0, np.nan]], 0.5, 1)
    with pytest.raises(TypeError, match=r"ranks must be an array of numbers of shape \(rows, n_each\)"):
        rank_weights([["first"]], 0.5, 1)
    with pytest.raises(ValueError, match="labels must be one for each of 1 rows, got 2"):
        class_templates([[1.0]], [0, 1])
    with pytest.raises(ValueError, match="labels must be whole numbers from 0 on, got -1"):
        class_templates([[1.0]], [-1])
    with pytest.raises(ValueError, match=r"classes times n_each must be at most 1e\+08, got about 9"):
        class_templates([[1.0]], [1e300])
    with pytest.raises(ValueError, match=r"templates must have shape \(classes, 1\), got \(1, 2\)"):
        best_template([[1.0]], [[1.0, 2.0]])
