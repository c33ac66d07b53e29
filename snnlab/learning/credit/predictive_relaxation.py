r"""Predictive coding step by step: where the error is while the units come to rest, and what it teaches.

One sample is shown to a network, and its output is held at the target. At first the whole error sits at
the output. Then the units below move to share it, the energy falls, and the update that the weights would
make right now turns. Its angle to the gradient says how far it is from backpropagation: 0 in no step for
a target that is held, and ever smaller for a target that only nudges (`predictive_coding` has the
equations, and is the readable twin of the kernel).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.compiling import kernel
from snnlab.learning.credit.feedback_alignment import true_feedback
from snnlab.learning.credit.padded_layers import (
    answered,
    forward,
    padded,
    send_back,
    steepness,
    update_angle,
    weighted,
    weighted_back,
)
from snnlab.learning.credit.rate_network import RateNetwork, checked_batch, checked_network
from snnlab.records import blank, read

__all__ = ["STEPS", "PredictiveRelaxation", "predictive_relaxation"]

STEPS = 200


class PredictiveRelaxation(NamedTuple):
    """Units on their way to rest, one value before anything has moved and one after each step.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0]]), np.array([[3.0]])))
    >>> seen = predictive_relaxation(network, [0.3], [1.0])
    >>> print(f"the energy falls from {seen.energy[0]:.3f} to {seen.energy[-1]:.3f}")
    the energy falls from 0.187 to 0.028
    """

    energy: np.ndarray
    """E, shape (steps + 1,)."""
    surprise: np.ndarray
    """The share of each layer in it, Σ |ε|² / 2, shape (steps + 1, layers)."""
    angle: np.ndarray
    """Between what the weights would learn now and the gradient, degrees; NaN if nothing is wrong."""
    rest_angle: float
    """The last of these; NaN if nothing is wrong."""
    left: float
    """The last energy as a share of the first; NaN if nothing is wrong."""


def predictive_relaxation(
    network: RateNetwork, x: ArrayLike, target: ArrayLike, *, variance: float = 1.0, rate: float = 0.1
) -> PredictiveRelaxation:
    """Watch a network for 200 steps.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (inputs,)
        What it is shown.
    target : array of shape (outputs,)
        What the output is held at.
    variance : float
        Σ of the output: the larger, the less the target pulls.
    rate : float
        How far the units go in one step.

    Examples
    --------
    >>> network = RateNetwork((np.array([[2.0, 1.0], [0.0, 1.0]]), np.array([[3.0, -1.0]])))
    >>> for variance in (1.0, 100.0):
    ...     seen = predictive_relaxation(network, [0.3, -0.2], [1.0], variance=variance)
    ...     print(f"{seen.rest_angle:.1f} degrees")
    5.9 degrees
    0.5 degrees
    """
    network = checked_network(network)
    one = finite_array("x", x, (1,), "(inputs,)"), finite_array("target", target, (1,), "(outputs,)")
    shown, wanted = (row[0] for row in checked_batch(network, one[0][None], one[1][None]))
    variance, rate = positive("variance", variance), positive("rate", rate)
    size = max(*(len(w) for w in network.weights), network.weights[0].shape[1])
    layers = len(network.weights)
    w, down = padded(network.weights, size), padded(true_feedback(network), size)
    ends = np.zeros((2, size))
    ends[0, : shown.size], ends[1, : wanted.size] = shown, wanted
    seen = recorded(layers)
    run_relaxation(seen, room(layers, size), w, down, ends, network.linear, variance, rate)
    if not np.isfinite(seen.energy).all():
        raise ValueError(f"rate must be small enough for units to come to rest, got {rate:g}")
    return read(seen)


def recorded(layers: int) -> PredictiveRelaxation:
    """A blank record."""
    return blank(PredictiveRelaxation, energy=STEPS + 1, surprise=(STEPS + 1, layers), angle=STEPS + 1)


def room(layers: int, size: int) -> np.ndarray:
    """What `run_relaxation` works in."""
    return np.zeros((5, layers + 1, size))


@kernel
def run_relaxation(seen, work, w, down, ends, linear, variance, rate):
    """The network alone, its gradient, and the units through all steps; `ends` are input and target."""
    layers = w.shape[0]
    alone, heard, values = work[0], work[1], work[2]
    true, errors = work[3, :layers], work[4, :layers]
    begin(work, w, down, ends, linear)
    for step in range(seen.energy.size):
        if step > 0:
            relax(w, heard, values, errors, linear, rate)
        find_errors(w, heard, values, errors, variance)
        seen.energy[step] = 0.0
        for layer in range(layers):
            seen.surprise[step, layer] = surprise_of(errors, layer, variance)
            seen.energy[step] += seen.surprise[step, layer]
        seen.angle[step] = 180.0 - update_angle(errors, heard, true, alone)  # ε is a wish, δ a blame
    seen.rest_angle[0] = seen.angle[-1]
    seen.left[0] = seen.energy[-1] / seen.energy[0]


@kernel
def begin(work, w, down, ends, linear):
    """Before anything moves: the network alone and its gradient, units where it puts them, output held."""
    layers, size = w.shape[0], w.shape[1]
    alone, heard, values, true = work[0], work[1], work[2], work[3, :layers]
    for k in range(size):
        alone[0, k] = heard[0, k] = ends[0, k]
    forward(w, alone, linear)
    send_back(down, alone, ends[1], true, linear)
    for k in range(size):
        heard[layers, k] = ends[1, k]
    for layer in range(layers - 1):
        for k in range(size):
            values[layer, k] = weighted(w[layer], alone[layer], k)
            heard[layer + 1, k] = alone[layer + 1, k]


@kernel
def find_errors(w, heard, values, errors, variance):
    """ε of every layer, where the units are now."""
    last = w.shape[0] - 1
    for layer in range(last + 1):
        for k in range(w.shape[1]):
            there = heard[last + 1, k] if layer == last else values[layer, k]
            spread = variance if layer == last else 1.0
            errors[layer, k] = (there - weighted(w[layer], heard[layer], k)) / spread


@kernel
def surprise_of(errors, layer, variance):
    """The share of one layer in the energy."""
    spread, total = variance if layer == errors.shape[0] - 1 else 1.0, 0.0
    for k in range(errors.shape[1]):
        total += 0.5 * spread * errors[layer, k] ** 2
    return total


@kernel
def relax(w, heard, values, errors, linear, rate):
    """One step of all hidden units, from the errors before it."""
    for layer in range(w.shape[0] - 1):
        for k in range(w.shape[1]):
            came = weighted_back(w[layer + 1], errors[layer + 1], k)
            move = steepness(heard[layer + 1, k], linear) * came - errors[layer, k]
            values[layer, k] += rate * move
    for layer in range(w.shape[0] - 1):
        for k in range(w.shape[1]):
            heard[layer + 1, k] = answered(values[layer, k], linear)
