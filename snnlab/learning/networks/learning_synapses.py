"""The synapses of a network that learn, as kernels take them.

A spike reaches all synapses of its neuron that have the same delay at one time. These are a *branch* of the
axon: they share one presynaptic trace. Where a projection has one delay, a neuron has one branch.

A synapse is looked for from both sides: from the branch that a spike comes by, and from the neuron that it
leads to. So the synapses stand in the order of their branches, and of each neuron there is a list of those
that come in.

The branches of a neuron stand side by side. Its spike comes by one after the other within a few ms, so what
the first of them reads is still in the cache of the processor when the last one comes.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.networks.cells.population import Population
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.events import Events, events_of
from snnlab.networks.running.projections import Projection, in_a_row
from snnlab.networks.wiring.connections import Connections

__all__ = ["Learned", "LearningProjection", "LearningSynapses", "at_start", "learning_synapses"]


class LearningProjection(NamedTuple):
    """Connections from one population to another, and the rule by which they learn."""

    projection: Projection
    rule: STDP


class LearningSynapses(NamedTuple):
    """What does not change; every delay of a projection stands for itself."""

    late: np.ndarray
    """Each delay in steps, int64 of shape (delays,)."""
    first: np.ndarray
    """The first neuron whose spikes come with it."""
    n: np.ndarray
    """How many neurons' do."""
    branch: np.ndarray
    """The branch of the first of them with this delay."""
    apart: np.ndarray
    """By how many branches that of the next neuron stands behind it: as many as there are delays."""
    rule: np.ndarray
    """The projection of each branch, int32 of shape (branches,)."""
    events: Events
    """The synapses of each branch, without a delay; ``events.w`` is what they learn."""
    begin: np.ndarray
    """Where the list of each neuron that is told begins in `incoming`, int64."""
    incoming: np.ndarray
    """The synapses that lead to a neuron, neuron after neuron, int32 of shape (synapses,)."""
    came_by: np.ndarray
    """The branch of each of these."""
    branches: np.ndarray
    """Where the branches of each projection begin, and the last ones end."""
    told: np.ndarray
    """The same of the neurons that are told, each counted once for each projection."""
    rule_told: np.ndarray
    """The projection that each of them is told by, int32."""
    first_told: np.ndarray
    """The first neuron that each projection tells, int64 of shape (projections,)."""
    shift: np.ndarray
    """From a synapse's place in a row of the ring to its neuron's number among those told."""
    sign: np.ndarray
    """−1 where synapses have negative weights: what learns is their amount."""
    keep_x: np.ndarray
    """What is left of a presynaptic trace after a step."""
    keep_y: np.ndarray
    """What is left of a postsynaptic trace after a step."""
    lambda_: np.ndarray
    alpha: np.ndarray
    mu_plus: np.ndarray
    mu_minus: np.ndarray
    w_max: np.ndarray
    zero_plus: np.ndarray
    zero_minus: np.ndarray


class Learned(NamedTuple):
    """What changes: a part of the state of the network."""

    w: np.ndarray
    """The weights, branch after branch, shape (synapses,)."""
    x: np.ndarray
    """The presynaptic trace of each branch, divided by `left_x` of its projection."""
    y: np.ndarray
    """The postsynaptic trace of each neuron that is told, divided by `left_y`."""
    left_x: np.ndarray
    """What time has left of all traces of a projection since they were last multiplied out."""
    left_y: np.ndarray
    fired: np.ndarray
    """Who fired in the last steps, a ring of shape (rows, room), int32."""
    counts: np.ndarray
    """How many did, shape (rows,)."""


class Part(NamedTuple):
    """One projection; its branches and the neurons that it tells are counted on from those before it."""

    delays: np.ndarray
    """`late`, `first`, `n`, `branch` and `apart` of each delay, shape (delays, 5)."""
    branch: np.ndarray
    """The branch of each synapse, shape (synapses,)."""
    neuron: np.ndarray
    """The neuron that it tells."""
    place: np.ndarray
    """Where it adds to a row of the ring."""
    w: np.ndarray
    delay: np.ndarray
    numbers: tuple[float, ...]
    """What there is one of, in the order of `LearningSynapses`, from `first_told` on."""


