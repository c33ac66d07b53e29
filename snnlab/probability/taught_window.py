r"""The window of a neuron that a teacher makes fire, and what its early half is made of.

The neuron fires where a teacher says so, and nowhere else. Its synapse is weak and heard for a while, and a
spike changes what the neuron expects of itself afterwards,

$$ a_k = e^{-(k - 1) / \tau_s}, \qquad
h_k = \begin{cases} h_r & k \le r \\ A\, e^{-(k - r) / \tau_A} & k > r \end{cases} $$

with $k$ the bins since the spike: for $r$ bins it is refractory, and then comes a *depolarising
after-potential* of height $A$. The window is that of `likelihood_window`. In bins of 1 ms.

Where does a change come from if the spike came too early to be caused? From what the neuron expects while
the synapse is heard: with the spike another probability than without it. The difference of these two curves,
weighed with $a$ and added up, is the change in the early half with its sign turned round.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.probability.links import LOGISTIC, pull
from snnlab.probability.stdp_window import gradient
from snnlab.records import blank, read

__all__ = ["TaughtWindow", "taught_window"]

REACH = 40  # bins to each side
HELD = -6.0  # h_r: what a neuron that is refractory lacks
SHOWN = 30  # bins of the neuron's own filter
BIAS, TAU_AFTER = -2.0, 8.0
NOTHING, POTENTIATED, DEPRESSED, BOTH = 0, 1, 2, 3


class TaughtWindow(NamedTuple):
    """What one postsynaptic spike adds to the gradient, and what the neuron expects around it.

    Examples
    --------
    >>> seen = taught_window(5)
    >>> print(f"{seen.change:.3f}, the synaptic kernel; early {seen.early_half:.0f}")
    0.449, the synaptic kernel; early 0
    """

    delta_t: np.ndarray
    """Δt = t_post − t_pre, bins, from −40 to 40."""
    early: np.ndarray
    """The change W where the postsynaptic spike does not come second, else NaN; nats per unit of weight."""
    late: np.ndarray
    """The same where it does; NaN elsewhere."""
    synapse: np.ndarray
    """The synaptic kernel a, for comparison; NaN where it is not heard yet."""
    lag: np.ndarray
    """Bins since a spike of its own, from 0 to 30."""
    aftereffect: np.ndarray
    """What such a spike adds to the potential, h; NaN in its own bin."""
    since: np.ndarray
    """Bins since the presynaptic spike, from −40 to 40."""
    expected: np.ndarray
    """The probability of a spike there, given the spike of the pair."""
    otherwise: np.ndarray
    """The same without it."""
    heard: np.ndarray
    """The synaptic kernel there, 0 before it is heard."""
    change: float
    """W of the pair that was asked for."""
    early_half: float
    """The sum of the early half."""
    late_half: float
    """That of the late half."""
    sign: int
    """Of the early half: 0 it is nothing, 1 no change is negative, 2 none is positive, 3 there are both."""


def taught_window(
    delta: int,
    tau_s: float = 5.0,
    refractory: int = 0,
    after: float = 0.0,
    tau_after: float = TAU_AFTER,
    bias: float = BIAS,
) -> TaughtWindow:
    """Pair a presynaptic spike with a postsynaptic one at every distance.

    Parameters
    ----------
    delta : int
        t_post − t_pre of the pair that is looked at, bins, from −40 to 40.
    tau_s : float
        τ_s, time constant of the synapse, bins.
    refractory : int
        r, for how many bins the neuron is refractory after a spike, up to 40.
    after : float
        A, height of the depolarising after-potential; below 0 it is a hyperpolarising one.
    tau_after : float
        τ_A, its time constant, bins.
    bias : float
        The potential without any spike; −2 lets 12 % of the bins hold one.

    Examples
    --------
    >>> for refractory, after in ((0, 0.0), (4, 0.0), (0, 1.0)):
    ...     print(f"{taught_window(-3, 5.0, refractory, after).change:+.2f}")
    +0.00
    +0.12
    -0.27
    """
    at, refractory = as_real("delta", delta), whole("refractory", refractory)
    if abs(at) > REACH or at != round(at):
        raise ValueError(f"delta must be a whole number of bins from -{REACH} to {REACH}, got {at:g}")
    if refractory > REACH:
        raise ValueError(f"refractory must be at most {REACH} bins, got {refractory}")
    tau_s, after = positive("tau_s", tau_s), as_real("after", after)
    seen, (a, own, u) = recorded(), room()
    run_taught(
        seen, a, own, u, at, tau_s, float(refractory), after,
        positive("tau_after", tau_after), as_real("bias", bias),
    )  # fmt: skip
    return read(seen)


def recorded() -> TaughtWindow:
    """A blank record."""
    window = ("delta_t", "early", "late", "synapse", "since", "expected", "otherwise", "heard")
    return blank(TaughtWindow, **dict.fromkeys(window, 2 * REACH + 1), lag=SHOWN + 1, aftereffect=SHOWN + 1)


def room() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What `run_taught` works in: a, h and the potential of each bin; the presynaptic bin is the fortieth."""
    return np.zeros(REACH), np.zeros(2 * REACH), np.zeros(3 * REACH + 1)


@kernel
def fill_filters(a, own, tau_s, refractory, after, tau_after):
    """The synaptic kernel and what the neuron hears of its own spike, from the next bin on."""
    for k in range(a.size):
        a[k] = math.exp(-k / tau_s)
    for k in range(own.size):
        own[k] = HELD if k < refractory else after * math.exp(-(k + 1.0 - refractory) / tau_after)


@kernel
def run_taught(seen, a, own, u, delta, tau_s, refractory, after, tau_after, bias):
    """The whole window, and the bins around one pair."""
    fill_filters(a, own, tau_s, refractory, after, tau_after)
    reach, none = seen.delta_t.size // 2, np.uint64(0)
    least, most = 0.0, 0.0
    for k in range(seen.delta_t.size):
        put = gradient(a, own, bias, 0.0, reach, k, 1.0, 0, none, none, u)
        change = put - gradient(a, own, bias, 0.0, reach, k, 0.0, 0, none, none, u)
        seen.delta_t[k] = k - reach
        seen.early[k] = change if k <= reach else math.nan
        seen.late[k] = change if k > reach else math.nan
        seen.synapse[k] = a[k - reach - 1] if k > reach else math.nan
        if k - reach == round(delta):
            seen.change[0] = change
        if k <= reach:
            seen.early_half[0] += change
            least, most = min(least, change), max(most, change)
        else:
            seen.late_half[0] += change
    seen.sign[0] = (1.0 if most > 0.0 else 0.0) + (2.0 if least < 0.0 else 0.0)
    for k in range(seen.lag.size):
        seen.lag[k] = k
        seen.aftereffect[k] = own[k - 1] if k > 0 else math.nan
    gradient(a, own, bias, 0.0, reach, reach + round(delta), 1.0, 0, none, none, u)
    for t in range(seen.since.size):
        late = t - reach - 1
        seen.since[t] = t - reach
        seen.heard[t] = a[late] if 0 <= late < a.size else 0.0
        seen.expected[t] = -pull(u[t], 0.0, LOGISTIC)[1]
        seen.otherwise[t] = -pull(bias, 0.0, LOGISTIC)[1]
