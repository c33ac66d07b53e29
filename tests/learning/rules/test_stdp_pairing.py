"""The pairing schemes against a list of the pairs that each of them means, written down by brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab import Spikes
from snnlab.learning import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, STDP, SYMMETRIC, simulate_stdp, stdp_window

TRAIN = st.lists(st.integers(0, 200), min_size=1, max_size=15, unique=True)


def last_before(train, t):
    return max((s for s in train if s < t), default=None)


def first_after(train, t):
    return min((s for s in train if s > t), default=None)


def symmetric(pre, post):
    return [(last_before(pre, t), t) for t in post] + [(t, last_before(post, t)) for t in pre]


def pre_centred(pre, post):
    return [(t, other(post, t)) for t in pre for other in (last_before, first_after)]


def restricted(pre, post):
    """Pairs without any other spike in between."""
    return [
        (a, b)
        for a, b in pre_centred(pre, post)
        if b is not None and not any(min(a, b) < t < max(a, b) for t in [*pre, *post])
    ]


@pytest.mark.parametrize(
    ("pairing", "pairs"), [(SYMMETRIC, symmetric), (PRE_CENTRED, pre_centred), (RESTRICTED, restricted)]
)
@settings(max_examples=30, deadline=None)
@given(pre=TRAIN, post=TRAIN)
def test_the_traces_see_the_pairs_that_are_meant(pairing, pairs, pre, post):
    pre, post = [2.0 * t for t in pre], [2.0 * t + 1.0 for t in post]  # never at one time
    rule = STDP(1e-4, 1.3, 25.0, 12.0)
    chosen = [(a, b) for a, b in pairs(pre, post) if a is not None and b is not None]
    expected = sum(float(stdp_window(b - a, rule)) for a, b in chosen)
    run = simulate_stdp(Spikes(pre, duration=500), Spikes(post, duration=500), 0.5, rule, pairing)
    assert run.w[0, 0] - 0.5 == pytest.approx(expected, abs=1e-13)


def test_the_schemes_agree_on_a_single_pair_and_differ_on_a_crowd():
    pre, post = Spikes([10, 20], duration=99), Spikes([22, 30], duration=99)
    schemes = ALL_TO_ALL, SYMMETRIC, PRE_CENTRED, RESTRICTED
    alone = [
        simulate_stdp(pre.between(15, 99), post.between(15, 25), 0.5, pairing=p).w[0, 0] for p in schemes
    ]
    assert np.ptp(alone) == 0
    w = [float(simulate_stdp(pre, post, 0.5, pairing=p).w[0, 0]) for p in schemes]
    assert w[0] > w[1] > w[2] > w[3] > 0.5
