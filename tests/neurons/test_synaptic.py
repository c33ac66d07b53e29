"""Synaptic currents and PSPs against numeric convolution, mpmath-free long doubles, and their limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.neurons import (
    alpha_current,
    alpha_psp,
    delta_psp,
    double_exponential_current,
    double_exponential_psp,
    exponential_current,
    exponential_psp,
)

TAU_M = 20.0
SYNAPSES = {
    "exponential": (lambda s: exponential_current(s, 5.0), lambda s: exponential_psp(s, TAU_M, 5.0)),
    "exponential, slow": (lambda s: exponential_current(s, 60.0), lambda s: exponential_psp(s, TAU_M, 60.0)),
    "exponential, equal": (lambda s: exponential_current(s, 20.0), lambda s: exponential_psp(s, TAU_M, 20.0)),
    "alpha": (lambda s: alpha_current(s, 5.0), lambda s: alpha_psp(s, TAU_M, 5.0)),
    "alpha, slow": (lambda s: alpha_current(s, 30.0), lambda s: alpha_psp(s, TAU_M, 30.0)),
    "alpha, equal": (lambda s: alpha_current(s, 20.0), lambda s: alpha_psp(s, TAU_M, 20.0)),
    "double exponential": (
        lambda s: double_exponential_current(s, 2.0, 8.0),
        lambda s: double_exponential_psp(s, TAU_M, 2.0, 8.0),
    ),
    "double exponential, equal": (
        lambda s: double_exponential_current(s, 3.0, 20.0),
        lambda s: double_exponential_psp(s, TAU_M, 3.0, 20.0),
    ),
}
NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)  # exact for a polynomial of degree 79


def integral(f, low, high, pieces=40):
    """Gauss–Legendre quadrature."""
    edges = np.linspace(low, high, pieces + 1)
    middle, half = (edges[1:] + edges[:-1]) / 2, (edges[1:] - edges[:-1]) / 2
    return float((f(middle[:, None] + half[:, None] * NODES) * WEIGHTS * half[:, None]).sum())


@pytest.mark.equation("srm-psp")
@pytest.mark.parametrize("name", SYNAPSES)
@pytest.mark.parametrize("s", [0.3, 4.0, 33.0, 150.0])
def test_the_psp_is_the_current_convolved_with_the_membrane(name, s):
    current, psp = SYNAPSES[name]
    convolved = integral(lambda r: np.exp(-(s - r) / TAU_M) * current(r), 0.0, s)
    assert psp(s) == pytest.approx(convolved, rel=1e-12, abs=0)


@pytest.mark.parametrize("name", SYNAPSES)
def test_a_current_has_area_1_and_a_psp_has_area_tau_m(name):
    current, psp = SYNAPSES[name]
    assert integral(current, 0.0, 4000.0, 400) == pytest.approx(1.0, rel=1e-11, abs=0)
    assert integral(psp, 0.0, 4000.0, 400) == pytest.approx(TAU_M, rel=1e-11, abs=0)


def test_currents_are_those_of_the_textbook():
    s = np.array([0.0, 0.5, 4.0, 40.0])
    assert exponential_current(s, 5.0) == pytest.approx(np.exp(-s / 5) / 5, rel=1e-14, abs=0)
    assert alpha_current(s, 5.0) == pytest.approx(s / 25 * np.exp(-s / 5), rel=1e-14, abs=0)
    two = (np.exp(-s / 8) - np.exp(-s / 2)) / (8 - 2)
    assert double_exponential_current(s, 2.0, 8.0) == pytest.approx(two, rel=1e-13, abs=0)
    assert delta_psp(s, 20.0) == pytest.approx(np.exp(-s / 20), rel=1e-14, abs=0)


@pytest.mark.equation("srm-psp-exponential")
@pytest.mark.parametrize("tau_s", [0.5, 5.0, 19.0, 70.0])
def test_the_exponential_psp_is_the_difference_of_two_exponentials(tau_s):
    s = np.linspace(0, 200, 57)
    by_hand = (np.exp(-s / TAU_M) - np.exp(-s / tau_s)) / (1 - tau_s / TAU_M)
    assert exponential_psp(s, TAU_M, tau_s) == pytest.approx(by_hand, rel=1e-11, abs=1e-15)


@pytest.mark.parametrize("gap", [0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 0.03, 0.2])
def test_near_equal_time_constants_lose_no_digits(gap):
    """Against power series in the gap, which are exact there: the textbook's formula divides 0 by 0."""
    s, tau_s = np.array([0.01, 3.0, 20.0, 90.0]), TAU_M * (1 + gap)
    x = (s / TAU_M) * (gap / (1 + gap))  # s/τ_m − s/τ_s
    first, second = np.zeros(4), np.zeros(4)
    term = np.ones(4)
    for k in range(60):
        first += term / (k + 1)
        second += term / (k + 2)
        term = term * x / (k + 1)
    equal = s / tau_s * np.exp(-s / TAU_M)
    assert exponential_psp(s, TAU_M, tau_s) == pytest.approx(equal * first, rel=1e-13, abs=0)
    assert alpha_psp(s, TAU_M, tau_s) == pytest.approx(equal * s / tau_s * second, rel=1e-13, abs=0)


