"""A long train with a dead time: its statistics are those of the library, its law is the closed form."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import fano_in_time
from snnlab.coding.statistics import dead_time_statistics as module
from snnlab.coding.statistics.dead_time_statistics import dead_time_statistics

SEED = np.uint64(3)


def train(rate, dead_time, swing, window=100.0, spikes=20_000):
    seen, times = module.recorded(), np.empty(spikes)
    module.run_statistics(
        seen, times, rate, dead_time, swing, window, module.STRETCH, 2.0, module.WINDOW_STEP, SEED
    )
    return seen, times


@pytest.mark.parametrize(("dead_time", "swing"), [(0.0, 0.0), (5.0, 0.0), (4.0, 50.0)])
def test_they_are_the_statistics_of_the_train(dead_time, swing):
    blank, times = train(60.0, dead_time, swing, window=130.0)
    seen = dead_time_statistics(60.0, dead_time, swing, 130.0, 20_000, rng=SEED)
    intervals = np.diff(times, prepend=0.0)
    assert intervals.min() >= dead_time
    assert seen.cv == blank.cv[0] == pytest.approx(intervals.std() / intervals.mean())
    assert seen.measured == pytest.approx(1000.0 / intervals.mean())
    shares = np.histogram(intervals, np.arange(0, 101, 2.0))[0] / 200.0
    np.testing.assert_allclose(seen.intervals, shares, atol=1e-9)
    spikes = Spikes(times, duration=times[-1] + 1e-6)
    assert seen.fano == pytest.approx(fano_in_time(spikes, 130.0)[0])
    np.testing.assert_allclose(seen.fano_curve[[0, 19]], [fano_in_time(spikes, w)[0] for w in (10.0, 200.0)])


@pytest.mark.parametrize("dead_time", [0.0, 2.0, 6.0])
def test_the_law_and_its_coefficient_of_variation_are_the_closed_form(dead_time):
    seen = dead_time_statistics(50.0, dead_time, rng=SEED)
    edges = np.arange(0, 101, 2.0)
    below = 1.0 - np.exp(-0.05 / (1 - 0.05 * dead_time) * np.maximum(edges - dead_time, 0.0))
    np.testing.assert_allclose(seen.law, 100 * np.diff(below))
    assert seen.theory == pytest.approx(1 - 0.05 * dead_time)
    assert abs(seen.cv - seen.theory) < 4.5 / np.sqrt(seen.n)


def test_a_swing_changes_the_rate_every_second():
    """Without a dead time the mean rate of every other second is r (1 + m), of those between r (1 − m)."""
    _, times = train(80.0, 0.0, 40.0)
    cycle = 2 * module.STRETCH
    whole = times[times < times[-1] // cycle * cycle]
    high = (whole % cycle < module.STRETCH).mean()
    assert abs(high - 0.7) < 4.5 * np.sqrt(0.7 * 0.3 / whole.size)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": 0.0}, "rate must be positive and finite, got 0"),
        ({"dead_time": 50.0}, "dead_time must be below the mean interval at most (25 ms), got 50"),
        ({"swing": 200.0}, "swing / 100 must be"),
        ({"window": 1e9}, "spikes must be enough for many windows of 1e+09 ms, got 100000"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        dead_time_statistics(**({"rate": 40.0, "dead_time": 1.0, "rng": SEED} | wrong))
    assert str(failure.value).startswith(sentence)
