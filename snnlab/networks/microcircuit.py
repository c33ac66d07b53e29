r"""The cortical microcircuit: a square millimetre of early sensory cortex, neuron for neuron.

Four layers (2/3, 4, 5, 6) of an excitatory and an inhibitory population each, 77,169 LIF neurons in all and
some 299 million synapses. With the probability $C$ that one neuron of $N$ reaches one of $M$ at least once,
the number of synapses between the two populations, drawn with both ends anew, is

$$ K = \frac{\ln(1 - C)}{\ln(1 - 1/(N M))} $$

*Smaller*: with the share $s$ of neurons and the share $s$ of synapses a neuron, each input has the same mean
and variance if weights grow to $w / \sqrt{s}$ and a constant current makes up for the rest,

$$ i = \tau_{syn} \left(1 - \sqrt{s}\right) \sum_j K_j\, w_j\, \nu_j $$

summed over all inputs $j$ of a neuron in the whole circuit, with $K_j$ synapses and the rate $\nu_j$ there.
Means survive this, by and large, and correlations do not.

Sources: T. C. Potjans and M. Diesmann (2014), Cerebral Cortex 24, 785–806; S. J. van Albada, M. Helias and
M. Diesmann (2015), PLoS Computational Biology 11, e1004490. The numbers are those of NEST's example.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.checks import as_real
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import ExponentialCurrents
from snnlab.networks.network import Network
from snnlab.networks.wiring.recipe import Recipe
from snnlab.networks.wiring.weighting import TruncatedNormal
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.random import generator

__all__ = [
    "CELLS",
    "DELAYS",
    "NEURON",
    "OUTSIDE_RATE",
    "RATES",
    "RATES_IN_NEST",
    "SCATTER",
    "START",
    "TAU",
    "Circuit",
    "G",
    "beginning",
    "circuit_numbers",
    "microcircuit",
    "scattered",
    "spread_out",
]

CELLS = ("L23E", "L23I", "L4E", "L4I", "L5E", "L5I", "L6E", "L6I")
"""The populations: layer, and E for excitatory or I for inhibitory."""

NEURON = LIF(tau_m=10.0, r_m=40.0, v_rest=-65.0, v_reset=-65.0, v_th=-50.0, t_ref=2.0)

TAU = 0.5
"""Time constant of all synapses, ms."""

DELAYS = 1.5, 0.75
"""Mean delay of what excites and of what inhibits, ms; the standard deviation is half of it."""

START = -58.0, 10.0
"""Mean and standard deviation of the potentials at time 0, mV; none is above the threshold."""

SCATTER = 0.1
"""Standard deviation of the weights between two populations, as a share of their mean."""

_WHOLE = np.array([20683, 5834, 21915, 5479, 4850, 1065, 14395, 2948])  # neurons
_CHANCE = np.array([
    [0.1009, 0.1689, 0.0437, 0.0818, 0.0323, 0.0000, 0.0076, 0.0000],
    [0.1346, 0.1371, 0.0316, 0.0515, 0.0755, 0.0000, 0.0042, 0.0000],
    [0.0077, 0.0059, 0.0497, 0.1350, 0.0067, 0.0003, 0.0453, 0.0000],
    [0.0691, 0.0029, 0.0794, 0.1597, 0.0033, 0.0000, 0.1057, 0.0000],
    [0.1004, 0.0622, 0.0505, 0.0057, 0.0831, 0.3726, 0.0204, 0.0000],
    [0.0548, 0.0269, 0.0257, 0.0022, 0.0600, 0.3158, 0.0086, 0.0000],
    [0.0156, 0.0066, 0.0211, 0.0166, 0.0572, 0.0197, 0.0396, 0.2252],
    [0.0364, 0.0010, 0.0034, 0.0005, 0.0277, 0.0080, 0.0658, 0.1443],
])  # that a neuron of a column reaches one of a row
_OUTSIDE = np.array([1600, 1500, 2100, 1900, 2000, 1900, 2900, 2100])  # Poisson trains that a neuron hears
OUTSIDE_RATE = 8.0  # Hz, of each
RATES = np.array([0.971, 2.868, 4.746, 5.396, 8.142, 9.078, 0.991, 7.523])
"""What the populations of the whole circuit fire, Hz, in NEST's first example: the constant current is that
of these."""

RATES_IN_NEST = np.array([0.903, 2.965, 4.414, 5.876, 7.569, 8.633, 1.105, 7.829])
"""The same in its example of today, which tells them of a run of the whole."""

_W = 0.0878  # nA: an EPSP of 0.15 mV
G = 4.0  # an inhibitory weight in units of it
_LEAST = 0.005  # of the circuit: the smallest population has five neurons then


def scattered(w: float) -> TruncatedNormal:
    """Weights around `w` of its sign, for kernels too."""
    return TruncatedNormal(w, SCATTER * abs(w), w - abs(w), w + abs(w), 0.0)


def spread_out(delay: float, dt: float) -> TruncatedNormal:
    """Delays around a mean in steps of `dt`, for kernels too."""
    return TruncatedNormal(delay, delay / 2.0, dt / 2.0, 4.0 * delay, dt)


def beginning() -> TruncatedNormal:
    """Potentials at time 0."""
    return TruncatedNormal(*START, low=NEURON.v_reset - 50.0, high=NEURON.v_th)


class Circuit(NamedTuple):
    """What a circuit of some scale is built from; rows are told, columns tell."""

    n: np.ndarray
    """Neurons of each population, shape (8,)."""
    synapses: np.ndarray
    """From each population to each, shape (8, 8)."""
    w: np.ndarray
    """Mean weight of each, nA, shape (8, 8)."""
    i: np.ndarray
    """Constant current into each neuron of a population, nA, shape (8,)."""
    outside: np.ndarray
    """Rate of all Poisson trains that a neuron of a population hears, Hz, shape (8,)."""
    w_outside: float
    """Weight of their spikes, nA."""


def circuit_numbers(scale: float = 1.0) -> Circuit:
    """The numbers of the circuit, for who builds it elsewhere.

    Parameters
    ----------
    scale
        As for `microcircuit`.

    Examples
    --------
    >>> print(f"{circuit_numbers().synapses.sum() / 1e6:.2f} million, {circuit_numbers().n.sum()} neurons")
    298.88 million, 77169 neurons
    """
    scale = as_real("scale", scale)
    if not _LEAST <= scale <= 1.0:
        raise ValueError(f"scale must be from {_LEAST:g} to 1, got {scale:g}")
    synapses = np.log1p(-_CHANCE) / np.log1p(-1.0 / np.outer(_WHOLE, _WHOLE))
    w = np.tile(np.where(np.arange(len(CELLS)) % 2, -G * _W, _W), (len(CELLS), 1))
    w[CELLS.index("L23E"), CELLS.index("L4E")] *= 2.0
    each = synapses / _WHOLE[:, np.newaxis]  # that a neuron hears
    heard = (each * w) @ RATES + _OUTSIDE * _W * OUTSIDE_RATE  # nA/s
    n, root = np.rint(scale * _WHOLE).astype(np.int64), float(np.sqrt(scale))
    return Circuit(
        n=n,
        synapses=np.rint(scale * each * n[:, np.newaxis]).astype(np.int64),
        w=w / root,
        i=TAU / 1000.0 * (1.0 - root) * heard,
        outside=np.rint(scale * _OUTSIDE) * OUTSIDE_RATE,
        w_outside=_W / root,
    )


def microcircuit(
    scale: float = 0.1,
    *,
    dt: float = 0.1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Network:
    """The microcircuit of Potjans and Diesmann, or a part of it that keeps its rates.

    Parameters
    ----------
    scale : float
        Share of its neurons and of the synapses of each, from 0.005 to 1. The number of synapses goes with
        its square: a tenth has 3 million, the whole 299 million, which take 3 GB. They are drawn when a run
        needs them first.
    dt : float
        Time step, ms.
    rng
        The source of chance: of wiring, weights, delays, input and potentials at the start.
    dtype
        As for `Network`.

    Returns
    -------
    Network
        Its populations are called L23E, L23I, L4E, L4I, L5E, L5I, L6E and L6I. What fires within the first
        second belongs to the start.

    Raises
    ------
    ValueError
        If `scale` is out of range, or the synapses would not fit into the machine.

    Examples
    --------
    >>> circuit = microcircuit(0.01, rng=np.random.default_rng(1))
    >>> run = circuit.run(500)
    >>> print(circuit, f"{run['L5E'].spikes.n_spikes > 0}")
    Network(L23E: 207, L23I: 58, L4E: 219, L4I: 55, L5E: 48, L5I: 11, L6E: 144, L6I: 29; 29859 synapses) True
    """
    circuit, rng = circuit_numbers(scale), generator(rng)
    start = beginning()
    synapses = ExponentialCurrents(TAU, TAU)
    populations = {
        name: Population(n, NEURON, synapses, i, start.draw(n, rng))
        for name, n, i in zip(CELLS, circuit.n.tolist(), circuit.i.tolist(), strict=True)
    }
    network = Network(dt=dt, rng=rng, dtype=dtype, **populations)
    for to, post in enumerate(CELLS):
        for of, pre in enumerate(CELLS):
            if n := int(circuit.synapses[to, of]):
                w, delay = circuit.w[to, of], DELAYS[of % 2]
                network.connect(pre, post, Recipe(n, scattered(w), spread_out(delay, dt)))
        network.drive(post, circuit.outside[to], circuit.w_outside)
    return network
