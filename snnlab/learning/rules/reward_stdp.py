r"""Reward-modulated STDP: a pair of spikes only marks the synapse; a later reward makes it learn.

Three factors. A pair of spikes adds the change of the pair rule to an *eligibility trace* $c$ that fades with
$\tau_c$, and not to the weight. A reward adds to the dopamine $D$, which fades with $\tau_d$. The weight
moves while both are there, $D$ being the speed, in 1/s, at which it follows the trace:

$$ \dot c = -\frac{c}{\tau_c} + \sum_{pairs} \Delta w(\Delta t)\, \delta(t - t_{pair}), \qquad
\dot D = -\frac{D}{\tau_d} + \sum_{rewards} D_k\, \delta(t - t_k), \qquad \dot w = c\, D $$

Between two events this has an exact solution: after $h$ both are $e^{-h/\tau}$ of what they were, and

$$ \Delta w = c\, D\, \frac{1 - e^{-h (1/\tau_c + 1/\tau_d)}}{1/\tau_c + 1/\tau_d} $$

so one pair that leaves $c_0$, with a reward $D_0$ after $T$, ends at
$\Delta w = c_0 D_0\, e^{-T/\tau_c}\, \tau_c \tau_d / (\tau_c + \tau_d)$.

Source: E. M. Izhikevich (2007), Cerebral Cortex 17, 2443–2452.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import Positive, checked, finite_array
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.trains import SAME, check_times, check_weights, checked_trains
from snnlab.spikes import Spikes

__all__ = ["RewardSTDP", "RewardSTDPRun", "simulate_reward_stdp"]


def _additive(_: str, pairs: STDP) -> STDP:
    pairs = check_stdp(pairs)
    if pairs.mu_plus or pairs.mu_minus:
        raise ValueError(f"pairs must be additive (mu 0), got {pairs.mu_plus:g} and {pairs.mu_minus:g}")
    return pairs


class RewardSTDP(NamedTuple):
    """The numbers of the rule; the pair rule stands in `pairs`.

    Examples
    --------
    >>> RewardSTDP(tau_c=500.0).tau_d
    200.0
    """

    tau_c: Positive = 1000.0
    """Time constant of the eligibility trace, ms."""
    tau_d: Positive = 200.0
    """Time constant of dopamine, ms."""
    pairs: Annotated[STDP, _additive] = STDP()
    """The pair rule that marks a synapse; additive, and λ is in the unit of the trace."""


class RewardSTDPRun(NamedTuple):
    """What a simulation returns.

    Examples
    --------
    >>> pre, post = Spikes([10], duration=2000), Spikes([15], duration=2000)
    >>> run = simulate_reward_stdp(pre, post, [1000.0], 0.5, at=[990.0, 2000.0])
    >>> print(f"{run.eligibility[0, 0, 0]:.5f}, then {run.history[1, 0, 0]:.4f}")
    0.00294, then 0.5005
    """

    w: np.ndarray
    """The weights at the end, w[post, pre]."""
    history: np.ndarray
    """The weights at each of the times asked for, (times, n_post, n_pre)."""
    eligibility: np.ndarray
    """The eligibility traces at these times, (times, n_post, n_pre)."""
    dopamine: np.ndarray
    """Dopamine at these times, 1/s, shape (times,)."""


def check_reward_stdp(rule: RewardSTDP) -> RewardSTDP:
    """`rule` with every number a valid float, and an additive pair rule."""
    return checked("rule", rule, RewardSTDP)


def simulate_reward_stdp(
    pre: Spikes,
    post: Spikes,
    rewards: ArrayLike,
    w: ArrayLike,
    rule: RewardSTDP = RewardSTDP(),
    *,
    size: ArrayLike = 1.0,
    at: ArrayLike = (),
) -> RewardSTDPRun:
    """The weights between neurons whose spikes are given, with rewards at given times. Exact, without a grid.

    Parameters
    ----------
    pre, post : Spikes
        The spikes of both sides; no unit may fire twice within 10⁻⁶ ms.
    rewards : array of shape (rewards,)
        Sorted times of rewards, ms.
    w : float or array of shape (n_post, n_pre)
        The weights at the start, from 0 to w_max of the pair rule.
    rule
        The numbers of the rule.
    size : float or array of shape (rewards,)
        How much dopamine a reward adds, 1/s; negative for a punishment.
    at : array of shape (times,)
        Sorted times in ms for which weights, traces and dopamine are wanted, up to the end of the run. What
        happens at that time is included.

    Returns
    -------
    RewardSTDPRun
        The run ends at the longer duration of `pre` and `post`.

    Examples
    --------
    >>> pre, post = Spikes([10.0], duration=20_000), Spikes([15.0], duration=20_000)
    >>> w = simulate_reward_stdp(pre, post, [2015.0], 0.5).w[0, 0]
    >>> c0 = 0.01 * np.exp(-5 / 20)
    >>> print(f"{w - 0.5:.9f} {c0 * np.exp(-2) * 1.0 * 0.2 / 1.2:.9f}")
    0.000175665 0.000175665
    """
    rule = check_reward_stdp(rule)
    before, after = checked_trains("pre", pre), checked_trains("post", post)
    w, at = check_weights(w, len(after), len(before), rule.pairs.w_max), check_times(at)
    rewards, size = (
        finite_array("rewards", rewards, (1,), "(rewards,)"),
        finite_array("size", size, (0, 1), "(rewards,)"),
    )
    if (np.diff(rewards) < 0).any() or (rewards < 0).any():
        raise ValueError("rewards must be sorted and not negative, got some that are not")
    if size.ndim and size.shape != rewards.shape:
        raise ValueError(
            f"size must be one number, or one for each of {rewards.size} rewards, got {size.size}"
        )
    size, end = np.array(np.broadcast_to(size, rewards.shape)) / 1000.0, max(pre.duration, post.duration)
    if at.size and at[-1] > end:
        raise ValueError(f"at must not be after the end ({end:g} ms), got {at[-1]:g}")
    shape = (w.shape[0], w.shape[1], at.size)
    history, eligibility, dopamine = np.empty(shape), np.empty(shape), np.empty(at.size)
    p = rule.pairs
    for i, train in enumerate(after):
        for j, other in enumerate(before):
            w[i, j] = run(
                other, train, rewards, size, at, history[i, j], eligibility[i, j], dopamine, w[i, j], end,
                rule.tau_c, rule.tau_d, p.lambda_ * p.w_max, p.alpha, p.tau_plus, p.tau_minus, p.w_max,
                p.zero_plus, p.zero_minus,
            )  # fmt: skip
    dopamine *= 1000.0
    return RewardSTDPRun(
        w, np.moveaxis(history, 2, 0).copy(), np.moveaxis(eligibility, 2, 0).copy(), dopamine
    )


@kernel
def step(w, c, d, h, tau_c, tau_d):
    """Weight, eligibility and dopamine `h` ms later, without spikes and rewards in between."""
    rate = 1.0 / tau_c + 1.0 / tau_d
    w = w - c * d * math.expm1(-h * rate) / rate
    return w, c * math.exp(-h / tau_c), d * math.exp(-h / tau_d)


@kernel
def run(
    pre, post, rewards, size, at, history, eligibility, dopamine, w, end,
    tau_c, tau_d, amplitude, alpha, tau_plus, tau_minus, w_max, zero_plus, zero_minus,
):  # fmt: skip
    """One synapse from event to event up to `end`; returns its weight, writes what is at the times `at`."""
    c, d, x, y, last = 0.0, 0.0, 0.0, 0.0, 0.0
    i, j, m, k = 0, 0, 0, 0
    while True:
        t_pre = pre[j] if j < pre.size else math.inf
        t_post = post[i] if i < post.size else math.inf
        t_reward = rewards[m] if m < rewards.size else math.inf
        event = min(t_pre, t_post, t_reward)
        look = k < at.size and at[k] < min(event, end) - SAME
        t = max(last, at[k]) if look else min(event, end)
        w, c, d = step(w, c, d, t - last, tau_c, tau_d)
        w = min(w_max, max(0.0, w))  # exact: between two events w moves one way
        x *= math.exp((last - t) / tau_plus)
        y *= math.exp((last - t) / tau_minus)
        last = t
        if look:
            history[k], eligibility[k], dopamine[k] = w, c, d
            k += 1
            continue
        if event > end:
            break
        fired_pre, fired_post = t_pre <= t + SAME, t_post <= t + SAME
        both = 1.0 if fired_pre and fired_post else 0.0
        if fired_post:
            c += amplitude * (x + both * zero_plus)
            i += 1
        if fired_pre:
            c -= alpha * amplitude * (y + both * zero_minus)
            x += 1.0
            j += 1
        if fired_post:
            y += 1.0
        if t_reward <= t + SAME:
            d += size[m]
            m += 1
    while k < at.size:
        history[k], eligibility[k], dopamine[k] = w, c, d
        k += 1
    return w
