r"""The one number that makes signs resemble real weights best: XNOR-Net's scale.

A row $w$ of $n$ weights is to be replaced by $\alpha\, b$ with signs $b_i = \pm 1$ and one scale
$\alpha > 0$, at the smallest squared error. Written out,

$$ \sum_i (w_i - \alpha b_i)^2 = \sum_i w_i^2 - 2 \alpha \sum_i w_i b_i + n \alpha^2 $$

Whatever $\alpha$ is, the middle sum is largest for $b = \operatorname{sgn}(w)$, where it is $\sum_i |w_i|$.
Then the derivative by $\alpha$ vanishes at the mean size of the weights:

$$ \alpha = \frac{1}{n} \sum_i |w_i|, \qquad \text{error} = \sum_i w_i^2 - n \alpha^2 $$

Source: M. Rastegari, V. Ordonez, J. Redmon and A. Farhadi (2016), XNOR-Net, ECCV, arXiv:1603.05279.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.learning.binary.binary_network import signs

__all__ = ["BinaryScale", "binary_scale"]


class BinaryScale(NamedTuple):
    """Signs and a scale for each row of weights.

    Examples
    --------
    >>> binary_scale([[0.5, -1.5]]).scale
    array([1.])
    """

    bits: np.ndarray
    """b, +1 and −1, shape (rows, n)."""
    scale: np.ndarray
    """α of each row, shape (rows,)."""
    error: np.ndarray
    """The squared error that is left of each row, shape (rows,)."""

    @property
    def weights(self) -> np.ndarray:
        """Signs times scale, which stand for the real weights, shape (rows, n)."""
        return self.scale[:, None] * self.bits


def binary_scale(w: ArrayLike) -> BinaryScale:
    """Signs and the best scale of each row.

    Parameters
    ----------
    w : array of shape (rows, n)
        Real weights, a row for each neuron.

    Examples
    --------
    >>> found = binary_scale([[0.8, -0.4, 0.2, -0.2]])
    >>> print(f"scale {found.scale[0]:.2f}, error {found.error[0]:.2f}")
    scale 0.40, error 0.24
    """
    w = finite_array("w", w, (2,), "(rows, n)")
    if not w.shape[1]:
        raise ValueError(f"w must have at least one column, got shape {w.shape}")
    scale = np.abs(w).mean(axis=1)
    bits = signs(w)
    return BinaryScale(bits, scale, ((w - scale[:, None] * bits) ** 2).sum(axis=1))
