"""Rows of features as spike times, and who fires first: codes, names, splits, and the irises."""

import numpy as np
import pytest

from snnlab.data import load_iris
from snnlab.learning.spike_times.spikeprop import run_spikeprop
from snnlab.learning.spike_times.timed_classes import (
    TimedClasses,
    first_to_fire,
    learn_classes,
    timed_fields,
    validate_classes,
)

NAN, INF = np.nan, np.inf


def rng(seed=1):
    return np.random.default_rng(seed)


def test_a_value_is_told_by_the_fields_around_it():
    """Four fields at −1/4, 1/4, 3/4 and 5/4, of width 1/3."""
    times = timed_fields([[0.25], [0.0], [1.0]], n_fields=4)
    g = np.exp(-0.5 * ((0.25 - np.array([-0.25, 0.25, 0.75, 1.25])) * 3) ** 2)
    np.testing.assert_allclose(times[0, :4], np.where(g >= 0.1, 10 * (1 - g), INF))
    assert times[0, 1] == 0.0 and np.isinf(times[0, 3]) and (times[:, -1] == 0.0).all()


def test_fields_cover_what_was_seen_and_no_more():
    seen = np.array([[2.0, 5.0], [4.0, 5.0]])
    times = timed_fields([[3.0, 7.0], [9.0, 5.0], [-1.0, 5.0]], seen, n_fields=5)
    np.testing.assert_array_equal(times[1], timed_fields(seen, n_fields=5)[1])
    np.testing.assert_array_equal(times[2], timed_fields(seen, n_fields=5)[0])
    assert np.isfinite(times[0]).any()  # a feature that never varied is told all the same


def test_the_first_one_names_and_silence_names_nobody():
    assert first_to_fire([[3.0, 2.0, INF], [INF, INF, INF], [INF, 9.0, 9.5]]).tolist() == [1, -1, 1]
    with pytest.raises(ValueError, match="out must have shape"):
        first_to_fire([[NAN, 1.0]])


def test_two_heaps_are_told_apart_and_without_learning_they_are_not():
    values = np.concatenate([rng(1).normal(0.2, 0.05, (20, 2)), rng(2).normal(0.8, 0.05, (20, 2))])
    labels, times = np.repeat([0, 1], 20), timed_fields(values, n_fields=5)
    small = TimedClasses(n_fields=5, n_hidden=4)
    net = learn_classes(times, labels, small, rng=rng())
    assert (first_to_fire(run_spikeprop(net, times).out) == labels).all()
    raw = learn_classes(times, labels, small._replace(epochs=1, rate=1e-12), rng=rng())
    assert np.mean(first_to_fire(run_spikeprop(raw, times).out) == labels) < 0.8


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"n_fields": 0}, "n_fields must be at least 1, got 0"),
        ({"rate": -1.0}, "rate must be positive and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        learn_classes([[0.0]], [0], TimedClasses()._replace(**wrong), rng=rng())
    assert str(failure.value) == sentence


def test_labels_and_features_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="labels must be a whole number from 0 on for each of 2 samples"):
        learn_classes([[0.0], [1.0]], [0], rng=rng())
    with pytest.raises(ValueError, match=r"seen must have the 2 features of values"):
        timed_fields([[0.0, 1.0]], [[0.0]])


def test_one_split_of_the_irises():
    iris = load_iris()
    test, seen = validate_classes(iris.values, iris.labels, rng=rng())
    print(f"new {test:.1%}, learnt {seen:.1%}")
    assert test >= 0.9 and seen >= 0.93
    again = validate_classes(iris.values, iris.labels, rng=rng())
    assert again == (test, seen)
