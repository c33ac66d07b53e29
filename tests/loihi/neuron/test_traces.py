"""Traces: their arithmetic with given random numbers, their mean, and what cannot be."""

import math

import numpy as np
import pytest

from snnlab.loihi import BRIAN2_LOIHI, LAVA, NENGO_LOIHI, Trace, Traces, learn, simulate_trace
from snnlab.loihi.neuron.traces import step, trace_kept


def test_a_step_is_floor_and_a_coin():
    """Every trace value, decays and random numbers at both sides of the fraction, in exact arithmetic."""
    for x in range(128):
        for kept in (0.0, 0.25, 0.5, 0.75, 1.0):
            share = x * kept
            below = math.floor(share)
            fraction = share - below
            assert step(float(x), kept, 9.0, 64.0, False, fraction, 0.0) == below
            if fraction:
                assert step(float(x), kept, 9.0, 64.0, False, fraction - 0.01, 0.0) == below + 1
            for r_impulse, more in ((63.0, 1), (64.0, 0)):
                expected = min(below + 9 + more, 127)
                assert step(float(x), kept, 9.0, 64.0, True, fraction, r_impulse) == expected


@pytest.mark.equation("loihi-trace")
def test_the_mean_fades_as_it_should():
    spikes = np.zeros((40, 4000), int)
    spikes[0] = 1
    x = simulate_trace(spikes, Trace(100, 10), rng=np.random.default_rng(1))
    expected = 100 * 0.9 ** np.arange(40)
    error = np.abs(x.mean(axis=1) - expected) / np.maximum(x.std(axis=1) / math.sqrt(4000), 1e-9)
    assert (error[1:] < 4.5).all() and x[0].min() == x[0].max() == 100
    assert x.std(axis=1)[5] > 0.5  # each of them its own way


def test_a_fraction_of_an_impulse_is_added_as_often_as_it_says():
    """The right one, and lava's: 7 random bits against 8 bits of fraction are always below a half of them."""
    spikes = np.ones((1, 20_000), int)
    for fraction in (0.25, 0.5, 0.75):
        x = simulate_trace(spikes, Trace(16 + fraction, 5), rng=np.random.default_rng(2))
        assert abs(x.mean() - 16 - fraction) < 4 * math.sqrt(fraction * (1 - fraction) / 20_000)
        theirs = BRIAN2_LOIHI._replace(impulse_random=128)
        x = simulate_trace(spikes, Trace(16 + fraction, 5), theirs, rng=np.random.default_rng(2))
        chance = min(2 * fraction, 1)
        assert abs(x.mean() - 16 - chance) <= 4 * math.sqrt(chance * (1 - chance) / 20_000)


def test_a_trace_ends_at_127():
    x = simulate_trace(np.ones((9, 1), int), Trace(100, 30), rng=np.random.default_rng(1))
    assert x[0, 0] == 100 and (x[1:] == 127).all()


def test_three_ways_to_fade():
    assert trace_kept(10) == 0.9 and trace_kept(1) == 0
    assert trace_kept(10, LAVA) == math.exp(-0.1)
    assert trace_kept(10, NENGO_LOIHI, t_epoch=4) == math.exp(-0.4)
    for convention in (BRIAN2_LOIHI, LAVA, NENGO_LOIHI):
        assert trace_kept(0, convention) == 0
    with pytest.raises(
        ValueError, match="trace_decay must be EXPONENTIAL, FIRST_ORDER or ONCE_AN_EPOCH, got 7"
    ):
        trace_kept(3, LAVA._replace(trace_decay=7))


def test_once_an_epoch_all_spikes_of_an_epoch_count_as_one_at_its_end():
    """nengo-loihi's rule in real arithmetic: x ← e^(−T/τ) x, plus the impulse if there was a spike."""
    rng = np.random.default_rng(3)
    pre = rng.random((40, 500)) < 0.2
    run = learn(
        pre, np.zeros((40, 1), int), 0, "dw = x0", Traces(x1=Trace(20, 12)), NENGO_LOIHI, t_epoch=4, rng=rng
    )
    x = np.zeros(500)
    for epoch in range(10):
        share = math.exp(-4 / 12) * x
        hit = pre[4 * epoch : 4 * epoch + 4].any(axis=0)
        ours = run.x_register[4 * epoch + 3, 0]
        assert np.isin(np.where(ours == 127, 0, ours - np.floor(share) - 20 * hit), (0, 1)).all()
        x = ours.astype(float)
    assert (run.x[0::4, 0] == np.concatenate([[np.zeros(500)], run.x_register[3:-4:4, 0]])).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trace_kept(-1), "tau must be zero or positive, and finite, got -1"),
        (lambda: trace_kept(0.5), r"tau must be 0 or at least 1 where a step leaves 1 - 1/tau, as in brian2"),
        (lambda: trace_kept(1, NENGO_LOIHI, t_epoch=64), "t_epoch must be at most 63, got 64"),
        (
            lambda: simulate_trace([2], Trace(), rng=np.random.default_rng(1)),
            "spikes must be whole, from 0 to 1",
        ),
        (
            lambda: simulate_trace([1], Trace(128), rng=np.random.default_rng(1)),
            "the impulse of the trace must be from 0 to 127, got 128",
        ),
        (
            lambda: simulate_trace([[[1]]], Trace(1), rng=np.random.default_rng(1)),
            r"spikes must have shape \(steps,\) or \(steps, n\), got \(1, 1, 1\)",
        ),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
