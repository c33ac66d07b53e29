"""Jitter of five codes against a reader who knows nothing: what a chapter says of a heartbeat."""

import numpy as np
import pytest

from snnlab.coding.codes.jittered_codes import jittered_codes
from snnlab.data import load_ecg

LOW, HIGH, SEED = -0.65, 0.65, np.uint64(1)
HEART = load_ecg().values[2000:6000].round(4)


def heard(jitter, code, seed=SEED):
    return jittered_codes(HEART, jitter, code, LOW, HIGH, rng=seed)


def test_without_jitter_each_code_beats_the_mean_and_the_mean_beats_a_shuffle():
    seen = heard(0.0, 2)
    exact = [seen.by_count[0], seen.by_time[0], seen.by_burst[0], seen.by_row[0], seen.by_level[0]]
    assert max(exact) < seen.constant < seen.shuffled
    assert seen.constant == pytest.approx(np.abs(HEART - HEART.mean()).mean(), abs=1e-6)
    assert seen.jitters[[0, -1]].tolist() == [0.0, 3.0]


def test_a_millisecond_of_jitter_is_worse_than_knowing_nothing_for_two_codes_of_five():
    """By more than the spread of ten draws; a row of neurons, crossings and a regular count stay below."""
    for code in range(1, 6):
        seen = heard(1.0, code)
        lead = (seen.constant - seen.error) / (seen.scatter / np.sqrt(seen.draws.size))
        assert lead < -5 if code in (2, 3) else lead > 5
        assert seen.scatter == pytest.approx(seen.draws.std(ddof=1))


def test_the_chosen_code_is_a_point_of_its_curve():
    for code, name in enumerate(("by_count", "by_time", "by_burst", "by_row", "by_level"), start=1):
        seen = heard(1.5, code, np.uint64(4))
        assert seen.error == pytest.approx(getattr(seen, name)[np.flatnonzero(seen.jitters == 1.5)[0]])
        assert np.all(np.diff(seen.ticks) >= 0) and seen.which == code - 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": 6}, "code must be at most 5, got 6"),
        ({"jitter": -1.0}, "jitter must be zero or positive, and finite, got -1"),
        ({"signal": np.zeros(30)}, "signal must have whole windows of 20 ms, got 30 ms"),
        ({"signal": np.full(40, 2.0)}, "values must lie from 0 to 1, got 2 to 2"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        jittered_codes(**({"signal": np.full(40, 0.5), "jitter": 1.0, "code": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
