r"""How far two gradients point apart: the angle between them, all weights taken as one vector.

$$ \cos\varphi = \frac{\langle a, b \rangle}{|a|\,|b|} $$

Below 90 degrees a small step against one makes the loss of the other smaller. Two directions drawn at
random among $n$ weights are 90 degrees apart, give or take $1/\sqrt{n}$ radians.

Source: of an angle to backpropagation as the measure, T. P. Lillicrap, D. Cownden, D. B. Tweed and C. J.
Akerman (2016), Nature Communications 7, 13276, there between what reaches the units, δ; here between
what the weights are told, over a batch.
"""

from collections.abc import Sequence

import numpy as np

__all__ = ["angle", "layer_angles", "relative_distance"]


def angle(a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> float:
    """The angle between two gradients, in degrees.

    Parameters
    ----------
    a, b : sequences of arrays
        One matrix a layer each, of the same shapes.

    Returns
    -------
    float
        From 0 to 180; NaN if one of them is 0.

    Examples
    --------
    >>> round(angle([np.array([[1.0, 0.0]])], [np.array([[1.0, 1.0]])]), 6)
    45.0
    """
    one, other = _flat("a", a, b), _flat("b", b, a)
    sizes = np.linalg.norm(one), np.linalg.norm(other)
    if not all(sizes):
        return np.nan
    one, other = one / sizes[0], other / sizes[1]
    # the arc cosine would lose half the digits of a small angle
    return float(np.degrees(2 * np.arctan2(np.linalg.norm(one - other), np.linalg.norm(one + other))))


def layer_angles(a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> np.ndarray:
    """The same for each layer alone.

    Parameters
    ----------
    a, b : sequences of arrays
        As in `angle`.

    Returns
    -------
    array of shape (layers,)
        Degrees; NaN where one of the two is 0.

    Examples
    --------
    >>> layer_angles([np.eye(1), np.eye(1)], [np.eye(1), -np.eye(1)])
    array([  0., 180.])
    """
    return np.array([angle([one], [other]) for one, other in zip(a, b, strict=True)])


def relative_distance(a: Sequence[np.ndarray], b: Sequence[np.ndarray]) -> float:
    """|a − b| / |b|: how far `a` misses `b`, in size as well as in direction.

    Parameters
    ----------
    a, b : sequences of arrays
        As in `angle`.

    Returns
    -------
    float
        0 if they are equal; NaN if `b` is 0.

    Examples
    --------
    >>> relative_distance([np.array([[3.0]])], [np.array([[2.0]])])
    0.5
    """
    one, other = _flat("a", a, b), _flat("b", b, a)
    size = np.linalg.norm(other)
    return float(np.linalg.norm(one - other) / size) if size else np.nan


def _flat(name: str, matrices: Sequence[np.ndarray], like: Sequence[np.ndarray]) -> np.ndarray:
    shapes, wanted = [np.shape(m) for m in matrices], [np.shape(m) for m in like]
    if shapes != wanted:
        raise ValueError(f"{name} must have the shapes {wanted}, got {shapes}")
    return np.concatenate([np.ravel(m) for m in matrices])
