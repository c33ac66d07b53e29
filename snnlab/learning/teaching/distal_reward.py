r"""Distal reward: one synapse among many did it, and the reward comes seconds later.

Inputs fire at random and excite leaky integrate-and-fire neurons; noise makes these fire, too. In units of
the threshold, with rest at 0,

$$ \tau_m \dot v_i = -v_i, \qquad v_i \to v_i + w_{ij} \text{ at a spike of input } j, \qquad
v_i \to v_i + a \text{ at each kick of its noise} $$

and a neuron that reaches 1 fires and goes back to 0. Every weight follows reward-modulated STDP
(`snnlab.learning.rules.reward_stdp`); an input that makes a neuron fire at once came before it. One synapse,
from input 0 to neuron 0, is the right one: each spike of neuron 0 within `window` after the last spike of
input 0 is rewarded, later by a time that is drawn from `soonest` to `latest`. Dopamine reaches all synapses
alike.

Everything is exact, from event to event; `snnlab.learning.teaching.distal_run` has the kernel.

Source: E. M. Izhikevich (2007), Cerebral Cortex 17, 2443–2452. There a network of 1000 neurons with
100 synapses each is recurrent, a fifth of it inhibitory, its neurons are those of Izhikevich, and a little
dopamine is always there; here the neurons hear inputs and not each other.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import (
    AtLeastOne,
    NonNegative,
    Positive,
    affordable,
    checked,
    finite_array,
    non_negative,
)
from snnlab.learning.rules.reward_stdp import RewardSTDP, check_reward_stdp
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.learning.teaching.distal_run import (
    COMING,
    EARNED,
    EVENTS,
    FIRED,
    HEARD,
    NEXT,
    STATE,
    USED,
    Cells,
    Log,
    begin,
    run_events,
)
from snnlab.learning.trains import check_times, check_weights
from snnlab.random import seed_from
from snnlab.spikes import Spikes

__all__ = [
    "DISTAL_STDP",
    "DistalReward",
    "DistalRewardRun",
    "learn_distal",
    "learn_distal_given",
]

DISTAL_STDP = RewardSTDP(pairs=STDP(lambda_=0.06, alpha=1.5, w_max=0.4, zero_plus=1.0))
"""The rule of the experiment with a late reward: strong pairs, weights up to 0.4."""


class DistalReward(NamedTuple):
    """The neurons, their noise, and when there is a reward.

    Examples
    --------
    >>> DistalReward(n_pre=50).window
    10.0
    """

    n_pre: AtLeastOne = 100
    """Number of inputs."""
    n_post: AtLeastOne = 10
    """Number of neurons; every input excites every neuron."""
    rate: NonNegative = 1.0
    """Rate of each input, Hz."""
    tau_m: Positive = 20.0
    """Membrane time constant, ms."""
    noise_rate: NonNegative = 50.0
    """How often noise excites each neuron, Hz."""
    noise: NonNegative = 0.25
    """By how much it does, in units of the threshold."""
    window: NonNegative = 10.0
    """Neuron 0 has to fire so soon after input 0, ms."""
    soonest: NonNegative = 1000.0
    """The reward comes so much later at least, ms."""
    latest: NonNegative = 3000.0
    """And so much later at most, ms."""
    size: NonNegative = 1.0
    """How much dopamine a reward adds, 1/s."""


class DistalRewardRun(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> run = learn_distal(10_000.0, rng=np.random.default_rng(1))
    >>> run.w.shape
    (10, 100)
    """

    w: np.ndarray
    """The weights at the end, w[post, pre], in units of the threshold."""
    history: np.ndarray
    """The weights at each of the times asked for, (times, n_post, n_pre)."""
    inputs: Spikes
    """The spikes of the inputs."""
    spikes: Spikes
    """The spikes of the neurons."""
    rewards: np.ndarray
    """When rewards came, ms."""
    earned: np.ndarray
    """When neuron 0 earned one, ms; the reward of the last ones may come after the end."""

    @property
    def place(self) -> int:
        """The place of the right synapse by its weight at the end; of equal ones it is the last."""
        return int(np.sum(self.w >= self.w[0, 0]))


def check_distal_reward(net: DistalReward) -> DistalReward:
    """`net` with every number valid, and `latest` not before `soonest`."""
    valid = checked("net", net, DistalReward)
    if valid.latest < valid.soonest:
        raise ValueError(f"latest must not be before soonest ({valid.soonest:g} ms), got {valid.latest:g}")
    return valid


