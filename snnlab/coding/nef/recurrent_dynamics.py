r"""Populations that follow an equation of motion, by what they tell themselves.

A synapse is a low-pass filter with the time constant $\tau_s$. A population that hears $\tau_s f(x) + x$ of
itself and $\tau_s u$ from outside through it obeys

$$ \dot x = f(x) + u $$

With $f = 0$ it is an integrator, which holds what it was told; with $f(x) = \omega\,(-x_2, x_1)$ an
oscillator that goes round on its own.

The neurons are leaky integrate-and-fire with a refractory time. In a time step the potential moves exactly,
over as much of the step as the neuron is free; a crossing is placed between two steps, where the potential
was at the threshold, and the refractory time begins there:

$$ v \leftarrow v + (J - v)\left(1 - e^{-\Delta/\tau}\right), \qquad
v > 1: \quad t = dt + \tau \ln\left(1 - \frac{v - 1}{J - 1}\right), \quad v \leftarrow 0 $$

Source: C. Eliasmith and C. H. Anderson (2003), Neural Engineering, MIT Press, chapter 8.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.coding.nef.linear_decoders import decoders
from snnlab.coding.nef.tuned_population import NEURON, TunedPopulation, check_population, tuning_curves
from snnlab.compiling import kernel

__all__ = ["DynamicsRun", "decay", "rotation", "run_dynamics", "spiking_steps"]


class DynamicsRun(NamedTuple):
    """What a population that hears itself stood for.

    Examples
    --------
    >>> DynamicsRun(x=np.zeros((5, 1)), s=np.zeros((5, 3)), heard=np.zeros((5, 1))).x.shape
    (5, 1)
    """

    x: np.ndarray
    """What is read behind a second synapse, which smooths it and brings it late, (steps, dimensions)."""
    s: np.ndarray
    """Spikes, 0 or 1, shape (steps, neurons)."""
    heard: np.ndarray
    """What the synapse of the loop holds, the x of the equation of motion, shape (steps, dimensions)."""


def spiking_steps(j: ArrayLike, dt: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """One neuron under a current, with the step of this module.

    Parameters
    ----------
    j : array of shape (steps,)
        Currents in threshold currents.
    dt : float
        Time step, ms.

    Returns
    -------
    v, s : array of shape (steps,)
        Potential after each step, in thresholds, and spikes, 0 or 1.

    Examples
    --------
    >>> v, s = spiking_steps(np.full(300, 1.7))
    >>> int(s.sum())
    15
    """
    j, dt = finite_array("j", j, (1,), "(steps,)"), positive("dt", dt)
    v, held = np.zeros(1), np.zeros(1)
    states, spikes = np.empty(j.size), np.empty(j.size)
    for t in range(j.size):
        advance(v, held, j[t : t + 1], dt, NEURON.tau_m, NEURON.t_ref, spikes[t : t + 1])
        states[t] = v[0]
    return states, spikes


def run_dynamics(
    population: TunedPopulation,
    f: Callable[[np.ndarray], np.ndarray],
    u: ArrayLike,
    *,
    x_0: ArrayLike | None = None,
    tau_s: float = 100.0,
    dt: float = 1.0,
    reg: float = 0.1,
    points: int = 500,
) -> DynamicsRun:
    """Let a population follow x' = f(x) + u by its own spikes.

    Parameters
    ----------
    population
        Of one or two dimensions.
    f : function
        Of points (points, dimensions), in 1/s; all at once.
    u : array of shape (steps, dimensions)
        What comes from outside, in 1/s.
    x_0 : array of shape (dimensions,), optional
        Where it starts: what the synapse holds before the first step. 0 if left out.
    tau_s : float
        Time constant of the synapse, ms.
    dt : float
        Time step, ms.
    reg : float
        Regularisation of the decoders.
    points : int
        On how many points the decoders are found.

    Examples
    --------
    An integrator is pushed for 100 ms at 5 per second, and then left alone:

    >>> from snnlab.coding.nef.tuned_population import draw_population
    >>> u = np.where(np.arange(400) < 100, 5.0, 0.0)[:, None]
    >>> run = run_dynamics(draw_population(200, rng=np.random.default_rng(1)), np.zeros_like, u)
    >>> print(abs(run.x[-1, 0] - 0.5) < 0.1)
    True
    """
    population = check_population(population)
    n, d = population.encoders.shape
    u = finite_array("u", u, (2,), "(steps, dimensions)")
    if d > 2:
        raise ValueError(f"population must have one or two dimensions, got {d}")
    if u.shape[1] != d:
        raise ValueError(f"u must have {d} columns, got {u.shape[1]}")
    tau_s, dt = positive("tau_s", tau_s), positive("dt", dt)
    places = sample_points(d, points)
    seconds = tau_s / 1000.0
    told = places + seconds * finite_array("f", f(places), (2,), "(points, dimensions)")
    rates = tuning_curves(population, places)
    d_self, d_x = decoders(rates, told, reg), decoders(rates, places, reg)
    start = np.zeros(d) if x_0 is None else finite_array("x_0", x_0, (1,), "(dimensions,)")
    if start.size != d:
        raise ValueError(f"x_0 must have {d} values, got {start.size}")
    keep = math.exp(-dt / tau_s)
    v, held, s = np.zeros(n), np.zeros(n), np.zeros((len(u), n))
    heard, x = start.copy(), start.copy()
    held_by_loop, seen = np.empty((len(u), d)), np.empty((len(u), d))
    for t in range(len(u)):
        j = population.gain * (population.encoders @ heard) + population.bias
        advance(v, held, j, dt, NEURON.tau_m, NEURON.t_ref, s[t])
        fired = s[t] * (1000.0 / dt)  # Hz
        heard = keep * heard + (1.0 - keep) * (fired @ d_self + seconds * u[t])
        x = keep * x + (1.0 - keep) * (fired @ d_x)
        held_by_loop[t], seen[t] = heard, x
    return DynamicsRun(seen, s, held_by_loop)


def decay(tau: float) -> Callable[[np.ndarray], np.ndarray]:
    """The law f(x) = -x / τ. With the time constant of the synapse a population hears nothing of itself.

    Parameters
    ----------
    tau : float
        τ, ms.

    Examples
    --------
    >>> decay(100.0)(np.array([[0.5]]))
    array([[-5.]])
    """
    rate = 1000.0 / positive("tau", tau)
    return lambda x: -rate * x


def rotation(freq: float) -> Callable[[np.ndarray], np.ndarray]:
    """The law f(x) = ω (-x₂, x₁) of two dimensions: round and round, to the left.

    Parameters
    ----------
    freq : float
        Turns a second, Hz.

    Examples
    --------
    >>> rotation(1.0)(np.array([[1.0, 1.0]])).round(3)
    array([[-6.283,  6.283]])
    """
    omega = 2.0 * math.pi * positive("freq", freq)
    return lambda x: omega * np.column_stack([-x[:, 1], x[:, 0]])


def sample_points(dimensions: int, points: int) -> np.ndarray:
    """Evenly over the line from -1 to 1, or over the disc of radius 1."""
    if dimensions == 1:
        return np.linspace(-1.0, 1.0, points)[:, None]
    k = np.arange(points) + 0.5
    radius, angle = np.sqrt(k / points), k * math.pi * (3.0 - math.sqrt(5.0))  # the sunflower's spiral
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


@kernel
def step(v, held, j, dt, tau, t_ref):
    """Potential, what is left of the refractory time (ms), and whether it fired, one step later."""
    held -= dt
    free = min(max(dt - held, 0.0), dt)
    v -= (j - v) * math.expm1(-free / tau)
    if v > 1.0:
        held = t_ref + dt + tau * math.log1p(-(v - 1.0) / (j - 1.0))
        return 0.0, held, 1.0
    return max(v, 0.0), held, 0.0


@kernel
def advance(v, held, j, dt, tau, t_ref, s):
    """Many neurons by one step; `v`, `held` and `s` are written."""
    for k in range(v.size):
        v[k], held[k], s[k] = step(v[k], held[k], j[k], dt, tau, t_ref)
