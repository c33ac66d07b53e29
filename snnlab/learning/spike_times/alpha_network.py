"""A network of neurons with alpha synapses: its numbers, what it is drawn from, and when everybody fires.

Any number of layers. The equations stand in `snnlab.learning.spike_times.alpha_neuron` and
`snnlab.learning.spike_times.alpha_layers`.

Source: I. M. Comsa, K. Potempa, L. Versari, T. Fischbacher, A. Gesmundo and J. Alakuijala (2020), Temporal
coding in spiking neural networks with alpha synaptic function, ICASSP.
"""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole, wholes
from snnlab.learning.spike_times.alpha_layers import LearntTimes, blank_layers, blank_times, fire_all
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, check_alpha_neuron, check_times
from snnlab.random import generator

__all__ = ["AlphaNetwork", "AlphaRun", "initial_alpha", "run_alpha"]


class AlphaNetwork(NamedTuple):
    """Weights ``w[post, pre]`` and synchronisation pulses, one array a layer.

    Examples
    --------
    >>> network = initial_alpha((2, 4, 2), 1, rng=np.random.default_rng(1))
    >>> [w.shape for w in network.weights], [times.tolist() for times in network.pulses]
    ([(4, 3), (2, 5)], [[0.5], [0.5]])
    """

    weights: tuple[np.ndarray, ...]
    """Of each layer, shape (post, pre + pulses); the pulses are the last columns."""
    pulses: tuple[np.ndarray, ...]
    """When the pulses of each layer come, as many in each."""


class AlphaRun(NamedTuple):
    """When everybody fires, and what the network answers.

    Examples
    --------
    >>> run = run_alpha(initial_alpha((2, 4, 2), 1, rng=np.random.default_rng(1)), [[0.1, 0.8]])
    >>> [times.shape for times in run.times]
    [(1, 4), (1, 2)]
    """

    times: tuple[np.ndarray, ...]
    """Of each layer, the outputs at the end, shape (samples, neurons); infinite for who does not fire."""
    answers: np.ndarray
    """Which output fires first, shape (samples,); −1 where none does."""
    decided: np.ndarray
    """When it does, shape (samples,); infinite where none does."""


def initial_alpha(
    sizes: Sequence[int],
    pulses: int,
    *,
    rng: np.random.Generator,
    mean: float | Sequence[float] = 0.0,
    sd: float | Sequence[float] | None = None,
    of_pulses: float | Sequence[float] | None = None,
) -> AlphaNetwork:
    """A network that has learnt nothing: normal weights, and pulses spread evenly between 0 and 1.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, outputs.
    pulses : int
        How many synchronisation pulses each layer gets.
    rng : numpy.random.Generator
        Where the weights come from.
    mean : float or sequence of float
        The mean weight, or one for each layer.
    sd : float or sequence of float, optional
        The standard deviation, or one for each layer; if it is not given, √(2/(pre + post)).
    of_pulses : float or sequence of float, optional
        The mean weight of a pulse, or one for each layer; if it is not given, it is `mean`.

    Examples
    --------
    >>> [w.shape for w in initial_alpha((4, 120, 3), 2, rng=np.random.default_rng(1)).weights]
    [(120, 6), (3, 122)]
    """
    sizes = wholes("sizes", sizes, 1)
    if len(sizes) < 2:
        raise ValueError(f"sizes must be two or more, from inputs to outputs, got {len(sizes)}")
    pulses, layers = whole("pulses", pulses), len(sizes) - 1
    rng = generator(rng)
    of_inputs = _each_layer("mean", mean, layers)
    of_pulses = of_inputs if of_pulses is None else _each_layer("of_pulses", of_pulses, layers)
    balanced = [math.sqrt(2 / (pre + pulses + post)) for pre, post in itertools.pairwise(sizes)]
    spreads = balanced if sd is None else _each_layer("sd", sd, layers)
    if min(spreads) < 0:
        raise ValueError(f"sd must be zero or positive, got {min(spreads):g}")
    weights = []
    for k, (pre, post) in enumerate(itertools.pairwise(sizes)):
        means = np.repeat([of_inputs[k], of_pulses[k]], [pre, pulses])
        weights.append(means + spreads[k] * rng.normal(size=(post, pre + pulses)))
    even = np.arange(1, pulses + 1) / (pulses + 1)
    return AlphaNetwork(tuple(weights), tuple(even.copy() for _ in weights))


