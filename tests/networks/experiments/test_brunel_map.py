"""Brunel's map against `brunel_rate`, and a small network of his against its mean field."""

import numpy as np
import pytest

from snnlab.networks import brunel_rate
from snnlab.networks.experiments.brunel_map import SMALL, brunel_map, brunel_point
from snnlab.networks.experiments.sparse_network import sparse_network


def test_each_place_has_the_rate_of_the_mean_field():
    g, eta = [2.5, 5.0, 7.5], [0.7, 2.0]
    rates = brunel_map(g, eta, n_exc=1000, w=0.5)
    expected = [[brunel_rate(x, y, n_exc=1000, w=0.5) for x in g] for y in eta]
    np.testing.assert_allclose(rates, expected, rtol=1e-12)


def test_a_point_is_the_small_network_and_its_mean_field():
    seen, theory = brunel_point(6.0, 1.5, 300.0, rng=np.uint64(3))
    alone = sparse_network(SMALL._replace(g=6.0, eta=1.5), 300.0, rng=np.uint64(3))
    assert (seen.n, seen.cv, seen.fano) == (alone.n, alone.cv, alone.fano)
    assert theory.expected == pytest.approx(brunel_rate(6.0, 1.5, n_exc=1000, w=0.5), rel=1e-12, abs=0)


@pytest.mark.equation("brunel-mean-field")
@pytest.mark.parametrize(("g", "eta"), [(5.0, 2.0), (6.0, 2.0), (8.0, 2.0)])
def test_asynchronous_points_fire_at_the_rate_of_the_mean_field(g, eta):
    """In the mean over three seeds; jumps of a fortieth of the threshold are not yet white noise."""
    runs = [brunel_point(g, eta, 600.0, rng=np.uint64(seed)) for seed in range(3)]
    rate = np.mean([(4 * seen.rate_exc + seen.rate_inh) / 5 for seen, _ in runs])
    assert rate == pytest.approx(runs[0][1].expected, rel=0.1)


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match="eta must be zero or positive, and finite, got -1"):
        brunel_map([1.0], [1.0, -1.0])
    with pytest.raises(ValueError, match=r"duration must be longer than 100 ms, got 90 ms"):
        brunel_point(5.0, 2.0, 90.0, rng=np.uint64(1))
