r"""The spike-triggered average: what the stimulus looked like around a spike, on average.

$$ C(\ell) = \frac{1}{n} \sum_f s(t^{(f)} + \ell) $$

At negative lags $\ell$ stands what came before the spike. For a stimulus without memory (white noise) it is
the best kernel of `reconstruct` but for a factor, and a picture of what the neuron waits for.

Source: P. Dayan and L. F. Abbott (2001), Theoretical Neuroscience, section 1.3.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.coding.pairs import one_train
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["TriggeredAverage", "spike_triggered_average"]


class TriggeredAverage(NamedTuple):
    """The mean stimulus around a spike.

    Examples
    --------
    >>> lag, mean, error, n = spike_triggered_average(Spikes([1.5], duration=3), [0.0, 5.0, 1.0], 1.0, -1, 1)
    >>> print(lag, mean)
    [-1.  0.  1.] [0. 5. 1.]
    """

    lag: np.ndarray
    """Time of the stimulus minus that of the spike, ms, shape (lags,)."""
    mean: np.ndarray
    """Mean stimulus at that lag, shape (lags,)."""
    error: np.ndarray
    """Its standard error if spikes were independent of each other, shape (lags,); NaN for a single spike."""
    n: int
    """How many spikes were averaged."""


def spike_triggered_average(
    spikes: Spikes, stimulus: ArrayLike, dt: float, first: float, last: float
) -> TriggeredAverage:
    """Average the stimulus around the spikes of one neuron.

    Parameters
    ----------
    spikes : Spikes of one unit
        Spikes whose surroundings are not wholly within the stimulus do not count.
    stimulus : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms.
    first, last : float
        The lags at both ends, ms, in whole steps: ``-50`` and ``0`` for the 50 ms before a spike.

    Returns
    -------
    TriggeredAverage
        NaN if no spike counts.

    Examples
    --------
    >>> stimulus = np.array([0.0, 2.0, 0.0, 4.0, 0.0])
    >>> found = spike_triggered_average(Spikes([2.5, 4.5], duration=5), stimulus, dt=1, first=-1, last=0)
    >>> print(found.mean, found.n)
    [3. 0.] 2
    """
    times = one_train("spikes", spikes)
    values, dt = finite_array("stimulus", stimulus, (1,), "(steps,)"), positive("dt", dt)
    begin, end = as_real("first", first) / dt, as_real("last", last) / dt
    if begin > end:
        raise ValueError(f"last must be at least first ({first:g} ms), got {last:g}")
    afford("first, last and dt", numbers=2.0 * max(abs(begin), abs(end)) + times.size * (end - begin))
    start, stop = round(begin), round(end)
    lags = np.arange(start, stop + 1)
    step = (times / dt * (1.0 + 1e-12)).astype(np.int64)  # not in the step before by a rounding error
    step = step[(step + start >= 0) & (step + stop < values.size)]
    around = values[step[:, None] + lags]
    n = step.size
    mean = around.mean(axis=0) if n else np.full(lags.size, np.nan)
    error = around.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.full(lags.size, np.nan)
    return TriggeredAverage(lags * dt, mean, error, n)
