r"""A network whose spikes travel: who is joined to whom, over which delays, and what kernels make of it.

Neuron $m$ hears input or neuron $n$ over a delay $d_{mn}$ and with a weight $w_{mn}$. A spike of $n$ at $t_k$
makes the synaptic current of $m$ jump,

$$ I_m \leftarrow I_m + w_{mn} \quad \text{at} \quad t_k + d_{mn} $$

and the neuron itself is reset, $V_n \leftarrow V_r$, where $V_n$ rises through the threshold. Any two may be
joined, loops and neurons that hear themselves included. Between events nothing happens but
`snnlab.learning.eventprop.two_exponentials`.

Source: T. C. Wunderlich and C. Pehle (2021), Scientific Reports 11, 12829; delays are added.
"""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import Positive, checked, finite_array, true_or_false, whole, wholes
from snnlab.random import generator

__all__ = ["EventNetwork", "EventNeuron", "initial_events"]


class EventNeuron(NamedTuple):
    """The numbers of all neurons.

    Examples
    --------
    >>> EventNeuron(v_reset=-0.5).tau_m
    20.0
    """

    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    tau_s: Positive = 5.0
    """Synaptic time constant, ms."""
    v_th: Positive = 1.0
    """Threshold, above the rest at 0."""
    v_reset: float = 0.0
    """Potential after a spike, below the threshold."""


class EventNetwork(NamedTuple):
    """Weights and delays, ``w[post, pre]``: the first columns are the inputs, the others the neurons.

    Examples
    --------
    Two neurons that hear one input and each other.

    >>> network = EventNetwork(np.array([[9.0, 0.0, -1.0], [0.0, 8.0, 0.0]]), n_outputs=1)
    >>> network.w.shape
    (2, 3)
    """

    w: np.ndarray
    """Weights, in thresholds, shape (n, n_inputs + n)."""
    delays: np.ndarray | None = None
    """Delays, ms, of the same shape; None where all are 0."""
    joined: np.ndarray | None = None
    """Which of the pairs are joined, bool; None for those whose weight is not 0."""
    n_outputs: int = 1
    """The last so many neurons are asked."""
    outputs_fire: bool = True
    """Whether these have a threshold; without one their potential is a sum of what arrives."""


class Synapses(NamedTuple):
    """The same for kernels: the synapses of each presynaptic neuron in a row, the shortest delay first."""

    first: np.ndarray  # where those of each input and neuron begin, int32, (n_pre + 1,)
    post: np.ndarray  # int32, (synapses,)
    delay: np.ndarray
    w: np.ndarray


def initial_events(
    sizes: Sequence[int],
    *,
    mean: Sequence[float],
    sd: Sequence[float],
    outputs_fire: bool = True,
    rng: np.random.Generator,
) -> EventNetwork:
    """Layers, one joined to the next without delay, with normal weights.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, neurons of each hidden layer, outputs.
    mean, sd : sequence of float
        Mean and standard deviation of the weights into each layer, in thresholds.
    outputs_fire : bool
        Whether the outputs have a threshold.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> network = initial_events((4, 6, 3), mean=(1, 1), sd=(1, 1), rng=np.random.default_rng(1))
    >>> network.w.shape, int(network.joined.sum())
    ((9, 13), 42)
    """
    sizes = wholes("sizes", sizes, 1)
    if len(sizes) < 2:
        raise ValueError(f"sizes must be two or more, from inputs to outputs, got {len(sizes)}")
    rng = generator(rng)
    means, spreads = (finite_array(name, x, (1,), "(layers,)") for name, x in (("mean", mean), ("sd", sd)))
    for name, values in (("mean", means), ("sd", spreads)):
        if values.size != len(sizes) - 1:
            raise ValueError(f"{name} must be {len(sizes) - 1} numbers, one a layer, got {values.size}")
    if (spreads < 0).any():
        raise ValueError(f"sd must be zero or positive, got {spreads.min():g}")
    n = sum(sizes[1:])
    w, joined = np.zeros((n, sizes[0] + n)), np.zeros((n, sizes[0] + n), bool)
    post = pre = 0
    for (n_pre, n_post), centre, width in zip(itertools.pairwise(sizes), means, spreads, strict=True):
        w[post : post + n_post, pre : pre + n_pre] = centre + width * rng.normal(size=(n_post, n_pre))
        joined[post : post + n_post, pre : pre + n_pre] = True
        post, pre = post + n_post, pre + n_pre
    return EventNetwork(w, None, joined, sizes[-1], true_or_false("outputs_fire", outputs_fire))


def check_event_neuron(neuron: EventNeuron) -> EventNeuron:
    """`neuron` with every number valid."""
    neuron = checked("neuron", neuron, EventNeuron)
    if neuron.v_reset >= neuron.v_th:
        raise ValueError(f"v_reset must be below v_th ({neuron.v_th:g}), got {neuron.v_reset:g}")
    return neuron


def check_event_network(network: EventNetwork) -> EventNetwork:
    """`network` as arrays that fit together, nothing left out."""
    if not isinstance(network, EventNetwork):
        raise TypeError(f"network must be an EventNetwork, got {type(network).__name__}")
    w = finite_array("w", network.w, (2,), "(n, n_inputs + n)")
    n, n_pre = w.shape
    if not n or n_pre < n:
        raise ValueError(f"w must have as many columns as inputs and neurons, {n} or more, got {n_pre}")
    delays = np.zeros(w.shape) if network.delays is None else network.delays
    delays = finite_array("delays", delays, (2,), "(n, n_inputs + n)")
    joined = w != 0.0 if network.joined is None else np.asarray(network.joined)
    for name, array in (("delays", delays), ("joined", joined)):
        if array.shape != w.shape:
            raise ValueError(f"{name} must have the shape of w, {w.shape}, got {array.shape}")
    if delays.size and delays.min() < 0:
        raise ValueError(f"delays must be zero or positive, got {delays.min():g}")
    if joined.dtype.kind != "b":
        raise TypeError(f"joined must be True or False for each pair, got {joined.dtype}")
    n_outputs = whole("n_outputs", network.n_outputs, 1)
    if n_outputs > n:
        raise ValueError(f"n_outputs must be at most the {n} neurons, got {n_outputs}")
    return EventNetwork(w, delays, joined, n_outputs, true_or_false("outputs_fire", network.outputs_fire))


def as_synapses(network: EventNetwork) -> tuple[Synapses, tuple[np.ndarray, np.ndarray]]:
    """A checked network for kernels, and which row and column each synapse stands in."""
    delays = np.asarray(network.delays)
    pre, post = np.nonzero(np.asarray(network.joined).T)
    order = np.lexsort((post, delays[post, pre], pre))
    place = (post[order], pre[order])
    first = np.searchsorted(place[1], np.arange(network.w.shape[1] + 1)).astype(np.int32)
    return Synapses(first, place[0].astype(np.int32), delays[place], network.w[place]), place


def thresholds(network: EventNetwork, neuron: EventNeuron) -> np.ndarray:
    """The threshold of each neuron; infinite for outputs without one."""
    v_th = np.full(len(network.w), neuron.v_th)
    if not network.outputs_fire:
        v_th[-network.n_outputs :] = math.inf
    return v_th
