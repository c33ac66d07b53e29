"""What Izhikevich's neuron can do: fourteen features of cortical neurons, each with numbers and an input.

The list is figure 1 of the source, with the numbers and inputs of its author's script. That script shows
twenty. Three need other equations than the neuron's own (class 1 excitability, the integrator,
accommodation). Three more are there at the script's steps of Euler's method, 0.1 to 0.5 ms, and not in a
solution of the equations (bistability, the depolarising after-potential, inhibition-induced bursting): a
neuron that should fall silent fires on. What is left is here, and does what its name says at any step that is
short enough.

Source: E. M. Izhikevich (2004), IEEE Transactions on Neural Networks 15, 1063–1070.
"""

import math
from typing import Annotated, Any, NamedTuple

import numpy as np

from snnlab.checks import NonNegative, checked, finite_array, positive
from snnlab.neurons.models.izhikevich import Izhikevich
from snnlab.neurons.time_grid import whole_steps

__all__ = ["FIRING_FEATURES", "Feature", "feature_input"]


def _corners(name: str, points: Any) -> tuple[tuple[float, float], ...]:
    corners = finite_array(name, points, (2,), "(corners, 2)")
    if corners.shape[1] != 2 or not len(corners) or (np.diff(corners[:, 0]) < 0).any():
        raise ValueError(f"{name} must be pairs of a rising time and an input, got {points!r:.60}")
    return tuple((float(time), float(height)) for time, height in corners)


class Feature(NamedTuple):
    """A neuron and the input that brings a feature to light.

    Examples
    --------
    >>> FIRING_FEATURES["rebound spike"].points
    ((20.0, 0.0), (20.0, -15.0), (25.0, -15.0), (25.0, 0.0))
    """

    neuron: Izhikevich
    """The numbers of the neuron."""
    v_start: float
    """Potential at time 0, mV; the recovery variable starts at ``b * v_start``."""
    duration: NonNegative
    """How long the figure looks, ms."""
    points: Annotated[tuple[tuple[float, float], ...], _corners]
    """Corners (ms, mV/ms) of the input: straight in between, constant before the first and after the last."""


def feature_input(feature: Feature, dt: float = 0.1) -> np.ndarray:
    """The input of a feature on a grid of time steps.

    Parameters
    ----------
    feature
        One of `FIRING_FEATURES`, or your own.
    dt : float
        Time step, ms.

    Returns
    -------
    array of shape (steps,)
        Input in the middle of each step, mV/ms.

    Raises
    ------
    ValueError, TypeError
        If `feature` is none, or `dt` is not positive.

    Examples
    --------
    >>> from snnlab.neurons import simulate_izhikevich
    >>> rebound = FIRING_FEATURES["rebound spike"]
    >>> run = simulate_izhikevich(feature_input(rebound), rebound.neuron, v_start=rebound.v_start)
    >>> print(run.spikes.times.round(1))
    [57.7]
    """
    feature, dt = checked("feature", feature, Feature), positive("dt", dt)
    when, height = np.array(feature.points).T
    whole_steps(feature.duration, dt)
    middles = (np.arange(math.ceil(round(feature.duration / dt, 6))) + 0.5) * dt
    before = np.searchsorted(when, middles)  # corners that lie before; two at one time are a jump
    left, right = np.maximum(before - 1, 0), np.minimum(before, when.size - 1)
    share = (middles - when[left]) / np.where(right > left, when[right] - when[left], 1.0)
    return np.where(right > left, height[left] + share * (height[right] - height[left]), height[left])


def _jump(start: float, height: float, base: float = 0.0) -> tuple:
    return ((start, base), (start, height))


def _pulses(*pulses: tuple[float, float, float]) -> tuple:
    """Pulses, each with its start, its length and its height."""
    return tuple(
        corner for start, width, height in pulses
        for corner in (*_jump(start, height), *_jump(start + width, 0.0, height))
    )  # fmt: skip


FIRING_FEATURES = {
    "tonic spiking": Feature(Izhikevich(0.02, 0.2, -65.0, 6.0), -70.0, 100.0, _jump(10.0, 14.0)),
    "phasic spiking": Feature(Izhikevich(0.02, 0.25, -65.0, 6.0), -64.0, 200.0, _jump(20.0, 0.5)),
    "tonic bursting": Feature(Izhikevich(0.02, 0.2, -50.0, 2.0), -70.0, 220.0, _jump(22.0, 15.0)),
    "phasic bursting": Feature(Izhikevich(0.02, 0.25, -55.0, 0.05), -64.0, 200.0, _jump(20.0, 0.6)),
    "mixed mode": Feature(Izhikevich(0.02, 0.2, -55.0, 4.0), -70.0, 160.0, _jump(16.0, 10.0)),
    "spike frequency adaptation": Feature(Izhikevich(0.01, 0.2, -65.0, 8.0), -70.0, 85.0, _jump(8.5, 30.0)),
    "class 2 excitability": Feature(
        Izhikevich(0.2, 0.26, -65.0, 0.0), -64.0, 300.0, ((30.0, -0.5), (300.0, 3.55))
    ),
    "spike latency": Feature(Izhikevich(0.02, 0.2, -65.0, 6.0), -70.0, 100.0, _pulses((10.0, 3.0, 7.04))),
    "subthreshold oscillations": Feature(
        Izhikevich(0.05, 0.26, -60.0, 0.0), -62.0, 200.0, _pulses((20.0, 5.0, 2.0))
    ),
    "resonator": Feature(
        Izhikevich(0.1, 0.26, -60.0, -1.0), -62.0, 400.0,
        _pulses((40.0, 4.0, 0.65), (60.0, 4.0, 0.65), (280.0, 4.0, 0.65), (320.0, 4.0, 0.65)),
    ),
    "rebound spike": Feature(Izhikevich(0.03, 0.25, -60.0, 4.0), -64.0, 200.0, _pulses((20.0, 5.0, -15.0))),
    "rebound burst": Feature(Izhikevich(0.03, 0.25, -52.0, 0.0), -64.0, 200.0, _pulses((20.0, 5.0, -15.0))),
    "threshold variability": Feature(
        Izhikevich(0.03, 0.25, -60.0, 4.0), -64.0, 100.0,
        _pulses((10.0, 5.0, 1.0), (70.0, 5.0, -6.0), (80.0, 5.0, 1.0)),
    ),
    "inhibition-induced spiking": Feature(
        Izhikevich(-0.02, -1.0, -60.0, 8.0), -63.8, 350.0,
        (*_jump(50.0, 75.0, 80.0), *_jump(250.0, 80.0, 75.0)),
    ),
}  # fmt: skip
"""The features by their name in the figure."""
