r"""Where pair STDP drives a weight when the two neurons know nothing of each other.

Two independent Poisson trains of rates $r_{pre}$ and $r_{post}$ make pairs of every $\Delta t$ alike. A trace
that keeps $k$ of itself at a spike of its own side and $k'$ at one of the other has the mean

$$ \bar x = \frac{r_{pre}}{1/\tau_+ + (1 - k)\, r_{pre} + (1 - k')\, r_{post}} $$

and likewise $\bar y$, so that on average

$$ \dot w = \lambda\, w_{max} \left[ (1 - w/w_{max})^{\mu_+}\, r_{post}\, \bar x
- \alpha\, (w/w_{max})^{\mu_-}\, r_{pre}\, \bar y \right] $$

All-to-all this is $\lambda\, r_{pre} r_{post} (\tau_+ - \alpha\tau_-)$ for the additive rule, the area below
the window. Where $\mu > 0$ the drift vanishes at $w^*/(w_{max} - w^*) = (\tau_+/\alpha\tau_-)^{1/\mu}$.

Source: R. Kempter, W. Gerstner and J. L. van Hemmen (1999), Physical Review E 59, 4498–4514; for nearest
neighbours E. M. Izhikevich and N. S. Desai (2003), Neural Computation 15, 1511–1523.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.learning.rules.stdp import soft_bound
from snnlab.learning.rules.stdp_pairing import ALL_TO_ALL, Pairing, check_pairing
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.learning.trains import check_weights

__all__ = ["Drift", "stdp_drift", "stdp_fixed_point"]


class Drift(NamedTuple):
    """The mean change of a weight for each second.

    Examples
    --------
    >>> up, down = stdp_drift(10.0, 10.0)
    >>> print(f"{up:.4f} - {down:.4f} a second")
    0.0200 - 0.0210 a second
    """

    potentiation: np.ndarray
    """What is added, 1/s in the unit of the weight."""
    depression: np.ndarray
    """What is taken away, 1/s in the unit of the weight."""


def stdp_drift(
    r_pre: ArrayLike,
    r_post: ArrayLike,
    rule: STDP = STDP(),
    pairing: Pairing = ALL_TO_ALL,
    w: float = 0.5,
) -> Drift:
    """How fast a weight moves under independent Poisson trains, far from its bounds.

    Parameters
    ----------
    r_pre, r_post : float or array
        The rates of the two neurons in Hz; arrays are broadcast.
    rule
        The numbers of the rule; Δt = 0 does not occur.
    pairing : Pairing
        Which pairs count.
    w : float
        The weight; it matters for soft bounds only.

    Returns
    -------
    Drift
        `potentiation` and `depression`; the drift is their difference.

    Examples
    --------
    >>> from snnlab.learning import SYMMETRIC
    >>> up, down = stdp_drift(5.0, [1.0, 20.0, 80.0], pairing=SYMMETRIC)
    >>> print((up - down > 0).tolist())
    [False, True, True]
    """
    rule = check_stdp(rule)
    pairing = check_pairing(pairing)
    rates = []
    for name, rate in (("r_pre", r_pre), ("r_post", r_post)):
        rate = finite_array(name, rate, tuple(range(33)), "any")
        if (rate < 0).any():
            raise ValueError(f"{name} must be zero or positive, got {rate.min():g}")
        rates.append(rate)
    pre, post = np.broadcast_arrays(*rates)
    w = float(check_weights(w, 1, 1, rule.w_max)[0, 0])
    up, down = np.empty(pre.shape), np.empty(pre.shape)
    weight_drifts(pre.ravel(), post.ravel(), up.reshape(-1), down.reshape(-1), w, *rule[:7], *pairing)
    return Drift(up, down)


def stdp_fixed_point(rule: STDP) -> float:
    """The weight at which soft-bound, all-to-all STDP comes to rest under independent Poisson trains.

    Parameters
    ----------
    rule
        Its two exponents must be equal and above zero; an additive rule has no such weight.

    Returns
    -------
    float
        w*, in the unit of the weight. The rates do not matter.

    Raises
    ------
    ValueError
        If the exponents differ or are zero.

    Examples
    --------
    >>> print(f"{stdp_fixed_point(STDP(mu_plus=1, mu_minus=1)):.3f}")
    0.488
    """
    rule = check_stdp(rule)
    if rule.mu_plus != rule.mu_minus or rule.mu_plus == 0:
        raise ValueError(
            f"mu_plus and mu_minus must be equal and above 0, got {rule.mu_plus:g} and {rule.mu_minus:g}"
        )
    ratio = rule.alpha * rule.tau_minus / rule.tau_plus
    return rule.w_max / (1.0 + ratio ** (1.0 / rule.mu_plus))


@kernel
def _mean_trace(own, other, tau, kept_own, kept_other):
    """The mean of a trace of time constant `tau` (ms); rates in Hz."""
    return own / (1000.0 / tau + (1.0 - kept_own) * own + (1.0 - kept_other) * other)


@kernel
def step(x, y, r_pre, r_post, w, lambda_, alpha, mu_plus, mu_minus, w_max):
    """What is added and what is taken away a second, with mean traces `x` and `y`."""
    up = lambda_ * w_max * soft_bound(1.0 - w / w_max, mu_plus) * r_post * x
    down = alpha * lambda_ * w_max * soft_bound(w / w_max, mu_minus) * r_pre * y
    return up, down


@kernel
def weight_drifts(
    pre, post, up, down, w, lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus, w_max,
    x_at_pre, y_at_pre, y_at_post, x_at_post,
):  # fmt: skip
    """The drift for each pair of rates."""
    for k in range(pre.size):
        x = _mean_trace(pre[k], post[k], tau_plus, x_at_pre, x_at_post)
        y = _mean_trace(post[k], pre[k], tau_minus, y_at_post, y_at_pre)
        up[k], down[k] = step(x, y, pre[k], post[k], w, lambda_, alpha, mu_plus, mu_minus, w_max)
