r"""The spike response model with kernels of any shape, given as arrays, on a grid of time steps.

$$ u(t) = u_{rest} + \sum_f \eta(t - t^{(f)}) + \sum_j \sum_f w_j\, \epsilon(t - t_j^{(f)})
+ \int_0^\infty \kappa(s)\, i(t - s)\, ds $$

A spike is fired when $u$ reaches $\vartheta$ (`v_th`) from below, and not within `t_ref` of the last one. If
$u$ stands above $\vartheta$ right after a spike, it has to come down before there is another. In
the cumulative form the first sum goes over all own spikes; in SRM0 only the last one counts. The form with
$\epsilon(t - \hat t, s)$ needs a kernel of two times and is in `snnlab.neurons.models.srm`.

A kernel is an array of its values at 0, dt, 2 dt, …; beyond its end it is 0. Input spikes are rounded to
whole steps, own spikes are dated to the end of the step in which the threshold is reached, and the integral
follows the trapezoidal rule. Spike times converge in first order in dt, which a test measures.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, section 4.2.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.models.srm import SRMRun
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.neurons.spike_inputs import arrivals
from snnlab.spikes import Spikes

__all__ = ["SRMKernels", "simulate_srm0_kernels", "simulate_srm_cumulative_kernels"]


class SRMKernels(NamedTuple):
    """A neuron that is described by its responses.

    Examples
    --------
    >>> s = np.arange(0, 1000, 0.1)
    >>> tired = SRMKernels(eta=-5 * np.exp(-s / 200), epsilon=np.exp(-s / 20))
    >>> tired.dt
    0.1
    """

    eta: ArrayLike
    """Response to an own spike, mV."""
    epsilon: ArrayLike
    """Response to an input spike of weight 1: a pure number if weights are in mV."""
    kappa: ArrayLike = (0.0,)
    """Response to a current, MΩ/ms: `r_m / tau_m * exp(-s / tau_m)` for a leaky membrane."""
    dt: float = 0.1
    """Distance of the values of a kernel, and the time step, ms."""
    v_rest: float = -65.0
    """Resting potential, mV."""
    v_th: float = -50.0
    """Threshold, mV."""
    t_ref: float = 0.0
    """Absolute refractory time, ms, in whole steps."""


def simulate_srm_cumulative_kernels(
    inputs: Spikes, w: ArrayLike, neuron: SRMKernels, *, i: ArrayLike | None = None
) -> SRMRun:
    """Simulate the cumulative form: the neuron responds to each of its own spikes, old ones too.

    Parameters
    ----------
    inputs
        The trains that arrive; their duration, in whole steps, is that of the simulation.
    w : array of shape (n_units,)
        Weight of each unit, mV.
    neuron
        Kernels and numbers of the neuron.
    i : array of shape (steps,), optional
        A current from outside, nA. None if left out.

    Returns
    -------
    SRMRun
        `v` (mV, at the end of each step, shape (steps,)) and `spikes`.

    Examples
    --------
    >>> s = np.arange(0, 1000, 0.1)
    >>> kappa = 100 / 20 * np.exp(-s / 20)
    >>> fast, slow = -15 * np.exp(-s / 20), -3 * np.exp(-s / 300)
    >>> neuron = SRMKernels(fast + slow, [0.0], kappa)
    >>> run = simulate_srm_cumulative_kernels(Spikes([], duration=600), [1.0], neuron, i=np.full(6000, 0.3))
    >>> print(np.round(np.diff(run.spikes.times)[:4]))
    [18. 21. 24. 29.]
    """
    return _simulate(True, inputs, w, neuron, i)


def simulate_srm0_kernels(
    inputs: Spikes, w: ArrayLike, neuron: SRMKernels, *, i: ArrayLike | None = None
) -> SRMRun:
    """Simulate SRM0: the neuron responds to its last spike only.

    Parameters
    ----------
    inputs, w, neuron, i
        As for `simulate_srm_cumulative_kernels`.

    Returns
    -------
    SRMRun
        `v` (mV, at the end of each step, shape (steps,)) and `spikes`.

    Examples
    --------
    >>> s = np.arange(0, 1000, 0.1)
    >>> kappa = 100 / 20 * np.exp(-s / 20)
    >>> neuron = SRMKernels(-15 * np.exp(-s / 20) - 3 * np.exp(-s / 300), [0.0], kappa)
    >>> run = simulate_srm0_kernels(Spikes([], duration=600), [1.0], neuron, i=np.full(6000, 0.25))
    >>> print(np.round(np.diff(run.spikes.times)[-3:]))
    [15. 15. 15.]
    """
    return _simulate(False, inputs, w, neuron, i)


def _simulate(
    cumulative: bool, inputs: Spikes, w: ArrayLike, neuron: SRMKernels, i: ArrayLike | None
) -> SRMRun:
    if not isinstance(neuron, SRMKernels):
        raise TypeError(f"neuron must be an SRMKernels, got {type(neuron).__name__}")
    dt, t_ref = positive("dt", neuron.dt), non_negative("t_ref", neuron.t_ref)
    v_rest, v_th = as_real("v_rest", neuron.v_rest), as_real("v_th", neuron.v_th)
    if v_rest >= v_th:
        raise ValueError(f"v_rest must be below v_th ({v_th:g} mV), got {v_rest:g}")
    eta, epsilon, kappa = (
        finite_array(name, getattr(neuron, name), (1,), "(values,)") for name in ("eta", "epsilon", "kappa")
    )
    jump, i = arrivals(inputs, w, 0.0, i, dt)
    steps = i.size
    h = np.zeros(steps)
    add_responses(jump, epsilon, 1, h)  # the value of a kernel at 0 belongs to the end of the step before
    add_responses(i, (kappa[:-1] + kappa[1:]) * (dt / 2.0), 0, h)  # the mean of a kernel over each step
    r, v, times = np.zeros(steps), np.empty(steps), np.empty(steps)
    count = run(h, eta, r, v, times, cumulative, v_rest, v_th, t_ref, dt)
    spikes = Spikes._sorted(times[:count].copy(), np.zeros(count, np.int64), 1, steps * dt)
    return SRMRun(v, spikes)


@kernel
def add_responses(cause, response, ahead, h):
    """Add the response to each cause, `ahead` steps early."""
    for t in range(cause.size):
        if cause[t] != 0.0:
            for k in range(max(0, ahead - t), min(response.size, h.size - t + ahead)):
                h[t + k - ahead] += cause[t] * response[k]


@kernel
def step(v_rest, r, h):
    """The potential: rest, the response to own spikes, the response to the input."""
    return v_rest + r + h


@kernel
def run(h, eta, r, v, times, cumulative, v_rest, v_th, t_ref, dt):
    """All steps; `h` is the response to the input, `r` that to own spikes. Returns the number of spikes."""
    hold = refractory_steps(t_ref, dt)
    free = 0
    below = True
    count = 0
    for t in range(h.size):
        u = step(v_rest, r[t], h[t])
        v[t], free, fired = fired_or_held(t, -math.inf, u, below and u >= v_th, free, u, hold)
        if fired:
            times[count] = (t + 1) * dt
            count += 1
            for k in range(0 if cumulative else h.size - t):
                r[t + k] = 0.0
            for k in range(min(eta.size, h.size - t)):
                r[t + k] += eta[k]
            v[t] = step(v_rest, r[t], h[t])
        below = v[t] < v_th
    return count
