"""How well neurons that were taught by forced spikes name samples they have not seen.

The splits and the F1 score are scikit-learn's, which comes with the course (the extra ``course`` of the
package).
"""

import numpy as np

from snnlab._checks import whole
from snnlab.learning.samples import Samples, check_samples
from snnlab.learning.stdp_parameters import STDP
from snnlab.learning.teacher_forced import (
    FORCED_STDP,
    TeacherForced,
    first_answers,
    learn_teacher_forced,
)
from snnlab.random import seed_from

__all__ = ["validate_teacher_forced"]


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

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> from snnlab.learning import samples_from_times
    >>> times = np.tile([[0.0, 0.2, 2.0, 2.1], [2.0, 2.1, 0.0, 0.2]], (10, 1))
    >>> two = samples_from_times(times, [0, 1] * 10, steps=500, dt=0.05)
    >>> net = TeacherForced(v_th=1.5)
    >>> print(validate_teacher_forced(two, net, folds=2, rng=np.random.default_rng(1)))
    [1. 1.]
    """
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold

    if not isinstance(samples, Samples):
        raise TypeError(f"samples must be Samples, got {type(samples).__name__}")
    folds, repeats, epochs = (
        whole("folds", folds, 2),
        whole("repeats", repeats, 1),
        whole("epochs", epochs, 1),
    )
    labels = samples.labels
    n_classes = int(labels.max(initial=0)) + 1
    check_samples(samples, samples.n_inputs, n_classes)
    fewest = int(np.bincount(labels, minlength=n_classes).min())
    if fewest < folds:
        raise ValueError(f"folds must be at most the samples of the rarest class ({fewest}), got {folds}")
    scores = []
    for _ in range(repeats):
        cut = StratifiedKFold(folds, shuffle=True, random_state=int(seed_from(rng) % np.uint64(2**32)))
        for seen, new in cut.split(labels, labels):
            w = learn_teacher_forced(_part(samples, seen), n_classes, net, rule, epochs=epochs, rng=rng)
            told = first_answers(_part(samples, new), w, net).classes
            classes = np.arange(n_classes)
            scores.append(f1_score(labels[new], told, labels=classes, average="macro", zero_division=0))
    return np.array(scores)


def _part(samples: Samples, chosen: np.ndarray) -> Samples:
    return samples._replace(start=samples.start[chosen], labels=samples.labels[chosen])
