"""The simplex search: the least value of a function that has no derivative.

A simplex of n + 1 points walks downhill: its worst point is thrown over the middle of the others, further if
that pays, and drawn in if it does not.

A kernel cannot be handed a function. So the walk is turned inside out: it says at which point it wants the
value next, `Walk.x`, and goes on when it is told. Whoever holds it may be Python with any function, or a
kernel with its own.

Source: J. A. Nelder and R. Mead (1965), The Computer Journal 7, 308–313.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel

__all__ = ["Walk", "minimise", "new_walk"]

TOL = 1e-7  # of the values at the points of a simplex: where they differ by less, the walk ends
_SET_UP, _THROWN, _FURTHER, _DRAWN, _SHRUNK = range(5)  # what the value is wanted for


class Walk(NamedTuple):
    """A simplex on its way.

    Examples
    --------
    >>> new_walk(2).points.shape
    (3, 2)
    """

    points: np.ndarray
    """Its points, shape (n + 1, n); when the walk has ended, the best comes first."""
    values: np.ndarray
    """The values there, shape (n + 1,)."""
    x: np.ndarray
    """Where the value is wanted, shape (n,)."""
    middle: np.ndarray
    """The middle of all points but the worst, shape (n,)."""
    kept: np.ndarray
    """What takes the worst point's place unless something better is found, shape (n,)."""
    value: np.ndarray
    """The value there, shape (1,)."""
    at: np.ndarray
    """What the value is wanted for, how many have been told, and of which point, shape (3,)."""


def new_walk(n: int) -> Walk:
    """A walk through n dimensions that has not begun.

    Parameters
    ----------
    n : int
        How many numbers the function takes.

    Examples
    --------
    >>> new_walk(3).x
    array([0., 0., 0.])
    """
    return Walk(
        points=np.zeros((n + 1, n)),
        values=np.zeros(n + 1),
        x=np.zeros(n),
        middle=np.zeros(n),
        kept=np.zeros(n),
        value=np.zeros(1),
        at=np.zeros(3, np.int64),
    )


def minimise(
    f: Callable[[np.ndarray], float], start: np.ndarray, step: np.ndarray, most: int = 1000, tol: float = TOL
) -> tuple[np.ndarray, float]:
    """A local minimum of `f` near `start`, and the value there.

    Parameters
    ----------
    f
        Takes an array of shape (n,) and returns a number; infinite where a point is not allowed.
    start, step : arrays of shape (n,)
        An allowed point, and how far to look from it at first along each axis.
    most : int
        How often `f` may be called, about.
    tol : float
        The search ends when the values at all points of the simplex differ by less.

    Examples
    --------
    >>> x, value = minimise(lambda x: (x[0] - 3) ** 2 + abs(x[1]), np.ones(2), np.ones(2), tol=1e-12)
    >>> print(f"{x[0]:.4f} {abs(x[1]):.4f}")
    3.0000 0.0000
    """
    walk = new_walk(len(start))
    begin_walk(walk, np.asarray(start, np.float64), np.asarray(step, np.float64))
    while tell_walk(walk, float(f(walk.x.copy())), most, tol):
        pass
    return walk.points[0], float(walk.values[0])


@kernel
def begin_walk(walk, start, step):
    """Set the simplex up around `start`; the first value is wanted there.

    Examples
    --------
    >>> walk = new_walk(2)
    >>> begin_walk(walk, np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    >>> walk.x, walk.points[2]
    (array([1., 2.]), array([1. , 2.5]))
    """
    n = start.size
    for k in range(n + 1):
        for d in range(n):
            walk.points[k, d] = start[d] + (step[d] if d == k - 1 else 0.0)
    copy(walk.points[0], walk.x)
    walk.at[0], walk.at[1], walk.at[2] = _SET_UP, 0, 0


@kernel
def tell_walk(walk, value, most, tol):
    """Go on with the value at `Walk.x`; whether another one is wanted.

    `most` and `tol` are those of `minimise`.

    Examples
    --------
    >>> walk = new_walk(1)
    >>> begin_walk(walk, np.array([5.0]), np.array([1.0]))
    >>> while tell_walk(walk, (walk.x[0] - 2.0) ** 2, 1000, 1e-12):
    ...     pass
    >>> print(f"{walk.points[0, 0]:.3f} after {walk.at[1]} values")
    2.000 after 46 values
    """
    values, at, stage, last = walk.values, walk.at, walk.at[0], walk.values.size - 1
    at[1] += 1
    if stage in (_SET_UP, _SHRUNK):
        values[at[2]] = value
        at[2] += 1
        if at[2] <= last:
            copy(walk.points[at[2]], walk.x)
            return True
        return _turn(walk, most, tol)
    if stage == _THROWN:
        _keep(walk, value)
        if value < values[0]:
            return _look(walk, 2.0, _FURTHER)
        if value >= values[last - 1]:
            return _look(walk, 0.5 if value < values[last] else -0.5, _DRAWN)
    elif stage == _FURTHER and value < walk.value[0]:
        _keep(walk, value)
    elif stage == _DRAWN:
        if value >= values[last]:  # nothing along this line: draw all points towards the best
            for k in range(1, last + 1):
                for d in range(last):
                    walk.points[k, d] = walk.points[0, d] + 0.5 * (walk.points[k, d] - walk.points[0, d])
            copy(walk.points[1], walk.x)
            at[0], at[2] = _SHRUNK, 1
            return True
        _keep(walk, value)
    copy(walk.kept, walk.points[last])
    values[last] = walk.value[0]
    return _turn(walk, most, tol)


@kernel
def copy(of, to):
    """Write the numbers of one array into another."""
    for d in range(of.size):
        to[d] = of[d]


@kernel
def _keep(walk, value):
    """Remember the point where the value was wanted."""
    copy(walk.x, walk.kept)
    walk.value[0] = value


@kernel
def _look(walk, far, why):
    """Ask for the value on the line from the worst point through the middle of the others."""
    worst = walk.values.size - 1
    for d in range(worst):
        walk.x[d] = walk.middle[d] + far * (walk.middle[d] - walk.points[worst, d])
    walk.at[0] = why
    return True


@kernel
def _turn(walk, most, tol):
    """Sort the points, the best one first, and throw the worst; whether the walk goes on."""
    points, values, last = walk.points, walk.values, walk.values.size - 1
    for k in range(1, last + 1):
        j = k
        while j > 0 and values[j] < values[j - 1]:
            values[j], values[j - 1] = values[j - 1], values[j]
            for d in range(last):
                points[j, d], points[j - 1, d] = points[j - 1, d], points[j, d]
            j -= 1
    if walk.at[1] >= most or values[last] - values[0] < tol:
        return False
    for d in range(last):
        middle = 0.0
        for k in range(last):
            middle += points[k, d]
        walk.middle[d] = middle / last
    return _look(walk, 1.0, _THROWN)
