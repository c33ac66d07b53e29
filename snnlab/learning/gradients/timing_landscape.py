r"""The loss of one neuron against one of its weights: stairs, a smooth hill, and what a surrogate says.

With the loss of `snnlab.learning.gradients.timing`, the spiking neuron has a landscape of flat stairs, whose
slope is 0 almost everywhere. That of the relaxed neuron is smooth, and its slope honest, but it is the
landscape of another neuron. The surrogate gradient $g$ belongs to neither; it claims the line

$$ L(w') = L(w) + g\, (w' - w) $$
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.surrogate_network import CurrentLIF
from snnlab.learning.gradients.timing import KeptRun, in_steps, loss_of, spike_times, timing_loss
from snnlab.random import generator
from snnlab.records import blank, read
from snnlab.spikes import Spikes

__all__ = ["TimingLandscape", "TimingTask", "timing_landscape", "timing_task"]

POINTS = 401
"""At so many weights the losses are computed."""
REACH = 0.05
"""How far the line of the surrogate is drawn to both sides, in thresholds."""


class TimingTask(NamedTuple):
    """A neuron, what arrives, and what it should fire.

    Examples
    --------
    >>> task = timing_task(rng=np.random.default_rng(8))
    >>> print(task.inputs[0], task.w[0], task.wanted.times)
    [18.4 37.4 37.5 82.6] 0.35 [21. 26. 41. 46. 60. 67. 86.]
    """

    w: np.ndarray
    """Weights with which it fires what is wanted, shape (n_units,)."""
    inputs: Spikes
    """The trains that arrive."""
    wanted: Spikes
    """What it should fire."""


class TimingLandscape(NamedTuple):
    """Losses and slopes along the first weight, and the neuron with the weight that it has.

    Examples
    --------
    >>> seen = timing_landscape(*timing_task(rng=np.random.default_rng(8)))
    >>> print(seen.n, seen.loss)  # with these weights it fires what is wanted
    7 0.0
    """

    weights: np.ndarray
    """Values of the first weight, in thresholds."""
    hard: np.ndarray
    """The loss of the spiking neuron with each of them."""
    relaxed: np.ndarray
    """The loss of the relaxed neuron."""
    surrogate: np.ndarray
    """The surrogate gradient of the spiking neuron."""
    slope: np.ndarray
    """The slope of the relaxed loss."""
    line: np.ndarray
    """The losses that the surrogate claims near the weight that the neuron has; NaN further away."""
    v: np.ndarray
    """Membrane potential of the spiking neuron with that weight, in thresholds, one value a step."""
    times: Annotated[np.ndarray, "n"]
    """Its spike times, ms."""
    n: int
    """How many spikes it fires."""
    loss: float
    """Its loss."""
    says: float
    """Its surrogate gradient by the first weight."""
    soft: float
    """The loss of the relaxed neuron there."""
    soft_slope: float
    """The slope of that loss."""


def timing_task(
    n_units: int = 8, duration: float = 100.0, first: float = 0.35, *, rng: np.random.Generator
) -> TimingTask:
    """Draw inputs and weights; what the neuron fires with them is what it should fire.

    Parameters
    ----------
    n_units : int
        How many inputs there are; together they fire 20 to 29 spikes.
    duration : float
        How long, ms.
    first : float
        The weight of the first input, in thresholds; the others are drawn.
    rng
        The source of chance.

    Examples
    --------
    >>> timing_task(rng=np.random.default_rng(8)).wanted.n_spikes
    7
    """
    rng = generator(rng)
    n_units, duration = whole("n_units", n_units, 1), positive("duration", duration)
    n = rng.integers(20, 30)
    times = np.sort(rng.uniform(0.0, 0.95 * duration, n)).round(1)
    inputs = Spikes(times, rng.integers(0, n_units, n), n_units=n_units, duration=duration)
    w = np.round(rng.normal(0.1, 0.12, n_units), 2)
    w[0] = as_real("first", first)
    return TimingTask(w, inputs, timing_loss(w, inputs, Spikes([], duration=duration)).spikes)


def timing_landscape(
    w: ArrayLike,
    inputs: Spikes,
    wanted: Spikes,
    neuron: CurrentLIF = CurrentLIF(),
    *,
    width: float = 0.1,
    tau: float = 10.0,
    lowest: float = -0.2,
    highest: float = 0.8,
) -> TimingLandscape:
    """The losses of the spiking and of the relaxed neuron for many values of the first weight.

    Parameters
    ----------
    w, inputs, wanted, neuron, width, tau
        As in `timing_loss`.
    lowest, highest : float
        Between which values, in thresholds.

    Examples
    --------
    >>> w, inputs, wanted = timing_task(rng=np.random.default_rng(8))
    >>> seen = timing_landscape([0.1, *w[1:]], inputs, wanted)
    >>> print(f"{seen.says:.0f}")  # the slope is 0, but the surrogate knows the way
    -109
    """
    width, lowest, highest = positive("width", width), as_real("lowest", lowest), as_real("highest", highest)
    if lowest >= highest:
        raise ValueError(f"highest must be above lowest ({lowest:g}), got {highest:g}")
    weights, at, unit, target, decays = in_steps(w, inputs, wanted, neuron, tau)
    seen, rows, gradient = recorded(target.size), np.empty((3, target.size)), np.empty(weights.size)
    run_landscape(
        seen, rows, gradient, weights, at, unit, target, decays, weights[0], width, lowest, highest, neuron.dt
    )
    return read(seen)


def recorded(steps: int) -> TimingLandscape:
    """A blank record."""
    lines = dict.fromkeys(("weights", "hard", "relaxed", "surrogate", "slope", "line"), POINTS)
    return blank(TimingLandscape, **lines, v=steps, times=steps)


@kernel
def run_landscape(seen, rows, gradient, w, at, unit, target, decays, weight, width, lowest, highest, dt):
    """Both neurons with every weight, and at last with the one that is chosen; the first of `w` is moved."""
    kept, last = KeptRun(seen.v, rows[0], rows[1], rows[2], gradient), seen.weights.size - 1
    for k in range(last + 1):
        w[0] = seen.weights[k] = lowest + (highest - lowest) * k / last
        seen.relaxed[k] = loss_of(w, at, unit, kept, target, decays, width, True)
        seen.slope[k] = gradient[0]
        seen.hard[k] = loss_of(w, at, unit, kept, target, decays, width, False)
        seen.surrogate[k] = gradient[0]
    w[0] = weight
    seen.soft[0] = loss_of(w, at, unit, kept, target, decays, width, True)
    seen.soft_slope[0] = gradient[0]
    seen.loss[0] = loss_of(w, at, unit, kept, target, decays, width, False)
    seen.says[0] = gradient[0]
    seen.n[0] = spike_times(kept.s, seen.times, dt)
    for k in range(last + 1):
        away = seen.weights[k] - weight
        seen.line[k] = seen.loss[0] + gradient[0] * away if abs(away) < REACH else math.nan
