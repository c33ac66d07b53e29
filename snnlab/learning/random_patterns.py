"""Random spike patterns with random labels, which a network can only learn by heart."""

import numpy as np

from snnlab.checks import affordable, positive, whole
from snnlab.learning.samples import Samples, samples_from_raster
from snnlab.random import generator

__all__ = ["poisson_patterns"]


def poisson_patterns(
    n_samples: int = 256,
    n_inputs: int = 100,
    n_classes: int = 2,
    steps: int = 200,
    rate: float = 5.0,
    dt: float = 1.0,
    *,
    rng: np.random.Generator,
) -> Samples:
    """Random patterns with random labels: what a network can only learn by heart.

    The task of SpyTorch's first tutorial.

    Parameters
    ----------
    n_samples, n_inputs, n_classes, steps : int
        How many.
    rate : float
        Of each input, Hz; in a step it fires with probability rate · dt / 1000.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the patterns and the labels come from.

    Examples
    --------
    >>> samples = poisson_patterns(rng=np.random.default_rng(1))
    >>> print(samples.n_samples, samples.units.size, np.bincount(samples.labels))
    256 25683 [112 144]
    """
    rng = generator(rng)
    shape = whole("n_samples", n_samples, 1), whole("steps", steps, 1), whole("n_inputs", n_inputs, 1)
    n_classes = whole("n_classes", n_classes, 1)
    chance = positive("rate", rate) * positive("dt", dt) / 1000.0
    if chance > 1:
        raise ValueError(f"rate must be at most one spike a step ({1000.0 / dt:g} Hz), got {rate:g}")
    affordable(float(np.prod(shape, dtype=float)) * chance)
    raster = rng.random(shape, dtype=np.float32) < chance
    return samples_from_raster(raster, rng.integers(0, n_classes, shape[0]))
