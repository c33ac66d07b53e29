"""All connections of a network as one list of events: what its one ring is filled from.

Each neuron that is told has two places in a row of the ring, one for what excites it and, `n` places
further, one for what inhibits it; the sign of the weight says which.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.networks.cells.population import Population
from snnlab.networks.cells.short_term import TsodyksMarkram
from snnlab.networks.cells.synapses import in_ring
from snnlab.networks.running.events import Events, events_of
from snnlab.networks.wiring.connections import Connections, joined

__all__ = ["Projection", "between", "counted_through", "in_a_row", "merged"]


class Projection(NamedTuple):
    """Connections from one population to another."""

    pre: str
    post: str
    lines: Connections
    short_term: TsodyksMarkram | None = None
    """What its synapses do from one spike to the next, if they are not always the same."""


def between(projections: Sequence[Projection], pre: str, post: str, n_pre: int, n_post: int) -> Connections:
    """All synapses from one population to another, of these sizes."""
    return joined([p.lines for p in projections if (p.pre, p.post) == (pre, post)], n_pre, n_post)


def counted_through(projections: Sequence[Projection], offsets: Mapping[str, int], n: int) -> Connections:
    """All synapses as those of one population of `n`; `offsets` says where each of its parts begins."""
    whole = [
        p.lines._replace(
            pre=p.lines.pre + np.int32(offsets[p.pre]), post=p.lines.post + np.int32(offsets[p.post])
        )
        for p in projections
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
        places, weights = in_a_row(projection, projection.lines.w < 0, offsets, populations, n)
        pre.append(projection.lines.pre + np.int32(first))
        post.append(places)
        w.append(weights)
        delay.append(projection.lines.delay)
    ends, values = (np.concatenate(pre), np.concatenate(post)), (np.concatenate(w), np.concatenate(delay))
    return events_of(Connections(*ends, *values, n_sources, 2 * n), dt, dtype)
