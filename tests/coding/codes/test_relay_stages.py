"""Stages in a row against their closed forms."""

import math

import numpy as np
import pytest

from snnlab.coding import first_spike_correct
from snnlab.coding.codes.reaction import count_correct, relay_correct
from snnlab.coding.codes.relay_stages import race_stages

TRIALS = 10_000


@pytest.mark.parametrize(
    ("strong", "weak", "n", "stages", "window"),
    [(80.0, 20.0, 1, 1, 10.0), (95.0, 5.0, 3, 4, 6.0), (100.0, 0.0, 2, 10, 4.0)],
)
def test_accuracy_and_time_are_those_of_the_closed_forms(strong, weak, n, stages, window):
    found = race_stages(strong, weak, n, stages, window, trials=TRIALS, rng=np.random.default_rng(1))
    first = relay_correct(first_spike_correct(strong, weak), stages)
    count = relay_correct(count_correct(strong, weak, window, n), stages)
    assert abs(found.first_right.mean() - first) <= 4.5 * math.sqrt(first * (1 - first) / TRIALS) + 1e-12
    assert abs(found.count_right.mean() - count) <= 4.5 * math.sqrt(count * (1 - count) / TRIALS)
    wait = 1000.0 / (n * (strong + weak))
    assert abs(found.first_time.mean() - stages * wait) < 4.5 * math.sqrt(stages / TRIALS) * wait
    # the kurtosis of the sum of exponential waits is 3 + 6/stages
    assert found.first_time.var() / (stages * wait**2) == pytest.approx(
        1, abs=4.5 * math.sqrt((2 + 6 / stages) / TRIALS)
    )
    assert found.count_time == stages * window


def test_bad_input_is_named():
    right = {
        "strong": 50.0,
        "weak": 20.0,
        "n": 2,
        "stages": 3,
        "window": 5.0,
        "rng": np.random.default_rng(1),
    }
    for wrong, sentence in [
        ({"strong": 0.0}, "strong must be positive and finite, got 0"),
        ({"window": 0.0}, "window must be positive and finite, got 0"),
        ({"stages": 0}, "stages must be at least 1, got 0"),
        ({"window": 1e12}, "number of spikes must be at most"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            race_stages(**(right | wrong))
