r"""Rows of features named by whoever fires first, learnt with SpikeProp.

Each feature is told by a row of neurons with Gaussian receptive fields, which fire between 0 and 10 ms, the
earlier the more the value excites them, or not at all. There is one output neuron a class; that of the right
class should fire early, the others late, and the first one names the sample.

Source: S. M. Bohte, J. N. Kok and H. La Poutré (2002), Neurocomputing 48, 17–37, sections 3.1 and 4.2.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import AtLeastOne, NonNegative, Positive, checked, finite_array, fraction, positive, whole
from snnlab.coding.codes.receptive_fields import field_responses, receptive_fields
from snnlab.foreign_arrays import as_array
from snnlab.kernel_arguments import numbers
from snnlab.learning.spike_times.spikeprop import DelayedWeights, SpikeProp, run_spikeprop
from snnlab.learning.spike_times.spikeprop_training import initial_delayed, learn_spikeprop
from snnlab.learning.spike_times.xor_in_time import DELAYS
from snnlab.learning.teaching.forced_validation import stratified_parts
from snnlab.random import generator

__all__ = ["TimedClasses", "first_to_fire", "learn_classes", "timed_fields", "validate_classes"]


class TimedClasses(NamedTuple):
    """A network that names rows of features, and how it learns.

    Examples
    --------
    >>> TimedClasses(n_hidden=5).early
    10.0
    """

    n_fields: AtLeastOne = 12
    """Receptive fields a feature."""
    n_hidden: AtLeastOne = 10
    """Hidden neurons."""
    early: NonNegative = 10.0
    """When the output neuron of the right class should fire, ms."""
    late: NonNegative = 16.0
    """When the others should, ms."""
    rate: Positive = 0.0003
    """The learning rate."""
    epochs: AtLeastOne = 30
    """How often all samples are met."""
    sum_in: Positive = 0.4
    """Mean weight of a hidden neuron, times the inputs that reach it."""
    sum_hidden: Positive = 0.6
    """Mean weight of an output neuron, times the hidden neurons."""


def timed_fields(
    values: ArrayLike,
    seen: ArrayLike | None = None,
    n_fields: int = 12,
    *,
    spread: float = 10.0,
    silent_below: float = 0.1,
) -> np.ndarray:
    """Spike times of receptive fields for rows of features.

    Parameters
    ----------
    values : array of shape (samples, features)
        What to tell.
    seen : array of shape (any, features), optional
        Samples whose range the fields cover; `values` beyond it count as its ends. Without it, `values`.
    n_fields : int
        Fields a feature, 3 at least.
    spread : float
        T, ms: a response g is a spike at T (1 − g).
    silent_below : float
        A weaker response is none.

    Returns
    -------
    array of shape (samples, features · n_fields + 1)
        ms, ``inf`` where there is no spike. The last column is a neuron that always fires at 0.

    Examples
    --------
    >>> print(timed_fields([[0.0], [1.0]], n_fields=3).round(1))
    [[2.5 2.5 inf 0. ]
     [inf 2.5 2.5 0. ]]
    """
    values = finite_array("values", values, (2,), "(samples, features)")
    seen = values if seen is None else finite_array("seen", seen, (2,), "(any, features)")
    if seen.shape[1] != values.shape[1] or not len(seen):
        raise ValueError(
            f"seen must have the {values.shape[1]} features of values and a row at least, got {seen.shape}"
        )
    fields = receptive_fields(whole("n_fields", n_fields, 3))
    spread, silent_below = positive("spread", spread), fraction("silent_below", silent_below)
    low, high = seen.min(axis=0), seen.max(axis=0)
    shares = np.clip((values - low) / np.where(high > low, high - low, 1.0), 0.0, 1.0)
    response = field_responses(shares.ravel(), fields).reshape(len(values), -1)
    times = np.where(response >= silent_below, spread * (1.0 - response), np.inf)
    return np.column_stack([times, np.zeros(len(values))])


def first_to_fire(out: ArrayLike) -> np.ndarray:
    """Which output neuron fires first.

    Parameters
    ----------
    out : array of shape (samples, n_out)
        Spike times, ms; ``inf`` for a silent one.

    Returns
    -------
    array of int, shape (samples,)
        Its number; −1 if all are silent.

    Examples
    --------
    >>> print(first_to_fire([[9.0, 12.0], [np.inf, 12.0], [np.inf, np.inf]]))
    [ 0  1 -1]
    """
    out = np.asarray(numbers("out", out))
    if out.ndim != 2 or not out.shape[1] or np.isnan(out).any():
        raise ValueError(f"out must have shape (samples, n_out) and no NaN, got {out.shape}")
    return np.where(np.isfinite(out).any(axis=1), out.argmin(axis=1), -1)


def learn_classes(
    times: ArrayLike,
    labels: ArrayLike,
    classes: TimedClasses = TimedClasses(),
    neuron: SpikeProp = SpikeProp(least_slope=0.1, push=1.0),
    *,
    rng: np.random.Generator,
) -> DelayedWeights:
    """Teach one output neuron a class to fire early.

    Parameters
    ----------
    times : array of shape (samples, n_inputs)
        From `timed_fields`.
    labels : array of int, shape (samples,)
        The class of each sample, from 0 on.
    classes
        The network and how it learns.
    neuron
        Its neurons.
    rng : numpy.random.Generator
        Where weights and orders come from.

    Examples
    --------
    >>> times = timed_fields([[0.0], [0.1], [0.9], [1.0]], n_fields=4)
    >>> net = learn_classes(times, [0, 0, 1, 1], TimedClasses(epochs=100), rng=np.random.default_rng(1))
    >>> print(first_to_fire(run_spikeprop(net, times).out))
    [0 0 1 1]
    """
    classes, neuron = checked("classes", classes, TimedClasses), checked("neuron", neuron, SpikeProp)
    times, labels = (
        np.atleast_2d(numbers("times", times)),
        as_array("labels", labels),
    )
    if labels.shape != (len(times),) or labels.dtype.kind not in "iu" or (labels < 0).any():
        raise ValueError(f"labels must be a whole number from 0 on for each of {len(times)} samples")
    n_classes = int(labels.max(initial=0)) + 1
    wanted = np.where(labels[:, None] == np.arange(n_classes), classes.early, classes.late)
    heard = np.isfinite(times).sum(axis=1).mean()  # of all inputs so many fire
    net = initial_delayed(
        times.shape[1],
        classes.n_hidden,
        n_classes,
        DELAYS,
        sum_in=classes.sum_in * times.shape[1] / heard,
        sum_hidden=classes.sum_hidden,
        signed=False,
        rng=rng,
    )
    run = learn_spikeprop(net, times, wanted, neuron, rate=classes.rate, epochs=classes.epochs, rng=rng)
    return run.net


def validate_classes(
    values: ArrayLike,
    labels: ArrayLike,
    classes: TimedClasses = TimedClasses(),
    neuron: SpikeProp = SpikeProp(least_slope=0.1, push=1.0),
    *,
    folds: int = 2,
    rng: np.random.Generator,
) -> tuple[float, float]:
    """Learn from all parts of a set but one, and name that one.

    Parameters
    ----------
    values : array of shape (samples, features)
        What was measured.
    labels : array of int, shape (samples,)
        The classes, from 0 on.
    classes, neuron
        As for `learn_classes`.
    folds : int
        Into how many parts the samples are cut, 2 at least; one of them is asked.
    rng : numpy.random.Generator
        Where the cut, the weights and the orders come from.

    Returns
    -------
    tuple of float
        The shares of new and of learnt samples that were named rightly, from 0 to 1; silence is wrong.
    """
    values, labels = (
        finite_array("values", values, (2,), "(samples, features)"),
        as_array("labels", labels),
    )
    classes, folds = checked("classes", classes, TimedClasses), whole("folds", folds, 2)
    rng = generator(rng)
    part = stratified_parts(labels, folds, rng)
    seen, new = part != 0, part == 0
    times = timed_fields(values, values[seen], classes.n_fields)
    net = learn_classes(times[seen], labels[seen], classes, neuron, rng=rng)
    right = first_to_fire(run_spikeprop(net, times, neuron).out) == labels
    return float(right[new].mean()), float(right[seen].mean())
