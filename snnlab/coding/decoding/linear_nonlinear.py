r"""A neuron that echoes a recorded one: a linear filter of the stimulus, then a curve.

What the neuron hears now is a weighted sum of the last steps of the stimulus $s$, with the weights $k_j$; the
*drive* $d$. A curve $f$ that never falls turns it into a rate:

$$ d(t) = \sum_j k_j \left(s(t - j\,\Delta t) - \bar s\right), \qquad r(t) = f(d(t)) $$

The weights are those of the straight line that comes closest to the spike counts $c$, in the sense of least
squares; a little friction $\lambda$ keeps them from following every accident:

$$ (S^T S + \lambda\, m\, I)\, k = S^T c $$

with one row of $S$ for each step and $m$ the mean of the diagonal of $S^T S$. The curve is the tuning curve
to the drive, in bins that hold the same time each. So the neuron has the rate of the recorded one for each
drive. It knows nothing of its own spikes: no refractory time, no adaptation.

Source: E. J. Chichilnisky (2001), Network: Computation in Neural Systems 12, 199–213; P. Dayan and L. F.
Abbott (2001), Theoretical Neuroscience, sections 2.2 and 2.3.
"""

from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Floats
from snnlab.checks import Positive, checked, finite_array, non_negative, positive, steps_in, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.decoding.tuning import tuning_curve
from snnlab.spikes import Spikes

__all__ = ["LinearNonlinear", "fit_linear_nonlinear", "linear_nonlinear_rate"]


class LinearNonlinear(NamedTuple):
    """A filter and a curve.

    Examples
    --------
    >>> neuron = LinearNonlinear(np.array([1.0]), 0.0, np.array([0.0, 1.0]), np.array([0.0, 50.0]), dt=1.0)
    >>> print(linear_nonlinear_rate([0.0, 0.5, 2.0], neuron))
    [ 0. 25. 50.]
    """

    weights: Annotated[np.ndarray, Floats("(steps,)")]
    """Weight of the stimulus now, one step ago, two steps ago, …, shape (steps,)."""
    mean: float
    """What is taken off the stimulus first."""
    drive: Annotated[np.ndarray, Floats("(points,)", rising=True)]
    """Points of the curve, growing, shape (points,)."""
    rate: Annotated[np.ndarray, Floats("(points,)")]
    """The rate at these points, Hz; straight lines between them, level beyond."""
    dt: Positive
    """Step of the stimulus, ms."""


def fit_linear_nonlinear(
    spikes: Spikes,
    stimulus: ArrayLike,
    dt: float,
    memory: float = 20.0,
    friction: float = 0.01,
    points: int = 16,
) -> LinearNonlinear:
    """Fit a filter and a curve to one recorded train.

    Parameters
    ----------
    spikes
        The train of one unit.
    stimulus : array of shape (steps,)
        What it heard or saw in each step.
    dt : float
        Length of a step, ms.
    memory : float
        How far back the filter reaches, ms.
    friction : float
        λ, relative to the size of the stimulus.
    points : int
        Points of the curve, each from the same stretch of time.

    Examples
    --------
    >>> from snnlab.data import load_grasshopper
    >>> spikes, stimulus, dt, *_ = load_grasshopper()
    >>> echo = fit_linear_nonlinear(spikes, np.log(stimulus), dt)
    >>> print(f"{linear_nonlinear_rate(np.log(stimulus), echo).mean():.0f} Hz")
    92 Hz
    """
    be_spikes("spikes", spikes)
    if spikes.n_units != 1:
        raise ValueError(f"spikes must be of one unit, got {spikes.n_units}")
    stimulus, dt = finite_array("stimulus", stimulus, (1,), "(steps,)"), positive("dt", dt)
    memory, friction = positive("memory", memory), non_negative("friction", friction)
    points, reach = whole("points", points, least=2), max(1, steps_in("memory", memory, dt))
    if stimulus.size < 10 * max(points, reach):
        raise ValueError(
            f"stimulus must have ten times as many steps as the filter and the curve, got {stimulus.size}"
        )
    if not spikes.n_spikes or stimulus.min() == stimulus.max():
        raise ValueError("spikes and stimulus must change, got none or always the same")
    counts = Spikes(spikes.times, n_units=1, duration=max(spikes.duration, stimulus.size * dt)).counts(dt)
    counts = counts[: stimulus.size, 0].astype(np.float64)
    mean = float(stimulus.mean())
    past = _past(stimulus - mean, reach)
    square = past.T @ past
    size = np.trace(square) / reach
    weights = np.linalg.solve(square + friction * size * np.eye(reach), past.T @ counts)
    drive = past @ weights
    edges = np.unique(np.quantile(drive, np.linspace(0.0, 1.0, points + 1)))
    curve = tuning_curve(spikes, drive, dt, edges)
    shown = curve.time > 0
    where = np.clip(np.searchsorted(edges, drive, side="right") - 1, 0, edges.size - 2)
    middle = np.bincount(where, drive, edges.size - 1)[shown] * dt / curve.time[shown]
    return LinearNonlinear(weights, mean, middle, np.maximum.accumulate(curve.rate[shown, 0]), dt)


def linear_nonlinear_rate(stimulus: ArrayLike, neuron: LinearNonlinear, slower: float = 1.0) -> np.ndarray:
    """The rate of the neuron in each step of a stimulus.

    Parameters
    ----------
    stimulus : array of shape (steps,)
        In steps of ``neuron.dt``; before its beginning it was as it is on average.
    neuron
        The filter and the curve.
    slower : float
        At which part of its speed the stimulus is played, 1 at least: 3 is a third, and only its first third
        is heard.

    Returns
    -------
    array of shape (steps,)
        Rate in Hz, for `snnlab.coding.thinned_spikes` or `rescaled_spikes`.

    Examples
    --------
    >>> late = LinearNonlinear(np.array([0.0, 1.0]), 0.0, np.array([0.0, 1.0]), np.array([0.0, 50.0]), dt=1.0)
    >>> print(linear_nonlinear_rate([0.0, 1.0, 0.0], late))
    [ 0.  0. 50.]
    """
    neuron = checked("neuron", neuron, LinearNonlinear)
    if not (neuron.weights.size and neuron.drive.size):
        raise ValueError(
            "weights and drive must have one value or more, "
            f"got {neuron.weights.size} and {neuron.drive.size}"
        )
    stimulus, slower = finite_array("stimulus", stimulus, (1,), "(steps,)"), positive("slower", slower)
    if slower < 1:
        raise ValueError(f"slower must be at least 1, got {slower:g}")
    if not stimulus.size:
        raise ValueError("stimulus must have one step at least, got none")
    steps = np.arange(stimulus.size)
    heard = np.interp(steps / slower, steps, stimulus)
    drive = _past(heard - neuron.mean, neuron.weights.size) @ neuron.weights
    return np.interp(drive, neuron.drive, neuron.rate)


def _past(stimulus: np.ndarray, reach: int) -> np.ndarray:
    """The stimulus now, one step ago, …, side by side, shape (steps, reach)."""
    before = np.concatenate([np.zeros(reach - 1), stimulus])
    return np.lib.stride_tricks.sliding_window_view(before, reach)[: stimulus.size, ::-1]
