r"""How well a reader knows a rate after $n$ intervals.

He takes the mean of $n$ successive intervals. If the intervals are independent, with the coefficient of
variation $CV$, that mean scatters from one time to the next by the relative error

$$ \epsilon_n = \frac{CV}{\sqrt n} $$

A clock ($CV = 0$) tells its rate with one interval, two spikes. A Poisson train ($CV = 1$) needs a hundred
intervals for ten per cent.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 1.5.1.
"""

import numpy as np

from snnlab.checks import whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["interval_error"]


def interval_error(spikes: Spikes, n: int) -> np.ndarray:
    """The relative error of the mean of `n` successive intervals.

    A rate that is read as one over this mean has nearly the same error once `n` is large, and a larger one
    before: for a Poisson process and up to two intervals it is infinite.

    Parameters
    ----------
    spikes
        Trains of one or more units; each is cut into blocks of `n` intervals.
    n : int
        Intervals that are averaged.

    Returns
    -------
    array of shape (n_units,)
        Standard deviation of the mean of a block, divided by its mean over all blocks; NaN for a unit with
        fewer than two blocks.

    Examples
    --------
    >>> clock = Spikes(np.arange(5.0, 1000.0, 10.0), duration=1000)
    >>> print(interval_error(clock, 2))
    [0.]
    """
    be_spikes("spikes", spikes)
    n = whole("n", n, least=1)
    errors = np.full(spikes.n_units, np.nan)
    for k, train in enumerate(spikes):
        blocks = np.diff(train[::n]) / n  # of n intervals each
        if blocks.size >= 2:
            errors[k] = blocks.std() / blocks.mean()
    return errors
