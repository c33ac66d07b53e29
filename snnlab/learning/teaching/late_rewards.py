r"""How late may a reward come? One synapse among many earns it, and what is left of its trace decides.

The network is that of `snnlab.learning.learn_distal`. A reward comes after $T$ on average, drawn from half of
it to one and a half of it. By then $e^{-T/\tau_c}$ of the eligibility trace is left, and every other synapse
has a trace of its own. Minute by minute the synapse that earns the rewards is compared with its rivals.

Source: E. M. Izhikevich (2007), Cerebral Cortex 17, 2443–2452.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import affordable, non_negative, whole
from snnlab.compiling import kernel
from snnlab.learning.rules.reward_stdp import RewardSTDP, check_reward_stdp
from snnlab.learning.teaching.distal_reward import DISTAL_STDP, DistalReward, check_distal_reward
from snnlab.learning.teaching.distal_run import EVENTS, NEXT, STATE, USED, Cells, Log, begin, run_events
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["LateRewards", "late_rewards"]

MINUTE, SHOWN, POINTS = 60_000.0, 12.0, 241  # ms; s after a pair
START = 0.1  # the weights in the beginning, in units of the threshold
ROOM, MOST = 2048, 8192  # of the log; rewards


class LateRewards(NamedTuple):
    """The synapse that earns the rewards, and its rivals.

    Examples
    --------
    >>> seen = late_rewards(2.0, minutes=2, rng=np.random.default_rng(1))
    >>> print(f"{seen.left:.1f} = 100 / e²")
    13.5 = 100 / e²
    """

    w: np.ndarray
    """All weights at the end, w[post, pre], in units of the threshold; [0, 0] earns the rewards."""
    minutes: np.ndarray
    """Time, min."""
    right: np.ndarray
    """The weight of the synapse that earns the rewards, at each minute."""
    rival: np.ndarray
    """The strongest other one."""
    mean: np.ndarray
    """The mean of the others."""
    s: np.ndarray
    """Time since a pair of spikes, s."""
    eligibility: np.ndarray
    """What is left there of the trace of this pair, of 1."""
    dopamine: np.ndarray
    """The dopamine of a reward that comes after the mean delay, of 1."""
    place: float
    """The place of the right synapse by its weight at the end; NaN if no weight moved."""
    of: int
    """The number of synapses."""
    won: float
    """The weight of the right one at the end."""
    best: float
    """The weight of its strongest rival."""
    came: int
    """How many rewards came."""
    left: float
    """How much of a trace is left after the mean delay, %."""


class Work(NamedTuple):
    """The arrays in which `snnlab.learning.teaching.distal_run` works, beside the weights and its log."""

    c: np.ndarray
    moved: np.ndarray
    x: np.ndarray
    y: np.ndarray
    v: np.ndarray
    gaps: np.ndarray
    picks: np.ndarray
    state: np.ndarray
    used: np.ndarray
    rewards: np.ndarray


def late_rewards(
    late: float,
    net: DistalReward = DistalReward(n_post=5),
    rule: RewardSTDP = DISTAL_STDP,
    *,
    minutes: int = 60,
    rng: np.random.Generator | np.uint64,
) -> LateRewards:
    """Let one synapse earn rewards that come late.

    Parameters
    ----------
    late : float
        The mean delay of a reward, s: it takes the place of `soonest` and `latest`.
    net
        The neurons, and the size of a reward.
    rule
        The numbers of reward-modulated STDP.
    minutes : int
        How long.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> seen = late_rewards(2.0, DistalReward(n_post=2), rng=np.random.default_rng(1))
    >>> print(f"place {seen.place:.0f} of {seen.of}")
    place 1 of 200
    """
    late, net, rule = non_negative("late", late), check_distal_reward(net), check_reward_stdp(rule)
    minutes, m = whole("minutes", minutes, 1), net.n_post
    if m * net.n_pre < 2:
        raise ValueError("n_pre times n_post must be at least 2, a synapse and a rival, got 1")
    of_one = (net.rate * net.n_pre + net.noise_rate) * 60.0 * minutes  # what may make neuron 0 fire
    affordable(of_one + net.noise_rate * (m - 1) * 60.0 * minutes)
    seen, (room, log) = recorded(m, net.n_pre, minutes), work(m, net.n_pre, round(1.1 * of_one) + 1000)
    tau_c, seed = rule.tau_c / 1000.0, seed_from(rng)
    run_late(seen, room, log, net, rule.pairs, late, tau_c, rule.tau_d, float(m), seed)
    return read(seen)


def recorded(n_post: int, n_pre: int, minutes: int) -> LateRewards:
    """A blank record."""
    of_minutes = dict.fromkeys(("minutes", "right", "rival", "mean"), minutes + 1)
    of_seconds = dict.fromkeys(("s", "eligibility", "dopamine"), POINTS)
    return blank(LateRewards, w=(n_post, n_pre), **of_minutes, **of_seconds)


def work(n_post: int, n_pre: int, rewards: int) -> tuple[Work, Log]:
    """Room for so many synapses and rewards."""
    all_to_all = [np.zeros((n_post, n_pre)), np.zeros((n_post, n_pre))]
    floats = [np.zeros(size) for size in (n_pre, n_post, n_post, EVENTS, EVENTS, STATE)]
    log = Log(*(np.zeros(ROOM + n_post) for _ in Log._fields))
    arrays: list[np.ndarray] = [*all_to_all, *floats, np.zeros(USED, np.int32), np.zeros(rewards)]
    return Work(*arrays), log


@kernel
def _compare(seen, k, m):
    """The synapse that earns the rewards and its rivals among `m` neurons, at minute `k`."""
    w, total = seen.w, 0.0
    for i in range(m):
        for j in range(w.shape[1]):
            total += w[i, j]
            if i + j > 0:
                seen.rival[k] = max(seen.rival[k], w[i, j])
    seen.minutes[k], seen.right[k], seen.mean[k] = k, w[0, 0], (total - w[0, 0]) / (m * w.shape[1] - 1)


@kernel
def run_late(seen, work, log, net, pairs, late, tau_c, tau_d, neurons, seed):
    """Minute by minute; the record may have room for more neurons. `late` and `tau_c` are in seconds."""
    c, moved, x, y, v, gaps, picks, state, used, rewards = work
    m, n = int(neurons), x.size
    net = DistalReward(
        n,
        m,
        net.rate,
        net.tau_m,
        net.noise_rate,
        net.noise,
        net.window,
        500.0 * late,
        1500.0 * late,
        net.size,
    )
    rule = RewardSTDP(1000.0 * tau_c, tau_d, pairs)
    cells = Cells(seen.w[:m], c[:m], moved[:m], x, y[:m], v[:m], gaps, picks)
    cells.w[:] = START
    begin(cells, state, used, net, seed)
    for k in range(seen.minutes.size):
        while not run_events(cells, state, used, rewards, log, k * MINUTE, net, rule, True, seed):
            pass
        _compare(seen, k, m)
    for k in range(seen.s.size):
        seen.s[k] = SHOWN * k / (seen.s.size - 1)
        seen.eligibility[k] = math.exp(-seen.s[k] / tau_c)
        seen.dopamine[k] = math.exp(1000.0 * (late - seen.s[k]) / tau_d) if seen.s[k] >= late else 0.0
    won, best, place = cells.w[0, 0], seen.rival[seen.minutes.size - 1], 0
    for i in range(m):
        for j in range(n):
            place += cells.w[i, j] >= won
    seen.place[0] = place if won != START or best != START else math.nan
    seen.of[0], seen.won[0], seen.best[0], seen.came[0] = m * n, won, best, used[NEXT]
    seen.left[0] = 100.0 * math.exp(-late / tau_c)
