r"""When a membrane that is driven by a constant and by a decaying synaptic current crosses the threshold.

With $u$ and a drive in mV, and $y$ the synaptic current in mV (so that it adds $y\,\epsilon(s)$, where
$\epsilon$ is the PSP of an exponential synapse),

$$ u(s) = e^{-s/\tau_m}\, u(0) + (1 - e^{-s/\tau_m})\, u_\infty + y\, \epsilon(s) $$

has at most one extremum, in closed form. On each side of it $u$ is monotone, so that a crossing from below is
bracketed, and found to the last digits, by Newton's method held inside the bracket.
"""

import math

from snnlab.compiling import kernel
from snnlab.neurons.synaptic import psp_at

__all__: list[str] = []


@kernel
def _after(u, u_inf, y, s, tau_m, tau_s):
    """The potential after a time `s` without events."""
    decay = math.exp(-s / tau_m)
    return decay * u + (1.0 - decay) * u_inf + y * psp_at(s, tau_m, tau_s)


@kernel
def _slope(u, u_inf, y, s, tau_m, tau_s):
    """Its derivative."""
    of_psp = math.exp(-s / tau_s) / tau_s - psp_at(s, tau_m, tau_s) / tau_m
    return (u_inf - u) / tau_m * math.exp(-s / tau_m) + y * of_psp


@kernel
def _extremum(u, u_inf, y, tau_m, tau_s):
    """The time of the extremum of the potential; infinite if there is none ahead."""
    if y == 0.0:
        return math.inf
    gap = 1.0 / tau_s - 1.0 / tau_m
    reach = tau_s * (1.0 + (u_inf - u) * tau_s / (y * tau_m))  # (1 − exp(−gap s)) / gap there
    if reach <= 0.0 or gap * reach >= 1.0:
        return math.inf
    return -math.log1p(-gap * reach) / gap if gap != 0.0 else reach


@kernel
def _crossing(u, u_inf, y, v_th, within, tau_m, tau_s):
    """The time until the potential reaches `v_th` from below; infinite if not `within` that time."""
    if u >= v_th:
        return 0.0
    low, high = 0.0, within
    turn = _extremum(u, u_inf, y, tau_m, tau_s)
    if turn < within:
        if _slope(u, u_inf, y, 0.0, tau_m, tau_s) > 0.0:
            high = turn  # up, and down again
        else:
            low = turn  # down, and up again
    if _after(u, u_inf, y, high, tau_m, tau_s) < v_th:
        return math.inf
    s = low  # from there on it mostly flattens, and then no step goes too far
    for _ in range(200):
        miss = _after(u, u_inf, y, s, tau_m, tau_s) - v_th
        if miss < 0.0:
            low = s
        else:
            high = s
        slope = _slope(u, u_inf, y, s, tau_m, tau_s)
        next_s = s - miss / slope if slope > 0.0 else high
        if next_s == s or high - low <= 1e-15 * high:
            break
        if not low < next_s < high:
            next_s = 0.5 * (low + high)
        s = next_s
    return s
