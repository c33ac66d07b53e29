r"""A choice that is learned from rewards: what to do at which stimulus, by a rule with three factors.

In each trial one of several stimuli is shown: the compartments of its group fire by chance, the others are
silent. They drive as many compartments as there are actions, which inhibit each other, so that one of them
takes the trial; a random push in each step lets all of them be tried. The host counts their spikes, takes the
action with the most, and gives a reward of $+r$ or $-r$ for one step, some steps later. The rule is

$$ \dot t = 2^{-a} x_1 y_0 - 2^{-k} t, \qquad \dot w = r\, t $$

A spike of an action after one of the stimulus leaves a tag $t$ on the synapse, which fades; the reward turns
tags into weight. Neither spikes alone nor a reward alone moves a weight: it takes three factors.

Source: E. M. Izhikevich (2007), Cerebral Cortex 17(10), 2443-2452, on the tag and the late reward.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY, whole_array, whole_within
from snnlab.loihi.networks.closed_loop import Chip, built
from snnlab.loihi.networks.learning_group import LearningGroup, learn_step
from snnlab.loihi.networks.recurrent import RING, CompartmentGroup, SynapseGroup, groups_step
from snnlab.loihi.neuron.compartments import Compartment
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import Trace, Traces
from snnlab.random import seed_from, uniform

__all__ = ["CHOICE_RULES", "RewardedChoice", "learn_choice"]

CHOICE_RULES = ("dt = 2^-3*x1*y0 - 2^-5*u0*t", "dw = u0*r*t")
"""A presynaptic trace at a postsynaptic spike goes into the tag, and a reward moves the weight by it.

The product of reward and tag is scaled down by 2⁴ (`term_shift`)."""

GROUP = 8  # compartments for each stimulus
RELAY = Compartment(decay_u=4096, decay_v=4096, v_th=1)  # fires whenever it is pushed
ACTION = Compartment(decay_u=512, decay_v=256, v_th=600, v_min=-6400)
SHOWN, WAIT, PAUSE = 40, 10, 90  # steps of the stimulus, from its end to the reward, and to the next trial
CHANCE = 0.15  # of a spike in a step of a compartment whose stimulus is shown
PUSH = 6000  # the largest random push
START, INHIBITS = 60, -200  # weights
SIZE = 2  # of a reward


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
    """The action that was taken; −1 where none was the first alone."""
    right: np.ndarray
    """Whether it was the one that belongs to the stimulus."""
    reward: np.ndarray
    """The reward that was given, the factor r."""
    rule: np.ndarray
    """Which action belongs to each stimulus."""
    w: np.ndarray
    """Weights after each trial, shape (trials, actions, inputs); eight inputs in a row have a stimulus."""


def learn_choice(
    trials: int = 400,
    stimuli: int = 8,
    actions: int = 2,
    given: ArrayLike | None = None,
    *,
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
    rng
        Where stimuli, pushes and roundings come from.

    Examples
    --------
    >>> run = learn_choice(rng=np.random.default_rng(1))
    >>> print(f"right: {run.right[:8].sum()} of the first 8 trials, {run.right[-100:].sum()} of the last 100")
    right: 3 of the first 8 trials, 100 of the last 100
    """
    trials, stimuli, actions = (
        whole_within(name, value, least, most)
        for name, value, least, most in (
            ("trials", trials, 1, 100_000), ("stimuli", stimuli, 2, 64), ("actions", actions, 2, 16)
        )
    )  # fmt: skip
    rewards = np.zeros(trials, np.int64)
    if given is not None:
        rewards = whole_array("given", given, -127, 127)
        if rewards.shape != (trials,):
            raise ValueError(f"given must have shape ({trials},), got {rewards.shape}")
    rule = rng.permutation(np.arange(stimuli) % actions)
    order = np.concatenate([rng.permutation(stimuli) for _ in range(-(-trials // stimuli))])[:trials]
    choice, w = np.empty(trials, np.int64), np.empty((trials, actions, stimuli * GROUP), np.int16)
    chip = choosing_chip(stimuli, actions, rng)
    run_trials(
        chip.state, chip.events, chip.learners[0], chip.begin, chip.numbers, order, rule, given is None,
        rewards, choice, w.reshape(trials, -1), np.zeros(actions, np.int64), seed_from(rng),
    )  # fmt: skip
    return RewardedChoice(order, choice, choice == rule[order], rewards, rule, w)


def choosing_chip(stimuli: int, actions: int, rng: np.random.Generator) -> Chip:
    """Inputs, actions, the synapses between them, which learn, and those by which actions inhibit others."""
    n_in = GROUP * stimuli
    post, pre = np.divmod(np.arange(actions * n_in), n_in)
    lines = SynapseGroup(pre, n_in + post, START, synapse=Synapse(sign_mode=EXCITATORY))
    one, other = np.nonzero(~np.eye(actions, dtype=bool))
    rivals = SynapseGroup(n_in + one, n_in + other, INHIBITS, synapse=Synapse(sign_mode=INHIBITORY))
    learning = LearningGroup(lines, CHOICE_RULES, Traces(x1=Trace(impulse=32, tau=8)))
    cells = [CompartmentGroup(n_in, RELAY), CompartmentGroup(actions, ACTION)]
    n = n_in + actions
    return built(n, [learning, rivals], cells, BRIAN2_LOIHI, 1, np.zeros(n, np.int32), 0, rng)


@kernel
def run_trials(
    state, events, learner, begin, numbers, order, rule, earned, rewards, choice, w, counts, seed
):  # fmt: skip
    """All trials: the chip step by step, and the host, which counts and rewards."""
    n, first = len(state.u), begin[1]
    length = SHOWN + WAIT + PAUSE
    for k in range(len(order)):
        counts[:] = 0
        for s in range(length):
            t = k * length + s
            row = state.ring[t % RING]
            if s < SHOWN:
                for i in range(n):
                    chance = uniform(seed, np.uint64(i), np.uint64(t))
                    if i >= first:
                        row[i] += np.int32(PUSH * chance)
                    elif i // GROUP == order[k] and chance < CHANCE:
                        row[i] += 128
            groups_step(t, state, events, np.int32(0), begin, numbers)
            for a in range(counts.size):
                counts[a] += state.fired[first + a]
            r = 0.0
            if s == SHOWN + WAIT:
                choice[k] = _most(counts)
                if earned:
                    rewards[k] = SIZE if choice[k] == rule[order[k]] else -SIZE
                r = float(rewards[k])
            learn_step(t, state.fired, events, learner, r)
        for i in range(w.shape[1]):
            w[k, i] = learner.state.z[0, i]


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
