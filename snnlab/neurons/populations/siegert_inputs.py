r"""Siegert's rate from the rates of the inputs: many small jumps, taken for a mean and white noise.

Every spike of input $j$ makes the potential of neuron $k$ jump by $w_{kj}$. If the inputs are independent
Poisson processes of the rates $\rho_j$, the potential of a neuron that never fires has

$$ \mu_k = v_{rest} + \tau_m \sum_j w_{kj}\, \rho_j, \qquad
\sigma_k^2 = \frac{\tau_m}{2} \sum_j w_{kj}^2\, \rho_j $$

as mean and variance (Campbell's theorem). In the *diffusion approximation* nothing else of the jumps counts,
and the rate is that of `siegert_rate` with this mean and this scatter. It holds while a jump is small against
the way from reset to threshold and the rate not low. Layers of such neurons can then be computed as those of
a network without spikes: rates go in, rates come out.

Source: A. J. F. Siegert (1951), Physical Review 81, 617–623; P. O'Connor, D. Neil, S.-C. Liu, T. Delbruck and
M. Pfeiffer (2013), Frontiers in Neuroscience 7, 178.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.siegert import siegert_at

__all__ = ["FreePotential", "free_potential", "siegert_rate_of_inputs"]


class FreePotential(NamedTuple):
    """What the inputs would do to neurons that never fire.

    Examples
    --------
    >>> free_potential([100.0], [[2.0]]).sigma.round(3)  # 100 Hz, jumps of 2 mV
    array([2.])
    """

    mean: np.ndarray
    """μ, mV, shape (neurons,) or (samples, neurons)."""
    sigma: np.ndarray
    """σ, mV, of the same shape."""


def free_potential(rates: ArrayLike, w: ArrayLike, neuron: LIF = LIF()) -> FreePotential:
    """Mean and scatter of a potential under Poisson inputs that make it jump.

    Parameters
    ----------
    rates : array of shape (inputs,) or (samples, inputs)
        Rates of the inputs, Hz, 0 or more.
    w : array of shape (neurons, inputs)
        By how much a spike of each input raises the potential, mV. Negative: inhibition.
    neuron
        Its time constant and its rest; it never fires here.

    Examples
    --------
    A thousand excitatory spikes a second and as many inhibitory ones cancel in the mean only:

    >>> seen = free_potential([1000.0, 1000.0], [[0.5, -0.5]])
    >>> print(f"{seen.mean[0]:.0f} mV, {seen.sigma[0]:.2f} mV")
    -65 mV, 2.24 mV
    """
    rates = finite_array("rates", rates, (1, 2), "(inputs,) or (samples, inputs)")
    w, neuron = finite_array("w", w, (2,), "(neurons, inputs)"), check_lif(neuron)
    if rates.shape[-1] != w.shape[1]:
        raise ValueError(f"rates must be {w.shape[1]}, one an input, got {rates.shape[-1]}")
    if rates.size and rates.min() < 0:
        raise ValueError(f"rates must be zero or positive, got {rates.min():g}")
    tau = neuron.tau_m / 1000.0  # s
    return FreePotential(neuron.v_rest + tau * (rates @ w.T), np.sqrt(0.5 * tau * (rates @ (w * w).T)))


def siegert_rate_of_inputs(rates: ArrayLike, w: ArrayLike, neuron: LIF = LIF()) -> np.ndarray:
    """Mean rates of LIF neurons under Poisson inputs that make their potentials jump.

    Parameters
    ----------
    rates : array of shape (inputs,) or (samples, inputs)
        Rates of the inputs, Hz, 0 or more.
    w : array of shape (neurons, inputs)
        By how much a spike of each input raises the potential, mV. Negative: inhibition.
    neuron
        The numbers that all neurons have in common.

    Returns
    -------
    array of shape (neurons,) or (samples, neurons)
        Rates in Hz.

    Examples
    --------
    The second input inhibits:

    >>> print(siegert_rate_of_inputs([[1500.0, 0.0], [1500.0, 500.0]], [[0.5, -0.5]]).round(1))
    [[17.9]
     [ 2.7]]
    """
    mean, sigma = free_potential(rates, w, neuron)
    out = np.empty(mean.shape)
    run(mean.ravel(), sigma.ravel(), out.reshape(-1), check_lif(neuron))
    return out


@kernel
def step(mean, sigma, neuron):
    """Siegert's rate, Hz, from the mean of the free potential in place of the current."""
    tau_m, _, _, v_reset, v_th, t_ref = neuron
    return siegert_at(mean, sigma, tau_m, 1.0, 0.0, v_reset, v_th, t_ref, 0.0)


@kernel
def run(mean, sigma, out, neuron):
    """`step` for each neuron."""
    for k in range(mean.size):
        out[k] = step(mean[k], sigma[k], neuron)


@kernel
def moments(drive, jump, share, tau_m):
    """Rate (1/ms) and scatter of inputs of one size of jump, a `share` of them down, that have this mean."""
    rate = drive / (tau_m * jump * (1.0 - 2.0 * share))
    return rate, jump * math.sqrt(0.5 * tau_m * rate)
