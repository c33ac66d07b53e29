"""Samples: labelled spike patterns as lists of who fires when, which is all that a sparse input needs.

A raster of 784 inputs in 100 steps has 78,400 entries, nearly all of them 0. `Samples` keeps the others: the
inputs that fire in step t of sample b are ``units[start[b, t] : start[b, t + 1]]``.
"""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.array_rules import Wholes
from snnlab.checks import checked, fraction, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.foreign_arrays import as_array, plain
from snnlab.kernel_arguments import numbers
from snnlab.random import generator
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = [
    "Samples",
    "check_samples",
    "samples_from_raster",
    "samples_from_spikes",
    "samples_from_times",
    "valid_samples",
]


class Samples(NamedTuple):
    """Input spikes and labels of a data set. Its length is the number of samples.

    Examples
    --------
    >>> samples = samples_from_raster(np.eye(3, dtype=bool)[None], [1])
    >>> print(len(samples), samples.steps, samples.n_inputs, samples.units)
    1 3 3 [0 1 2]
    """

    units: Annotated[np.ndarray, Wholes("(spikes,)", np.uint32)]
    """Which input fires, uint32, shape (spikes,), sample by sample and step by step."""
    start: Annotated[np.ndarray, Wholes("(samples, steps + 1)")]
    """Where the spikes of a step begin and end, int64, shape (samples, steps + 1)."""
    labels: Annotated[np.ndarray, Wholes("(samples,)", least=None)]
    """The class of each sample, int64, shape (samples,)."""
    n_inputs: int
    """Number of inputs, silent ones too."""

    def __len__(self) -> int:
        return self.n_samples

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
        valid_samples(self)
        if whole("sample", sample) >= self.n_samples:
            raise ValueError(f"sample must be below {self.n_samples}, the number of samples, got {sample}")
        first, *_, last = bounds = self.start[sample]
        raster = np.zeros((self.steps, self.n_inputs), bool)
        raster[np.repeat(np.arange(self.steps), np.diff(bounds)), self.units[first:last]] = True
        return raster

    def take(self, which: Any) -> "Samples":
        """Some of the samples, with no spikes but theirs.

        Parameters
        ----------
        which : slice, array of int or array of bool
            Which, as one chooses from an array; one that is named twice is there twice.

        Raises
        ------
        IndexError
            If there is no such sample.

        Examples
        --------
        >>> samples = samples_from_raster(np.ones((3, 2, 4)), [5, 6, 7])
        >>> print(samples.take([2, 0]).labels, samples.take(samples.labels > 5).units.size)
        [7 5] 16
        """
        units, start, labels, n_inputs = valid_samples(self)
        which = plain("which", which)
        afford("which", numbers=which.size if isinstance(which, np.ndarray) else 0)
        try:
            chosen = np.atleast_1d(np.arange(self.n_samples)[which])
        except (IndexError, ValueError):  # of lists of different lengths NumPy makes none
            raise IndexError(
                f"which must choose samples from 0 to {self.n_samples - 1}, got {which!r:.60}"
            ) from None
        if chosen.ndim != 1:
            raise IndexError(f"which must be a slice or a list, got shape {chosen.shape}")
        rows = start[chosen]
        sizes = rows[:, -1] - rows[:, 0]
        begin = np.cumsum(sizes) - sizes
        spikes = np.arange(sizes.sum()) + np.repeat(rows[:, 0] - begin, sizes)
        return Samples(units[spikes], rows + (begin - rows[:, 0])[:, None], labels[chosen], n_inputs)

    def split(self, share: float, *, rng: np.random.Generator) -> tuple["Samples", "Samples"]:
        """Two parts, drawn by chance: the first is the `share` of all samples, the second has the others.

        Parameters
        ----------
        share : float
            From 0 to 1.
        rng : numpy.random.Generator
            Where the choice comes from.

        Examples
        --------
        >>> samples = samples_from_raster(np.ones((10, 2, 4)), np.arange(10))
        >>> train, test = samples.split(0.8, rng=np.random.default_rng(1))
        >>> len(train), len(test)
        (8, 2)
        """
        valid_samples(self)
        order = generator(rng).permutation(self.n_samples)
        first = round(fraction("share", share) * self.n_samples)
        return self.take(order[:first]), self.take(order[first:])

    def concatenate(self, *others: "Samples") -> "Samples":
        """These samples and then the others, all with the same steps and inputs.

        Examples
        --------
        >>> samples = samples_from_raster(np.ones((3, 2, 4)), [5, 6, 7])
        >>> print(samples.concatenate(samples.take([1])).labels)
        [5 6 7 6]
        """
        parts = [valid_samples(part) for part in (self, *others)]
        for part in parts:
            if (part.steps, part.n_inputs) != (self.steps, self.n_inputs):
                raise ValueError(
                    f"others must have {self.steps} steps and {self.n_inputs} inputs, "
                    f"got {part.steps} and {part.n_inputs}"
                )
        before = np.cumsum([0, *(part.units.size for part in parts)])
        return Samples(
            np.concatenate([part.units for part in parts]),
            np.concatenate([part.start + n for part, n in zip(parts, before, strict=False)]),
            np.concatenate([part.labels for part in parts]),
            self.n_inputs,
        )


