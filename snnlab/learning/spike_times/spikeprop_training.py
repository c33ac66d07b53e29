r"""A network of spike times learns: gradient descent with SpikeProp, sample by sample or in batches.

After each batch every weight goes downhill on the summed loss, and stops at 0 where its neuron must keep its
sign:

$$ w \leftarrow w - \eta \sum_{\text{batch}} \frac{\partial L}{\partial w} $$

Source: as of `snnlab.learning.spikeprop_gradient`.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array, fraction, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.spike_times.delayed_layer import Arrivals, sort_arrivals
from snnlab.learning.spike_times.spikeprop import (
    DelayedWeights,
    SpikeProp,
    as_layers,
    check_delayed,
    check_times,
    room_for_slopes,
    signs_of_synapses,
    squared_error,
)
from snnlab.random import generator

__all__ = ["SpikePropRun", "initial_delayed", "learn_spikeprop"]


class SpikePropRun(NamedTuple):
    """What learning leaves.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    >>> run = learn_spikeprop(net, [[0.0, 0.0, 6.0]], [[6.0]], epochs=50)
    >>> bool(run.errors[-1] < run.errors[0])
    True
    """

    net: DelayedWeights
    """The weights after learning."""
    errors: np.ndarray
    """Sum of the squared errors of all samples, as they were met in each epoch, ms², infinite while an output
    is silent; shape (epochs,), or shorter if learning stopped early."""


def initial_delayed(
    n_inputs: int,
    n_hidden: int,
    n_out: int,
    delays: ArrayLike,
    *,
    sum_in: float,
    sum_hidden: float,
    spread: float = 0.5,
    n_inhibitory: int = 0,
    signed: bool = True,
    rng: np.random.Generator,
) -> DelayedWeights:
    """Random weights with which every neuron can be expected to fire.

    Parameters
    ----------
    n_inputs, n_hidden, n_out : int
        Neurons of each layer.
    delays : array of shape (n_delays,)
        The delays, ms, growing.
    sum_in, sum_hidden : float
        The mean weight of a hidden and of an output neuron times the neurons that reach it, in thresholds.
    spread : float
        Weights are drawn from (1 − spread) to (1 + spread) times their mean, from 0 to 1.
    n_inhibitory : int
        So many hidden neurons, the last ones, have weights below 0.
    signed : bool
        Whether the weights of a neuron keep their sign.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> net = initial_delayed(3, 5, 1, [1, 2], sum_in=1, sum_hidden=1, n_inhibitory=1,
    ...                       rng=np.random.default_rng(1))
    >>> print(net.signs_hidden, net.out[0, 4] < 0.0)
    [ 1.  1.  1.  1. -1.] [ True  True]
    """
    sizes = (
        whole("n_inputs", n_inputs, 1), whole("n_hidden", n_hidden, 1), whole("n_out", n_out, 1)
    )  # fmt: skip
    delays = finite_array("delays", delays, (1,), "(n_delays,)")
    sum_in, sum_hidden = positive("sum_in", sum_in), positive("sum_hidden", sum_hidden)
    spread, n_inhibitory = fraction("spread", spread), whole("n_inhibitory", n_inhibitory)
    if n_inhibitory > n_hidden:
        raise ValueError(f"n_inhibitory must be at most n_hidden ({n_hidden}), got {n_inhibitory}")
    rng = generator(rng)
    sign = np.where(np.arange(n_hidden) < n_hidden - n_inhibitory, 1.0, -1.0)
    hidden = rng.uniform(1.0 - spread, 1.0 + spread, (n_hidden, n_inputs, delays.size)) * sum_in / n_inputs
    out = rng.uniform(1.0 - spread, 1.0 + spread, (sizes[2], n_hidden, delays.size)) * sum_hidden / n_hidden
    kept = (np.ones(n_inputs), sign) if signed else (None, None)
    return check_delayed(DelayedWeights(hidden, out * sign[:, None], delays, *kept))


def learn_spikeprop(
    net: DelayedWeights,
    times: ArrayLike,
    wanted: ArrayLike,
    neuron: SpikeProp = SpikeProp(),
    *,
    rate: float = 0.0005,
    epochs: int = 1000,
    batch: int = 1,
    stop: float = 0.0,
    rng: np.random.Generator | None = None,
) -> SpikePropRun:
    """Let a network learn when its outputs should fire.

    Parameters
    ----------
    net
        Weights at the start.
    times : array of shape (samples, n_inputs)
        When each input fires, ms; ``inf`` for one that is silent.
    wanted : array of shape (samples, n_out)
        When each output neuron should fire, ms.
    neuron
        Time constant, threshold and what is done about small slopes and silent neurons.
    rate : float
        η, the learning rate, in squared thresholds per ms².
    epochs : int
        How often all samples are met at most.
    batch : int
        After how many samples the weights change.
    stop : float
        Learning ends after an epoch whose squared errors sum to no more than this, ms².
    rng : numpy.random.Generator, optional
        Shuffles the samples in every epoch; without it they come in their order.

    Returns
    -------
    SpikePropRun
        If a step was too long its weights may not be finite any more.

    Examples
    --------
    >>> net = DelayedWeights(np.ones((2, 3, 1)), np.ones((1, 2, 1)), np.array([1.0]))
    >>> run = learn_spikeprop(net, [[0.0, 0.0, 6.0]], [[6.0]], stop=0.01)
    >>> print(run.errors[[0, -1]].round(2))
    [0.57 0.01]
    """
    net, neuron = check_delayed(net), checked("neuron", neuron, SpikeProp)
    times = check_times(times, net.hidden.shape[1])
    wanted = finite_array("wanted", wanted, (2,), "(samples, n_out)")
    if wanted.shape != (len(times), net.out.shape[0]) or not len(times):
        raise ValueError(
            f"wanted must have shape ({len(times)}, {net.out.shape[0]}) with a sample at least, got "
            f"{wanted.shape}"
        )
    rate, stop = positive("rate", rate), non_negative("stop", stop)
    epochs, batch = whole("epochs", epochs, 1), whole("batch", batch, 1)
    if rng is not None and not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator such as np.random.default_rng(1), got {rng!r}")
    orders = np.tile(np.arange(len(times), dtype=np.int32), (epochs, 1))
    if rng is not None:
        orders = rng.permuted(orders, axis=1)
    layers, slopes, errors = as_layers(net), room_for_slopes(net), np.empty(epochs)
    signs = signs_of_synapses(net)
    all_arrivals = room_for_all(len(times), times.shape[1], net.delays.size)
    sort_all(times, net.delays, neuron.tau, all_arrivals)
    done = learn_epochs(
        layers, all_arrivals, wanted, orders, slopes, errors, *signs, neuron, rate, batch, stop
    )
    learnt = net._replace(
        hidden=layers.w_hidden.reshape(net.hidden.shape), out=layers.w_out.reshape(net.out.shape)
    )
    return SpikePropRun(learnt, errors[:done])


def room_for_all(n_samples: int, n_inputs: int, n_delays: int) -> Arrivals:
    """Room for the arrivals of all samples: those of `room_for_arrivals`, one row a sample."""
    n = n_inputs * n_delays
    return Arrivals(
        np.zeros((n_samples, n)),
        np.zeros((n_samples, n), np.int32),
        np.zeros((n_samples, n)),
        np.zeros((n_samples, n_inputs), np.int32),
        np.zeros((n_samples, 1), np.int32),
    )


@kernel
def of_sample(arrivals, n):
    """The arrivals of one sample."""
    return Arrivals(
        arrivals.when[n], arrivals.synapse[n], arrivals.decay[n], arrivals.turn[n], arrivals.total[n]
    )


@kernel
def sort_all(times, delays, tau, arrivals):
    """What the inputs send is the same in every epoch and is put in order once."""
    for n in range(len(times)):
        sort_arrivals(times[n], delays, tau, of_sample(arrivals, n))


@kernel
def descend(w, gradient, signs, rate):
    """One step downhill, within the signs; the gradient is zero afterwards."""
    for j in range(len(w)):
        for k in range(signs.size):
            w[j, k] -= rate * gradient[j, k]
            if w[j, k] * signs[k] < 0.0:
                w[j, k] = 0.0
            gradient[j, k] = 0.0


@kernel
def learn_epochs(
    layers, arrivals, wanted, orders, slopes, errors, signs_in, signs_hidden, neuron, rate, batch, stop
):
    """Epochs until the errors are small enough; returns how many."""
    n_samples = orders.shape[1]
    for epoch in range(len(orders)):
        errors[epoch] = 0.0
        for k in range(n_samples):
            n = orders[epoch, k]
            errors[epoch] += squared_error(layers, of_sample(arrivals, n), wanted[n], slopes, neuron)
            if (k + 1) % batch == 0 or k + 1 == n_samples:
                descend(layers.w_hidden, slopes.w_hidden, signs_in, rate)
                descend(layers.w_out, slopes.w_out, signs_hidden, rate)
        if errors[epoch] <= stop:
            return epoch + 1
    return len(orders)
