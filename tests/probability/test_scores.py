import numpy as np
import pytest

from snnlab.probability.links import log_likelihood
from snnlab.probability.scores import bits_per_spike, deviance

Y = np.array([0.0, 1, 0, 0, 1, 0])


@pytest.mark.parametrize("link", ["logistic", "complementary_log_log"])
def test_the_deviance_of_zeros_and_ones_is_twice_the_nats_that_are_missing(link):
    u = np.linspace(-2, 1, 6)
    assert deviance(u, Y, link) == pytest.approx(-2 * log_likelihood(u, Y, link), rel=1e-12, abs=0)


def test_the_deviance_of_counts_is_the_textbooks():
    y, m = np.array([0.0, 1, 3, 2]), np.array([0.5, 1.5, 2.0, 2.0])
    textbook = 2 * sum((c * np.log(c / e) if c else 0) - (c - e) for c, e in zip(y, m, strict=True))
    assert deviance(np.log(m), y, "exponential") == pytest.approx(textbook, rel=1e-12, abs=0)
    assert deviance(np.log([1.0, 3.0]), [1, 3], "exponential") == pytest.approx(0.0, abs=1e-12)


def test_bits_are_nothing_for_a_constant_rate_and_all_where_every_bin_is_known():
    assert bits_per_spike(np.full(6, np.log(0.5)), Y) == pytest.approx(0.0, abs=1e-12)
    open_bits = -(np.log2(1 / 3) * 2 + np.log2(2 / 3) * 4) / 2  # entropy of six coins of 1/3, for each spike
    assert bits_per_spike(np.where(Y > 0, 40.0, -40.0), Y) == pytest.approx(open_bits, rel=1e-9, abs=0)


def test_bits_are_counted_from_the_constant_rate_that_is_given():
    y = np.r_[np.ones(3), np.zeros(1)]
    u = np.zeros(4)  # p = 1/2, against a constant 1/4
    gained = (4 * np.log2(1 / 2) - 3 * np.log2(1 / 4) - np.log2(3 / 4)) / 3
    assert bits_per_spike(u, y, constant=0.25) == pytest.approx(gained, rel=1e-12, abs=0)
    assert bits_per_spike(u, y) < 0  # the rate of these bins themselves is known better


def test_without_spikes_or_without_doubt_there_is_no_number():
    assert np.isnan(bits_per_spike([0.0, 0.0], [0, 0]))
    assert np.isnan(bits_per_spike([0.0, 0.0], [1, 1]))
    assert np.isnan(bits_per_spike([0.0, 0.0], [1, 0], constant=0.0))
