"""Coherence and information rate against theory."""

import numpy as np
import pytest

from snnlab.coding import coherence, information_rate, thinned_spikes


def test_a_filtered_copy_is_coherent_and_strangers_are_not():
    x, y = np.random.default_rng(1).normal(size=(2, 200_000))
    filtered = np.convolve(x, [1.0, 0.5, 0.25])[: x.size]
    found = coherence(x, filtered, 1.0, 256)
    assert found.coherence[1:-1].min() > 0.99
    omega = 2 * np.pi * found.frequency / 1000.0
    expected = 1 + 0.5 * np.exp(-1j * omega) + 0.25 * np.exp(-2j * omega)
    np.testing.assert_allclose(found.transfer[1:-1], expected[1:-1], atol=0.05)
    assert coherence(x, y, 1.0, 256).coherence[2:-2].mean() < 0.002


def test_hann_segments_that_overlap_by_half_count_for_18_of_19():
    """Over ten seeds (Welch 1967); that they counted for half is far outside of the spread."""
    counts_for = []
    for seed in range(10):
        strangers = coherence(*np.random.default_rng(seed).normal(size=(2, 100_000)), 1.0, 256)
        counts_for.append(1 / (strangers.coherence[2:-2].mean() * strangers.segments))
    error = np.std(counts_for, ddof=1) / np.sqrt(10)
    assert abs(np.mean(counts_for) - 18 / 19) < 3 * error and error < 0.05


@pytest.mark.equation("decode-bits")
@pytest.mark.equation("decode-coherence")
def test_spikes_of_a_modulated_poisson_process_within_5_percent_of_theory():
    """γ² = r0 c² S / (1 + r0 c² S), 200 s of a band-limited Gaussian stimulus of spectral density S."""
    dt, steps, r0, c = 1.0, 200_000, 200.0, 0.3
    rng = np.random.default_rng(2)
    spectrum = np.fft.rfft(rng.normal(size=steps))
    frequency = np.fft.rfftfreq(steps, dt / 1000.0)
    spectrum[frequency > 60.0] = 0.0
    stimulus = np.fft.irfft(spectrum, steps)
    stimulus /= stimulus.std()
    density = 1.0 / (2 * 60.0)  # of variance 1, both signs of frequency, 1/Hz
    spikes = thinned_spikes(r0 * np.maximum(1 + c * stimulus, 0), dt, rng=rng)
    found = coherence(stimulus, spikes.counts(dt)[:, 0], dt, 500)
    inside = (found.frequency > 4) & (found.frequency < 56)
    theory = r0 * c**2 * density / (1 + r0 * c**2 * density)
    bias = (1 - theory) ** 2 * 19 / 18 / found.segments
    assert found.coherence[inside].mean() - bias == pytest.approx(theory, rel=0.05)
    told = information_rate(found.frequency[inside], found.coherence[inside])
    band = found.frequency[inside].size * 2.0
    assert told == pytest.approx(-band * np.log2(1 - theory), rel=0.1)


def test_transfer_is_the_gain_of_the_rate():
    """Counts a step of 1 ms are r0 c / 1000 for a stimulus of 1."""
    x = np.random.default_rng(3).normal(size=400_000) * 0.2
    spikes = thinned_spikes(300.0 * np.maximum(1 + x, 0), 1.0, rng=np.random.default_rng(4))
    found = coherence(x, spikes.counts(1.0)[:, 0], 1.0, 64)
    assert found.transfer[1:-1].real.mean() == pytest.approx(0.3, rel=0.03)


def test_a_constant_has_no_coherence():
    x = np.random.default_rng(5).normal(size=1000)
    assert np.isnan(coherence(x, np.full(1000, 3.3), 1.0, 100).coherence).all()
    assert np.isnan(coherence(np.zeros(1000), x, 1.0, 100).coherence).all()


def test_bad_input_is_named():
    x = np.arange(10.0)
    for arguments, sentence in [
        ((x, x[:9], 1.0, 4), r"y must have as many steps as x \(10\), got 9"),
        ((x, x, 0.0, 4), "dt must be positive and finite, got 0"),
        ((x, x, 1.0, 3), "segment must be at least 4, .* got 3"),
        ((x, x, 1.0, 8), "short enough for two of them in 10 steps, got 8"),
    ]:
        with pytest.raises(ValueError, match=sentence):
            coherence(*arguments)
    with pytest.raises(TypeError, match=r"segment must be a whole number, got 4\.0"):
        coherence(x, x, 1.0, 4.0)
    with pytest.raises(ValueError, match="below 1, got 0 to 1"):
        information_rate([0.0, 1.0], [0.0, 1.0])
    with pytest.raises(ValueError, match="one value for each of two frequencies or more, got 1 for 2"):
        information_rate([0.0, 1.0], [0.5])
