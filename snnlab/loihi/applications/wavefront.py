r"""Shortest paths by a wavefront: each place a compartment, each road a synapse, its length the delay.

The place where the wave starts fires in step 0. Each place fires as soon as the first spike arrives, and
never again. A spike that leaves $j$ in step $t_j$ arrives at $i$ in step $t_j + d_{ij}$, so

$$ t_i = \min_j\, (t_j + d_{ij}), \qquad t_\mathrm{source} = 0 $$

which is R. Bellman's equation (1958) of the shortest distance. The first-spike time is the distance that
E. W. Dijkstra's algorithm (1959) finds, step for step, for every place at once. Whoever's spike was first is
the place that one comes from; following these back from the target gives the path.

A delay has at most 62 steps. A longer road passes by *relays*, compartments that only hand on the spike.

Three numbers make the compartment: it forgets its current after a step and its voltage never, and its
threshold is 0, so that one spike is enough. Its own spike comes back to it after a step as an inhibition that
outweighs 32,639 others, and keeps it silent for ever after.

Source: F. Ponulak and J. J. Hopfield (2013), Frontiers in Computational Neuroscience 7:98, for the wave of
spikes; M. Davies et al. (2021), Proceedings of the IEEE 109(5), who report shortest paths on Loihi.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Wholes
from snnlab.checks import checked, whole
from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed_point import DELAY_MAX, EXCITATORY, INHIBITORY, SHIFT_BITS, whole_array
from snnlab.loihi.networks.recurrent import Numbers, SynapseGroup, at_rest, network_step, sorted_events
from snnlab.loihi.neuron.compartments import Compartment, registers
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.networks.running.events import Events
from snnlab.spikes import Spikes

__all__ = ["ONE_SPIKE", "Roads", "Wave", "grid_roads", "path_to", "relayed", "send_wave"]

ONE_SPIKE = Compartment(decay_u=4096, decay_v=0, v_th=0)
"""A compartment that fires at its first spike."""
TOLD = Synapse(sign_mode=EXCITATORY)
SILENCED = Synapse(sign_mode=INHIBITORY, exponent=7)
_MOST_IN = 255 * 2**7 - 1  # spikes that the inhibition outweighs
_MOST = 5_000_000  # places and relays, whose spikes under way take 1.3 GB
_LONGEST = 1 << 20  # a road of a million steps has 17,000 relays


class Roads(NamedTuple):
    """Places and the roads between them; each road goes in one direction.

    Examples
    --------
    >>> Roads(n=3, start=[0, 1], end=[1, 2], length=[7, 100]).n
    3
    """

    n: int
    """Number of places."""
    start: ArrayLike
    """The place where a road begins, from 0, shape (roads,)."""
    end: ArrayLike
    """The place where it ends, shape (roads,)."""
    length: ArrayLike
    """Its length, whole and at least 1: a number for all or shape (roads,)."""


class Wave(NamedTuple):
    """What a wave found.

    Examples
    --------
    >>> wave = send_wave(Roads(3, [0, 1, 0], [1, 2, 2], [7, 100, 120]), source=0)
    >>> print(wave.distance, wave.came_from, wave.relays)
    [  0   7 107] [-1  0  1] 2
    """

    distance: Annotated[np.ndarray, Wholes("(n,)", least=-1)]
    """The step in which each place fired, int64 of shape (n,): its distance; −1 where the wave never came."""
    came_from: Annotated[np.ndarray, Wholes("(n,)", least=-1)]
    """The place whose spike made it fire, int64 of shape (n,), the one with the lowest number where several
    came at once; −1 for the source and where the wave never came."""
    spikes: Spikes
    """All spikes, the places first, then the relays; a step counts as 1 ms."""
    relays: int
    """How many compartments only hand on a spike."""
    events: int
    """How many spikes arrived at a synapse."""


def send_wave(roads: Roads, source: int) -> Wave:
    """Let a wave of spikes run from `source` until it has died away.

    Parameters
    ----------
    roads
        The places and roads.
    source : int
        Where the wave starts.

    Raises
    ------
    ValueError, TypeError
        If there is no such place, or a length is no whole number of at least 1.

    Examples
    --------
    >>> send_wave(Roads(3, [0, 1, 0], [1, 2, 2], [7, 100, 120]), source=0).spikes
    Spikes(5 spikes of 5 units in 121 ms, 8.3 Hz a unit)
    """
    n, start, end, length = check_roads(roads)
    if whole("source", source) >= n:
        raise ValueError(f"source must be a place from 0 to {n - 1}, got {source}")
    into = np.bincount(end, minlength=1).max(initial=0)
    if into > _MOST_IN:
        raise ValueError(f"a place must have at most {_MOST_IN} roads into it, got {into}")
    pre, post, delay, total = relayed(roads)
    events = silencing(pre, post, delay, total)
    first = np.zeros(total, np.int32)
    steps = spread_wave(first, source, at_rest(total), events, Numbers(*registers(ONE_SPIKE, BRIAN2_LOIHI)))
    distance = first[:n].astype(np.int64)
    came_from = np.full(n, n, np.int64)
    there = distance[start] >= 0
    brought = there & (distance[start] + length == distance[end]) & (end != source)
    np.minimum.at(came_from, end[brought], start[brought])
    came_from[came_from == n] = -1
    units = np.flatnonzero(first >= 0)
    spikes = Spikes(first[units], units, n_units=total, duration=float(steps))
    return Wave(distance, came_from, spikes, total - n, int(np.diff(events.begin)[units].sum()))


def silencing(pre: np.ndarray, post: np.ndarray, delay: np.ndarray, n: int) -> Events:
    """The synapses of the roads, and one of each of `n` compartments that tells itself to be silent."""
    everyone = np.arange(n)
    return sorted_events(
        [SynapseGroup(pre, post, 1, delay, TOLD), SynapseGroup(everyone, everyone, -255, 1, SILENCED)], n
    )


def relayed(roads: Roads) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """The synapses of the roads, with relays where a road is longer than a delay can be.

    Parameters
    ----------
    roads
        The places and roads.

    Returns
    -------
    pre, post, delay : array of int64 of shape (synapses,)
        The synapses; compartments from `roads.n` on are relays.
    n : int
        Number of compartments.

    Raises
    ------
    ValueError, TypeError
        If a length is no whole number of at least 1, or a place does not exist.

    Examples
    --------
    >>> print(*relayed(Roads(2, [0], [1], [130])))
    [0 2 3] [2 3 1] [62 62  6] 4
    """
    n, start, end, length = check_roads(roads)
    pieces = -(-length // DELAY_MAX)
    if (total := n + int((pieces - 1).sum())) > _MOST:
        raise ValueError(f"places and relays together must be at most {_MOST}, got {total}")
    road = np.repeat(np.arange(start.size), pieces)
    place = np.arange(road.size) - np.repeat(np.cumsum(pieces) - pieces, pieces)  # of a piece within its road
    last = place == pieces[road] - 1
    number = n + np.cumsum(~last) - 1  # of the relay at the end of a piece
    pre = np.where(place == 0, start[road], np.roll(number, 1))
    post = np.where(last, end[road], number)
    delay = np.where(last, length[road] - DELAY_MAX * (pieces[road] - 1), DELAY_MAX)
    return pre, post, delay, n + int((~last).sum())


def path_to(wave: Wave, target: int) -> np.ndarray:
    """The shortest path, read back from who made whom fire.

    Parameters
    ----------
    wave
        What `send_wave` found.
    target : int
        Where the path ends.

    Returns
    -------
    array of int64 of shape (places,)
        From the source to the target; empty if the wave never came there.

    Raises
    ------
    ValueError
        If there is no such place.

    Examples
    --------
    >>> wave = send_wave(Roads(4, [0, 1, 0], [1, 2, 2], [7, 100, 120]), source=0)
    >>> print(path_to(wave, 2), path_to(wave, 3))
    [0 1 2] []
    """
    wave = checked("wave", wave, Wave)
    n = wave.distance.size
    if whole("target", target) >= n:
        raise ValueError(f"target must be a place from 0 to {n - 1}, got {target}")
    if wave.distance[target] < 0:
        return np.empty(0, np.int64)
    path = [int(target)]
    while (before := int(wave.came_from[path[-1]])) >= 0:
        if before >= n or not 0 <= wave.distance[before] < wave.distance[path[-1]]:
            raise ValueError(
                f"came_from must lead to places nearer to the source, got {before} for {path[-1]}"
            )
        path.append(before)
    return np.array(path[::-1])


def grid_roads(cost: ArrayLike) -> Roads:
    """A map of squares: a road leads from each to its four neighbours, as long as the square it enters says.

    Parameters
    ----------
    cost : array of int of shape (rows, columns)
        Steps that it takes to enter a square, at least 1; 0 for a wall.

    Returns
    -------
    Roads
        Place number row · columns + column. No road leads into a wall or out of it.

    Raises
    ------
    ValueError, TypeError
        If `cost` has another shape or negative entries.

    Examples
    --------
    >>> roads = grid_roads([[1, 9], [1, 0]])
    >>> print(roads.start, roads.end, roads.length)
    [1 2 0 0] [0 0 1 2] [1 1 9 1]
    """
    squares = whole_array("cost", cost, 0, _LONGEST)
    if squares.ndim != 2:
        raise ValueError(f"cost must have shape (rows, columns), got {squares.shape}")
    if not squares.size:
        raise ValueError(f"cost must hold one square at least, got shape {squares.shape}")
    number = np.arange(squares.size).reshape(squares.shape)
    a = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    b = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    start, end = np.concatenate([a, b]), np.concatenate([b, a])
    flat = squares.ravel()
    open_ = (flat[start] > 0) & (flat[end] > 0)
    start, end = start[open_], end[open_]
    order = np.lexsort((start, end))
    return Roads(squares.size, start[order], end[order], flat[end[order]])


def check_roads(roads: Roads) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Number of places; start, end and length of each road."""
    if not isinstance(roads, Roads):
        raise TypeError(f"roads must be Roads, got {type(roads).__name__}")
    n = whole("n", roads.n, 1)
    if n > _MOST:
        raise ValueError(f"n must be at most {_MOST}, got {n}")
    start, end = (whole_array(name, getattr(roads, name), 0, n - 1) for name in ("start", "end"))
    if start.ndim != 1 or end.shape != start.shape:
        raise ValueError(f"start and end must have shape (roads,), got {start.shape} and {end.shape}")
    length = whole_array("length", roads.length, 1, _LONGEST)
    if length.ndim and length.shape != start.shape:
        raise ValueError(f"length must be a number or have shape {start.shape}, got {length.shape}")
    return n, start, end, np.broadcast_to(length, start.shape)


@kernel
def spread_wave(first, source, state, events, numbers):
    """Step after step until no spike is under way; `first` gets the step in which each compartment fired."""
    first[:] = -1
    state.ring[0, source] = 1 << SHIFT_BITS  # one spike
    t = last = 0
    while t <= last:
        network_step(t, state, events, 0, numbers)
        for k in range(len(first)):
            if state.fired[k]:
                if first[k] < 0:
                    first[k] = t
                for s in range(events.begin[k], events.begin[k + 1]):
                    last = max(last, t + events.late[s])
        t += 1
    return t
