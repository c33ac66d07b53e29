"""A minute of a mouse that looks around: it is read by Bayes' rule, and by what the other half taught."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import angle_between, bayes_posterior, tuning_curve
from snnlab.coding.decoding.facing_minute import BINS, SMOOTHING, facing_minute, taught
from snnlab.coding.decoding.population_decoding import smooth_around
from snnlab.data import load_head_direction

BEGIN = 60_000.0


@pytest.fixture(scope="module")
def mouse():
    return load_head_direction()


@pytest.mark.parametrize(("cells", "window"), [(7, 200), (1, 50), (4, 1600)])
def test_the_minute_is_read_as_bayes_rule_reads_it(mouse, cells, window):
    spikes, n = mouse.spikes[list(range(6, 6 - cells, -1))], 60_000 // window
    seen = facing_minute(spikes, mouse.stimulus, mouse.dt, window)
    counts = spikes.between(BEGIN, BEGIN + n * window).counts(window)
    rate = taught(spikes, mouse.stimulus, mouse.dt, BEGIN).rate
    posterior = bayes_posterior(counts, rate, window)
    guess = (posterior.argmax(axis=1) + 0.5) * 2 * np.pi / BINS
    middle = (np.arange(mouse.stimulus.size) + 0.5) * mouse.dt
    truth = np.interp(BEGIN + window * np.arange(1, n + 1), middle, np.unwrap(mouse.stimulus))
    off = np.degrees(angle_between(guess, truth))
    assert seen.n == n and seen.errors == pytest.approx(np.sort(off), abs=0.06)
    assert seen.error == pytest.approx(np.median(off), abs=0.06)
    assert seen.lost == pytest.approx(100 * np.mean(off > 90), abs=0.5)
    assert seen.off.sum() == pytest.approx(100)
    drawn = np.repeat(np.degrees(guess), window // 50)[240:560]  # 16 s from 12 s on, in steps of 50 ms
    line = ~np.isnan(seen.guess)
    assert line.mean() > 0.5 and seen.guess[line] % 360 == pytest.approx(drawn[line])


def test_what_is_learnt_is_learnt_from_the_other_half(mouse):
    spikes, half = mouse.spikes[:7], mouse.spikes.duration / 2
    learnt = taught(spikes, mouse.stimulus, mouse.dt, BEGIN)
    start, stop = 50 * np.ceil(half / 50), 50 * np.floor(2 * half / 50)
    seen = mouse.stimulus[round(start / mouse.dt) : round(stop / mouse.dt)]
    curve = tuning_curve(spikes.between(start, stop), seen, mouse.dt, np.linspace(0, 2 * np.pi, BINS + 1))
    rate = smooth_around(curve, np.radians(SMOOTHING)).rate
    assert learnt.rate == pytest.approx(np.maximum(rate, 0.1), abs=6e-4)
    middle = (np.arange(mouse.stimulus.size) + 0.5) * mouse.dt
    for k, window in ((0, 50), (3, 200), (31, 1600)):
        ends = np.arange(np.ceil(half / window), np.floor(2 * half / window) + 1) * window
        turns = np.diff(np.interp(ends, middle, np.unwrap(mouse.stimulus)))
        assert learnt.turn[k] == pytest.approx(np.sqrt(np.mean(turns**2)), abs=6e-5)


def test_a_memory_helps_short_windows(mouse):
    hasty = (mouse.spikes[:7], mouse.stimulus, mouse.dt, 50)
    assert facing_minute(*hasty, memory=0.9).error < facing_minute(*hasty).error - 2
    one = (mouse.spikes[[6]], mouse.stimulus, mouse.dt, 50)
    assert facing_minute(*one, memory=0.9).error < facing_minute(*one).error / 2


def test_a_long_window_tells_where_the_mouse_was(mouse):
    """Windows of 1600 ms are right about their middle, and late at their end; short ones are not."""

    def off(window, share):
        spikes, n = mouse.spikes[:7], 60_000 // window
        counts = spikes.between(BEGIN, BEGIN + n * window).counts(window)
        rate = taught(spikes, mouse.stimulus, mouse.dt, BEGIN).rate
        guess = (bayes_posterior(counts, rate, window).argmax(axis=1) + 0.5) * 2 * np.pi / BINS
        middle = (np.arange(mouse.stimulus.size) + 0.5) * mouse.dt
        when = BEGIN + window * (np.arange(n) + share)
        truth = np.interp(when, middle, np.unwrap(mouse.stimulus))
        return np.median(np.degrees(angle_between(guess, truth)))

    long = facing_minute(mouse.spikes[:7], mouse.stimulus, mouse.dt, 1600).error
    assert off(1600, 1.0) == pytest.approx(long, abs=0.06)
    assert off(1600, 0.5) < off(1600, 1.0) - 4
    assert off(200, 0.5) > off(200, 1.0)


def test_bad_input_names_argument_rule_and_value():
    spikes, direction = Spikes([1.0, 7.0], duration=200_000), np.zeros(2000)
    for arguments, error, sentence in [
        (([1.0], direction, 100), TypeError, "spikes must be Spikes, got list"),
        ((spikes, direction, 0), ValueError, "dt must be positive and finite, got 0"),
        ((spikes, direction, 100, 75), ValueError, "window must be 50, 100, … 1600 ms, got 75"),
        ((spikes, direction, 100, 1650), ValueError, "window must be 50, 100, … 1600 ms, got 1650"),
        ((spikes, direction, 100, 50, 1.5), ValueError, "memory must be between 0 and 1, got 1.5"),
        ((spikes, direction, 100), ValueError, "leave a minute of the first half .100000 ms., got 60000"),
    ]:
        with pytest.raises(error, match=sentence):
            facing_minute(*arguments)
