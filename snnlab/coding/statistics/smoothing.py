r"""What smoothing does to a rate: how far it is off on average (bias), and how far it scatters (noise).

Spikes of $n$ repetitions that come by chance with the rate $r(t)$ are smoothed with a kernel $w$ of area 1.
The estimate is on average not $r$ but $w * r$, and it scatters around that:

$$ b(t) = (w * r)(t) - r(t), \qquad s^2(t) = \frac{(w^2 * r)(t)}{n} $$

Averaged over time the squares of the two add up to the mean square error. For a Gaussian of standard
deviation $\sigma$ and a rate that hardly changes within it, $s^2 = r / (2 \sqrt\pi\, \sigma\, n)$: four times
the width, half the noise.

Source: H. Shimazaki and S. Shinomoto (2010), Journal of Computational Neuroscience 29, 171–182.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.compiling import kernel

__all__ = ["SmoothingError", "smoothing_error"]

_REACH = 5.0  # standard deviations after which the Gaussian is cut off


class SmoothingError(NamedTuple):
    """Root-mean-square errors over time, Hz.

    Examples
    --------
    >>> bias, noise, total = smoothing_error(np.full(1000, 40.0), dt=1.0, width=10.0, n=25)
    >>> print(f"{bias:.1f} Hz, {noise:.1f} Hz, {total:.1f} Hz")
    0.0 Hz, 6.8 Hz, 6.8 Hz
    """

    bias: float
    """Of the average estimate."""
    noise: float
    """Of the scatter around it."""
    total: float
    """Of both together."""


def smoothing_error(rate: ArrayLike, dt: float, width: float, n: int) -> SmoothingError:
    """The expected error of `snnlab.coding.smooth_rate` for Poisson spikes of a known rate.

    Parameters
    ----------
    rate : array of shape (steps,)
        The true rate, Hz, constant within a step.
    dt : float
        Length of a step, ms, and the `dt` of the smoothing.
    width : float
        Standard deviation of the Gaussian, ms.
    n : int
        Repetitions, or neurons.

    Examples
    --------
    >>> peak = 50 + 40 * np.sin(np.arange(1000) / 10)
    >>> narrow, wide = (smoothing_error(peak, 1.0, width, 20) for width in (1.0, 20.0))
    >>> bool(narrow.noise > wide.noise), bool(narrow.bias < wide.bias)
    (True, True)
    """
    rate, dt, width, n = check_rate(rate), positive("dt", dt), positive("width", width), whole("n", n, 1)
    weights = np.empty(gaussian_reach(width, dt, rate.size) + 1)
    half_gaussian(weights, width, dt)
    bias, noise = mean_squares(rate, weights, *np.empty((2, rate.size)), dt)
    return SmoothingError(math.sqrt(bias), math.sqrt(noise / n), math.sqrt(bias + noise / n))


def check_rate(rate: ArrayLike) -> np.ndarray:
    """`rate` as a valid array of one step or more."""
    rate = finite_array("rate", rate, (1,), "(steps,)")
    if rate.size == 0 or (rate < 0).any():
        raise ValueError(f"rate must be zero or positive in one step or more, got {rate.min(initial=0.0):g}")
    return rate


@kernel
def gaussian_reach(width, dt, steps):
    """How many steps the Gaussian reaches to each side."""
    return min(math.ceil(min(_REACH * width / dt, float(steps))), max(steps - 1, 0))


@kernel
def half_gaussian(weights, width, dt):
    """Half of a Gaussian, from its middle outwards; not normalised."""
    for j in range(weights.size):
        weights[j] = math.exp(-0.5 * (j * dt / width) ** 2)


@kernel
def mean_squares(rate, weights, smooth, scatter, dt):
    """Squares of the bias and of the noise of one repetition, averaged over time, Hz²."""
    smooth_values(rate, weights, smooth, scatter)
    bias, noise = 0.0, 0.0
    for t in range(rate.size):
        bias += (smooth[t] - rate[t]) ** 2 / rate.size
        noise += scatter[t] * 1000.0 / dt / rate.size
    return bias, noise


@kernel
def smooth_values(values, weights, smooth, scatter):
    """Values smoothed with weights that add up to 1, and with the squares of these weights."""
    steps = values.size
    for t in range(steps):
        share, total, squares = weights[0], weights[0] * values[t], weights[0] ** 2 * values[t]
        for j in range(1, weights.size):
            w = weights[j]
            if t >= j:
                share += w
                total += w * values[t - j]
                squares += w * w * values[t - j]
            if t + j < steps:
                share += w
                total += w * values[t + j]
                squares += w * w * values[t + j]
        smooth[t] = total / share
        scatter[t] = squares / share**2
