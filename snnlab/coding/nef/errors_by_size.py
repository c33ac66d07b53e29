r"""How the error of decoding falls with the number of neurons.

Both parts of the error (`snnlab.coding.nef.linear_decoders`) are means over many populations drawn at random.
The noise falls about as $1 / N$, as independent errors do. The distortion falls faster, near $1 / N^2$ for
some range of $N$, and more slowly among many neurons, where the regularisation keeps the decoders too small.

Source: C. Eliasmith and C. H. Anderson (2003), Neural Engineering, MIT Press, section 2.4.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole, wholes
from snnlab.coding.nef.linear_decoders import DecodingError, decoders, decoding_error
from snnlab.coding.nef.tuned_population import draw_population, tuning_curves

__all__ = ["errors_by_size", "exponents"]

POINTS = 501


def errors_by_size(
    sizes: Sequence[int], reg: float = 0.1, populations: int = 40, first: int = 0
) -> np.ndarray:
    """Mean errors of populations of several sizes that represent a number from -1 to 1.

    Parameters
    ----------
    sizes : sequence of int
        Numbers of neurons.
    reg : float
        Noise of a rate as a share of the highest, which the decoders know.
    populations : int
        How many are drawn for each size; population k of N neurons has the seed [N, k].
    first : int
        The first k. Runs with other populations are independent.

    Returns
    -------
    array of shape (sizes, 2)
        Mean distortion and mean noise, both squared.

    Examples
    --------
    >>> errors = errors_by_size([8, 16], populations=5)
    >>> bool(np.all(errors[1] < errors[0]))
    True
    """
    populations, first = whole("populations", populations, least=1), whole("first", first)
    x = np.linspace(-1.0, 1.0, POINTS)[:, None]
    sizes = wholes("sizes", sizes, least=1)
    found = np.empty((len(sizes), populations, len(DecodingError._fields)))
    for k, size in enumerate(sizes):
        for seed in range(populations):
            drawn = draw_population(size, rng=np.random.default_rng([size, first + seed]))
            rates = tuning_curves(drawn, x)
            found[k, seed] = decoding_error(rates, x, decoders(rates, x, reg), reg)
    return found.mean(axis=1)


def exponents(sizes: ArrayLike, errors: ArrayLike) -> np.ndarray:
    """The power of the number of neurons with which each error goes, by least squares of the logarithms.

    Parameters
    ----------
    sizes : array of shape (sizes,)
        Numbers of neurons, at least two.
    errors : array of shape (sizes, n)
        Errors above 0.

    Returns
    -------
    array of shape (n,)

    Examples
    --------
    >>> print(exponents([1, 10, 100], [[1.0], [0.1], [0.01]]).round(6))
    [-1.]
    """
    sizes = finite_array("sizes", sizes, (1,), "(sizes,)")
    errors = finite_array("errors", errors, (2,), "(sizes, n)")
    if len(errors) != sizes.size or sizes.size < 2:
        raise ValueError(f"errors must have a row for each of at least two sizes, got {errors.shape}")
    return np.polyfit(np.log(sizes), np.log(errors), 1)[0]
