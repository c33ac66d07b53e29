r"""A network of compartments that send spikes to each other, with a delay for each synapse.

$$ q_i(t) = q_i^\mathrm{ext}(t) + 64 \sum_j w_{ij}\, s_j(t - d_{ij} - a) $$

As in `snnlab.loihi.neuron.synapses`, but the spikes $s_j$ are those of the compartments themselves. Nothing
acts in the step in which it happens, so $d_{ij} + a$ is at least 1. A synapse can hold a spike back for 62
steps.

Spikes travel as events, as in `snnlab.networks`: only who fires costs anything. What is under way stands in
a ring of 64 rows, one for each of the coming steps, in whole numbers.

Source: M. Davies et al. (2018), IEEE Micro 38(1), sections on the core and on synaptic delays.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, whole
from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import DELAY_MAX, scaled_bias, whole_array, wrapped
from snnlab.loihi.neuron.compartments import (
    Compartment,
    advance_in_place,
    check_compartment,
    registers,
    row_for,
)
from snnlab.loihi.neuron.synapses import Synapse, effective_weights
from snnlab.networks.running.delivery import bring
from snnlab.networks.running.events import Events
from snnlab.spikes import Spikes

__all__ = [
    "RING",
    "CompartmentGroup",
    "RecurrentRun",
    "SynapseGroup",
    "groups_step",
    "network_step",
    "simulate_network",
    "synapses_from",
]

RING = 64
"""Rows of the ring: a spike arrives after 63 steps at the latest."""


class SynapseGroup(NamedTuple):
    """Synapses between compartments that are stored in the same way, one entry each, in any order.

    Examples
    --------
    >>> ring = SynapseGroup(pre=[0, 1, 2], post=[1, 2, 0], w=[100, 100, 100], delay=[5, 7, 62])
    >>> ring.delay
    [5, 7, 62]
    """

    pre: ArrayLike
    """The compartment that fires, from 0, shape (synapses,)."""
    post: ArrayLike
    """The compartment that is told, shape (synapses,)."""
    w: ArrayLike
    """Weights as in `stored_weights`: a number for all or shape (synapses,)."""
    delay: ArrayLike = 1
    """Steps, 0 to 62: a number for all or shape (synapses,)."""
    synapse: Synapse = Synapse()
    """How the weights are stored."""


class CompartmentGroup(NamedTuple):
    """Compartments that share their numbers.

    Examples
    --------
    >>> inputs, choices = CompartmentGroup(20, Compartment(4096, 4096, 9)), CompartmentGroup(2)
    >>> inputs.n, choices.compartment.v_th
    (20, 100)
    """

    n: int
    """How many there are."""
    compartment: Compartment = Compartment()
    """Their numbers."""


class NetworkState(NamedTuple):
    """What a network is in between two steps; arrays of int32."""

    ring: np.ndarray
    """Spikes under way, shape (64, n)."""
    u: np.ndarray
    """Current of each compartment, shape (n,)."""
    v: np.ndarray
    """Its voltage."""
    fired: np.ndarray
    """Whether it fired in the step before."""
    wait: np.ndarray
    """For how many steps its voltage still stays."""
    b: np.ndarray
    """Its bias, which does not change."""
    ids: np.ndarray
    """Who fired, from the first on; what comes behind them is older."""


Number = int | np.int32 | np.ndarray


class Numbers(NamedTuple):
    """What `registers` makes of a compartment and a convention, by name: int in a panel, arrays of groups."""

    keep_u: Number
    keep_v: Number
    v_th: Number
    rest: Number
    v_min: Number
    drive_limit: Number
    edge: Number


class RecurrentRun(NamedTuple):
    """What the network did.

    Examples
    --------
    >>> run = simulate_network([[6400, 0], [0, 0]], SynapseGroup([0], [1], [10]), Compartment(v_th=50))
    >>> print(run.spikes.units, run.u.shape)
    [0 0] (2, 0)
    """

    spikes: Spikes
    """A spike in step k has the time k; a step counts as 1 ms."""
    u: np.ndarray
    """Current after each step of the compartments that are recorded, int32 of shape (steps, recorded)."""
    v: np.ndarray
    """Their voltage after each step, int32 of shape (steps, recorded)."""


def synapses_from(w: ArrayLike, delay: ArrayLike = 1, synapse: Synapse = Synapse()) -> SynapseGroup:
    """The synapses of a matrix; where the weight is 0 there is none.

    Parameters
    ----------
    w : array of shape (n, n)
        `w[post, pre]`, as in `stored_weights`.
    delay : int or array of shape (n, n)
        Steps, 0 to 62.
    synapse
        How the weights are stored.

    Raises
    ------
    ValueError, TypeError
        If `w` is no square, or `delay` has another shape or is not from 0 to 62.

    Examples
    --------
    >>> lines = synapses_from([[0, -4], [7, 0]], delay=3)
    >>> print(lines.pre, lines.post, lines.w, lines.delay)
    [0 1] [1 0] [ 7. -4.] [3 3]
    """
    weights = finite_array("w", w, (2,), "(n, n)")
    if weights.shape[0] != weights.shape[1]:
        raise ValueError(f"w must have shape (n, n), got {weights.shape}")
    delays = whole_array("delay", delay, 0, DELAY_MAX)
    if delays.ndim and delays.shape != weights.shape:
        raise ValueError(f"delay must be a number or have shape {weights.shape}, got {delays.shape}")
    pre, post = np.nonzero(weights.T)
    return SynapseGroup(
        pre, post, weights[post, pre], np.broadcast_to(delays, weights.shape)[post, pre], synapse
    )


def simulate_network(
    q: ArrayLike,
    synapses: SynapseGroup | Sequence[SynapseGroup],
    compartment: Compartment | Sequence[CompartmentGroup] = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    bias: ArrayLike = 0,
    bias_exp: ArrayLike = 0,
    record: ArrayLike = (),
) -> RecurrentRun:
    """Compartments under an input from outside and under the spikes of each other.

    Parameters
    ----------
    q : array of int of shape (steps, n)
        The input from outside, as in `simulate_compartments`.
    synapses : SynapseGroup or several of them
        Each group has its own exponent and sign mode.
    compartment : Compartment or list of CompartmentGroup
        The numbers that all compartments share, or those of one group after the other.
    convention
        How the chip is read.
    bias, bias_exp : int or array of shape (n,)
        Mantissa, −4096 to 4095, and exponent, 0 to 7, of the bias.
    record : array of int
        Which compartments are recorded, from 0.

    Examples
    --------
    A spike goes round in a ring of three for ever, 10 + 20 + 30 steps a lap:

    >>> q = np.zeros((130, 3), int)
    >>> q[0, 0] = 6400
    >>> ring = SynapseGroup([0, 1, 2], [1, 2, 0], 100, delay=[10, 20, 30])
    >>> run = simulate_network(q, ring, Compartment(decay_u=4096, decay_v=4096, v_th=50))
    >>> print(run.spikes.times, run.spikes.units)
    [  0.  10.  30.  60.  70.  90. 120.] [0 1 2 0 1 2 0]
    """
    drive = drive_from_outside(q)
    steps, n = drive.shape
    begin, numbers = numbers_of_groups(compartment, n, convention)
    shift = row_for("bias", scaled_bias(bias, bias_exp), n)
    watched = whole_array("record", record, 0, n - 1).astype(np.int64).ravel()
    groups = [synapses] if isinstance(synapses, SynapseGroup) else synapses
    if not isinstance(groups, Sequence) or not all(isinstance(group, SynapseGroup) for group in groups):
        raise TypeError(f"synapses must be a SynapseGroup or a list of them, got {synapses!r:.60}")
    events = sorted_events(groups, n, convention)
    fired = np.empty((steps, n), np.uint8)
    state = at_rest(n)._replace(fired=fired, b=shift)
    us, vs = np.empty((2, steps, watched.size), np.int32)
    run(drive, state, events, watched, us, vs, np.int32(convention.input_limit), begin, numbers)
    return RecurrentRun(spikes_from(fired), us, vs)


def drive_from_outside(q: ArrayLike) -> np.ndarray:
    """The input, int32 of shape (steps, n)."""
    drive = np.ascontiguousarray(whole_array("q", q, -(1 << 31), (1 << 31) - 1), np.int32)
    if drive.ndim != 2:
        raise ValueError(f"q must have shape (steps, n), got {drive.shape}")
    return drive


def numbers_of_groups(
    compartment: Compartment | Sequence[CompartmentGroup], n: int, convention: Convention
) -> tuple[np.ndarray, Numbers]:
    """Where each group of compartments begins, and where the last one ends; their numbers, arrays of int32.

    Examples
    --------
    >>> groups = [CompartmentGroup(3, Compartment(v_th=5)), CompartmentGroup(2, Compartment(v_th=9))]
    >>> begin, numbers = numbers_of_groups(groups, 5, BRIAN2_LOIHI)
    >>> print(begin, numbers.v_th // 64)
    [0 3 5] [5 9]
    """
    groups = [CompartmentGroup(n, compartment)] if isinstance(compartment, Compartment) else compartment
    if (
        not isinstance(groups, Sequence)
        or not len(groups)
        or not all(isinstance(group, CompartmentGroup) for group in groups)
    ):
        raise TypeError(
            f"compartment must be a Compartment or a list of CompartmentGroup, got {compartment!r:.60}"
        )
    sizes = [whole("n", group.n) for group in groups]
    if sum(sizes) != n:
        raise ValueError(f"compartment must have {n} compartments, as many as q, got {sum(sizes)}")
    rows = [registers(check_compartment(group.compartment, convention), convention) for group in groups]
    return np.cumsum([0, *sizes]), Numbers(*np.array(rows, np.int32).T.copy())


def spikes_from(fired: np.ndarray) -> Spikes:
    """Flags of shape (steps, n) as spikes."""
    times, units = np.nonzero(fired)
    steps, n = fired.shape
    return Spikes._sorted(times.astype(float), units.astype(np.int32), n, float(steps))


def at_rest(n: int) -> NetworkState:
    """The state of `n` compartments without bias, before the first spike."""
    return NetworkState(np.zeros((RING, n), np.int32), *(np.zeros(n, np.int32) for _ in range(6)))


def sorted_events(groups: Sequence[SynapseGroup], n: int, convention: Convention = BRIAN2_LOIHI) -> Events:
    """What the kernels take; all arrays are int32."""
    return placed_events(groups, n, convention)[0]


def placed_events(
    groups: Sequence[SynapseGroup], n: int, convention: Convention = BRIAN2_LOIHI
) -> tuple[Events, np.ndarray]:
    """What the kernels take, and where in it each synapse stands, group after group.

    Examples
    --------
    >>> events, place = placed_events([SynapseGroup([1, 0], [0, 1], [6, 8])], 2)
    >>> print(events.w[place] // 64)
    [6 8]
    """
    parts = []
    for group in groups:
        if not isinstance(group, SynapseGroup):
            raise TypeError(f"synapses must be those of a SynapseGroup, got {type(group).__name__}")
        pre, post = (
            whole_array(name, values, 0, n - 1) for name, values in (("pre", group.pre), ("post", group.post))
        )
        if pre.ndim != 1 or post.shape != pre.shape:
            raise ValueError(f"pre and post must have shape (synapses,), got {pre.shape} and {post.shape}")
        w = effective_weights(group.w, group.synapse, convention)
        if convention.exponent_on_sum and whole("exponent", group.synapse.exponent, -99) < 0:
            raise ValueError(
                f"exponent must be zero or positive in a network of the convention {convention.name}, "
                f"got {group.synapse.exponent}"
            )
        delay = whole_array("delay", group.delay, max(0, 1 - convention.arrival), DELAY_MAX)
        for name, values in (("w", w), ("delay", delay)):
            if values.ndim and values.shape != pre.shape:
                raise ValueError(f"{name} must be a number or have shape {pre.shape}, got {values.shape}")
        parts.append((pre, post, *(np.broadcast_to(x, pre.shape) for x in (w, delay + convention.arrival))))
    none = [(np.zeros(0, np.int64),) * 4]
    pre, post, w, late = (np.concatenate(column) for column in zip(*none, *parts, strict=True))
    order = np.argsort(pre, kind="stable")
    begin = np.searchsorted(pre[order], np.arange(n + 1)).astype(np.int32)
    place = np.empty(order.size, np.int64)
    place[order] = np.arange(order.size)
    return Events(begin, *(x[order].astype(np.int32) for x in (post, w, late))), place


@kernel
def advance_group(t, state, first, last, input_limit, numbers):
    """One step of the compartments from `first` on, before `last`, with row t mod 64 of the ring."""
    ring, u, v, fired, wait, b, _ = state
    keep_u, keep_v, v_th, rest, v_min, drive_limit, edge = numbers
    own = slice(first, last)
    q = ring[t % RING, own]
    for k in range(len(q)):
        q[k] = wrapped(q[k], input_limit, 0)
    advance_in_place(
        q, u[own], v[own], wait[own], fired[own], b[own], keep_u, keep_v, v_th, rest, v_min, drive_limit, edge
    )


@kernel
def send(t, state, events):
    """The input of step t has been read; the spikes of the step go on their way."""
    ring, fired, ids = state.ring, state.fired, state.ids
    q, count = ring[t % RING], 0
    for k in range(len(q)):
        q[k] = 0
        if fired[k]:
            ids[count] = k
            count += 1
    bring(ids, count, t, ring, events)


@kernel
def network_step(t, state, events, input_limit, numbers):
    """One step of compartments that share their numbers."""
    advance_group(t, state, 0, len(state.u), input_limit, numbers)
    send(t, state, events)


@kernel
def groups_step(t, state, events, input_limit, begin, numbers):
    """One step of groups of compartments, the first of each in `begin`; `numbers` are arrays."""
    keep_u, keep_v, v_th, rest, v_min, drive_limit, edge = numbers
    for g in range(len(begin) - 1):
        own = Numbers(keep_u[g], keep_v[g], v_th[g], rest[g], v_min[g], drive_limit[g], edge[g])
        advance_group(t, state, begin[g], begin[g + 1], input_limit, own)
    send(t, state, events)


@kernel
def run(drive, state, events, watched, us, vs, input_limit, begin, numbers):
    """All steps; `state.fired` has a row for each."""
    ring, u, v, fired, wait, b, ids = state
    for t in range(len(drive)):
        row = ring[t % RING]
        for k in range(len(u)):
            row[k] += drive[t, k]
        groups_step(t, NetworkState(ring, u, v, fired[t], wait, b, ids), events, input_limit, begin, numbers)
        for k in range(watched.size):
            us[t, k], vs[t, k] = u[watched[k]], v[watched[k]]
