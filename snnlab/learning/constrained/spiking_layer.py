r"""LIF neurons that fire between the points of a clock, and the low-pass synapses behind them.

Currents and potentials are in thresholds. Within a step the current is constant, so the potential has an
exact solution, and if it ends above the threshold, the time since it crossed does, too:

$$ v \leftarrow j + (v - j)\, e^{-\Delta t/\tau_m}, \qquad
\delta = -\tau_m \ln\left( 1 - \frac{v - 1}{j - 1} \right) $$

The neuron is refractory from the crossing on, not from the next point of the clock. So under a constant
current it fires at the rate of its f–I curve, however coarse the clock. The synapse adds what is left of the
spike at the end of the step,

$$ s \leftarrow s\, e^{-\Delta t/\tau_s} + \frac{e^{-\delta/\tau_s}}{\tau_s} $$

so its mean is the rate.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.learning.constrained.soft_lif import SoftLIF, check_soft_lif

__all__ = ["filtered_rates"]


def filtered_rates(
    j: ArrayLike, neuron: SoftLIF = SoftLIF(), tau_s: float = 5.0, dt: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """Let currents into LIF neurons, and filter their spikes.

    Parameters
    ----------
    j : array of shape (steps, neurons)
        Current in threshold currents.
    neuron
        Its membrane; a spiking neuron has a hard threshold, so γ is not used.
    tau_s : float
        Time constant of the synapse, ms.
    dt : float
        Time step, ms, at most the refractory time.

    Returns
    -------
    filtered : array of shape (steps, neurons)
        Behind the synapse, at the end of each step, Hz.
    counts : array of shape (neurons,)
        How often each has fired.

    Examples
    --------
    >>> filtered, counts = filtered_rates(np.full((1000, 1), 2.0))
    >>> print(counts, f"{filtered[200:].mean():.1f}")
    [56.] 55.9
    """
    current, neuron = finite_array("j", j, (2,), "(steps, neurons)"), check_soft_lif(neuron)
    tau_s, dt = positive("tau_s", tau_s), positive("dt", dt)
    if dt > neuron.t_ref:
        raise ValueError(f"dt must be at most t_ref ({neuron.t_ref:g} ms), got {dt:g}")
    filtered, counts = np.empty(current.shape), np.zeros(current.shape[1])
    run_layer(current, filtered, counts, neuron.tau_m, neuron.t_ref, tau_s, dt)
    return filtered, counts


@kernel
def step(v, held, j, tau_m, t_ref, dt):
    """Potential, refractory time that is left, and the time since a spike (negative without one), ms."""
    moving = min(max(dt - held, 0.0), dt)
    v -= (j - v) * math.expm1(-moving / tau_m)
    if v <= 1.0:
        return v, max(held - dt, 0.0), -1.0
    since = -tau_m * math.log1p(-(v - 1.0) / (j - 1.0))
    return 0.0, t_ref - since, since


@kernel
def run_layer(j, filtered, counts, tau_m, t_ref, tau_s, dt):
    """Each column of `j` through all steps, from rest."""
    decay = math.exp(-dt / tau_s)
    for k in range(j.shape[1]):
        v, held, s = 0.0, 0.0, 0.0
        for t in range(j.shape[0]):
            v, held, since = step(v, held, j[t, k], tau_m, t_ref, dt)
            s *= decay
            if since >= 0.0:
                s += 1000.0 / tau_s * math.exp(-since / tau_s)
                counts[k] += 1.0
            filtered[t, k] = s