def _each_layer(name: str, values: float | Sequence[float], layers: int) -> list[float]:
    """A number for each layer."""
    array = finite_array(name, values, (0, 1), "() or (layers,)")
    if array.ndim == 1 and array.size != layers:
        raise ValueError(f"{name} must be one number or {layers}, one a layer, got {array.size}")
    return np.broadcast_to(array, layers).tolist()


def run_alpha(network: AlphaNetwork, x: ArrayLike, neuron: AlphaNeuron = AlphaNeuron()) -> AlphaRun:
    """When every neuron fires, for each sample.

    Parameters
    ----------
    network
        Its numbers.
    x : array of shape (samples, inputs)
        When each input spikes, 0 or later; infinite for one that does not.
    neuron
        The numbers of all neurons.

    Examples
    --------
    A neuron that gets a stronger weight than the other fires before it.

    >>> network = AlphaNetwork((np.array([[3.0], [2.0]]),), (np.zeros(0),))
    >>> run = run_alpha(network, [[0.0], [0.5], [np.inf]])
    >>> print(run.answers, run.decided.round(2))
    [ 0  0 -1] [0.16 0.66  inf]
    """
    network, neuron = check_alpha_network(network), check_alpha_neuron(neuron)
    sizes, learnt = sizes_of(network), as_learnt(network)
    x = check_samples("x", x, sizes)
    every = np.zeros((len(x), sizes[1:].sum()))
    fire_all(x, learnt, sizes, blank_layers(sizes, network.pulses[0].size), neuron, every)
    times = tuple(part.copy() for part in np.split(every, np.cumsum(sizes[1:-1]), axis=1))
    decided = times[-1].min(axis=1)
    return AlphaRun(times, np.where(np.isfinite(decided), times[-1].argmin(axis=1), -1), decided)


def check_samples(name: str, x: ArrayLike, sizes: np.ndarray) -> np.ndarray:
    """`x` as spike times with a column for each input."""
    array = check_times(name, x, (2,), "(samples, inputs)")
    if array.shape[1] != sizes[0]:
        raise ValueError(f"{name} must have {sizes[0]} columns, one an input, got {array.shape[1]}")
    return array


def check_alpha_network(network: AlphaNetwork) -> AlphaNetwork:
    """`network` as arrays that fit together."""
    if not isinstance(network, AlphaNetwork):
        raise TypeError(f"network must be an AlphaNetwork, got {type(network).__name__}")
    weights = tuple(finite_array("weights", w, (2,), "(post, pre + pulses)") for w in network.weights)
    pulses = tuple(finite_array("pulses", times, (1,), "(pulses,)") for times in network.pulses)
    if not weights or len(weights) != len(pulses):
        raise ValueError(f"pulses must be {len(weights)} arrays, one a layer, got {len(pulses)}")
    if len({times.size for times in pulses}) > 1:
        raise ValueError(f"pulses must be as many in each layer, got {[times.size for times in pulses]}")
    if min(times.min(initial=0.0) for times in pulses) < 0:
        raise ValueError(f"pulses must come at 0 or later, got {min(times.min() for times in pulses):g}")
    for before, w in itertools.pairwise(weights):
        if w.shape[1] != len(before) + pulses[0].size:
            raise ValueError(
                f"weights must have {len(before) + pulses[0].size} columns after a layer of {len(before)} "
                f"with {pulses[0].size} pulses, got {w.shape[1]}"
            )
    if weights[0].shape[1] <= pulses[0].size:
        raise ValueError(f"weights must have more columns than the {pulses[0].size} pulses, got no input")
    return AlphaNetwork(weights, pulses)


def sizes_of(network: AlphaNetwork) -> np.ndarray:
    """Inputs, neurons of each hidden layer, outputs."""
    first = network.weights[0].shape[1] - network.pulses[0].size
    return np.array([first, *(len(w) for w in network.weights)])


def as_learnt(network: AlphaNetwork) -> LearntTimes:
    """The numbers of a network as kernels take them, with Adam at its start."""
    learnt = blank_times(sizes_of(network), network.pulses[0].size)
    for k, (w, times) in enumerate(zip(*network, strict=True)):
        learnt.w[0, k, : w.shape[0], : w.shape[1]], learnt.pulses[0, k] = w, times
    return learnt


def as_network(learnt: LearntTimes, sizes: np.ndarray) -> AlphaNetwork:
    """The other way round."""
    pulses = learnt.pulses.shape[2]
    weights = (
        learnt.w[0, k, :post, : pre + pulses] for k, (pre, post) in enumerate(itertools.pairwise(sizes))
    )
    return AlphaNetwork(tuple(w.copy() for w in weights), tuple(times.copy() for times in learnt.pulses[0]))
