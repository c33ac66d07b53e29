"""Cells that keep what Bayes' rule assumes: Poisson, independent, with tuning curves that stay or change.

Read them as real cells are read, and what real cells do worse is the fault of one assumption or another.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.tuning import tuning_curve
from snnlab.coding.generators.inhomogeneous import rescaled_spikes
from snnlab.spikes import Spikes

__all__ = ["poisson_cells", "rates_by_halves"]


def poisson_cells(rate: ArrayLike, dt: float, *, rng: np.random.Generator) -> Spikes:
    """Draw a Poisson train for each column of rates, independent of the others.

    Parameters
    ----------
    rate : array of shape (steps, n_units)
        Expected spikes a second, Hz, of each unit in each step.
    dt : float
        Length of a step, ms.
    rng
        The source of chance. One number is drawn from it for each unit.

    Examples
    --------
    >>> cells = poisson_cells([[0, 50], [200, 50]], dt=1000, rng=np.random.default_rng(1))
    >>> print(cells.counts(1000)[0, 0], cells.n_units)
    0 2
    """
    rate = finite_array("rate", rate, (2,), "(steps, n_units)")
    trains = [rescaled_spikes(column, dt, rng=rng).times for column in rate.T]
    if not trains:
        raise ValueError("rate must have one unit or more, got none")
    units = np.repeat(np.arange(len(trains)), [times.size for times in trains])
    return Spikes(np.concatenate(trains), units, n_units=len(trains), duration=rate.shape[0] * dt)


def rates_by_halves(
    spikes: Spikes, direction: ArrayLike, dt: float, middle: float, *, bins: int = 36
) -> np.ndarray:
    """Rate of each unit in each step, by its tuning curve of the half in which the step lies.

    Parameters
    ----------
    spikes
        Trains of one or more units.
    direction : array of shape (steps,)
        The true direction in each step, radians.
    dt : float
        Length of a step, ms.
    middle : float
        Where the second half begins, ms.
    bins : int
        Into how many bins the circle is cut.

    Returns
    -------
    numpy.ndarray
        Rates of shape (steps, n_units), Hz. NaN where a half never saw a direction of the other.

    Examples
    --------
    >>> fired = Spikes([10.0, 20.0, 60.0], duration=100)
    >>> print(rates_by_halves(fired, np.zeros(10), 10.0, 50.0, bins=4)[[0, 9], 0])
    [40. 20.]
    """
    be_spikes("spikes", spikes)
    direction, dt = finite_array("direction", direction, (1,), "(steps,)"), positive("dt", dt)
    bins = whole("bins", bins, 1)
    middle, end = positive("middle", middle), min(spikes.duration, direction.size * dt)
    cut = round(middle / dt)
    if not 0 < cut < direction.size or middle >= end:
        raise ValueError(f"middle must lie within the recording of {end:g} ms, got {middle:g}")
    edges = np.linspace(0.0, 2 * np.pi, bins + 1)
    facing = np.minimum((direction % (2 * np.pi) * bins / (2 * np.pi)).astype(int), bins - 1)
    parts = (spikes.between(0, middle), direction[:cut]), (spikes.between(middle, end), direction[cut:])
    first, second = (tuning_curve(fired, seen % (2 * np.pi), dt, edges).rate for fired, seen in parts)
    return np.concatenate([first[facing[:cut]], second[facing[cut:]]])
