"""Three meanings of rate."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import (
    poisson_spikes,
    population_activity,
    psth,
    smooth_rate,
    temporal_rate,
    thinned_spikes,
)


def trials(rate=20.0, n=200, duration=2000.0):
    return poisson_spikes(rate, duration, n, rng=np.random.default_rng(21))


@pytest.mark.equation("rate-temporal")
def test_the_temporal_average_is_a_count_over_a_time():
    spikes = Spikes([5.0, 60.0, 70.0, 90.0], units=[0, 0, 1, 1], duration=100)
    assert temporal_rate(spikes).tolist() == [20.0, 20.0]
    assert temporal_rate(spikes, 50, 80).tolist() == pytest.approx([1000 / 30, 1000 / 30])


@pytest.mark.equation("rate-count-error")
def test_counting_error_falls_with_the_square_root_of_the_number_of_spikes():
    """The relative error of ν from a Poisson train is 1 / √(ν T)."""
    rates = temporal_rate(trials(n=4000, duration=1000.0))
    relative = rates.std() / rates.mean()
    assert relative == pytest.approx(1 / np.sqrt(20), rel=4.5 / np.sqrt(2 * 4000))


@pytest.mark.equation("rate-population")
def test_psth_and_population_activity_are_one_estimator():
    """Repetitions of one neuron, or neurons of one repetition: the same numbers, bit for bit."""
    spikes = trials()
    for a, b in zip(psth(spikes, 10.0), population_activity(spikes, 10.0), strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("bin_width", [0.1, 0.7, 3.0, 10.0, 250.0, 1000.0])
def test_bins_are_those_of_spikes_counts(bin_width):
    """On the borders too, where times are a rounding error off; an unfinished bin is left out."""
    on_grid = np.arange(0, 10_000) * 0.1
    spikes = Spikes(np.concatenate([on_grid, [1000.0, 1000.0]]), np.arange(10_002) % 3, duration=1000)
    counts = spikes.counts(bin_width).sum(axis=1)[: int(1000 / bin_width + 1e-9)]
    np.testing.assert_array_equal(psth(spikes, bin_width).rate, counts * 1000.0 / (bin_width * 3))


@pytest.mark.equation("rate-psth")
def test_bins_of_a_psth_scatter_as_the_theory_says():
    """Var[ρ] = r / (K Δt): z-scores over the bins have variance 1."""
    estimate = psth(trials(n=400), 5.0)
    z = (estimate.rate - 20) / np.sqrt(20 * 1000 / (400 * 5.0))
    assert abs(z.mean()) < 4.5 / np.sqrt(z.size)
    assert abs(z.var() - 1) < 4.5 * np.sqrt(2.1 / z.size)


@pytest.mark.parametrize("confidence", [0.5, 0.95])
def test_the_band_holds_the_truth_as_often_as_it_says(confidence):
    hits = []
    for estimate in (psth(trials(n=50), 20.0, confidence), smooth_rate(trials(n=50), 8.0, 2.0, confidence)):
        hits.append(np.mean((estimate.low <= 20) & (20 <= estimate.high)))
    # neighbours of the smoothed curve hang together: fewer independent values, a wider margin
    assert hits == pytest.approx([confidence, confidence], abs=0.12)


def test_the_score_band_is_that_of_its_definition():
    """Each end μ is √μ · z away from the count: (n − μ)² = z² μ."""
    spikes = Spikes(np.linspace(1, 99, 7), duration=100)
    estimate = psth(spikes, 100.0, 0.95)
    for end in (estimate.low[0], estimate.high[0]):
        mu = end / 10  # spikes in 100 ms
        assert (7 - mu) ** 2 == pytest.approx(1.959964**2 * mu, rel=1e-6)


def test_smoothing_keeps_the_number_of_spikes_and_a_constant_rate():
    single = smooth_rate(Spikes([500.5], duration=1000), 20.0)
    assert single.rate.sum() / 1000 == pytest.approx(1, rel=1e-6)
    gauss = np.exp(-0.5 * ((single.time - 500.5) / 20) ** 2) / (20 * np.sqrt(2 * np.pi)) * 1000
    assert single.rate == pytest.approx(gauss, abs=1e-3)
    every = Spikes(np.arange(0.5, 200), duration=200)  # one spike a ms: 1000 Hz, also at the ends
    assert smooth_rate(every, 15.0).rate == pytest.approx(np.full(200, 1000.0), rel=1e-12, abs=0)


def test_a_wide_kernel_has_bias_and_a_narrow_one_noise():
    """A peak of 60 ms width: the mean square error is smallest in between."""
    time = np.arange(0.5, 1000)
    true = 10 + 80 * np.exp(-0.5 * ((time - 500) / 30) ** 2)
    spikes = thinned_spikes(true, 1.0, 30, rng=np.random.default_rng(22))
    errors = [np.mean((smooth_rate(spikes, width).rate - true) ** 2) for width in (2.0, 15.0, 120.0)]
    assert errors[1] < 0.5 * errors[0] and errors[1] < 0.5 * errors[2]


def test_odd_input():
    assert psth(Spikes([], n_units=2, duration=0), 10.0).rate.size == 0
    assert smooth_rate(Spikes([], n_units=2, duration=0), 10.0).rate.size == 0
    assert smooth_rate(Spikes([1.0], duration=3), 10.0).rate == pytest.approx(np.full(3, 1000 / 3), rel=0.01)


def test_bad_input_is_named():
    some = Spikes([3.0, 4.0], units=[0, 1], duration=10)
    with pytest.raises(ValueError, match="trials must have at least one unit, got 0"):
        psth(Spikes([], n_units=0, duration=10), 1.0)
    with pytest.raises(ValueError, match=r"dt must be at most width \(0.5 ms\), got 1"):
        smooth_rate(some, 0.5)
    with pytest.raises(ValueError, match="confidence must be between 0 and 1, got 1"):
        psth(some, 10.0, 1)
    with pytest.raises(TypeError, match="neurons must be Spikes, got int"):
        population_activity(3, 1.0)
