r"""Triplet STDP: pairs of spikes, and what came before each pair.

Four traces, two of each side: $r_1, o_1$ are those of the pair rule, $r_2, o_2$ are slower. Each grows by 1
at a spike of its side and decays with its time constant $\tau_+, \tau_-, \tau_x, \tau_y$. With all traces as
they were just before,

$$ \text{post:}\ w \mathrel{+}= r_1 \left[ A_2^+ + A_3^+\, o_2 \right], \qquad
\text{pre:}\ w \mathrel{-}= o_1 \left[ A_2^- + A_3^-\, r_2 \right] $$

So potentiation grows with the rate of the postsynaptic neuron. Under independent Poisson trains

$$ \dot w = r_{pre} r_{post} \left[ A_2^+\tau_+ - A_2^-\tau_- + A_3^+\tau_+\tau_y\, r_{post}
- A_3^-\tau_-\tau_x\, r_{pre} \right] $$

and where only $A_3^+$ is not zero the sign turns at a rate of the postsynaptic neuron alone: the threshold of
the BCM rule. A pair with $\Delta t = 0$ counts nothing, but its spikes act in the order post, pre.

Source: J.-P. Pfister and W. Gerstner (2006), Journal of Neuroscience 26, 9673–9682.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, as_real, checked, finite_array, non_negative, positive
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp import STDPRun
from snnlab.learning.trains import SAME, check_times, check_weights, checked_trains
from snnlab.spikes import Spikes

__all__ = ["Triplet", "simulate_triplet", "triplet_drift", "triplet_threshold"]


class Triplet(NamedTuple):
    """The numbers of the triplet rule; at first those reported for visual cortex.

    Examples
    --------
    >>> Triplet(a3_minus=0.0).tau_y
    125.0
    """

    a2_plus: NonNegative = 5e-10
    """A₂⁺, potentiation by a pair."""
    a3_plus: NonNegative = 6.2e-3
    """A₃⁺, potentiation by a triplet post, pre, post."""
    a2_minus: NonNegative = 7e-3
    """A₂⁻, depression by a pair."""
    a3_minus: NonNegative = 2.3e-4
    """A₃⁻, depression by a triplet pre, post, pre."""
    tau_plus: Positive = 16.8
    """Time constant of r₁, ms."""
    tau_x: Positive = 101.0
    """Time constant of r₂, ms."""
    tau_minus: Positive = 33.7
    """Time constant of o₁, ms."""
    tau_y: Positive = 125.0
    """Time constant of o₂, ms."""
    w_max: Positive = 1e6
    """The largest weight, in the unit of the weight; the rule itself knows no bound."""


def check_triplet(rule: Triplet) -> Triplet:
    """`rule` with every number a valid float."""
    return checked("rule", rule, Triplet)


def simulate_triplet(
    pre: Spikes,
    post: Spikes,
    w: ArrayLike,
    rule: Triplet = Triplet(),
    *,
    delay: float = 0.0,
    at: ArrayLike = (),
) -> STDPRun:
    """The weights between neurons whose spikes are given, by the triplet rule.

    Parameters
    ----------
    pre, post : Spikes
        The spikes of both sides; no unit may fire twice within 10⁻⁶ ms.
    w : float or array of shape (n_post, n_pre)
        The weights at the start, from 0 to w_max.
    rule
        The numbers of the rule.
    delay : float
        The dendritic delay, ms: a postsynaptic spike reaches the synapse so much later.
    at : array of shape (times,)
        Sorted times in ms for which the weights are wanted, spikes at that time included.

    Returns
    -------
    STDPRun
        `w` at the end, (n_post, n_pre), and `history`, (times, n_post, n_pre).

    Examples
    --------
    >>> pair = Spikes([10.0], duration=100), Spikes([15.0], duration=100)
    >>> print(simulate_triplet(*pair, 1.0, Triplet(a2_plus=0.01)).w.round(4))
    [[1.0074]]
    """
    rule = check_triplet(rule)
    before, after = checked_trains("pre", pre), checked_trains("post", post, delay)
    w, at = check_weights(w, len(after), len(before), rule.w_max), check_times(at)
    history = np.empty((w.shape[0], w.shape[1], at.size))
    for i, train in enumerate(after):
        for j, other in enumerate(before):
            w[i, j] = run(other, train, at, history[i, j], w[i, j], *rule)
    return STDPRun(w, np.moveaxis(history, 2, 0).copy())


def triplet_drift(r_pre: ArrayLike, r_post: ArrayLike, rule: Triplet = Triplet()) -> np.ndarray:
    """How fast a weight moves under independent Poisson trains, far from its bounds.

    Parameters
    ----------
    r_pre, r_post : float or array
        The rates of the two neurons in Hz; arrays are broadcast.
    rule
        The numbers of the rule.

    Returns
    -------
    array of the shape that the rates have together
        The mean change of the weight for each second.

    Examples
    --------
    >>> print((triplet_drift(10.0, [5.0, 50.0]) > 0).tolist())
    [False, True]
    """
    rule = check_triplet(rule)
    pre, post = (
        finite_array(name, rate, tuple(range(33)), "any") / 1000.0
        for name, rate in (("r_pre", r_pre), ("r_post", r_post))
    )
    pairs = rule.a2_plus * rule.tau_plus - rule.a2_minus * rule.tau_minus
    triplets = (
        rule.a3_plus * rule.tau_plus * rule.tau_y * post - rule.a3_minus * rule.tau_minus * rule.tau_x * pre
    )
    return 1000.0 * pre * post * (pairs + triplets)


def triplet_threshold(rule: Triplet = Triplet(), r_pre: float = 0.0) -> float:
    """The postsynaptic rate at which the drift under independent Poisson trains changes its sign.

    Parameters
    ----------
    rule
        The numbers of the rule; `a3_plus` must not be zero.
    r_pre : float
        The presynaptic rate in Hz; it does not matter where `a3_minus` is zero.

    Returns
    -------
    float
        Rate in Hz; negative if the weight grows at every rate.

    Examples
    --------
    >>> rule = Triplet(0.0, 6.5e-3, 7.1e-3, 0.0, tau_y=114.0)
    >>> print(f"{triplet_threshold(rule):.1f} Hz")
    19.2 Hz
    """
    rule, r_pre = check_triplet(rule), non_negative("r_pre", r_pre)
    positive("a3_plus", rule.a3_plus)
    down = rule.tau_minus * (rule.a2_minus + rule.a3_minus * (rule.tau_x * (r_pre / 1000.0)))
    up = positive("a3_plus · tau_plus · tau_y", rule.a3_plus * rule.tau_plus * rule.tau_y)
    return as_real("the threshold of rule", 1000.0 * (down - rule.a2_plus * rule.tau_plus) / up)


@kernel
def step(w, r1, o2, o1, r2, a2_plus, a3_plus, a2_minus, a3_minus, w_max):
    """The weight after a postsynaptic spike (it saw `r1`, `o2`), then a presynaptic one (it saw `o1`, `r2`).

    Give 0 for `r1` where there is no postsynaptic spike, and 0 for `o1` where there is no presynaptic one.
    """
    w = min(w_max, w + r1 * (a2_plus + a3_plus * o2))
    return max(0.0, w - o1 * (a2_minus + a3_minus * r2))


@kernel
def run(
    pre, post, at, history, w,
    a2_plus, a3_plus, a2_minus, a3_minus, tau_plus, tau_x, tau_minus, tau_y, w_max,
):  # fmt: skip
    """One synapse through two sorted trains; returns its weight, and writes those at the times `at`."""
    r1, r2, o1, o2, last = 0.0, 0.0, 0.0, 0.0, 0.0
    i, j, k = 0, 0, 0
    while i < post.size or j < pre.size:
        t_pre = pre[j] if j < pre.size else math.inf
        t_post = post[i] if i < post.size else math.inf
        t = min(t_pre, t_post)
        while k < at.size and at[k] < t - SAME:
            history[k] = w
            k += 1
        r1 *= math.exp((last - t) / tau_plus)
        r2 *= math.exp((last - t) / tau_x)
        o1 *= math.exp((last - t) / tau_minus)
        o2 *= math.exp((last - t) / tau_y)
        last = t
        fired_pre, fired_post = t_pre <= t + SAME, t_post <= t + SAME
        seen_r1 = r1 if fired_post else 0.0
        seen_o1 = o1 if fired_pre else 0.0
        w = step(w, seen_r1, o2, seen_o1, r2, a2_plus, a3_plus, a2_minus, a3_minus, w_max)
        if fired_post:
            o1 += 1.0
            o2 += 1.0
            i += 1
        if fired_pre:
            r1 += 1.0
            r2 += 1.0
            j += 1
    while k < at.size:
        history[k] = w
        k += 1
    return w
