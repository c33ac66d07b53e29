r"""The soft LIF neuron: the f–I curve of a LIF neuron, with a slope that is never infinite.

In threshold currents, the LIF neuron fires at

$$ r(j) = \left[ t_{ref} + \tau_m \ln\left( 1 + \frac{1}{\rho(j - 1)} \right) \right]^{-1}, \qquad
\rho(x) = \max(0, x) $$

Right above its threshold the slope of this curve is infinite, and below it is zero: bad for going down a
gradient. The soft neuron has

$$ \rho(x) = \gamma \ln\left( 1 + e^{x/\gamma} \right), \qquad
\frac{dr}{dj} = r^2\, \tau_m\, \frac{\rho'}{\rho\, (1 + \rho)}, \qquad
\rho'(x) = \frac{1}{1 + e^{-x/\gamma}} $$

in its place, and becomes the hard one for $\gamma \to 0$. Far below the threshold
$\rho = \gamma e^{x/\gamma}$ underflows, but its logarithm does not: the rate goes to zero only as
$\gamma / (\tau_m |x|)$, and so slowly that errors still find their way.

Source: E. Hunsberger and C. Eliasmith (2015), Spiking deep networks with LIF neurons, arXiv:1510.08829.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array
from snnlab.compiling import kernel

__all__ = ["SoftLIF", "check_soft_lif", "soft_lif_rate", "soft_lif_slope"]

_FAR = -40.0  # below, ln(1 + exp y) is exp y to the last digit


class SoftLIF(NamedTuple):
    """The numbers of the neuron; its threshold current is 1.

    Examples
    --------
    >>> SoftLIF(gamma=0.0).gamma  # the hard neuron
    0.0
    """

    tau_m: Positive = 20.0
    """Time constant of the membrane, ms."""
    t_ref: Positive = 4.0
    """Refractory time, ms."""
    gamma: NonNegative = 0.03
    """γ, how soft the threshold is, in threshold currents; 0 for the LIF neuron itself."""


def check_soft_lif(neuron: SoftLIF) -> SoftLIF:
    """`neuron` with every number valid."""
    return checked("neuron", neuron, SoftLIF)


def soft_lif_rate(j: ArrayLike, neuron: SoftLIF = SoftLIF()) -> np.ndarray:
    """Firing rate under a constant current.

    Parameters
    ----------
    j : float or array of any shape
        Current in threshold currents.
    neuron
        The numbers of the neuron.

    Returns
    -------
    array of the shape of `j`
        Rate in Hz.

    Examples
    --------
    >>> print(np.round(soft_lif_rate([0.5, 1.0, 2.0]), 1))
    [ 2.5 12.2 56. ]
    >>> print(np.round(soft_lif_rate([0.5, 1.0, 2.0], SoftLIF(gamma=0.0)), 1))
    [ 0.  0. 56.]
    """
    return _of_each(rates_at, j, neuron)


def soft_lif_slope(j: ArrayLike, neuron: SoftLIF = SoftLIF()) -> np.ndarray:
    """How fast the rate grows with the current.

    Parameters
    ----------
    j : float or array of any shape
        Current in threshold currents.
    neuron
        The numbers of the neuron. That of γ = 0 has the slope 0 at its threshold and below.

    Returns
    -------
    array of the shape of `j`
        Hz per threshold current.

    Examples
    --------
    >>> print(np.round(soft_lif_slope([0.5, 1.0, 2.0]), 1))
    [ 4.  70.3 31.3]
    """
    return _of_each(slopes_at, j, neuron)


def _of_each(fill: Callable, j: ArrayLike, neuron: SoftLIF) -> np.ndarray:
    currents, neuron = finite_array("j", j, tuple(range(33)), "any"), check_soft_lif(neuron)
    found = np.empty(currents.shape)
    fill(currents.ravel(), found.ravel(), neuron)
    return found


@kernel
def softened(y):
    """ln(1 + exp y), without overflow."""
    return max(y, 0.0) + math.log1p(math.exp(-abs(y)))


@kernel
def rate_at(j, neuron):
    """The rate under a constant current, Hz."""
    x, gamma = j - 1.0, neuron.gamma
    if gamma == 0.0:
        if x <= 0.0:
            return 0.0
        climb = math.log1p(1.0 / x)
    elif x < _FAR * gamma:
        climb = -x / gamma - math.log(gamma)
    else:
        climb = math.log1p(1.0 / (gamma * softened(x / gamma)))
    return 1000.0 / (neuron.t_ref + neuron.tau_m * climb)


@kernel
def slope_at(j, neuron):
    """The derivative of the rate by the current, Hz per threshold current."""
    x, gamma = j - 1.0, neuron.gamma
    if gamma == 0.0:
        if x <= 0.0:
            return 0.0
        steep = 1.0 / (x * (1.0 + x))
    elif x < _FAR * gamma:
        steep = 1.0 / gamma  # ρ'/ρ, and ρ is nothing beside 1
    else:
        rho = gamma * softened(x / gamma)
        steep = 1.0 / ((1.0 + math.exp(-x / gamma)) * rho * (1.0 + rho))
    return rate_at(j, neuron) ** 2 * neuron.tau_m / 1000.0 * steep


@kernel
def rates_at(j, rates, neuron):
    """`rate_at` for each current."""
    for k in range(j.size):
        rates[k] = rate_at(j[k], neuron)


@kernel
def slopes_at(j, slopes, neuron):
    """`slope_at` for each current."""
    for k in range(j.size):
        slopes[k] = slope_at(j[k], neuron)
