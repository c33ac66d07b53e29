"""Input spikes on a grid of time steps, for the neurons whose inputs are spikes."""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative, positive
from snnlab.checks_of_spikes import be_spikes
from snnlab.neurons.time_grid import whole_steps
from snnlab.spikes import Spikes

__all__ = ["arrivals", "arrivals_of_both", "checked_inputs", "two_time_constants"]


def checked_inputs(inputs: Spikes, w: ArrayLike) -> np.ndarray:
    """The weights as an array, one for each unit of `inputs`."""
    be_spikes("inputs", inputs)
    w = finite_array("w", w, (1,), "(n_units,)")
    if w.size != inputs.n_units:
        raise ValueError(f"w must have one weight for each of the {inputs.n_units} units, got {w.size}")
    return w


def arrivals(
    inputs: Spikes, w: ArrayLike, delay: float, i: ArrayLike | None, dt: float
) -> tuple[np.ndarray, np.ndarray]:
    """The weight that arrives at the start of each step and at the end of the last, and the current.

    The first has shape (steps + 1,), the second (steps,); `dt` is known to be positive.
    """
    w = checked_inputs(inputs, w)
    delay = non_negative("delay", delay)
    steps = whole_steps(inputs.duration, dt)
    i = np.zeros(steps) if i is None else finite_array("i", i, (1,), "(steps,)")
    if i.size != steps:
        raise ValueError(f"i must have one value for each of the {steps} steps, got {i.size}")
    jump = np.zeros(steps + 1)
    at = np.rint((inputs.times + delay) / dt)
    early = at <= steps  # what arrives after the end is lost
    np.add.at(jump, at[early].astype(np.int64), w[inputs.units[early]])
    return jump, i


def two_time_constants(tau_s: float, tau_in: float | None) -> tuple[float, float]:
    """Valid time constants of excitation and of inhibition; the second is the first where it is None."""
    tau_s = positive("tau_s", tau_s)
    return tau_s, tau_s if tau_in is None else positive("tau_in", tau_in)


def arrivals_of_both(
    inputs: Spikes, w: ArrayLike, delay: float, i: ArrayLike | None, dt: float, apart: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As `arrivals`, with what inhibits by itself; unless `apart` it comes with the rest."""
    w = checked_inputs(inputs, w)
    jump, i = arrivals(inputs, np.maximum(w, 0.0) if apart else w, delay, i, dt)
    inhibiting = arrivals(inputs, np.minimum(w, 0.0), delay, i, dt)[0] if apart else np.zeros(i.size + 1)
    return jump, inhibiting, i
