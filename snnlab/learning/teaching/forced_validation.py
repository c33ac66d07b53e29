r"""How well neurons that were taught by forced spikes name samples they have not seen.

The samples are cut into parts with the same share of each class; each part is named by neurons that learnt
from the others. A class is found as well as its F1 score says, of $n_{right}$ samples named so rightly,
$n_{wrong}$ wrongly and $n_{missed}$ of the class that were named otherwise,

$$ F_1 = \frac{2\, n_{right}}{2\, n_{right} + n_{wrong} + n_{missed}} $$

Source: C. J. van Rijsbergen (1979), Information Retrieval, 2nd edition, chapter 7.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.foreign_arrays import as_array
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.learning.samples import Samples, check_samples, valid_samples
from snnlab.learning.teaching.teacher_forced import (
    FORCED_STDP,
    TeacherForced,
    first_answers,
    learn_teacher_forced,
)
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = ["f1_score", "validate_teacher_forced"]


def f1_score(labels: ArrayLike, told: ArrayLike) -> float:
    """The mean F1 score of the classes.

    Parameters
    ----------
    labels : array of int, shape (samples,)
        What was shown, from 0 on.
    told : array of int, shape (samples,)
        What was told; −1 for no answer.

    Returns
    -------
    float
        From 0 to 1; a class that was neither shown nor told does not count.

    Raises
    ------
    ValueError
        If there is not one answer for each sample, or no sample.

    Examples
    --------
    >>> print(f"{f1_score([0, 0, 1, 1], [0, 0, 0, 1]):.3f}")
    0.733
    """
    labels, told = as_array("labels", labels), as_array("told", told)
    if labels.shape != told.shape or labels.ndim != 1 or not labels.size:
        raise ValueError(
            f"told must have one class for each of the labels {labels.shape}, got shape {told.shape}"
        )
    classes = np.union1d(labels, told[told >= 0])
    right = np.array([np.sum((labels == k) & (told == k)) for k in classes])
    either = np.array([np.sum(labels == k) + np.sum(told == k) for k in classes])
    return float(np.mean(2.0 * right / either))


def validate_teacher_forced(
    samples: Samples,
    net: TeacherForced = TeacherForced(),
    rule: STDP = FORCED_STDP,
    *,
    folds: int = 5,
    repeats: int = 1,
    epochs: int = 5,
    rng: np.random.Generator,
) -> np.ndarray:
    """The F1 score of each split in a stratified cross-validation.

    In each split the neurons learn from all parts but one and are asked about that one.

    Parameters
    ----------
    samples : Samples
        Inputs with their classes, from 0 on.
    net, rule, epochs
        As for `learn_teacher_forced`.
    folds : int
        Into how many parts the samples are cut, 2 at least.
    repeats : int
        How often they are cut anew.
    rng : numpy.random.Generator
        Where cuts and orders come from.

    Returns
    -------
    array of shape (repeats · folds,)
        The F1 score from 0 to 1, the mean over the classes. A sample for which all are silent is wrong.

    Examples
    --------
    >>> from snnlab.learning import samples_from_times
    >>> times = np.tile([[0.0, 0.2, 2.0, 2.1], [2.0, 2.1, 0.0, 0.2]], (10, 1))
    >>> two = samples_from_times(times, [0, 1] * 10, steps=500, dt=0.05)
    >>> net = TeacherForced(v_th=1.5)
    >>> print(validate_teacher_forced(two, net, folds=2, rng=np.random.default_rng(1)))
    [1. 1.]
    """
    samples = valid_samples(samples)
    folds, repeats, epochs = (
        whole("folds", folds, 2),
        whole("repeats", repeats, 1),
        whole("epochs", epochs, 1),
    )
    labels = samples.labels
    n_classes = int(labels.max(initial=0)) + 1
    samples = check_samples(samples, samples.n_inputs, n_classes)
    fewest = int(np.bincount(labels, minlength=n_classes).min())
    if fewest < folds:
        raise ValueError(f"folds must be at most the samples of the rarest class ({fewest}), got {folds}")
    rng = generator(rng)
    scores = []
    for _ in turns("repeats", repeats):
        part = stratified_parts(labels, folds, rng)
        for k in range(folds):
            seen, new = np.flatnonzero(part != k), np.flatnonzero(part == k)
            w = learn_teacher_forced(samples.take(seen), n_classes, net, rule, epochs=epochs, rng=rng)
            told = first_answers(samples.take(new), w, net).classes
            scores.append(f1_score(labels[new], told))
    return np.array(scores)


def stratified_parts(labels: np.ndarray, folds: int, rng: np.random.Generator) -> np.ndarray:
    """The part of each sample: each class is shuffled and dealt out, going on where the last one ended."""
    rng = generator(rng)
    order = rng.permutation(labels.size)
    order = order[np.argsort(labels[order], kind="stable")]
    part = np.empty(labels.size, np.int64)
    part[order] = np.arange(labels.size) % folds
    return part
