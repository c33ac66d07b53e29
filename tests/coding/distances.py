"""How far a sample is from a distribution, with bounds that chance passes once in a thousand."""

import numpy as np

__all__ = ["chi_square", "chi_square_bound", "ks_bound", "ks_distance"]


def ks_distance(sample, cdf):
    """The Kolmogorov–Smirnov distance of a sample from a continuous distribution."""
    x = cdf(np.sort(sample))
    n = x.size
    return np.max(np.maximum(x - np.arange(n) / n, np.arange(1, n + 1) / n - x))


def ks_bound(n):
    """Its 0.1 % point for large n."""
    return 1.95 / np.sqrt(n)


def chi_square(counts, expected):
    return np.sum((counts - expected) ** 2 / expected)


def chi_square_bound(degrees):
    """Its 0.1 % point (Wilson and Hilferty's approximation)."""
    return degrees * (1 - 2 / (9 * degrees) + 3.09 * np.sqrt(2 / (9 * degrees))) ** 3
