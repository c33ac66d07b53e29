r"""A ring of neurons that a kernel joins for itself: excitation to those nearby, inhibition to all.

Excitatory neuron $j$ of $N_E$ stands for the direction $\theta_j = 360° \cdot j / N_E$. It excites those that
stand for similar directions more than others, and the quarter as many inhibitory neurons all alike; these
inhibit everybody alike. A share $s$ of the excitation falls off as a Gaussian with the distance on the ring,
and the rest is spread evenly:

$$ p(\theta) = 1 - s + s\, \frac{e^{-\theta^2/2\sigma^2}}{\langle e^{-\theta^2/2\sigma^2} \rangle}, \qquad
w_{ij} = \frac{J_{EE}}{R\, \tau_E\, N_E}\; p(\theta_i - \theta_j)\, (1 - h + h\, x_{ij}) $$

The mean of $p$ over the ring is 1 for every $s$, so $s = 0$ takes away the structure and not the excitation.
$J_{EE}$ says how many mV it adds if all excitatory neurons fire at 1 Hz; a synapse is the weaker the more of
them there are. The $x_{ij}$ are drawn once for all, 4 with a chance of a quarter and 0 otherwise: what is
*frozen* in the wiring. At $h = 1$ three of four synapses are missing, and those that are left are four times
as strong. All other synapses of a kind are alike, and every neuron hears all, itself too. From outside each
gets a Poisson train of its own.

Source: A. Compte, N. Brunel, P. S. Goldman-Rakic and X.-J. Wang (2000), Cerebral Cortex 10, 910–923, whose
profile and slow excitation this is; their neurons and numbers are others.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import AtLeastOne, NonNegative, Positive, affordable, checked
from snnlab.compiling import inlined_kernel, kernel
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.cells import Cells, NetworkState, cells_of
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import ExponentialCurrents
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.events import Events
from snnlab.networks.running.poisson_drive import Drives, drives_of
from snnlab.random import uniform, uniform_pair

__all__ = ["DT", "LATE", "SYNAPSES", "RingNetwork", "Work", "check_ring", "started", "tables", "work"]

DT = 0.5  # ms
LATE = 2  # steps, the delay of all synapses: 1 ms
SYNAPSES = ExponentialCurrents(tau_e=80.0, tau_i=10.0)
"""Excitation lasts, as that of NMDA receptors does, and inhibition is fast."""
KEPT = 0.25  # of the synapses are left where all that differs is frozen
FROZEN, START = np.uint64(2), np.uint64(3)  # streams of chance; the drives have 0 and 1


class RingNetwork(NamedTuple):
    """The numbers of the ring.

    Examples
    --------
    >>> RingNetwork(structure=0).n_exc
    512
    """

    n_exc: AtLeastOne = 512
    """Excitatory neurons."""
    n_inh: AtLeastOne = 128
    """Inhibitory ones."""
    structure: NonNegative = 90.0
    """Share of the excitation between excitatory neurons that falls off with distance, %."""
    sigma: Positive = 30.0
    """How far that reaches, the standard deviation of the Gaussian, degrees."""
    frozen: NonNegative = 0.0
    """Share of each weight between excitatory neurons that a draw takes away or makes fourfold, %."""
    wiring: AtLeastOne = 1
    """The seed of these draws."""
    ee: NonNegative = 0.7
    """What all excitatory neurons at 1 Hz add to the potential of an excitatory one, mV."""
    ie: NonNegative = 1.0
    """What they add to that of an inhibitory one, mV."""
    ei: NonNegative = 0.5
    """What all inhibitory neurons at 1 Hz take from an excitatory one, mV."""
    ii: NonNegative = 0.2
    """What they take from an inhibitory one, mV."""
    eta_exc: NonNegative = 0.75
    """Input from outside into an excitatory neuron, 1 where it alone takes the mean to the threshold."""
    eta_inh: NonNegative = 0.75
    """The same into an inhibitory one."""
    outside: Positive = 100.0
    """Spikes a second that each neuron gets from outside, Hz: the fewer, the stronger is each."""


class Work(NamedTuple):
    """The arrays in which a kernel builds the ring and runs it."""

    profile: np.ndarray
    """Excitation over the distance, in neurons."""
    begin: np.ndarray
    post: np.ndarray
    w_each: np.ndarray
    late_each: np.ndarray
    potential: np.ndarray
    excites: np.ndarray
    inhibits: np.ndarray
    unused: np.ndarray
    free: np.ndarray
    step: np.ndarray
    delayed: np.ndarray
    waiting: np.ndarray
    """Of the loop of one delay, which the ring does not take: nobody waits."""
    n_waiting: np.ndarray
    coming: np.ndarray
    drawn: np.ndarray
    seeds: np.ndarray
    none: np.ndarray
    fired: np.ndarray


def check_ring(net: RingNetwork) -> RingNetwork:
    """`net` with every number valid, and shares from 0 to 100 %."""
    net = checked("net", net, RingNetwork)
    for name in ("structure", "frozen"):
        if getattr(net, name) > 100.0:
            raise ValueError(f"{name} must be at most 100 %, got {getattr(net, name):g}")
    if net.sigma > 180.0:
        raise ValueError(f"sigma must be at most 180 degrees, half of the ring, got {net.sigma:g}")
    return net


def populations(net: RingNetwork) -> tuple[Population, Population]:
    """The excitatory and the inhibitory neurons."""
    exc, inh = (Population(n, NEURON, SYNAPSES, v_start=np.zeros(n)) for n in (net.n_exc, net.n_inh))
    return exc, inh


def outside(net: RingNetwork) -> tuple[float, float]:
    """The weights of a spike from outside, nA: the mean of all is eta times the threshold."""
    a_spike = NEURON.v_th / (NEURON.r_m * SYNAPSES.tau_e * net.outside / 1000.0)
    return net.eta_exc * a_spike, net.eta_inh * a_spike


def tables(net: RingNetwork) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `cells_of` and `drives_of` say of the ring, in the three arrays that `started` takes."""
    cells = cells_of(populations(net), DT)
    parts = [(0, net.n_exc, net.outside, 1.0), (net.n_exc, net.n_inh, net.outside, 1.0)]
    drives = drives_of(parts, net.n_exc + net.n_inh, DT)
    counted = (cells.kind, cells.hold, drives.first, drives.n, drives.column, cells.first)
    real = (*cells[5:], np.array(outside(net)), drives.per_step)
    return np.concatenate(counted).astype(np.int32), np.array(real), drives.at_most


