"""The exponential without branches, against 40 digits of the same, and against that of the library."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from snnlab.neurons.branchless_exponential import exponential


def off(x):
    """How far it is from the truth, in last digits of the truth."""
    with localcontext() as digits:
        digits.prec = 40
        truth = Decimal(x).exp()
        return float(abs(Decimal(float(exponential(x))) - truth) / Decimal(math.ulp(float(truth))))


def test_within_one_and_a_half_last_digits():
    """Near 0, where the upswing of a neuron is, to both ends, and where the power of two changes."""
    rng = np.random.default_rng(1)
    halves = (np.arange(-1000, 1000) + 0.5) * math.log(2.0)
    x = np.concatenate([
        rng.uniform(-708, 708, 1000),
        rng.uniform(-1, 1, 1000),
        rng.uniform(-40, 12, 1000),
        halves,
    ])
    assert max(off(value) for value in x.tolist()) < 1.5


def test_what_is_exact():
    assert exponential(0.0) == exponential(-0.0) == 1.0
    assert exponential(1e-300) == exponential(-1e-300) == 1.0


def test_it_never_falls():
    x = np.linspace(-3.0, 3.0, 100_001)
    found = np.array([exponential(value) for value in x.tolist()])
    assert np.all(np.diff(found) > 0)


def test_beyond_its_ends():
    assert exponential(-1e6) == exponential(-708.0) == pytest.approx(math.exp(-708.0), rel=1e-15, abs=0)
    assert exponential(math.inf) == exponential(708.0) == pytest.approx(math.exp(708.0), rel=1e-15, abs=0)
    assert math.isnan(exponential(math.nan))
