"""All connections of a network as one list of events: what its one ring is filled from.

Each neuron that is told has two places in a row of the ring, one for what excites it and, `n` places
further, one for what inhibits it; the sign of the weight says which.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.networks.connections import Connections
from snnlab.networks.events import Events, events_of
from snnlab.networks.population import ExponentialConductances, Population

__all__ = ["Projection", "merged"]


class Projection(NamedTuple):
    """Connections from one population to another."""

    pre: str
    post: str
    lines: Connections


def merged(
    projections: Sequence[Projection],
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    n_sources: int,
    dt: float,
    dtype: DTypeLike = np.float64,
) -> Events:
    """The events of all projections, of `n` neurons and `n_sources` that fire.

    `offsets` says where each population begins when all are counted through.
    """
    pre, post, w, delay = ([np.zeros(0, kind)] for kind in (np.int32, np.int32, np.float64, np.float64))
    for projection in projections:
        lines = projection.lines
        negative = lines.w < 0
        conductances = isinstance(populations[projection.post].synapses, ExponentialConductances)
        pre.append(lines.pre + np.int32(offsets[projection.pre]))
        post.append(lines.post + np.int32(offsets[projection.post]) + np.int32(n) * negative)
        w.append(np.abs(lines.w) if conductances else lines.w)
        delay.append(lines.delay)
    ends, values = (np.concatenate(pre), np.concatenate(post)), (np.concatenate(w), np.concatenate(delay))
    return events_of(Connections(*ends, *values, n_sources, 2 * n), dt, dtype)
