"""How a network fires as a whole, from its spikes in bins: rates, and how much they vary beside chance."""

import math

from snnlab.compiling import kernel

__all__ = ["rates_and_fano"]


@kernel
def rates_and_fano(activity, width, n, settling):
    """Make rates of counts, and return the Fano factor: the variance of a bin over its mean.

    Parameters
    ----------
    activity : array of shape (bins,)
        Spikes of all neurons in each bin; afterwards spikes a second and neuron, Hz.
    width : float
        Of a bin, ms.
    n : int
        Neurons.
    settling : float
        Bins that begin before it, ms, do not count for the Fano factor.

    Returns
    -------
    float
        NaN if no spike counts.

    Examples
    --------
    >>> import numpy as np
    >>> activity = np.array([9.0, 1.0, 3.0])
    >>> rates_and_fano(activity, 2.0, 4, 2.0), activity
    (0.5, array([1125.,  125.,  375.]))
    """
    begin, total, squares = math.ceil(settling / width), 0.0, 0.0
    bins = activity.size - begin
    for b in range(activity.size):
        count = activity[b]
        if b >= begin:
            total += count
            squares += count * count
        activity[b] = 1000.0 * count / (n * width)
    mean = total / bins
    return (squares / bins - mean * mean) / mean if total > 0.0 else math.nan
