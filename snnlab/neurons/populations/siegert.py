r"""The firing rate of a LIF neuron under white noise, in closed form: Siegert's formula.

With a mean current $i$ and noise that scatters the free potential by $\sigma$ around
$\mu = v_{rest} + R\, i$, the mean time from one reset to the next crossing of the threshold is known, so the
rate is

$$ f = \left[ t_{ref} + \tau_m \sqrt\pi \int_a^b e^{x^2} (1 + \operatorname{erf} x)\, dx \right]^{-1},
\qquad a = \frac{v_{reset} - \mu}{\sqrt 2\, \sigma}, \quad b = \frac{v_{th} - \mu}{\sqrt 2\, \sigma} $$

The integrand overflows for strong noise-driven firing and cancels for weak noise. The same integral, written

$$ \sqrt\pi \int_a^b e^{x^2} (1 + \operatorname{erf} x)\, dx
= \int_0^\infty e^{-z^2}\, \frac{e^{2 b z} - e^{2 a z}}{z}\, dz $$

does neither, and with $z = e^s$ equal steps of $s$ add up to it with all digits. A neuron that is looked at
only every $\Delta t$ can cross and come back unseen, as if its threshold were higher by
$-\zeta(\tfrac12)/\sqrt{2\pi} = 0.58$ standard deviations of a step.

Source: A. J. F. Siegert (1951), Physical Review 81, 617–623; N. Brunel and V. Hakim (1999), Neural
Computation 11, 1621–1671; the steps: M. Broadie, P. Glasserman and S. Kou (1997), Mathematical Finance 7,
325–349.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import rate_at
from snnlab.neurons.models.lif_parameters import LIF, check_lif

__all__ = ["siegert_rate"]

_MISSED = 1.4603545088095868 / math.sqrt(2.0 * math.pi)  # −ζ(½)/√(2π)


def siegert_rate(i: ArrayLike, sigma: float, neuron: LIF = LIF(), dt: float = 0.0) -> np.ndarray:
    """Mean firing rate of a noisy LIF neuron under a constant mean current.

    Parameters
    ----------
    i : float or array of any shape
        Mean current in nA.
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV; with
        0 the rate is that of `lif_rate`.
    neuron
        The numbers of the neuron.
    dt : float
        The time step of a simulation that is compared, ms, much shorter than the time constant; 0 for a
        threshold that is watched at all times.

    Returns
    -------
    array of the shape of `i`
        Rate in Hz.

    Examples
    --------
    Noise makes a neuron fire below its rheobase of 0.15 nA:

    >>> print(siegert_rate([0.1, 0.14, 0.3], sigma=3.0).round(1))
    [ 6.3 18.  64.2]
    """
    current, neuron = finite_array("i", i, tuple(range(33)), "any"), check_lif(neuron)
    sigma, dt = non_negative("sigma", sigma), non_negative("dt", dt)
    rates = np.empty(current.size)
    _rates(current.ravel(), rates, sigma, *neuron, dt)
    return rates.reshape(current.shape)


@kernel
def _passage(a, b):
    """The integral of the formula; a < b."""
    step = min(0.1, 0.25 / max(b, 1e-9))
    low = math.log(1e-17 / (b - a))  # from here on the integrand adds nothing
    high = math.log(max(b, 0.0) + 6.5)
    total = 0.0
    for k in range(int((high - low) / step) + 1):
        z = math.exp(low + k * step)
        total += math.exp(z * (2.0 * b - z)) * -math.expm1(-2.0 * (b - a) * z)
    return total * step


@kernel
def siegert_at(i, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """The rate under one mean current, Hz."""
    scale = math.sqrt(2.0) * sigma
    mean = v_rest + r_m * i
    seen = v_th + _MISSED * sigma * math.sqrt(-math.expm1(-2.0 * dt / tau_m))
    if scale < 1e-9 * (v_th - v_reset):
        return rate_at(i, tau_m, r_m, v_rest, v_reset, v_th, t_ref)
    a, b = (v_reset - mean) / scale, (seen - mean) / scale
    if b > 26.0:  # the mean interval is longer than 1e290 time constants
        return 0.0
    return 1000.0 / (t_ref + tau_m * _passage(a, b))


@kernel
def _rates(i, rates, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt):
    """`siegert_at` for each current."""
    for k in range(i.size):
        rates[k] = siegert_at(i[k], sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
