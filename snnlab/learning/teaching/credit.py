r"""Credit: what a late reward gives to the synapse that earned it, and what to one that did not.

A pair leaves the trace $c_0$, and a reward $D_0$ that comes $T$ later moves the weight by

$$ s = c_0\, D_0\, \kappa\, e^{-T/\tau_c}, \qquad \kappa = \frac{\tau_c \tau_d}{\tau_c + \tau_d} $$

Another synapse has pairs by chance, before the reward and in its dopamine. If its two neurons fire at random
with rates $r_{pre}$ and $r_{post}$, rarely within one window, the reward moves it up or down by a random
amount of standard deviation

$$ \sigma = \lambda w_{max}\, D_0\, \kappa\, \sqrt{ r_{pre} r_{post}\, \frac{\tau_+ + \alpha^2 \tau_-}{2}\,
\frac{\tau_c + \tau_d}{2} } $$

After $N$ rewards the right synapse is $\sqrt{N} s / \sigma$ standard deviations ahead.

Source: the first line is E. M. Izhikevich (2007), Cerebral Cortex 17, 2443–2452; the second is Campbell's
theorem for the pairs, a Poisson train of rate $r_{pre} r_{post}\, d\Delta t$ for each $\Delta t$.
"""

import math
from typing import NamedTuple

from snnlab.checks import as_real, non_negative
from snnlab.learning.rules.reward_stdp import RewardSTDP, check_reward_stdp

__all__ = ["Credit", "reward_credit"]


class Credit(NamedTuple):
    """What one reward does.

    Examples
    --------
    >>> Credit(signal=2.0, noise=4.0).signal
    2.0
    """

    signal: float
    """By how much it moves the synapse that earned it, beyond what chance does, in the unit of the weight."""
    noise: float
    """The standard deviation of what it does to any other, in the unit of the weight."""


def reward_credit(
    late: float,
    r_pre: float,
    r_post: float,
    rule: RewardSTDP = RewardSTDP(),
    *,
    delta_t: float = 5.0,
    size: float = 1.0,
) -> Credit:
    """Signal and noise of one reward, far from the bounds of the weights.

    Parameters
    ----------
    late : float
        T, from the pair to the reward, ms.
    r_pre, r_post : float
        The rates of the two neurons of a rival, Hz.
    rule
        The numbers of reward-modulated STDP.
    delta_t : float
        Δt = t_post − t_pre of the pair that earned the reward, zero or positive, ms.
    size : float
        How much dopamine the reward adds, 1/s.

    Examples
    --------
    >>> signal, noise = reward_credit(2000.0, 1.0, 2.0)
    >>> print(f"{signal:.6f} {noise:.6f}")
    0.000176 0.000265
    """
    rule = check_reward_stdp(rule)
    late, delta_t = non_negative("late", late), non_negative("delta_t", delta_t)
    r_pre, r_post, size = non_negative("r_pre", r_pre), non_negative("r_post", r_post), as_real("size", size)
    pairs, step = rule.pairs, rule.pairs.lambda_ * rule.pairs.w_max
    kappa = size / 1000.0 / (1.0 / rule.tau_c + 1.0 / rule.tau_d)
    window = 0.5 * (pairs.tau_plus + pairs.alpha**2 * pairs.tau_minus)
    variance = r_pre * r_post * 1e-6 * window * 0.5 * (rule.tau_c + rule.tau_d)
    signal = step * math.exp(-delta_t / pairs.tau_plus) * kappa * math.exp(-late / rule.tau_c)
    return Credit(signal, abs(kappa) * step * math.sqrt(variance))
