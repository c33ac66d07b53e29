r"""Infinitely many noisy LIF neurons at once: the density of their potentials.

A potential that drifts to its goal $\mu = v_{rest} + R\, i$ and is shaken by white noise, so strong that
without a threshold it would scatter by $\sigma$, has the density $p(v, t)$ with

$$ \frac{\partial p}{\partial t} = -\frac{\partial J}{\partial v} + A(t - t_{ref})\, \delta(v - v_{reset}),
\qquad J = \frac{\mu - v}{\tau_m}\, p - \frac{\sigma^2}{\tau_m} \frac{\partial p}{\partial v} $$

At the threshold the density is 0, and what flows over it is the activity, $A(t) = J(v_{th}, t)$. It comes
back at the reset when the refractory time is over. So $A$ is what a histogram of spikes tends to when the
population grows, without its chance.

*On a grid.* Cells of the width $h$ exchange what the equation says if $J$ is the same all the way between
their middles: with $w = (\mu - v)\, h / \sigma^2$ and $B(x) = x / (e^x - 1)$ the flow over a face is

$$ J = \frac{\sigma^2}{\tau_m h} \left[ B(-w)\, p_{below} - B(w)\, p_{above} \right] $$

and each time step takes the mean of the flows before and after it. Nothing gets lost.

Source: W. Gerstner, W. M. Kistler, R. Naud and L. Paninski (2014), Neuronal Dynamics, sections 13.1 and 13.4
(the equation); D. L. Scharfetter and H. K. Gummel (1969), IEEE Transactions on Electron Devices 16, 64–77
(the flow); J. Crank and P. Nicolson (1947), Proceedings of the Cambridge Philosophical Society 43, 50–67.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, steps_in, within
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.work_and_memory import afford

__all__ = ["DensityRun", "simulate_lif_density"]

_MOST = 1e100  # in magnitude: what flows from cell to cell stays finite

FINE = 25.0  # cells in a sigma
BELOW = 5.0  # how many sigma the grid goes below reset and goal


class DensityRun(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> run = simulate_lif_density(np.full(10, 0.2), 4.0)
    >>> print(f"{run.rate[-1]:.1f} Hz, {run.v[np.argmax(run.density)]:.0f} mV")
    38.3 Hz, -54 mV
    """

    rate: np.ndarray
    """Activity in Hz, the mean of each step, shape (steps,)."""
    v: np.ndarray
    """The potentials in the middle of the cells, mV, shape (cells,)."""
    density: np.ndarray
    """The density at the end, per mV, shape (cells,); what is refractory is missing from its area."""


def simulate_lif_density(
    i: ArrayLike, sigma: float, neuron: LIF = LIF(), *, gathered: bool = False, dt: float = 0.1
) -> DensityRun:
    """Simulate a population of infinitely many noisy LIF neurons under one current.

    Parameters
    ----------
    i : array of shape (steps,)
        Current in nA.
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV.
    neuron
        The numbers that all have in common. A refractory time shorter than a step is taken as one step.
    gathered : bool
        Whether all neurons fire at time 0, and so start alike; otherwise the population has settled under
        ``i[0]``.
    dt : float
        Time step, ms.

    Raises
    ------
    ValueError
        If the neurons practically never fire under ``i[0]``.

    Examples
    --------
    >>> step = np.repeat([0.12, 0.2], [1000, 4000])  # nA, 100 and 400 ms
    >>> rate = simulate_lif_density(step, 4.0).rate
    >>> print(f"{rate[999]:.1f} Hz before, {rate[-1]:.1f} Hz in the end; above 26 Hz after "
    ...       f"{0.1 * np.argmax(rate[1000:] > 26):.1f} ms")
    15.5 Hz before, 38.3 Hz in the end; above 26 Hz after 1.1 ms
    """
    i, neuron = finite_array("i", i, (1,), "(steps,)"), check_lif(neuron)
    sigma, dt = positive("sigma", sigma), positive("dt", dt)
    if i.size == 0:
        raise ValueError("i must have one step at least, got shape (0,)")
    goals = neuron.v_rest + neuron.r_m * within("i", i, _MOST)
    if dt > _MOST:
        raise ValueError(f"dt must be at most {_MOST:g} ms, got {dt:g}")
    deep = grid_depth(min(float(goals.min()), neuron.v_reset), sigma, neuron)
    cells = math.ceil(deep * FINE / sigma)
    afford("i and sigma", steps=float(cells) * i.size, ns=15.0)
    p, up, down, work = np.zeros(cells), np.zeros(cells + 1), np.zeros(cells + 1), np.empty(cells)
    width = deep / cells
    queue, rate = np.zeros(max(1, steps_in("t_ref", neuron.t_ref, dt))), np.empty(i.size)
    reset = int((neuron.v_reset - neuron.v_th + deep) / width)
    flows(up, down, goals[0], sigma, neuron.tau_m, neuron.v_th, width)
    if gathered:
        queue[-1] = 1.0 / dt
    elif not settle(p, queue, up, down, reset, width, dt) > 0:
        raise ValueError(f"i must start where the neurons fire now and then, got {i[0]:g} nA")
    run_density(goals, p, queue, rate, up, down, work, reset, width, sigma, neuron.tau_m, neuron.v_th, dt)
    return DensityRun(rate, neuron.v_th - deep + (np.arange(cells) + 0.5) * width, p)


