r"""A deep belief network of neurons that are going to spike: two Boltzmann machines, and a readout.

The lower machine learns what images are like, the upper one what the hidden units of the lower one do;
neither is told what an image shows. To name an image its pixels go up from layer to layer, and ten sums over
the highest one are compared. The weights of these sums are not learnt by contrastive divergence: they are
`decoders`, solved for by least squares, as those of the neural engineering framework.

A unit is a LIF neuron in units of its threshold, and its activity the rate that Siegert's formula expects, as
a share of the highest, $1 / t_{ref}$:

$$ p = t_{ref}\; f\!\left(\mu, \sigma\right), \qquad
\mu = \frac{\tau_m}{t_{ref}} \left(W x + b\right), \qquad
\sigma^2 = \frac{\tau_m}{2\, t_{ref}} \left(W^{2} x + \frac{b^{2}}{n}\right) $$

with the squares of each weight. A weight is a jump. A bias comes from $n$ = 5 units that are always on, with
a fifth of it as the weight of each: as a single one its jumps would be the largest of all. So the machines
learn with the very curve that the neurons have, and the spiking network takes the weights as they are.

How fast pixels fire is a choice. Few spikes take long to count, but of images twice as bright fewer were
named in our runs; the program that O'Connor and others have published shows a fifth of the highest rate. Two
things are not as the formula has them. A jump is about a seventh of the threshold, and what ends above the
threshold is lost. And hidden neurons are not Poisson: each is silent for $t_{ref}$ after a spike. A Poisson
process with such a dead time has, in the long run, $(1 - p)^2$ of the variance in its counts: 8 % less at
$p = 0.04$, 64 % at $p = 0.4$.

Source: P. O'Connor, D. Neil, S.-C. Liu, T. Delbruck and M. Pfeiffer (2013), Frontiers in Neuroscience 7, 178;
G. E. Hinton, S. Osindero and Y.-W. Teh (2006), Neural Computation 18, 1527–1554.
"""

import functools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole, wholes
from snnlab.coding.nef.linear_decoders import decoders
from snnlab.foreign_arrays import as_array
from snnlab.learning.boltzmann.contrastive_divergence import Units, train_rbm
from snnlab.learning.boltzmann.rbm import RBM, initial_rbm
from snnlab.learning.boltzmann.siegert_table import SiegertTable, look_up, table_of_rates
from snnlab.learning.conversion.layers import Layers, check_layers
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.populations.siegert_inputs import free_potential, siegert_rate_of_inputs
from snnlab.random import generator

__all__ = ["ALWAYS_ON", "UNIT", "BeliefNetwork", "activity", "siegert_units", "train_belief", "upward"]

UNIT = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=1.0)
"""The neuron: at most 1000 spikes a second."""

ALWAYS_ON = 5
"""How many units that are always on share a bias, so that its jumps are small."""


class BeliefNetwork(NamedTuple):
    """Two machines and a readout.

    Examples
    --------
    >>> from snnlab.learning.boltzmann.rbm import initial_rbm
    >>> rng = np.random.default_rng(1)
    >>> lower, upper = initial_rbm(64, 30, rng=rng), initial_rbm(30, 20, rng=rng)
    >>> BeliefNetwork(lower, upper, np.zeros((10, 20)), np.zeros(10)).upper.w.shape
    (20, 30)
    """

    lower: RBM
    """Its visible units are the pixels."""
    upper: RBM
    """Its visible units are the hidden ones of the lower machine."""
    w_labels: np.ndarray
    """Weights of the readout, shape (classes, hidden units of the upper machine)."""
    b_labels: np.ndarray
    """Its biases, shape (classes,)."""


def siegert_units(neuron: LIF = UNIT, *, exact: bool = False) -> Units:
    """Units whose activity is Siegert's rate, for `train_rbm` and `activity`.

    Parameters
    ----------
    neuron
        The numbers of the neurons, with a refractory time above 0.
    exact : bool
        Whether each rate is an integral of its own, or looked up in a table, which is a hundred times faster.

    Examples
    --------
    >>> x, w, b = np.array([[0.5, 1.0]]), np.array([[1.0, 1.0]]), np.zeros(1)
    >>> print(siegert_units()(x, w, b).round(2))
    [[0.6]]
    """
    neuron = check_lif(neuron)
    if neuron.t_ref == 0:
        raise ValueError("t_ref must be above 0 for a highest rate, got 0")
    return functools.partial(shares, neuron=neuron, table=None if exact else table_of_rates(neuron))


def shares(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, neuron: LIF, table: SiegertTable | None
) -> np.ndarray:
    """What share of its highest rate each unit fires at, from the other layer, weights and biases."""
    highest = 1000.0 / neuron.t_ref
    rates = highest * np.column_stack([x, np.full(len(x), float(ALWAYS_ON))])
    jumps = with_bias(w, b)
    if table is None:
        return siegert_rate_of_inputs(rates, jumps, neuron) / highest
    mean, sigma = free_potential(rates, jumps, neuron)
    found = np.empty(mean.shape)
    look_up(mean.ravel(), sigma.ravel(), table, found.reshape(-1))
    return found / highest


