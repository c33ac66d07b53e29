r"""A reader of events: one compartment a class, with weights from a linear fit. Who fires most wins.

The fit is ridge regression on counts of events that are scaled to length 1,

$$ W = Y^\top (X X^\top + \rho\, 1)^{-1} X $$

with a row of $X$ for each recording and a row of $Y$ with a 1 at its class. On the chip a compartment without
a leak adds up the weights of the events as they come, and fires each time that it has collected `strongest`
times the largest weight. There are few recordings, so each is read by a fit that has not seen it.

Source: A. E. Hoerl and R. W. Kennard (1970), Technometrics 12, 55-67, for the fit.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import positive, whole
from snnlab.learning.samples import samples_from_spikes
from snnlab.loihi.networks.quantisation import quantise
from snnlab.loihi.networks.sample_runs import run_samples
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["EventReading", "read_in_folds"]

_MOST_CLASSES = 999


class EventReading(NamedTuple):
    """What was read, each time by somebody who had not seen it.

    Examples
    --------
    >>> EventReading(np.array([3]), np.array([8]), synaptic_ops=2000.0, spikes=75.0).by_spikes
    array([8])
    """

    by_fit: np.ndarray
    """The class by the fit, in floats, int64 of shape (recordings,)."""
    by_spikes: np.ndarray
    """The class by the compartment that fired most, int64 of shape (recordings,)."""
    synaptic_ops: float
    """Synapses that events went through, a recording."""
    spikes: float
    """Spikes of all compartments, a recording."""


def read_in_folds(
    recordings: Sequence[Spikes],
    labels: ArrayLike,
    steps: int,
    *,
    folds: int = 10,
    ridge: float = 0.1,
    strongest: float = 8.0,
    rng: np.random.Generator,
) -> EventReading:
    """Learn from all recordings but some, read those on the chip, and go on until all are read.

    Parameters
    ----------
    recordings : sequence of Spikes
        Events, all with the same number of units.
    labels : array of int of shape (recordings,)
        Their classes, from 0.
    steps : int
        Steps of 1 ms that are read of each.
    folds : int
        In how many parts they are read, 2 at least; each class is dealt out over the parts.
    ridge : float
        ρ, what large weights cost.
    strongest : float
        Threshold of the compartments, in units of the largest weight.
    rng
        Which recordings are read together.

    Raises
    ------
    KeyboardInterrupt
        If somebody stops it: part of the recordings is no result.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> trains = [Spikes(np.arange(1.0, 60.0), np.full(59, k % 2), n_units=2, duration=60) for k in range(8)]
    >>> read_in_folds(trains, np.arange(8) % 2, 60, folds=2, rng=rng).by_spikes
    array([0, 1, 0, 1, 0, 1, 0, 1])
    """
    ridge, strongest = positive("ridge", ridge), positive("strongest", strongest)
    samples = samples_from_spikes(recordings, labels, steps=whole("steps", steps, 1))
    rng = generator(rng)
    y, part = samples.labels, np.zeros(samples.n_samples, np.int64)
    if not 2 <= whole("folds", folds) <= y.size:
        raise ValueError(f"folds must be from 2 to the number of recordings ({y.size}), got {folds}")
    if not 0 <= y.min() <= y.max() <= _MOST_CLASSES:
        wrong = y.min() if y.min() < 0 else y.max()
        raise ValueError(f"labels must be from 0 to {_MOST_CLASSES}, got {wrong}")
    for k in range(int(y.max()) + 1):
        here = np.flatnonzero(y == k)
        part[here] = rng.permutation(np.arange(here.size) % folds)
    heard = [samples.units[samples.start[s, 0] : samples.start[s, -1]] for s in range(samples.n_samples)]
    counts = np.array([np.bincount(units, minlength=samples.n_inputs) for units in heard], float)
    share = counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-300)
    by_fit, by_spikes = np.zeros((2, y.size), np.int64)
    operations = spikes = 0
    for fold in range(folds):
        known, new = np.flatnonzero(part != fold), np.flatnonzero(part == fold)
        if not new.size:
            continue
        x, wanted = share[known], np.eye(int(y.max()) + 1)[y[known]]
        try:
            w = wanted.T @ np.linalg.solve(x @ x.T + ridge * np.eye(known.size), x)
        except np.linalg.LinAlgError:
            raise ValueError(f"ridge must be larger for recordings so much alike, got {ridge:g}") from None
        if not w.any():
            raise ValueError("recordings must hold events to learn from, got none within the steps")
        by_fit[new] = (share[new] @ w.T).argmax(axis=1)
        layers = quantise([w], 0.0, 1.0, strongest * float(np.abs(w).max()), headroom=2.0).layers
        chosen = samples_from_spikes([recordings[s] for s in new.tolist()], y[new], steps=steps)
        run = run_samples(layers, chosen, progress=False)
        if run.n_samples < new.size:  # somebody stopped it
            raise KeyboardInterrupt
        by_spikes[new] = run.fired.argmax(axis=1)
        operations += run.counts[0].synaptic_ops
        spikes += run.counts[0].spikes
    return EventReading(by_fit, by_spikes, operations / y.size, spikes / y.size)
