"""Samples: labelled spike patterns as lists of who fires when, which is all that a sparse input needs.

A raster of 784 inputs in 100 steps has 78,400 entries, nearly all of them 0. `Samples` keeps the others: the
inputs that fire in step t of sample b are ``units[start[b, t] : start[b, t + 1]]``.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, positive, whole
from snnlab.spikes import Spikes

__all__ = [
    "Samples",
    "check_samples",
    "poisson_patterns",
    "samples_from_raster",
    "samples_from_spikes",
    "samples_from_times",
]


class Samples(NamedTuple):
    """Input spikes and labels of a data set.

    Examples
    --------
    >>> samples = samples_from_raster(np.eye(3, dtype=bool)[None], [1])
    >>> print(samples.n_samples, samples.steps, samples.n_inputs, samples.units)
    1 3 3 [0 1 2]
    """

    units: np.ndarray
    """Which input fires, uint32, shape (spikes,), sample by sample and step by step."""
    start: np.ndarray
    """Where the spikes of a step begin and end, int64, shape (samples, steps + 1)."""
    labels: np.ndarray
    """The class of each sample, int64, shape (samples,)."""
    n_inputs: int
    """Number of inputs, silent ones too."""

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return self.start.shape[0]

    @property
    def steps(self) -> int:
        """Number of time steps."""
        return self.start.shape[1] - 1

    def raster(self, sample: int) -> np.ndarray:
        """The spikes of one sample as an array of 0 and 1.

        Parameters
        ----------
        sample : int
            Which.

        Returns
        -------
        array of bool, shape (steps, n_inputs)

        Raises
        ------
        ValueError, TypeError
            If there is no such sample.

        Examples
        --------
        >>> given = np.array([[[True, False], [False, False], [True, True]]])
        >>> print(samples_from_raster(given, [0]).raster(0).astype(int))
        [[1 0]
         [0 0]
         [1 1]]
        """
        if whole("sample", sample) >= self.n_samples:
            raise ValueError(f"sample must be below {self.n_samples}, the number of samples, got {sample}")
        first, *_, last = bounds = self.start[sample]
        raster = np.zeros((self.steps, self.n_inputs), bool)
        raster[np.repeat(np.arange(self.steps), np.diff(bounds)), self.units[first:last]] = True
        return raster


def check_samples(samples: Samples, n_inputs: int, n_outputs: int | None = None) -> Samples:
    """`samples`, if a network with so many inputs and outputs can take them.

    Parameters
    ----------
    samples
        What to check.
    n_inputs, n_outputs : int
        Of the network. Without `n_outputs` nobody reads the labels, and they are not looked at.

    Raises
    ------
    ValueError, TypeError
        If the number of inputs does not fit, or a label is none of an output.

    Examples
    --------
    >>> check_samples(samples_from_raster(np.zeros((1, 3, 4), bool), [2]), 4, 2)
    Traceback (most recent call last):
    ...
    ValueError: labels must be from 0 to 1, one for each output, got 2
    """
    if not isinstance(samples, Samples):
        raise TypeError(f"samples must be Samples, got {type(samples).__name__}")
    if samples.n_inputs != n_inputs:
        raise ValueError(
            f"samples must have as many inputs as the network ({n_inputs}), got {samples.n_inputs}"
        )
    if n_outputs is None:
        return samples
    wrong = samples.labels[(samples.labels < 0) | (samples.labels >= n_outputs)]
    if wrong.size:
        raise ValueError(f"labels must be from 0 to {n_outputs - 1}, one for each output, got {wrong[0]}")
    return samples


def samples_from_raster(raster: ArrayLike, labels: ArrayLike) -> Samples:
    """Samples from arrays of 0 and 1.

    Parameters
    ----------
    raster : array of bool or of 0 and 1, shape (samples, steps, inputs)
        Whether an input fires in a step.
    labels : array of int, shape (samples,)
        The class of each sample.

    Examples
    --------
    >>> raster = np.random.default_rng(1).random((2, 200, 100)) < 0.005
    >>> print(samples_from_raster(raster, [0, 1]).units.size, raster.sum())
    197 197
    """
    array = np.asarray(raster)
    if array.ndim != 3:
        raise ValueError(f"raster must have shape (samples, steps, inputs), got {array.shape}")
    if array.dtype.kind not in "biuf" or not np.isin(array, (0, 1)).all():
        raise ValueError("raster must hold 0 and 1 only, got something else")
    sample, step, unit = np.nonzero(array)
    return _listed(sample, step, unit, labels, *array.shape)


def samples_from_times(times: ArrayLike, labels: ArrayLike, steps: int, dt: float = 1.0) -> Samples:
    """Samples in which each input fires once or not at all.

    Parameters
    ----------
    times : array of shape (samples, inputs)
        When, ms. An input whose time is NaN, infinite or beyond the end is silent.
    labels : array of int, shape (samples,)
        The class of each sample.
    steps : int
        Number of time steps.
    dt : float
        Time step, ms.

    Examples
    --------
    >>> samples = samples_from_times([[2.5, np.inf, 0.0]], [0], steps=4)
    >>> print(samples.units, samples.start)
    [2 0] [[0 1 1 2 2]]
    """
    array = np.asarray(times, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"times must have shape (samples, inputs), got {array.shape}")
    steps, dt = whole("steps", steps, 1), positive("dt", dt)
    if (array < 0).any():
        raise ValueError(f"times must be zero or later, got {array[array < 0][0]:g}")
    sample, unit = np.nonzero(array < steps * dt)
    step = np.minimum((array[sample, unit] / dt).astype(np.int64), steps - 1)
    return _listed(sample, step, unit, labels, array.shape[0], steps, array.shape[1])


def samples_from_spikes(trials: Sequence[Spikes], labels: ArrayLike, steps: int, dt: float = 1.0) -> Samples:
    """Samples from trials, one `Spikes` with all inputs for each.

    Parameters
    ----------
    trials : sequence of Spikes
        All with the same number of units. What comes after the last step is left out; two spikes of an input
        in one step count twice.
    labels : array of int, shape (samples,)
        The class of each sample.
    steps : int
        Number of time steps.
    dt : float
        Time step, ms.

    Examples
    --------
    >>> trial = Spikes([0.2, 3.0], units=[1, 0], n_units=2, duration=10)
    >>> print(samples_from_spikes([trial], [0], steps=4).units)
    [1 0]
    """
    steps, dt = whole("steps", steps, 1), positive("dt", dt)
    numbers = {trial.n_units for trial in trials}
    if len(numbers) != 1:
        raise ValueError(f"trials must be Spikes with the same number of units, got {sorted(numbers)}")
    step = [(trial.times / dt).astype(np.int64) for trial in trials]
    heard = [s < steps for s in step]
    sample = np.repeat(np.arange(len(trials)), [h.sum() for h in heard])
    return _listed(
        sample,
        np.concatenate([s[h] for s, h in zip(step, heard, strict=True)]),
        np.concatenate([trial.units[h] for trial, h in zip(trials, heard, strict=True)]),
        labels,
        len(trials),
        steps,
        numbers.pop(),
    )


def poisson_patterns(
    n_samples: int = 256,
    n_inputs: int = 100,
    n_classes: int = 2,
    steps: int = 200,
    rate: float = 5.0,
    dt: float = 1.0,
    *,
    rng: np.random.Generator,
) -> Samples:
    """Random patterns with random labels: what a network can only learn by heart.

    The task of SpyTorch's first tutorial.

    Parameters
    ----------
    n_samples, n_inputs, n_classes, steps : int
        How many.
    rate : float
        Of each input, Hz; in a step it fires with probability rate · dt / 1000.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the patterns and the labels come from.

    Examples
    --------
    >>> samples = poisson_patterns(rng=np.random.default_rng(1))
    >>> print(samples.n_samples, samples.units.size, np.bincount(samples.labels))
    256 25683 [112 144]
    """
    shape = whole("n_samples", n_samples, 1), whole("steps", steps, 1), whole("n_inputs", n_inputs, 1)
    n_classes = whole("n_classes", n_classes, 1)
    chance = positive("rate", rate) * positive("dt", dt) / 1000.0
    if chance > 1:
        raise ValueError(f"rate must be at most one spike a step ({1000.0 / dt:g} Hz), got {rate:g}")
    affordable(float(np.prod(shape, dtype=float)) * chance)
    raster = rng.random(shape, dtype=np.float32) < chance
    return samples_from_raster(raster, rng.integers(0, n_classes, shape[0]))


def _listed(
    sample: np.ndarray,
    step: np.ndarray,
    unit: np.ndarray,
    labels: ArrayLike,
    n_samples: int,
    steps: int,
    n_inputs: int,
) -> Samples:
    """The spikes sorted by sample and step, with the place of each step."""
    classes = np.asarray(labels)
    if classes.shape != (n_samples,) or classes.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be {n_samples} whole numbers, one for each sample, "
            f"got shape {classes.shape} of {classes.dtype}"
        )
    place = sample * steps + step
    order = np.argsort(place, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(place, minlength=n_samples * steps))])
    start = ends[np.arange(n_samples)[:, None] * steps + np.arange(steps + 1)]
    return Samples(unit[order].astype(np.uint32), start.astype(np.int64), classes.astype(np.int64), n_inputs)
