"""Profiles: how the probability of a synapse falls with distance.

Source: M. Kaiser and C. C. Hilgetag (2004), Neurocomputing 58-60, 297-302, for the exponential one.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import Positive, fraction

__all__ = ["ExponentialProfile", "GaussianProfile", "StepProfile"]

Probability = Annotated[float, fraction]


class GaussianProfile(NamedTuple):
    r"""Many synapses nearby and hardly any beyond three widths.

    $$ p(d) = p\, e^{-d^2 / 2\sigma^2} $$

    Examples
    --------
    >>> print(GaussianProfile(p=0.5, sigma=0.2)(np.array([0.0, 0.2])).round(3))
    [0.5   0.303]
    """

    p: Probability
    """Probability at distance 0."""
    sigma: Positive
    """Width, mm."""

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """The probability of a synapse over each `distance`, mm."""
        return self.p * np.exp(-0.5 * (distance / self.sigma) ** 2)


class ExponentialProfile(NamedTuple):
    r"""Fewer synapses with distance, and some that lead far.

    $$ p(d) = p\, e^{-d / \lambda} $$

    Examples
    --------
    >>> print(ExponentialProfile(p=0.5, scale=0.2)(np.array([0.0, 0.2])).round(3))
    [0.5   0.184]
    """

    p: Probability
    """Probability at distance 0."""
    scale: Positive
    """The distance λ over which it falls to 37 %, mm."""

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """The probability of a synapse over each `distance`, mm."""
        return self.p * np.exp(-distance / self.scale)


class StepProfile(NamedTuple):
    """The same probability up to a radius, and none beyond.

    Examples
    --------
    >>> print(StepProfile(p=0.5, radius=0.2)(np.array([0.0, 0.2, 0.3])))
    [0.5 0.5 0. ]
    """

    p: Probability
    """Probability up to the radius."""
    radius: Positive
    """mm; a distance that is larger by no more than rounding counts as within."""

    def __call__(self, distance: np.ndarray) -> np.ndarray:
        """The probability of a synapse over each `distance`, mm."""
        return self.p * (distance <= self.radius * (1.0 + 1e-9))