def learn_distal(
    duration: float,
    net: DistalReward = DistalReward(),
    rule: RewardSTDP = DISTAL_STDP,
    w: ArrayLike = 0.1,
    *,
    at: ArrayLike = (),
    rng: np.random.Generator,
) -> DistalRewardRun:
    """Let one synapse earn rewards that come late.

    Parameters
    ----------
    duration : float
        How long, ms.
    net
        The neurons, and when there is a reward.
    rule
        The numbers of reward-modulated STDP.
    w : float or array of shape (n_post, n_pre)
        The weights at the start, from 0 to w_max of the pair rule.
    at : array of shape (times,)
        Sorted times in ms, not after `duration`, for which the weights are wanted.
    rng
        The source of chance. One number is drawn from it.

    Examples
    --------
    >>> run = learn_distal(100_000.0, at=[0.0, 100_000.0], rng=np.random.default_rng(1))
    >>> print(run.history.shape, run.rewards.size <= run.earned.size)
    (2, 10, 100) True
    """
    return _learn(None, duration, net, rule, w, at, rng)


def learn_distal_given(
    rewards: ArrayLike,
    duration: float,
    net: DistalReward = DistalReward(),
    rule: RewardSTDP = DISTAL_STDP,
    w: ArrayLike = 0.1,
    *,
    at: ArrayLike = (),
    rng: np.random.Generator,
) -> DistalRewardRun:
    """The same network with rewards at given times, whatever it does: the control.

    Parameters
    ----------
    rewards : array of shape (rewards,)
        Sorted times, ms.
    duration, net, rule, w, at, rng
        As for `learn_distal`. With the same chance the inputs and the noise are the same.

    Examples
    --------
    >>> run = learn_distal_given([], 10_000.0, rng=np.random.default_rng(1))
    >>> bool((run.w == 0.1).all())
    True
    """
    rewards = finite_array("rewards", rewards, (1,), "(rewards,)")
    if (np.diff(rewards) < 0).any() or (rewards < 0).any():
        raise ValueError("rewards must be sorted and not negative, got some that are not")
    return _learn(rewards, duration, net, rule, w, at, rng)


def _learn(
    given: np.ndarray | None,
    duration: float,
    net: DistalReward,
    rule: RewardSTDP,
    w: ArrayLike,
    at: ArrayLike,
    rng: np.random.Generator,
) -> DistalRewardRun:
    """Both of the above."""
    net, rule, seed = check_distal_reward(net), check_reward_stdp(rule), seed_from(rng)
    duration, at = non_negative("duration", duration), check_times(at)
    if at.size and not 0.0 <= at[0] <= at[-1] <= duration:
        raise ValueError(f"at must be from 0 to duration ({duration:g} ms), got {at[0]:g} to {at[-1]:g}")
    affordable((net.rate * net.n_pre + net.noise_rate * net.n_post) / 1000.0 * duration)
    now = check_weights(w, net.n_post, net.n_pre, rule.pairs.w_max)
    affordable(float(at.size) * now.size)
    net_state = (np.zeros(now.shape), np.zeros(now.shape), np.zeros(net.n_pre))
    cells = Cells(
        now, *net_state, np.zeros(net.n_post), np.zeros(net.n_post), np.empty(EVENTS), np.empty(EVENTS)
    )
    state, used, room = np.zeros(STATE), np.zeros(USED, np.int64), 4096
    begin(cells, state, used, net, seed)
    rewards = np.empty(0) if given is None else given.copy()
    used[COMING] = rewards.size
    history, log = np.empty((at.size, *now.shape)), Log(*(np.empty(room + net.n_post) for _ in range(5)))
    kept: list[list[np.ndarray]] = [[np.empty(0)] for _ in log]
    for k, border in enumerate(np.append(at, duration)):
        done = False
        while not done:  # between two calls Ctrl-C is heard
            if given is None and rewards.size < used[COMING] + room + net.n_post:
                rewards = np.append(rewards, np.empty(rewards.size + 2 * room + net.n_post))
            done = run_events(cells, state, used, rewards, log, border, net, rule, given is None, seed)
            for name, part, count in zip(kept, log, used[[HEARD, HEARD, FIRED, FIRED, EARNED]], strict=True):
                name.append(part[:count].copy())
        if k < at.size:
            history[k] = now
    t_in, u_in, t_out, u_out, earned = (np.concatenate(parts) for parts in kept)
    came = rewards[: used[NEXT]].copy()
    inputs = Spikes(t_in, u_in.astype(int), n_units=net.n_pre, duration=duration)
    spikes = Spikes(t_out, u_out.astype(int), n_units=net.n_post, duration=duration)
    return DistalRewardRun(now, history, inputs, spikes, came, earned)
