"""XOR in spike times: the first task of SpikeProp.

Two inputs fire early or late, and a third one always at 0, so that there is something to measure their times
against. The output should fire early if exactly one of the two came early.

Source: S. M. Bohte, J. N. Kok and H. La Poutré (2002), Neurocomputing 48, 17–37, section 4.1; 1 is told by a
spike at 0 ms, 0 by one at 6 ms, and the output should fire at 10 ms (true) or 16 ms (false).
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import non_negative
from snnlab.learning.spike_times.spikeprop import DelayedWeights
from snnlab.learning.spike_times.spikeprop_training import initial_delayed

__all__ = ["TimedSamples", "initial_xor", "xor_in_time"]

DELAYS = np.arange(1.0, 17.0)  # ms


class TimedSamples(NamedTuple):
    """When inputs fire, and when outputs should.

    Examples
    --------
    >>> xor_in_time().wanted.ravel()
    array([16., 10., 10., 16.])
    """

    times: np.ndarray
    """Spike times of the inputs, ms, shape (samples, n_inputs)."""
    wanted: np.ndarray
    """Spike times that the outputs should have, ms, shape (samples, n_out)."""


def xor_in_time() -> TimedSamples:
    """The four samples of XOR, in the order 0 0, 0 1, 1 0, 1 1.

    Returns
    -------
    TimedSamples
        With three inputs, the last of which always fires at 0, and one output.

    Examples
    --------
    >>> xor_in_time().times[1]
    array([6., 0., 0.])
    """
    ones = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    times = np.column_stack([np.where(ones == 1, 0.0, 6.0), np.zeros(4)])
    true = ones.sum(axis=1) == 1
    return TimedSamples(times, np.where(true, 10.0, 16.0)[:, None])


def initial_xor(scale: float = 1.0, n_hidden: int = 5, *, rng: np.random.Generator) -> DelayedWeights:
    """Weights from which XOR is learnt: five hidden neurons, one of them inhibitory, 16 delays of 1 to 16 ms.

    Parameters
    ----------
    scale : float
        A factor on all weights. With 1 every neuron fires; with 0.1 all are silent.
    n_hidden : int
        Hidden neurons.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> print(initial_xor(rng=np.random.default_rng(1)).hidden.shape)
    (5, 3, 16)
    """
    scale = non_negative("scale", scale)
    return initial_delayed(
        3, n_hidden, 1, DELAYS, sum_in=0.3 * scale, sum_hidden=0.5 * scale, n_inhibitory=1, rng=rng
    )
