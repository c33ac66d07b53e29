"""Drift under Poisson trains against the published formulas, and against simulations."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import (
    ALL_TO_ALL,
    PRE_CENTRED,
    RESTRICTED,
    STDP,
    SYMMETRIC,
    simulate_stdp,
    stdp_drift,
    stdp_fixed_point,
)

SCHEMES = {
    "all-to-all": ALL_TO_ALL,
    "symmetric": SYMMETRIC,
    "pre-centred": PRE_CENTRED,
    "restricted": RESTRICTED,
}
RULE = STDP(1e-6, 1.1, 16.0, 30.0)


def poisson(rate, seconds, seed, n=1):
    rng = np.random.default_rng(seed)
    count = rng.poisson(rate * seconds * n)
    times, units = rng.uniform(0, 1000.0 * seconds, count), rng.integers(0, n, count)
    return Spikes(times, units, n_units=n, duration=1000.0 * seconds)


@pytest.mark.equation("stdp-drift")
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_closed_forms_are_the_published_ones(scheme):
    """Kempter et al. (1999); Izhikevich and Desai (2003): the integrals over the intervals that count."""
    r1, r2, a, b = 0.007, 0.031, 1 / 16.0, 1 / 30.0  # per ms
    up, down = {
        "all-to-all": (1 / a, 1 / b),
        "symmetric": (1 / (r1 + a), 1 / (r2 + b)),
        "pre-centred": (1 / (r2 + a), 1 / (r2 + b)),
        "restricted": (1 / (r1 + r2 + a), 1 / (r1 + r2 + b)),
    }[scheme]
    drift = stdp_drift(7.0, 31.0, RULE, SCHEMES[scheme])
    assert float(drift.potentiation) == pytest.approx(1e-6 * 1000 * r1 * r2 * up, rel=1e-12, abs=0)
    assert float(drift.depression) == pytest.approx(1.1e-6 * 1000 * r1 * r2 * down, rel=1e-12, abs=0)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_simulation_drifts_as_told(scheme):
    """Relative to the gross potentiation; with 40,000 spikes a side its error is below 2 %."""
    pre, post = poisson(20.0, 2000.0, 5), poisson(20.0, 2000.0, 6)
    for rule, part in ((RULE._replace(alpha=0.0), 0), (RULE._replace(lambda_=1e-9, alpha=1100.0), 1)):
        change = float(simulate_stdp(pre, post, 0.5, rule, SCHEMES[scheme]).w[0, 0] - 0.5)
        expected = stdp_drift(20.0, 20.0, RULE, SCHEMES[scheme])[part] * 2000.0
        assert abs(change) == pytest.approx(float(expected), rel=0.02)


@pytest.mark.parametrize("mu", [0.4, 1.0])
def test_soft_bounds_come_to_rest_where_the_drift_is_zero(mu):
    rule = STDP(0.002, 1.2, 20.0, 25.0, mu, mu, 3.0)
    rest = stdp_fixed_point(rule)
    assert rest / (3.0 - rest) == pytest.approx((20.0 / (1.2 * 25.0)) ** (1 / mu))
    up, down = stdp_drift(5.0, 40.0, rule, w=rest)
    assert float(up) == pytest.approx(float(down), rel=1e-12, abs=0)
    pre, post, late = poisson(20.0, 300, 1, n=10), poisson(30.0, 300, 2, n=10), np.arange(1e5, 3e5, 5000.0)
    for start in (0.5, 2.0):
        weights = simulate_stdp(pre, post, start, rule, at=late).history
        assert weights.mean() == pytest.approx(rest, rel=0.01)


def test_a_soft_bound_slows_the_drift():
    rule = STDP(mu_plus=0.5, mu_minus=2.0)
    full, slow = stdp_drift(10.0, 10.0), stdp_drift(10.0, 10.0, rule, w=0.25)
    assert float(slow.potentiation / full.potentiation) == pytest.approx(0.75**0.5)
    assert float(slow.depression / full.depression) == pytest.approx(0.25**2)
    wide = stdp_drift(10.0, 10.0, STDP(w_max=2.0), w=0.5)
    assert wide.potentiation == 2 * full.potentiation and wide.depression == 2 * full.depression


def test_rates_are_broadcast():
    up, down = stdp_drift(np.array([1.0, 2.0, 4.0]), np.array([[3.0], [5.0]]))
    assert up.shape == down.shape == (2, 3)
    assert up[1, 2] == pytest.approx(0.01 * 4 * 5 * 0.02)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: stdp_drift(-1, 1), "r_pre must be zero or positive, got -1"),
        (lambda: stdp_drift(1, 1, w=2), r"w must be from 0 to w_max \(1\), got 2"),
        (lambda: stdp_fixed_point(STDP()), "mu_plus and mu_minus must be equal and above 0, got 0 and 0"),
        (lambda: stdp_fixed_point(STDP(mu_plus=1)), "must be equal and above 0, got 1 and 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_a_wrong_pairing_is_named():
    with pytest.raises(TypeError, match="pairing must be a Pairing such as ALL_TO_ALL, got str"):
        stdp_drift(1.0, 1.0, pairing="all")
