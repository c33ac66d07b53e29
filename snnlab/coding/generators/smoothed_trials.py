r"""Repetitions of one experiment, their smoothed rate, and how far that is from the true one.

Only where the true rate is known can one say how far an estimate $\hat r$ from the spikes is off, as a root
mean square over time, and compare with the bias $b$ and the noise $s$ that are to be expected
(`snnlab.coding.statistics.smoothing`):

$$ \sqrt{\left\langle (\hat r(t) - r(t))^2 \right\rangle_t} \approx
\sqrt{\left\langle b(t)^2 \right\rangle_t + \left\langle s(t)^2 \right\rangle_t} $$

With $K$ repetitions the noise is $1 / \sqrt K$ of that of a single one. The bias stays.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array, positive, whole
from snnlab.coding.generators.inhomogeneous import rescale
from snnlab.coding.statistics.smoothing import (
    check_rate,
    gaussian_reach,
    half_gaussian,
    mean_squares,
    smooth_values,
    smoothing_error,
)
from snnlab.compiling import kernel
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["SmoothedTrials", "smoothed_trials"]


class SmoothedTrials(NamedTuple):
    """The spikes of all repetitions, and how far their smoothed rate is off.

    Examples
    --------
    >>> seen = smoothed_trials(np.full(1000, 40.0), 1.0, 25, 10.0, rng=np.random.default_rng(1))
    >>> print(f"bias {seen.bias:.1f} Hz, noise {seen.noise:.1f} Hz")
    bias 0.0 Hz, noise 6.8 Hz
    """

    times: Annotated[np.ndarray, "n"]
    """Spike times, repetition by repetition, ms."""
    units: Annotated[np.ndarray, "n"]
    """Their repetitions, from 0."""
    estimate: np.ndarray
    """The smoothed rate, Hz, shape (steps,)."""
    bias_at: np.ndarray
    """The bias to be expected for each of the `widths`, Hz."""
    noise_at: np.ndarray
    """The noise to be expected there, Hz."""
    error_at: np.ndarray
    """Both together, Hz."""
    n: int
    """How many spikes there are."""
    error: float
    """How far the estimate is off, Hz."""
    bias: float
    """The bias to be expected, Hz."""
    noise: float
    """The noise to be expected, Hz."""
    expected: float
    """Both together, Hz."""


def smoothed_trials(
    rate: ArrayLike,
    dt: float,
    trials: int,
    width: float,
    widths: ArrayLike = (),
    *,
    rng: np.random.Generator | np.uint64,
) -> SmoothedTrials:
    """Repeat an experiment, and read the rate from its Poisson spikes as `snnlab.coding.smooth_rate` does.

    Parameters
    ----------
    rate : array of shape (steps,)
        The true rate, Hz, constant within a step.
    dt : float
        Length of a step, ms.
    trials : int
        Repetitions, one at least.
    width : float
        Standard deviation of the Gaussian, ms.
    widths : array of shape (m,)
        Other widths for which to say what error is to be expected, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> rate = 50 + 40 * np.sin(np.arange(1000) / 10)
    >>> seen = smoothed_trials(rate, 1.0, 20, 20.0, [1.0, 5.0], rng=np.random.default_rng(1))
    >>> print(f"{seen.error:.0f} Hz off, expected {seen.expected:.0f} Hz; narrower {seen.error_at.round()}")
    25 Hz off, expected 25 Hz; narrower [27. 12.]
    """
    rate, dt, trials = check_rate(rate), positive("dt", dt), whole("trials", trials, 1)
    width, widths = positive("width", width), finite_array("widths", widths, (1,), "(m,)")
    if (widths <= 0).any():
        raise ValueError(f"widths must be positive, got {widths.min():g}")
    drawn, seed = rate.sum() * dt * trials / 1000.0, seed_from(rng)
    room = math.ceil(affordable(drawn + 10.0 * math.sqrt(drawn) + 100.0))
    seen, of_one = recorded(room, rate.size, widths.size), [smoothing_error(rate, dt, w, 1) for w in widths]
    bias, noise = (np.array([error[part] for error in of_one]) for part in (0, 1))
    run_smoothed(seen, *np.zeros((5, rate.size)), rate, bias, noise, float(trials), width, dt, seed)
    return read(seen)


def recorded(room: int, steps: int, widths: int) -> SmoothedTrials:
    """A blank record for so many spikes."""
    curve, units = dict.fromkeys(("bias_at", "noise_at", "error_at"), widths), np.zeros(room, np.int32)
    return blank(SmoothedTrials, times=room, units=units, estimate=steps, **curve)


@kernel
def run_smoothed(
    seen, per_ms, counts, weights, smooth, scatter, truth, bias_of, noise_of, trials, width, dt, seed
):  # fmt: skip
    """Spikes of all repetitions, their smoothed rate, and its error with what is to be expected of it."""
    n_trials, steps, times = int(trials), truth.size, seen.times
    for t in range(steps):
        per_ms[t] = truth[t] / 1000.0
    n = min(rescale(times, seen.units, n_trials, per_ms, dt, seed), times.size)
    for s in range(n):
        counts[min(int(times[s] / dt), steps - 1)] += 1000.0 / (dt * n_trials)
    bell = weights[: gaussian_reach(width, dt, steps) + 1]
    half_gaussian(bell, width, dt)
    smooth_values(counts, bell, seen.estimate, scatter)
    bias, noise = mean_squares(truth, bell, smooth, scatter, dt)
    off = 0.0
    for t in range(steps):
        off += (seen.estimate[t] - truth[t]) ** 2 / steps
    for k in range(bias_of.size):
        seen.bias_at[k], seen.noise_at[k] = bias_of[k], noise_of[k] / math.sqrt(n_trials)
        seen.error_at[k] = math.sqrt(bias_of[k] ** 2 + seen.noise_at[k] ** 2)
    seen.n[0], seen.error[0] = n, math.sqrt(off)
    seen.bias[0], seen.noise[0] = math.sqrt(bias), math.sqrt(noise / n_trials)
    seen.expected[0] = math.sqrt(bias + noise / n_trials)