@pytest.mark.parametrize("gap", [1e-13, 1e-7, 1e-3, 0.1])
def test_three_near_equal_time_constants_lose_no_digits(gap):
    """The exact value lies between those of three equal time constants, and is symmetric in all three."""
    s = np.array([0.5, 10.0, 60.0])
    taus = (TAU_M, TAU_M * (1 + gap), TAU_M * (1 - gap))
    density = [double_exponential_psp(s, a, b, c) / a for a, b, c in (taus, taus[::-1], taus[1:] + taus[:1])]
    assert density[0] == pytest.approx(density[1], rel=1e-13, abs=0)
    assert density[0] == pytest.approx(density[2], rel=1e-13, abs=0)
    equal = s**2 / 2 / TAU_M**3 * np.exp(-s / TAU_M)
    assert np.all(np.abs(density[0] / equal - 1) < 20 * gap + 1e-13)


def test_equal_rise_and_decay_make_the_alpha_synapse():
    s = np.linspace(0, 100, 41)
    assert np.array_equal(double_exponential_current(s, 7.0, 7.0), alpha_current(s, 7.0))
    assert np.array_equal(double_exponential_psp(s, TAU_M, 7.0, 7.0), alpha_psp(s, TAU_M, 7.0))


def test_a_fast_synapse_becomes_the_delta():
    s = np.linspace(1.0, 80.0, 30)
    for psp in (
        exponential_psp(s, TAU_M, 1e-4),
        alpha_psp(s, TAU_M, 1e-4),
        double_exponential_psp(s, TAU_M, 1e-5, 1e-4),
    ):
        assert psp == pytest.approx(delta_psp(s, TAU_M), rel=2e-5)


def test_the_alpha_current_peaks_after_tau_s():
    s = np.arange(0, 40, 0.01)
    assert s[alpha_current(s, 5.0).argmax()] == pytest.approx(5.0, abs=0.01)
    assert alpha_current(5.0, 5.0) == pytest.approx(1 / (5 * np.e), rel=1e-14, abs=0)


@settings(max_examples=200, deadline=None)
@given(s=st.floats(1e-3, 1e4), a=st.floats(0.1, 1e3), b=st.floats(0.1, 1e3), c=st.floats(0.1, 1e3))
def test_every_psp_is_positive_finite_and_below_the_jump_of_the_delta(s, a, b, c):
    for psp in (exponential_psp(s, a, b), alpha_psp(s, a, b), double_exponential_psp(s, a, b, c)):
        assert 0 <= psp <= 1
    assert double_exponential_psp(s, a, b, c) == pytest.approx(
        double_exponential_psp(s, a, c, b), rel=1e-12, abs=0
    )


def test_nothing_happens_before_the_spike():
    s = np.array([-100.0, -1e-9])
    for psp in (exponential_psp, alpha_psp, double_exponential_psp, delta_psp):
        assert not psp(s).any()
    for current in (exponential_current, alpha_current, double_exponential_current):
        assert not current(s).any()


def test_shapes_are_kept():
    assert exponential_psp(3.0).shape == ()
    assert alpha_psp(np.zeros((2, 0, 3))).shape == (2, 0, 3)
    assert double_exponential_current(np.ones((2, 3))).shape == (2, 3)


@pytest.mark.parametrize(
    ("call", "error", "sentence"),
    [
        (lambda: exponential_psp(1.0, 0.0), ValueError, "tau_m must be positive and finite, got 0"),
        (lambda: alpha_psp(1.0, 20.0, -1), ValueError, "tau_s must be positive and finite, got -1"),
        (lambda: double_exponential_psp(1.0, 20.0, 0), ValueError, "tau_rise must be positive"),
        (lambda: double_exponential_current(1.0, 1, 0), ValueError, "tau_decay must be positive"),
        (lambda: delta_psp([np.nan]), ValueError, r"s must be finite, got nan at \[0\]"),
        (lambda: exponential_current("x"), TypeError, "s must be an array of numbers of any shape"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, error, sentence):
    with pytest.raises(error, match=sentence):
        call()
