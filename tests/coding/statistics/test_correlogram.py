"""The autocorrelogram against pairs counted one by one, and against the theory."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import autocorrelogram, gamma_spikes, poisson_spikes


def test_pairs_are_those_of_a_plain_count():
    spikes = poisson_spikes(40.0, 3000.0, 3, rng=np.random.default_rng(1))
    found = autocorrelogram(spikes, 2.5, 100.0)
    for k, train in enumerate(spikes):
        lags = (train[None, :] - train[:, None])[np.triu_indices(train.size, 1)]
        counts = np.histogram(lags, bins=np.arange(0, 100.1, 2.5))[0]
        np.testing.assert_array_equal(found.pairs[:, k], counts)


def test_a_poisson_train_has_its_rate_at_every_lag():
    """Also at lags that are long against the recording, where many partners are cut off."""
    rates = autocorrelogram(
        poisson_spikes(40.0, 2000.0, 400, rng=np.random.default_rng(2)), 50.0, 1500.0
    ).rate
    mean, error = rates.mean(axis=1), rates.std(axis=1) / np.sqrt(400)
    assert np.all(np.abs(mean - 40) < 4.5 * error)


def test_a_regular_train_has_peaks_at_the_multiples_of_its_interval():
    found = autocorrelogram(gamma_spikes(50.0, 100.0, 2e5, rng=np.random.default_rng(3)), 1.0, 45.0)
    assert abs(found.lag[:30][found.rate[:30, 0].argmax()] - 20) < 2
    assert abs(found.lag[30:][found.rate[30:, 0].argmax()] - 40) < 3


def test_a_lag_on_a_border_belongs_to_the_later_bin():
    train = Spikes(
        [0.1, 0.4], duration=2
    )  # 0.4 − 0.1 is a little more than 0.3, 0.3 / 0.1 a little less than 3
    assert autocorrelogram(train, 0.1, 0.5).pairs.ravel().tolist() == [0, 0, 0, 1, 0]


def test_silence_is_nan():
    assert np.isnan(autocorrelogram(Spikes([], duration=100), 1.0, 10.0).rate).all()


def test_bad_input_is_named():
    silent = Spikes([], duration=100)
    with pytest.raises(ValueError, match=r"max_lag must be a multiple of bin_width \(3 ms\), got 10"):
        autocorrelogram(silent, 3.0, 10.0)
    with pytest.raises(ValueError, match=r"max_lag must be below the duration \(100 ms\), got 100"):
        autocorrelogram(silent, 1.0, 100.0)
