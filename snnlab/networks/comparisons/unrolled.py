r"""A layer of spiking neurons and a recurrent network with the same weights, both step by step.

The neurons have a threshold of 1 and no units. A spike takes $\theta$ away from the potential of its own
neuron, which is a reset if $\theta = 1$, the threshold:

$$ v_{t+1} = \beta\, v_t + W x_t + R\, s_t - \theta\, s_t, \qquad s_{t+1} = f(v_{t+1} - 1) $$

Written as $U = R - \theta\, I$, the reset is a recurrent weight of each neuron onto itself, and this is a
recurrent network. With the step $H$ for $f$ it is the spiking layer. A slope $k$ makes a hard sigmoid of it,

$$ f(x) = \min\bigl(1, \max(0, \tfrac12 + k\, x)\bigr) $$

which is the step for every potential that is at least $1 / 2k$ away from the threshold. The spiking layer
adds the weights of those that have fired, the other multiplies all of them in each step.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, finite_array, fraction
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["SpikingLayer", "Unrolled", "spiking_layer", "unrolled"]

NEURONS, INPUTS, STEPS = 8, 12, 60
CHANCE, STRONGEST, AMONG = 0.1, 0.5, 0.4  # of an input to fire in a step; largest weights, thresholds
FURTHEST = 50
LEAST, MOST = -2, 12  # doublings of the slope, for the curve
ACTIVATION = 81  # places of the curve of f


class SpikingLayer(NamedTuple):
    """What a layer does, step by step.

    Examples
    --------
    >>> run = SpikingLayer(v=np.array([[0.5], [1.2]]), s=np.array([[0.0], [1.0]]), additions=2)
    >>> int(run.s.sum())
    1
    """

    v: np.ndarray
    """Potentials in thresholds, shape (steps, neurons), before what a spike takes away."""
    s: np.ndarray
    """Spikes, 0 or 1, shape (steps, neurons)."""
    additions: int
    """How many weights were added: one for each spike, of inputs and neurons, and each of its synapses."""


class Unrolled(NamedTuple):
    """The same weights in a spiking layer and in a recurrent network.

    Examples
    --------
    >>> unrolled(12, rng=np.uint64(1)).apart  # no potential is so near to the threshold
    0.0
    """

    v: np.ndarray
    """Potential of the first neuron of the spiking layer, in thresholds, one value a step."""
    v_recurrent: np.ndarray
    """The same in the recurrent network."""
    times: Annotated[np.ndarray, "n_first"]
    """The steps after which the first neuron has fired."""
    slopes: np.ndarray
    """Other slopes, as binary logarithms."""
    distance: np.ndarray
    """How far the potentials of the two come apart with each of them, in thresholds."""
    x: np.ndarray
    """Potentials, in thresholds."""
    step: np.ndarray
    """The spike with each of them."""
    sigmoid: np.ndarray
    """What the recurrent network has in its place."""
    n_first: int
    """Spikes of the first neuron."""
    n: int
    """Spikes of all neurons."""
    apart: float
    """How far the potentials of the two come apart at most, in thresholds."""
    nearest: float
    """How near a potential of the spiking layer comes to the threshold, in thresholds."""
    additions: int
    """Weights that the spiking layer adds."""
    products: int
    """Weights that the recurrent network multiplies and adds: all of them in each step."""


def spiking_layer(
    w: np.ndarray, r: np.ndarray, x: np.ndarray, beta: float = 0.9, theta: float = 1.0
) -> SpikingLayer:
    """A layer whose neurons hear inputs and one another, spike by spike.

    Parameters
    ----------
    w : array of shape (neurons, inputs)
        Weights from the inputs, thresholds.
    r : array of shape (neurons, neurons)
        Weights among the neurons, heard one step later.
    x : array of shape (steps, inputs)
        Input spikes, 0 or 1.
    beta : float
        What a step leaves of a potential.
    theta : float
        What a spike takes away from it.

    Examples
    --------
    >>> run = spiking_layer(np.full((1, 1), 0.6), np.zeros((1, 1)), np.ones((3, 1)))
    >>> print(run.v.ravel(), run.s.ravel())
    [0.6   1.14  0.626] [0. 1. 0.]
    """
    w, r = finite_array("w", w, (2,), "(neurons, inputs)"), finite_array("r", r, (2,), "(neurons, neurons)")
    x = finite_array("x", x, (2,), "(steps, inputs)")
    beta, theta = fraction("beta", beta), as_real("theta", theta)
    if r.shape != (len(w), len(w)):
        raise ValueError(f"r must have shape ({len(w)}, {len(w)}), got {r.shape}")
    if x.shape[1] != w.shape[1]:
        raise ValueError(f"x must have {w.shape[1]} columns, one an input, got {x.shape[1]}")
    if not np.isin(x, (0.0, 1.0)).all():
        raise ValueError(f"x must hold 0 and 1 only, got {x[~np.isin(x, (0.0, 1.0))][0]:g}")
    v, s = np.zeros((len(x), len(w))), np.zeros((len(x), len(w)))
    return SpikingLayer(v, s, run_spiking(w, r, x, beta, theta, v, s))


def unrolled(
    doublings: int = 0, beta: float = 0.9, theta: float = 1.0, *, rng: np.random.Generator | np.uint64
) -> Unrolled:
    """Sixty steps of eight neurons with random weights and inputs, as spikes and as a recurrent network.

    Parameters
    ----------
    doublings : int
        How often the slope of the hard sigmoid is doubled, from 1 / threshold; below 0 it is halved.
    beta : float
        What a step leaves of a potential.
    theta : float
        What a spike takes away from it; with 0 there is no reset.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> for doublings in (0, 12):
    ...     print(unrolled(doublings, rng=np.uint64(1)).apart > 0.1)
    True
    False
    """
    power = as_real("doublings", doublings)
    if power != round(power) or abs(power) > FURTHEST:
        raise ValueError(f"doublings must be a whole number from -{FURTHEST} to {FURTHEST}, got {power:g}")
    beta, theta = fraction("beta", beta), as_real("theta", theta)
    seen = recorded()
    run_unrolled(seen, workspace(), power, beta, theta, seed_from(rng))
    return read(seen)


class Work(NamedTuple):
    """Where both networks keep what they need."""

    w: np.ndarray  # from the inputs
    r: np.ndarray  # among the neurons
    inputs: np.ndarray
    potentials: np.ndarray  # of the spiking layer, as are the spikes
    spikes: np.ndarray
    states: np.ndarray  # of the recurrent network, as are the activations
    activations: np.ndarray


def workspace() -> Work:
    """Room for eight neurons."""
    each = (np.zeros((STEPS, NEURONS)) for _ in range(4))
    return Work(np.zeros((NEURONS, INPUTS)), np.zeros((NEURONS, NEURONS)), np.zeros((STEPS, INPUTS)), *each)


def recorded() -> Unrolled:
    """A blank record."""
    traces = dict.fromkeys(("v", "v_recurrent", "times"), STEPS)
    curves = dict.fromkeys(("slopes", "distance"), MOST - LEAST + 1) | dict.fromkeys(
        ("x", "step", "sigmoid"), ACTIVATION
    )
    return blank(Unrolled, **traces, **curves)


@kernel
def hard_sigmoid(x, slope):
    """Between 0 and 1, with a ramp of width 1 / slope around x = 0."""
    return min(1.0, max(0.0, 0.5 + slope * x))


@kernel
def doubled(doublings):
    """Two to the power of a whole number, without rounding anywhere."""
    slope = 1.0
    for _ in range(int(abs(doublings))):
        slope *= 2.0 if doublings > 0.0 else 0.5
    return slope


@kernel
def run_spiking(w, r, x, beta, theta, v, s):
    """The layer by its spikes: no weight of a silent neuron is read. Returns how many were added."""
    added = 0
    for t in range(v.shape[0]):
        for n in range(v.shape[1]):
            v[t, n] = beta * v[t - 1, n] if t > 0 else 0.0
        for j in range(x.shape[1]):
            if x[t, j] > 0.0:
                for n in range(v.shape[1]):
                    v[t, n] += w[n, j]
                added += v.shape[1]
        for j in range(v.shape[1]):
            if t > 0 and s[t - 1, j] > 0.0:
                for n in range(v.shape[1]):
                    v[t, n] += r[n, j] - theta if n == j else r[n, j]
                added += v.shape[1]
        for n in range(v.shape[1]):
            s[t, n] = 1.0 if v[t, n] > 1.0 else 0.0
    return added


@kernel
def run_recurrent(w, r, x, beta, theta, slope, v, s):
    """The recurrent network: every weight times every activation, in every step."""
    for t in range(v.shape[0]):
        for n in range(v.shape[1]):
            total = beta * v[t - 1, n] if t > 0 else 0.0
            for j in range(x.shape[1]):
                total += w[n, j] * x[t, j]
            for j in range(v.shape[1]):
                u = r[n, j] - theta if n == j else r[n, j]
                total += u * s[t - 1, j] if t > 0 else 0.0
            v[t, n] = total
            s[t, n] = hard_sigmoid(total - 1.0, slope)


@kernel
def furthest(a, b):
    """The largest distance between two arrays, entry by entry."""
    top = 0.0
    for t in range(a.shape[0]):
        for n in range(a.shape[1]):
            top = max(top, abs(a[t, n] - b[t, n]))
    return top


@kernel
def draw_network(w, r, x, seed):
    """Weights of either sign, more of them positive, and input spikes."""
    counter, zero, one = np.uint64(0), np.uint64(0), np.uint64(1)
    for n in range(w.shape[0]):
        for j in range(w.shape[1]):
            w[n, j] = STRONGEST * (1.4 * uniform(seed, zero, counter) - 0.4)
            counter += one
        for j in range(r.shape[1]):
            r[n, j] = AMONG * (2.0 * uniform(seed, zero, counter) - 1.0)
            counter += one
    for t in range(x.shape[0]):
        for j in range(x.shape[1]):
            x[t, j] = 1.0 if uniform(seed, zero, counter) < CHANCE else 0.0
            counter += one


@kernel
def run_unrolled(seen, work, doublings, beta, theta, seed):
    """The spiking layer once, and the recurrent network with every slope; last with the one asked for."""
    w, r, x, v, s = work.w, work.r, work.inputs, work.potentials, work.spikes
    u, a = work.states, work.activations
    draw_network(w, r, x, seed)
    seen.additions[0] = run_spiking(w, r, x, beta, theta, v, s)
    seen.products[0] = v.size * (x.shape[1] + v.shape[1])
    for k in range(seen.slopes.size):
        seen.slopes[k] = LEAST + k
        run_recurrent(w, r, x, beta, theta, doubled(seen.slopes[k]), u, a)
        seen.distance[k] = furthest(v, u)
    slope = doubled(doublings)
    run_recurrent(w, r, x, beta, theta, slope, u, a)
    seen.apart[0] = furthest(v, u)
    seen.nearest[0] = math.inf
    for t in range(v.shape[0]):
        seen.v[t], seen.v_recurrent[t] = v[t, 0], u[t, 0]
        for n in range(v.shape[1]):
            seen.n[0] += s[t, n]
            seen.nearest[0] = min(seen.nearest[0], abs(v[t, n] - 1.0))
        if s[t, 0] > 0.0:
            seen.times[int(seen.n_first[0])] = t + 1.0
            seen.n_first[0] += 1.0
    for k in range(seen.x.size):
        seen.x[k] = 2.0 * k / (seen.x.size - 1)
        seen.step[k] = 1.0 if seen.x[k] > 1.0 else 0.0
        seen.sigmoid[k] = hard_sigmoid(seen.x[k] - 1.0, slope)
