"""The simplex search: the least value of a function that has no derivative.

A simplex of n + 1 points walks downhill: its worst point is thrown over the middle of the others, further if
that pays, and drawn in if it does not.

Source: J. A. Nelder and R. Mead (1965), The Computer Journal 7, 308–313.
"""

from collections.abc import Callable

import numpy as np

__all__ = ["minimise"]


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
