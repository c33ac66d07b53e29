"""Repeating a signal: the solution that is known, and what ten seeds of learning come to."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.gates.predictive_coding import (
    balance,
    coding_network,
    learn_coding,
    smooth_signals,
    tracking,
)


def test_signals_are_smooth_and_of_unit_size():
    x = smooth_signals(50, 1000, 2, rng=np.random.default_rng(1))
    assert (x**2).mean(axis=(1, 2)) == pytest.approx(1.0)
    fast = np.abs(np.fft.rfft(x * np.hanning(1000)[:, None], axis=1)) ** 2  # 1 Hz apart
    assert fast[:, 9:].sum() < 1e-3 * fast.sum()


def test_the_known_solution_tracks_and_the_same_weights_with_the_wrong_sign_do_not():
    start = coding_network(rng=np.random.default_rng(1))
    known = start._replace(w_rec=-start.w_in @ start.w_out)
    wrong = start._replace(w_rec=start.w_in @ start.w_out)
    good, none, bad = (
        tracking(w, rng=np.random.default_rng(2)).error
        for w in (known, start._replace(w_rec=0 * start.w_rec), wrong)
    )
    assert good < 0.25 < 1.0 < none < bad
    assert balance(known) == pytest.approx(1.0) and balance(wrong) == pytest.approx(-1.0)
    assert abs(balance(start)) < 0.2


def test_the_diagonal_does_not_count():
    start = coding_network(rng=np.random.default_rng(1))
    assert balance(start._replace(w_rec=start.w_rec + 9 * np.eye(30))) == pytest.approx(balance(start))


def test_forty_steps_make_a_small_network_better():
    start = coding_network(10, 1, rng=np.random.default_rng(3))
    learnt = learn_coding(start, 40, rng=np.random.default_rng(4)).weights
    before, after = (tracking(w, rng=np.random.default_rng(5)).error for w in (start, learnt))
    assert after < 0.8 * before
    for name in ("w_in", "w_out", "drive"):
        assert np.array_equal(getattr(start, name), getattr(learnt, name))


def test_ten_seeds():
    """The error, with the gate that it learnt with and with a narrow one, and how near W comes to −U O."""
    found = load_table("gated_coding")
    assert found["seed"].size == 10
    assert spread(found["error"]).mean <= 0.2
    assert spread(found["error_narrow"]).mean <= 0.2
    assert (np.abs(found["match_before"]) < 0.2).all()
    assert spread(found["match"]).mean > 0.7
    assert (found["error_before"] > 5 * found["error"]).all()
    assert (found["error_shuffled"] > 3 * found["error"]).all()
