"""The gate of a pool passes the rate of its fastest input, where every spike passing gives more."""

import numpy as np
import pytest

from snnlab.learning.conversion.pooling import max_gate


def test_the_gate_has_the_largest_rate_and_all_spikes_together_have_more():
    rng = np.random.default_rng(1)
    s = (rng.random((4000, 3)) < [0.2, 0.5, 0.45]).astype(float)
    assert max_gate(s).mean() == pytest.approx(s.mean(axis=0).max(), abs=0.02)
    assert s.any(axis=1).mean() > s.mean(axis=0).max() + 0.2  # the control: no gate


def test_a_loop_says_the_same():
    s = (np.random.default_rng(2).random((200, 4)) < 0.4).astype(float)
    counts, passed = [0] * 4, []
    for row in s:
        counts = [n + k for n, k in zip(counts, row, strict=True)]
        passed.append(row[counts.index(max(counts))])
    assert max_gate(s).tolist() == passed


def test_a_single_input_passes():
    assert max_gate([[1], [0], [1]]).tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("s", "sentence"),
    [
        (np.ones((3, 0)), "s must have at least one input, got none"),
        ([[0.5]], "s must hold 0 and 1 only, got 0.5"),
        ([1, 0], r"s must have shape \(steps, inputs\), got \(2,\)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(s, sentence):
    with pytest.raises(ValueError, match=sentence):
        max_gate(s)
