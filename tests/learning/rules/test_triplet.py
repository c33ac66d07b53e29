"""Triplet STDP against a sum over pairs and triplets, its drift, and the frequencies that it was made for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.learning import (
    STDP,
    Triplet,
    pairing_protocol,
    simulate_stdp,
    simulate_triplet,
    triplet_drift,
    triplet_threshold,
)

TRAIN = st.lists(st.integers(0, 300), min_size=0, max_size=12, unique=True)
REPORTED = {  # Sjöström et al. (2001), as quoted for fits of the rule: Hz, change, standard error
    10.0: ([0.1, 10, 20, 40, 50], [-0.04, 0.14, 0.29, 0.53, 0.56], [0.05, 0.1, 0.14, 0.11, 0.26]),
    -10.0: ([0.1, 10, 20, 40, 50], [-0.29, -0.41, -0.34, 0.56, 0.75], [0.08, 0.11, 0.1, 0.32, 0.19]),
}
MINIMAL = Triplet(a2_plus=0.0, a3_plus=6.5e-3, a2_minus=7.1e-3, a3_minus=0.0, tau_y=114.0)


def trace(train, t, tau):
    """What spikes before `t` have left behind."""
    return sum(np.exp(-(t - s) / tau) for s in train if s < t)


@pytest.mark.equation("triplet-rule")
@settings(max_examples=30, deadline=None)
@given(pre=TRAIN, post=TRAIN)
def test_the_traces_give_the_sum_over_pairs_and_triplets(pre, post):
    """Whole milliseconds, so that spikes of both sides often come at one time: such a pair counts nothing."""
    rule = Triplet(1e-4, 3e-4, 2e-4, 5e-5)
    expected = 0.5
    for t in post:
        expected += trace(pre, t, 16.8) * (1e-4 + 3e-4 * trace(post, t, 125.0))
    for t in pre:
        expected -= trace(post, t, 33.7) * (2e-4 + 5e-5 * trace(pre, t, 101.0))
    run = simulate_triplet(Spikes(pre, duration=400), Spikes(post, duration=400), 0.5, rule)
    assert run.w[0, 0] == pytest.approx(expected, abs=1e-12)


def test_the_delay_is_dendritic_and_the_weights_stay_within_bounds():
    rule = Triplet(0.4, 0.3, 0.4, 0.3, w_max=1.0)
    rng = np.random.default_rng(3)
    pre, post = (Spikes(rng.uniform(0, 900, 60), duration=1000) for _ in range(2))
    run = simulate_triplet(pre, post, 0.5, rule, delay=2.5, at=np.arange(1000.0))
    assert run.history.shape == (1000, 1, 1)
    assert run.history.min() == 0.0 and run.history.max() == 1.0
    later = Spikes(post.times + 2.5, duration=1000)
    assert np.array_equal(run.history, simulate_triplet(pre, later, 0.5, rule, at=np.arange(1000.0)).history)


def test_the_drift_of_the_closed_form_and_of_a_simulation():
    """Each of the four terms alone, relative to itself; half a million spikes of 100 pairs of neurons."""
    r1, r2, seconds, n = 12.0, 25.0, 150.0, 10
    rng, end = np.random.default_rng(4), 1000.0 * seconds
    trains = []
    for rate in (r1, r2):
        count = rng.poisson(rate * seconds * n)
        trains.append(Spikes(rng.uniform(0, end, count), rng.integers(0, n, count), n_units=n, duration=end))
    ms = 1e-3
    a2p, a3p, a2m, a3m = 4e-7, 2e-7, 3e-7, 5e-7
    taus = 16.8, 101.0, 33.7, 125.0
    for rule, expected in (
        (Triplet(a2p, 0, 0, 0, *taus), r1 * r2 * a2p * 16.8 * ms),
        (Triplet(0, a3p, 0, 0, *taus), r1 * r2 * a3p * 16.8 * ms * 125.0 * ms * r2),
        (Triplet(0, 0, a2m, 0, *taus), -r1 * r2 * a2m * 33.7 * ms),
        (Triplet(0, 0, 0, a3m, *taus), -r1 * r2 * a3m * 33.7 * ms * 101.0 * ms * r1),
    ):
        assert float(triplet_drift(r1, r2, rule)) == pytest.approx(expected, rel=1e-12, abs=0)
        change = (simulate_triplet(*trains, 0.5, rule).w.mean() - 0.5) / seconds
        assert change == pytest.approx(expected, rel=0.02)


def test_the_threshold_is_where_the_drift_is_zero():
    assert triplet_threshold(MINIMAL) == pytest.approx(7.1e-3 * 33.7 / (6.5e-3 * 16.8 * 0.114))
    assert triplet_threshold(MINIMAL) == triplet_threshold(MINIMAL, 40.0)  # whatever the presynaptic rate
    for rule, r_pre in ((MINIMAL, 3.0), (Triplet(a2_plus=1e-3), 30.0)):
        r_post = triplet_threshold(rule, r_pre)
        signs = np.sign(triplet_drift(r_pre, [0.99 * r_post, 1.01 * r_post], rule))
        assert signs.tolist() == [-1.0, 1.0]
        assert float(triplet_drift(r_pre, r_post, rule)) == pytest.approx(0.0, abs=1e-12)
    assert triplet_threshold(Triplet(a2_plus=1.0)) < 0


def test_the_frequencies_of_the_experiment():
    """Depression for −10 ms at low rates, nothing for +10 ms at 0.1 Hz, both potentiate at 50 Hz."""

    def change(delta_t, frequency):
        return simulate_triplet(*pairing_protocol(delta_t, frequency), 1.0).w[0, 0] - 1.0

    assert all(change(-10.0, f) < -0.2 for f in (0.1, 1.0, 5.0, 10.0))
    assert abs(change(10.0, 0.1)) < 1e-3
    growing = [change(10.0, f) for f in (0.1, 10.0, 20.0, 40.0, 50.0)]
    assert np.all(np.diff(growing) > 0) and growing[-1] > 0.3
    assert change(-10.0, 50.0) > 0.1


def test_the_rule_meets_the_experiment_that_it_was_fitted_to(reproduces):
    """Every reported change within 1.5 standard errors; the pair rule misses by more than five."""
    off = []
    for delta_t, reported in REPORTED.items():
        for frequency, change, error in zip(*reported, strict=True):
            trains = pairing_protocol(delta_t, frequency)
            off.append(abs(simulate_triplet(*trains, 1.0).w[0, 0] - 1.0 - change) / error)
    assert len(off) == 10 and max(off) < 1.5
    pairs = simulate_stdp(*pairing_protocol(10.0, 40.0), 1.0, STDP(0.0025, 1.4, 16.8, 33.7, w_max=2.0)).w[
        0, 0
    ]
    assert abs(pairs - 1.0 - 0.53) > 5 * 0.11
    reproduces("sjostrom", f"within {max(off):.1f} standard errors of all ten", "reached")


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda s: simulate_triplet(s, s, -1), "w must be from 0 to w_max .*, got -1"),
        (lambda s: simulate_triplet(s, s, 0.5, Triplet(a3_plus=-1)), "a3_plus must be zero or positive"),
        (lambda s: triplet_threshold(Triplet(a3_plus=0)), "a3_plus must be positive and finite, got 0"),
        (lambda s: triplet_drift(np.inf, 1), "r_pre must be finite, got inf"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(Spikes([1.0], duration=2.0))


def test_a_wrong_type_is_named():
    with pytest.raises(TypeError, match="rule must be a Triplet, got tuple"):
        triplet_drift(1.0, 1.0, (1.0,))
