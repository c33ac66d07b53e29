"""Rates that are looked up, against the integral, which is their readable twin."""

import numpy as np
import pytest

from snnlab.learning.boltzmann.belief_network import UNIT, siegert_units
from snnlab.learning.boltzmann.siegert_table import HIGH, LOW, WIDEST, look_up, table_of_rates
from snnlab.neurons import LIF
from snnlab.neurons.populations.siegert_inputs import run


def both(mean, sigma, table):
    mean, sigma = np.array(mean, float), np.array(sigma, float)
    found, exact = np.empty(mean.size), np.empty(mean.size)
    look_up(mean, sigma, table, found)
    run(mean, sigma, exact, table.neuron)
    return found, exact


HIGHEST = 1000.0 / UNIT.t_ref


@pytest.fixture(scope="module")
def table():
    return table_of_rates(UNIT)


def test_at_its_points_it_has_every_digit(table):
    found, exact = both([0.5, 1.0, 7.5], [0.3, 1.0, 2.5], table)
    np.testing.assert_allclose(found, exact, rtol=1e-9)


def test_between_its_points_it_is_within_a_two_hundredth_of_the_highest_rate(table):
    rng = np.random.default_rng(1)
    found, exact = both(rng.uniform(LOW, HIGH, 3000), rng.uniform(0, WIDEST, 3000), table)
    np.testing.assert_allclose(found, exact, atol=0.005 * HIGHEST)


def test_outside_of_it(table):
    """Below it nothing fires; beyond its other edges it is the formula."""
    means = [LOW - 0.01, LOW - 50, HIGH + 0.01, HIGH + 100, 3.0, HIGH + 1]
    found, exact = both(means, [WIDEST - 0.2, 0.0, WIDEST - 0.2, 0.0, 2 * WIDEST, 2 * WIDEST], table)
    assert found[0] == found[1] == 0 and exact[0] < 1e-4 * HIGHEST
    np.testing.assert_array_equal(found[2:], exact[2:])


def test_the_unit_is_the_way_from_rest_to_threshold(table):
    """A neuron in mV has the rates of the same one in thresholds."""
    mv = UNIT._replace(v_rest=-65.0, v_reset=-65.0, v_th=-50.0)
    np.testing.assert_allclose(table_of_rates(mv).rates, table.rates, rtol=1e-6, atol=1e-9)


def test_units_may_look_up():
    rng = np.random.default_rng(1)
    x, w, b = rng.random((20, 30)), rng.normal(0.05, 0.2, (10, 30)), rng.normal(0, 0.3, 10)
    np.testing.assert_allclose(siegert_units()(x, w, b), siegert_units(exact=True)(x, w, b), atol=0.005)


def test_a_threshold_below_rest_is_named():
    with pytest.raises(ValueError, match="v_rest must be below v_th"):
        table_of_rates(LIF(v_rest=-40.0))
