"""Connections by distance: expectations in closed form, over ten seeds; neighbourhoods that are no chance."""

import math

import numpy as np
import pytest

from snnlab import spread
from snnlab.networks import (
    ExponentialProfile,
    GaussianProfile,
    Network,
    Population,
    Positions,
    StepProfile,
    by_distance,
    distances,
    events_of,
    on_grid,
)
from snnlab.networks.wiring import distance_dependent

SEEDS = [np.uint64(seed) for seed in range(10)]


def pairs_of(lines):
    return list(zip(lines.pre.tolist(), lines.post.tolist(), strict=True))


def test_a_gaussian_on_a_torus_has_as_many_synapses_as_its_integral_says():
    """On a grid of step a, N neurons together have N p (2π σ²/a² − 1), with a variance that is smaller than
    that by the sum of the squares, N p² (π σ²/a² − 1)."""
    n, a, sigma, p = 24, 0.1, 0.25, 0.6
    torus = on_grid((n, n), size=n * a, wrapped=True)
    rule = by_distance(GaussianProfile(p, sigma), torus)
    mean = n * n * p * (2 * math.pi * (sigma / a) ** 2 - 1)
    variance = mean - n * n * p * p * (math.pi * (sigma / a) ** 2 - 1)
    assert rule.expected(n * n, n * n, True) == pytest.approx(mean, rel=1e-5)  # the torus is 9.6 sigma wide
    drawn = [rule(n * n, n * n, seed, True) for seed in SEEDS]
    counted = spread([lines.pre.size for lines in drawn])
    assert abs(counted.mean - mean) < 5 * math.sqrt(variance / 10)
    assert 0.3 < (counted.sd / math.sqrt(variance)) ** 2 < 2.7  # chi-squared of nine degrees, divided by nine
    apart = distances(torus)
    lengths = spread([apart[lines.post, lines.pre].mean() for lines in drawn])
    around = [math.hypot(i, j) * a for i in range(-12, 12) for j in range(-12, 12) if i or j]
    shares = [math.exp(-(d**2) / (2 * sigma**2)) for d in around]
    first, second = (sum(s * d**k for s, d in zip(shares, around, strict=True)) / sum(shares) for k in (1, 2))
    assert abs(lengths.mean - first) < 5 * math.sqrt((second - first**2) / (10 * mean))
    assert abs(first / (sigma * math.sqrt(math.pi / 2)) - 1) < a * a / (2 * sigma**2)  # Rayleigh's, as a → 0


