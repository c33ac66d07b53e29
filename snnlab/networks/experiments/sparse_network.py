r"""A thousand neurons that excite and inhibit each other, and how irregularly they fire.

Where inhibition answers excitation, the mean potential stays below the threshold, and what makes a neuron
fire are the ups and downs of what it hears. Measured are the coefficient of variation of the intervals, 0 for
a clock and 1 for a Poisson train, and the *Fano factor of the population*, from the number $N$ of spikes of
all neurons in bins of 2 ms:

$$ F = \frac{\operatorname{var} N}{\langle N \rangle} $$

which is 1 where each fires for itself and grows with every pair that fires together.

Source: C. van Vreeswijk and H. Sompolinsky (1996), Science 274, 1724–1726; N. Brunel (2000), Journal of
Computational Neuroscience 8, 183–208.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import non_negative, whole
from snnlab.compiling import kernel
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.binned_activity import rates_and_fano
from snnlab.networks.experiments.sparse_cells import DT, SparseNetwork, check_sparse, most_spikes, started
from snnlab.networks.experiments.sparse_cells import work as room_for
from snnlab.networks.running.loop import Recording
from snnlab.networks.running.one_delay import go_on_with_one_delay
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = [
    "SETTLING",
    "Measures",
    "SparseActivity",
    "measures",
    "recorded",
    "run_sparse",
    "sparse_network",
]

WIDTH = 2.0  # ms, of the bins in which spikes are counted
SETTLING = 100.0  # ms, before which nothing is measured
FEWEST = 5  # intervals that a neuron has to have for its CV


class SparseActivity(NamedTuple):
    """What the network does.

    Examples
    --------
    >>> seen = sparse_network(rng=np.random.default_rng(1))
    >>> len(seen.v), len(seen.activity)
    (5000, 250)
    """

    times: Annotated[np.ndarray, "n_shown"]
    """When the neurons that are shown fire, ms."""
    units: Annotated[np.ndarray, "n_shown"]
    """Which of them fires, excitatory ones first."""
    v: np.ndarray
    """The potential of neuron 0 at the end of each step, mV above rest."""
    own: Annotated[np.ndarray, "n_own"]
    """When neuron 0 fires, ms."""
    activity: np.ndarray
    """Spikes a second and neuron, in bins of 2 ms, Hz."""
    n: int
    """How many spikes all neurons fire."""
    n_shown: int
    """How many of them are shown."""
    n_own: int
    """How many are those of neuron 0."""
    rate_exc: float
    """Mean rate of the excitatory neurons once it has settled, Hz."""
    rate_inh: float
    """That of the inhibitory ones."""
    cv: float
    """Mean of the coefficients of variation of neurons with five intervals at least; NaN without one."""
    fano: float
    """Fano factor of the population; NaN if it is silent."""


class Measures(NamedTuple):
    """What is added up for each neuron."""

    last: np.ndarray
    total: np.ndarray
    squares: np.ndarray
    gaps: np.ndarray
    watched: np.ndarray
    """The one neuron that is recorded, and which value of it, the potential: both have the number 0."""


def sparse_network(
    net: SparseNetwork = SparseNetwork(),
    duration: float = 500.0,
    *,
    settling: float = SETTLING,
    every: int = 1,
    rng: np.random.Generator | np.uint64,
) -> SparseActivity:
    """Draw a sparse random network, let it run, and measure how it fires.

    Parameters
    ----------
    net
        How many neurons there are, and how strongly they are joined. They are those of `brunel`.
    duration : float
        How long it runs, ms.
    settling : float
        For how long nothing is measured, ms.
    every : int
        Of so many neurons one is shown.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`: of who hears whom, of the
        potentials at the start, and of the spikes from outside.

    Returns
    -------
    SparseActivity

    Examples
    --------
    Balanced, and without inhibition:

    >>> for g in (10.0, 0.0):
    ...     seen = sparse_network(SparseNetwork(g=g), rng=np.random.default_rng(1))
    ...     print(f"{seen.rate_exc:.0f} Hz, CV {seen.cv:.1f}")
    34 Hz, CV 0.9
    227 Hz, CV 0.1
    """
    net, every = check_sparse(net), whole("every", every, 1)
    steps, settling = whole_steps(duration, DT), non_negative("settling", settling)
    if steps * DT < settling + WIDTH:
        raise ValueError(f"duration must be longer than settling ({settling:g} ms), got {duration:g} ms")
    seen, room, told = recorded(net, steps, every), room_for(net, steps), measures(net)
    run_sparse(seen, room, told, net, NEURON, NoRows(), every, settling, seed_from(rng))
    return read(seen)


def recorded(net: SparseNetwork, steps: int, every: int) -> SparseActivity:
    """A blank record."""
    n = net.n_exc + net.n_inh
    shown, own = most_spikes(-(-n // every), steps), most_spikes(1, steps)
    bins = int(steps * DT / WIDTH + 1e-9)
    return blank(SparseActivity, times=shown, units=shown, v=steps, own=own, activity=bins)


def measures(net: SparseNetwork) -> Measures:
    """Room for what is added up."""
    n = net.n_exc + net.n_inh
    last, total, squares = (np.zeros(n) for _ in range(3))
    return Measures(last, total, squares, np.zeros(n, np.int32), np.zeros(1, np.int32))


@kernel
def _look_at(seen, told, t, j, settling):
    """Neuron `j` fired at time `t`."""
    last, total, squares, gaps, _ = told
    if last[j] > 0.0:
        gap = t - last[j]
        total[j] += gap
        squares[j] += gap * gap
        gaps[j] += 1
    if t > settling:
        last[j] = t
    b = int(t / WIDTH - 1e-9)
    if b < seen.activity.size:
        seen.activity[b] += 1.0


@kernel
def _sum_up(seen, told, n, settling):
    """The mean CV, the Fano factor, and rates in place of counts."""
    some, of_all = 0, 0.0
    for j in range(n):
        if told.gaps[j] >= FEWEST:
            mean = told.total[j] / told.gaps[j]
            of_all += math.sqrt(max(told.squares[j] / told.gaps[j] - mean * mean, 0.0)) / mean
            some += 1
    seen.cv[0] = of_all / some if some > 0 else math.nan
    seen.fano[0] = rates_and_fano(seen.activity, WIDTH, n, settling)


@kernel
def run_sparse(seen, work, told, net, neuron, rows, every, settling, seed):
    """The network from its first step to the last, and what is measured."""
    n, steps = net.n_exc + net.n_inh, seen.v.size
    state, cells, fans, drives = started(work, net, neuron, rows, seed)
    potential = seen.v[:, np.newaxis]
    recording = Recording(work.steps_fired, work.ids_fired, told.watched, told.watched, potential)
    found = go_on_with_one_delay(steps, state, cells, fans, drives, recording, work.ends)
    exc, inh = 0, 0
    for s in range(found):
        j, t = work.ids_fired[s], (work.steps_fired[s] + 1) * DT
        _look_at(seen, told, t, j, settling)
        if t > settling:
            exc += j < net.n_exc
            inh += j >= net.n_exc
        if j % every == 0:
            at = int(seen.n_shown[0])
            seen.times[at], seen.units[at] = t, j // every
            seen.n_shown[0] += 1.0
        if j == 0:
            seen.own[int(seen.n_own[0])] = t
            seen.n_own[0] += 1.0
    seconds = (steps * DT - settling) / 1000.0
    seen.n[0], seen.rate_exc[0] = found, exc / (net.n_exc * seconds)
    seen.rate_inh[0] = inh / (net.n_inh * seconds)
    _sum_up(seen, told, n, settling)
