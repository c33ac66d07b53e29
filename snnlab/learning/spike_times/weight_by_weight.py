"""What each weight of a network of spike times does, found by moving it: the judge of every gradient."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, positive
from snnlab.learning.spike_times.spikeprop import (
    DelayedWeights,
    SpikeProp,
    check_delayed,
    run_spikeprop,
    spikeprop_gradient,
)

__all__ = ["finite_differences", "moved_by_each_weight"]


def moved_by_each_weight(
    net: DelayedWeights, times: ArrayLike, neuron: SpikeProp = SpikeProp(), *, factor: float
) -> np.ndarray:
    """When the outputs fire if one weight is multiplied, for each weight.

    Parameters
    ----------
    net
        Weights and delays.
    times : array of shape (n_inputs,)
        When each input fires, ms; ``inf`` for one that is silent.
    neuron
        Time constant and threshold.
    factor : float
        What a weight is multiplied by.

    Returns
    -------
    array of shape (weights, n_out)
        ms; first for the weights of the hidden neurons, then for those of the output neurons.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((1, 2, 1)), np.ones((1, 1, 1)), np.array([1.0]))
    >>> print(moved_by_each_weight(net, [0.0, 6.0], factor=1.1).round(2))
    [[13.37]
     [15.03]
     [12.4 ]]
    """
    net, factor = _free(net), as_real("factor", factor)
    found = []
    for name, k in _each(net):
        moved = getattr(net, name).copy()
        moved.flat[k] *= factor
        found.append(run_spikeprop(net._replace(**{name: moved}), times, neuron).out[0])
    return np.array(found)


def finite_differences(
    net: DelayedWeights,
    times: ArrayLike,
    wanted: ArrayLike,
    neuron: SpikeProp = SpikeProp(),
    *,
    step: float = 1e-5,
) -> np.ndarray:
    """The slope of the loss by each weight, from its values a step away to both sides.

    Parameters
    ----------
    net, times, wanted, neuron
        As for `snnlab.learning.spikeprop_gradient`.
    step : float
        How far each weight is moved.

    Returns
    -------
    array of shape (weights,)
        ms²; first by the weights of the hidden neurons, then by those of the output neurons.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((1, 2, 1)), np.full((1, 1, 1), 1.2), np.array([1.0]))
    >>> told = spikeprop_gradient(net, [0.0, 6.0], [9.0])
    >>> found = finite_differences(net, [0.0, 6.0], [9.0])
    >>> print(np.allclose(found, np.concatenate([told.hidden.ravel(), told.out.ravel()]), atol=1e-8))
    True
    """
    net, step = _free(net), positive("step", step)
    found = []
    for name, k in _each(net):
        losses = []
        for by in (step, -step):
            moved = getattr(net, name).copy()
            moved.flat[k] += by
            losses.append(spikeprop_gradient(net._replace(**{name: moved}), times, wanted, neuron).loss)
        found.append((losses[0] - losses[1]) / (2.0 * step))
    return np.array(found)


def _free(net: DelayedWeights) -> DelayedWeights:
    """The network without signs that are kept: a step may lead through 0."""
    return check_delayed(net)._replace(signs_in=None, signs_hidden=None)


def _each(net: DelayedWeights) -> list[tuple[str, int]]:
    """The name of the layer and the number of each weight."""
    return [(name, k) for name in ("hidden", "out") for k in range(getattr(net, name).size)]