@pytest.mark.parametrize(
    "profile", [GaussianProfile(0.9, 0.4), ExponentialProfile(0.8, 0.5), StepProfile(0.3, 1.0)], ids=repr
)
def test_each_distance_has_its_probability(profile):
    """Chi-squared over the distances of a ring, ten seeds together, with the formulas written out."""
    n, a = 120, 0.05
    ring = on_grid(n, size=n * a, wrapped=True)
    steps = np.arange(1, n // 2)
    d = steps * a
    p = {
        "GaussianProfile": 0.9 * np.exp(-(d**2) / (2 * 0.4**2)),
        "ExponentialProfile": 0.8 * np.exp(-d / 0.5),
        "StepProfile": 0.3 * (steps <= 20),
    }[type(profile).__name__]
    hits = np.zeros(n)
    for seed in SEEDS:
        lines = by_distance(profile, ring)(n, n, seed, True)
        hits += np.bincount((lines.post - lines.pre) % n, minlength=n)
    assert hits[0] == 0
    there, back = hits[1 : n // 2], hits[: n // 2 : -1]
    pairs = 10 * n
    expected, seen = p * pairs, p * pairs > 5
    for found in (there, back):
        chi2 = ((found - expected)[seen] ** 2 / (expected * (1 - p))[seen]).sum()
        assert abs(chi2 - seen.sum()) < 5 * math.sqrt(2 * seen.sum())
        assert found[~seen].sum() < 5 * (expected[~seen].sum() + 1)


def test_a_neighbourhood_without_chance_is_the_one_that_can_be_counted():
    ring, line = (on_grid(50, size=5.0, wrapped=wrapped) for wrapped in (True, False))
    rule = by_distance(StepProfile(1.0, 0.3), ring)
    near = {(j, (j + k) % 50) for j in range(50) for k in (-3, -2, -1, 1, 2, 3)}
    assert set(pairs_of(rule(50, 50, SEEDS[0], True))) == near
    on_line = by_distance(StepProfile(1.0, 0.3), line)(50, 50, SEEDS[0], True)
    assert np.bincount(on_line.pre).tolist() == [3, 4, 5, *[6] * 44, 5, 4, 3]
    with_itself = by_distance(StepProfile(1.0, 0.3), ring, autapses=True)(50, 50, SEEDS[0], True)
    assert set(pairs_of(with_itself)) == near | {(j, j) for j in range(50)}


def test_two_populations_have_positions_of_their_own():
    few, many = Positions([[0.0], [10.0]]), Positions([[0.4], [9.0], [10.9]])
    lines = by_distance(StepProfile(1.0, 1.0), few, many)(2, 3, SEEDS[0])
    assert pairs_of(lines) == [(0, 0), (1, 1), (1, 2)]


def test_delays_are_the_distance_over_the_speed_on_the_grid():
    line = on_grid(40, size=20.0)
    lines = by_distance(lambda d: np.ones_like(d), line, speed=0.3, autapses=True)(40, 40, SEEDS[0], True)
    d = distances(line)[lines.post, lines.pre]
    np.testing.assert_allclose(lines.delay, np.maximum(d / 0.3, 0.1), atol=0.05 + 1e-9)
    late = events_of(lines, 0.1).late
    assert late.min() == 1 and late.max() == round(19.5 / 0.03)


def test_a_network_takes_it_as_any_rule():
    ring = on_grid(60, size=6.0, wrapped=True)
    net = Network(cells=Population(60), rng=np.random.default_rng(1))
    net.connect("cells", "cells", by_distance(StepProfile(1.0, 0.1), ring, speed=0.2), w=0.2)
    assert net.n_synapses == 120 and set(net.connections("cells", "cells").delay.tolist()) == {0.5}


def test_how_many_pairs_are_looked_at_together_does_not_matter(monkeypatch):
    ring = on_grid(30, size=3.0, wrapped=True)
    rule = by_distance(GaussianProfile(0.7, 0.5), ring)
    whole = rule(30, 30, SEEDS[1], True)
    monkeypatch.setattr(distance_dependent, "PAIRS", 100)
    assert pairs_of(rule(30, 30, SEEDS[1], True)) == pairs_of(whole)


def test_a_profile_of_ones_own_stays_as_it_is():
    mine = np.full((4, 4), 1.0)
    by_distance(lambda d: mine, on_grid(4, 1.0))(4, 4, SEEDS[0], True)
    assert (mine == 1.0).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda at: by_distance(GaussianProfile(1.5, 1.0), at), "p must be between 0 and 1, got 1.5"),
        (lambda at: by_distance(StepProfile(0.5, 0.0), at), "radius must be positive and finite, got 0"),
        (lambda at: by_distance(lambda d: d, at, speed=0.0), "speed must be positive and finite, got 0"),
        (lambda at: by_distance(lambda d: d, at)(4, 4, SEEDS[0]), "profile must be from 0 to 1, got 2 at 2"),
        (lambda at: by_distance(lambda d: d[0], at)(4, 4, SEEDS[0]), "as many probabilities as distances"),
        (lambda at: by_distance(lambda d: d, at)(5, 4, SEEDS[0]), "pre must have 5 positions, one for each"),
        (lambda at: by_distance(lambda d: d, at)(4, 3, SEEDS[0]), "post must have 3 positions, one for"),
        (lambda at: by_distance(StepProfile(1, 1), at, at)(4, 4, SEEDS[0], True), "post must be left out"),
    ],
)  # fmt: skip
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(on_grid(4, 4.0))
    with pytest.raises(TypeError, match=r"profile must be a profile or a function of the distance, got 0\.5"):
        by_distance(0.5, on_grid(4, 4.0))
