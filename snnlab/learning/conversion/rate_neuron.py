r"""A neuron that counts: no leak, so that the number of its spikes is the charge that came in.

In each time step the potential takes in what comes, $z$, and fires at the threshold $\theta$:

$$ v \leftarrow v + z, \qquad v \ge \theta: \quad s = 1, \quad v \leftarrow v - \theta
\quad \text{(or } v \leftarrow 0 \text{)} $$

Add up the steps of the reset by subtraction. Every unit of charge has become part of a spike or is still
there, whatever the input was:

$$ \theta\, \frac{n}{T} = \bar z - \frac{v(T) - v(0)}{T} $$

A constant input $a$ between 0 and $\theta$ leaves $v(T)$ between 0 and $\theta$. So the count is off by less
than one spike, and by half a spike at most if the neuron starts at $\theta / 2$. A reset to zero throws away
what stood above the threshold: from $v(0) = 0$ it fires every $\lceil \theta / a \rceil$ steps, and no longer
run makes up for that.

The potential has the unit of the threshold, time is counted in steps.

Source: B. Rueckauer, I.-A. Lungu, Y. Hu, M. Pfeiffer and S.-C. Liu (2017), Frontiers in Neuroscience 11, 682,
section 2.1. The identity and both bounds are derived here.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, as_real, checked, finite_array, whole
from snnlab.compiling import kernel

__all__ = ["RateNeuron", "RateNeuronRun", "count_of", "simulate_rate_neuron", "zero_reset_rate"]


class RateNeuron(NamedTuple):
    """The numbers of the neuron.

    Examples
    --------
    >>> RateNeuron(v_0=0.5).theta
    1.0
    """

    theta: Positive = 1.0
    """θ, the threshold, and what a spike takes away."""
    v_0: float = 0.0
    """v(0), the potential at the start."""
    subtract: bool = True
    """Whether a spike takes θ away; otherwise it sets the potential to zero."""


class RateNeuronRun(NamedTuple):
    """What the neuron did.

    Examples
    --------
    >>> run = simulate_rate_neuron([0.75, 0.75, 0.75, 0.75])
    >>> run.n, run.rate
    (3, 0.75)
    """

    v: np.ndarray
    """Potential after each step and its reset, shape (steps,)."""
    s: np.ndarray
    """Spikes, 0 or 1, shape (steps,)."""
    n: int
    """How many spikes there are."""
    rate: float
    """Spikes a step."""


def simulate_rate_neuron(z: ArrayLike, neuron: RateNeuron = RateNeuron()) -> RateNeuronRun:
    """Run one, a time step for each number that comes in.

    Parameters
    ----------
    z : array of shape (steps,)
        What comes in, in the unit of the threshold, at least one step.
    neuron
        Its numbers.

    Examples
    --------
    The same charge with both resets:

    >>> z = [0.75] * 8
    >>> print(simulate_rate_neuron(z).n, simulate_rate_neuron(z, RateNeuron(subtract=False)).n)
    6 4
    """
    z, neuron = finite_array("z", z, (1,), "(steps,)"), checked("neuron", neuron, RateNeuron)
    if not z.size:
        raise ValueError("z must have at least one step, got none")
    v, s = np.empty(z.size), np.empty(z.size)
    n = run(z, neuron.theta, neuron.v_0, neuron.subtract, v, s)
    return RateNeuronRun(v, s, n, n / z.size)


def count_of(a: float, steps: int, neuron: RateNeuron = RateNeuron()) -> int:
    r"""How often it fires under a constant input, in closed form, $\lfloor (a T + v(0)) / \theta \rfloor$.

    Parameters
    ----------
    a : float
        What comes in at every step, from 0 to the threshold.
    steps : int
        T, how many steps it is watched.
    neuron
        Its numbers; it starts between 0 and its threshold, and subtracts.

    Raises
    ------
    ValueError
        Where the closed form does not hold.

    Examples
    --------
    >>> count_of(0.3, 100), count_of(0.3, 5), count_of(0.3, 5, RateNeuron(v_0=0.5))
    (30, 1, 2)
    """
    neuron, steps = checked("neuron", neuron, RateNeuron), whole("steps", steps, least=1)
    a = as_real("a", a)
    if not 0 <= a <= neuron.theta:
        raise ValueError(f"a must be between 0 and theta ({neuron.theta:g}), got {a:g}")
    if not 0 <= neuron.v_0 < neuron.theta:
        raise ValueError(f"v_0 must be from 0 to below theta ({neuron.theta:g}), got {neuron.v_0:g}")
    if not neuron.subtract:
        raise ValueError("subtract must be True, got False: zero_reset_rate has the other reset")
    return math.floor((a * steps + neuron.v_0) / neuron.theta)


def zero_reset_rate(a: ArrayLike, theta: float = 1.0) -> np.ndarray:
    r"""The rate with a reset to zero, from rest and for ever: a staircase, $1 / \lceil \theta / a \rceil$.

    Parameters
    ----------
    a : float or array
        What comes in at every step.
    theta : float
        The threshold.

    Returns
    -------
    array of the shape of `a`
        Spikes a step; 0 where nothing comes in.

    Examples
    --------
    >>> print(zero_reset_rate([0.3, 0.5, 0.6, 1.0]))
    [0.25 0.5  0.5  1.  ]
    """
    a = finite_array("a", a, tuple(range(33)), "any")
    theta = checked("theta", RateNeuron(theta=theta), RateNeuron).theta
    fires = a > 0
    return np.where(fires, 1.0 / np.maximum(1.0, np.ceil(theta / np.where(fires, a, 1.0))), 0.0)


@kernel
def step(v, z, theta, subtract):
    """The potential one step later, and whether the neuron fired: 1 or 0."""
    v = v + z
    if v >= theta:
        return (v - theta if subtract > 0 else 0.0), 1.0
    return v, 0.0


@kernel
def run(z, theta, v_0, subtract, v, s):
    """One neuron through all steps; returns how often it fired."""
    now, n = v_0, 0
    for t in range(z.size):
        now, s[t] = step(now, z[t], theta, subtract)
        v[t] = now
        n += s[t] > 0.0
    return n


@kernel
def advance(v, z, theta, subtract, s):
    """Many neurons by one step, each with its own input; `v` and `s` are written."""
    for k in range(v.size):
        v[k], s[k] = step(v[k], z[k], theta, subtract)
