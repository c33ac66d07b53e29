r"""Pairs of spikes through the pair rule: the window, the traces of a pair, and what became of the weight.

Where the bounds are hard and far, $n$ lone pairs change the weight by

$$ n\, \lambda\, e^{-\Delta t / \tau_+} \quad (\Delta t > 0), \qquad
-\alpha\, n\, \lambda\, e^{\Delta t / \tau_-} \quad (\Delta t < 0) $$

The exponential is what the later spike of a pair sees of the trace of the earlier one.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.pairing.protocol import fill_pairings
from snnlab.learning.rules.stdp import run
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.records import blank, read

__all__ = ["STDPOfPairs", "stdp_of_pairs"]

WIDEST, POINTS = 80.0, 161  # ms to each side
DT, SHOWN = 0.5, 200.0  # ms, of the traces


class STDPOfPairs(NamedTuple):
    """What pairs do to a weight.

    Examples
    --------
    >>> print(f"{stdp_of_pairs(20.0).seen:.3f} = 1 / e")
    0.368 = 1 / e
    """

    delta: np.ndarray
    """Times between the two spikes of a pair, post − pre, ms."""
    up: np.ndarray
    """The change by all pairs, each alone, where it is potentiation; else NaN."""
    down: np.ndarray
    """The same where it is depression; else NaN."""
    x: np.ndarray
    """The trace of the presynaptic spike around one pair, one value each half millisecond."""
    y: np.ndarray
    """The trace of the postsynaptic spike."""
    pre_time: np.ndarray
    """When the presynaptic spike comes there, ms."""
    post_time: np.ndarray
    """When the postsynaptic one comes."""
    change: float
    """What all pairs changed."""
    w: float
    """The weight afterwards."""
    seen: float
    """What the later spike saw of the other's trace; 0 if both came at once."""


def stdp_of_pairs(
    delta_t: float, rule: STDP = STDP(), w: float = 0.5, frequency: float = 1.0, n: int = 60
) -> STDPOfPairs:
    """Send pairs of spikes through a synapse.

    Parameters
    ----------
    delta_t : float
        t_post − t_pre of each pair, ms.
    rule
        The numbers of the pair rule, with hard bounds.
    w : float
        The weight at the start, from 0 to `w_max`.
    frequency : float
        Pairs for each second, Hz.
    n : int
        Number of pairs, at least 1.

    Returns
    -------
    STDPOfPairs

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = stdp_of_pairs(-10.0, STDP(lambda_=0.004))
    >>> print(f"{seen.change:.3f} to {seen.w:.3f}")
    -0.153 to 0.347
    """
    delta_t, frequency, n = as_real("delta_t", delta_t), positive("frequency", frequency), whole("n", n, 1)
    rule, w = check_stdp(rule), as_real("w", w)
    if not 0.0 <= w <= rule.w_max:
        raise ValueError(f"w must be from 0 to w_max ({rule.w_max:g}), got {w:g}")
    told = recorded()
    run_of_pairs(told, *np.empty((2, n)), np.empty(0), delta_t, rule, w, frequency, WIDEST, DT)
    return read(told)


def recorded() -> STDPOfPairs:
    """A blank record."""
    window, traces = dict.fromkeys(("delta", "up", "down"), POINTS), round(SHOWN / DT)
    return blank(STDPOfPairs, **window, x=traces, y=traces, pre_time=1, post_time=1)


@kernel
def run_of_pairs(told, pre, post, none, delta_t, rule, w_start, frequency, widest, dt):
    """The window of one pair, the traces of one pair, and the weight after all pairs of the protocol."""
    lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus, w_max, zero_plus, zero_minus = rule
    full = pre.size * lambda_ * w_max
    for k in range(told.delta.size):
        delta = widest * (2.0 * k / (told.delta.size - 1) - 1.0)
        told.delta[k] = delta
        told.up[k] = full * math.exp(-delta / tau_plus) if delta > 0.0 else math.nan
        told.down[k] = -alpha * full * math.exp(delta / tau_minus) if delta < 0.0 else math.nan
    middle = 0.5 * told.x.size * dt
    told.pre_time[0], told.post_time[0] = middle - 0.5 * delta_t, middle + 0.5 * delta_t
    for t in range(told.x.size):
        since_pre, since_post = (t + 1) * dt - told.pre_time[0], (t + 1) * dt - told.post_time[0]
        told.x[t] = math.exp(-since_pre / tau_plus) if since_pre >= 0.0 else 0.0
        told.y[t] = math.exp(-since_post / tau_minus) if since_post >= 0.0 else 0.0
    fill_pairings(pre, post, delta_t, frequency)
    w = run(
        pre, post, none, none, w_start, lambda_, alpha, tau_plus, tau_minus,
        mu_plus, mu_minus, w_max, zero_plus, zero_minus, 1.0, 1.0, 1.0, 1.0,
    )  # fmt: skip
    told.change[0], told.w[0] = w - w_start, w
    if delta_t > 0.0:
        told.seen[0] = math.exp(-delta_t / tau_plus)
    elif delta_t < 0.0:
        told.seen[0] = math.exp(delta_t / tau_minus)
