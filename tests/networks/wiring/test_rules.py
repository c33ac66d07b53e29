"""Rules of connection: their counts, their distributions, and the same wiring for a seed."""

import math
import tracemalloc

import numpy as np
import pytest

from snnlab.networks import (
    all_to_all,
    events_of,
    fixed_indegree,
    fixed_outdegree,
    fixed_probability,
    fixed_total,
    one_to_one,
)
from snnlab.networks.wiring.by_chance import pairs_between, powers_of, run
from snnlab.networks.wiring.memory import wiring_bytes

SEED = np.uint64(1)


def rng():
    return np.random.default_rng(1)


def pairs_of(lines):
    return list(zip(lines.pre.tolist(), lines.post.tolist(), strict=True))


@pytest.mark.parametrize("p", [1.0, 0.5, 0.02, 0.001])
def test_the_gap_is_the_largest_power_above_u(p):
    powers, q = powers_of(1.0 - p), 1.0 - p
    for u in np.random.default_rng(2).random(200):
        m = pairs_between.py_func(powers, u)
        assert m == (max(0, math.ceil(math.log(u) / math.log(q)) - 1) if p < 1 else 0)


def test_each_pair_has_its_probability_and_rows_are_independent():
    """Chi-squared of 30 x 20 pairs over 400 seeds: mean 600, standard deviation about 35."""
    hits, p, seeds = np.zeros((30, 20)), 0.15, 400
    for seed in range(seeds):
        lines = fixed_probability(p)(30, 20, np.uint64(seed))
        assert len(set(pairs_of(lines))) == lines.pre.size
        hits[lines.pre, lines.post] += 1
    chi2 = ((hits - seeds * p) ** 2 / (seeds * p * (1 - p))).sum()
    assert abs(chi2 - 600) < 5 * math.sqrt(2 * 600)


@pytest.mark.parametrize("shift", [False, True])
def test_compiled_or_not_a_seed_gives_the_same_connections(shift):
    """Only products and comparisons of floats decide, and those are the same on every machine."""
    powers, found = powers_of(0.9), []
    for draw in (run, run.py_func):
        pre, post = np.zeros((2, 1000), np.int32)
        count = draw(pre, post, 30, 30, shift, powers, SEED)
        found.append((count, pre.tolist(), post.tolist()))
    assert found[0] == found[1] and 30 < found[0][0] < 1000


def test_no_more_memory_is_taken_than_is_told():
    lines = fixed_total(20)(10, 10, SEED)
    events_of(lines, 0.1)  # everything is compiled and imported
    tracemalloc.start()
    lines = fixed_total(200_000)(300, 300, SEED)
    events_of(lines, 0.1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 0.8 * wiring_bytes(200_000) < peak < wiring_bytes(200_000)


def test_a_neuron_has_the_same_targets_in_a_smaller_network():
    few, many = fixed_probability(0.1)(5, 300, SEED), fixed_probability(0.1)(50, 300, SEED)
    assert pairs_of(few) == [pair for pair in pairs_of(many) if pair[0] < 5]


@pytest.mark.parametrize(
    "rule", [fixed_probability(1.0), all_to_all(), fixed_indegree(4), fixed_outdegree(4)], ids=repr
)
def test_all_others_are_all_others(rule):
    wanted = [(i, j) for i in range(5) for j in range(5) if i != j]
    assert sorted(pairs_of(rule(5, 5, rng(), True))) == wanted


def test_autapses_come_where_they_are_asked_for():
    wanted = [(i, j) for i in range(4) for j in range(4)]
    for rule in (
        fixed_probability(1.0, autapses=True),
        all_to_all(autapses=True),
        fixed_indegree(4, autapses=True),
    ):
        assert sorted(pairs_of(rule(4, 4, rng(), True))) == wanted
    for rule in (fixed_probability(1.0), all_to_all(), fixed_indegree(4)):  # two populations have no autapses
        assert sorted(pairs_of(rule(4, 4, rng(), False))) == wanted


def test_degrees_are_kept_and_the_others_are_drawn_alike():
    """Each of 12 sources is one of 5 with 5/12: counts over 3000 rows, chi-squared with 11 degrees."""
    lines = fixed_indegree(5)(12, 3000, rng())
    assert (np.bincount(lines.post, minlength=3000) == 5).all()
    assert len(set(pairs_of(lines))) == lines.pre.size
    hits = np.bincount(lines.pre, minlength=12)
    share = 5 / 12
    chi2 = ((hits - 3000 * share) ** 2 / (3000 * share * (1 - share))).sum() * 11 / 12
    assert chi2 < 11 + 5 * math.sqrt(2 * 11)


def test_in_degree_and_out_degree_are_each_other_turned_round():
    inward, outward = fixed_indegree(3)(9, 7, SEED), fixed_outdegree(3)(7, 9, SEED)
    assert pairs_of(inward) == [(j, i) for i, j in pairs_of(outward)]


def test_a_total_is_kept_and_multapses_come_as_often_as_chance_says():
    lines = fixed_total(20_000)(10, 10, rng(), True)
    hits = np.zeros((10, 10))
    np.add.at(hits, (lines.pre, lines.post), 1)
    assert hits.sum() == 20_000 and np.trace(hits) == 0
    mean = 20_000 / 90
    chi2 = ((hits[~np.eye(10, dtype=bool)] - mean) ** 2 / mean).sum()
    assert abs(chi2 - 89) < 5 * math.sqrt(2 * 89)


def test_without_chance_nothing_is_drawn_and_no_generator_needed():
    generator = rng()
    for rule in (one_to_one(), all_to_all()):
        assert pairs_of(rule(4, 4)) == pairs_of(rule(4, 4, generator))
    assert generator.random() == rng().random()
    with pytest.raises(ValueError, match=r"rng must be given for fixed_total\(2\) to be drawn, got None"):
        fixed_total(2)(4, 4)


def test_nothing_is_nothing():
    for rule in (fixed_probability(0.0), fixed_indegree(0), fixed_outdegree(0), fixed_total(0)):
        assert rule(3, 4, rng()).pre.size == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fixed_probability(1.5), "p must be between 0 and 1, got 1.5"),
        (lambda: fixed_indegree(-1), "k must be at least 0, got -1"),
        (lambda: fixed_indegree(5)(5, 5, rng(), True), r"k must be at most the number of .* \(4\), got 5"),
        (lambda: one_to_one()(3, 4), r"n_post must be n_pre \(3\) for one to one, got 4"),
        (lambda: fixed_total(2)(3, 4, rng(), True), r"n_post must be n_pre \(3\) within one pop.*, got 4"),
        (lambda: fixed_total(2)(1, 1, rng(), True), "n must be 0 for one neuron without autapses, got 2"),
        (lambda: all_to_all()(10**6, 10**6), "must fit into memory: about 1e.12 of them take"),
    ],
)  # fmt: skip
def test_bad_input_is_named_before_anything_is_drawn(call, message):
    with pytest.raises(ValueError, match=message):
        call()
    with pytest.raises(TypeError, match=r"rng must be a numpy.random.Generator"):
        fixed_probability(0.1)(3, 4, 1)
