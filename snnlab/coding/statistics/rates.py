r"""Three meanings of the word "rate".

*Temporal average*: one train, counted over a time $T$,

$$ \nu = \frac{n(T)}{T} $$

*Spike density* (peri-stimulus-time histogram, PSTH): $K$ repetitions of one experiment, counted in a bin,

$$ \rho(t) = \frac{1}{\Delta t} \frac{n_K(t;\ t + \Delta t)}{K} $$

*Population activity*: $N$ neurons that get the same input, counted in a bin,

$$ A(t) = \frac{1}{\Delta t} \frac{n_{act}(t;\ t + \Delta t)}{N} $$

The last two are the same arithmetic: what one asks of many trials, the other asks of many neurons.

If spikes come by chance, a count of expectation $\mu$ scatters by $\sqrt\mu$. The band around a rate is
that of the score test: all $\mu$ that lie within $z$ of their own scatter of the count $n$ that was found,
$n + z^2/2 \pm z \sqrt{n + z^2/4}$. Smoothing with weights $w_j$ over bins of width $\Delta t$ counts over
an effective time $\Delta t / \sum_j w_j^2$.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 1.5.
"""

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes, bin_tolerance
from snnlab.work_and_memory import afford

__all__ = ["RateEstimate", "population_activity", "psth", "smooth_rate", "temporal_rate"]


_DIRECT = 1e7  # products: beyond, a Fourier transform is quicker


class RateEstimate(NamedTuple):
    """A rate over time, and how sure one can be of it.

    Examples
    --------
    >>> estimate = psth(Spikes([5.0, 6.0], units=[0, 1], duration=20), bin_width=10)
    >>> print(estimate.time, estimate.rate)
    [ 5. 15.] [100.   0.]
    """

    time: np.ndarray
    """Middle of each bin, ms, shape (bins,)."""
    rate: np.ndarray
    """Estimated rate, Hz, shape (bins,)."""
    low: np.ndarray
    """Lower end of the confidence band, Hz."""
    high: np.ndarray
    """Upper end of the confidence band, Hz."""


def temporal_rate(spikes: Spikes, start: float = 0.0, stop: float | None = None) -> np.ndarray:
    """The rate of each unit as its number of spikes in a stretch of time.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    start, stop : float
        The stretch, ms; from 0 to the end if left out.

    Returns
    -------
    array of shape (n_units,)
        Rates in Hz; NaN for a stretch of no length.

    Examples
    --------
    >>> print(temporal_rate(Spikes([5.0, 6.0, 90.0], duration=100), 0, 50))
    [40.]
    """
    be_spikes("spikes", spikes)
    return spikes.between(as_real("start", start), spikes.duration if stop is None else stop).rates


def psth(trials: Spikes, bin_width: float, confidence: float = 0.95) -> RateEstimate:
    """The spike density of one neuron over repetitions of an experiment.

    Parameters
    ----------
    trials
        Each unit is one repetition.
    bin_width : float
        Width of a bin, ms; an unfinished bin at the end is left out.
    confidence : float
        How often the band should hold the true mean rate of a bin, between 0 and 1.

    Examples
    --------
    >>> trials = Spikes([12.0, 15.0, 17.0], units=[0, 1, 1], duration=30)
    >>> print(psth(trials, bin_width=10).rate)
    [  0. 150.   0.]
    """
    return estimate_rate("trials", trials, bin_width, confidence)


def population_activity(neurons: Spikes, bin_width: float, confidence: float = 0.95) -> RateEstimate:
    """The activity of a population of neurons in one run.

    Parameters
    ----------
    neurons
        Each unit is one neuron; all should get the same input.
    bin_width : float
        Width of a bin, ms; an unfinished bin at the end is left out.
    confidence : float
        How often the band should hold the true mean activity of a bin, between 0 and 1.

    Examples
    --------
    >>> neurons = Spikes([12.0, 15.0, 17.0], units=[0, 1, 1], duration=30)
    >>> print(population_activity(neurons, bin_width=10).rate)
    [  0. 150.   0.]
    """
    return estimate_rate("neurons", neurons, bin_width, confidence)


