r"""How likely a spike train is for a neuron with escape noise.

Given the current and the spikes so far, the hazard $\rho(t)$ of the LIF neuron with escape noise is known: it
is the *conditional intensity*. With $\rho$ in spikes a ms the density of exactly these spike times has the
logarithm

$$ \ln L = \sum_f \ln \rho(t^{(f)}) - \int_0^T \rho(t)\, dt $$

In steps of $\Delta t$ a spike had the probability $p = 1 - e^{-\rho \Delta t}$ and a step without one
$e^{-\rho \Delta t}$, so that a spike adds $\ln (p / \Delta t)$ and every other step $-\rho\, \Delta t$. As
$\Delta t \to 0$ this is the formula. A step in which the neuron is refractory adds nothing; a spike there is
impossible.

Source: W. Gerstner, W. M. Kistler, R. Naud and L. Paninski (2014), Neuronal Dynamics, section 9.2.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks_of_spikes import be_spikes
from snnlab.compiling import kernel
from snnlab.neurons.arguments import arguments
from snnlab.neurons.models.escape import EscapeLIF, check_escape_lif
from snnlab.neurons.models.escape import step as escape_step
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.spikes import Spikes

__all__ = ["escape_log_likelihood"]


def escape_log_likelihood(
    spikes: Spikes,
    i: ArrayLike,
    neuron: EscapeLIF = EscapeLIF(),
    dt: float = 0.1,
    v_start: float | None = None,
) -> np.ndarray:
    """The log-likelihood of each train, under a current that is known.

    Parameters
    ----------
    spikes : Spikes of n units
        Trains as long as the current, each spike at the end of a step, as `simulate_escape_lif` dates them;
        others are moved to the nearest one. Two spikes of a unit in one step are refused.
    i : array of shape (steps,) or (steps, n)
        Current in nA, the same for all units or one column for each.
    neuron
        The numbers of the neuron.
    dt : float
        Time step, ms.
    v_start : float, optional
        Potential at time 0, mV. If left out, `v_rest`, or `v_th` where that is lower.

    Returns
    -------
    array of shape (n,)
        Nats, for spike times in ms; it may be above 0, as a density can be above 1. −inf for a train that
        this neuron cannot fire.

    Examples
    --------
    >>> current = np.full(20_000, 0.14)
    >>> from snnlab.neurons import simulate_escape_lif
    >>> spikes = simulate_escape_lif(current, EscapeLIF(delta=2), rng=np.random.default_rng(1)).spikes
    >>> models = [EscapeLIF(delta=delta) for delta in (1, 2, 4)]
    >>> print([f"{escape_log_likelihood(spikes, current, model)[0]:.0f}" for model in models])
    ['-151', '-141', '-160']
    """
    be_spikes("spikes", spikes)
    current, neuron, dt, rest = arguments(i, neuron, dt, v_start, check_escape_lif)
    steps, columns = current.shape
    if np.ndim(i) == 2 and columns != spikes.n_units:
        raise ValueError(f"i must have one column for each unit ({spikes.n_units}), got {columns}")
    if abs(spikes.duration - steps * dt) > 1e-6 * max(spikes.duration, steps * dt):
        raise ValueError(
            f"spikes must last as long as the current ({steps * dt:g} ms), got {spikes.duration:g} ms"
        )
    found = np.empty(spikes.n_units)
    for k, train in enumerate(spikes):
        step = np.clip(np.rint(train / dt).astype(np.int64) - 1, 0, max(steps - 1, 0))
        if np.any(np.diff(step) == 0):
            raise ValueError(f"dt must be so short that a step holds one spike at most, got {dt:g}")
        fired = np.zeros(steps, np.bool_)
        fired[step] = True
        column = np.ascontiguousarray(current[:, k if columns > 1 else 0])
        found[k] = run(column, fired, rest, *neuron, dt)
    return found


@kernel
def run(i, fired, v, tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, delta, dt):
    """The log-likelihood of the steps in which a neuron fired, if it started at `v`."""
    decay = math.exp(-dt / tau_m)
    hold = refractory_steps(t_ref, dt)
    escapes = rho_0 / 1000.0 * dt
    free, total = 0, 0.0
    for t in range(i.size):
        held = t < free
        moved, p = escape_step(v, i[t], decay, v_rest, r_m, v_th, delta, escapes)
        v, free, spiked = fired_or_held(t, v, moved, fired[t], free, v_reset, hold)
        if fired[t] and (p <= 0.0 or not spiked):
            return -math.inf
        if spiked:
            total += math.log(p / dt)
        elif not held:
            total -= escapes * math.exp(min((moved - v_th) / delta, 700.0))
    return total
