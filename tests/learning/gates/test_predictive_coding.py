"""Repeating a signal: the solution that is known, and what ten seeds of learning come to."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table
from snnlab.learning.gates.predictive_coding import (
    balance,
    balance_slope,
    coding_network,
    learn_coding,
    smooth_signals,
    tracking,
    written_down,
)


def test_signals_are_smooth_and_of_unit_size():
    x = smooth_signals(50, 1000, 2, rng=np.random.default_rng(1))
    assert (x**2).mean(axis=(1, 2)) == pytest.approx(1.0)
    fast = np.abs(np.fft.rfft(x * np.hanning(1000)[:, None], axis=1)) ** 2  # 1 Hz apart
    assert fast[:, 9:].sum() < 1e-3 * fast.sum()


def test_the_known_solution_tracks_and_the_same_weights_with_the_wrong_sign_do_not():
    start = coding_network(rng=np.random.default_rng(1))
    known = written_down(start)
    assert known.w_rec == pytest.approx(-start.w_in @ start.w_out)
    wrong = start._replace(w_rec=0.1 * start.w_in @ start.w_out)
    good, none, bad = (
        tracking(w, rng=np.random.default_rng(2)).error
        for w in (known, start._replace(w_rec=0 * start.w_rec), wrong)
    )
    assert good < 0.25 < 1.0 < none < bad
    assert balance(known) == pytest.approx(1.0) and balance(wrong) == pytest.approx(-1.0)
    assert abs(balance(start)) < 0.2
    with pytest.raises(ValueError, match="weights must not make the neurons excite each other without end"):
        tracking(start._replace(w_rec=start.w_in @ start.w_out), rng=np.random.default_rng(2))


def test_who_says_nothing_has_an_error_of_1():
    start = coding_network(rng=np.random.default_rng(1))
    silent = start._replace(w_out=np.zeros((2, 30)))
    assert tracking(silent, rng=np.random.default_rng(2)).error == pytest.approx(1.0)


def test_the_pattern_is_not_the_size():
    """Weights of half the size and of twice the size have the same pattern, and errors of their own."""
    known = written_down(coding_network(rng=np.random.default_rng(1)))
    sized = [known._replace(w_rec=factor * known.w_rec) for factor in (0.5, 1.0, 2.0)]
    assert [balance(w) for w in sized] == pytest.approx([1.0, 1.0, 1.0])
    assert [balance_slope(w) for w in sized] == pytest.approx([0.5, 1.0, 2.0])
    errors = [tracking(w, rng=np.random.default_rng(2)).error for w in sized]
    assert errors[0] > 2 * errors[1] and errors[2] > 2 * errors[1]


@pytest.mark.parametrize("measure", [balance, balance_slope])
def test_the_diagonal_does_not_count(measure):
    start = coding_network(rng=np.random.default_rng(1))
    assert measure(start._replace(w_rec=start.w_rec + 9 * np.eye(30))) == pytest.approx(measure(start))


def test_forty_steps_make_a_small_network_better():
    start = coding_network(10, 1, rng=np.random.default_rng(3))
    learnt = learn_coding(start, 40, rng=np.random.default_rng(4)).weights
    before, after = (tracking(w, rng=np.random.default_rng(5)).error for w in (start, learnt))
    assert after < 0.8 < 1.0 < before  # silence has 1
    for name in ("w_in", "w_out", "drive"):
        assert np.array_equal(getattr(start, name), getattr(learnt, name))


def test_ten_seeds():
    """The error, with the gate that it learnt with and with a narrow one, and how like W is to −U O.

    What is learnt is compared with silence (1), with the same weights shuffled, and with what was written
    down. A network before it learns is no measure: its error is more than twice that of silence.
    """
    found = load_table("gated_coding")
    assert found["seed"].size == 10
    assert (found["error_before"] > 2.0).all()
    assert (found["error"] < 0.2).all() and spread(found["error_narrow"]).mean <= 0.2
    assert (found["error_shuffled"] > 0.9).all()
    assert (np.abs(found["match_before"]) < 0.2).all()
    assert spread(found["match"]).mean > 0.7
    assert ((found["slope"] > 0.5) & (found["slope"] < 0.7)).all()


def test_learning_matches_what_was_written_down_with_fewer_spikes():
    """−U O is worse and fires more, in each seed. Without its diagonal it is as good, at twice the rate: the
    paired difference of the errors is within its spread."""
    found = load_table("gated_coding")
    assert (found["error"] < found["error_written"]).all()
    assert (found["rate"] < found["rate_written"]).all()
    apart = spread(found["error_others"] - found["error"])
    assert abs(apart.mean) < apart.sd and (found["rate_others"] > 1.7 * found["rate"]).all()


def test_smaller_is_not_better_and_a_lower_price_buys_more_spikes():
    """−U O made as small as W is worse than −U O, and at a tenth of the price of the traces the network that
    is learnt fires more, both in each seed."""
    found = load_table("gated_coding")
    assert (found["error_small"] > found["error_written"]).all()
    assert (found["rate_cheap"] > found["rate"]).all()
