"""Weights and delays against the moments of their distribution, and Dale's law."""

import math

import numpy as np
import pytest

from snnlab.networks import TruncatedNormal, all_to_all, dale_signs, events_of, from_list, weighted


def rng():
    return np.random.default_rng(1)


def test_a_truncated_normal_has_its_mean_and_variance():
    """In closed form, with the density and distribution of the standard normal at both ends."""
    mean, sd, low, high, n = 1.5, 0.75, 0.4, 2.5, 200_000
    a, b = (low - mean) / sd, (high - mean) / sd
    density = [math.exp(-x * x / 2) / math.sqrt(2 * math.pi) for x in (a, b)]
    share = (math.erf(b / math.sqrt(2)) - math.erf(a / math.sqrt(2))) / 2
    drop = (density[0] - density[1]) / share
    expected = mean + sd * drop
    variance = sd**2 * (1 + (a * density[0] - b * density[1]) / share - drop**2)
    x = TruncatedNormal(mean, sd, low, high).draw(n, rng())
    assert low <= x.min() and x.max() <= high
    assert abs(x.mean() - expected) < 5 * math.sqrt(variance / n)
    assert abs(x.var() / variance - 1) < 5 * math.sqrt(2 / n)


def test_delays_on_a_grid_are_whole_steps_between_the_ends():
    lines = all_to_all()(60, 50)
    lines = weighted(lines, delay=TruncatedNormal(1.5, 0.75, 0.1, 3.0, grid=0.1), rng=rng())
    late = events_of(lines, 0.1).late
    assert (late.min(), late.max()) == (1, 30)


def test_what_is_left_out_stays_and_one_number_is_for_all():
    lines = from_list([0, 1], [0, 0], [1.0, 2.0], [3.0, 4.0], n_pre=2, n_post=1)
    assert weighted(lines, w=7).w.tolist() == [7.0, 7.0]
    assert weighted(lines, w=7).delay.tolist() == [3.0, 4.0]
    assert weighted(lines, delay=[1, 2]).w.tolist() == [1.0, 2.0]


def test_no_spread_is_the_mean():
    assert TruncatedNormal(2.0, 0.0, 1.0, 3.0).draw(3, rng()).tolist() == [2.0] * 3


@pytest.mark.parametrize(
    ("distribution", "message"),
    [
        (TruncatedNormal(0.0, 1.0, 2.0, 1.0), r"high must be at least low \(2\), got 1"),
        (TruncatedNormal(0.0, 1.0, 5.0, 6.0), "low to high must hold at least 0.001 of .*, got 2.9e-07"),
        (TruncatedNormal(0.0, 0.0, 5.0, 6.0), "low to high must hold at least 0.001 of .*, got 0"),
        (TruncatedNormal(0.5, 1.0, 0.2, 0.8, 1.0), "grid must have a multiple from low to high, got 1"),
        (TruncatedNormal(0.5, -1.0, 0.2, 0.8), "sd must be zero or positive, and finite, got -1"),
    ],
)  # fmt: skip
def test_a_distribution_without_values_is_named(distribution, message):
    with pytest.raises(ValueError, match=message):
        distribution.draw(3, rng())


def test_what_weighted_refuses():
    lines = from_list([0, 1], [0, 0], n_pre=2, n_post=1)
    with pytest.raises(ValueError, match=r"w must be a number or one for each synapse \(2\), got 3"):
        weighted(lines, w=[1, 2, 3])
    with pytest.raises(ValueError, match="rng must be given for delay to be drawn, got None"):
        weighted(lines, delay=TruncatedNormal(1, 1, 0, 2))
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator such as .*, got 3"):
        TruncatedNormal(1, 1, 0, 2).draw(1, 3)


def test_dale_looks_at_all_that_leaves_a_population():
    first = from_list([0, 1], [0, 0], [1.0, -1.0], n_pre=3, n_post=1)
    second = from_list([0, 1], [3, 3], [0.5, 2.0], n_pre=3, n_post=4)
    assert dale_signs(first).tolist() == [1, -1, 0]
    with pytest.raises(ValueError, match=r"\(Dale's law\), got -1 and 2 from neuron 1"):
        dale_signs(first, second)
    with pytest.raises(ValueError, match=r"n_pre must be the same in all projections, got \[3, 2\]"):
        dale_signs(first, from_list([0], [0], n_pre=2, n_post=1))
    with pytest.raises(ValueError, match="projections must be at least one, got none"):
        dale_signs()
