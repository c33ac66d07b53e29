"""Training: a step of Adam for each batch, epoch after epoch, until the end or until somebody says stop."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from snnlab.checks import function, whole
from snnlab.learning.gradients.adam import Adam, check_adam, update_row
from snnlab.learning.gradients.bptt import (
    Net,
    Numbers,
    _columns,
    _numbers,
    _rows,
    _workspace,
    batch_gradient,
    data_of,
)
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    check_current_lif,
    check_penalty,
    check_surrogate,
    check_weights,
)
from snnlab.learning.gradients.surrogate_run import predict
from snnlab.learning.samples import Samples, check_samples
from snnlab.progress import Bar
from snnlab.work_and_memory import turns

__all__ = ["Epoch", "History", "Training", "train", "training_epochs"]


class Epoch(NamedTuple):
    """One pass over all samples. What it tells was found on the way, before each step.

    Examples
    --------
    >>> w = Weights(np.zeros((4, 3)), np.zeros((2, 4)))
    >>> Epoch(number=1, loss=0.69, accuracy=0.5, spikes=12.0, weights=w).number
    1
    """

    number: int
    """From 1."""
    loss: float
    """Mean loss of a sample, and the penalty."""
    accuracy: float
    """Fraction of samples that were classified right."""
    spikes: float
    """Mean number of hidden spikes of a sample."""
    weights: Weights
    """The weights at its end."""


class History(NamedTuple):
    """What the epochs told, one number each.

    Examples
    --------
    >>> History(*(np.zeros(3) for _ in range(4))).loss.size
    3
    """

    loss: np.ndarray
    """Mean loss of a sample, and the penalty."""
    accuracy: np.ndarray
    """Fraction of the training samples that were classified right."""
    spikes: np.ndarray
    """Mean number of hidden spikes of a sample."""
    test_accuracy: np.ndarray
    """Fraction of the test samples that are classified right at the end of the epoch; NaN without any."""


class Training(NamedTuple):
    """What came out.

    Examples
    --------
    >>> w = Weights(np.zeros((4, 3)), np.zeros((2, 4)))
    >>> Training(w, History(*(np.zeros(3) for _ in range(4))), finished=True).finished
    True
    """

    weights: Weights
    """What was learnt."""
    history: History
    """How."""
    finished: bool
    """False if somebody stopped it."""


def training_epochs(
    weights: Weights,
    samples: Samples,
    neuron: CurrentLIF = CurrentLIF(),
    surrogate: Surrogate = Surrogate(),
    *,
    adam: Adam = Adam(),
    penalty: Penalty = Penalty(),
    batch: int | None = None,
    rng: np.random.Generator | None = None,
) -> Iterator[Epoch]:
    """Train without an end: an iterator from which you take as many epochs as you like.

    Parameters
    ----------
    weights
        Where to start; they stay as they are.
    samples
        What to learn.
    neuron, surrogate, penalty
        As for `surrogate_gradient`.
    adam
        The numbers of the optimiser.
    batch : int, optional
        Samples a step, in an order that changes from epoch to epoch. If left out, all of them at once.
    rng : numpy.random.Generator, optional
        Where the order comes from; needed with `batch`.

    Returns
    -------
    iterator of Epoch

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> for epoch in training_epochs(initial_weights(100, 4, 2, rng=rng), samples):
    ...     if epoch.loss < 0.69:
    ...         break
    >>> epoch.number > 1
    True
    """
    weights, adam, penalty = check_weights(weights), check_adam(adam), check_penalty(penalty)
    samples = check_samples(samples, weights.w_in.shape[1], weights.w_out.shape[0])
    numbers = _numbers(weights, check_current_lif(neuron), check_surrogate(surrogate), False)
    size = samples.n_samples if batch is None else min(whole("batch", batch, 1), samples.n_samples)
    if batch is not None and not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator where batch is given, got {rng!r}")
    if not samples.n_samples:
        raise ValueError("samples must be at least one, got none")
    return _epochs(weights, samples, numbers, adam, penalty, size, rng if batch is not None else None)


def _epochs(
    weights: Weights,
    samples: Samples,
    numbers: Numbers,
    adam: Adam,
    penalty: Penalty,
    size: int,
    rng: np.random.Generator | None,
) -> Iterator[Epoch]:
    """Train on what has been checked."""
    net, data, trial = (
        _rows(weights),
        data_of(samples),
        _workspace(weights, samples.steps, numbers.through_reset),
    )
    gradient, mean, square = (Net(*(np.zeros_like(w) for w in net)) for _ in range(3))
    order, found = np.arange(samples.n_samples), np.empty(3)
    step = number = 0
    while True:
        number += 1
        loss = right = spikes = 0.0
        if rng is not None:
            rng.shuffle(order)
        for first in range(0, order.size, size):
            which = order[first : first + size]
            batch_gradient(which, data, net, numbers, trial, *penalty, gradient, found)
            step += 1
            for w, g, m, q in zip(net, gradient, mean, square, strict=True):
                update_row(w.ravel(), g.ravel(), m.ravel(), q.ravel(), step, *adam)
            loss, right = loss + found[0] * which.size, right + found[1] * which.size
            spikes += found[2]
        n = order.size
        yield Epoch(number, float(loss / n), float(right / n), float(spikes / n), _columns(net))


def train(
    weights: Weights,
    samples: Samples,
    epochs: int,
    neuron: CurrentLIF = CurrentLIF(),
    surrogate: Surrogate = Surrogate(),
    *,
    adam: Adam = Adam(),
    penalty: Penalty = Penalty(),
    batch: int | None = None,
    rng: np.random.Generator | None = None,
    test: Samples | None = None,
    stop: Callable[[Epoch], bool] | None = None,
    progress: bool = True,
) -> Training:
    """Train for so many epochs, or until it is stopped: what was learnt until then is kept.

    The stop button of JupyterLab and Ctrl-C end it after the last whole epoch, and so does `stop`.

    Parameters
    ----------
    weights
        Where to start; they stay as they are.
    samples
        What to learn.
    epochs : int
        How often all samples are gone through.
    neuron, surrogate, adam, penalty, batch, rng
        As for `training_epochs`.
    test : Samples, optional
        Samples on which each epoch is tried.
    stop : function, optional
        Asked after each epoch, which it is given; the training ends where it says True.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    Training
        `weights`, `history` and whether it `finished`; without `test` its `test_accuracy` is NaN.

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> learnt = train(initial_weights(100, 4, 2, rng=rng), samples, 30, progress=False)
    >>> print(learnt.history.loss[-1] < learnt.history.loss[0])
    True
    """
    epochs = whole("epochs", epochs)
    if stop is not None:
        function("stop", stop)
    source = training_epochs(
        weights, samples, neuron, surrogate, adam=adam, penalty=penalty, batch=batch, rng=rng
    )
    if test is not None:
        test = check_samples(test, weights.w_in.shape[1], weights.w_out.shape[0])
    rows: list[tuple[float, float, float, float]] = []
    finished, learnt = True, check_weights(weights)
    bar = Bar(epochs if progress else 0)
    bar.begin(batch_gradient, f"epoch 0 of {epochs}")
    try:
        for _ in range(epochs) if stop is not None else turns("epochs", epochs):
            epoch = next(source)
            right = np.nan
            if test is not None:
                right = float(np.mean(predict(epoch.weights, test, neuron) == test.labels))
            learnt = epoch.weights
            rows.append((epoch.loss, epoch.accuracy, epoch.spikes, right))
            bar.show(
                epoch.number,
                f"epoch {epoch.number} of {epochs}",
                f"loss {epoch.loss:.3f}, accuracy {epoch.accuracy:.3f}",
            )
            finished = stop is None or len(rows) == epochs or not stop(epoch)
            if not finished:
                break
    except KeyboardInterrupt:
        finished = False
    bar.end()
    return Training(learnt, History(*np.array(rows).reshape(-1, 4).T), finished)
