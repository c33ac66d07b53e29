r"""A rectified network run with spikes: each neuron counts, and the last layer only adds up.

In every time step the layers follow one another. A layer hears the spikes that the one before has just fired,
$z^l = W^l s^{l-1} + b^l$, and its neurons are those of `snnlab.learning.conversion.rate_neuron`. The first
layer hears the pixels themselves (analog input) or spikes that come with their probability (Poisson input).
The output neurons never fire: after $T$ steps $v / T$ stands for $y$, and the largest is named.

So an answer is there after one step, and becomes better. Rates are those of the network without spikes as
far as each neuron's charge goes: $n / T = \bar z - (v(T) - v(0)) / T$. In deeper layers $\bar z$ is itself
made of counts, and spikes come unevenly. Those of a positive weight may come first and make the neuron fire;
a negative weight that comes later pulls $v$ below 0 but takes no spike back. This is the unevenness error.

Source: B. Rueckauer and others (2017), Frontiers in Neuroscience 11, 682; T. Bu, W. Fang, J. Ding, P. Dai,
Z. Yu and T. Huang (2022), ICLR (the unevenness error, and the start at half a threshold).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, true_or_false, whole
from snnlab.learning.conversion.layers import Layers, check_layers
from snnlab.learning.conversion.rate_neuron import advance
from snnlab.random import generator

__all__ = ["ConvertedRun", "count_errors", "run_converted"]


class ConvertedRun(NamedTuple):
    """What a converted network did, for all samples at once.

    Examples
    --------
    >>> one = Layers((np.array([[1.0]]), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> run = run_converted(one, [[0.75]], 4)
    >>> print(run.counts[0], run.y)
    [[3.]] [[0.75]]
    """

    named: np.ndarray
    """The class that is named after each step, int64, shape (steps, samples)."""
    spikes: np.ndarray
    """Spikes of all hidden neurons up to each step, a sample, shape (steps,)."""
    counts: list[np.ndarray]
    """Spikes of each hidden layer in all steps, each of shape (samples, neurons)."""
    v: list[np.ndarray]
    """Potentials of each hidden layer at the end, as `counts`."""
    y: np.ndarray
    """v / T of the outputs, shape (samples, outputs)."""
    first: np.ndarray
    """The step of each hidden layer's first spike, from 1; NaN without one. Shape (layers, samples)."""


def run_converted(
    layers: Layers,
    x: ArrayLike,
    steps: int,
    *,
    subtract: bool = True,
    v_0: float = 0.0,
    rng: np.random.Generator | None = None,
) -> ConvertedRun:
    """Show every sample to the spiking network for so many steps.

    Parameters
    ----------
    layers
        The network, already with its scales: thresholds are 1.
    x : array of shape (samples, inputs)
        What it is shown. At least one sample.
    steps : int
        T.
    subtract : bool
        Whether a spike takes the threshold away; otherwise it sets the potential to zero.
    v_0 : float
        Potential of the hidden neurons at the start, in thresholds.
    rng : numpy.random.Generator, optional
        For Poisson input: in each step an input spikes with the probability `x`, from 0 to 1. If left out,
        the input is analog.

    Examples
    --------
    Two neurons of opposite sign, and what the second layer makes of their spikes:

    >>> net = Layers(
    ...     (np.array([[1.0], [-1.0]]), np.array([[1.0, -1.0]]), np.ones((1, 1))),
    ...     (np.array([0.0, 1.0]), np.zeros(1), np.zeros(1)),
    ... )
    >>> run = run_converted(net, [[0.5]], 8)
    >>> print([count.tolist() for count in run.counts])
    [[[4.0, 4.0]], [[0.0]]]
    """
    layers, steps = check_layers(layers), whole("steps", steps, least=1)
    x = finite_array("x", x, (2,), "(samples, inputs)")
    if x.shape[1] != layers.weights[0].shape[1]:
        raise ValueError(f"x must have {layers.weights[0].shape[1]} columns, one an input, got {x.shape[1]}")
    if not len(x):
        raise ValueError("x must have at least one sample, got none")
    if rng is not None and not (0 <= x.min() and x.max() <= 1):
        raise ValueError(f"x must be between 0 and 1 for Poisson input, got {x.min():g} to {x.max():g}")
    chance = None if rng is None else generator(rng)
    return _run(layers, x, steps, true_or_false("subtract", subtract), as_real("v_0", v_0), chance)


def _run(
    layers: Layers, x: np.ndarray, steps: int, subtract: bool, v_0: float, rng: np.random.Generator | None
) -> ConvertedRun:
    sizes = [b.size for b in layers.biases[:-1]]
    v = [np.full((len(x), n), v_0) for n in sizes]
    s, counts = ([np.zeros((len(x), n)) for n in sizes] for _ in range(2))
    y = np.zeros((len(x), layers.biases[-1].size))
    named, spikes = np.empty((steps, len(x)), np.int64), np.empty(steps)
    first = np.full((len(sizes), len(x)), np.nan)
    direct = x @ layers.weights[0].T  # of analog input, the same in every step
    for t in range(steps):
        z = direct if rng is None else (rng.random(x.shape) < x) @ layers.weights[0].T
        for k in range(len(sizes)):
            drive = z + layers.biases[k]
            advance(v[k].ravel(), drive.ravel(), 1.0, subtract, s[k].ravel())
            counts[k] += s[k]
            first[k][np.isnan(first[k]) & s[k].any(axis=1)] = t + 1
            z = s[k] @ layers.weights[k + 1].T
        y += z + layers.biases[-1]
        named[t] = y.argmax(axis=1)
        spikes[t] = sum(count.sum() for count in counts) / len(x)
    return ConvertedRun(named, spikes, counts, v, y / steps, first)


def count_errors(run: ConvertedRun, hidden: list[np.ndarray]) -> list[np.ndarray]:
    """By how many spikes each hidden neuron has missed its activation: n - a T, of each layer.

    Parameters
    ----------
    run
        What the network did.
    hidden : list of array
        Activations of the hidden layers of the same scaled network, as from `activations`; what is above 1
        cannot be fired and counts as 1.

    Examples
    --------
    >>> one = Layers((np.array([[1.0]]), np.ones((1, 1))), (np.zeros(1), np.zeros(1)))
    >>> print(count_errors(run_converted(one, [[0.7]], 4), [np.array([[0.7]])])[0].round(2))
    [[-0.8]]
    """
    steps = len(run.named)
    return [
        count - np.minimum(finite_array("hidden", h, (2,), "(samples, neurons)"), 1.0) * steps
        for count, h in zip(run.counts, hidden, strict=True)
    ]
