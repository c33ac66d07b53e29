"""What the names in a network stand for: its populations, and the spikes that are given to it.

All neurons are counted through, population after population, and the units of given spikes after them.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from snnlab.networks.cells.population import Population, check_population
from snnlab.spikes import Spikes

__all__ = ["Members", "members_of"]


class Members(NamedTuple):
    """Who is in a network, by name."""

    neurons: dict[str, Population]
    """The populations, checked."""
    given: dict[str, Spikes]
    """What fires when it says."""

    @property
    def n(self) -> int:
        """How many neurons there are."""
        return sum(population.n for population in self.neurons.values())

    @property
    def sources(self) -> int:
        """How many neurons and units of given spikes there are."""
        return self.n + sum(spikes.n_units for spikes in self.given.values())

    def offsets(self) -> dict[str, int]:
        """With which number each member begins."""
        sizes = [population.n for population in self.neurons.values()]
        sizes += [spikes.n_units for spikes in self.given.values()]
        return dict(zip([*self.neurons, *self.given], np.cumsum([0, *sizes]).tolist(), strict=False))

    def neurons_of(self, name: str, argument: str) -> Population:
        """The population of a name that was given as `argument`."""
        if not isinstance(name, str) or name not in self.neurons:
            raise ValueError(f"{argument} must be one of {', '.join(self.neurons)}, got {name!r:.60}")
        return self.neurons[name]

    def size(self, name: str, argument: str) -> int:
        """How many neurons or units have a name that was given as `argument`."""
        if isinstance(name, str) and name in self.given:
            return self.given[name].n_units
        if not isinstance(name, str) or name not in self.neurons:
            known = ", ".join([*self.neurons, *self.given])
            raise ValueError(f"{argument} must be one of {known}, got {name!r:.60}")
        return self.neurons[name].n

    def __repr__(self) -> str:
        sizes = [f"{name}: {population.n}" for name, population in self.neurons.items()]
        return ", ".join(sizes + [f"{name}: {spikes.n_units} given" for name, spikes in self.given.items()])


def members_of(members: Mapping[str, Population | Spikes], dt: float) -> Members:
    """The members of a network with this time step, if they can be in one."""
    neurons, given = {}, {}
    for name, member in members.items():
        if isinstance(member, Spikes):
            given[name] = member
        else:
            neurons[name] = check_population(name, member, dt)
    if not neurons:
        raise ValueError("a network must have one Population at least, got none")
    return Members(neurons, given)
