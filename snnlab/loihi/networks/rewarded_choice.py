r"""A choice that is learned from rewards: what to do at which stimulus, by a rule with three factors.

In each trial one of several stimuli is shown: the compartments of its group fire by chance, the others are
silent. They drive as many compartments as there are actions, which inhibit each other, so that one of them
takes the trial; a random push in each step lets all of them be tried. The host counts their spikes, takes the
action with the most, and gives a reward of $+R$ or $-R$ for one step, some steps later. The rule is

$$ \Delta t = 2^{-3}\, x_1 y_0 - 2^{-5}\, t, \qquad \Delta w = \lfloor 2^{-4}\, r\, t \rfloor $$

A spike of an action after one of the stimulus leaves a tag $t$ on the synapse, which fades; the reward turns
tags into weight. Neither spikes alone nor a reward alone moves a weight: it takes three factors. Rounding
down is not fair to both signs: a reward of 2 needs a tag of 8 to add anything, −2 takes 1 for a tag of 1.

Source: E. M. Izhikevich (2007), Cerebral Cortex 17(10), 2443-2452, on the tag and the late reward.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY, whole_array, whole_within
from snnlab.loihi.networks.closed_loop import built
from snnlab.loihi.networks.learning_group import Learner, LearningGroup, learn_step
from snnlab.loihi.networks.recurrent import (
    RING,
    CompartmentGroup,
    NetworkState,
    Numbers,
    SynapseGroup,
    groups_step,
)
from snnlab.loihi.neuron.compartments import Compartment
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import Trace, Traces
from snnlab.networks.running.events import Events
from snnlab.random import generator, seed_from, uniform
from snnlab.work_and_memory import afford, slices

__all__ = ["CHOICE_RULES", "ChoosingChip", "RewardedChoice", "choosing_chip", "learn_choice", "show"]

CHOICE_RULES = ("dt = 2^-3*x1*y0 - 2^-5*u0*t", "dw = u0*r*t")
"""A presynaptic trace at a postsynaptic spike goes into the tag, and a reward moves the weight by it.

