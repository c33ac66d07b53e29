"""A LIF neuron under one step of current, and where on its f–I curve it stands.

The neuron rests, then the current is on until the end. The count of its spikes over the length of the step is
near the rate of the closed form (`lif_rate`), and below it by less than one spike.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import LIF, State, check_lif, rates_at, run_one
from snnlab.neurons.time_grid import whole_steps
from snnlab.records import blank, read

__all__ = ["LIFStep", "lif_step"]

CURRENTS = 161
"""At so many currents the f–I curve is computed, from 0 on."""


class LIFStep(NamedTuple):
    """A neuron under a step of current.

    Examples
    --------
    >>> lif_step(0.1).n  # below its rheobase
    0
    """

    i: np.ndarray
    """Current, nA, one value a step of time."""
    v: np.ndarray
    """Membrane potential, mV, one value a step of time."""
    times: Annotated[np.ndarray, "n"]
    """Spike times, ms."""
    i_curve: np.ndarray
    """Currents, nA."""
    rate_curve: np.ndarray
    """The rate under each of them, in closed form, Hz."""
    n: int
    """How many spikes there are."""
    rate: float
    """How many there are in a second of the step of current, Hz."""


def lif_step(
    current: float,
    neuron: LIF = LIF(),
    onset: float = 100.0,
    duration: float = 1100.0,
    strongest: float = 0.5,
    dt: float = 0.1,
) -> LIFStep:
    """Let a current into a resting neuron, and compute its f–I curve.

    Parameters
    ----------
    current : float
        nA, from `onset` on.
    neuron
        The numbers of the neuron.
    onset, duration : float
        When the current begins and when everything ends, ms.
    strongest : float
        Where the f–I curve ends, nA.
    dt : float
        Time step, ms.

    Returns
    -------
    LIFStep

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = lif_step(0.3)
    >>> print(f"{seen.rate:.0f} Hz, on the curve {np.interp(0.3, seen.i_curve, seen.rate_curve):.1f} Hz")
    63 Hz, on the curve 63.0 Hz
    """
    neuron, current, dt = check_lif(neuron), as_real("current", current), positive("dt", dt)
    seen, first = recorded(duration, dt), round(non_negative("onset", onset) / dt)
    if first >= seen.v.size:
        raise ValueError(f"onset must be before duration ({duration:g} ms), got {onset:g}")
    run_step(seen, neuron, current, first, positive("strongest", strongest), dt)
    return read(seen)


def recorded(duration: float, dt: float) -> LIFStep:
    """A blank record of `duration` (ms)."""
    steps = whole_steps(duration, dt)
    return blank(LIFStep, i=steps, v=steps, times=steps, i_curve=CURRENTS, rate_curve=CURRENTS)


@kernel
def run_step(seen, neuron, current, onset, strongest, dt):
    """The current from step `onset` on, and the curve up to the `strongest` one."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    seen.i[onset:] = current
    start = State(min(v_rest, v_th), 0)
    n, _ = run_one(seen.i, seen.v, seen.times, start, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    for k in range(seen.i_curve.size):
        seen.i_curve[k] = strongest * k / (seen.i_curve.size - 1)
    rates_at(seen.i_curve, seen.rate_curve, tau_m, r_m, v_rest, v_reset, v_th, t_ref)
    seen.n[0] = n
    seen.rate[0] = 1000.0 * n / ((seen.i.size - onset) * dt)
