r"""Positions of neurons, and how far they are from each other.

A line and a sheet end: neurons at the edge have fewer neighbours. A *ring* and a *torus* have no edge. They
begin anew behind the length $L$, and the shorter way counts:

$$ d_{ij}^2 = \sum_a \min\big(|x_{ia} - x_{ja}|,\ L_a - |x_{ia} - x_{ja}|\big)^2 $$
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, true_or_false, whole
from snnlab.kernel_arguments import numbers

__all__ = ["Positions", "distances", "on_grid"]


class Positions(NamedTuple):
    """Where the neurons of a population are.

    Any positions will do, drawn ones too: ``Positions(rng.random((100, 2)))``.

    Examples
    --------
    >>> print(Positions([[0.0, 0.0], [0.3, 0.4]]).at)
    [[0.0, 0.0], [0.3, 0.4]]
    """

    at: ArrayLike
    """mm, shape (n, dimensions)."""
    around: ArrayLike = np.inf
    """After which length it begins anew, mm, a number or shape (dimensions,); infinite where it ends."""


def on_grid(shape: int | tuple[int, ...], size: ArrayLike, *, wrapped: bool = False) -> Positions:
    """Neurons on a line, a ring, a sheet or a torus, all equally far from the next.

    Parameters
    ----------
    shape : int or tuple of int
        How many neurons, along each axis: ``100`` is a line, ``(20, 30)`` a sheet of 600 in 20 rows.
    size : float or array of shape (dimensions,)
        Length of each axis, mm. Each neuron sits in the middle of its share.
    wrapped : bool
        Whether the end is joined to the beginning: a line becomes a ring, a sheet a torus.

    Returns
    -------
    Positions
        Row by row, so that neuron k of a sheet is in row ``k // columns``.

    Examples
    --------
    >>> print(on_grid(4, size=2.0).at.ravel())
    [0.25 0.75 1.25 1.75]
    >>> on_grid((20, 30), size=(2.0, 3.0), wrapped=True).at.shape
    (600, 2)
    """
    counts = [whole("shape", n, 1) for n in (shape if isinstance(shape, tuple) else (shape,))]
    lengths = finite_array("size", size, (0, 1), "() or (dimensions,)")
    if lengths.shape not in ((), (len(counts),)):
        raise ValueError(f"size must be a number or have shape ({len(counts)},), got {lengths.shape}")
    if not (lengths > 0).all():
        raise ValueError(f"size must be positive and finite, got {lengths.min():g}")
    lengths = np.broadcast_to(lengths, len(counts))
    steps = np.indices(counts).reshape(len(counts), -1).T
    at = (steps + 0.5) * (lengths / counts)
    return Positions(at, lengths if true_or_false("wrapped", wrapped) else np.inf)


def distances(pre: Positions, post: Positions | None = None) -> np.ndarray:
    """How far each neuron is from each.

    Parameters
    ----------
    pre : Positions
        Of the neurons that fire.
    post : Positions, optional
        Of those that are told, on the same line or sheet; left out, they are the same neurons.

    Returns
    -------
    array of shape (n_post, n_pre)
        mm, `d[post, pre]`.

    Examples
    --------
    >>> print(distances(on_grid(4, size=4.0, wrapped=True)))
    [[0. 1. 2. 1.]
     [1. 0. 1. 2.]
     [2. 1. 0. 1.]
     [1. 2. 1. 0.]]
    """
    a, b = checked_pair(pre, post)
    return far(b.at[:, None], a.at[None], a.around)


def far(a: np.ndarray, b: np.ndarray, around: np.ndarray) -> np.ndarray:
    """The distance between positions, whose last axis are the dimensions."""
    squares: np.ndarray | float = 0.0
    for x, y, length in zip(np.moveaxis(a, -1, 0), np.moveaxis(b, -1, 0), around, strict=True):
        apart = np.abs(x - y)
        squares = squares + np.minimum(apart, length - apart) ** 2
    return np.sqrt(squares)


class Placed(NamedTuple):
    """Positions that are right, as arrays."""

    at: np.ndarray
    around: np.ndarray


def checked_pair(pre: Positions, post: Positions | None) -> tuple[Placed, Placed]:
    """Both positions, if they are on the same line or sheet."""
    a = check_positions("pre", pre)
    b = a if post is None else check_positions("post", post)
    if a.around.tolist() != b.around.tolist():
        raise ValueError(f"around must be the same for pre and post, got {a.around} and {b.around}")
    wide = np.ptp(np.concatenate([a.at, b.at]), axis=0)
    if (wide > a.around).any():
        k = int(np.argmax(wide > a.around))
        raise ValueError(f"all positions must lie within around ({a.around[k]:g} mm), got {wide[k]:g} mm")
    return a, b


def check_positions(name: str, positions: Positions) -> Placed:
    """`positions` as arrays, if there is one at least."""
    if not isinstance(positions, Positions):
        raise TypeError(f"{name} must be Positions, got {type(positions).__name__}")
    at = finite_array(f"at of {name}", positions.at, (2,), "(n, dimensions)")
    if not at.size:
        raise ValueError(f"at of {name} must hold one position at least, got shape {at.shape}")
    around = np.asarray(numbers(f"around of {name}", positions.around))
    if around.shape not in ((), at.shape[1:]) or not (around > 0).all():
        raise ValueError(f"around of {name} must be positive, one for each axis of at, got {around}")
    return Placed(at, np.broadcast_to(around, at.shape[1]))
