r"""A gate: what a membrane potential passes on while it crosses a zone around the threshold.

A synapse that hears a spike as all or nothing has no slope where one appears or is lost. Here it hears the
potential itself, through a gate $g(v)$ that is open only in this zone, and what it hears is the movement of
$v$, not its height:

$$ q = \int g(v)\, \frac{dv}{dt}\, dt = \int g(v)\, dv = G(v_{\rm end}) - G(v_{\rm start}), \qquad
\int_{-\infty}^{\infty} g(v)\, dv = 1 $$

So a crossing passes on a charge of 1 whatever its speed, and an excursion that turns back takes back what it
gave. The gate is a raised cosine of width $w$ around $c$, and $G$ grows from 0 to 1 in the zone,

$$ g(v) = \frac{1 + \cos 2\pi x}{w}, \qquad G(v) = \frac12 + x + \frac{\sin 2\pi x}{2\pi}, \qquad
x = \frac{v - c}{w}, \quad |x| \le \frac12 $$

**Integration.** The charge of a step is $G$ at its end less $G$ at its start: exact for a step of any length,
where $g$ times the length of the step would be wrong as soon as a step is not short against the zone.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31 (the gate;
its shape is ours, any smooth one does).
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, positive
from snnlab.compiling import kernel

__all__ = ["gate", "gate_charge"]


def gate(v: ArrayLike, width: float = 0.5, centre: float = 1.0) -> np.ndarray:
    """How far the gate is open.

    Parameters
    ----------
    v : float or array of any shape
        Membrane potential, in units of the threshold.
    width : float
        Width of the zone in which the gate is open, in the units of `v`.
    centre : float
        Its middle: the threshold.

    Returns
    -------
    array of the shape of `v`
        Charge for each unit of `v`; its integral is 1.

    Examples
    --------
    >>> print(gate([0.7, 0.875, 1.0, 1.3]))
    [0. 2. 4. 0.]
    """
    there = finite_array("v", v, tuple(range(33)), "any")
    width, centre = positive("width", width), as_real("centre", centre)
    opened = np.empty(there.size)
    fill_gate(there.ravel(), opened, centre, width)
    return opened.reshape(there.shape)


def gate_charge(v: ArrayLike, width: float = 0.5, centre: float = 1.0) -> np.ndarray:
    """The charge that a course of the potential passes on, from step to step.

    Parameters
    ----------
    v : array of shape (steps + 1,)
        Membrane potential at the start and after each step. It may not contain a reset: what jumps back
        would take back the charge.
    width, centre : float
        As in `gate`.

    Returns
    -------
    array of shape (steps,)
        The charge of each step; negative where the potential goes back through the zone.

    Examples
    --------
    Two who cross, at speeds that differ by 100, and one who turns back:

    >>> slow, fast = np.linspace(0.0, 2.0, 1001), np.linspace(0.0, 2.0, 11)
    >>> back = np.array([0.0, 0.9, 1.1, 0.8, 0.0])
    >>> print([f"{abs(gate_charge(v).sum()):.6f}" for v in (slow, fast, back)])
    ['1.000000', '1.000000', '0.000000']
    """
    course = finite_array("v", v, (1,), "(steps + 1,)")
    width, centre = positive("width", width), as_real("centre", centre)
    if course.size == 0:
        raise ValueError("v must have a value at least for the start, got none")
    charge = np.empty(course.size - 1)
    fill_charge(course, charge, centre, width)
    return charge


@kernel
def opening(v, centre, width):
    """g: the derivative of `passed`."""
    x = (v - centre) / width
    if abs(x) >= 0.5:
        return 0.0
    return (1.0 + math.cos(2.0 * math.pi * x)) / width


@kernel
def passed(v, centre, width):
    """G: the part of a spike that is passed on below `v`, from 0 to 1."""
    x = (v - centre) / width
    if x <= -0.5:
        return 0.0
    if x >= 0.5:
        return 1.0
    return 0.5 + x + math.sin(2.0 * math.pi * x) / (2.0 * math.pi)


@kernel
def fill_gate(v, opened, centre, width):
    """How far the gate is open at each `v`."""
    for k in range(v.size):
        opened[k] = opening(v[k], centre, width)


@kernel
def fill_charge(v, charge, centre, width):
    """What each step of `v` passes on."""
    for k in range(charge.size):
        charge[k] = passed(v[k + 1], centre, width) - passed(v[k], centre, width)
