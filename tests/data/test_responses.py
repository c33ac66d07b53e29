"""Spikes with their stimuli, as they were recorded."""

import numpy as np
import pytest

from snnlab.coding import tuning_curve
from snnlab.data import load_grasshopper, load_head_direction


@pytest.mark.parametrize(("recording", "count"), [(1, 929), (2, 868)])
def test_the_grasshopper(recording, count):
    """The numbers of spikes of the description; the louder a while ago, the more spikes."""
    heard = load_grasshopper(recording)
    assert heard.spikes.n_spikes == count and heard.spikes.n_units == 1
    assert heard.stimulus.size * heard.dt == heard.spikes.duration == 10_000
    loudness = np.convolve(heard.stimulus, np.full(10, 0.1))[: heard.stimulus.size]  # of the last 5 ms
    before = np.roll(loudness, 8)  # 4 ms ago: a sound takes its time to become a spike
    curve = tuning_curve(heard.spikes, before, heard.dt, np.quantile(before, [0, 0.25, 0.5, 0.75, 1]))
    assert curve.time == pytest.approx(np.full(4, 2500.0), abs=10)
    assert np.all(np.diff(curve.rate[:, 0]) > 0) and curve.rate[3, 0] > 5 * curve.rate[0, 0]


def test_head_direction_cells_prefer_a_direction():
    """Eight of the fifteen fire at least five times as often in one direction as on the other side."""
    mouse = load_head_direction()
    assert (mouse.spikes.n_units, mouse.spikes.n_spikes) == (15, 44_618)
    assert 0 <= mouse.stimulus.min() and mouse.stimulus.max() < 2 * np.pi
    rate = tuning_curve(mouse.spikes, mouse.stimulus, mouse.dt, np.linspace(0, 2 * np.pi, 13)).rate
    best = rate.argmax(axis=0)
    opposite = rate[(best + 6) % 12, np.arange(15)]
    assert np.count_nonzero((rate.max(axis=0) > 5 * opposite) & (rate.max(axis=0) > 10)) >= 7


def test_the_direction_keeps_the_time_of_the_spikes():
    """They end together, and the lag at which the direction tells most of the spikes does not grow.

    The cells fire some 75 ms ahead of the head. A step 0.2 % too long makes that a second at the end.
    """
    mouse = load_head_direction()
    assert mouse.dt == pytest.approx(3 * (1_199_994.95 - 670_640.7) / 63_526, rel=1e-12, abs=0)
    assert abs(mouse.stimulus.size * mouse.dt - mouse.spikes.duration) < mouse.dt
    seven, edges, tenth = mouse.spikes[:7], np.linspace(0, 2 * np.pi, 19), mouse.stimulus.size // 10
    lags = np.arange(-4, 41)  # steps: the direction is taken 100 ms earlier to a second later

    def told(k, lag):
        """Bits a spike, of the seven cells in a tenth of the recording."""
        fired = seven.between(k * tenth * mouse.dt, (k + 1) * tenth * mouse.dt)
        seen = np.roll(mouse.stimulus, -lag)[k * tenth : (k + 1) * tenth]
        curve = tuning_curve(fired, seen, mouse.dt, edges)
        share, rate = curve.time[:, None] / curve.time.sum(), np.nan_to_num(curve.rate)
        mean = (share * rate).sum(axis=0)
        return (share * rate / mean * np.log2(np.where(rate > 0, rate / mean, 1))).sum()

    best = mouse.dt * np.array([lags[np.argmax([told(k, lag) for lag in lags])] for k in range(10)])
    assert np.all((best >= 0) & (best <= 200)), best
    assert abs(np.polyfit(np.arange(10), best, 1)[0]) * 9 < 50, best  # ms from the first tenth to the last


def test_there_are_two_recordings_of_the_grasshopper():
    with pytest.raises(ValueError, match="recording must be 1 or 2, got 3"):
        load_grasshopper(3)
