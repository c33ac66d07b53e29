r"""How long the steps of a simulation may be, if the interval between spikes is to be right.

A solver that takes more operations for a step may take longer steps. What compares models is the number of
operations for a millisecond at one accuracy: here the settled intervals under some constant currents may be
wrong by a share $\epsilon$ of themselves, on the mean over the currents, since a single interval may happen
to be a whole number of steps. The step is the longest of a list for which this holds, and for all shorter
ones of the list. A spike is dated to the end of its step, so an interval is too long by half a step on the
mean: that alone allows no more than $2 \epsilon$ of an interval.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, function, positive
from snnlab.checks_of_spikes import spikes_of

__all__ = ["longest_step"]

_STEPS = (2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)  # ms
_FINE = 0.005  # ms, what is taken for the truth
_DURATION = 1000.0  # ms, the second half of which is looked at


def longest_step(simulate: Callable, currents: ArrayLike, error: float = 0.01) -> float:
    """The longest time step with which a neuron keeps its settled intervals.

    Parameters
    ----------
    simulate
        Takes an array of current, shape (steps,), and the step `dt` in ms; returns something with ``spikes``.
        It may refuse a step that is too long with a `ValueError`.
    currents : array of shape (n,)
        Constant currents under which the neuron goes on firing, in the unit of the model.
    error : float
        How far the intervals may be off, as a share of themselves, on the mean over the currents.

    Returns
    -------
    float
        ms, one of 2, 1, 0.5, 0.2 … 0.01; 0 if even the shortest is too long.

    Raises
    ------
    ValueError
        If the neuron does not go on firing.

    Examples
    --------
    >>> from snnlab.neurons import simulate_lif
    >>> longest_step(lambda i, dt: simulate_lif(i, dt=dt), [0.25, 0.3, 0.35, 0.4])
    0.2
    """
    function("simulate", simulate)
    currents, error = finite_array("currents", currents, (1,), "(n,)"), positive("error", error)
    truth = _intervals(simulate, currents, _FINE)
    if not (truth.size and np.isfinite(truth).all()):
        raise ValueError("currents must be some under which the neuron goes on firing")
    longest = 0.0
    for dt in reversed(_STEPS):
        try:
            off = np.abs(_intervals(simulate, currents, dt) / truth - 1.0).mean()
        except ValueError:  # the solver refuses
            break
        if not off <= error:
            break
        longest = dt
    return longest


def _intervals(simulate: Callable, currents: np.ndarray, dt: float) -> np.ndarray:
    found = []
    for current in currents:
        times = spikes_of("simulate", simulate(np.full(round(_DURATION / dt), current), dt)).times
        late = times[times > _DURATION / 2]
        found.append((late[-1] - late[0]) / (late.size - 1) if late.size > 2 else np.inf)
    return np.array(found)
