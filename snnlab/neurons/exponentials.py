r"""Divided differences of the exponential: responses of filters in a row, whatever their time constants.

$$ e[x, y] = \frac{e^x - e^y}{x - y}, \qquad e[x, y, z] = \frac{e[x, y] - e[y, z]}{x - z} $$

Written like this both lose all digits where two arguments agree. The kernels here lose none.
"""

import math

from snnlab.compiling import kernel

__all__ = ["exponential_difference", "second_difference"]


@kernel
def exponential_difference(x, y):
    """The first divided difference of exp at x and y."""
    gap = abs(x - y)
    share = -math.expm1(-gap) / gap if gap != 0.0 else 1.0
    return math.exp(max(x, y)) * share


@kernel
def second_difference(x, y, z):
    """The second divided difference of exp at x, y and z."""
    low, high = min(x, y, z), max(x, y, z)
    middle = max(min(x, y), min(max(x, y), z))
    if high - low >= 1.0:
        return (exponential_difference(high, middle) - exponential_difference(middle, low)) / (high - low)
    # Near one another: the power series around the largest. Term k is a sum of products of k distances, which
    # is updated from the term before, over (k + 2)!; the 20th is below 1e-18 of the first.
    p, q = middle - high, low - high
    of_p, of_both = 1.0, 1.0
    factorial, total = 2.0, 0.5
    for k in range(1, 20):
        of_p *= p
        of_both = q * of_both + of_p
        factorial *= k + 2
        total += of_both / factorial
    return math.exp(high) * total
