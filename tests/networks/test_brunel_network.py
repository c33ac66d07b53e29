"""Brunel's model A: its mean field, and small networks against it."""

import math

import numpy as np
import pytest

from snnlab.networks import brunel, brunel_rate
from snnlab.neurons import LIF, siegert_rate

ASYNCHRONOUS = {(5.0, 2.0): 37.95, (5.0, 1.5): 23.64, (6.0, 2.0): 22.85, (8.0, 2.0): 12.99}  # g, eta: Hz


@pytest.mark.parametrize(("point", "rate"), ASYNCHRONOUS.items())
def test_rates_in_mean_field(point, rate):
    assert brunel_rate(*point) == pytest.approx(rate, abs=0.005)


@pytest.mark.parametrize(
    ("g", "eta", "n_exc", "w"), [(5, 2, 10_000, 0.1), (2, 1.5, 400, 0.2), (3, 0.7, 80, 0.5)]
)
def test_a_rate_brings_about_itself(g, eta, n_exc, w):
    """Mean and variance of the potential are sums over all kinds of jumps."""
    rate, tau = brunel_rate(g, eta, n_exc=n_exc, w=w), 0.02
    outside = 1000.0 * eta * 20.0 / (w * 20.0)  # Hz
    kinds = [(outside, w), (n_exc / 10 * rate, w), (n_exc / 40 * rate, -g * w)]
    mean = sum(r * jump * tau for r, jump in kinds)
    sigma = math.sqrt(sum(r * jump**2 * tau / 2 for r, jump in kinds))
    neuron = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=10.0, v_th=20.0, t_ref=2.0)
    assert siegert_rate(mean, sigma, neuron) == pytest.approx(rate, rel=1e-9, abs=1e-9)


def test_many_small_jumps_leave_no_noise():
    """Then the mean potential hardly passes the threshold: nu = nu_thr (eta - 1) / (g / 4 - 1)."""
    rate = brunel_rate(8.0, 2.0, n_exc=100_000_000, w=1e-5)
    assert rate == pytest.approx(10.0 * (2.0 - 1.0) / (8.0 / 4 - 1.0), rel=0.01)


def test_the_network():
    net = brunel(6.0, 1.0, n_exc=400, w=0.2, delay=1.0, rng=np.random.default_rng(1))
    assert net.n_synapses == 500 * 50
    for pre, w in (("exc", 0.2), ("inh", -1.2)):
        for post, n in (("exc", 400), ("inh", 100)):
            lines = net.connections(pre, post)
            assert (np.bincount(lines.post, minlength=n) == (40 if pre == "exc" else 10)).all()
            assert lines.w == pytest.approx(w, rel=1e-15, abs=0) and (lines.delay == 1.0).all()


@pytest.mark.parametrize(("g", "eta"), [(5.0, 2.0), (8.0, 2.0)])
def test_a_small_network_fires_at_the_rate_of_the_mean_field(g, eta):
    """Ten wirings of 1250 neurons, with 125 inputs each, in the mean and each by itself."""
    rates = []
    for seed in range(10):
        run = brunel(g, eta, n_exc=1000, rng=np.random.default_rng(seed)).run(700.0)
        rates += [(4 * run["exc"].rate[2000:].mean() + run["inh"].rate[2000:].mean()) / 5]
    expected = brunel_rate(g, eta, n_exc=1000)
    assert rates == pytest.approx([expected] * 10, rel=0.03)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"n_exc": 50}, "n_exc must be a multiple of 40, got 50"),
        ({"n_exc": 0}, "n_exc must be at least 40, got 0"),
        ({"g": -1.0}, "g must be zero or positive, and finite, got -1"),
        ({"eta": -1.0}, "eta must be zero or positive, and finite, got -1"),
        ({"w": 0.0}, "w must be positive and finite, got 0"),
    ],
)
def test_refusals(change, message):
    with pytest.raises(ValueError, match=message):
        brunel_rate(**change)
    with pytest.raises(ValueError, match=message):
        brunel(**change, rng=np.random.default_rng(1))


def test_a_number_is_no_generator():
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator such as .*, got 1"):
        brunel(n_exc=40, rng=1)
