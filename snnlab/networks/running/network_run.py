"""What a run of a network returns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.cells.population import Population
from snnlab.networks.running.loop import VALUES
from snnlab.spikes import Spikes

__all__ = ["NetworkRun", "PopulationRun", "Record", "Watched", "parts_of", "recorded_columns", "watched_of"]

Record = Mapping[str, ArrayLike | Mapping[str, ArrayLike]]
"""By name of the population: its neurons, or neurons for each value that is recorded."""

Watched = dict[str, np.ndarray]
"""Of each of `VALUES`, the neurons of a population of which it is recorded, from 0."""


class PopulationRun(NamedTuple):
    """What a population did; values are those at the end of each step.

    A value that is recorded of no neuron has no columns.

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


def watched_of(record: Record | None, neurons: Mapping[str, Population]) -> list[Watched]:
    """Which neurons of each population are recorded."""
    record = {} if record is None else record
    if not isinstance(record, Mapping):
        raise TypeError(f'record must be neurons by population, as {{"exc": [0, 1]}}, got {record!r:.60}')
    for name in record:
        if name not in neurons:
            raise ValueError(f"record must be one of {', '.join(neurons)}, got {name!r}")
    found = []
    for name, population in neurons.items():
        asked = record.get(name, ())
        if not isinstance(asked, Mapping):
            asked = dict.fromkeys(VALUES, asked)
        for variable in asked:
            if variable not in VALUES:
                raise ValueError(
                    f"record must name values of {', '.join(VALUES)} for {name}, got {variable!r:.60}"
                )
        found.append({value: _ids_of(asked.get(value, ()), name, population.n) for value in VALUES})
    return found


def _ids_of(asked: Any, name: str, n: int) -> np.ndarray:
    """The neurons of a population of `n` that were asked for, as whole numbers from 0."""
    try:
        ids = np.asarray(asked)
    except ValueError:  # lists of different lengths
        ids = np.zeros((0, 0))
    if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
        raise TypeError(f"record must have a list of neurons for {name}, got {asked!r:.60}")
    if ids.size and not (ids.min() >= 0 and ids.max() < n):
        bad = ids[(ids < 0) | (ids >= n)][0]
        raise ValueError(f"record must be from 0 to {n - 1} for {name}, got {bad}")
    return ids.astype(np.int64)


def recorded_columns(watched: Sequence[Watched], first: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """The fields `watched` and `variables` of a `Recording`; `first` is the first neuron of each population.

    Examples
    --------
    >>> none = np.zeros(0, int)
    >>> asked = {"v": np.array([0, 2]), "excitation": none, "inhibition": none, "adaptation": np.array([1])}
    >>> recorded_columns([asked], [10])
    (array([10, 12, 11]), array([0, 0, 3]))
    """
    ids = [own[value] + begin for own, begin in zip(watched, first, strict=False) for value in VALUES]
    variables = np.tile(np.arange(len(VALUES)), len(watched))
    return np.concatenate(ids), np.repeat(variables, [column.size for column in ids])


def parts_of(
    names: list[str],
    first: np.ndarray,
    steps: np.ndarray,
    ids: np.ndarray,
    values: np.ndarray,
    watched: Sequence[Watched],
    start: int,
    dt: float,
) -> Iterator[tuple[str, PopulationRun]]:
    """Each population's share of what was recorded from step `start` on, by name."""
    done = len(values)
    duration = done * dt
    column = 0
    for p, name in enumerate(names):
        n = int(first[p + 1] - first[p])
        alone = len(names) == 1  # then nobody has to be looked for
        own = slice(None) if alone else (ids >= first[p]) & (ids < first[p + 1])
        at = steps[own] - start
        spikes = Spikes._sorted((at + 1) * dt, ids[own].astype(np.int64) - first[p], n, duration)
        rate = np.bincount(at, minlength=done) / (n * dt / 1000.0)
        recorded = {}
        for value in VALUES:
            recorded[value] = values[:, column : column + watched[p][value].size].copy()
            column += watched[p][value].size
        yield name, PopulationRun(spikes, rate=rate, **recorded)
