"""A search that sets out from the best points of a coarse grid, and again from what it has found.

As the walk of a simplex (`snnlab.neurons.fitting.simplex`) it asks for one value after the other, at
``search.walk.x``, so that Python and kernels can hold it alike.
"""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.neurons.fitting.simplex import TOL, Walk, begin_walk, copy, new_walk, tell_walk

__all__ = ["Search", "minimise_from", "new_search"]

_AGAIN = 20  # times a walk is begun anew where one has ended
_PAYS = 1e-4  # that much lower a new walk must come for another one
_NEW, _GRID, _STARTS, _FROM_BEST = range(4)


class Search(NamedTuple):
    """A search on its way.

    Examples
    --------
    >>> new_search([[0.0, 1.0], [0.0, 5.0, 9.0]], [1.0, 1.0], 2).errors.size
    6
    """

    walk: Walk
    """The simplex; in it, `x`, where the value is wanted."""
    axes: np.ndarray
    """The values of each number on the grid, one axis after the other."""
    sizes: np.ndarray
    """How many each axis has, shape (n,)."""
    step: np.ndarray
    """How far each walk looks at first, shape (n,)."""
    errors: np.ndarray
    """The values on the grid; NaN where a walk has set out."""
    best: np.ndarray
    """The best point of all walks, shape (n,)."""
    lowest: np.ndarray
    """The value there, shape (1,); infinite if no point of the grid is allowed."""
    at: np.ndarray
    """What is done, of which point of the grid, how many walks from its points, and again, shape (4,)."""


def new_search(axes: Sequence[Sequence[float]], step: ArrayLike, starts: int) -> Search:
    """A search that has not begun.

    Parameters
    ----------
    axes : sequence of n sequences
        The values of each number on the grid.
    step : array of shape (n,)
        How far each walk looks at first.
    starts : int
        From how many points of the grid it sets out.

    Examples
    --------
    >>> new_search([[-2.0, 0.5, 2.0]], [0.1], 2).axes
    array([-2. ,  0.5,  2. ])
    """
    sizes = [len(axis) for axis in axes]
    return Search(
        new_walk(len(axes)),
        np.concatenate([np.asarray(axis, np.float64) for axis in axes]),
        np.array(sizes, np.int64),
        np.array(step, np.float64),
        np.zeros(math.prod(sizes)),
        np.zeros(len(axes)),
        np.zeros(1),
        np.array([_NEW, 0, starts, _AGAIN], np.int64),
    )


def minimise_from(
    f: Callable[[np.ndarray], float],
    axes: Sequence[Sequence[float]],
    step: ArrayLike,
    starts: int,
    most: int = 1000,
) -> np.ndarray:
    """The place of the lowest of several local minima: the search sets out from the best points of a grid.

    Parameters
    ----------
    f
        As for `minimise`.
    axes, step, starts
        As for `new_search`.
    most : int
        How often `f` may be called from each, about.

    Raises
    ------
    ValueError
        If no point of the grid is allowed.

    Examples
    --------
    >>> x = minimise_from(lambda x: (x[0] ** 2 - 1) ** 2 + x[0], [[-2.0, 0.5, 2.0]], [0.1], 2)
    >>> print(f"{x[0]:.2f}")  # the valley at 1 is not as deep
    -1.11
    """
    search = new_search(axes, step, starts)
    begin_search(search)
    while tell_search(search, float(f(search.walk.x.copy())), most):
        pass
    return found(search)


def found(search: Search) -> np.ndarray:
    """The best point of a search that has ended."""
    if not np.isfinite(search.lowest[0]):
        raise ValueError("bounds must allow a neuron, got some within which no point of the search is one")
    return search.best


@kernel
def begin_search(search):
    """Ask for the value at the first point of the grid, if the search has not begun."""
    if search.at[0] == _NEW:
        search.lowest[0] = math.inf
        search.at[0], search.at[1] = _GRID, 0
        _point(search, 0, search.walk.x)


@kernel
def tell_search(search, value, most):
    """Go on with the value at ``search.walk.x``; whether another one is wanted.

    A walk takes `most` values, about.

    Examples
    --------
    >>> search = new_search([[-2.0, 0.5, 2.0]], [0.1], 2)
    >>> begin_search(search)
    >>> while tell_search(search, abs(search.walk.x[0] - 0.7), 1000):
    ...     pass
    >>> print(f"{search.best[0]:.3f}")
    0.700
    """
    walk, at = search.walk, search.at
    if at[0] == _GRID:
        search.errors[at[1]] = value
        if value < search.lowest[0]:
            search.lowest[0] = value
        at[1] += 1
        if at[1] < search.errors.size:
            _point(search, at[1], walk.x)
            return True
        if search.lowest[0] == math.inf:
            return False
        search.lowest[0] = math.inf
        at[0] = _STARTS
        return _set_out(search)
    if tell_walk(walk, value, most, TOL):
        return True
    lower = walk.values[0]
    if at[0] == _STARTS:
        if lower < search.lowest[0]:
            search.lowest[0] = lower
            copy(walk.points[0], search.best)
        if at[2] > 0 and _set_out(search):
            return True
        at[0] = _FROM_BEST
    else:
        if lower > search.lowest[0] - _PAYS:
            return False
        search.lowest[0] = lower
        copy(walk.points[0], search.best)
    if at[3] == 0:
        return False
    # a simplex that has become flat finds further down when it is set up anew
    at[3] -= 1
    for d in range(search.step.size):
        walk.middle[d] = 0.3 * search.step[d]
    begin_walk(walk, search.best, walk.middle)
    return True


@kernel
def _point(search, k, x):
    """Point k of the grid, whose last axis runs fastest."""
    end = search.axes.size
    for d in range(x.size - 1, -1, -1):
        size = search.sizes[d]
        end -= size
        x[d] = search.axes[end + k % size]
        k //= size


@kernel
def _set_out(search):
    """Begin a walk at the best point of the grid that is left; whether there is one."""
    best = -1
    for k in range(search.errors.size):
        if not math.isnan(search.errors[k]) and (best < 0 or search.errors[k] < search.errors[best]):
            best = k
    if best < 0:
        return False
    search.errors[best] = math.nan
    search.at[2] -= 1
    _point(search, best, search.walk.kept)
    begin_walk(search.walk, search.walk.kept, search.step)
    return True
