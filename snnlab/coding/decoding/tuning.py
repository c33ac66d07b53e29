r"""The tuning curve: how often a neuron fires at each value of a stimulus.

Spikes are sorted by the value $s$ that the stimulus had when they came, and divided by the time that it
spent there:

$$ f(s) = \frac{n(s)}{T(s)} $$

Without the division a value that is shown more often would seem to be preferred.

Source: P. Dayan and L. F. Abbott (2001), Theoretical Neuroscience, section 1.2.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.spikes import Spikes

__all__ = ["TuningCurve", "tuning_curve"]


class TuningCurve(NamedTuple):
    """The rate at each value of a stimulus.

    Examples
    --------
    >>> stimulus, rate, time = tuning_curve(Spikes([0.5], duration=2), [0, 1], 1.0, [0, 0.5, 1])
    >>> print(stimulus, time)
    [0.25 0.75] [1. 1.]
    """

    stimulus: np.ndarray
    """Middle of each bin of the stimulus, shape (bins,)."""
    rate: np.ndarray
    """Rate in Hz, shape (bins, n_units); NaN where the stimulus never was."""
    time: np.ndarray
    """How long the stimulus was in the bin, ms, shape (bins,)."""


def tuning_curve(spikes: Spikes, stimulus: ArrayLike, dt: float, edges: ArrayLike) -> TuningCurve:
    """Measure tuning curves from spikes and the stimulus that was there all the while.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    stimulus : array of shape (steps,)
        Its value in each step.
    dt : float
        Length of a step, ms. Spikes after the last step do not count.
    edges : array of shape (bins + 1,)
        Borders of the bins of the stimulus, growing; a bin holds its lower border, the last one both. Values
        outside of all bins do not count.

    Examples
    --------
    >>> spikes = Spikes([1.0, 15.0, 17.0], duration=30)
    >>> curve = tuning_curve(spikes, [0.0, 1.0, 1.0], dt=10, edges=[-0.5, 0.5, 1.5])
    >>> print(curve.rate.ravel())
    [100. 100.]
    """
    be_spikes("spikes", spikes)
    stimulus, dt = finite_array("stimulus", stimulus, (1,), "(steps,)"), positive("dt", dt)
    edges = finite_array("edges", edges, (1,), "(bins + 1,)")
    if edges.size < 2 or (np.diff(edges) <= 0).any():
        raise ValueError(f"edges must be two values or more, each above the one before, got {edges.tolist()}")
    bins = edges.size - 1
    where = np.searchsorted(edges, stimulus, side="right") - 1
    where[stimulus == edges[-1]] = bins - 1
    inside = (where >= 0) & (where < bins)
    time = dt * np.bincount(where[inside], minlength=bins)
    step = (spikes.times / dt * (1.0 + 1e-12)).astype(np.int64)  # not in the step before by a rounding error
    seen = step < stimulus.size
    seen[seen] = inside[step[seen]]
    counts = np.zeros((bins, spikes.n_units))
    np.add.at(counts, (where[step[seen]], spikes.units[seen]), 1.0)
    rate = np.where(time[:, None] > 0, 1000.0 * counts / np.where(time > 0, time, 1.0)[:, None], np.nan)
    return TuningCurve((edges[:-1] + edges[1:]) / 2.0, rate, time)
