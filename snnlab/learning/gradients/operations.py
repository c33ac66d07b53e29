r"""What a network computes for a sample: synaptic operations, updates of neurons, multiply-accumulates.

A *synaptic operation* is one spike through one synapse: a weight is read and added. A *multiply-accumulate*
(MAC) reads a weight, multiplies it by an activation and adds the product. A layer of $m$ inputs and $n$
neurons in which $S$ inputs spike takes $S\, n$ synaptic operations; without spikes it takes $m\, n$ MACs, or,
if zeros are skipped as spikes skip them, one for each synapse of an input that is not zero.

On a clock each spiking neuron also decays in every step, whether anything has come or not: here two
multiplications, for current and potential. None of these counts is an energy: that depends on what an
operation costs, and how far its weight has to travel.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.learning.deep_network import DeepNetwork, run_deep
from snnlab.learning.gradients.surrogate_network import CurrentLIF, Weights, check_weights
from snnlab.learning.gradients.surrogate_run import run_network
from snnlab.learning.samples import Samples, valid_samples

__all__ = ["DeepOperations", "SpikingOperations", "deep_operations", "spiking_operations"]


class SpikingOperations(NamedTuple):
    """What a spiking network does for one sample, on average.

    Examples
    --------
    >>> SpikingOperations(inputs=30.0, hidden=12.0, synaptic=3120.0, decays=11000.0).hidden
    12.0
    """

    inputs: float
    """Input spikes."""
    hidden: float
    """Spikes of the hidden neurons."""
    synaptic: float
    """Synaptic operations, each an addition."""
    decays: float
    """Multiplications by which currents and potentials decay, two a neuron and step."""


class DeepOperations(NamedTuple):
    """What a deep network does for one sample, on average.

    Examples
    --------
    >>> DeepOperations(dense=7400.0, nonzero=3900.0).dense
    7400.0
    """

    dense: float
    """MACs, one a synapse."""
    nonzero: float
    """Those of them whose activation is not zero."""


def spiking_operations(
    weights: Weights, samples: Samples, neuron: CurrentLIF = CurrentLIF()
) -> SpikingOperations:
    """Count the operations of a spiking network.

    Parameters
    ----------
    weights
        Of the network; if its hidden neurons are joined, their spikes take those synapses as well.
    samples
        What it is shown, at least one.
    neuron
        Numbers of the neurons.

    Examples
    --------
    >>> from snnlab.learning import samples_from_raster
    >>> silent = Weights(np.zeros((100, 64)), np.zeros((10, 100)))
    >>> spiking_operations(silent, samples_from_raster(np.ones((1, 2, 64)), [3]))
    SpikingOperations(inputs=128.0, hidden=0.0, synaptic=12800.0, decays=440.0)
    """
    weights, samples = check_weights(weights), valid_samples(samples)
    if not samples.n_samples:
        raise ValueError("samples must be at least one, got none")
    n_hidden, n_out = len(weights.w_in), len(weights.w_out)
    inputs = samples.units.size / samples.n_samples
    runs = (run_network(weights, samples, k, neuron) for k in range(samples.n_samples))
    hidden = sum(int(run.s.sum()) for run in runs) / samples.n_samples
    heard_by = n_out + (n_hidden if weights.w_rec is not None else 0)
    decays = 2.0 * samples.steps * (n_hidden + n_out)
    return SpikingOperations(inputs, hidden, inputs * n_hidden + hidden * heard_by, decays)


def deep_operations(network: DeepNetwork, x: ArrayLike) -> DeepOperations:
    """Count the operations of a deep network.

    Parameters
    ----------
    network
        Its weights.
    x : array of shape (samples, inputs)
        What it is shown, at least one.

    Examples
    --------
    >>> network = DeepNetwork(np.ones((3, 2)), np.zeros(3), np.ones((2, 3)), np.zeros(2))
    >>> deep_operations(network, [[0.0, 1.0]])
    DeepOperations(dense=12.0, nonzero=9.0)
    """
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if not len(x):
        raise ValueError("x must have at least one sample, got none")
    active, (n_hidden, n_in), n_out = run_deep(network, x).hidden > 0, network.w_in.shape, len(network.w_out)
    nonzero = np.count_nonzero(x) * n_hidden + np.count_nonzero(active) * n_out
    return DeepOperations(float(n_in * n_hidden + n_hidden * n_out), float(nonzero / len(x)))