def learning_synapses(
    projections: Sequence[LearningProjection],
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    dt: float,
    dtype: DTypeLike,
) -> tuple[LearningSynapses, np.ndarray]:
    """The synapses of checked projections onto `n` neurons, and where each stood when it was given."""
    none = np.zeros(0, np.int64)
    parts, branches, told = [Part(none.reshape(0, 5), none, none, none, none, none, ())], [0], [0]
    for projection, rule in projections:
        part = part_of(projection, rule, branches[-1], told[-1], offsets, populations, n, dt)
        parts.append(part)
        branches.append(branches[-1] + part.delays.shape[0] * projection.lines.n_pre)
        told.append(told[-1] + projection.lines.n_post)
    delays, branch, neuron, place, w, delay = (
        np.concatenate(column) for column in zip(*(part[:-1] for part in parts), strict=True)
    )
    order = np.argsort(branch, kind="stable")
    branch, neuron = branch[order], neuron[order]
    lines = Connections(branch, place[order], w[order], delay[order], max(1, branches[-1]), 2 * n)
    events = events_of(lines, dt, dtype)
    incoming = np.argsort(neuron, kind="stable").astype(np.int32)
    begin = np.cumsum([0, *np.bincount(neuron, minlength=told[-1])])
    numbers = [part.numbers for part in parts if part.numbers]
    first_told, shift, *others = np.array(numbers).reshape(-1, 12).T.copy()
    rule_of, rule_told = (
        np.repeat(np.arange(len(projections), dtype=np.int32), np.diff(ends)) for ends in (branches, told)
    )
    late, first, n_sending, first_branch, apart = delays.T.copy()
    synapses = LearningSynapses(
        late, first, n_sending, first_branch, apart, rule_of,
        events._replace(late=np.zeros_like(events.late)), begin, incoming,
        branch[incoming].astype(np.int32), np.array(branches), np.array(told), rule_told,
        first_told.astype(np.int64), shift.astype(np.int64), *others,
    )  # fmt: skip
    return synapses, order


def part_of(
    projection: Projection,
    rule: STDP,
    branch: int,
    told: int,
    offsets: Mapping[str, int],
    populations: Mapping[str, Population],
    n: int,
    dt: float,
) -> Part:
    """One projection, whose first branch and first neuron that is told have these numbers."""
    lines, first, post = projection.lines, offsets[projection.pre], offsets[projection.post]
    inhibits = (lines.w < 0).any()
    place, w = in_a_row(projection, inhibits, offsets, populations, n)
    late, which = np.unique(np.rint(lines.delay / dt).astype(np.int64), return_inverse=True)
    same = [np.full_like(late, number) for number in (first, lines.n_pre, late.size)]
    delays = np.stack([late, *same[:2], branch + np.arange(late.size), same[2]], axis=1)
    numbers = (
        post, post + n * int(inhibits) - told, -1.0 if (w < 0).any() else 1.0,
        math.exp(-dt / rule.tau_plus), math.exp(-dt / rule.tau_minus),
        rule.lambda_, rule.alpha, rule.mu_plus, rule.mu_minus, rule.w_max, rule.zero_plus, rule.zero_minus,
    )  # fmt: skip
    own = branch + late.size * lines.pre.astype(np.int64) + which
    return Part(delays, own, told + lines.post, place, w, lines.delay, numbers)


def at_start(synapses: LearningSynapses, room: int) -> Learned:
    """Before the first step; `room` is for the spikes of one of them."""
    rows = rows_for(int(synapses.late.max(initial=0)))
    projections = synapses.sign.size
    return Learned(
        synapses.events.w.copy(), np.zeros(synapses.rule.size), np.zeros(synapses.told[-1]),
        np.ones(projections), np.ones(projections),
        np.zeros((rows, room), np.int32), np.zeros(rows, np.int64),
    )  # fmt: skip