The product of reward and tag is scaled down by 2⁴ (`term_shift`)."""

GROUP = 8  # compartments for each stimulus
RELAY = Compartment(decay_u=4096, decay_v=4096, v_th=1)  # fires whenever it is pushed
ACTION = Compartment(decay_u=512, decay_v=256, v_th=600, v_min=-6400)
SHOWN, PAUSE = 40, 90  # steps of the stimulus, and from the reward to the next trial
CHANCE = 0.15  # of a spike in a step of a compartment whose stimulus is shown
PUSH = 6000  # the largest random push
START, INHIBITS = 60, -200  # weights
LATEST = 120  # steps from the end of the stimulus to the reward
NS = 60.0  # about how long a synapse takes in a step, nanoseconds


class RewardedChoice(NamedTuple):
    """What was shown and done in each trial, and what it led to.

    Examples
    --------
    >>> run = learn_choice(trials=3, rng=np.random.default_rng(1))
    >>> run.stimulus.shape, run.w.shape
    ((3,), (3, 2, 64))
    """

    stimulus: np.ndarray
    """The stimulus of each trial, from 0."""
    choice: np.ndarray
    """The action that was taken; −1 where none had more spikes than all others."""
    right: np.ndarray
    """Whether it was the one that belongs to the stimulus; none is not."""
    reward: np.ndarray
    """The reward that was given, the factor r."""
    rule: np.ndarray
    """Which action belongs to each stimulus."""
    w: np.ndarray
    """Weights after each trial, shape (trials, actions, inputs); eight inputs in a row have a stimulus."""


class ChoosingChip(NamedTuple):
    """The network as the kernel takes it; in between two trials.

    Examples
    --------
    >>> chip = choosing_chip(4, 2, np.random.default_rng(1))
    >>> chip.state.u.size, chip.learner.place.size, chip.counts.size
    (34, 64, 2)
    """

    state: NetworkState
    events: Events
    learner: Learner
    """The synapses from inputs to actions."""
    begin: np.ndarray
    """Where inputs, actions, and nothing more begin."""
    numbers: Numbers
    counts: np.ndarray
    """Spikes of each action in this trial."""


def learn_choice(
    trials: int = 400,
    stimuli: int = 8,
    actions: int = 2,
    given: ArrayLike | None = None,
    *,
    reward: int = 2,
    late: int = 10,
    rng: np.random.Generator,
) -> RewardedChoice:
    """Learn on the chip which action belongs to which stimulus, from rewards alone.

    Parameters
    ----------
    trials : int
        How many stimuli are shown, one after the other, 1 to 100,000.
    stimuli, actions : int
        How many there are, 2 to 64 and 2 to 16. Each action belongs to as many stimuli as the others, or one
        more.
    given : array of int of shape (trials,), optional
        Rewards that are given whatever is done, −127 to 127; `rng.permutation` of those that another run
        earned is a control.
    reward : int
        R, what is given for the right action, 0 to 127; for another one, or none, it is −R.
    late : int
        Steps from the end of the stimulus to the reward, 0 to 120.
    rng
        Where stimuli, pushes and roundings come from.

    Examples
    --------
    >>> run = learn_choice(rng=np.random.default_rng(1))
    >>> print(f"right: {run.right[:8].sum()} of the first 8 trials, {run.right[-100:].sum()} of the last 100")
    right: 3 of the first 8 trials, 100 of the last 100
    """
    trials, stimuli, actions, reward, late = (
        whole_within(name, value, least, most)
        for name, value, least, most in (
            ("trials", trials, 1, 100_000), ("stimuli", stimuli, 2, 64), ("actions", actions, 2, 16),
            ("reward", reward, 0, 127), ("late", late, 0, LATEST),
        )
    )  # fmt: skip
    rng, rewards = generator(rng), np.zeros(trials, np.int64)
    if given is not None:
        rewards = whole_array("given", given, -127, 127)
        if rewards.shape != (trials,):
            raise ValueError(f"given must have shape ({trials},), got {rewards.shape}")
    synapses = stimuli * actions * GROUP
    of_trial = NS * synapses * (SHOWN + late + PAUSE)
    afford("trials, stimuli and actions", numbers=trials * synapses / 4, steps=trials, ns=of_trial)
    rule = rng.permutation(np.arange(stimuli) % actions)
    order = np.concatenate([rng.permutation(stimuli) for _ in range(-(-trials // stimuli))])[:trials]
    choice, w = np.empty(trials, np.int64), np.empty((trials, synapses), np.int16)
    chip, seed = choosing_chip(stimuli, actions, rng), seed_from(rng)
    for begin, end in slices(trials, of_trial):
        run(chip, begin, end, order, rule, given is None, reward, late, rewards, choice, w, seed)
    right, weights = choice == rule[order], w.reshape(trials, actions, -1)
    return RewardedChoice(order, choice, right, rewards, rule, weights)


def choosing_chip(stimuli: int, actions: int, rng: np.random.Generator | np.uint64) -> ChoosingChip:
    """Inputs, actions, the synapses between them, which learn, and those by which actions inhibit others."""
    n_in = GROUP * stimuli
    post, pre = np.divmod(np.arange(actions * n_in), n_in)
    lines = SynapseGroup(pre, n_in + post, START, synapse=Synapse(sign_mode=EXCITATORY))
    one, other = np.nonzero(~np.eye(actions, dtype=bool))
    rivals = SynapseGroup(n_in + one, n_in + other, INHIBITS, synapse=Synapse(sign_mode=INHIBITORY))
    learning = LearningGroup(lines, CHOICE_RULES, Traces(x1=Trace(impulse=32, tau=8)))
    cells = [CompartmentGroup(n_in, RELAY), CompartmentGroup(actions, ACTION)]
    n = n_in + actions
    chip = built(n, [learning, rivals], cells, BRIAN2_LOIHI, 1, np.zeros(n, np.int32), 0, rng)
    counts = np.zeros(actions, np.int32)
    return ChoosingChip(chip.state, chip.events, chip.learners[0], chip.begin, chip.numbers, counts)


@kernel
def run(chip, begin, end, order, rule, earned, size, late, rewards, choice, w, seed):
    """The trials from `begin` on, before `end`."""
    for k in range(begin, end):
        t, right = k * (SHOWN + late + PAUSE), rule[order[k]]
        low, high = (-size, size) if earned else (rewards[k], rewards[k])
        choice[k], rewards[k] = show(chip, t, order[k], right, low, high, late, seed)
        for i in range(w.shape[1]):
            w[k, i] = chip.learner.state.z[0, i]


@kernel
def show(chip, t, stimulus, right, low, high, late, seed):
    """A trial from step t on, the chip step by step and its host; the choice, and what was given for it.

    The host gives `high` for the choice `right`, and `low` for another one or none. It has seen the spikes of
    the steps before the reward, not those of the same step.
    """
    state, counts = chip.state, chip.counts
    first, choice, given = chip.begin[1], -1, low
    counts[:] = 0
    for s in range(SHOWN + late + PAUSE):
        if s < SHOWN:
            _push(state.ring[(t + s) % RING], t + s, stimulus, first, seed)
        groups_step(t + s, state, chip.events, np.int32(0), chip.begin, chip.numbers)
        r = 0.0
        if s == SHOWN + late:
            choice = _most(counts)
            given = high if choice == right else low
            r = float(given)
        for a in range(counts.size):
            counts[a] += state.fired[first + a]
        learn_step(t + s, state.fired, chip.events, chip.learner, r)
    return choice, given


@kernel
def _push(row, t, stimulus, first, seed):
    """What comes from outside in step t: to the stimulus by chance, to the actions of random size."""
    for i in range(row.size):
        chance = uniform(seed, np.uint64(i), np.uint64(t))
        if i >= first:
            row[i] += np.int32(PUSH * chance)
        elif i // GROUP == stimulus and chance < CHANCE:
            row[i] += 128


@kernel
def _most(counts):
    """The action with the most spikes; −1 if two have."""
    best = 0
    for a in range(1, counts.size):
        if counts[a] > counts[best]:
            best = a
    for a in range(counts.size):
        if a != best and counts[a] == counts[best]:
            return -1
    return best
