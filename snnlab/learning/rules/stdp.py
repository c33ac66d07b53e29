r"""Pair STDP: a synapse that learns from the times of single spikes.

With $\Delta t = t_{post} - t_{pre}$, a pair of one presynaptic and one postsynaptic spike changes the weight
by

$$ \Delta w = \begin{cases} \lambda\, w_{max} \left(1 - w/w_{max}\right)^{\mu_+} e^{-\Delta t/\tau_+}
& \Delta t > 0 \\ -\alpha \lambda\, w_{max} \left(w/w_{max}\right)^{\mu_-} e^{\Delta t/\tau_-}
& \Delta t < 0 \end{cases} $$

and the weight is kept within $0 \le w \le w_{max}$. With $\mu = 0$ this is the additive rule: the weight does
not matter but for the bounds. A neuron need not remember its spikes: two traces do,

$$ \dot x = -x/\tau_+, \quad \dot y = -y/\tau_-; \qquad
\text{post:}\ w \mathrel{+}= \lambda x,\ y \mathrel{+}= 1; \qquad
\text{pre:}\ w \mathrel{-}= \alpha\lambda y,\ x \mathrel{+}= 1 $$

(additive, $w_{max} = 1$), where a spike sees the other side's trace as it was before that time. At one and
the same time first the postsynaptic spike acts, then the presynaptic one. The pair of the two,
$\Delta t = 0$, counts `zero_plus` of a full potentiation and `zero_minus` of a full depression: 0 and 0 is
what the inequalities say and what NEST does; 1 and 0 is a program that handles presynaptic spikes first.

A *dendritic delay* $d$ is the time that a postsynaptic spike needs back to the synapse: it acts at
$t_{post} + d$.

Source: S. Song, K. D. Miller and L. F. Abbott (2000), Nature Neuroscience 3, 919–926; the soft bounds:
R. Gütig, R. Aharonov, S. Rotter and H. Sompolinsky (2003), Journal of Neuroscience 23, 3697–3714.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp_pairing import ALL_TO_ALL, Pairing, check_pairing
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.trains import SAME, check_times, check_weights, checked_trains
from snnlab.spikes import Spikes

__all__ = ["STDPRun", "simulate_stdp", "stdp_window"]


class STDPRun(NamedTuple):
    """What a simulation with prescribed spikes returns.

    Examples
    --------
    >>> run = simulate_stdp(Spikes([10], duration=50), Spikes([15], duration=50), 0.5, at=[0, 20])
    >>> print(run.history[:, 0, 0].round(4))
    [0.5    0.5078]
    """

    w: np.ndarray
    """The weights at the end, w[post, pre]."""
    history: np.ndarray
    """The weights at each of the times asked for, shape (times, n_post, n_pre)."""


def stdp_window(delta_t: ArrayLike, rule: STDP = STDP(), w: float = 0.5) -> np.ndarray:
    """The change that one pair of spikes brings, without the bounds 0 and w_max.

    Parameters
    ----------
    delta_t : float or array of any shape
        t_post − t_pre in ms.
    rule
        The numbers of the rule.
    w : float
        The weight before the pair; it matters for soft bounds only.

    Returns
    -------
    array of the shape of `delta_t`
        Δw, in the unit of the weight.

    Examples
    --------
    >>> print(stdp_window([-20.0, 0.0, 20.0]).round(5))
    [-0.00386  0.       0.00368]
    """
    rule = check_stdp(rule)
    delta_t = finite_array("delta_t", delta_t, tuple(range(33)), "any")
    at = float(check_weights(w, 1, 1, rule.w_max)[0, 0]) / rule.w_max
    x = np.where(delta_t > 0, np.exp(-np.abs(delta_t) / rule.tau_plus), 0.0) + rule.zero_plus * (delta_t == 0)
    y = np.where(delta_t < 0, np.exp(-np.abs(delta_t) / rule.tau_minus), 0.0) + rule.zero_minus * (
        delta_t == 0
    )
    return rule.lambda_ * rule.w_max * ((1 - at) ** rule.mu_plus * x - rule.alpha * at**rule.mu_minus * y)


def simulate_stdp(
    pre: Spikes,
    post: Spikes,
    w: ArrayLike,
    rule: STDP = STDP(),
    pairing: Pairing = ALL_TO_ALL,
    *,
    delay: float = 0.0,
    at: ArrayLike = (),
) -> STDPRun:
    """The weights between neurons whose spikes are given.

    Parameters
    ----------
    pre, post : Spikes
        The spikes of both sides; no unit may fire twice within 10⁻⁶ ms, which counts as one time.
    w : float or array of shape (n_post, n_pre)
        The weights at the start, from 0 to w_max.
    rule
        The numbers of the rule.
    pairing : Pairing
        Which pairs count: ALL_TO_ALL, SYMMETRIC, PRE_CENTRED or RESTRICTED.
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
    >>> pre = Spikes([10.0, 60.0], duration=100)
    >>> print(simulate_stdp(pre, Spikes([15.0, 65.0], duration=100), 0.5).w.round(4))
    [[0.5151]]
    """
    rule = check_stdp(rule)
    pairing = check_pairing(pairing)
    before, after = checked_trains("pre", pre), checked_trains("post", post, delay)
    w, at = check_weights(w, len(after), len(before), rule.w_max), check_times(at)
    history = np.empty((w.shape[0], w.shape[1], at.size))
    for i, train in enumerate(after):
        for j, other in enumerate(before):
            w[i, j] = run(other, train, at, history[i, j], w[i, j], *rule, *pairing)
    return STDPRun(w, np.moveaxis(history, 2, 0).copy())


@kernel
def soft_bound(room, mu):
    """`room` to the power of `mu`, without a power where none is needed."""
    if mu == 0.0:
        return 1.0
    if mu == 1.0:
        return room
    return max(0.0, room) ** mu


@kernel
def step(w, x, y, lambda_, alpha, mu_plus, mu_minus, w_max):
    """The weight after a post spike that saw `x`, then a pre spike that saw `y` (0: none)."""
    w = min(w_max, w + lambda_ * w_max * soft_bound(1.0 - w / w_max, mu_plus) * x)
    return max(0.0, w - alpha * lambda_ * w_max * soft_bound(w / w_max, mu_minus) * y)


@kernel
def run(
    pre,
    post,
    at,
    history,
    w,
    lambda_,
    alpha,
    tau_plus,
    tau_minus,
    mu_plus,
    mu_minus,
    w_max,
    zero_plus,
    zero_minus,
    x_at_pre,
    y_at_pre,
    y_at_post,
    x_at_post,
):
    """One synapse through two sorted trains; returns its weight, and writes those at the times `at`."""
    x, y, last = 0.0, 0.0, 0.0
    i, j, k = 0, 0, 0
    while i < post.size or j < pre.size:
        t_pre = pre[j] if j < pre.size else math.inf
        t_post = post[i] if i < post.size else math.inf
        t = min(t_pre, t_post)
        while k < at.size and at[k] < t - SAME:
            history[k] = w
            k += 1
        x *= math.exp((last - t) / tau_plus)
        y *= math.exp((last - t) / tau_minus)
        last = t
        fired_pre, fired_post = t_pre <= t + SAME, t_post <= t + SAME
        both = 1.0 if fired_pre and fired_post else 0.0
        seen_x = x + both * zero_plus if fired_post else 0.0
        seen_y = y + both * zero_minus if fired_pre else 0.0
        w = step(w, seen_x, seen_y, lambda_, alpha, mu_plus, mu_minus, w_max)
        if fired_post:
            x *= x_at_post
            y = y_at_post * y + 1.0
            i += 1
        if fired_pre:
            x = x_at_pre * x + 1.0
            y *= y_at_pre
            j += 1
    while k < at.size:
        history[k] = w
        k += 1
    return w
