r"""When a membrane that is driven by a constant and by decaying synaptic currents crosses the threshold.

With $u$ and a drive in mV, and $y$ a synaptic current in mV (so that it adds $y\,\epsilon(s)$, where
$\epsilon$ is the PSP of an exponential synapse), excitation and inhibition with a time constant each,

$$ u(s) = e^{-s/\tau_m}\, u(0) + (1 - e^{-s/\tau_m})\, u_\infty
+ y_s\, \epsilon_s(s) + y_{in}\, \epsilon_{in}(s) $$

has at most one extremum for each current. That of a single current has a closed form. With two currents,

$$ \frac{d}{ds} \left( e^{s/\tau_m}\, u' \right) = -\frac{y_s}{\tau_s^2}\, e^{-(1/\tau_s - 1/\tau_m)\, s}
-\frac{y_{in}}{\tau_{in}^2}\, e^{-(1/\tau_{in} - 1/\tau_m)\, s} $$

vanishes once at most, at a time in closed form; on each side of it lies one extremum at most. Between extrema
$u$ is monotone, so that a crossing from below is bracketed, and found to the last digits, by Newton's method
held inside the bracket.
"""

import math

from snnlab.compiling import kernel
from snnlab.neurons.synaptic import psp_at

__all__ = ["next_crossing", "potential_after"]


@kernel
def potential_after(u, u_inf, y, y_in, s, tau_m, tau_s, tau_in):
    """The potential after a time `s` without events."""
    decay = math.exp(-s / tau_m)
    moved = decay * u + (1.0 - decay) * u_inf + y * psp_at(s, tau_m, tau_s)
    return moved if y_in == 0.0 else moved + y_in * psp_at(s, tau_m, tau_in)


@kernel
def _slope_of_psp(s, tau_m, tau_s):
    """The derivative of the PSP."""
    return math.exp(-s / tau_s) / tau_s - psp_at(s, tau_m, tau_s) / tau_m


@kernel
def _slope(u, u_inf, y, y_in, s, tau_m, tau_s, tau_in):
    """The derivative of the potential."""
    slope = (u_inf - u) / tau_m * math.exp(-s / tau_m) + y * _slope_of_psp(s, tau_m, tau_s)
    return slope if y_in == 0.0 else slope + y_in * _slope_of_psp(s, tau_m, tau_in)


@kernel
def _extremum(u, u_inf, y, tau_m, tau_s):
    """The time of the extremum of the potential under one current; infinite if there is none ahead."""
    if y == 0.0:
        return math.inf
    gap = 1.0 / tau_s - 1.0 / tau_m
    reach = tau_s * (1.0 + (u_inf - u) * tau_s / (y * tau_m))  # (1 − exp(−gap s)) / gap there
    if reach <= 0.0 or gap * reach >= 1.0:
        return math.inf
    return -math.log1p(-gap * reach) / gap if gap != 0.0 else reach


@kernel
def _extremum_within(u, u_inf, y, y_in, low, high, tau_m, tau_s, tau_in):
    """The one time between `low` and `high` at which the slope changes its sign; `high` if none does."""
    rises = _slope(u, u_inf, y, y_in, low, tau_m, tau_s, tau_in) > 0.0
    if (_slope(u, u_inf, y, y_in, high, tau_m, tau_s, tau_in) > 0.0) == rises:
        return high
    while True:
        middle = 0.5 * (low + high)
        if not low < middle < high:
            return middle
        if (_slope(u, u_inf, y, y_in, middle, tau_m, tau_s, tau_in) > 0.0) == rises:
            low = middle
        else:
            high = middle


@kernel
def _monotone_until(u, u_inf, y, y_in, within, tau_m, tau_s, tau_in):
    """Up to three times, `within` at most, before and between which the potential rises or falls only."""
    if y_in == 0.0:
        turn = min(_extremum(u, u_inf, y, tau_m, tau_s), within)
        return turn, turn, within
    bend = 0.0
    if y * y_in < 0.0 and tau_s != tau_in:
        at = math.log(-y_in / y * (tau_s / tau_in) ** 2) / (1.0 / tau_in - 1.0 / tau_s)
        bend = min(max(at, 0.0), within)
    first = _extremum_within(u, u_inf, y, y_in, 0.0, bend, tau_m, tau_s, tau_in)
    second = _extremum_within(u, u_inf, y, y_in, bend, within, tau_m, tau_s, tau_in)
    return first, second, within


@kernel
def next_crossing(u, u_inf, y, y_in, v_th, within, tau_m, tau_s, tau_in):
    """The time until the potential reaches `v_th` from below; infinite if not `within` that time."""
    if u >= v_th:
        return 0.0
    low = 0.0
    for high in _monotone_until(u, u_inf, y, y_in, within, tau_m, tau_s, tau_in):
        if potential_after(u, u_inf, y, y_in, high, tau_m, tau_s, tau_in) >= v_th:
            return _crossing_within(u, u_inf, y, y_in, v_th, low, high, tau_m, tau_s, tau_in)
        low = high
    return math.inf


@kernel
def _crossing_within(u, u_inf, y, y_in, v_th, low, high, tau_m, tau_s, tau_in):
    """The time of the crossing between `low` and `high`, where the potential only rises."""
    s = low  # from there on it mostly flattens, and then no step goes too far
    for _ in range(200):
        miss = potential_after(u, u_inf, y, y_in, s, tau_m, tau_s, tau_in) - v_th
        if miss < 0.0:
            low = s
        else:
            high = s
        slope = _slope(u, u_inf, y, y_in, s, tau_m, tau_s, tau_in)
        next_s = s - miss / slope if slope > 0.0 else high
        if next_s == s or high - low <= 1e-15 * high:
            break
        if not low < next_s < high:
            next_s = 0.5 * (low + high)
        s = next_s
    return s
