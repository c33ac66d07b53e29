r"""What does a population say? Bayes' rule for neurons with tuning curves.

In a window of length $T$ neuron $j$ fires $n_j$ spikes. If it does so like a Poisson process whose rate
$f_j(s)$ depends on the stimulus $s$, and the neurons are independent once the stimulus is given, then

$$ P(s \mid n) \propto P(s) \prod_j \left(f_j(s)\, T\right)^{n_j} e^{-f_j(s)\, T} $$

A *population vector* asks less: each neuron votes for its preferred direction, with as many votes as it fires
spikes.

Source: K. Zhang, I. Ginzburg, B. L. McNaughton and T. J. Sejnowski (1998), Journal of Neurophysiology 79,
1017–1044; A. P. Georgopoulos, A. B. Schwartz and R. E. Kettner (1986), Science 233, 1416–1419.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive
from snnlab.coding.decoding.tuning import TuningCurve
from snnlab.kernel_arguments import numbers
from snnlab.work_and_memory import afford

__all__ = ["angle_between", "bayes_posterior", "population_vector", "smooth_around"]


def bayes_posterior(
    counts: ArrayLike, rate: ArrayLike, window: float, prior: ArrayLike | None = None
) -> np.ndarray:
    """The probability of each stimulus, given what a population fired.

    Parameters
    ----------
    counts : array of shape (windows, n_units)
        Spikes of each neuron in each window.
    rate : array of shape (bins, n_units)
        The tuning curves in Hz, as ``TuningCurve.rate``. Where a rate is 0, a spike rules the stimulus out.
    window : float
        Length of a window, ms.
    prior : array of shape (bins,), optional
        How likely each stimulus is beforehand, up to a factor; all alike if not given.

    Returns
    -------
    array of shape (windows, bins)
        Probabilities; each row adds up to 1. NaN where every stimulus is ruled out.

    Examples
    --------
    Two neurons, two stimuli, 100 ms. The first neuron fires twice:

    >>> print(bayes_posterior([[2, 0]], [[20.0, 10.0], [10.0, 20.0]], window=100).round(2))
    [[0.8 0.2]]
    """
    counts = finite_array("counts", counts, (2,), "(windows, n_units)")
    rate = finite_array("rate", rate, (2,), "(bins, n_units)")
    window = positive("window", window)
    if counts.shape[1] != rate.shape[1]:
        raise ValueError(
            f"counts must have a column for each of {rate.shape[1]} neurons, got {counts.shape[1]}"
        )
    if (counts < 0).any() or (rate < 0).any():
        name, low = ("counts", counts.min()) if (counts < 0).any() else ("rate", rate.min())
        raise ValueError(f"{name} must be zero or positive, got {low:g}")
    weight = np.ones(rate.shape[0]) if prior is None else finite_array("prior", prior, (1,), "(bins,)")
    if weight.size != rate.shape[0] or (weight < 0).any():
        raise ValueError(
            f"prior must have {rate.shape[0]} values of zero or more, "
            f"got {weight.size}, the least {weight.min():g}"
        )
    expected = rate * window / 1000.0
    with np.errstate(divide="ignore"):
        silent = np.where(expected > 0, 0.0, 1.0)
        logs = np.log(np.where(expected > 0, expected, 1.0))
        chance = np.log(weight) - expected.sum(axis=1) + counts @ logs.T
    chance[counts @ silent.T > 0] = -np.inf
    best = chance.max(axis=1, keepdims=True)
    share = np.exp(chance - np.where(np.isfinite(best), best, np.nan))
    return share / share.sum(axis=1, keepdims=True)


def population_vector(counts: ArrayLike, preferred: ArrayLike) -> np.ndarray:
    """The direction that a population votes for.

    Parameters
    ----------
    counts : array of shape (windows, n_units)
        Spikes, or rates above a baseline, of each neuron in each window.
    preferred : array of shape (n_units,)
        The direction each neuron prefers, radians.

    Returns
    -------
    array of shape (windows,)
        Angles from 0 to 2π; NaN where the votes cancel.

    Examples
    --------
    >>> print(np.degrees(population_vector([[1, 1], [3, 0]], np.radians([0, 90]))).round(6))
    [45.  0.]
    """
    counts = finite_array("counts", counts, (2,), "(windows, n_units)")
    preferred = finite_array("preferred", preferred, (1,), "(n_units,)")
    if counts.shape[1] != preferred.size:
        raise ValueError(
            f"preferred must have one angle for each of {counts.shape[1]} neurons, got {preferred.size}"
        )
    votes = counts @ np.exp(1j * preferred)
    clear = np.abs(votes) > 1e-12 * np.maximum(np.abs(counts).sum(axis=1), 1e-300)
    return np.where(clear, np.angle(votes) % (2 * np.pi), np.nan)


def angle_between(a: ArrayLike, b: ArrayLike) -> np.ndarray:
    """How far two directions are apart.

    Parameters
    ----------
    a, b : array
        Angles in radians, of shapes that broadcast; NaN, as `population_vector` has where votes cancel, stays
        NaN, and so does what is infinite.

    Returns
    -------
    array of the shape that `a` and `b` have together
        From 0 to π.

    Examples
    --------
    >>> print(angle_between(0.1, 2 * np.pi - 0.1).round(3))
    0.2
    """
    first, second = numbers("a", a), numbers("b", b)
    try:
        np.broadcast_shapes(np.shape(first), np.shape(second))
    except ValueError:
        raise ValueError(f"b must fit the shape of a {np.shape(first)}, got {np.shape(second)}") from None
    with np.errstate(invalid="ignore", over="ignore"):
        return np.abs((first - second + np.pi) % (2 * np.pi) - np.pi)


def smooth_around(curve: TuningCurve, width: float) -> TuningCurve:
    """Tuning curves over a circle, smoothed, each direction weighted by the time that was spent there.

    Parameters
    ----------
    curve
        From `tuning_curve`, with equal bins that go once around.
    width : float
        Standard deviation of the Gaussian, in the unit of ``curve.stimulus``.

    Returns
    -------
    TuningCurve
        The same bins; the time is smoothed too.

    Examples
    --------
    >>> once = TuningCurve(np.arange(4.0), np.array([[8.0], [0.0], [0.0], [0.0]]), np.full(4, 100.0))
    >>> print(smooth_around(once, 10.0).rate.ravel().round(2))
    [2. 2. 2. 2.]
    """
    width = positive("width", width)
    step = curve.stimulus[1] - curve.stimulus[0]
    around = curve.stimulus.size * step
    away = (curve.stimulus[:, None] - curve.stimulus + around / 2.0) % around - around / 2.0
    reach = int(5.0 * width / around) + 1
    afford("width", numbers=3.0 * (2.0 * reach + 1.0) * curve.stimulus.size**2)
    turns = around * np.arange(-reach, reach + 1)
    kernel = np.exp(-0.5 * (away[..., None] + turns) ** 2 / width**2).sum(axis=2)
    kernel /= kernel.sum(axis=1, keepdims=True)
    spikes = kernel @ (np.nan_to_num(curve.rate) * curve.time[:, None])
    time = kernel @ curve.time
    if not (time > 0).all():
        raise ValueError(f"width must reach what was never seen, got {width:g}")
    return TuningCurve(curve.stimulus, spikes / time[:, None], time)