def smooth_rate(spikes: Spikes, width: float, dt: float = 1.0, confidence: float = 0.95) -> RateEstimate:
    """The rate over all units, smoothed with a Gaussian.

    Near the ends the Gaussian is cut off and made to sum to 1 again.

    Parameters
    ----------
    spikes
        Trains of one or more units: repetitions or neurons.
    width : float
        Standard deviation of the Gaussian, ms. Wide: little noise, but what is quick is blurred.
    dt : float
        Distance of the times at which the rate is given, ms; at most `width`.
    confidence : float
        How often the band should hold the mean of the smoothed rate, between 0 and 1.

    Examples
    --------
    >>> estimate = smooth_rate(Spikes([50.5], duration=101), width=10)
    >>> print(f"{estimate.rate.max():.1f} Hz at {estimate.time[estimate.rate.argmax()]:.1f} ms")
    39.9 Hz at 50.5 ms
    """
    width, dt = positive("width", width), positive("dt", dt)
    if dt > width:
        raise ValueError(f"dt must be at most width ({width:g} ms), got {dt:g}")
    counts, n = _counts("spikes", spikes, dt)
    reach = min(math.ceil(5.0 * width / dt), max(counts.size - 1, 0))
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * dt / width) ** 2)
    share = _inside(weights, counts.size)
    rate = _spread(counts, weights) / share * 1000.0 / (dt * n)
    squares = _inside(weights**2, counts.size) / share**2
    return _with_band(rate, dt, dt / squares, n, confidence)


def _spread(counts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Each count spread over its neighbours; what falls beyond the ends is lost."""
    reach = weights.size // 2
    if not counts.size:
        return counts
    if float(counts.size) * weights.size <= _DIRECT:
        return np.convolve(counts, weights)[reach : reach + counts.size]
    # Over many bins by the product of Fourier transforms, whose time grows as n log n, and not as n².
    size = 1 << (counts.size + weights.size).bit_length()
    product = np.fft.rfft(counts, size) * np.fft.rfft(weights, size)
    return np.maximum(np.fft.irfft(product, size)[reach : reach + counts.size], 0.0)


def _inside(weights: np.ndarray, bins: int) -> np.ndarray:
    """The sum of the weights around each bin that fall on a bin."""
    reach, place = weights.size // 2, np.arange(bins)
    upto = np.concatenate([[0.0], np.cumsum(weights)])
    return upto[np.minimum(reach + bins - place, weights.size)] - upto[np.maximum(reach - place, 0)]


def _counts(name: str, spikes: Spikes, bin_width: float) -> tuple[np.ndarray, int]:
    """Spikes of all units in each whole bin, and the number of units."""
    be_spikes(name, spikes)
    if spikes.n_units == 0:
        raise ValueError(f"{name} must have at least one unit, got 0")
    end = spikes.duration / bin_width
    afford("duration and the width of a bin", numbers=8.0 * end, steps=end)
    bins = int(end + 1e-9)
    border = np.arange(1.0, bins + 1.0)
    # the rule of `Spikes.counts`; times are sorted, so that only the borders have to be looked up
    upto = np.searchsorted(spikes.times, bin_width * (border - bin_tolerance(border)))
    if bins and end - bin_tolerance(end) <= bins:
        upto[-1] = spikes.n_spikes  # the last bin includes its end
    return np.diff(upto, prepend=0).astype(np.float64), spikes.n_units


def estimate_rate(name: str, spikes: Spikes, bin_width: float, confidence: float) -> RateEstimate:
    bin_width = positive("bin_width", bin_width)
    counts, n = _counts(name, spikes, bin_width)
    rate = counts * 1000.0 / (bin_width * n)
    return _with_band(rate, bin_width, np.full(counts.size, bin_width), n, confidence)


def _with_band(rate: np.ndarray, dt: float, time: np.ndarray, n: int, confidence: float) -> RateEstimate:
    """`rate` (Hz) with its band; `time` is the effective counting time of each value, ms."""
    confidence = as_real("confidence", confidence)
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must be between 0 and 1, got {confidence:g}")
    z = NormalDist().inv_cdf(0.5 + confidence / 2.0)
    counted = n * time / 1000.0  # seconds, over all units
    count = rate * counted
    middle, half = count + z * z / 2.0, z * np.sqrt(count + z * z / 4.0)
    centre = (np.arange(rate.size) + 0.5) * dt
    return RateEstimate(centre, rate, np.maximum(middle - half, 0.0) / counted, (middle + half) / counted)
