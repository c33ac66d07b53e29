r"""How much the signal behind a synapse trembles, although its neuron fires like a clock.

A low-pass synapse turns each spike into $e^{-t/\tau_s} / \tau_s$. Of a train with the rate $r$ it makes a
signal with the mean $r$, which jumps with every spike and sinks after it. Over one interval its mean square
can be integrated, and its variance is

$$ \operatorname{Var} = \frac{r}{2 \tau_s} \left( \coth x - \frac1x \right), \qquad
x = \frac{1}{2\, r\, \tau_s} $$

For few spikes it is $r / 2\tau_s$, as for spikes by chance; for many it comes to $1 / 12 \tau_s^2$ and no
more, that of a saw tooth whose height is one jump. What is in brackets is known as the Langevin function.

This is the noise against which a network can be trained before it has a spike. Source of the idea:
E. Hunsberger and C. Eliasmith (2015), Spiking deep networks with LIF neurons, arXiv:1510.08829, who measure
the variability and take a Gaussian of constant width for it.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel

__all__ = ["filtered_sd"]


def filtered_sd(rate: ArrayLike, tau_s: float = 5.0) -> np.ndarray:
    """Standard deviation, over time, of a regular spike train behind a low-pass synapse.

    Parameters
    ----------
    rate : float or array of any shape
        Of the spikes, Hz, 0 or more.
    tau_s : float
        Time constant of the synapse, ms.

    Returns
    -------
    array of the shape of `rate`
        In Hz, as the filtered signal itself.

    Examples
    --------
    >>> print(np.round(filtered_sd([1.0, 50.0, 250.0]), 1))
    [ 9.9 51.8 57.4]
    """
    rates, tau_s = finite_array("rate", rate, tuple(range(33)), "any"), positive("tau_s", tau_s)
    if rates.size and rates.min() < 0:
        raise ValueError(f"rate must be zero or positive, got {rates.min():g}")
    found = np.empty(rates.shape)
    deviations(rates.ravel(), found.ravel(), tau_s)
    return found


@kernel
def deviation(rate, tau_s):
    """The standard deviation of one train, Hz; `tau_s` in ms."""
    if rate == 0.0:
        return 0.0
    x = 500.0 / (rate * tau_s)
    langevin = x / 3.0 if x < 1e-4 else 1.0 / math.tanh(x) - 1.0 / x
    return math.sqrt(500.0 * rate / tau_s * langevin)


@kernel
def deviations(rates, found, tau_s):
    """`deviation` for each rate."""
    for k in range(rates.size):
        found[k] = deviation(rates[k], tau_s)
