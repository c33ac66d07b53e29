r"""A sparse random network that a kernel makes for itself, from a seed.

Each neuron hears $K_E$ excitatory and $K_I$ inhibitory neurons, drawn at random, one of them perhaps twice. A
spike makes the potential jump, by $w$ where it excites and by $-gw$ where it inhibits. From outside comes
what alone would take the mean potential to $\eta$ times the threshold $\theta$: a share of it as Poisson
spikes of the weight $w$, a train for each neuron, and the rest as a constant current. With $p$ for the share,

$$ \nu_{out} = p\, \eta\, \frac{\theta}{w\, \tau_m}, \qquad R\, i = (1 - p)\, \eta\, \theta $$

With $p = 1$ it is Brunel's model A (`snnlab.networks.brunel`). With $p = 0$ nothing that happens to the
network is left to chance but its wiring and the potentials at the start: all irregularity is its own. If they
are equal, too, all neurons fire in one step, and no jump arrives before all are held after it.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import AtLeastOne, NonNegative, Positive, affordable, checked
from snnlab.compiling import kernel
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.cells import JUMPS, Cells, NetworkState
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.one_delay import Fans
from snnlab.networks.running.poisson_drive import Drives, fill_chances
from snnlab.neurons.refractory import refractory_steps
from snnlab.random import uniform_pair

__all__ = ["DT", "SparseNetwork", "Work", "check_sparse", "most_spikes", "started", "work"]

DT = 0.1  # ms
LATE = 15  # steps, the delay of all synapses: Brunel's 1.5 ms
MOST = 48  # spikes from outside that a neuron can get in a step
WIRING, START = np.uint64(1), np.uint64(2)  # streams of chance; the drive has stream 0


class SparseNetwork(NamedTuple):
    """The numbers of the network; 2 % of all pairs of neurons are joined.

    Examples
    --------
    >>> SparseNetwork(g=4.0).k_exc
    16
    """

    n_exc: AtLeastOne = 800
    """Excitatory neurons."""
    n_inh: AtLeastOne = 200
    """Inhibitory ones."""
    k_exc: AtLeastOne = 16
    """Excitatory synapses onto each neuron."""
    k_inh: AtLeastOne = 4
    """Inhibitory ones."""
    w: Positive = 1.0
    """Jump of an excitatory synapse, mV."""
    g: NonNegative = 10.0
    """How many times stronger an inhibitory one is."""
    eta: NonNegative = 1.5
    """Input from outside, 1 where it alone takes the mean potential to the threshold."""
    chance: NonNegative = 100.0
    """How much of it comes as Poisson spikes, %; the rest is constant."""
    spread_out: NonNegative = 100.0
    """Up to where the potentials lie at the start, % of the way from rest to threshold; at 0 all at rest."""


class Work(NamedTuple):
    """The arrays in which a kernel builds the network and runs it."""

    source: np.ndarray
    """Who sends to each synapse, synapses of a neuron side by side."""
    begin: np.ndarray
    filled: np.ndarray
    post: np.ndarray
    w_sent: np.ndarray
    inhibits: np.ndarray
    potential: np.ndarray
    unused: np.ndarray
    free: np.ndarray
    step: np.ndarray
    ring: np.ndarray
    waiting: np.ndarray
    n_waiting: np.ndarray
    coming: np.ndarray
    drawn: np.ndarray
    seeds: np.ndarray
    whole_numbers: np.ndarray
    numbers: np.ndarray
    at_most: np.ndarray
    steps_fired: np.ndarray
    ids_fired: np.ndarray
    ends: np.ndarray


def check_sparse(net: SparseNetwork) -> SparseNetwork:
    """`net` with every number valid, and shares from 0 to 100 %."""
    net = checked("net", net, SparseNetwork)
    for name in ("chance", "spread_out"):
        if getattr(net, name) > 100.0:
            raise ValueError(f"{name} must be at most 100 %, got {getattr(net, name):g}")
    expected = from_outside(net, NEURON)
    if expected > 10.0:
        raise ValueError(f"w must be at least {net.w * expected / 10.0:.3g} mV for this eta, got {net.w:g}")
    return net


def from_outside(net, neuron):
    """How many Poisson spikes from outside a neuron can expect in a step."""
    height = neuron.v_th - neuron.v_rest
    return DT * (net.chance / 100.0) * net.eta * height / (net.w * neuron.tau_m)


_from_outside = kernel(from_outside)


def most_spikes(n: int, steps: int) -> int:
    """How many spikes `n` neurons can fire, and room for one of each more."""
    return n * (steps // (refractory_steps(NEURON.t_ref, DT) + 1) + 2)


def work(net: SparseNetwork, steps: int) -> Work:
    """Room for the network and for so many steps."""
    n, synapses = net.n_exc + net.n_inh, (net.n_exc + net.n_inh) * (net.k_exc + net.k_inh)
    room = most_spikes(n, steps)
    affordable(room + synapses)
    kinds: dict[str, type] = {"drawn": np.uint64, "seeds": np.uint64}
    kinds |= dict.fromkeys(("w_sent", "potential", "unused", "ring"), np.float64)
    kinds |= dict.fromkeys(("coming", "numbers", "at_most"), np.float64)
    of_synapses, rows = dict.fromkeys(("source", "post"), synapses), rows_for(LATE)
    of_neurons = dict.fromkeys(("w_sent", "inhibits", "potential", "unused", "free"), n)
    shapes: dict[str, int | tuple[int, int]] = {"ring": (rows, 2 * n), "waiting": (rows, n)}
    shapes |= of_synapses | of_neurons | {"begin": n + 1, "filled": n, "n_waiting": rows}
    shapes |= dict.fromkeys(("step", "coming", "drawn", "seeds"), 1)
    shapes |= {"whole_numbers": 8, "numbers": 8, "at_most": (1, MOST)}
    shapes |= {"steps_fired": room, "ids_fired": room, "ends": steps}
    return Work(**{name: np.zeros(shapes[name], kinds.get(name, np.int32)) for name in Work._fields})


@kernel
def _draw(work, net, seed):
    """Who hears whom: the source of each synapse, and the synapses sorted by it."""
    n, k = net.n_exc + net.n_inh, net.k_exc + net.k_inh
    source, begin, filled = work.source, work.begin, work.filled
    for i in range(n):
        for s in range(k):
            u, _ = uniform_pair(seed, WIRING, i * k + s)
            j = np.int32(u * net.n_exc) if s < net.k_exc else net.n_exc + np.int32(u * net.n_inh)
            source[i * k + s] = j
            begin[j + 1] += 1
    for j in range(n):
        begin[j + 1] += begin[j]
        filled[j] = begin[j]
        work.inhibits[j] = j >= net.n_exc
        work.w_sent[j] = -net.g * net.w if j >= net.n_exc else net.w
    for s in range(n * k):
        j, i = source[s], s // k
        at = filled[j]
        filled[j] += 1
        work.post[at] = i


@kernel
def started(work, net, neuron, rows, seed):
    """The network before its first step, as the loop of one delay takes it.

    `rows` are `NoRows`. The potentials lie anywhere between rest and the threshold, or a share of the way.
    """
    n = net.n_exc + net.n_inh
    _draw(work, net, seed)
    for i in range(n):
        u, _ = uniform_pair(seed, START, i)
        work.potential[i] = neuron.v_rest + u * (neuron.v_th - neuron.v_rest) * (net.spread_out / 100.0)
    work.step[0], work.coming[0], work.drawn[0], work.seeds[0] = 0, -1.0, 0, seed
    height, share = neuron.v_th - neuron.v_rest, net.chance / 100.0
    mean = _from_outside(net, neuron)
    fill_chances(work.at_most[0], mean)
    whole, real, unused = work.whole_numbers, work.numbers, work.unused
    whole[0], whole[1], whole[2], whole[3] = JUMPS, n, refractory_steps(neuron.t_ref, DT), 0
    real[0], real[1], real[2] = neuron.v_reset, neuron.v_th, math.exp(-DT / neuron.tau_m)
    real[3] = -math.expm1(-DT / neuron.tau_m) * (neuron.v_rest + (1.0 - share) * net.eta * height)
    real[4], real[5], real[6] = 0.0, net.w, n * mean
    kind, hold, zero, many = whole[:1], whole[2:3], whole[3:4], whole[1:2]
    first = whole[6:]
    first[0], first[1] = 0, n
    none = real[4:5]
    cells = Cells(
        rows, kind, kind, first, hold, real[:1], real[1:2], real[2:3], real[3:4], none, none, none, none,
        none, none, none, none, none, none,
    )  # fmt: skip
    state = NetworkState(
        work.potential, unused, unused, unused, unused, unused, work.free, work.step, DT, work.ring,
        work.waiting, work.n_waiting, work.coming, work.drawn, work.seeds, none, none, none, 0, -1,
    )  # fmt: skip
    fans = Fans(work.begin, work.post, work.w_sent, work.inhibits, LATE)
    driven = 1 if mean > 0.0 else 0
    drives = Drives(zero[:driven], many[:driven], zero[:driven], real[5:6], real[6:7], work.at_most)
    return state, cells, fans, drives
