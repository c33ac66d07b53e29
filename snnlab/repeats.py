"""One number for an experiment with chance in it: how it varies when it is done again.

A result of one seed is an anecdote. `spread` takes the results of at least ten, and says their mean, their
standard deviation and their extremes, always in the same words::

    >>> from snnlab import spread
    >>> print(spread([0.8, 0.9, 0.7, 0.8, 0.9, 0.6, 0.8, 0.9, 0.8, 0.8]))
    0.800 ± 0.094 (10 seeds, 0.600 to 0.900)

For a comparison give it the differences, paired: the same seed once with and once without the claimed cause.
What is common to the two runs then drops out.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab._checks import finite_array

__all__ = ["Spread", "spread"]

FEWEST = 10


class Spread(NamedTuple):
    """What `spread` returns: print it, or format it as you would format one number.

    Examples
    --------
    >>> ten = Spread(mean=0.82, sd=0.15, low=0.48, high=0.95, n=10, of="seeds")
    >>> print(f"accuracy {ten:.2f}, or {ten:.0%}")
    accuracy 0.82 ± 0.15 (10 seeds, 0.48 to 0.95), or 82% ± 15% (10 seeds, 48% to 95%)
    """

    mean: float
    """The mean, in the unit of the results."""
    sd: float
    """The standard deviation of one result, from n − 1; that of the mean is smaller by the root of n."""
    low: float
    """The smallest result."""
    high: float
    """The largest result."""
    n: int
    """How many results there are."""
    of: str
    """What was repeated."""

    def __format__(self, spec: str) -> str:
        if not spec:  # two digits of the standard deviation, as many decimals for the rest
            size = math.floor(math.log10(self.sd)) if self.sd else 0
            spec = f".{min(max(1 - size, 0), 15)}f"
        mean, sd, low, high = (format(x, spec) for x in (self.mean, self.sd, self.low, self.high))
        return f"{mean} ± {sd} ({self.n} {self.of}, {low} to {high})"

    def __str__(self) -> str:
        return format(self)


def spread(results: ArrayLike, of: str = "seeds") -> Spread:
    """Mean, standard deviation and extremes of the results of independent repetitions.

    Parameters
    ----------
    results : array_like
        One number for each repetition, shape (n,), at least ten. For a comparison, the paired differences.
    of : str
        What was repeated, in the plural: ``"seeds"``, ``"splits"``, ``"cells"``. Splits that share samples
        are not independent: their standard deviation is too small.

    Returns
    -------
    Spread
        It prints as ``0.82 ± 0.15 (10 seeds, 0.48 to 0.95)``.

    Raises
    ------
    ValueError
        If there are fewer than ten results, if one of them is not finite, or if `of` is not a word.
    TypeError
        If `results` are not numbers.

    Examples
    --------
    >>> with_noise, without = np.arange(10) + 3.0, np.arange(10)
    >>> print(f"paired: {spread(with_noise - without):.1f}")
    paired: 3.0 ± 0.0 (10 seeds, 3.0 to 3.0)
    """
    x = finite_array("results", results, ndim=(1,), shape="(n,)")
    if x.size < FEWEST:
        raise ValueError(
            f"results must be at least {FEWEST}, so that their spread means something, got {x.size}"
        )
    if not isinstance(of, str) or not of.replace(" ", "").isalpha():
        raise ValueError(f"of must name what was repeated, as 'seeds' does, got {of!r}")
    sd = float(np.std(x - x[0], ddof=1))  # equal results have no spread, not even a rounding error
    return Spread(float(np.mean(x)), sd, float(np.min(x)), float(np.max(x)), int(x.size), of)
