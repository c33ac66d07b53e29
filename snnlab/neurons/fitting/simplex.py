"""The simplex search: the least value of a function that has no derivative.

A simplex of n + 1 points walks downhill: its worst point is thrown over the middle of the others, further if
that pays, and drawn in if it does not.

Source: J. A. Nelder and R. Mead (1965), The Computer Journal 7, 308–313.
"""

from collections.abc import Callable, Sequence

import numpy as np

__all__ = ["minimise", "minimise_from"]


def minimise(
    f: Callable[[np.ndarray], float], start: np.ndarray, step: np.ndarray, most: int = 1000, tol: float = 1e-7
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
    points = np.vstack([start, start + np.diag(step)])
    values = np.array([f(x) for x in points])
    called = len(values)
    while called < most:
        order = np.argsort(values, kind="stable")
        points, values = points[order], values[order]
        if values[-1] - values[0] < tol:
            break
        middle = points[:-1].mean(axis=0)

        def along(far: float) -> tuple[np.ndarray, float]:
            x = middle + far * (middle - points[-1])  # noqa: B023  called within this turn of the loop only
            return x, f(x)

        thrown, value = along(1.0)
        called += 1
        if value < values[0]:
            further, value_further = along(2.0)
            called += 1
            if value_further < value:
                thrown, value = further, value_further
        elif value >= values[-2]:
            thrown, value = along(0.5 if value < values[-1] else -0.5)
            called += 1
            if value >= values[-1]:  # nothing along this line: draw all points towards the best
                points[1:] = points[0] + 0.5 * (points[1:] - points[0])
                values[1:] = [f(x) for x in points[1:]]
                called += len(values) - 1
                continue
        points[-1], values[-1] = thrown, value
    best = int(np.argmin(values))
    return points[best], float(values[best])


def minimise_from(
    f: Callable[[np.ndarray], float],
    axes: Sequence[Sequence[float]],
    step: np.ndarray,
    starts: int,
    most: int = 1000,
) -> np.ndarray:
    """The place of the lowest of several local minima: the search sets out from the best points of a grid.

    Parameters
    ----------
    f
        As for `minimise`.
    axes : sequence of n sequences
        The values of each number on the grid.
    step : array of shape (n,)
        As for `minimise`.
    starts : int
        From how many points.
    most : int
        How often `f` may be called from each, about.

    Raises
    ------
    ValueError
        If no point of the grid is allowed.

    Examples
    --------
    >>> x = minimise_from(lambda x: (x[0] ** 2 - 1) ** 2 + x[0], [[-2.0, 0.5, 2.0]], np.array([0.1]), 2)
    >>> print(f"{x[0]:.2f}")  # the valley at 1 is not as deep
    -1.11
    """
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, len(axes))
    errors = np.array([f(x) for x in grid])
    if not np.isfinite(errors).any():
        raise ValueError("bounds must allow a neuron, got some within which no point of the search is one")
    found = [minimise(f, grid[k], step, most) for k in np.argsort(errors, kind="stable")[:starts]]
    best, value = min(found, key=lambda result: result[1])
    for _ in range(20):  # a simplex that has become flat finds further down when it is set up anew
        better, lower = minimise(f, best, 0.3 * step, most)
        if lower > value - 1e-4:
            break
        best, value = better, lower
    return best
