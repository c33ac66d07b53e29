r"""A population that represents a vector: every neuron prefers a direction, its encoder.

The current into neuron $i$ grows with the part of $x$ along its encoder $e_i$, and its rate is that of a
leaky integrate-and-fire neuron:

$$ a_i(x) = G\!\left( \alpha_i\, e_i \cdot x + J_i \right), \qquad
G(J) = \left[ t_{ref} + \tau \ln\left( 1 + \frac{1}{J - 1} \right) \right]^{-1} \quad (J > 1) $$

Currents have the threshold current as their unit. Gain $\alpha$ and bias $J$ follow from what one would
rather say of a neuron: the rate $r$ that it reaches at $e \cdot x = 1$, and the intercept $c$ at which it
begins,

$$ \alpha = \frac{G^{-1}(r) - 1}{1 - c}, \qquad J = 1 - \alpha\, c, \qquad
G^{-1}(r) = \frac{1}{1 - e^{(t_{ref} - 1/r) / \tau}} $$

Source: C. Eliasmith and C. H. Anderson (2003), Neural Engineering, MIT Press, chapter 2.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.compiling import kernel
from snnlab.neurons import LIF, lif_rate
from snnlab.random import generator

__all__ = [
    "NEURON",
    "TunedPopulation",
    "check_population",
    "currents",
    "draw_population",
    "gain_and_bias",
    "tuning_curves",
]

TAU_M, T_REF = 20.0, 2.0  # ms
NEURON = LIF(tau_m=TAU_M, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=T_REF)
"""Potentials and currents in thresholds, times in ms."""


class TunedPopulation(NamedTuple):
    """Encoders, gains and biases.

    Examples
    --------
    >>> TunedPopulation(np.array([[1.0], [-1.0]]), np.full(2, 3.0), np.ones(2)).encoders.shape
    (2, 1)
    """

    encoders: np.ndarray
    """e, unit vectors, shape (neurons, dimensions)."""
    gain: np.ndarray
    """α, threshold currents, shape (neurons,)."""
    bias: np.ndarray
    """J, the current where x = 0, threshold currents, shape (neurons,)."""


def gain_and_bias(max_rates: ArrayLike, intercepts: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Gains and biases of neurons of which one knows where they begin and how far they get.

    Parameters
    ----------
    max_rates : array of shape (neurons,)
        Rates where e · x = 1, Hz, above 0 and below that of the refractory time, 500 Hz.
    intercepts : array of shape (neurons,)
        The e · x above which they fire, below 1.

    Returns
    -------
    gain, bias : array of shape (neurons,)
        In threshold currents.

    Examples
    --------
    >>> gain, bias = gain_and_bias([200.0], [0.5])
    >>> print(lif_rate(gain * 0.5 + bias, NEURON), lif_rate(gain + bias, NEURON).round(9))
    [0.] [200.]
    """
    r = finite_array("max_rates", max_rates, (1,), "(neurons,)")
    c = finite_array("intercepts", intercepts, (1,), "(neurons,)")
    fastest = 1000.0 / NEURON.t_ref
    if r.size != c.size:
        raise ValueError(f"intercepts must be as many as max_rates ({r.size}), got {c.size}")
    if (bad := (r <= 0) | (r >= fastest)).any():
        raise ValueError(f"max_rates must be above 0 and below {fastest:g} Hz, got {r[bad][0]:g}")
    if (c >= 1).any():
        raise ValueError(f"intercepts must be below 1, got {c[c >= 1][0]:g}")
    gain = np.array([gain_of(*pair) for pair in zip(r, c, strict=True)])
    return gain, 1.0 - gain * c


def draw_population(
    neurons: int,
    dimensions: int = 1,
    *,
    max_rates: tuple[float, float] = (200.0, 400.0),
    intercepts: tuple[float, float] = (-1.0, 0.9),
    rng: np.random.Generator,
) -> TunedPopulation:
    """A population at random: encoders in all directions, rates and intercepts from a range.

    Parameters
    ----------
    neurons, dimensions : int
        How many, of what.
    max_rates, intercepts : tuple of float
        The ends of the ranges, as for `gain_and_bias`.
    rng
        The source of chance.

    Examples
    --------
    >>> population = draw_population(50, 2, rng=np.random.default_rng(1))
    >>> print(np.linalg.norm(population.encoders, axis=1)[:3])
    [1. 1. 1.]
    """
    n, d = whole("neurons", neurons, least=1), whole("dimensions", dimensions, least=1)
    rng = generator(rng)
    e = rng.normal(size=(n, d))
    e /= np.linalg.norm(e, axis=1, keepdims=True)
    return TunedPopulation(e, *gain_and_bias(rng.uniform(*max_rates, n), rng.uniform(*intercepts, n)))


def check_population(population: TunedPopulation) -> TunedPopulation:
    """`population`, if its arrays fit together."""
    if not isinstance(population, TunedPopulation):
        raise TypeError(f"population must be a TunedPopulation, got {type(population).__name__}")
    e = finite_array("encoders", population.encoders, (2,), "(neurons, dimensions)")
    gain = finite_array("gain", population.gain, (1,), "(neurons,)")
    bias = finite_array("bias", population.bias, (1,), "(neurons,)")
    if not gain.size == bias.size == len(e):
        raise ValueError(f"gain and bias must be {len(e)}, one a neuron, got {gain.size} and {bias.size}")
    return TunedPopulation(e, gain, bias)


def currents(population: TunedPopulation, x: ArrayLike) -> np.ndarray:
    """The current into each neuron.

    Parameters
    ----------
    population
        Who is asked.
    x : array of shape (points, dimensions)
        What is represented.

    Returns
    -------
    array of shape (points, neurons)
        In threshold currents.

    Examples
    --------
    >>> currents(TunedPopulation(np.ones((1, 1)), np.full(1, 2.0), np.ones(1)), [[0.5]])
    array([[2.]])
    """
    population = check_population(population)
    x = finite_array("x", x, (2,), "(points, dimensions)")
    if x.shape[1] != population.encoders.shape[1]:
        raise ValueError(f"x must have {population.encoders.shape[1]} columns, got {x.shape[1]}")
    return population.gain * (x @ population.encoders.T) + population.bias


def tuning_curves(population: TunedPopulation, x: ArrayLike) -> np.ndarray:
    """The rate of each neuron.

    Parameters
    ----------
    population
        Who is asked.
    x : array of shape (points, dimensions)
        What is represented.

    Returns
    -------
    array of shape (points, neurons)
        In Hz.

    Examples
    --------
    >>> population = TunedPopulation(np.ones((1, 1)), *gain_and_bias([300.0], [0.0]))
    >>> tuning_curves(population, [[-0.5], [1.0]]).round(9)
    array([[  0.],
           [300.]])
    """
    return lif_rate(currents(population, x), NEURON)


@kernel
def gain_of(max_rate, intercept):
    """The gain that belongs to a rate in Hz and an intercept."""
    needed = 1.0 / (1.0 - math.exp((T_REF - 1000.0 / max_rate) / TAU_M))
    return (needed - 1.0) / (1.0 - intercept)
