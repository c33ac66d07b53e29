r"""Fit a LIF neuron to a measured f–I curve.

What a weak step of current shows is measured, not fitted: $v_{rest}$, $R$ and $\tau_m$. The f–I curve has
three numbers left, and the fit minimises the root mean square of the error of the rate over them:

$$ \min_{v_{th},\, v_{reset},\, t_{ref}} \sqrt{\frac{1}{n} \sum_k \left(f(i_k) - f_k\right)^2} $$

An f–I curve hardly tells a deep reset from a long pause, so the free numbers may end where no cell has ever
been: bounds keep them where the recording shows the potential, or the pause, after a spike.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.neurons.fitting.bounds import Bounds, checked_bounds
from snnlab.neurons.models.lif import LIF, check_lif, lif_rate

__all__ = ["LIFFit", "fit_lif"]

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
    membrane, bounds = check_lif(membrane), checked_bounds(bounds, ("v_reset", "v_th", "t_ref"))

    # In units of R times current, so that one grid fits cells of any resistance.
    drive = membrane.r_m * current
    first, largest, shortest = drive[rate > 0].min(), np.abs(drive).max(), 1000.0 / rate.max()
    centre = np.array([first / 2, 0.0, shortest / 2])  # v_th − v_rest, v_rest − v_reset, t_ref
    half = np.array([largest, largest, shortest / 2])
    low, high = _limits(bounds, membrane.v_rest)
    known = np.isfinite(low)
    centre[known], half[known] = (low[known] + high[known]) / 2, (high[known] - low[known]) / 2
    for _ in range(_ZOOMS):
        axes = [np.linspace(c - h, c + h, _POINTS) for c, h in zip(centre, half, strict=True)]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3).clip(low, high)
        rise, drop, t_ref = grid.T[..., None]  # each of shape (points of the grid, 1), against (currents,)
        possible = (rise + drop > 0) & (t_ref >= 0)
        rates = _rates(
            drive, rise, np.where(possible, rise + drop, 1.0), np.where(possible, t_ref, 0.0), membrane.tau_m
        )
        error = np.where(possible[:, 0], np.mean((rates - rate) ** 2, axis=1), np.inf)
        if not np.isfinite(error).any():
            raise ValueError(f"bounds must let v_reset be below v_th and t_ref not be negative, got {bounds}")
        centre, half = grid[np.argmin(error)], half * _SHRINK

    rise, drop, t_ref = map(float, centre)
    neuron = membrane._replace(v_th=membrane.v_rest + rise, v_reset=membrane.v_rest - drop, t_ref=t_ref)
    fitted = lif_rate(current, neuron)
    return LIFFit(neuron, fitted, float(np.sqrt(np.mean((fitted - rate) ** 2))))


def _limits(bounds: Bounds, v_rest: float) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest v_th − v_rest, v_rest − v_reset and t_ref that are allowed."""
    low, high = np.full(3, -np.inf), np.full(3, np.inf)
    for name, (least, most) in bounds.items():
        if name == "v_th":
            low[0], high[0] = least - v_rest, most - v_rest
        elif name == "v_reset":
            low[1], high[1] = v_rest - most, v_rest - least
        else:
            low[2], high[2] = least, most
    return low, high


def _rates(
    drive: np.ndarray, rise: np.ndarray, climb: np.ndarray, t_ref: np.ndarray, tau_m: float
) -> np.ndarray:
    """The closed-form rate for a whole grid of neurons at once, Hz; `climb` goes from reset to threshold."""
    fires = drive > rise
    return np.where(
        fires, 1000.0 / (t_ref + tau_m * np.log1p(climb / np.where(fires, drive - rise, 1.0))), 0.0
    )
