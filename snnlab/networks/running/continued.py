"""The state in which a run goes on where another one ended: in arrays of its own, which it may change.

What is under way is copied as far as there is something. The lists of who waits are nearly empty, and to copy
all the room they have would take longer than a hundred steps.

Examples
--------
A synapse that is added between two runs carries what is fired from then on, and no spike that was under way:

>>> from snnlab.networks import Connections, Network, Population
>>> net = Network(cells=Population(2, i=0.3, v_start=[-50.0, -65.0]))
>>> net.connect("cells", "cells", Connections([0], [1], [1.0], [1.5], 2, 2))
>>> run = net.run(1.0)
>>> net.connect("cells", "cells", Connections([0], [1], [2.0], [0.5], 2, 2))
>>> after = net.run(1.0, start=run.state, record={"cells": [1]})["cells"].excitation[:, 0]
>>> print(run["cells"].spikes.times, after.max())
[0.1] 1.0
"""

from typing import Any

import numpy as np

from snnlab.checks import whole
from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.running.alignment import aligned
from snnlab.networks.running.built import Built
from snnlab.networks.running.loop import put_into_ring
from snnlab.networks.running.projections import Projection
from snnlab.networks.running.simulation import not_finite
from snnlab.neurons.states import check_start, copied

__all__ = ["connections_then", "continued", "deliver_by", "older_bytes"]

_RINGS = ("ring", "waiting", "n_waiting")


def continued(start: Any, rest: NetworkState) -> NetworkState:
    """A copy of `start`, if it is a state of the network that begins with `rest`.

    Its rings have as many rows as those of `rest` at least: a synapse added since may have a longer delay.
    """
    if not isinstance(start, NetworkState):
        check_start(start, rest)
    given, theirs = ({name: np.asarray(getattr(state, name)) for name in _RINGS} for state in (start, rest))
    start = start._replace(**given)
    check_start(start._replace(**theirs), rest)
    if start.dt != rest.dt:
        raise ValueError(
            f"start must be the state of a run with the same dt, {rest.dt:g} ms, got {start.dt:g} ms"
        )
    if np.asarray(start.step).dtype.kind not in "iu" or start.step[0] < 0:
        raise ValueError(f"start must be at a whole step of 0 or later, got {start.step[0]}")
    _check_rings(start)
    pairs = zip(start._fields, start, rest, strict=True)
    own = {name: _own(x, like, rest.v.shape) for name, x, like in pairs if name not in _RINGS}
    waiting, n_waiting = _waiting(start, rest)
    state = NetworkState(**own, ring=_ring(start, rest), waiting=waiting, n_waiting=n_waiting)
    if bad := not_finite(state):
        raise ValueError(f"start must be finite, got {bad}")
    return state


def _own(x: Any, like: Any, of_neurons: tuple[int, ...]) -> Any:
    """A copy of a field, of the type of `like`; numbers of which each neuron has one begin with a line."""
    if isinstance(x, tuple):
        return copied(x, like)
    if not np.ndim(x):
        return type(like)(x)
    if np.shape(x) == of_neurons:
        return aligned(np.asarray(x), like.dtype)
    return np.array(x, like.dtype)


def _check_rings(start: NetworkState) -> None:
    """Say in a sentence why these cannot be the rings of a state, if they cannot."""
    n, shapes = np.size(start.v), [np.shape(getattr(start, name)) for name in _RINGS]
    rows, kept = (shape[0] if shape else 0 for shape in (shapes[0], shapes[2]))
    if shapes != [(rows, 2 * n), (kept, n), (kept,)] or rows.bit_count() != 1 or kept.bit_count() != 1:
        raise ValueError("start must be the state of a run of the same model, got one with other shapes")
    if start.ring.dtype.kind not in "biuf" or not np.isfinite(start.ring).all():
        raise ValueError("start must have a ring of finite numbers, got others")
    wrong = f"start must be a state in which some of {n} neurons wait, got "
    if start.waiting.dtype.kind not in "iu" or start.n_waiting.dtype.kind not in "iu":
        raise ValueError(f"{wrong}{start.waiting.dtype} and {start.n_waiting.dtype}, not whole numbers")
    counts = np.clip(start.n_waiting, 0, n)
    if (counts != start.n_waiting).any():
        raise ValueError(f"{wrong}other numbers")
    ids = np.concatenate([own[:count] for own, count in zip(start.waiting, counts.tolist(), strict=True)])
    if ((ids < 0) | (ids >= n)).any():
        raise ValueError(f"{wrong}other numbers")
    if np.unique(np.repeat(np.arange(kept) * n, counts) + ids).size != ids.size:
        raise ValueError(f"{wrong}one of them twice in a step")


def _ring(start: NetworkState, rest: NetworkState) -> np.ndarray:
    """What is under way, in at least as many rows."""
    old, step = start.ring, int(start.step[0])
    if len(old) >= len(rest.ring):
        return np.array(old, rest.ring.dtype)
    ring = np.zeros_like(rest.ring)
    first = step if step else -1  # what comes at time 0 is read when a run begins there
    steps = np.arange(first, first + len(old))
    ring[steps & (len(ring) - 1)] = old[steps & (len(old) - 1)]
    return ring


def _waiting(start: NetworkState, rest: NetworkState) -> tuple[np.ndarray, np.ndarray]:
    """Who waits, and how many do in each row."""
    old, last = start.n_waiting, int(start.step[0]) - 1
    rows = max(len(old), len(rest.n_waiting))
    waiting, n_waiting = np.zeros((rows, np.size(start.v)), np.int32), np.zeros(rows, np.int64)
    for row in np.flatnonzero(old).tolist():
        place, count = _fired_in(row, last, len(old)) & (rows - 1), old[row]
        waiting[place, :count], n_waiting[place] = start.waiting[row, :count], count
    return waiting, n_waiting


def _fired_in(row: Any, last: int, rows: int) -> Any:
    """The step of which a row is, or each of an array of rows, where the last step was `last`."""
    return last - ((last - row) & (rows - 1))


def connections_then(start: Any, now: int) -> int:
    """How many connections a network had when `start` was its state, if it has not lost any."""
    known = whole("start.connected", np.asarray(getattr(start, "connected", -1))[()], -1)
    if known > now:
        raise ValueError(f"start must be the state of at most {now} connections, got one of {known}")
    return now if known < 0 else known


def older_bytes(start: Any, projections: list[Projection]) -> float:
    """What it takes to sort the synapses of `start` once more, where others were added since."""
    then = connections_then(start, now := len(projections))
    older = projections[:then] if then < now else []
    return sum(projection.bytes for projection in older)


def deliver_by(built: Built, state: NetworkState, now: bool) -> None:
    """Refuse spikes that wait and should have arrived by these synapses; `now` puts all into the ring."""
    if not state.n_waiting.any():
        return
    step, fans = int(state.step[0]), built.fans
    late = int(built.events.late.max(initial=0)) if fans is None else fans.late
    first = _fired_in(np.flatnonzero(state.n_waiting), step - 1, len(state.n_waiting)).min()
    if first + late < step:
        raise ValueError(
            f"start must be the state of a run of the same network, "
            f"got one in which a spike waits for more than {late} steps"
        )
    if now:
        put_into_ring(step, state, built.events)
