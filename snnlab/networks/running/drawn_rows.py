r"""The synapses of recipes, drawn straight into the rows in which a spike finds them.

Sorting a list takes several copies of it. Here there is no list. A first pass draws who fires at each synapse
and counts; the sums of these counts say where each row begins. A second pass draws everything and puts
synapse $s$ of neuron $j$ at the end of its row so far,

$$ c_j = |\{ s : j(s) = j \}|, \qquad b_{j+1} = b_j + c_j $$

So no more memory is taken than the rows keep: 4 bytes for who is told, 4 for the weight in float32, and one
for the delay where it is at most 255 steps. The rows are those of `merged`, in the same order.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import DTypeLike

from snnlab.compiling import kernel
from snnlab.machine_memory import refuse_beyond_memory
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import ExponentialConductances
from snnlab.networks.running.events import Events, whole_steps_of
from snnlab.networks.running.projections import Projection, in_a_row
from snnlab.networks.wiring.memory import ROW_BYTES
from snnlab.networks.wiring.recipe import NS, Undrawn, grid_of, synapse
from snnlab.random import uniform_pair
from snnlab.work_and_memory import afford, slices

__all__ = ["count_sources", "drawn_rows", "has_recipes", "put_drawn"]

_ONE_BYTE = 255  # steps


def has_recipes(projections: Sequence[Projection]) -> bool:
    """Whether synapses of one of them are drawn here."""
    return any(isinstance(projection.held, Undrawn) for projection in projections)


def drawn_rows(
    projections: Sequence[Projection],
    begin: Sequence[int] | np.ndarray,
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    n_sources: int,
    dt: float,
    dtype: DTypeLike = np.float64,
) -> Events:
    """`merged`, of projections of which some are recipes.

    Weights are float32 where all are recipes, whatever `dtype` is: they have no more digits.

    Examples
    --------
    A recipe, and beside it a list:

    >>> from snnlab.networks import Connections, Network, Population
    >>> from snnlab.networks.wiring.recipe import Recipe
    >>> from snnlab.networks.wiring.weighting import TruncatedNormal
    >>> net = Network(cells=Population(50), rng=np.random.default_rng(1))
    >>> w, delay = TruncatedNormal(0.1, 0.01, 0.0, 0.2), TruncatedNormal(1.5, 0.75, 0.1, 9.0, grid=0.1)
    >>> net.connect("cells", "cells", Recipe(200, w, delay))
    >>> net.connect("cells", "cells", Connections([0], [1], [0.2], [0.5], 50, 50))
    >>> net.run(2.0)["cells"].spikes.n_spikes, net.n_synapses
    (0, 201)
    """
    total = sum(projection.n for projection in projections)
    refuse_beyond_memory("the synapses must fit into memory: they take", ROW_BYTES * total)
    afford("the number of synapses", numbers=ROW_BYTES / 8.0 * total, steps=float(total), ns=NS)
    ends = np.zeros(n_sources + 1, np.int64)
    for projection, first in zip(projections, begin, strict=True):
        _count(projection, ends[first + 1 :])
    np.cumsum(ends, out=ends)
    longest = max(projection.longest for projection in projections)
    late = np.empty(total, np.uint8 if round(longest / dt) <= _ONE_BYTE else np.int32)
    only = all(isinstance(projection.held, Undrawn) for projection in projections)
    rows = Events(ends, np.empty(total, np.int32), np.empty(total, np.float32 if only else dtype), late)
    at = ends[:-1].copy()
    for projection, first in zip(projections, begin, strict=True):
        _put(projection, at[first:], rows, offsets, populations, n, dt)
    return rows


def _count(projection: Projection, counts: np.ndarray) -> None:
    """Add the synapses of each neuron that fires."""
    lines = projection.held
    if isinstance(lines, Undrawn):
        for begin, end in slices(lines.n, 20.0):
            count_sources(counts, begin, end, lines.n_pre, lines.seed)
    else:
        counts[: lines.n_pre] += np.bincount(lines.pre, minlength=lines.n_pre)


def _put(
    projection: Projection,
    at: np.ndarray,
    rows: Events,
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    dt: float,
) -> None:
    """Each synapse to the end of its row so far; `at` says for each neuron where that is."""
    lines = projection.held
    if not isinstance(lines, Undrawn):
        places, weights = in_a_row(projection, lines.w < 0, offsets, populations, n)
        put_given(at, rows, lines.pre, places, weights, whole_steps_of(lines.delay, dt))
        return
    (_, w, delay), grid = lines.recipe, grid_of(lines.recipe.delay)
    of_amount = isinstance(populations[projection.post].synapses, ExponentialConductances)
    where = offsets[projection.post], n, round(grid.size / dt), of_amount
    for begin, end in slices(lines.n, NS):
        put_drawn(at, rows, begin, end, where, (lines.n_pre, lines.n_post), w, delay, grid, lines.seed)


@kernel
def count_sources(counts, begin, end, n_pre, seed):
    """Who fires at the synapses from number `begin` to `end`: the first number of `synapse`."""
    for s in range(begin, end):
        a, _ = uniform_pair(seed, np.uint64(0), np.uint64(s))
        counts[int(a * n_pre)] += 1


@kernel
def put_drawn(at, rows, begin, end, where, sizes, w, delay, grid, seed):
    """Draw the synapses from number `begin` to `end`, and put each where it belongs."""
    first, n, every, of_amount = where
    for s in range(begin, end):
        j, i, weight, steps = synapse(s, sizes, w, delay, grid, seed)
        k = at[j]
        at[j] = k + 1
        rows.post[k] = first + i + (n if weight < 0.0 else 0)
        rows.w[k] = -weight if of_amount and weight < 0.0 else weight
        rows.late[k] = every * steps


@kernel
def put_given(at, rows, pre, places, w, late):
    """The same for synapses that are there."""
    for s in range(len(pre)):
        k = at[pre[s]]
        at[pre[s]] = k + 1
        rows.post[k], rows.w[k], rows.late[k] = places[s], w[s], late[s]
