"""Connections that are given: what they hold, and what is refused."""

import numpy as np
import pytest

from snnlab.networks import Connections, from_list, from_matrix
from snnlab.networks.wiring.connections import check_connections


def test_a_matrix_comes_back_from_its_connections():
    rng = np.random.default_rng(1)
    w = rng.normal(size=(5, 7)) * (rng.random((5, 7)) < 0.4)
    delay = rng.integers(0, 30, (5, 7)) / 10
    lines = from_matrix(w, delay)
    again = np.zeros((5, 7))
    again[lines.post, lines.pre] = lines.w
    np.testing.assert_array_equal(again, w)
    np.testing.assert_array_equal(lines.delay, delay[lines.post, lines.pre])
    assert (lines.n_pre, lines.n_post) == (7, 5)
    assert (np.diff(lines.pre) >= 0).all()


def test_one_weight_and_one_delay_are_for_all():
    lines = from_list([2, 0], [1, 1], -3, 0.5, n_pre=3, n_post=2)
    assert [x.dtype for x in lines[:4]] == [np.int32, np.int32, np.float64, np.float64]
    assert (lines.w.tolist(), lines.delay.tolist()) == ([-3.0, -3.0], [0.5, 0.5])


def test_no_synapse_is_none():
    lines = from_list([], [], n_pre=3, n_post=2)
    assert [x.size for x in lines[:4]] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: from_list([0], [2], n_pre=1, n_post=2), r"post must be from 0 to 1, got 2 at position 0"),
        (lambda: from_list([0, -1], [0, 0], n_pre=1, n_post=2), "pre must be from 0 to 0, got -1 at"),
        (lambda: from_list([0], [0, 1], n_pre=1, n_post=2), r"post must be as many as pre \(1\), got 2"),
        (lambda: from_list([0], [0], [1, 2], n_pre=1, n_post=1), r"w must be as many as pre \(1\), got 2"),
        (lambda: from_list([0], [0], delay=-1, n_pre=1, n_post=1), "delay must be zero or positive, got -1"),
        (lambda: from_list([0], [0], np.inf, n_pre=1, n_post=1), "w must be finite, got inf"),
        (lambda: from_list([[0]], [0], n_pre=1, n_post=1), r"pre must have shape \(synapses,\), got"),
        (lambda: from_list([0], [0], n_pre=0, n_post=1), "n_pre must be at least 1, got 0"),
        (lambda: from_list([0], [0], n_pre=1, n_post=2**31), "n_post must be at most 2147483647, got"),
        (lambda: from_matrix([1.0]), r"w must have shape \(n_post, n_pre\), got \(1,\)"),
        (lambda: from_matrix([[1.0]], [[1.0, 2.0]]), r"delay must be a number or have shape \(1, 1\), got"),
    ],
)  # fmt: skip
def test_bad_input_names_argument_rule_and_value(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_wrong_type_is_named():
    with pytest.raises(TypeError, match=r"connections must be Connections, or .*, got list"):
        check_connections([])
    with pytest.raises(TypeError, match="pre must be whole numbers, got float64"):
        check_connections(Connections(np.zeros(1), np.zeros(1, int), np.ones(1), np.ones(1), 1, 1))
