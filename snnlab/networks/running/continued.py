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

from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.running.alignment import aligned
from snnlab.networks.running.built import Built
from snnlab.networks.running.loop import put_into_ring
from snnlab.neurons.states import check_start, copied

__all__ = ["connections_then", "continued", "deliver_by"]

_RINGS = ("ring", "waiting", "n_waiting")


def continued(start: Any, rest: NetworkState) -> NetworkState:
    """A copy of `start`, if it is a state of the network that begins with `rest`.

    Its rings have as many rows as those of `rest` at least: a synapse added since may have a longer delay.
    """
    if isinstance(start, NetworkState):
        rings = {name: getattr(rest, name) for name in _RINGS}
        check_start(start._replace(**rings), rest)
        if start.dt != rest.dt:
            raise ValueError(
                f"start must be the state of a run with the same dt, {rest.dt:g} ms, got {start.dt:g} ms"
            )
        _check_rings(start)
    else:
        check_start(start, rest)
    own: dict[str, Any] = {}
    for name, x, like in zip(start._fields, start, rest, strict=True):
        if isinstance(x, tuple):
            own[name] = copied(x, like)
        elif name not in _RINGS and np.shape(x) == rest.v.shape:
            own[name] = aligned(np.asarray(x), like.dtype)
        else:
            own[name] = np.array(x, like.dtype) if np.ndim(x) and name not in _RINGS else x
    own["ring"] = _ring(start, rest)
    own["waiting"], own["n_waiting"] = _waiting(start, rest)
    return NetworkState(**own)


def _check_rings(start: NetworkState) -> None:
    n, rows, kept = np.size(start.v), len(start.ring), len(start.n_waiting)
    shapes = np.shape(start.ring), np.shape(start.waiting), np.shape(start.n_waiting)
    if shapes != ((rows, 2 * n), (kept, n), (kept,)) or rows & (rows - 1) or kept & (kept - 1):
        raise ValueError("start must be the state of a run of the same model, got one with other shapes")
    counts = np.clip(start.n_waiting, 0, n)
    ids = np.concatenate([own[:count] for own, count in zip(start.waiting, counts.tolist(), strict=True)])
    if (counts != start.n_waiting).any() or ((ids < 0) | (ids >= n)).any():
        raise ValueError(f"start must be a state in which some of {n} neurons wait, got other numbers")


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
    known = getattr(start, "connected", -1)
    if known > now:
        raise ValueError(f"start must be the state of at most {now} connections, got one of {known}")
    return now if known < 0 else known


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
