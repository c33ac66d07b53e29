"""The gradient of a spiking network with a surrogate, and that of its relaxed form without one.

The equations and the kernel stand in `snnlab.learning.gradients.bptt`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.foreign_arrays import as_array
from snnlab.learning.gradients.bptt import Net, _columns, _numbers, _rows, _workspace, batch_gradient, data_of
from snnlab.learning.gradients.graded_spikes import area
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    check_current_lif,
    check_penalty,
    check_surrogate,
    check_weights,
)
from snnlab.learning.samples import Samples, check_samples

__all__ = ["Gradient", "relaxed_gradient", "surrogate_gradient"]


class Gradient(NamedTuple):
    """What one pass over samples found.

    Examples
    --------
    >>> w = Weights(np.zeros((4, 3)), np.zeros((2, 4)))
    >>> Gradient(loss=0.69, accuracy=0.5, spikes=12.0, weights=w).accuracy
    0.5
    """

    loss: float
    """Mean loss of a sample, and the penalty."""
    accuracy: float
    """Fraction of samples whose class has the largest score."""
    spikes: float
    """Number of hidden spikes of all samples; their sum where they are graded."""
    weights: Weights
    """The gradient of the loss, in the form of the weights."""


def surrogate_gradient(
    weights: Weights,
    samples: Samples,
    neuron: CurrentLIF = CurrentLIF(),
    surrogate: Surrogate = Surrogate(),
    penalty: Penalty = Penalty(),
    which: ArrayLike | None = None,
) -> Gradient:
    """The loss of a spiking network and its surrogate gradient.

    Parameters
    ----------
    weights
        Of the network; float32 is twice as fast as float64.
    samples
        Inputs and labels.
    neuron, surrogate, penalty
        Numbers of the neurons, what replaces the derivative of a spike, what spikes cost.
    which : array of int, optional
        The samples of this batch. All, if left out.

    Returns
    -------
    Gradient
        `loss`, `accuracy`, `spikes` and the gradient `weights`.

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> found = surrogate_gradient(initial_weights(100, 4, 2, rng=rng), samples)
    >>> print(found.weights.w_in.shape, f"{found.loss:.1f}")
    (4, 100) 1.0
    """
    return _gradient(weights, samples, neuron, surrogate, penalty, which, False)


def relaxed_gradient(
    weights: Weights,
    samples: Samples,
    neuron: CurrentLIF = CurrentLIF(),
    surrogate: Surrogate = Surrogate(),
    penalty: Penalty = Penalty(),
    which: ArrayLike | None = None,
) -> Gradient:
    """The loss of the relaxed network, whose spikes are graded, and its gradient.

    Its spikes are the antiderivative of the surrogate, so with the way through the reset this is the gradient
    of the loss and no stand-in: a change of a weight changes the loss by as much.

    Parameters
    ----------
    weights
        Of the network; float64 to compare with differences of the loss.
    samples
        Inputs and labels.
    neuron, surrogate, penalty
        As for `surrogate_gradient`, but that the height of the surrogate is 1 over its area.
    which : array of int, optional
        The samples of this batch. All, if left out.

    Returns
    -------
    Gradient
        `loss`, `accuracy`, `spikes` (the sum of the graded spikes) and the gradient `weights`.

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> weights = initial_weights(100, 4, 2, rng=rng)
    >>> found = relaxed_gradient(weights, samples, surrogate=Surrogate(width=0.2))
    >>> found.spikes > surrogate_gradient(weights, samples).spikes
    True
    """
    surrogate = check_surrogate(surrogate)
    surrogate = surrogate._replace(height=1.0 / area(surrogate.shape, surrogate.width))
    return _gradient(weights, samples, neuron, surrogate, penalty, which, True)


def _gradient(
    weights: Weights,
    samples: Samples,
    neuron: CurrentLIF,
    surrogate: Surrogate,
    penalty: Penalty,
    which: ArrayLike | None,
    graded: bool,
) -> Gradient:
    """Check, allocate and call the kernel once."""
    weights, penalty = check_weights(weights), check_penalty(penalty)
    samples = check_samples(samples, weights.w_in.shape[1], weights.w_out.shape[0])
    rows = _some(which, samples.n_samples)
    net = _rows(weights)
    gradient = Net(*(np.empty_like(w) for w in net))
    numbers = _numbers(weights, check_current_lif(neuron), check_surrogate(surrogate), graded)
    trial = _workspace(weights, samples.steps, numbers.through_reset)
    found = np.empty(3)
    batch_gradient(rows, data_of(samples), net, numbers, trial, *penalty, gradient, found)
    loss, accuracy, spikes = found.tolist()
    return Gradient(loss, accuracy, spikes, _columns(gradient))


def _some(which: ArrayLike | None, n_samples: int) -> np.ndarray:
    """The numbers of the samples of a batch."""
    if not n_samples:
        raise ValueError("samples must be at least one, got none")
    if which is None:
        return np.arange(n_samples)
    rows = as_array("which", which)
    if rows.ndim != 1 or rows.dtype.kind not in "iu" or not rows.size:
        raise ValueError(f"which must be a list of numbers of samples, at least one, got {which!r}")
    if not 0 <= rows.min() <= rows.max() < n_samples:
        raise ValueError(f"which must be from 0 to {n_samples - 1}, got {rows.min()} to {rows.max()}")
    return rows.astype(np.int64)
