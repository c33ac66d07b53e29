r"""Weights of −1, 0 and +1, which follow a real number with hysteresis.

Behind each weight stands a *shadow weight* $w$, a real number from −1 to 1, which learns. The network uses
the nearest whole number, but lets go of the one that it has only when the shadow weight is clearly gone:

$$ \hat w \leftarrow \begin{cases} \hat w & |w - \hat w| \le \frac12 + h \\
\operatorname{round}(w) & \text{otherwise} \end{cases} $$

With the hysteresis $h = 0$ a shadow weight that wanders about $\frac12$ changes its weight with every small
step; with $h > 0$ it has to wander through a zone of the width $2h$.

A trained real network can also be cut afterwards: $w \approx \alpha \hat w$ with the smallest squared error
keeps the $k$ largest weights for which $(\sum |w|)^2 / k$ is largest, and $\alpha$ is their mean size.

Source: S. K. Esser, P. A. Merolla, J. V. Arthur and others (2016), Convolutional networks for fast,
energy-efficient neuromorphic computing, PNAS 113, 11441–11446, who round with hysteresis; the form is ours.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction
from snnlab.compiling import kernel

__all__ = ["TernaryCut", "cut_to_ternary", "ternary_weights"]


class TernaryCut(NamedTuple):
    """Real weights cut to three values.

    Examples
    --------
    >>> TernaryCut(np.array([[1, 0]], np.int8), 0.5).scale
    0.5
    """

    weights: np.ndarray
    """−1, 0 or +1, int8, of the shape of the real ones."""
    scale: float
    """α, by which they are multiplied."""


def ternary_weights(w: ArrayLike, before: ArrayLike, hysteresis: float = 0.0) -> np.ndarray:
    """The weights that are used, from their shadow weights and from what was used before.

    Parameters
    ----------
    w : array
        Shadow weights, from −1 to 1.
    before : array of the shape of `w`
        −1, 0 or +1 each.
    hysteresis : float
        h, from 0 to 1; with more than ½ a weight of 0 stays.

    Examples
    --------
    >>> print(ternary_weights([0.55, 0.55, 0.7], [0, 1, 0], 0.1))
    [0. 1. 1.]
    """
    shadow = finite_array("w", w, tuple(range(33)), "any")
    used = finite_array("before", before, tuple(range(33)), "any")
    if used.shape != shadow.shape:
        raise ValueError(f"before must have the shape of w, {shadow.shape}, got {used.shape}")
    if shadow.size and np.abs(shadow).max() > 1:
        raise ValueError(f"w must be from -1 to 1, got {shadow[np.abs(shadow) > 1][0]:g}")
    if not np.isin(used, [-1.0, 0.0, 1.0]).all():
        raise ValueError("before must be -1, 0 or 1 each, got others")
    used = used.copy()
    follow(shadow.ravel(), used.ravel(), fraction("hysteresis", hysteresis))
    return used


def cut_to_ternary(w: ArrayLike) -> TernaryCut:
    """The three values and the scale that are nearest to real weights.

    Parameters
    ----------
    w : array of shape (post, pre)
        The weights of a layer, not all 0.

    Examples
    --------
    >>> cut = cut_to_ternary([[0.9, -0.1, 0.2, -1.1]])
    >>> print(cut.weights, round(cut.scale, 2))
    [[ 1  0  0 -1]] 1.0
    """
    w = finite_array("w", w, (2,), "(post, pre)")
    if not w.any():
        raise ValueError("w must have a weight that is not 0, got none")
    sizes = np.sort(np.abs(w).ravel())[::-1]
    kept = 1 + int(np.argmax(np.cumsum(sizes) ** 2 / np.arange(1, sizes.size + 1)))
    return TernaryCut(
        np.where(np.abs(w) >= sizes[kept - 1], np.sign(w), 0).astype(np.int8), float(sizes[:kept].mean())
    )


@kernel
def rounded(w, before, hysteresis):
    """−1, 0 or +1: what was before, unless the shadow weight has gone too far from it."""
    if abs(w - before) <= 0.5 + hysteresis:
        return before
    if w > 0.5:
        return 1.0
    return -1.0 if w < -0.5 else 0.0


@kernel
def follow(w, used, hysteresis):
    """`rounded` for each weight, in place; how many of them are others than before."""
    changed = 0
    for k in range(w.size):
        now = rounded(w[k], used[k], hysteresis)
        changed += now != used[k]
        used[k] = now
    return changed
