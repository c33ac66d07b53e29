r"""Synapses of a network that learn by a rule of their own, and what the network's kernel takes of them.

After each step of the network the learning engine notes which neurons of the group have fired; at the end of
a learning epoch it writes what a spike adds from now on,

$$ w_s \leftarrow \text{told}(z_s), $$

with the mantissa $z_s$ that it has learned and the effective weight of it, into the events of the network.
The engine is that of `snnlab.loihi.plasticity.learning`; the network is that of
`snnlab.loihi.networks.closed_loop`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import uncounted_kernel
from snnlab.loihi.conventions import Convention
from snnlab.loihi.fixed_point import DELAY_MAX, whole_array
from snnlab.loihi.networks.recurrent import SynapseGroup
from snnlab.loihi.neuron.synapses import stored_weights, told
from snnlab.loihi.neuron.traces import Traces
from snnlab.loihi.plasticity.learning import (
    Engine,
    LearningState,
    engine_for,
    learning_epoch,
    learning_state,
    numbers_of_traces,
)
from snnlab.loihi.plasticity.learning_setup import TAG_BITS, engine_bounds, learned_targets, parsed_rules
from snnlab.loihi.plasticity.rules import Rule, term_arrays
from snnlab.loihi.random_numbers import LavaGenerators, rounding_numbers

__all__ = ["LearningGroup"]

LOWEST = -257  # the smallest number that a weight of the engine can be


class LearningGroup(NamedTuple):
    """Synapses that learn by a rule of their own.

    Examples
    --------
    >>> group = LearningGroup(SynapseGroup([0, 1], [2, 2], 100), "dw = 2^-2*x1*y0", Traces())
    >>> group.rules
    'dw = 2^-2*x1*y0'

    In a network, where compartment 0 has fired before compartment 2:

    >>> from snnlab.loihi import Compartment, Trace
    >>> from snnlab.loihi.networks.closed_loop import learn_in_network
    >>> group = group._replace(traces=Traces(x1=Trace(impulse=64, tau=10)))
    >>> q = np.zeros((3, 3), int)
    >>> q[0, 0], q[1, 2] = 640, 640
    >>> run = learn_in_network(q, group, Compartment(4096, 4096, 9), rng=np.random.default_rng(1))
    >>> run.learned[0].w[-1]
    array([116, 100], dtype=int16)
    """

    synapses: SynapseGroup
    """Who is joined to whom, and the weights and delays at the start; no pair of compartments twice."""
    rules: str | Rule | Sequence[str | Rule]
    """One rule or several, for different targets, as in `learn`."""
    traces: Traces = Traces()
    """How the traces of its compartments grow and fade, as this group sees them."""
    tag: ArrayLike = 0
    """Tags at the start, −256 to 255: a number for all or shape (synapses,)."""


class Learner(NamedTuple):
    """What the kernel takes of a group that learns."""

    state: LearningState
    engine: Engine
    pre_units: np.ndarray
    """Which compartments its presynaptic neurons are."""
    post_units: np.ndarray
    spikes_x: np.ndarray
    """Which of them fire in this step."""
    spikes_y: np.ndarray
    place: np.ndarray
    """Where each synapse stands in the events of the network."""
    reach: np.ndarray
    """What a spike adds through each weight, from `LOWEST` on."""
    arrival: int


def learner_for(
    group: LearningGroup,
    place: np.ndarray,
    convention: Convention,
    t_epoch: int,
    steps: int,
    rng: np.random.Generator | np.uint64 | LavaGenerators,
) -> Learner:
    """A group as the kernel takes it; its neurons are counted from 0 in the order of their compartments."""
    lines, rules = group.synapses, parsed_rules(group.rules)
    pre_units, pre = np.unique(np.asarray(lines.pre, np.int64), return_inverse=True)
    post_units, post = np.unique(np.asarray(lines.post, np.int64), return_inverse=True)
    if np.unique(pre + post * max(pre_units.size, 1)).size < pre.size:
        raise ValueError("synapses that learn must join no pair of compartments twice")
    tag = whole_array("tag", group.tag, -(1 << TAG_BITS), (1 << TAG_BITS) - 1)
    if tag.shape not in ((), pre.shape):
        raise ValueError(f"tag must be a number or have shape {pre.shape}, got {tag.shape}")
    z = np.empty((3, pre.size))
    z[0], z[1], z[2] = stored_weights(lines.w, lines.synapse, convention), np.asarray(lines.delay), tag
    limits, grid = engine_bounds(lines.synapse, convention)
    limits[1] = max(0, 1 - convention.arrival), DELAY_MAX  # what the ring has room for
    x, y = numbers_of_traces(group.traces, convention, t_epoch)
    terms = term_arrays(rules, convention)
    engine = engine_for(
        pre, post, terms, learned_targets(rules), x, y, (limits, grid), True, convention,
        rounding_numbers(rng, convention, steps, t_epoch),
    )  # fmt: skip
    reach = told(np.arange(LOWEST, 256), int(limits[0, 0]), int(limits[0, 1]), lines.synapse, convention)
    return Learner(
        learning_state(z, pre_units.size, post_units.size, len(terms.target), t_epoch), engine,
        pre_units, post_units, np.zeros(pre_units.size, np.uint8), np.zeros(post_units.size, np.uint8),
        place, reach.astype(np.int32), convention.arrival,
    )  # fmt: skip


@uncounted_kernel
def learn_step(t, fired, events, learner, reward):
    """The learning of one group in step t, after its spikes were sent; whether an epoch has ended."""
    state, engine, place = learner.state, learner.engine, learner.place
    for j in range(learner.pre_units.size):
        learner.spikes_x[j] = fired[learner.pre_units[j]]
    for i in range(learner.post_units.size):
        learner.spikes_y[i] = fired[learner.post_units[i]]
    if not learning_epoch(t, state, engine, learner.spikes_x, learner.spikes_y, reward):
        return False
    for s in range(place.size):
        if engine.learned[0]:
            events.w[place[s]] = learner.reach[int(state.z[0, s]) - LOWEST]
        if engine.learned[1]:
            events.late[place[s]] = np.int32(state.z[1, s]) + learner.arrival
    return True
