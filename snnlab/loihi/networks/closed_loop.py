r"""The closed loop: synapses that learn from the spikes which they bring about.

In each step the compartments take what arrives, fire, and their spikes go on their way with the weights of
now. Then the learning engine notes who has fired. At the end of a learning epoch it follows its rules, and
the new weights and delays hold for all spikes from the next step on. What is under way is not changed.

$$ s(t) = \text{network}\big(w(t)\big), \qquad
w(t + 1) = \text{engine}\big(w(t),\ s(t),\ r(t)\big) $$

The reward $r$ comes from the host, a computer beside the chip, which may have looked at the spikes so far:
`learn_in_network` runs the chip, and `learn_on` lets it go on with what the host says next.

The engine is that of `snnlab.loihi.plasticity.learning`: given the spikes of this network, `learn` finds the
same weights. A group of synapses has a rule and traces of its own.

In which step does a spike count for learning? In lava in the one in which it is fired, and so it is here. In
brian2-loihi and nengo-loihi, which bring synapses up to date before neurons, in the next, as it arrives. For
a network this is the same, one step later: recordings of brian2-loihi fire every spike that this loop fires,
and their weights after step $t + 1$ are those here after step $t$. Only a delay parts them. In brian2-loihi a
presynaptic spike counts when its delay is over, here when it is fired, as if the delay came after the engine;
of lava and nengo-loihi no synapse that learns has a delay. For the other answer put a relay behind the delay.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import scaled_bias, whole_array
from snnlab.loihi.networks.learning_group import Learner, LearningGroup, learn_step, learner_for
from snnlab.loihi.networks.recurrent import (
    RING,
    CompartmentGroup,
    NetworkState,
    Numbers,
    SynapseGroup,
    at_rest,
    drive_from_outside,
    groups_step,
    numbers_of_groups,
    placed_events,
    spikes_from,
)
from snnlab.loihi.neuron.compartments import Compartment, row_for
from snnlab.loihi.neuron.traces import check_epoch
from snnlab.loihi.plasticity.learning import copy
from snnlab.loihi.plasticity.learning_setup import whole_reward
from snnlab.loihi.random_numbers import LavaGenerators
from snnlab.networks.running.events import Events
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford, slices

__all__ = ["LearnedGroup", "NetworkLearning", "learn_in_network", "learn_on"]

NS = 20.0  # about how long a compartment or a synapse takes in a step, nanoseconds, at most


class LearnedGroup(NamedTuple):
    """What became of a group, int16, one row for each epoch that was kept; synapses in the order given.

    Examples
    --------
    >>> group = LearningGroup(SynapseGroup([0], [1], 100), "dw = 2*u0")
    >>> learn_in_network(np.zeros((3, 2)), group, rng=np.random.default_rng(1)).learned[0].w.ravel()
    array([102, 104, 106], dtype=int16)
    """

    w: np.ndarray
    """Weights, shape (epochs, synapses)."""
    delay: np.ndarray
    """Delays, of the same shape."""
    tag: np.ndarray
    """Tags, of the same shape."""


class Chip(NamedTuple):
    """A network in between two steps, with all that it needs to go on."""

    t: int
    """The next step."""
    state: NetworkState
    events: Events
    learners: tuple[Learner, ...]
    begin: np.ndarray
    numbers: Numbers
    input_limit: np.int32


class NetworkLearning(NamedTuple):
    """What the network did, and what it learned.

    Examples
    --------
    >>> group = LearningGroup(SynapseGroup([0], [1], 100), "dw = 2*u0")
    >>> run = learn_in_network(np.zeros((3, 2)), group, rng=np.random.default_rng(1))
    >>> run.spikes.n_spikes, len(run.learned), run.end.t
    (0, 1, 3)
    """

    spikes: Spikes
    """A spike in the k-th step of this run has the time k; a step counts as 1 ms."""
    u: np.ndarray
    """Current after each step of the compartments that are recorded, int32 of shape (steps, recorded)."""
    v: np.ndarray
    """Their voltage after each step."""
    learned: tuple[LearnedGroup, ...]
    """Weights, delays and tags of each `LearningGroup`, in their order."""
    end: Chip
    """The network after the last step, for `learn_on`."""


def learn_in_network(
    q: ArrayLike,
    synapses: LearningGroup | SynapseGroup | Sequence[LearningGroup | SynapseGroup],
    compartment: Compartment | Sequence[CompartmentGroup] = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    t_epoch: int = 1,
    reward: ArrayLike = 0,
    bias: ArrayLike = 0,
    bias_exp: ArrayLike = 0,
    record: ArrayLike = (),
    every: int = 1,
    rng: np.random.Generator | LavaGenerators,
) -> NetworkLearning:
    """Compartments that fire, and synapses between them that learn from it.

    Parameters
    ----------
    q : array of int of shape (steps, n)
        The input from outside, as in `simulate_compartments`.
    synapses : LearningGroup, SynapseGroup or a list of them
        A `LearningGroup` learns, a `SynapseGroup` stays as it is.
    compartment : Compartment or list of CompartmentGroup
        The numbers that all compartments share, or those of one group after the other.
    convention
        How the chip is read.
    t_epoch : int
        Steps of a learning epoch, 1 to 63, the same for all groups.
    reward : int or array of int of shape (steps,)
        The factor r of all rules in each step, −127 to 127. A term with u reads that of the epoch's last
        step, and any other that of the step of its spike: what comes in another step is lost to it.
    bias, bias_exp : int or array of shape (n,)
        Mantissa, −4096 to 4095, and exponent, 0 to 7, of the bias.
    record : array of int
        Which compartments are recorded, from 0.
    every : int
        Weights are kept after every so many epochs.
    rng
        Where the random numbers of the roundings come from; where one group learns as lava does,
        `lava_generators(seed)` too.

    Examples
    --------
    The first compartment is pushed and fires, and takes the second one with it; their synapse grows:

    >>> from snnlab.loihi import EXCITATORY, Synapse, Trace, Traces
    >>> q = np.zeros((400, 2), int)
    >>> q[::20, 0] = 640
    >>> line = SynapseGroup([0], [1], 110, synapse=Synapse(sign_mode=EXCITATORY))
    >>> grows = LearningGroup(line, "dw = 2^-4*x1*y0", Traces(x1=Trace(impulse=64, tau=10)))
    >>> cell = Compartment(4096, 4096, 9)
    >>> run = learn_in_network(q, grows, cell, rng=np.random.default_rng(1))
    >>> print(run.spikes.n_spikes, run.learned[0].w[[0, 99, 399], 0])
    40 [110 130 191]
    """
    drive, n = drive_from_outside(q), np.shape(q)[1]
    chip = built(
        n, synapses, compartment, convention, t_epoch, row_for("bias", scaled_bias(bias, bias_exp), n),
        len(drive), rng,
    )  # fmt: skip
    return _ran(chip, drive, reward, record, every)


def learn_on(
    end: Chip, q: ArrayLike, *, reward: ArrayLike = 0, record: ArrayLike = (), every: int = 1
) -> NetworkLearning:
    """Let a network go on, after the host has looked at what it did.

    Parameters
    ----------
    end
        Where it stopped, `NetworkLearning.end`; it is not changed, and another run may go on from it as well.
    q, reward, record, every
        As in `learn_in_network`, for the steps that follow.

    Raises
    ------
    ValueError
        In the convention of lava, whose random numbers are drawn before a run.

    Examples
    --------
    In two parts or in one, it is the same run:

    >>> group = LearningGroup(SynapseGroup([0], [1], 0), "dw = 2*u0*r")
    >>> first = learn_in_network(np.zeros((5, 2)), group, reward=3, rng=np.random.default_rng(1))
    >>> second = learn_on(first.end, np.zeros((5, 2)), reward=9)
    >>> print(first.learned[0].w[-1], second.learned[0].w[-1], second.end.t)
    [30] [120] 10
    """
    if not isinstance(end, Chip):
        raise TypeError(f"end must be the end of a run of learn_in_network, got {type(end).__name__}")
    if not all(learner.engine.numbers.own for learner in end.learners):
        raise ValueError("end must be of a convention with random numbers of its own, got that of lava")
    drive, n = drive_from_outside(q), end.state.u.size
    if drive.shape[1] != n:
        raise ValueError(f"q must have shape (steps, {n}), got {drive.shape}")
    return _ran(_copied(end), drive, reward, record, every)


def built(
    n: int,
    synapses: LearningGroup | SynapseGroup | Sequence[LearningGroup | SynapseGroup],
    compartment: Compartment | Sequence[CompartmentGroup],
    convention: Convention,
    t_epoch: int,
    bias: np.ndarray,
    steps: int,
    rng: np.random.Generator | np.uint64 | LavaGenerators,
) -> Chip:
    """The network before its first step."""
    begin, numbers = numbers_of_groups(compartment, n, convention)
    groups: Any = [synapses] if isinstance(synapses, SynapseGroup | LearningGroup) else synapses
    if not isinstance(groups, Sequence) or not all(
        isinstance(group, SynapseGroup | LearningGroup) for group in groups
    ):
        raise TypeError(
            f"synapses must be a LearningGroup, a SynapseGroup or a list of them, got {synapses!r:.60}"
        )
    learning = [group for group in groups if isinstance(group, LearningGroup)]
    if not learning:
        raise ValueError(
            "synapses must have a LearningGroup, got none: simulate_network is for those that stay"
        )
    if isinstance(rng, LavaGenerators) and len(learning) > 1:
        raise ValueError(f"rng must be a numpy.random.Generator where {len(learning)} groups learn")
    lines = [group.synapses if isinstance(group, LearningGroup) else group for group in groups]
    events, place = placed_events(lines, n, convention)
    ends = np.cumsum([0, *(np.size(group.pre) for group in lines)])
    learners = tuple(
        learner_for(group, place[ends[k] : ends[k + 1]], convention, check_epoch(t_epoch), steps, rng)
        for k, group in enumerate(groups)
        if isinstance(group, LearningGroup)
    )
    state = at_rest(n)._replace(b=bias)
    return Chip(0, state, events, learners, begin, numbers, np.int32(convention.input_limit))


def _copied(thing: Any) -> Any:
    """A named tuple of arrays, whose arrays are others."""
    if isinstance(thing, np.ndarray):
        return thing.copy()
    if isinstance(thing, tuple):
        parts = [_copied(part) for part in thing]
        return type(thing)(*parts) if hasattr(thing, "_fields") else tuple(parts)
    return thing


def _ran(chip: Chip, drive: np.ndarray, reward: ArrayLike, record: ArrayLike, every: int) -> NetworkLearning:
    """Allocate, run, and name what came out; `chip` is changed."""
    steps, n = drive.shape
    watched = whole_array("record", record, 0, n - 1).astype(np.int64).ravel()
    r = whole_reward(reward, steps)
    t_epoch, often = chip.learners[0].state.reward.size, whole("every", every, 1)
    rows = (chip.t + steps) // (t_epoch * often) - chip.t // (t_epoch * often)
    n_learned = sum(learner.place.size for learner in chip.learners)
    of_step = NS * (1 + n + watched.size + chip.events.w.size + n_learned)
    afford("the epochs that are kept", numbers=3.0 * rows * n_learned / 4)
    afford("steps and synapses", numbers=steps * (n / 8 + watched.size), steps=steps, ns=of_step)
    kept = tuple(np.zeros((rows, 3, learner.place.size), np.int16) for learner in chip.learners)
    fired = np.empty((steps, n), np.uint8)
    us, vs = np.empty((2, steps, watched.size), np.int32)
    for begin, end in slices(steps, of_step):
        own, t = slice(begin, end), chip.t + begin
        row = t // (t_epoch * often) - chip.t // (t_epoch * often)
        run(
            drive[own], r[own], t, chip.state, fired[own], chip.events, chip.learners,
            tuple(z[row:] for z in kept), often, watched, us[own], vs[own],
            chip.input_limit, chip.begin, chip.numbers,
        )  # fmt: skip
    if steps:
        chip.state.fired[:] = fired[-1]
    learned = tuple(LearnedGroup(z[:, 0], z[:, 1], z[:, 2]) for z in kept)
    return NetworkLearning(spikes_from(fired), us, vs, learned, chip._replace(t=chip.t + steps))


@kernel
def run(
    drive, reward, first, state, fired, events, learners, kept, every, watched, us, vs,
    input_limit, begin, numbers,
):  # fmt: skip
    """All steps, of which the first has the number `first`."""
    ring, u, v, _, wait, b, ids = state
    t_epoch = learners[0].state.reward.size
    rows = first // (t_epoch * every)
    for k in range(len(drive)):
        t = first + k
        row = ring[t % RING]
        for i in range(len(u)):
            row[i] += drive[k, i]
        groups_step(t, NetworkState(ring, u, v, fired[k], wait, b, ids), events, input_limit, begin, numbers)
        keeps = (t + 1) % (t_epoch * every) == 0
        at = t // (t_epoch * every) - rows
        for g in range(len(learners)):
            learn_step(t, fired[k], events, learners[g], reward[k])
            if keeps:
                copy(learners[g].state.z, kept[g][at])
        for i in range(watched.size):
            us[k, i], vs[k, i] = u[watched[i]], v[watched[i]]