def with_bias(w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Weights, and as the last column the jump of each unit that is always on."""
    return np.column_stack([w, b / ALWAYS_ON])


def train_belief(
    x: ArrayLike,
    y: ArrayLike,
    hidden: Sequence[int] = (200, 200),
    epochs: int = 8,
    rate: float = 0.01,
    *,
    target: float | None = 0.125,
    spread: float = 1.3,
    mean: float = 1.6,
    classes: int = 10,
    reg: float = 0.01,
    units: Units | None = None,
    rng: np.random.Generator,
) -> BeliefNetwork:
    """Let both machines learn, the lower one first, and solve for the readout.

    Parameters
    ----------
    x : array of shape (samples, pixels)
        Rates of the pixels as shares of the highest, from 0 to 1.
    y : array of int, shape (samples,)
        Their classes, from 0 on.
    hidden : sequence of two int
        Hidden units of the lower and of the upper machine.
    epochs, rate, target
        Of both machines, as for `train_rbm`. Without a target many hidden units fall silent.
    spread, mean : float
        At the start: the standard deviation of a weight times the root of the number of inputs, and its mean
        times this number.
    classes : int
        How many there are.
    reg : float
        Of the readout, as for `decoders`: for how much noise it is made.
    units
        What a unit is, Siegert's if left out.
    rng
        The source of chance.

    Examples
    --------
    >>> x = np.repeat([[1.0, 1.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0]], 50, axis=0)
    >>> y = np.repeat([0, 1], 50)
    >>> net = train_belief(x, y, (8, 8), 20, classes=2, rng=np.random.default_rng(1))
    >>> answers = activity(upward(net), x)[-1].argmax(axis=1)
    >>> bool((answers == y).all())
    True
    """
    x, labels = check_named(x, y, classes)
    sizes = wholes("hidden", hidden, least=1)
    if len(sizes) != 2:
        raise ValueError(f"hidden must be two numbers, got {len(sizes)}")
    units, rng = siegert_units() if units is None else units, generator(rng)
    machines, h = [], x
    for n in sizes:
        inputs = h.shape[1]
        start = initial_rbm(inputs, n, spread / math.sqrt(inputs), mean=mean / inputs, rng=rng)
        machine = train_rbm(start, h, epochs, rate, target=target, units=units, rng=rng)
        machines.append(machine)
        h = units(h, machine.w, machine.hidden)
    return read_out(machines[0], machines[1], h, labels, classes, reg)


def read_out(
    lower: RBM, upper: RBM, h: np.ndarray, labels: np.ndarray, classes: int = 10, reg: float = 0.01
) -> BeliefNetwork:
    """Both machines with a readout that names what the highest layer, `h`, does for these classes."""
    d = decoders(np.column_stack([h, np.ones(len(h))]), np.eye(classes)[labels], reg)
    return BeliefNetwork(lower, upper, np.ascontiguousarray(d[:-1].T), d[-1].copy())


def check_named(x: ArrayLike, y: ArrayLike, classes: int) -> tuple[np.ndarray, np.ndarray]:
    """Images and their classes, if there is one for each."""
    x, labels, classes = (
        finite_array("x", x, (2,), "(samples, pixels)"),
        as_array("y", y),
        whole("classes", classes, least=2),
    )
    if labels.shape != (len(x),) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"y must be {len(x)} whole numbers, one a sample, got {labels.shape} of {labels.dtype}"
        )
    if labels.size and not 0 <= labels.min() <= labels.max() < classes:
        raise ValueError(f"y must be from 0 to {classes - 1}, got {labels.min()} to {labels.max()}")
    return x, labels


def upward(net: BeliefNetwork) -> Layers:
    """The way up from the pixels to the names, as layers.

    Parameters
    ----------
    net
        Both machines and the readout.

    Examples
    --------
    >>> from snnlab.learning.boltzmann.rbm import initial_rbm
    >>> rng = np.random.default_rng(1)
    >>> lower, upper = initial_rbm(64, 30, rng=rng), initial_rbm(30, 20, rng=rng)
    >>> net = BeliefNetwork(lower, upper, np.zeros((10, 20)), np.zeros(10))
    >>> [w.shape for w in upward(net).weights]
    [(30, 64), (20, 30), (10, 20)]
    """
    return check_layers(
        Layers((net.lower.w, net.upper.w, net.w_labels), (net.lower.hidden, net.upper.hidden, net.b_labels))
    )


def activity(layers: Layers, x: ArrayLike, units: Units | None = None) -> list[np.ndarray]:
    """What each layer does, without spikes.

    Parameters
    ----------
    layers
        The way up, from `upward`.
    x : array of shape (samples, pixels)
        Images, from 0 to 1.
    units
        What a unit is, Siegert's with all digits if left out.

    Returns
    -------
    list of array of shape (samples, units)
        Activities of the hidden layers, from 0 to 1, and the sums of the readout.

    Examples
    --------
    >>> one = Layers((np.array([[2.0]]), np.array([[-1.0]])), (np.zeros(1), np.zeros(1)))
    >>> hidden, named = activity(one, [[1.0]])
    >>> print(hidden.round(2), named.round(2))
    [[0.67]] [[-0.67]]
    """
    layers, h = check_layers(layers), finite_array("x", x, (2,), "(samples, pixels)")
    units = siegert_units(exact=True) if units is None else units
    out = []
    for w, b in zip(layers.weights[:-1], layers.biases[:-1], strict=True):
        h = units(h, w, b)
        out.append(h)
    return [*out, h @ layers.weights[-1].T + layers.biases[-1]]
