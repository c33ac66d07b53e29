"""Pairs through both rules: each change is that of the library's simulation, each curve holds the point."""

import numpy as np
import pytest

from snnlab.learning import STDP, Triplet, pairing_protocol, simulate_stdp, simulate_triplet
from snnlab.learning.pairing.paired_rules import paired_rules

PAIRS, TRIPLET = STDP(0.0025, 1.4, 16.8, 33.7, w_max=2.0), Triplet(w_max=2.0)


@pytest.mark.parametrize(("delta_t", "frequency"), [(10.0, 1.0), (-10.0, 20.0), (5.0, 40.0)])
def test_each_change_is_that_of_its_rule(delta_t, frequency):
    seen = paired_rules(delta_t, frequency, PAIRS, TRIPLET)
    pre, post = pairing_protocol(delta_t, frequency, 60)
    assert seen.pairs == pytest.approx(simulate_stdp(pre, post, 1.0, PAIRS).w[0, 0] - 1.0)
    assert seen.triplets == pytest.approx(simulate_triplet(pre, post, 1.0, TRIPLET).w[0, 0] - 1.0)
    at = np.flatnonzero(seen.f == frequency)
    assert seen.pair_curve[at] == seen.pairs and seen.triplet_curve[at] == seen.triplets
    at = np.flatnonzero(seen.delta == delta_t)
    assert seen.pair_window[at] == seen.pairs and seen.triplet_window[at] == seen.triplets


def test_one_slow_pair_is_the_exponential_window():
    seen = paired_rules(5.0, 1.0, PAIRS, TRIPLET, n=1)
    up = 2.0 * 0.0025 * np.exp(-seen.delta / 16.8)
    down = -1.4 * 2.0 * 0.0025 * np.exp(seen.delta / 33.7)
    np.testing.assert_allclose(
        seen.pair_window, np.where(seen.delta > 0, up, np.where(seen.delta < 0, down, np.nan))
    )
    np.testing.assert_array_equal(np.isnan(seen.triplet_window), seen.delta == 0.0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"frequency": 0.0}, "frequency must be positive and finite, got 0"),
        ({"n": 0}, "n must be at least 1, got 0"),
        ({"rule": STDP(w_max=0.5)}, "w_max must be at least 1, the weight at the start, got 0.5"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        paired_rules(**({"delta_t": 1.0, "frequency": 1.0, "rule": PAIRS, "triplet": TRIPLET} | wrong))
    assert str(failure.value) == sentence
