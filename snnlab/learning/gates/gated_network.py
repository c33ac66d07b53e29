"""A recurrent network of gated neurons: its weights, a run, and the gradient of how far its output is off.

The equations are those of `snnlab.learning.gates.gated_pass`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, whole
from snnlab.learning.gates.gated_neuron import GatedNeuron, check_gated_neuron
from snnlab.learning.gates.gated_pass import (
    GatedGradient,
    blank_gradient,
    blank_room,
    gradient_of,
    run_sample,
    turn_round,
)
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["GatedLoss", "GatedRun", "GatedWeights", "gated_loss", "initial_gated", "run_gated"]

MOST_SPIKES = 10_000_000  # of a sample; a network that fires more runs away


class GatedWeights(NamedTuple):
    """The weights of a network of n neurons.

    Examples
    --------
    >>> GatedWeights(np.zeros((3, 1)), np.zeros((3, 3)), np.zeros((2, 3)), np.zeros(3)).w_out.shape
    (2, 3)
    """

    w_in: np.ndarray
    """U, shape (n, inputs)."""
    w_rec: np.ndarray
    """W, shape (n, n), ``w_rec[post, pre]``."""
    w_out: np.ndarray
    """O, shape (outputs, n)."""
    drive: np.ndarray
    """b, a constant current into each neuron, shape (n,)."""


class GatedRun(NamedTuple):
    """What a run of the network leaves, sample by sample.

    Examples
    --------
    >>> weights = GatedWeights(np.zeros((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.ones(1))
    >>> run = run_gated(weights, np.zeros((1, 60, 1)))
    >>> print(run.spikes[0].n_spikes, run.v.shape)
    2 (1, 61, 1)
    """

    out: np.ndarray
    """o, the output at the end of each step, shape (samples, steps, outputs)."""
    v: np.ndarray
    """Potential at the start and after each step, shape (samples, steps + 1, n)."""
    s: np.ndarray
    """Synaptic traces at the start and after each step, in spikes, shape (samples, steps + 1, n)."""
    spikes: list[Spikes]
    """Where the potential had gone through the whole zone of the gate, dated to the end of the step: as often
    as it did. What a theta neuron takes back later stays in the list."""


class GatedLoss(NamedTuple):
    """How far the output is off, and which way is up.

    Examples
    --------
    >>> GatedLoss(0.5, GatedWeights(*np.zeros((3, 1, 1)), np.zeros(1))).loss
    0.5
    """

    loss: float
    """L, the mean over samples and heeded steps of half the squared error, and the cost of the traces."""
    gradient: GatedWeights
    """Its gradient, in the form of the weights."""


def initial_gated(
    inputs: int,
    n: int,
    outputs: int,
    *,
    rng: np.random.Generator,
    gain_in: float = 1.0,
    gain_rec: float = 0.1,
    gain_out: float = 0.1,
    drive: float = 0.5,
) -> GatedWeights:
    """Normally distributed weights to begin with, independent of each other.

    Parameters
    ----------
    inputs, n, outputs : int
        Sizes of the network.
    rng
        Where they are drawn from.
    gain_in, gain_rec, gain_out : float
        Standard deviations: of U, of W times the root of n, and of O.
    drive : float
        The constant current into every neuron.

    Examples
    --------
    >>> initial_gated(2, 30, 2, rng=np.random.default_rng(1)).w_rec.shape
    (30, 30)
    """
    rng = generator(rng)
    inputs, n, outputs = (
        whole(name, size, least=1)
        for name, size in zip(("inputs", "n", "outputs"), (inputs, n, outputs), strict=True)
    )
    gain_in, gain_rec = non_negative("gain_in", gain_in), non_negative("gain_rec", gain_rec)
    gain_out = non_negative("gain_out", gain_out)
    return GatedWeights(
        rng.normal(0.0, gain_in, (n, inputs)),
        rng.normal(0.0, gain_rec / np.sqrt(n), (n, n)),
        rng.normal(0.0, gain_out, (outputs, n)),
        np.full(n, float(finite_array("drive", drive, (0,), "()"))),
    )


def run_gated(
    weights: GatedWeights,
    x: ArrayLike,
    neuron: GatedNeuron = GatedNeuron(),
    *,
    v_start: ArrayLike | None = None,
) -> GatedRun:
    """Run the network.

    Parameters
    ----------
    weights
        The weights; they stay as they are.
    x : array of shape (samples, steps, inputs)
        What comes in.
    neuron
        The numbers of all neurons; their time step is that of `x`.
    v_start : array of shape (samples, n), optional
        Potentials at the start; 0 if left out. What is beyond the zone of the gate starts a turn lower.

    Raises
    ------
    ValueError
        If the network runs away: its neurons excite each other ever more.

    Examples
    --------
    A neuron alone, under a current of 1, fires once in τ_m:

    >>> weights = GatedWeights(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> run_gated(weights, np.ones((1, 1000, 1)), GatedNeuron(tau_m=20.0)).spikes[0].n_spikes
    49
    """
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    x, v_start = check_inputs(weights, x, v_start)
    samples, steps, inputs = x.shape
    outputs, n = weights.w_out.shape
    room = blank_room(inputs, n, outputs, steps)
    v, s = np.empty((2, samples, steps + 1, n))
    found = GatedRun(np.empty((samples, steps, outputs)), v, s, [])
    turn_round(weights, room)
    for k in range(samples):
        run_sample(x[k], v_start[k], weights, room, neuron, neuron.kept)
        found.out[k], found.v[k], found.s[k] = room.out, room.v, room.s
        found.spikes.append(whole_spikes(room.turns, neuron.dt))
    return found


def gated_loss(
    weights: GatedWeights,
    x: ArrayLike,
    target: ArrayLike,
    neuron: GatedNeuron = GatedNeuron(),
    *,
    heed: ArrayLike | None = None,
    cost: float = 0.0,
    v_start: ArrayLike | None = None,
) -> GatedLoss:
    """How far the output of the network is from a target, and the exact gradient.

    Parameters
    ----------
    weights, x, neuron, v_start
        As in `run_gated`.
    target : array of shape (samples, steps, outputs)
        What should come out.
    heed : array of shape (samples, steps), optional
        How much each step matters, 0 or above; all the same if left out.
    cost : float
        λ, what half the sum of the squared traces of all neurons costs, on average over time.

    Examples
    --------
    Too quiet: downhill is towards more input.

    >>> weights = GatedWeights(np.ones((1, 1)), np.zeros((1, 1)), np.ones((1, 1)), np.zeros(1))
    >>> found = gated_loss(weights, np.ones((1, 100, 1)), np.full((1, 100, 1), 3.0))
    >>> bool(found.gradient.w_in[0, 0] < 0)
    True
    """
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    x, v_start = check_inputs(weights, x, v_start)
    target, heed, cost = check_task(weights, x, target, heed, cost)
    outputs, n = weights.w_out.shape
    gradient = blank_gradient(x.shape[2], n, outputs)
    room = blank_room(x.shape[2], n, outputs, x.shape[1])
    loss = gradient_of(x, target, heed, v_start, cost, weights, room, neuron, neuron.kept, gradient)
    return GatedLoss(loss, as_weights(gradient))


def as_weights(parts: GatedGradient) -> GatedWeights:
    """Arrays of the form of weights, called weights."""
    return GatedWeights(*parts)


def whole_spikes(turns: np.ndarray, dt: float) -> Spikes:
    """The spikes of all neurons, from how often each left the zone in each step, (steps, n)."""
    total = turns.clip(0.0).sum()
    if not total <= MOST_SPIKES:
        raise ValueError(
            f"weights must not make the neurons excite each other without end: they fired {total:.2g} times "
            f"in {len(turns)} steps"
        )
    steps, units = np.nonzero(turns > 0)
    often = turns[steps, units].astype(int)
    times = np.repeat((steps + 1) * dt, often)
    return Spikes(times, np.repeat(units, often), n_units=turns.shape[1], duration=len(turns) * dt)


def check_gated(weights: GatedWeights) -> GatedWeights:
    """`weights` as arrays of float64 that fit together."""
    if not isinstance(weights, GatedWeights):
        raise TypeError(f"weights must be a GatedWeights, got {type(weights).__name__}")
    w_in = finite_array("w_in", weights.w_in, (2,), "(n, inputs)")
    n = len(w_in)
    w_rec = finite_array("w_rec", weights.w_rec, (2,), "(n, n)")
    w_out = finite_array("w_out", weights.w_out, (2,), "(outputs, n)")
    drive = finite_array("drive", weights.drive, (1,), "(n,)")
    if not (w_rec.shape == (n, n) and w_out.shape[1] == n and drive.shape == (n,)):
        raise ValueError(
            f"w_rec, w_out and drive must be of as many neurons as w_in ({n}), "
            f"got {w_rec.shape}, {w_out.shape} and {drive.shape}"
        )
    return GatedWeights(w_in, w_rec, w_out, drive)


def check_inputs(
    weights: GatedWeights, x: ArrayLike, v_start: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and potentials at the start that the network can have."""
    x = finite_array("x", x, (3,), "(samples, steps, inputs)")
    n, inputs = weights.w_in.shape
    if x.shape[2] != inputs:
        raise ValueError(f"x must have as many inputs as w_in ({inputs}), got {x.shape[2]}")
    if v_start is None:
        return x, np.zeros((len(x), n))
    v_start = finite_array("v_start", v_start, (2,), "(samples, n)")
    if v_start.shape != (len(x), n):
        raise ValueError(f"v_start must have shape ({len(x)}, {n}), got {v_start.shape}")
    return x, v_start


def check_task(
    weights: GatedWeights, x: np.ndarray, target: ArrayLike, heed: ArrayLike | None, cost: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """Targets, what is heeded and the cost; the latter so that the loss is a mean of samples and steps."""
    target = finite_array("target", target, (3,), "(samples, steps, outputs)")
    shape = (*x.shape[:2], len(weights.w_out))
    if target.shape != shape:
        raise ValueError(f"target must have shape {shape}, got {target.shape}")
    heed = np.ones(shape[:2]) if heed is None else finite_array("heed", heed, (2,), "(samples, steps)")
    if heed.shape != shape[:2]:
        raise ValueError(f"heed must have shape {shape[:2]}, got {heed.shape}")
    if not (heed.min(initial=0.0) >= 0.0 and heed.sum() > 0.0):
        raise ValueError("heed must be 0 or above, and not 0 everywhere")
    return target, heed / heed.sum(), non_negative("cost", cost) / heed.size
