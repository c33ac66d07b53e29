import math

import numpy as np
import pytest

from snnlab.neurons.models.escape import EscapeLIF
from snnlab.neurons.models.escape import step as escape_step
from snnlab.probability.links import (
    expected_counts,
    link_code,
    log_likelihood,
    potential_of_rate,
    pull,
    pulls,
)

LINKS = ("logistic", "complementary_log_log", "exponential")


def plainly(u, y, link):
    """The log-likelihood as its definition has it: the logarithm of a probability."""
    if link == "exponential":
        m = math.exp(u)
        return math.log(math.exp(-m) * m**y / math.factorial(y))
    p = 1 / (1 + math.exp(-u)) if link == "logistic" else 1 - math.exp(-math.exp(u))
    return math.log(p if y else 1 - p)


@pytest.mark.equation("train-likelihood")
@pytest.mark.parametrize("link", LINKS)
def test_a_bin_has_the_logarithm_of_its_probability(link):
    u = np.linspace(-4, 2, 13)
    for y in (0, 1, 3) if link == "exponential" else (0, 1):
        expected = [plainly(value, y, link) for value in u]
        each = [log_likelihood([value], [y], link) for value in u]
        assert each == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert log_likelihood(u, np.full(13, y), link) == pytest.approx(sum(expected), rel=1e-9, abs=0)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_slope_and_bend_are_the_derivatives(link, y):
    code, h = link_code(link), 1e-5
    for u in [-31.0, -29.0, -14.0, -11.5, -5.0, -0.3, 0.0, 1.0, 3.0, 3.39, 3.41, 3.6, 7.0]:
        (below, slope_below, _), (above, slope_above, _) = pull(u - h, y, code), pull(u + h, y, code)
        _, slope, bend = pull(u, y, code)
        assert slope == pytest.approx((above - below) / (2 * h), rel=1e-6, abs=1e-9)
        assert -bend == pytest.approx((slope_above - slope_below) / (2 * h), rel=1e-6, abs=1e-9)
        assert bend >= 0


@pytest.mark.parametrize("link", LINKS)
def test_probabilities_add_up_and_nothing_overflows(link):
    u = np.array([-800.0, -40.0, -1.0, 0.5])
    silent = np.exp([log_likelihood([value], [0], link) for value in u])
    p = expected_counts(u, "complementary_log_log" if link == "exponential" else link)
    assert silent + p == pytest.approx(1.0, rel=1e-12, abs=0)
    far = np.array([-2000.0, 600.0])
    found = [pull(value, y, link_code(link)) for value in far for y in (0.0, 1.0)]
    assert np.isfinite(found).all()


@pytest.mark.parametrize("link", LINKS)
def test_the_potential_of_a_rate_expects_that_rate(link):
    rates = np.array([1e-6, 0.02, 0.7])
    u = [potential_of_rate(rate, link) for rate in rates]
    assert expected_counts(u, link) == pytest.approx(rates, rel=1e-12, abs=0)


def test_escape_noise_is_the_complementary_log_log_link():
    neuron, dt = EscapeLIF(), 0.5
    for v in (-60.0, -51.0, -48.0):
        _, p = escape_step(v, 0.0, 1.0, 0.0, 0.0, neuron.v_th, neuron.delta, neuron.rho_0 / 1000 * dt)
        u = np.log(neuron.rho_0 / 1000 * dt) + (v - neuron.v_th) / neuron.delta
        assert expected_counts(u, "complementary_log_log") == pytest.approx(p, rel=1e-12, abs=0)


@pytest.mark.equation("point-process-limit")
@pytest.mark.parametrize("link", ["logistic", "complementary_log_log"])
def test_narrow_bins_tend_to_the_point_process(link):
    r"""Spikes and a rate in Hz: $\sum_f \ln \rho(t_f) - \int \rho\, dt$, with an error of the order of dt."""
    times = np.array([0.0305, 0.1125, 0.1905, 0.2765])

    def missing(dt):
        rate = 20 + 15 * np.sin(20 * (np.arange(round(0.32 / dt)) + 0.5) * dt)
        y = np.zeros(rate.size)
        y[(times / dt).astype(int)] = 1
        process = np.log(20 + 15 * np.sin(20 * times)).sum() - (20 * 0.32 + 15 / 20 * (1 - np.cos(6.4)))
        return abs(log_likelihood(np.log(rate * dt), y, link) - times.size * np.log(dt) - process)

    errors = [missing(dt) for dt in (1e-3, 1e-3 / 9, 1e-3 / 81)]  # the spikes are in the middle of their bins
    assert np.log(errors[0] / errors[1]) / np.log(9) == pytest.approx(1.0, abs=0.1)
    assert np.log(errors[1] / errors[2]) / np.log(9) == pytest.approx(1.0, abs=0.1)


def test_the_kernel_goes_through_all_bins():
    u, y = np.linspace(-3, 3, 7), np.array([0.0, 1, 0, 2, 1, 0, 5])
    slope, bend = np.empty(7), np.empty(7)
    total = pulls(u, y, 2, slope, bend)
    each = [pull(value, count, 2) for value, count in zip(u, y, strict=True)]
    assert total == pytest.approx(sum(value for value, _, _ in each), rel=1e-12, abs=0)
    assert slope == pytest.approx(y - np.exp(u), rel=1e-12, abs=0)
    assert bend == pytest.approx(np.exp(u), rel=1e-12, abs=0)


@pytest.mark.parametrize(
    ("u", "y", "link", "sentence"),
    [
        (
            [0.0],
            [1],
            "probit",
            "link must be one of logistic, complementary_log_log, exponential, got 'probit'",
        ),
        (
            [0.0, 0.0],
            [1, 2],
            "logistic",
            r"y must hold 0 and 1 \(narrower bins, `np.minimum\(y, 1\)`, or exponential\), got 2 in bin 1",
        ),
        ([0.0], [0.5], "exponential", "y must hold whole numbers from 0, got 0.5 in bin 0"),
        ([0.0], [1, 0], "logistic", r"y must have one value for each bin of u \(1\), got 2"),
    ],
)
def test_refused(u, y, link, sentence):
    with pytest.raises(ValueError, match=sentence):
        log_likelihood(u, y, link)
