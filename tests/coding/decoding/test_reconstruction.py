"""Stimulus reconstruction: normal equations, a kernel that is known, a real receptor."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import cross_validate, fit_decoder, poisson_spikes, reconstruct, thinned_spikes
from snnlab.data import load_grasshopper


def white(seed, steps=4000):
    return np.random.default_rng(seed).normal(size=steps)


@pytest.mark.equation("decode-orthogonal")
def test_the_error_is_uncorrelated_with_spikes_at_every_lag():
    stimulus = np.convolve(white(1), np.ones(5) / 5, "same")
    spikes = thinned_spikes(np.maximum(50 + 60 * stimulus, 0), 1.0, 2, rng=np.random.default_rng(2))
    decoder = fit_decoder(spikes, stimulus, 1.0, -20.0, 10.0)
    error, counts = stimulus - reconstruct(spikes, decoder), spikes.counts(1.0)
    assert abs(error.sum()) < 1e-8
    for lag in range(-20, 11):
        moved = np.zeros_like(counts)
        moved[max(lag, 0) : 4000 + min(lag, 0)] = counts[max(-lag, 0) : 4000 - max(lag, 0)]
        assert np.abs(moved.T @ error).max() < 1e-7, lag


@pytest.mark.equation("decode-sum")
def test_a_stimulus_that_is_a_sum_of_kernels_is_read_without_error():
    spikes = poisson_spikes(40.0, 3000.0, 2, rng=np.random.default_rng(3))
    kernels = np.random.default_rng(4).normal(size=(7, 2))
    stimulus = 0.5 + np.zeros(3000)
    for times, kernel in zip(spikes, kernels.T, strict=True):
        for step in times.astype(int):
            for lag, value in zip(range(-4, 3), kernel, strict=True):
                if 0 <= step + lag < 3000:
                    stimulus[step + lag] += value
    decoder = fit_decoder(spikes, stimulus, 1.0, -4.0, 2.0)
    assert decoder.offset == pytest.approx(0.5, abs=1e-10)
    np.testing.assert_allclose(decoder.kernel, kernels, atol=1e-10)
    np.testing.assert_allclose(reconstruct(spikes, decoder), stimulus, atol=1e-10)
    assert cross_validate(spikes, stimulus, 1.0, -4.0, 2.0).correlation == pytest.approx(1, abs=1e-10)


def test_cross_validation_never_sees_what_it_guesses():
    """Without any relation a fit to its own data looks good, a validated one does not."""
    spikes, stimulus = poisson_spikes(80.0, 600.0, rng=np.random.default_rng(5)), white(6, 600)
    own = reconstruct(spikes, fit_decoder(spikes, stimulus, 1.0, -50.0, 50.0))
    assert np.corrcoef(own, stimulus)[0, 1] > 0.3
    found = cross_validate(spikes, stimulus, 1.0, -50.0, 50.0)
    assert np.corrcoef(found.estimate, stimulus)[0, 1] < 0.15
    fold = slice(120, 240)
    changed = stimulus.copy()
    changed[fold] = 1000.0
    again = cross_validate(spikes, changed, 1.0, -50.0, 50.0)
    np.testing.assert_allclose(again.estimate[fold], found.estimate[fold], rtol=1e-5, atol=1e-6)


def test_a_ridge_makes_the_kernel_small():
    spikes, stimulus = poisson_spikes(80.0, 600.0, rng=np.random.default_rng(7)), white(8, 600)
    sizes = [
        np.abs(fit_decoder(spikes, stimulus, 1.0, -30.0, 30.0, ridge).kernel).sum() for ridge in (0, 1, 1e6)
    ]
    assert sizes[0] > 2 * sizes[1] and sizes[2] < 1e-4 * sizes[0]


def test_a_grasshopper_tells_what_it_heard():
    """Recording 1, 1 ms bins, ±30 ms, five parts: at least 0.50 on the envelope, 0.52 in decibels."""
    correlations = []
    for recording in (1, 2):
        heard = load_grasshopper(recording)
        envelope = heard.stimulus.reshape(-1, 2).mean(axis=1)
        for stimulus in (envelope, 20 * np.log10(envelope)):
            correlations.append(cross_validate(heard.spikes, stimulus, 1.0, -30.0, 30.0).correlation.mean())
    assert correlations[0] >= 0.50 and correlations[1] >= 0.52
    assert 0.25 < correlations[2] < correlations[0]


def test_bad_input_is_named():
    spikes, stimulus = Spikes([1.0], duration=10), np.arange(10.0)
    cases = [
        ({"spikes": [1.0]}, TypeError, "spikes must be Spikes, got list"),
        ({"stimulus": np.arange(9.0)}, ValueError, r"one value a step \(10 of 1 ms\), got 9"),
        ({"stimulus": [np.nan] * 10}, ValueError, "stimulus must be finite"),
        ({"first": -1.5}, ValueError, r"first must be a multiple of dt \(1 ms\), got -1.5"),
        ({"last": -3.0}, ValueError, r"last must be at least first \(-2 ms\), got -3"),
        ({"first": -10.0}, ValueError, "first and last must lie within 10 ms, got -10 and 2"),
        ({"ridge": -1.0}, ValueError, "ridge must be zero or positive"),
    ]
    right = {"spikes": spikes, "stimulus": stimulus, "dt": 1.0, "first": -2.0, "last": 2.0}
    for wrong, error, sentence in cases:
        with pytest.raises(error, match=sentence):
            fit_decoder(**(right | wrong))
    with pytest.raises(ValueError, match="folds must leave two steps or more in each part, got 6"):
        cross_validate(**right, folds=6)
    decoder = fit_decoder(**right)
    with pytest.raises(ValueError, match="spikes must have 1 units, got 2"):
        reconstruct(Spikes.stack([spikes, spikes]), decoder)
