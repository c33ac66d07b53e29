"""A synapse in noise: the simulation and the mean drift of each scheme, and trains that are Poisson."""

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
)
from snnlab.learning.pairing.stdp_of_noise import stdp_of_noise

SEED = np.uint64(3)


@pytest.mark.parametrize("rule", [STDP(0.003, 0.8, 16.8, 33.7), STDP(0.01, 1.1, mu_plus=1, mu_minus=1)])
def test_every_scheme_learns_and_drifts_as_the_package_says(rule):
    told = stdp_of_noise(20.0, 15.0, rule, 0.4, 20_000.0, rng=SEED)
    pre, post = (Spikes(train, duration=20_000.0) for train in (told.pre, told.post))
    np.testing.assert_array_equal(told.at, np.arange(200.0, 20_001.0, 200.0))
    for change, weights, curve, pairing in (
        (told.by_all, told.w_all, told.all_pairs, ALL_TO_ALL),
        (told.by_symmetric, told.w_symmetric, told.symmetric, SYMMETRIC),
        (told.by_pre, told.w_pre, told.pre_centred, PRE_CENTRED),
        (told.by_restricted, told.w_restricted, told.restricted, RESTRICTED),
    ):
        run = simulate_stdp(pre, post, 0.4, rule, pairing, at=told.at)
        assert change == pytest.approx(run.w[0, 0] - 0.4, rel=1e-12, abs=0)
        np.testing.assert_allclose(weights, run.history[:, 0, 0], rtol=1e-12)
        up, down = stdp_drift(20.0, told.rates, rule, pairing, w=0.4)
        assert curve == pytest.approx(20.0 * (up - down), rel=1e-9, abs=1e-12)


def test_the_trains_are_poisson_and_know_nothing_of_each_other():
    runs = [stdp_of_noise(50.0, 50.0, rng=np.uint64(seed)) for seed in range(20)]
    counts = [count for run in runs for count in (run.n_pre, run.n_post)]
    assert np.mean(counts) == pytest.approx(2250, abs=4 * np.sqrt(2250 / 40))
    gaps = np.concatenate([np.diff(train) for run in runs for train in (run.pre, run.post)])
    assert gaps.std() / gaps.mean() == pytest.approx(1.0, abs=0.02)
    bins = np.arange(0.0, 45_001.0, 20.0)
    in_bins = np.array([[np.histogram(t, bins)[0] for t in (run.pre, run.post)] for run in runs])
    pre, post = in_bins.swapaxes(0, 1).reshape(2, -1)
    assert abs(np.corrcoef(pre, post)[0, 1]) < 4 / np.sqrt(pre.size)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"r_pre": 0.0}, "r_pre must be positive and finite, got 0"),
        ({"w": 1.5}, "w must be from 0 to w_max (1), got 1.5"),
        ({"duration": -1.0}, "duration must be positive and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        stdp_of_noise(**({"r_pre": 10.0, "r_post": 10.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
