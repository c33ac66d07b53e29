"""Blurred trains: the closed form of one spike, and the slope of the distance against differences."""

import numpy as np
import pytest

from snnlab.learning.gradients.blurred_trains import blur, blurred_distance, blurred_slope


def blurred(train, gamma):
    trace = np.empty_like(train)
    blur(train, trace, gamma)
    return trace


def test_one_spike_decays_and_one_too_few_costs_one():
    train = np.zeros(400)
    train[3] = 1.0
    trace = blurred(train, 0.9)
    assert trace[3:] == pytest.approx(0.9 ** np.arange(397), rel=1e-12, abs=0) and not trace[:3].any()
    assert blurred_distance(trace, np.zeros(400), 0.9) == pytest.approx(1.0)


def test_the_slope_is_that_of_the_distance():
    rng = np.random.default_rng(1)
    train, wanted = rng.random(30), blurred(rng.random(30), 0.8)
    found = blurred(train, 0.8)
    blurred_slope(found, wanted, 0.8)
    for t in range(30):
        sides = [
            blurred_distance(blurred(train + d * np.eye(30)[t], 0.8), wanted, 0.8) for d in (1e-5, -1e-5)
        ]
        assert found[t] == pytest.approx((sides[0] - sides[1]) / 2e-5, rel=1e-8, abs=1e-9)
