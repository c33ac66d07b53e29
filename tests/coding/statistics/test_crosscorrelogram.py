"""The cross-correlogram against elephant, theory, and peaks whose origin is known."""

import json
from pathlib import Path

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    correlated_spikes,
    cross_correlogram,
    jitter_predictor,
    poisson_spikes,
    shift_predictor,
    thinned_spikes,
)

RECORDING = Path(__file__).parents[2] / "reference" / "elephant_stats.json"


@pytest.mark.reference
def test_equal_to_elephant():
    recorded = json.loads(RECORDING.read_text(encoding="utf-8"))
    a, b = (Spikes(train, duration=recorded["t_stop_ms"]) for train in recorded["trains_ms"][:2])
    found = cross_correlogram(a, b, 2.0, 50.0)
    np.testing.assert_array_equal(found.lag / 2.0, recorded["cch_w25"]["lags"])
    np.testing.assert_array_equal(found.pairs, recorded["cch_w25"]["values"])


def test_strangers_have_as_many_pairs_as_their_rates_allow():
    """z-scores of the pairs are N(0, 1); lags as long as half the recording are corrected for."""
    rng = np.random.default_rng(1)
    a, b = (poisson_spikes(rate, 2e5, rng=rng) for rate in (30.0, 50.0))
    far = cross_correlogram(a, b, 500.0, 1e5)
    assert far.pairs[-1] == pytest.approx(far.expected[-1], rel=0.05)
    assert far.expected[-1] == pytest.approx(far.expected[200] / 2)
    near = cross_correlogram(a, b, 1.0, 100.0)
    z = (near.pairs - near.expected) / np.sqrt(near.expected)
    assert abs(z.mean()) < 5 / np.sqrt(z.size) and abs(z.std() - 1) < 5 / np.sqrt(2 * z.size)


def test_shared_spikes_are_a_peak_of_known_height():
    """Of r T spikes each a share c is common to both."""
    spikes = correlated_spikes(40.0, 0.2, 5e5, 2, rng=np.random.default_rng(2))
    one, two = (Spikes(train, duration=spikes.duration) for train in spikes)
    found = cross_correlogram(one, two, 1.0, 20.0)
    above = found.pairs[20] - found.expected[20]
    expected = 0.2 * 40.0 * 500.0
    assert above == pytest.approx(expected, abs=5 * np.sqrt(expected + found.expected[20]))


def test_a_delay_is_a_peak_on_the_right():
    a = poisson_spikes(20.0, 1e5, rng=np.random.default_rng(3))
    b = Spikes(a.times[a.times < 99_990] + 7.0, duration=1e5)
    found = cross_correlogram(a, b, 1.0, 20.0)
    assert found.lag[found.pairs.argmax()] == 7
    np.testing.assert_array_equal(cross_correlogram(b, a, 1.0, 20.0).pairs, found.pairs[::-1])


def test_a_common_stimulus_is_predicted_by_shifting_trials_and_shared_spikes_are_not():
    rng = np.random.default_rng(4)
    rate = 40.0 * (1 + np.sin(2 * np.pi * np.arange(1000) / 50.0))  # a cycle of 50 ms
    a, b = (thinned_spikes(rate, 1.0, 200, rng=rng) for _ in range(2))
    raw, shifted = cross_correlogram(a, b, 1.0, 25.0), shift_predictor(a, b, 1.0, 25.0)
    by_theory = 1.5 * raw.expected[25]  # the mean square of the rate over the square of its mean
    assert raw.pairs[25] == pytest.approx(by_theory, abs=4.5 * np.sqrt(by_theory))
    off = (raw.pairs - shifted.pairs) / np.sqrt(raw.pairs + shifted.pairs)
    assert np.abs(off).max() < 4.5
    common = poisson_spikes(10.0, 1000.0, 200, rng=rng)
    both = cross_correlogram(a.merge(common), b.merge(common), 1.0, 25.0)
    without = shift_predictor(a.merge(common), b.merge(common), 1.0, 25.0)
    assert both.pairs[25] - without.pairs[25] == pytest.approx(
        common.n_spikes, abs=5 * np.sqrt(both.pairs[25] + without.pairs[25])
    )


def test_jitter_keeps_what_is_slow_and_loses_what_is_fast():
    rng = np.random.default_rng(5)
    rate = np.repeat(rng.uniform(0, 80, 400), 100)  # changes every 100 ms
    a, b = (thinned_spikes(rate, 1.0, rng=rng) for _ in range(2))
    common = poisson_spikes(5.0, a.duration, rng=rng)
    a, b = a.merge(common), b.merge(common)
    raw = cross_correlogram(a, b, 1.0, 20.0)
    predicted, spread = jitter_predictor(a, b, 1.0, 20.0, 10.0, rng=rng)
    z = (raw.pairs - predicted.pairs) / spread
    assert z[20] > 8
    assert np.abs(np.delete(z, 20)).max() < 4.5
    far = np.abs(raw.lag) > 12
    assert predicted.pairs[far].mean() == pytest.approx(raw.pairs[far].mean(), rel=0.05)
    assert raw.pairs[far].mean() > 1.15 * raw.expected[far].mean()


def test_bad_input_is_named():
    a = Spikes([1.0], duration=10)
    for arguments, error, sentence in [
        (([1.0], a, 1.0, 5.0), TypeError, "a must be Spikes, got list"),
        ((a, Spikes([], duration=9), 1.0, 5.0), ValueError, r"of a \(1, 10 ms\), got 1, 9 ms"),
        ((a, a, 1.0, 2.5), ValueError, r"max_lag must be a multiple of bin_width \(1 ms\), got 2\.5"),
        ((a, a, 1.0, 10.0), ValueError, r"max_lag must be below the duration \(10 ms\), got 10"),
    ]:
        with pytest.raises(error, match=sentence):
            cross_correlogram(*arguments)
    with pytest.raises(ValueError, match="a must have one unit for each of two trials or more, got 1"):
        shift_predictor(a, a, 1.0, 5.0)
    with pytest.raises(TypeError, match=r"rng must be a numpy\.random\.Generator such as .*, got 1"):
        jitter_predictor(a, a, 1.0, 5.0, 2.0, rng=1)