def work(net: RingNetwork) -> Work:
    """Room for the ring."""
    n = net.n_exc + net.n_inh
    affordable(float(n) * n)
    kinds: dict[str, type] = {"drawn": np.uint64, "seeds": np.uint64}
    kinds |= dict.fromkeys(("begin", "post", "late_each", "free", "step", "fired"), np.int32)
    kinds |= dict.fromkeys(("waiting", "n_waiting"), np.int32)
    shapes: dict[str, int | tuple[int, int]] = dict.fromkeys(Work._fields, n)
    shapes |= {"profile": net.n_exc, "begin": n + 1, "delayed": (rows_for(LATE), 2 * n), "none": 0}
    shapes |= dict.fromkeys(("post", "w_each", "late_each"), n * n)
    shapes |= {"waiting": (1, n), "n_waiting": 1}
    shapes |= dict.fromkeys(("coming", "drawn"), 2) | dict.fromkeys(("step", "seeds"), 1)
    return Work(**{name: np.zeros(shapes[name], kinds.get(name, np.float64)) for name in Work._fields})


@inlined_kernel
def bell(distance, width):
    """A Gaussian of height 1 over the distance on the ring, degrees."""
    around = abs(distance) % 360.0
    shorter = min(around, 360.0 - around)
    return math.exp(-0.5 * (shorter / width) ** 2)


@kernel
def _fall_off(profile, structure, sigma):
    """Excitation over the distance, its mean 1."""
    total = 0.0
    for k in range(profile.size):
        profile[k] = bell(360.0 * k / profile.size, sigma)
        total += profile[k]
    for k in range(profile.size):
        profile[k] = 1.0 - structure + structure * profile[k] * profile.size / total


@kernel
def _join(work, net, r_m, tau_e, tau_i):
    """All synapses, sorted by who sends."""
    n_exc, n = net.n_exc, net.n_exc + net.n_inh
    share, wiring = net.frozen / 100.0, np.uint64(net.wiring)
    an_exc, an_inh = 1000.0 / (r_m * tau_e * n_exc), -1000.0 / (r_m * tau_i * net.n_inh)
    _fall_off(work.profile, net.structure / 100.0, net.sigma)
    for j in range(n):
        work.begin[j + 1] = (j + 1) * n
        sends = j < n_exc
        to_exc, to_inh = (net.ee * an_exc, net.ie * an_exc) if sends else (net.ei * an_inh, net.ii * an_inh)
        for i in range(n):
            at, w = j * n + i, to_exc if i < n_exc else to_inh
            if sends and i < n_exc:
                w *= work.profile[(i - j) % n_exc]
                if share > 0.0:
                    there = uniform(wiring, FROZEN, np.uint64(at)) < KEPT
                    w *= 1.0 - share + (share / KEPT if there else 0.0)
            work.post[at], work.w_each[at], work.late_each[at] = i if sends else i + n, w, LATE


@kernel
def started(work, whole, numbers, at_most, net, neuron, synapses, rows, seed):
    """The ring before its first step, as the loops of `snnlab.networks` take it.

    `whole`, `numbers` and `at_most` are those of `tables`, `rows` are `NoRows`. The potentials lie anywhere
    between rest and threshold.
    """
    _join(work, net, neuron.r_m, synapses.tau_e, synapses.tau_i)
    for i in range(work.potential.size):
        u, _ = uniform_pair(seed, START, np.uint64(i))
        work.potential[i] = neuron.v_rest + u * (neuron.v_th - neuron.v_rest)
    work.step[0], work.seeds[0] = 0, seed
    work.coming[0], work.coming[1], work.drawn[0], work.drawn[1] = -1.0, -1.0, 0, 0
    kind, unused, none = whole[0:2], work.unused, work.none
    cells = Cells(
        rows, kind, kind, whole[10:13], whole[2:4], numbers[0], numbers[1], numbers[2], numbers[3],
        numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9], numbers[10], numbers[11],
        numbers[12], numbers[13],
    )  # fmt: skip
    state = NetworkState(
        work.potential, work.excites, work.inhibits, unused, unused, unused, work.free, work.step, DT,
        work.delayed, work.waiting, work.n_waiting, work.coming, work.drawn, work.seeds, none, none, none,
        0, -1,
    )  # fmt: skip
    events = Events(work.begin, work.post, work.w_each, work.late_each)
    drives = Drives(whole[4:6], whole[6:8], whole[8:10], numbers[14], numbers[15], at_most)
    return state, cells, events, drives
