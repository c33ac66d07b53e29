r"""Fit a LIF neuron to a measured f–I curve.

What a weak step of current shows is measured, not fitted: $v_{rest}$, $R$ and $\tau_m$. The f–I curve has
three numbers left, and the fit minimises the root mean square of the error of the rate over them:

$$ \min_{v_{th},\, v_{reset},\, t_{ref}} \sqrt{\frac{1}{n} \sum_k \left(f(i_k) - f_k\right)^2} $$

An f–I curve hardly tells a deep reset from a long pause, so the free numbers may end where no cell has ever
been: bounds keep them where the recording shows the potential, or the pause, after a spike.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.compiling import kernel
from snnlab.neurons.fitting.bounds import Bounds, checked_bounds, limits_of
from snnlab.neurons.models.lif import LIF, check_lif, lif_rate, rate_at

__all__ = ["LIFFit", "fit_lif"]

FREE = ("v_reset", "v_th", "t_ref")  # the numbers that are found, which may have bounds

_POINTS = 15  # on each axis of the grid
_ZOOMS = 40
_SHRINK = 0.6  # of the grid from one zoom to the next: slow enough not to lose the valley


class LIFFit(NamedTuple):
    """The fitted neuron and how well it does.

    Examples
    --------
    >>> current = np.linspace(0.1, 1.0, 10)
    >>> neuron, rate, rms = fit_lif(current, lif_rate(current), LIF())
    >>> bool(np.sqrt(np.mean((rate - lif_rate(current)) ** 2)) == rms)
    True
    """

    neuron: LIF
    """The numbers found."""
    rate: np.ndarray
    """Its rates at the measured currents, Hz."""
    rms: float
    """Root mean square of the error of the rate, Hz."""


def fit_lif(current: ArrayLike, rate: ArrayLike, membrane: LIF, bounds: Bounds | None = None) -> LIFFit:
    """Find the threshold, the reset and the refractory time that fit an f–I curve best.

    The search lays a grid over the three numbers, moves to its best point, makes the grid smaller, and
    repeats.

    Parameters
    ----------
    current, rate : arrays of shape (n,)
        Measured currents, nA, not all of them zero, and firing rates, Hz, at least three of them above zero.
    membrane
        Its `tau_m`, `r_m` and `v_rest` are kept.
    bounds : dict, optional
        For some of ``v_reset``, ``v_th`` (mV) and ``t_ref`` (ms) the lowest and the highest value allowed:
        ``{"v_reset": (-62, -52), "t_ref": (0, 5)}``.

    Examples
    --------
    >>> true = LIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0)
    >>> current = np.linspace(0.1, 1.0, 10)
    >>> fit = fit_lif(current, lif_rate(current, true), LIF())
    >>> found = fit.neuron
    >>> print(f"{found.v_th:.2f} mV, {found.v_reset:.2f} mV, {found.t_ref:.2f} ms, rms {fit.rms:.3f} Hz")
    -52.00 mV, -60.00 mV, 3.00 ms, rms 0.000 Hz
    """
    current, rate = finite_array("current", current, (1,), "(n,)"), finite_array("rate", rate, (1,), "(n,)")
    if rate.shape != current.shape:
        raise ValueError(f"rate must be as many as current ({current.size}), got {rate.size}")
    if (rate < 0).any():
        raise ValueError(f"rate must be zero or positive, got {rate.min():g}")
    if not current.any():
        raise ValueError("current must not be zero everywhere")
    if np.count_nonzero(rate) < 3:
        raise ValueError(f"rate must be above zero at three currents at least, got {np.count_nonzero(rate)}")
    membrane, bounds = check_lif(membrane), checked_bounds(bounds, FREE)

    numbers, rates = np.empty(3), np.empty(rate.size)
    if not search_rates(current, rate, rates, *membrane[:3], *limits_of(bounds, FREE), numbers):
        raise ValueError(f"bounds must let v_reset be below v_th and t_ref not be negative, got {bounds}")
    v_reset, v_th, t_ref = map(float, numbers)
    neuron = membrane._replace(v_th=v_th, v_reset=v_reset, t_ref=t_ref)
    fitted = lif_rate(current, neuron)
    return LIFFit(neuron, fitted, float(np.sqrt(np.mean((fitted - rate) ** 2))))


@kernel
def search_rates(current, rate, drive, tau_m, r_m, v_rest, low, high, numbers):
    """Write the best v_reset, v_th and t_ref into `numbers`; whether there is a neuron within the bounds.

    `drive` is room, one number a current. `low` and `high` bound what is free, in the order of `FREE`, as
    that of `numbers` is; they are infinite where there are no bounds.

    Examples
    --------
    >>> true, current = LIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0), np.linspace(0.1, 1.0, 10)
    >>> numbers, none = np.empty(3), np.full(3, np.inf)
    >>> search_rates(current, lif_rate(current, true), np.empty(10), *LIF()[:3], -none, none, numbers)
    True
    >>> print(np.round(numbers, 2))
    [-60. -52.   3.]
    """
    # In units of R times current, so that one grid fits cells of any resistance.
    first, largest, fastest = math.inf, 0.0, 0.0
    for k in range(current.size):
        drive[k] = r_m * current[k]
        largest, fastest = max(largest, abs(drive[k])), max(fastest, rate[k])
        if rate[k] > 0.0:
            first = min(first, drive[k])
    shortest = 1000.0 / fastest
    # the middle and half the width of the grid along v_th − v_rest, v_rest − v_reset and t_ref
    rise, rise_half = _between(low[1] - v_rest, high[1] - v_rest, first / 2, largest)
    drop, drop_half = _between(v_rest - high[0], v_rest - low[0], 0.0, largest)
    pause, pause_half = _between(low[2], high[2], shortest / 2, shortest / 2)
    for _ in range(_ZOOMS):
        least = math.inf
        centre = rise, drop, pause
        for a in range(_POINTS):
            up = _clipped(_grid(centre[0], rise_half, a), low[1] - v_rest, high[1] - v_rest)
            for b in range(_POINTS):
                down = _clipped(_grid(centre[1], drop_half, b), v_rest - high[0], v_rest - low[0])
                for c in range(_POINTS):
                    t_ref = _clipped(_grid(centre[2], pause_half, c), low[2], high[2])
                    if not (up + down > 0.0 and t_ref >= 0.0):
                        continue
                    error = 0.0
                    for k in range(current.size):
                        error += (rate_at(drive[k], tau_m, 1.0, 0.0, -down, up, t_ref) - rate[k]) ** 2
                        if error >= least:
                            break
                    if error < least:
                        least, rise, drop, pause = error, up, down, t_ref
        if least == math.inf:
            return False
        rise_half, drop_half, pause_half = _SHRINK * rise_half, _SHRINK * drop_half, _SHRINK * pause_half
    numbers[0], numbers[1], numbers[2] = v_rest - drop, v_rest + rise, pause
    return True


@kernel
def _between(low, high, middle, half):
    """Middle and half the width of the grid: of the bounds, or as given where there are none."""
    if math.isinf(low):
        return middle, half
    return (low + high) / 2, (high - low) / 2


@kernel
def _grid(middle, half, k):
    """Point k of an axis of the grid."""
    low, high = middle - half, middle + half
    return high if k == _POINTS - 1 else k * ((high - low) / (_POINTS - 1)) + low


@kernel
def _clipped(x, low, high):
    return min(max(x, low), high)
