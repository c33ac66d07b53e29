r"""Delivery: what spikes bring, and when it arrives.

A spike of neuron $j$ in step $t$ adds the weight of each of its synapses to the input of the neuron behind
it, $d_{ij}$ steps later:

$$ I_i(t + d_{ij}) \leftarrow I_i(t + d_{ij}) + w_{ij} $$

What is under way stands in a *ring*: row $t \bmod r$ holds what arrives in step $t$. A reader takes that row,
sets it to 0, and it stands for step $t + r$. So $r$ rows are enough for delays of up to $r - 1$ steps; $r$ is
a power of two, so that the remainder is a choice of bits. A synapse without a delay adds to the row of the
step itself: who has read that row already does not see it before it comes round again, so it has to be read
after the spikes of its step.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Wholes
from snnlab.checks import whole
from snnlab.compiling import kernel, uncounted_kernel
from snnlab.machine_memory import refuse_beyond_memory
from snnlab.networks.running.events import Events, check_events, events_of
from snnlab.networks.wiring.connections import Connections
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = ["arrivals", "bring", "deliver", "ring_for", "rows_for"]


def rows_for(longest: int) -> int:
    """How many rows a ring has for delays of up to `longest` steps: the next power of two above it.

    Examples
    --------
    >>> rows_for(4)
    8
    """
    return 1 << longest.bit_length()


def ring_for(events: Events, n_post: int) -> np.ndarray:
    """An empty ring for the delays of `events`.

    Parameters
    ----------
    events
        As `events_of` makes them.
    n_post : int
        Neurons that are told.

    Returns
    -------
    array of shape (rows, n_post)
        Zeros of the type of the weights; the rows are a power of two above the longest delay.

    Examples
    --------
    >>> lines = Connections([0, 0], [0, 1], [1.0, 1.0], [0.4, 0.1], 1, 2)
    >>> ring_for(events_of(lines, dt=0.1), n_post=2).shape
    (8, 2)
    """
    events, n_post = check_events(events), whole("n_post", n_post)
    rows = rows_for(int(events.late.max(initial=0)))
    afford("n_post and the longest delay", numbers=float(rows) * n_post)
    return np.zeros((rows, n_post), events.w.dtype)


def deliver(ids: ArrayLike, count: int, t: int, ring: np.ndarray, events: Events) -> None:
    """Add to the ring what the spikes of step `t` bring.

    The kernels of networks call `bring` in every step, without these checks.

    Parameters
    ----------
    ids : array of int of shape (n,)
        The neurons that fire, `count` of them, in any order.
    count : int
        How many of `ids` are in use.
    t : int
        The step, from 0.
    ring : array of shape (rows, n_post)
        As `ring_for` makes it: a power of two of rows, more than the longest delay. Of the type of the
        weights, which may be whole numbers too, as on Loihi.
    events : Events
        The synapses, sorted by who fires.

    Examples
    --------
    >>> events = events_of(Connections([0, 0], [0, 1], [5.0, 7.0], [0.1, 0.3], 1, 2), dt=0.1)
    >>> ring = ring_for(events, 2)
    >>> deliver(np.array([0]), 1, 2, ring, events)
    >>> print(ring)
    [[0. 0.]
     [0. 7.]
     [0. 0.]
     [5. 0.]]
    """
    events, ids = check_events(events), Wholes("(n,)")("ids", ids)
    count, t = whole("count", count, most=ids.size), whole("t", t, most=2**62)
    n_pre = events.begin.size - 1
    if count and ids[:count].max() >= n_pre:
        raise ValueError(f"ids must be below the {n_pre} neurons of events, got {ids[:count].max()}")
    if type(ring) is not np.ndarray or ring.ndim != 2 or ring.dtype != events.w.dtype:
        raise TypeError(f"ring must be an array of {events.w.dtype} of two axes, as ring_for makes it")
    rows, n_post = ring.shape
    if not ring.flags.writeable or rows & (rows - 1) or rows <= events.late.max(initial=0):
        raise ValueError(f"ring must be as ring_for makes it for these events, got one of {rows} rows")
    if events.post.max(initial=-1) >= n_post:
        raise ValueError(f"ring must have a column for neuron {events.post.max()}, got {n_post} columns")
    bring(ids, count, t, ring, events)


@uncounted_kernel
def bring(ids, count, t, ring, events):
    """`deliver`, for kernels: the first `count` of `ids` fire in step `t`."""
    begin, post, w, late = events
    last_row = np.uint64(len(ring) - 1)
    for k in range(count):
        j = ids[k]
        own = slice(begin[j], begin[j + 1])
        targets, weights, delays = post[own], w[own], late[own]
        for s in range(len(targets)):
            # Without signs no index can be negative, and none is tested for it.
            ring[np.uint64(t + delays[s]) & last_row, np.uint32(targets[s])] += weights[s]


def arrivals(spikes: Spikes, connections: Connections, dt: float = 0.1) -> np.ndarray:
    """What spikes bring to every neuron behind their synapses, step by step.

    Parameters
    ----------
    spikes
        Of the neurons that send; each spike belongs to the step that is nearest to its time.
    connections
        Their synapses.
    dt : float
        Time step, ms; all delays are multiples of it.

    Returns
    -------
    array of shape (steps, n_post)
        The sum of the weights that arrive in each step of the duration of `spikes`.

    Examples
    --------
    >>> lines = Connections([0, 1], [0, 0], [2.0, -1.0], [1.0, 3.0], 2, 1)
    >>> print(arrivals(Spikes([0.0, 1.0], [1, 0], duration=5.0), lines, dt=1.0).ravel())
    [ 0.  0.  2. -1.  0.]
    """
    if not isinstance(spikes, Spikes):
        raise TypeError(f"spikes must be Spikes, got {type(spikes).__name__}")
    events = events_of(connections, dt)
    if spikes.n_units != connections.n_pre:
        raise ValueError(f"spikes must be of n_pre ({connections.n_pre}) units, got {spikes.n_units}")
    when = np.rint(spikes.times / dt).astype(np.int64)
    steps = round(spikes.duration / dt)
    refuse_beyond_memory(
        "what arrives must fit into memory: it takes", 8.0 * steps * (connections.n_post + 1)
    )
    out = np.zeros((steps, connections.n_post))
    begin = np.searchsorted(when, np.arange(steps + 1))
    read_all(out, spikes.units, begin, ring_for(events, connections.n_post), events)
    return out


@kernel
def read_all(out, units, begin, ring, events):
    """Each row of `out` from the ring, after the spikes of its step; `begin` says where those stand."""
    for t in range(len(out)):
        bring(units[begin[t] : begin[t + 1]], begin[t + 1] - begin[t], t, ring, events)
        row = ring[t & (len(ring) - 1)]
        for i in range(len(row)):
            out[t, i] = row[i]
            row[i] = 0