# `_replace` goes by `_make`, which else takes the length of a named tuple for the number of its fields.
Samples._make = classmethod(lambda cls, fields: cls(*fields))  # type: ignore[method-assign, assignment]


def valid_samples(samples: Samples) -> Samples:
    """`samples`, if their fields fit together: kernels read where `start` and `units` send them.

    Parameters
    ----------
    samples
        What to check.

    Raises
    ------
    ValueError, TypeError
        If a field is no array of whole numbers, or one points to where nothing is.

    Examples
    --------
    >>> samples = samples_from_raster(np.ones((2, 3, 4)), [0, 1])
    >>> valid_samples(samples._replace(n_inputs=3))
    Traceback (most recent call last):
    ...
    ValueError: units must be from 0 to n_inputs - 1 (2), got 3
    """
    if not isinstance(samples, Samples):
        raise TypeError(f"samples must be Samples, got {type(samples).__name__}")
    samples = checked("samples", samples, Samples)
    units, start, _, n_inputs = samples
    if not start.shape[1]:
        raise ValueError(f"start must have shape (samples, steps + 1), got {start.shape}")
    if units.size and units.max() >= n_inputs:
        raise ValueError(f"units must be from 0 to n_inputs - 1 ({n_inputs - 1}), got {units.max()}")
    if start.size and start[:, -1].max() > units.size:
        raise ValueError(f"start must be at most the number of units ({units.size}), got {start.max()}")
    if (start[:, 1:] < start[:, :-1]).any():
        b, t = np.argwhere(start[:, 1:] < start[:, :-1])[0]
        raise ValueError(f"start must not fall, got {start[b, t + 1]} after {start[b, t]} in sample {b}")
    return samples


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
    samples = valid_samples(samples)
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
    array = plain("raster", raster)
    array = array if isinstance(array, np.ndarray) else np.asarray(numbers("raster", array))
    afford("raster", numbers=0.25 * array.size)  # which of its entries are 0 or 1
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
    array = np.asarray(numbers("times", times))
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
    if not isinstance(trials, Sequence):
        raise TypeError(f"trials must be a list of Spikes, got {type(trials).__name__}")
    for k, trial in enumerate(trials):
        be_spikes(f"trials[{k}]", trial)
    units = {trial.n_units for trial in trials}
    if len(units) != 1:
        raise ValueError(f"trials must be Spikes with the same number of units, got {sorted(units)}")
    step = [np.minimum(trial.times / dt, steps).astype(np.int64) for trial in trials]  # the rest is cut off
    heard = [s < steps for s in step]
    sample = np.repeat(np.arange(len(trials)), [h.sum() for h in heard])
    return _listed(
        sample,
        np.concatenate([s[h] for s, h in zip(step, heard, strict=True)]),
        np.concatenate([trial.units[h] for trial, h in zip(trials, heard, strict=True)]),
        labels,
        len(trials),
        steps,
        units.pop(),
    )


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
    classes = as_array("labels", labels)
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
