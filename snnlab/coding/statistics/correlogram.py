r"""The autocorrelogram: how likely a neuron is to fire again, some time after a spike.

For every pair of spikes of one unit the lag $t^{(b)} - t^{(a)} > 0$ is counted in a bin. Divided by the
number of first spikes that could have such a partner, and by the width $\Delta$ of the bin, the count
becomes a rate, that of the neuron at a lag $\tau$ after a spike:

$$ \rho(\tau) = \frac{\#\{(a, b) : t^{(b)} - t^{(a)} \in \text{bin}\}}
{n\,(1 - \tau / T)\,\Delta} $$

For a Poisson train it is the rate at all lags. A dead time leaves a hole at short lags; a clock gives peaks
at the multiples of its interval. The factor $1 - \tau/T$ corrects for partners that come after the end of
the recording.

Source: P. Dayan and L. F. Abbott (2001), Theoretical Neuroscience, section 1.4.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["Autocorrelogram", "autocorrelogram"]


class Autocorrelogram(NamedTuple):
    """The rate after a spike.

    Examples
    --------
    >>> lag, rate, pairs = autocorrelogram(Spikes([10.0, 20.0], duration=40), 5, 20)
    >>> print(lag, pairs.ravel())
    [ 2.5  7.5 12.5 17.5] [0 0 1 0]
    """

    lag: np.ndarray
    """Middle of each bin, ms, shape (bins,)."""
    rate: np.ndarray
    """Rate at that lag after a spike, Hz, shape (bins, n_units); NaN for a unit without a spike."""
    pairs: np.ndarray
    """How many pairs of spikes stand behind it, shape (bins, n_units)."""


def autocorrelogram(spikes: Spikes, bin_width: float, max_lag: float) -> Autocorrelogram:
    """Count the lags between the spikes of each unit.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    bin_width : float
        Width of a bin, ms. A lag on the border between two bins belongs to the later one.
    max_lag : float
        End of the last bin, ms, in whole bins; less than the duration.

    Examples
    --------
    >>> clock = Spikes(np.arange(5.0, 1000.0, 10.0), duration=1000)
    >>> found = autocorrelogram(clock, bin_width=4, max_lag=20)
    >>> print(np.round(found.rate.ravel()))
    [  0.   0. 250.   0.   0.]
    """
    be_spikes("spikes", spikes)
    bin_width, max_lag = positive("bin_width", bin_width), positive("max_lag", max_lag)
    bins = round(max_lag / bin_width)
    if bins < 1 or abs(bins * bin_width - max_lag) > 1e-9 * max_lag:
        raise ValueError(f"max_lag must be a multiple of bin_width ({bin_width:g} ms), got {max_lag:g}")
    if max_lag >= spikes.duration:
        raise ValueError(f"max_lag must be below the duration ({spikes.duration:g} ms), got {max_lag:g}")
    afford("max_lag and n_units", numbers=5.0 * bins * spikes.n_units)
    pairs = np.zeros((bins, spikes.n_units), np.int64)
    order = np.argsort(spikes.units, kind="stable")
    _count(spikes.times[order], spikes.units[order], pairs, bin_width)
    lag = (np.arange(bins) + 0.5) * bin_width
    seen = np.bincount(spikes.units, minlength=spikes.n_units) * (1.0 - lag[:, None] / spikes.duration)
    rate = np.where(seen > 0, 1000.0 * pairs / np.where(seen > 0, seen * bin_width, 1.0), np.nan)
    return Autocorrelogram(lag, rate, pairs)


@kernel
def _count(times, units, pairs, bin_width):
    """Count the lags; spikes are sorted by unit and then by time."""
    bins = pairs.shape[0]
    for a in range(times.size):
        b = a + 1
        while b < times.size and units[b] == units[a]:
            lag = (times[b] - times[a]) / bin_width
            at = int(lag + 1e-9 * (1.0 + lag))  # a border that rounding errors only just miss
            if at >= bins:
                break
            pairs[at, units[a]] += 1
            b += 1
