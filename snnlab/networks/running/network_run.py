"""What a run of a network returns."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.cells.population import Population
from snnlab.spikes import Spikes

__all__ = ["NetworkRun", "PopulationRun"]


class PopulationRun(NamedTuple):
    """What a population did; values are those at the end of each step.

    Examples
    --------
    >>> from snnlab.networks import Network, Population
    >>> run = Network(cells=Population(2, i=0.3)).run(20, record={"cells": [1]})
    >>> print(run["cells"].spikes.times, run["cells"].v.shape)
    [13.9 13.9] (200, 1)
    """

    spikes: Spikes
    """Each dated to the end of its step."""
    v: np.ndarray
    """Membrane potential of the neurons that are recorded, mV, shape (steps, recorded)."""
    excitation: np.ndarray
    """Their excitatory current (nA) or conductance (µS); 0 where spikes make the potential jump."""
    inhibition: np.ndarray
    """Their inhibitory current (nA, negative) or conductance (µS, positive)."""
    rate: np.ndarray
    """Firing rate of the population in each step, Hz, shape (steps,)."""
    adaptation: np.ndarray
    """Second variable of those neurons: w of AdEx (nA), u of Izhikevich (mV/ms), by how much the threshold
    of the adaptive LIF is raised (mV); 0 for other models."""


class NetworkRun(Mapping[str, PopulationRun]):
    """What all populations did, each found by its name: ``run["exc"].spikes``.

    Attributes
    ----------
    state : NetworkState
        How the run ended: ``start=run.state`` goes on from there.
    duration : float
        How much was simulated, ms: less than was asked for if somebody pressed Ctrl-C.

    Examples
    --------
    >>> from snnlab.networks import Network, Population
    >>> net = Network(cells=Population(1, i=0.3))
    >>> run = net.run(500)
    >>> run = net.run(500, start=run.state)  # goes on
    >>> list(run), run["cells"].spikes.n_spikes
    (['cells'], 32)
    """

    def __init__(self, populations: dict[str, PopulationRun], state: NetworkState, duration: float):
        self._populations, self.state, self.duration = populations, state, duration

    def __getitem__(self, name: str) -> PopulationRun:
        if name not in self._populations:
            raise KeyError(f"a population must be one of {', '.join(self._populations)}, got {name!r}")
        return self._populations[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._populations)

    def __len__(self) -> int:
        return len(self._populations)

    def __repr__(self) -> str:
        lines = [f"{name}: {part.spikes!r}" for name, part in self.items()]
        return "\n".join(["NetworkRun", *(f"    {line}" for line in lines)])


def watched_of(record: Mapping[str, ArrayLike] | None, neurons: Mapping[str, Population]) -> list[np.ndarray]:
    """The neurons of each population that are recorded, as whole numbers from 0."""
    record = {} if record is None else record
    if not isinstance(record, Mapping):
        raise TypeError(f'record must be neurons by population, as {{"exc": [0, 1]}}, got {record!r:.60}')
    for name in record:
        if name not in neurons:
            raise ValueError(f"record must be one of {', '.join(neurons)}, got {name!r}")
    found = []
    for name, population in neurons.items():
        ids = np.asarray(record.get(name, ()))
        if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
            raise TypeError(f"record must have a list of neurons for {name}, got {record[name]!r:.60}")
        if ids.size and not (ids.min() >= 0 and ids.max() < population.n):
            bad = ids[(ids < 0) | (ids >= population.n)][0]
            raise ValueError(f"record must be from 0 to {population.n - 1} for {name}, got {bad}")
        found.append(ids.astype(np.int64))
    return found


def parts_of(
    names: list[str],
    first: np.ndarray,
    steps: np.ndarray,
    ids: np.ndarray,
    values: np.ndarray,
    watched: list[np.ndarray],
    start: int,
    dt: float,
) -> Iterator[tuple[str, PopulationRun]]:
    """Each population's share of what was recorded from step `start` on, by name."""
    done = len(values)
    duration = done * dt
    column = 0
    for p, name in enumerate(names):
        n = int(first[p + 1] - first[p])
        own = (ids >= first[p]) & (ids < first[p + 1])
        at = steps[own] - start
        spikes = Spikes._sorted((at + 1) * dt, ids[own].astype(np.int64) - first[p], n, duration)
        rate = np.bincount(at, minlength=done) / (n * dt / 1000.0)
        columns = slice(column, column + len(watched[p]))
        column = columns.stop
        v, excitation, inhibition, adaptation = np.moveaxis(values[:, :, columns], 1, 0).copy()
        yield name, PopulationRun(spikes, v, excitation, inhibition, rate, adaptation)
