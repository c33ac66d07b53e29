"""The Wiener filter: closed forms, the least-squares kernel of a real receptor, and what is left."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import coherence, fit_decoder, fit_wiener, poisson_spikes, reconstruct, thinned_spikes
from snnlab.data import load_grasshopper

RATE, DEPTH, BAND, STEPS = 200.0, 0.3, 60.0, 200_000


@pytest.fixture(scope="module")
def modulated():
    """200 s of a Gaussian stimulus up to 60 Hz, the spikes of r0 (1 + c s), and their filter."""
    rng = np.random.default_rng(2)
    spectrum = np.fft.rfft(rng.normal(size=STEPS))
    spectrum[np.fft.rfftfreq(STEPS, 1e-3) > BAND] = 0.0
    stimulus = np.fft.irfft(spectrum, STEPS)
    stimulus /= stimulus.std()
    spikes = thinned_spikes(RATE * np.maximum(1 + DEPTH * stimulus, 0), 1.0, rng=rng)
    return stimulus, spikes, fit_wiener(spikes, stimulus, 1.0, 500, BAND)


def test_of_a_modulated_poisson_process_all_is_known(modulated):
    """K, γ² and the bound of the information rate, within 5 % of theory."""
    _, _, found = modulated
    density = 1 / (2 * BAND)
    told = RATE * DEPTH**2 * density
    inside = (found.frequency > 4) & (found.frequency < 56)
    assert found.transfer[inside].mean().real == pytest.approx(1e3 * DEPTH * density / (1 + told), rel=0.05)
    unbiased = (found.coherence[inside].mean() - found.chance) / (1 - found.chance)
    assert unbiased == pytest.approx(told / (1 + told), rel=0.05)
    assert found.bound == pytest.approx(BAND * np.log2(1 + told), rel=0.05)
    assert np.abs(found.transfer[found.frequency > 70]).max() < 1e-3 * np.abs(found.transfer[inside]).min()


def test_the_kernel_is_that_of_a_band(modulated):
    """K sin(2π F t) / (π t): symmetric, as white spikes know nothing of the direction of time."""
    _, _, found = modulated
    density = 1 / (2 * BAND)
    gain = DEPTH * density / (1 + RATE * DEPTH**2 * density)
    lag, kernel = found.decoder.lag, found.decoder.kernel[:, 0]
    expected = gain * 2 * BAND * np.sinc(2 * BAND * lag / 1000)
    assert np.corrcoef(kernel, expected)[0, 1] > 0.98
    assert kernel[lag == 0.0][0] == pytest.approx(expected.max(), rel=0.05)


def test_nothing_is_left_that_spikes_could_explain(modulated):
    """Correlation of the error with spikes at 400 lags, and its coherence: what chance shows, 4.5 errors."""
    stimulus, spikes, found = modulated
    counts = spikes.counts(1.0)[:, 0] - spikes.counts(1.0).mean()
    error = stimulus - np.convolve(counts, found.decoder.kernel[:, 0])[250 : 250 + STEPS]

    def furthest(signal):
        both = np.fft.rfft(signal - signal.mean()) * np.fft.rfft(counts).conj()
        lags = np.fft.irfft(both, STEPS) / (STEPS * signal.std() * counts.std())
        return max(np.abs(lags[:200]).max(), np.abs(lags[-200:]).max())

    allowed = 4.5 / np.sqrt(STEPS)  # counts are white
    assert furthest(error) < allowed < 0.1 * furthest(stimulus)
    left = coherence(counts, error, 1.0, 500).coherence[(found.frequency > 4) & (found.frequency < 56)]
    assert left.mean() < found.chance


@pytest.mark.parametrize(("recording", "bound"), [(1, 0.999), (2, 0.997)])
def test_a_grasshopper_s_kernel_is_that_of_least_squares(recording, bound):
    """Within ±30 ms the kernels correlate to 0.999 and 0.997; they read the sound equally well to 0.015."""
    heard = load_grasshopper(recording)
    envelope = heard.stimulus.reshape(-1, 2).mean(axis=1)
    squares = fit_decoder(heard.spikes, envelope, 1.0, -30.0, 30.0, ridge=1e-3)
    found = fit_wiener(heard.spikes, envelope, 1.0, 200)
    near = np.abs(found.decoder.lag) <= 30
    assert np.corrcoef(found.decoder.kernel[near, 0], squares.kernel[:, 0])[0, 1] > bound
    correlations = [
        np.corrcoef(reconstruct(heard.spikes, decoder), envelope)[0, 1]
        for decoder in (found.decoder, squares)
    ]
    assert correlations[0] == pytest.approx(correlations[1], abs=0.015)
    assert 50 < found.bound < 200


def test_strangers_are_told_nothing():
    spikes = poisson_spikes(50.0, 100_000.0, rng=np.random.default_rng(3))
    found = fit_wiener(spikes, np.random.default_rng(4).normal(size=100_000), 1.0, 100)
    assert found.coherence[2:-2].mean() == pytest.approx(found.chance, rel=0.25)
    assert found.bound < 1.5 * 500 * 0.5 * found.chance / np.log(2)  # of the scatter only its positive half


def test_bad_input_is_named():
    spikes, stimulus = Spikes([1.0, 5.5], duration=40), np.arange(40.0)
    for arguments, error, sentence in [
        (([1.0], stimulus, 1.0, 8), TypeError, "spikes must be Spikes, got list"),
        ((Spikes.stack([spikes, spikes]), stimulus, 1.0, 8), ValueError, "spikes must be of one unit, got 2"),
        ((spikes, stimulus[:9], 1.0, 8), ValueError, r"one value a step \(40 of 1 ms\), got 9"),
        ((spikes, stimulus, 1.0, 30), ValueError, "short enough for two of them in 40 steps, got 30"),
        ((Spikes([], duration=40), stimulus, 1.0, 8), ValueError, r"spikes must fall .* got \[0.\] in each"),
        ((spikes, stimulus, 1.0, 8, 0.0), ValueError, "highest must be positive and finite, got 0"),
    ]:
        with pytest.raises(error, match=sentence):
            fit_wiener(*arguments)
