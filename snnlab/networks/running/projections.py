"""All connections of a network as one list of events: what its one ring is filled from.

Each neuron that is told has two places in a row of the ring, one for what excites it and, `n` places
further, one for what inhibits it; the sign of the weight says which.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from snnlab.networks.cells.population import Population
from snnlab.networks.cells.short_term import TsodyksMarkram
from snnlab.networks.cells.synapses import DeltaJumps, in_ring
from snnlab.networks.members import Members
from snnlab.networks.running.events import Events, events_of, whole_steps_of
from snnlab.networks.wiring.connections import Connections, joined
from snnlab.networks.wiring.memory import ROW_BYTES, wiring_bytes
from snnlab.networks.wiring.recipe import Recipe, Undrawn, grid_of, undrawn
from snnlab.networks.wiring.rule import Rule
from snnlab.networks.wiring.weighting import TruncatedNormal, weighted
from snnlab.random import seed_from

__all__ = ["Projection", "asked_for", "between", "counted_through", "in_a_row", "merged"]


class Projection(NamedTuple):
    """Connections from one population to another."""

    pre: str
    post: str
    held: Connections | Undrawn
    short_term: TsodyksMarkram | None = None
    """What its synapses do from one spike to the next, if they are not always the same."""

    @property
    def lines(self) -> Connections:
        """The connections; those of a recipe are drawn each time."""
        return self.held.drawn() if isinstance(self.held, Undrawn) else self.held

    @property
    def n(self) -> int:
        """How many synapses there are."""
        return self.held.n if isinstance(self.held, Undrawn) else self.held.pre.size

    @property
    def longest(self) -> float:
        """Their longest delay, ms; of a recipe the longest that there can be."""
        if isinstance(self.held, Undrawn):
            return self.held.longest
        return float(self.held.delay.max(initial=0.0))

    @property
    def bytes(self) -> float:
        """What they take at most while they become events: the connection, a copy of it, and sorting."""
        return self.n * (ROW_BYTES if isinstance(self.held, Undrawn) else 24.0 + wiring_bytes(1))


def asked_for(
    members: Members,
    pre: str,
    post: str,
    connections: Connections | Rule | Recipe,
    w: ArrayLike | TruncatedNormal | None,
    delay: ArrayLike | TruncatedNormal | None,
    rng: np.random.Generator | None,
    dt: float,
) -> Connections | Undrawn:
    """The synapses that a network was asked for, if they fit to its populations."""
    n_pre, n_post = members.size(pre, "pre"), members.neurons_of(post, "post").n
    jumps = isinstance(members.neurons[post].synapses, DeltaJumps)
    if isinstance(connections, Recipe):
        if w is not None or delay is not None:
            raise ValueError("w and delay must be left out for a recipe, which has its own, got one of them")
        if rng is None:
            raise ValueError("rng must be given for a recipe to be drawn, got None")
        later = undrawn(connections, n_pre, n_post, seed_from(rng))
        grid = grid_of(later.recipe.delay)
        _check_delays(np.array([grid.size, grid.size * grid.most]), grid.size * grid.least, jumps, dt)
        return later
    if isinstance(connections, Rule):
        connections = connections(n_pre, n_post, rng, pre == post)
    lines = weighted(connections, w, delay, rng)
    if (lines.n_pre, lines.n_post) != (n_pre, n_post):
        raise ValueError(
            f"connections must be from {n_pre} to {n_post} neurons, got {lines.n_pre} to {lines.n_post}"
        )
    _check_delays(lines.delay, float(lines.delay.min(initial=dt)), jumps, dt)
    return lines


def _check_delays(delays: np.ndarray, shortest: float, jumps: bool, dt: float) -> None:
    whole_steps_of(delays, dt)
    if jumps and round(shortest / dt) < 1:
        raise ValueError(f"delay must be at least dt ({dt:g} ms) onto DeltaJumps, got 0")


def between(projections: Sequence[Projection], pre: str, post: str, n_pre: int, n_post: int) -> Connections:
    """All synapses from one population to another, of these sizes."""
    return joined([p.lines for p in projections if (p.pre, p.post) == (pre, post)], n_pre, n_post)


def counted_through(projections: Sequence[Projection], offsets: Mapping[str, int], n: int) -> Connections:
    """All synapses as those of one population of `n`; `offsets` says where each of its parts begins."""
    whole = [
        lines._replace(pre=lines.pre + np.int32(offsets[p.pre]), post=lines.post + np.int32(offsets[p.post]))
        for p, lines in ((p, p.lines) for p in projections)
    ]
    return joined(whole, n, n)


def in_a_row(
    projection: Projection,
    inhibits: np.ndarray | np.bool_,
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Where each synapse adds to a row of the ring, and what."""
    lines = projection.lines
    places = lines.post + np.int32(offsets[projection.post]) + np.int32(n) * inhibits
    return places, in_ring(populations[projection.post].synapses, lines.w)


def merged(
    projections: Sequence[Projection],
    begin: Sequence[int] | np.ndarray,
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    n_sources: int,
    dt: float,
    dtype: DTypeLike = np.float64,
) -> Events:
    """The events of all projections onto `n` neurons, from `n_sources` that fire.

    `begin` says which of these is the first of each projection, `offsets` where each population begins when
    all neurons are counted through.
    """
    pre, post, w, delay = ([np.zeros(0, kind)] for kind in (np.int32, np.int32, np.float64, np.float64))
    for projection, first in zip(projections, begin, strict=True):
        lines = projection.lines
        places, weights = in_a_row(projection, lines.w < 0, offsets, populations, n)
        pre.append(lines.pre + np.int32(first))
        post.append(places)
        w.append(weights)
        delay.append(lines.delay)
    ends, values = (np.concatenate(pre), np.concatenate(post)), (np.concatenate(w), np.concatenate(delay))
    return events_of(Connections(*ends, *values, n_sources, 2 * n), dt, dtype)
