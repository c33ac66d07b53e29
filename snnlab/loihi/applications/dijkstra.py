"""Dijkstra's algorithm, with which the wave of spikes is compared: a list of places, the nearest first.

Source: E. W. Dijkstra (1959), Numerische Mathematik 1, 269-271; the list kept as a heap, as is usual today.
"""

import heapq

import numpy as np

from snnlab.checks import whole
from snnlab.loihi.applications.wavefront import Roads, check_roads

__all__ = ["dijkstra_distances"]


def dijkstra_distances(roads: Roads, source: int) -> np.ndarray:
    """The shortest distance of every place, without a spike.

    Parameters
    ----------
    roads
        The places and roads.
    source : int
        Where the way begins.

    Returns
    -------
    array of int64 of shape (n,)
        −1 where no way leads.

    Raises
    ------
    ValueError, TypeError
        If there is no such place, or a length is no whole number of at least 1.

    Examples
    --------
    >>> print(dijkstra_distances(Roads(4, [0, 1, 0], [1, 2, 2], [7, 100, 120]), source=0))
    [  0   7 107  -1]
    """
    n, start, end, length = check_roads(roads)
    if whole("source", source) >= n:
        raise ValueError(f"source must be a place from 0 to {n - 1}, got {source}")
    leaving: list[list[tuple[int, int]]] = [[] for _ in range(n)]
    for a, b, far in zip(start.tolist(), end.tolist(), length.tolist(), strict=True):
        leaving[a].append((far, b))
    distance = np.full(n, -1)
    waiting = [(0, source)]
    while waiting:
        so_far, place = heapq.heappop(waiting)  # the nearest of all that are known
        if distance[place] < 0:
            distance[place] = so_far
            for far, other in leaving[place]:
                heapq.heappush(waiting, (so_far + far, other))
    return distance
