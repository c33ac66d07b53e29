r"""Losses: what is wanted of a recurrent network. They fill what its way back reads, and no more.

That is the derivative of the loss by each potential of the readout, $\partial L / \partial y_{k,t}$, and by
each hidden spike, $\partial L / \partial s_{n,t}$. With scores $m$ and $p = \mathrm{softmax}(m)$ the
cross-entropy of class $\ell$ is

$$ L = -\ln p_\ell, \qquad \frac{\partial L}{\partial m_k} = p_k - [k = \ell] $$

where the score is the largest $y_{k,t}$ of the trial (start included), their mean, or the last one. Where a
class is asked for in $M$ steps of all trials of a batch, the loss is the mean of their cross-entropies, each
of the mean $\frac1T \sum_{j<T} y_{k,t-j}$ over a window of the last $T$ steps; where a value $y^*_{k,t}$ is
asked for, it is $\frac1M \sum \sum_k (y_{k,t} - y^*_{k,t})^2$ over those steps. A trial in which
nobody asks counts for nothing.

The two fused networks take a score of their own, `snnlab.learning.gradients.bptt` while it runs forwards, and
of this file `cross_entropy`; `snnlab.learning.gradients.timing` knows the blurred trains alone.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array, positive, whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.blurred_trains import blur, blurred_distance, blurred_slope

__all__ = ["AskedClasses", "AskedValues", "CrossEntropy", "Loss", "WantedSpikes"]

SCORES = ("largest", "mean", "last")
_LARGEST, _MEAN, _LAST, _CLASSES, _VALUES, _SPIKES = range(6)


class CrossEntropy(NamedTuple):
    """One class for a trial, the label of the sample.

    Examples
    --------
    >>> CrossEntropy("mean").score
    'mean'
    """

    score: str = "largest"
    """Of a class: the "largest" potential of its readout, the "mean" over all steps, or the "last"."""


class AskedClasses(NamedTuple):
    """A class in some of the steps, as where a store is recalled; each step that asks counts the same.

    Examples
    --------
    >>> AskedClasses(np.array([[-1, -1, 0]])).classes.shape
    (1, 3)
    """

    classes: ArrayLike
    """The class that is asked for at the end of a step, −1 where none is, shape (samples, steps)."""
    window: int = 1
    """Over how many steps the scores are averaged, that one the last of them."""


class AskedValues(NamedTuple):
    """A potential of the readout in some of the steps; each step that asks counts the same.

    Examples
    --------
    >>> AskedValues(np.zeros((1, 5, 2)), np.ones((1, 5), bool)).asked.sum()
    np.int64(5)
    """

    values: ArrayLike
    """What the readout should be at the end of a step, shape (samples, steps, outputs)."""
    asked: ArrayLike
    """Whether anybody asks, 0 or 1, shape (samples, steps)."""


class WantedSpikes(NamedTuple):
    """Spikes of the hidden neurons: the sum of their squared van Rossum distances.

    Examples
    --------
    >>> WantedSpikes(np.zeros((1, 5, 2))).tau
    10.0
    """

    trains: ArrayLike
    """Spikes that should come in each step, shape (samples, steps, hidden)."""
    tau: float = 10.0
    """Time constant of the blur, ms."""


Loss = CrossEntropy | AskedClasses | AskedValues | WantedSpikes


class Wanted(NamedTuple):
    """A loss as kernels take it; what it has no use for is empty."""

    kind: int
    classes: np.ndarray  # (samples, steps), int64
    asked: np.ndarray  # (samples, steps), int64, where each step may ask
    values: np.ndarray  # (samples, steps, outputs or hidden)
    gamma: float
    window: int  # in steps


def as_wanted(loss: Loss, n_samples: int, steps: int, n_hidden: int, n_outputs: int, dt: float) -> Wanted:
    """`loss` for kernels, if it fits samples and network.

    Raises
    ------
    ValueError, TypeError
        If it does not.
    """
    none = np.zeros((0, 0), np.int64)
    blank = Wanted(_LARGEST, none, none, np.zeros((0, 0, 0)), 0.0, 1)
    trial = (n_samples, steps)
    if isinstance(loss, CrossEntropy):
        if not isinstance(loss.score, str) or loss.score not in SCORES:
            raise ValueError(f"score must be one of {', '.join(SCORES)}, got {loss.score!r}")
        return blank._replace(kind=SCORES.index(loss.score))
    if isinstance(loss, AskedClasses):
        classes = np.asarray(loss.classes)
        if classes.shape != trial or classes.dtype.kind not in "iu":
            raise ValueError(
                f"classes must be whole numbers of shape {trial}, got {classes.dtype} of {classes.shape}"
            )
        if classes.size and not -1 <= classes.min() <= classes.max() < n_outputs:
            wrong = classes[(classes < -1) | (classes >= n_outputs)][0]
            raise ValueError(f"classes must be from 0 to {n_outputs - 1}, or -1, got {wrong}")
        classes, window = classes.astype(np.int64, order="C"), whole("window", loss.window, 1)
        asked = (classes >= 0).astype(np.int64)
        early = np.flatnonzero(asked[:, : window - 1].any(axis=0))
        if early.size:
            raise ValueError(
                f"classes must not be asked for before the window of {window} steps is full, "
                f"in step {window - 1}, got step {early[0]}"
            )
        return blank._replace(kind=_CLASSES, classes=classes, asked=asked, window=window)
    if isinstance(loss, AskedValues):
        values = _shaped("values", loss.values, (*trial, n_outputs))
        asked = np.asarray(loss.asked)
        if asked.shape != trial:
            raise ValueError(f"asked must have shape {trial}, got {asked.shape}")
        wrong = asked[~np.isin(asked, (0, 1))]
        if wrong.size:
            raise ValueError(f"asked must be 0 or 1, got {wrong[0]}")
        return blank._replace(kind=_VALUES, values=values, asked=asked.astype(np.int64, order="C"))
    if isinstance(loss, WantedSpikes):
        trains, gamma = (
            _shaped("trains", loss.trains, (*trial, n_hidden)),
            math.exp(-dt / positive("tau", loss.tau)),
        )
        affordable(float(trains.size))
        traces = np.empty_like(trains)
        for sample in range(n_samples):
            for n in range(n_hidden):
                blur(trains[sample, :, n], traces[sample, :, n], gamma)
        return blank._replace(kind=_SPIKES, values=traces, gamma=gamma)
    raise TypeError(
        f"loss must be a CrossEntropy, AskedClasses, AskedValues or WantedSpikes, got {type(loss).__name__}"
    )


def _shaped(name: str, values: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    array = finite_array(name, values, (3,), str(shape))
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


@kernel
def cross_entropy(scores, label, parts, pull):
    """The loss and whether the class is right; `pull`, one of `parts` of its slope by each score."""
    top = 0
    for n in range(len(scores)):
        if scores[n] > scores[top]:
            top = n
    total = 0.0
    for n in range(len(scores)):
        total += math.exp(scores[n] - scores[top])
    for n in range(len(scores)):
        share = math.exp(scores[n] - scores[top]) / total
        pull[n] = (share - (n == label)) / parts
    return math.log(total) + scores[top] - scores[label], top == label


@kernel
def answers(which, wanted):
    """Over how many answers a batch is averaged: its samples, or the steps that ask in all of them."""
    if wanted.asked.size == 0:
        return len(which)
    total = 0
    for sample in which:
        for t in range(wanted.asked.shape[1]):
            total += wanted.asked[sample, t]
    return total


@kernel
def class_of_trial(kind, label, y, parts, y_pull, best, pull):
    """The loss of one class for the whole trial."""
    steps = y.shape[0] - 1
    for k in range(y.shape[1]):
        best[k] = y[steps, k] if kind == _LAST else 0.0
        for t in range(1, steps + 1):
            if kind == _LARGEST:
                best[k] = max(best[k], y[t, k])
            elif kind == _MEAN:
                best[k] += y[t, k] / steps
    loss, right = cross_entropy(best, label, parts, pull)
    for k in range(y.shape[1]):
        if kind == _LAST:
            y_pull[steps, k] = pull[k]
        elif kind == _MEAN:
            for t in range(1, steps + 1):
                y_pull[t, k] = pull[k] / steps
        else:
            for t in range(1, steps + 1):  # the first time that it is reached
                if y[t, k] == best[k] and y[t, k] > 0.0:
                    y_pull[t, k] = pull[k]
                    break
    return loss, 1.0 if right else 0.0


@kernel
def classes_of_steps(classes, window, y, parts, y_pull, best, pull):
    """The cross-entropies of the steps in which a class is asked for, and how many are right."""
    loss, found = 0.0, 0.0
    for t in range(len(classes)):
        if classes[t] >= 0:
            for k in range(len(best)):
                best[k] = y[t + 2 - window : t + 2, k].sum() / window
            one, right = cross_entropy(best, classes[t], parts, pull)
            for k in range(len(best)):
                for heard in range(t + 2 - window, t + 2):
                    y_pull[heard, k] += pull[k] / window
            loss += one
            found += right
    return loss, found


@kernel
def values_of_steps(values, asked, y, parts, y_pull):
    """The squared errors of the steps in which a value is asked for."""
    loss = 0.0
    for t in range(len(asked)):
        if asked[t] > 0:
            for k in range(y.shape[1]):
                error = y[t + 1, k] - values[t, k]
                loss += error * error
                y_pull[t + 1, k] = 2.0 * error / parts
    return loss


@kernel
def spikes_of_trial(wanted, gamma, s, parts, s_pull):
    """The squared van Rossum distances of all hidden neurons, summed."""
    loss = 0.0
    for n in range(s.shape[1]):
        blur(s[:, n], s_pull[:, n], gamma)
        loss += blurred_distance(s_pull[:, n], wanted[:, n], gamma)
        blurred_slope(s_pull[:, n], wanted[:, n], gamma)
        for t in range(s.shape[0]):
            s_pull[t, n] /= parts
    return loss


@kernel
def fill_pulls(sample, label, wanted, path, parts):
    """The losses of all answers of a sample, how many are right; one of `parts` of the slopes into `path`."""
    y, y_pull = path.y, path.y_pull
    y_pull[:] = 0.0
    path.s_pull[:] = 0.0
    if wanted.kind == _CLASSES:
        return classes_of_steps(wanted.classes[sample], wanted.window, y, parts, y_pull, path.best, path.pull)
    if wanted.kind == _VALUES:
        return values_of_steps(wanted.values[sample], wanted.asked[sample], y, parts, y_pull), math.nan
    if wanted.kind == _SPIKES:
        return spikes_of_trial(wanted.values[sample], wanted.gamma, path.s, parts, path.s_pull), math.nan
    return class_of_trial(wanted.kind, label, y, parts, y_pull, path.best, path.pull)
