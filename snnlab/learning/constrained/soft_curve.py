"""One neuron, three ways: its soft f–I curve, the slope of it, and its spikes behind a synapse."""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import non_negative, positive
from snnlab.compiling import kernel
from snnlab.learning.constrained.filtered_spikes import deviation
from snnlab.learning.constrained.soft_lif import SoftLIF, check_soft_lif, rate_at, slope_at
from snnlab.learning.constrained.spiking_layer import step
from snnlab.records import blank, read

__all__ = ["SoftCurve", "soft_curve"]

GRID, HIGHEST = 301, 3.0  # currents of the curves
STEPS, DT, SETTLED = 2000, 0.1, 10_000  # of what is shown; steps that go before


class SoftCurve(NamedTuple):
    """A neuron under a constant current.

    Examples
    --------
    >>> seen = soft_curve(2.0)
    >>> print(f"{seen.rate:.1f} Hz, soft {seen.soft_rate:.1f} Hz")
    56.0 Hz, soft 56.0 Hz
    """

    j: np.ndarray
    """Currents from 0 to 3, threshold currents."""
    hard: np.ndarray
    """The rate of the LIF neuron under each, Hz."""
    soft: np.ndarray
    """The rate of the soft one, Hz."""
    slope: np.ndarray
    """The slope of the soft curve, Hz per threshold current."""
    hard_slope: np.ndarray
    """That of the hard one, NaN up to its threshold; without end right above."""
    filtered: np.ndarray
    """The spikes of 200 ms behind the synapse, Hz."""
    times: Annotated[np.ndarray, "n"]
    """Those spikes, ms."""
    clock: np.ndarray
    """Time of each step, ms."""
    mean: np.ndarray
    """The rate, for each step."""
    upper: np.ndarray
    """The rate and one standard deviation more."""
    lower: np.ndarray
    """The rate and one standard deviation less."""
    n: int
    """Spikes in the 200 ms."""
    rate: float
    """The rate of the LIF neuron, Hz."""
    soft_rate: float
    """The rate of the soft one, Hz."""
    soft_slope: float
    """The slope of the soft curve at the current, Hz per threshold current."""
    sd: float
    """Standard deviation of the filtered spikes by the formula, Hz."""


def soft_curve(current: float, neuron: SoftLIF = SoftLIF(), tau_s: float = 5.0) -> SoftCurve:
    """Look at one neuron.

    Parameters
    ----------
    current : float
        j, threshold currents, 0 or more.
    neuron
        Its membrane, and how soft its threshold is.
    tau_s : float
        Time constant of the synapse that filters its spikes, ms.

    Examples
    --------
    >>> seen = soft_curve(2.0, tau_s=20.0)
    >>> print(seen.n, round(seen.sd, 1))
    11 14.3
    """
    seen = recorded()
    run_soft_curve(seen, check_soft_lif(neuron), non_negative("current", current), positive("tau_s", tau_s))
    return read(seen)


def recorded() -> SoftCurve:
    """A blank record."""
    curves = dict.fromkeys(("j", "hard", "soft", "slope", "hard_slope"), GRID)
    lines = dict.fromkeys(("filtered", "times", "clock", "mean", "upper", "lower"), STEPS)
    return blank(SoftCurve, **curves, **lines)


@kernel
def run_soft_curve(seen, neuron, current, tau_s):
    """The curves, and the neuron itself after a second in which its start is forgotten."""
    sharp = SoftLIF(neuron.tau_m, neuron.t_ref, 0.0)
    for k in range(seen.j.size):
        j = HIGHEST * k / (seen.j.size - 1)
        seen.j[k], seen.hard[k], seen.soft[k] = j, rate_at(j, sharp), rate_at(j, neuron)
        seen.slope[k] = slope_at(j, neuron)
        seen.hard_slope[k] = slope_at(j, sharp) if j > 1.0 else math.nan
    seen.rate[0], seen.soft_rate[0] = rate_at(current, sharp), rate_at(current, neuron)
    seen.soft_slope[0] = slope_at(current, neuron)
    seen.sd[0] = deviation(seen.rate[0], tau_s)
    v, held, s, n, decay = 0.0, 0.0, 0.0, 0, math.exp(-DT / tau_s)
    for t in range(SETTLED + STEPS):
        v, held, since = step(v, held, current, neuron.tau_m, neuron.t_ref, DT)
        s *= decay
        if since >= 0.0:
            s += 1000.0 / tau_s * math.exp(-since / tau_s)
            if t >= SETTLED:
                seen.times[n] = (t - SETTLED + 1) * DT - since
                n += 1
        if t >= SETTLED:
            k = t - SETTLED
            seen.filtered[k], seen.clock[k], seen.mean[k] = s, (k + 1) * DT, seen.rate[0]
            seen.upper[k], seen.lower[k] = seen.rate[0] + seen.sd[0], seen.rate[0] - seen.sd[0]
    seen.n[0] = n
