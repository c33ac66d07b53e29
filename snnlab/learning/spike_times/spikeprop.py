r"""SpikeProp: back-propagation of spike times through two layers of delayed synapses.

Every neuron fires once or not at all, and what counts is when. With the times $t_o$ of the output neurons and
those that are wanted,

$$ L = \tfrac12 \sum_o (t_o - t_o^*)^2 $$

The chain rule, with the slopes of `snnlab.learning.spike_times.delayed_layer`, gives the error of an output
neuron and that of a hidden one, and of both the gradient by a weight:

$$ \delta_o = \frac{t_o - t_o^*}{x_o'(t_o)}, \qquad
\delta_h = \frac{1}{x_h'(t_h)} \sum_o \delta_o \sum_k w_{oh}^k\, \varepsilon'(t_o - t_h - d^k), \qquad
\frac{\partial L}{\partial w_{ji}^k} = - \delta_j\, \varepsilon(t_j - t_i - d^k) $$

Two things are no part of the gradient, and both are off unless asked for. Where the potential nearly touches
the threshold $1/x'$ explodes: `least_slope` is what $x'$ counts as at least. And a neuron that is silent has
no slope at all: `push` is what every weight over which something reached it gets, upwards.

Source: S. M. Bohte, J. N. Kok and H. La Poutré (2002), Neurocomputing 48, 17–37, equations 11 to 25. The push
is that of I. M. Comsa and others (2020), Temporal coding in spiking neural networks with alpha synaptic
function, ICASSP.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array
from snnlab.compiling import kernel
from snnlab.kernel_arguments import numbers
from snnlab.learning.spike_times.delayed_layer import (
    Arrivals,
    credit,
    fire,
    room_for_arrivals,
    sort_arrivals,
)

__all__ = ["DelayedWeights", "SpikeProp", "SpikeTimes", "TimeGradient", "run_spikeprop", "spikeprop_gradient"]


class SpikeProp(NamedTuple):
    """The neurons of a network of spike times, and how they learn.

    Examples
    --------
    >>> SpikeProp(tau=5.0).v_th
    1.0
    """

    tau: Positive = 7.0
    """Time to the peak of a postsynaptic potential, ms."""
    v_th: Positive = 1.0
    """Threshold, in peaks of a postsynaptic potential of weight 1."""
    least_slope: NonNegative = 0.0
    """What the slope of a potential at the threshold counts as at least, 1/ms; 0 for the exact gradient."""
    push: NonNegative = 0.0
    """By how much the gradient pushes the weights of a silent neuron up, ms² each; 0 for none."""


class DelayedWeights(NamedTuple):
    """Two layers of synapses with a weight for every delay, and the sign that a neuron's weights keep.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((2, 3, 4)), np.ones((1, 2, 4)), np.arange(1.0, 5.0))
    >>> net.hidden.shape, net.signs_in
    ((2, 3, 4), None)
    """

    hidden: np.ndarray
    """Weights of the hidden neurons, shape (n_hidden, n_inputs, n_delays)."""
    out: np.ndarray
    """Weights of the output neurons, shape (n_out, n_hidden, n_delays)."""
    delays: np.ndarray
    """The delays, ms, growing, shape (n_delays,); every pair of neurons is joined over all of them."""
    signs_in: np.ndarray | None = None
    """For each input 1 where its weights stay excitatory, −1 inhibitory, 0 neither; None for 0 everywhere."""
    signs_hidden: np.ndarray | None = None
    """The same for each hidden neuron."""


class SpikeTimes(NamedTuple):
    """When the neurons fire, one row a sample.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    >>> print(run_spikeprop(net, [0.0, 0.0, 6.0]).out.round(2))
    [[5.25]]
    """

    hidden: np.ndarray
    """Spike times of the hidden neurons, ms, infinite for a silent one, shape (samples, n_hidden)."""
    out: np.ndarray
    """Those of the output neurons, shape (samples, n_out)."""


class TimeGradient(NamedTuple):
    """The loss of one sample and where it comes from.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    >>> seen = spikeprop_gradient(net, [0.0, 0.0, 6.0], [4.0])
    >>> bool(seen.out.max() < 0.0)  # it fires too late, and more weight makes it fire earlier
    True
    """

    loss: float
    """Half the squared errors, ms²; infinite if an output is silent."""
    hidden: np.ndarray
    """Gradient by the weights of the hidden neurons, ms², of their shape."""
    out: np.ndarray
    """Gradient by the weights of the output neurons, ms²."""
    inputs: np.ndarray
    """Gradient by the spike times of the inputs, ms, shape (n_inputs,); 0 for a silent one."""


class Layers(NamedTuple):
    """A network as kernels take it: flat weights, and the room that one sample needs."""

    w_hidden: np.ndarray  # (n_hidden, n_inputs · n_delays)
    w_out: np.ndarray  # (n_out, n_hidden · n_delays)
    delays: np.ndarray
    hidden: np.ndarray  # spike times, (n_hidden,)
    slope_hidden: np.ndarray  # of the potential there
    out: np.ndarray
    slope_out: np.ndarray
    later: Arrivals  # at the output neurons


class Slopes(NamedTuple):
    """Where a gradient is added up."""

    w_hidden: np.ndarray
    w_out: np.ndarray
    hidden: np.ndarray  # by the spike times of the hidden neurons
    inputs: np.ndarray


def run_spikeprop(net: DelayedWeights, times: ArrayLike, neuron: SpikeProp = SpikeProp()) -> SpikeTimes:
    """When every neuron of a network fires.

    Parameters
    ----------
    net
        Weights and delays.
    times : array of shape (n_inputs,) or (samples, n_inputs)
        When each input fires, ms; ``inf`` for one that is silent.
    neuron
        Time constant and threshold.

    Examples
    --------
    Spikes that come together are stronger.

    >>> net = DelayedWeights(np.ones((1, 2, 1)), np.ones((1, 1, 1)), np.array([1.0]))
    >>> print(run_spikeprop(net, [[0.0, 0.0], [0.0, 6.0], [0.0, np.inf]]).hidden.round(2))
    [[2.62]
     [7.03]
     [8.  ]]
    """
    net, neuron = check_delayed(net), checked("neuron", neuron, SpikeProp)
    times = check_times(times, net.hidden.shape[1])
    layers, arrivals = as_layers(net), room_for_arrivals(times.shape[1], net.delays.size)
    seen = SpikeTimes(np.empty((len(times), net.hidden.shape[0])), np.empty((len(times), net.out.shape[0])))
    run_samples(layers, arrivals, times, seen, neuron)
    return seen


def spikeprop_gradient(
    net: DelayedWeights, times: ArrayLike, wanted: ArrayLike, neuron: SpikeProp = SpikeProp()
) -> TimeGradient:
    """The loss of one sample and its gradient by all weights and by the input times.

    Parameters
    ----------
    net
        Weights and delays.
    times : array of shape (n_inputs,)
        When each input fires, ms; ``inf`` for one that is silent.
    wanted : array of shape (n_out,)
        When each output neuron should fire, ms.
    neuron
        Time constant and threshold. With `least_slope` or `push` above 0 it is no gradient any more, but what
        a network learns by.

    Examples
    --------
    What the gradient foretells is what a small step does.

    >>> net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    >>> seen = spikeprop_gradient(net, [0.0, 0.0, 6.0], [4.0])
    >>> moved = net._replace(out=net.out - 1e-6 * seen.out)
    >>> fall = seen.loss - spikeprop_gradient(moved, [0.0, 0.0, 6.0], [4.0]).loss
    >>> print(f"{fall / (1e-6 * np.sum(seen.out**2)):.4f}")
    1.0000
    """
    net, neuron = check_delayed(net), checked("neuron", neuron, SpikeProp)
    times = check_times(times, net.hidden.shape[1])
    wanted = finite_array("wanted", wanted, (1,), "(n_out,)")
    if len(times) != 1 or wanted.size != net.out.shape[0]:
        raise ValueError(
            f"wanted must have one time for each of {net.out.shape[0]} output neurons and times one sample, "
            f"got {wanted.size} and {len(times)}"
        )
    layers, slopes = as_layers(net), room_for_slopes(net)
    arrivals = room_for_arrivals(times.shape[1], net.delays.size)
    sort_arrivals(times[0], net.delays, neuron.tau, arrivals)
    loss = 0.5 * squared_error(layers, arrivals, wanted, slopes, neuron)
    return TimeGradient(
        loss, slopes.w_hidden.reshape(net.hidden.shape), slopes.w_out.reshape(net.out.shape), slopes.inputs
    )


def check_delayed(net: DelayedWeights) -> DelayedWeights:
    """`net` in contiguous arrays, if its parts fit together."""
    if not isinstance(net, DelayedWeights):
        raise TypeError(f"net must be a DelayedWeights, got {type(net).__name__}")
    hidden = finite_array("hidden", net.hidden, (3,), "(n_hidden, n_inputs, n_delays)")
    out = finite_array("out", net.out, (3,), "(n_out, n_hidden, n_delays)")
    delays = finite_array("delays", net.delays, (1,), "(n_delays,)")
    if not delays.size or delays[0] < 0.0 or (np.diff(delays) <= 0.0).any():
        raise ValueError(f"delays must be zero or positive, and growing, got {delays.tolist()}")
    if hidden.shape[2] != delays.size or out.shape[1:] != (hidden.shape[0], delays.size):
        raise ValueError(
            f"out must have shape (n_out, {hidden.shape[0]}, {delays.size}) for hidden {hidden.shape} and "
            f"{delays.size} delays, got {out.shape}"
        )
    signs = (
        _signs("signs_in", net.signs_in, hidden.shape[1]),
        _signs("signs_hidden", net.signs_hidden, hidden.shape[0]),
    )
    for name, w, sign in (("hidden", hidden, signs[0]), ("out", out, signs[1])):
        if (w * sign[:, None] < 0.0).any():
            raise ValueError(f"weights of {name} must have the sign that their neuron keeps, got others")
    return DelayedWeights(hidden, out, delays, *signs)


def _signs(name: str, signs: ArrayLike | None, n: int) -> np.ndarray:
    kept = np.zeros(n) if signs is None else finite_array(name, signs, (1,), f"({n},)")
    if kept.shape != (n,) or not np.isin(kept, (-1.0, 0.0, 1.0)).all():
        raise ValueError(f"{name} must be −1, 0 or 1 for each of {n} neurons, got {kept.tolist()}")
    return kept


def signs_of_synapses(net: DelayedWeights) -> tuple[np.ndarray, np.ndarray]:
    """The sign that each synapse of a hidden and of an output neuron keeps, 0 for none."""
    n_hidden, n_inputs, n_delays = net.hidden.shape
    signs_in = _signs("signs_in", net.signs_in, n_inputs)
    signs_hidden = _signs("signs_hidden", net.signs_hidden, n_hidden)
    return np.repeat(signs_in, n_delays), np.repeat(signs_hidden, n_delays)


def check_times(times: ArrayLike, n_inputs: int) -> np.ndarray:
    """Spike times as an array of shape (samples, n_inputs), each finite or ``inf``."""
    array = np.asarray(numbers("times", times))
    array = np.ascontiguousarray(np.atleast_2d(array))
    if array.ndim != 2 or array.shape[1] != n_inputs:
        raise ValueError(f"times must have shape (samples, {n_inputs}), got {array.shape}")
    if not (array > -math.inf).all():
        raise ValueError("times must be finite, or inf for a silent input, got NaN or −inf")
    return array


def as_layers(net: DelayedWeights) -> Layers:
    """Copies of the weights, flat, and room for one sample."""
    n_hidden, n_out = net.hidden.shape[0], net.out.shape[0]
    return Layers(
        w_hidden=net.hidden.reshape(n_hidden, -1).copy(),
        w_out=net.out.reshape(n_out, -1).copy(),
        delays=net.delays,
        hidden=np.zeros(n_hidden),
        slope_hidden=np.zeros(n_hidden),
        out=np.zeros(n_out),
        slope_out=np.zeros(n_out),
        later=room_for_arrivals(n_hidden, net.delays.size),
    )


def room_for_slopes(net: DelayedWeights) -> Slopes:
    """A gradient of zeros."""
    n_hidden, n_inputs, n_delays = net.hidden.shape
    return Slopes(
        np.zeros((n_hidden, n_inputs * n_delays)),
        np.zeros((net.out.shape[0], n_hidden * n_delays)),
        np.zeros(n_hidden),
        np.zeros(n_inputs),
    )


@kernel
def forward(layers, arrivals, neuron):
    """One sample through both layers."""
    for j in range(layers.hidden.size):
        layers.hidden[j], layers.slope_hidden[j] = fire(layers.w_hidden[j], arrivals, neuron.tau, neuron.v_th)
    sort_arrivals(layers.hidden, layers.delays, neuron.tau, layers.later)
    for j in range(layers.out.size):
        layers.out[j], layers.slope_out[j] = fire(layers.w_out[j], layers.later, neuron.tau, neuron.v_th)


@kernel
def run_samples(layers, arrivals, times, seen, neuron):
    """All samples, one after another."""
    for n in range(len(times)):
        sort_arrivals(times[n], layers.delays, neuron.tau, arrivals)
        forward(layers, arrivals, neuron)
        seen.hidden[n] = layers.hidden
        seen.out[n] = layers.out


@kernel
def backward(w, arrivals, n_delays, fired, slope, by_fired, by_w, by_time, neuron):
    """Backwards through one neuron, whether it fired or not; `by_fired` is the slope by its spike time."""
    if fired < math.inf:
        share = by_fired / max(slope, neuron.least_slope)
        credit(w, arrivals, n_delays, neuron.tau, fired, share, by_w, by_time)
    else:
        for k in range(arrivals.total[0]):
            by_w[arrivals.synapse[k]] -= neuron.push


@kernel
def squared_error(layers, arrivals, wanted, slopes, neuron):
    """Forward and backward; adds the gradient of half the squared errors, and returns their sum."""
    forward(layers, arrivals, neuron)
    n_delays, total = layers.delays.size, 0.0
    slopes.hidden[:] = 0.0
    for j in range(layers.out.size):
        error = layers.out[j] - wanted[j]
        total += error * error
        backward(
            layers.w_out[j], layers.later, n_delays, layers.out[j], layers.slope_out[j], error,
            slopes.w_out[j], slopes.hidden, neuron,
        )  # fmt: skip
    for j in range(layers.hidden.size):
        backward(
            layers.w_hidden[j], arrivals, n_delays, layers.hidden[j], layers.slope_hidden[j],
            slopes.hidden[j], slopes.w_hidden[j], slopes.inputs, neuron,
        )  # fmt: skip
    return total
