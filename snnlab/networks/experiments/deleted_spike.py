r"""Two worlds that differ by one spike.

A network runs. At some moment one spike of an excitatory neuron is lost on its way, and from then on there
are two networks: the one in which it arrived, and the one in which it did not. All else is the same, every
spike from outside too. Their distance is the mean over all neurons

$$ d(t) = \frac{1}{n} \sum_i |v_i(t) - v_i'(t)| $$

and as long as the difference is small it grows, or fades, about exponentially, $d \propto e^{\lambda t}$.

*The control* takes the loop away: the spikes of the first world are replayed to the second instead of its
own, and nothing comes back of what was lost. A difference that moves no spike by a step fades with the
membrane, $\lambda = -1/\tau_m$, with the loop or without it.

Source: C. van Vreeswijk and H. Sompolinsky (1996), Science 274, 1724–1726; M. London et al. (2010), Nature
466, 123–127.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import true_or_false, whole
from snnlab.compiling import kernel
from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.cells import NetworkState
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.sparse_cells import (
    DT,
    LATE,
    SparseNetwork,
    check_sparse,
    most_spikes,
    started,
)
from snnlab.networks.experiments.sparse_cells import work as room_for
from snnlab.networks.running.loop import Recording
from snnlab.networks.running.one_delay import go_on_with_one_delay
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = [
    "AFTER",
    "BEFORE",
    "STEPS",
    "DeletedSpike",
    "Second",
    "deleted_spike",
    "recorded",
    "run_worlds",
    "second",
]

SETTLING, BEFORE, AFTER = 150, 50, 200  # ms: not shown, shown before the spike is lost, and after it
PER_MS = round(1.0 / DT)
STEPS = (SETTLING + BEFORE + AFTER) * PER_MS
TAIL = 50  # ms at the end, from which the largest distance is read


class DeletedSpike(NamedTuple):
    """What becomes of the two worlds.

    Examples
    --------
    >>> seen = deleted_spike(rng=np.random.default_rng(1))
    >>> print(f"{seen.apart[0]:.2f} mV, then {seen.end:.0f} mV")
    0.01 mV, then 8 mV
    """

    times: Annotated[np.ndarray, "n_shown"]
    """Spikes of the neurons that are shown, ms; the lost one would have arrived soon after 50 ms."""
    units: Annotated[np.ndarray, "n_shown"]
    """Row of each: an even one in the world in which the spike arrived, the next one in the other."""
    apart: np.ndarray
    """Mean distance of the potentials at the end of each ms from the loss on, mV."""
    share: np.ndarray
    """Share of the neurons that differ by a microvolt at least at that time, %."""
    n_shown: int
    """How many spikes are shown."""
    there: int
    """How many spikes all neurons fire after the loss, where it arrived."""
    missing: int
    """How many of them the other world does not have at the same time of the same neuron."""
    end: float
    """Mean distance in the last 50 ms, mV."""
    growth: float
    """λ, the slope of ln d: until a fifth of the end is reached, or in 50 ms where d hardly grows, 1/s; NaN
    where there are fewer than three points."""
    half: float
    """When it first reaches half of the end, ms after the loss; NaN where it hardly grows."""


class Second(NamedTuple):
    """Room for the second world, and for what each neuron fires in either."""

    potential_b: np.ndarray
    free_b: np.ndarray
    step_b: np.ndarray
    ring_b: np.ndarray
    waiting_b: np.ndarray
    n_waiting_b: np.ndarray
    coming_b: np.ndarray
    drawn_b: np.ndarray
    steps_b: np.ndarray
    ids_b: np.ndarray
    values: np.ndarray
    watched: np.ndarray


def deleted_spike(
    net: SparseNetwork = SparseNetwork(),
    *,
    loop: bool = True,
    every: int = 1,
    rng: np.random.Generator | np.uint64,
) -> DeletedSpike:
    """Let a network run, lose one spike, and compare with the same network that did not lose it.

    Parameters
    ----------
    net
        How many neurons there are, and how strongly they are joined.
    loop : bool
        Whether the second world hears its own spikes. If not, it hears those of the first.
    every : int
        Of so many neurons one is shown.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    DeletedSpike
        If no excitatory neuron fired in the 0.9 ms that are searched, nothing is lost and all is 0.

    Examples
    --------
    >>> for loop in (True, False):
    ...     seen = deleted_spike(loop=loop, rng=np.random.default_rng(1))
    ...     print(seen.growth > 0)
    True
    False
    """
    net, every = check_sparse(net), whole("every", every, 1)
    seen, room, other = recorded(net, every), room_for(net, STEPS), second(net)
    heard = 1.0 if true_or_false("loop", loop) else 0.0
    run_worlds(seen, room, other, net, NEURON, NoRows(), heard, every, seed_from(rng))
    return read(seen)


def recorded(net: SparseNetwork, every: int) -> DeletedSpike:
    """A blank record."""
    shown = 2 * most_spikes(-(-(net.n_exc + net.n_inh) // every), (BEFORE + AFTER) * PER_MS)
    return blank(DeletedSpike, times=shown, units=shown, apart=AFTER, share=AFTER)


def second(net: SparseNetwork) -> Second:
    """Room for the other world."""
    made = room_for(net, AFTER * PER_MS)
    values, watched = np.zeros((1, 1)), np.zeros(0, np.int32)
    return Second(
        made.potential, made.free, made.step, made.ring, made.waiting, made.n_waiting, made.coming,
        made.drawn, made.steps_fired, made.ids_fired, values, watched,
    )  # fmt: skip


@kernel
def _copy(work, other):
    """The second world begins as the first one is."""
    for i in range(work.potential.size):
        other.potential_b[i], other.free_b[i] = work.potential[i], work.free[i]
    other.step_b[0], other.coming_b[0], other.drawn_b[0] = work.step[0], work.coming[0], work.drawn[0]
    _copy_waiting(work, other)


@kernel
def _copy_waiting(work, other):
    """What is under way in one world becomes what is under way in the other."""
    for r in range(work.n_waiting.size):
        other.n_waiting_b[r] = work.n_waiting[r]
        for k in range(work.n_waiting[r]):
            other.waiting_b[r, k] = work.waiting[r, k]


@kernel
def _lose(work, other, found, now, n_exc):
    """The last excitatory spike to arrive within a ms is under way no more; returns who fired it, or -1."""
    for k in range(found - 1, -1, -1):
        arrives = work.steps_fired[k] + LATE
        if arrives < now:
            return -1
        j = work.ids_fired[k]
        if arrives < now + PER_MS and j < n_exc:
            row, left = work.steps_fired[k] & (other.n_waiting_b.size - 1), 0
            for f in range(other.n_waiting_b[row]):
                other.waiting_b[row, left] = other.waiting_b[row, f]
                left += other.waiting_b[row, f] != j
            other.n_waiting_b[row] = left
            return j
    return -1


@kernel
def _compare(seen, work, other, k):
    """How far apart the two worlds are at the end of ms `k`."""
    total, some = 0.0, 0
    for i in range(work.potential.size):
        gap = abs(work.potential[i] - other.potential_b[i])
        total += gap
        some += gap > 1e-3
    seen.apart[k] = total / work.potential.size
    seen.share[k] = 100.0 * some / work.potential.size


@kernel
def _show(seen, steps, ids, begin, found, every, row):
    """Spikes of the neurons that are shown, into the rows of one world."""
    first = SETTLING * PER_MS
    for k in range(begin, found):
        if ids[k] % every == 0 and steps[k] >= first:
            at = int(seen.n_shown[0])
            seen.times[at] = (steps[k] + 1 - first) * DT
            seen.units[at] = 2 * (ids[k] // every) + row
            seen.n_shown[0] += 1.0


@kernel
def _unmatched(steps, ids, begin, found, steps_b, ids_b, found_b):
    """How many spikes the second world does not have; both lists are sorted by step and neuron."""
    missing, b = 0, 0
    for k in range(begin, found):
        while b < found_b and (steps_b[b] < steps[k] or (steps_b[b] == steps[k] and ids_b[b] < ids[k])):
            b += 1
        missing += b == found_b or steps_b[b] != steps[k] or ids_b[b] != ids[k]
    return missing


@kernel
def _growth(seen):
    """The slope of ln d, the distance at the end, and when half of it is reached."""
    apart, total = seen.apart, 0.0
    for k in range(apart.size - TAIL, apart.size):
        total += apart[k]
    seen.end[0] = total / TAIL
    fades = seen.end[0] < 5.0 * apart[0]
    last = 0
    while last < (TAIL if fades else apart.size) and apart[last] > 0.0:
        if not fades and apart[last] > 0.2 * seen.end[0]:
            break
        last += 1
    x, y, xx, xy = 0.0, 0.0, 0.0, 0.0
    for k in range(last):
        x += k
        y += math.log(apart[k])
        xx += k * k
        xy += k * math.log(apart[k])
    seen.growth[0] = 1000.0 * (last * xy - x * y) / (last * xx - x * x) if last > 2 else math.nan
    seen.half[0] = math.nan
    for k in range(apart.size - 1, -1, -1):
        if not fades and apart[k] >= 0.5 * seen.end[0]:
            seen.half[0] = k + 1


@kernel
def run_worlds(seen, work, other, net, neuron, rows, loop, every, seed):
    """One world up to the loss, and both from there on, ms by ms."""
    before = (SETTLING + BEFORE) * PER_MS
    state, cells, fans, drives = started(work, net, neuron, rows, seed)
    watched, values = other.watched, other.values
    recording = Recording(work.steps_fired, work.ids_fired, watched, watched, values)
    found = go_on_with_one_delay(before, state, cells, fans, drives, recording, work.ends)
    _show(seen, work.steps_fired, work.ids_fired, 0, found, every, 0)
    _show(seen, work.steps_fired, work.ids_fired, 0, found, every, 1)
    _copy(work, other)
    lost = _lose(work, other, found, before, net.n_exc)
    state_b = NetworkState(
        other.potential_b, state.excitation, state.inhibition, state.adaptation, state.x_e, state.x_i,
        other.free_b, other.step_b, state.dt, other.ring_b, other.waiting_b, other.n_waiting_b,
        other.coming_b, other.drawn_b, state.seed, state.u, state.x, state.last, state.learned, -1,
    )  # fmt: skip
    begin, found_b = found, 0
    for k in range(seen.apart.size):
        part = Recording(work.steps_fired[found:], work.ids_fired[found:], watched, watched, values)
        found += go_on_with_one_delay(PER_MS, state, cells, fans, drives, part, work.ends)
        part = Recording(other.steps_b[found_b:], other.ids_b[found_b:], watched, watched, values)
        found_b += go_on_with_one_delay(PER_MS, state_b, cells, fans, drives, part, work.ends)
        if loop < 0.5:
            _copy_waiting(work, other)
        _compare(seen, work, other, k)
    _show(seen, work.steps_fired, work.ids_fired, begin, found, every, 0)
    _show(seen, other.steps_b, other.ids_b, 0, found_b, every, 1)
    seen.there[0] = found - begin
    seen.missing[0] = _unmatched(
        work.steps_fired, work.ids_fired, begin, found, other.steps_b, other.ids_b, found_b
    )
    if lost >= 0:
        _growth(seen)
    else:
        seen.growth[0], seen.half[0] = math.nan, math.nan