def grid_depth(lowest: float, sigma: float, neuron: LIF) -> float:
    """How far below the threshold the grid begins if reset and goals go down to `lowest`, mV."""
    deep = neuron.v_th - lowest + BELOW * sigma
    if not sigma >= (least := deep * (FINE / 1e6)):
        raise ValueError(f"sigma must be at least {least:.3g} mV here, got {sigma:g}")
    return deep


@kernel
def _bernoulli(x):
    """The function B(x) = x / (exp(x) − 1), which is 1 at 0."""
    if abs(x) < 1e-5:
        return 1.0 - 0.5 * x
    return x / math.expm1(min(x, 700.0))


@kernel
def flows(up, down, goal, sigma, tau_m, v_th, width):
    """What crosses each face upwards for each unit of density below it, and downwards for that above it."""
    m = up.size - 1
    speed = sigma * sigma / (tau_m * width)
    for f in range(1, m):
        w = (goal - (v_th - (m - f) * width)) * width / (sigma * sigma)
        up[f] = speed * _bernoulli(-w)
        down[f] = speed * _bernoulli(w)
    # from the middle of the last cell to the threshold it is half as far, and nothing comes back
    up[m] = 2.0 * speed * _bernoulli(-0.5 * (goal - v_th) * width / (sigma * sigma))


@kernel
def settle(p, queue, up, down, reset, width, dt):
    """The density under a constant current, from the threshold down; returns the rate per ms, or 0."""
    m = p.size
    p[m - 1] = 1.0 / up[m]
    total = p[m - 1] * width + queue.size * dt
    for f in range(m - 1, 0, -1):
        flow = 1.0 if f > reset else 0.0
        p[f - 1] = (flow + down[f] * p[f]) / up[f]
        total += p[f - 1] * width
    if not total < 1e12:
        return 0.0
    for j in range(m):
        p[j] /= total
    queue[:] = 1.0 / total
    return 1.0 / total


@kernel
def step(p, work, up, down, enters, reset, width, dt):
    """The density one step later; returns what has flown over the threshold, per ms."""
    m, c = p.size, 0.5 * dt / width
    last, below, solved, share = p[m - 1], 0.0, 0.0, 0.0
    for j in range(m):  # known on the right, wanted on the left: elimination from below
        here, above = p[j], p[min(j + 1, m - 1)]  # up[0] and down[m] are 0: nothing beyond the ends
        right = here + c * (up[j] * below + down[j + 1] * above - (up[j + 1] + down[j]) * here)
        if j == reset:
            right += enters * dt / width
        below = here
        left = 1.0 + c * (up[j + 1] + down[j] - up[j] * share)
        share = c * down[j + 1] / left
        solved = (right + c * up[j] * solved) / left
        work[j], p[j] = share, solved
    for j in range(m - 2, -1, -1):
        p[j] += work[j] * p[j + 1]
    return 0.5 * up[m] * (last + p[m - 1])


@kernel
def run_density(goals, p, queue, rate, up, down, work, reset, width, sigma, tau_m, v_th, dt):
    """All steps; `queue` holds what is refractory, the next to come back first."""
    for t in range(goals.size):
        if t == 0 or goals[t] != goals[t - 1]:
            flows(up, down, goals[t], sigma, tau_m, v_th, width)
        slot = t % queue.size
        flow = step(p, work, up, down, queue[slot], reset, width, dt)
        queue[slot] = flow
        rate[t] = 1000.0 * flow
