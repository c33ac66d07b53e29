r"""Recognise by who fires first: a read-out of one spike a neuron.

The neurons that see an image fire in the order of their input, the strongest first. A neuron that listens to
them is *desensitised* by each spike that it gets: the spike of rank $k$, counted from 0, weighs $m^k$, with
$0 < m < 1$. Its answer is the larger, the better this order agrees with its own weights $w_j$:

$$ a_j = m^{k_j}, \qquad A = \sum_j w_j\, a_j $$

If $w$ is the mean answer $a$ to the images of a class, scaled to length 1, the class whose $A$ is the largest
is the guess. It can be made after any number of spikes. A read-out that counts spikes does the same with
numbers of spikes for $a_j$.

Source: S. Thorpe, A. Delorme and R. Van Rullen (2001), Neural Networks 14, 715–725; A. Delorme and S. J.
Thorpe (2001), Neural Networks 14, 795–803.
"""

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.checks_of_spikes import be_spikes
from snnlab.coding.codes.first_spike import _first
from snnlab.coding.values import countable, with_gaps
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["best_template", "class_templates", "rank_weights", "ranks_of_rows"]


def ranks_of_rows(spikes: Spikes, n_each: int, *, rng: np.random.Generator) -> np.ndarray:
    """Who fires first, who second, in each row of units by itself.

    Parameters
    ----------
    spikes
        The units of the first row, then those of the second, and so on: a row sees an image.
    n_each : int
        Units in a row.
    rng
        Decides between units that fire at the same time.

    Returns
    -------
    array of shape (rows, n_each)
        0 for the unit of the row that fires first; NaN for a silent one.

    Examples
    --------
    >>> spikes = Spikes([4.0, 2.0, 3.0], units=[0, 2, 3], duration=10)
    >>> print(ranks_of_rows(spikes, 2, rng=np.random.default_rng(1)))
    [[ 0. nan]
     [ 0.  1.]]
    """
    rng = generator(rng)
    first = _first_times(spikes, n_each)
    order = np.lexsort((rng.random(first.shape), first), axis=1)
    ranks = np.empty(first.shape)
    np.put_along_axis(ranks, order, np.arange(float(first.shape[1]))[None, :], axis=1)
    return np.where(np.isfinite(first), ranks, np.nan)


def rank_weights(ranks: ArrayLike, m: float, n_first: int) -> np.ndarray:
    """How much the spike of each unit still counts when it comes.

    Parameters
    ----------
    ranks : array of shape (rows, n_each)
        From `ranks_of_rows`.
    m : float
        What is left of the sensitivity after a spike, between 0 and 1.
    n_first : int
        How many spikes of each row are read.

    Returns
    -------
    array of shape (rows, n_each)
        mᵏ, or 0 for a unit that is silent or comes later.

    Examples
    --------
    >>> print(rank_weights([[1, 0, np.nan, 2]], m=0.5, n_first=2))
    [[0.5 1.  0.  0. ]]
    """
    m, n_first = positive("m", m), whole("n_first", n_first)
    if m >= 1:
        raise ValueError(f"m must be below 1, got {m:g}")
    table = with_gaps("ranks", ranks, 2, "(rows, n_each)")
    if (table < 0).any():
        raise ValueError(f"ranks must be zero or positive, got {np.nanmin(table):g}")
    read = table < min(n_first, 2**53)  # NaN is not
    return np.where(read, m ** np.where(read, table, 0.0), 0.0)


def class_templates(answers: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """The mean answer to each class, scaled to length 1.

    Parameters
    ----------
    answers : array of shape (rows, n_each)
        Of the rows to learn from.
    labels : array of int of shape (rows,)
        The class of each, from 0 on.

    Returns
    -------
    array of shape (classes, n_each)
        0 for a class that never was, or never got an answer.

    Examples
    --------
    >>> print(class_templates([[2.0, 0.0], [4.0, 0.0], [3.0, 4.0]], [0, 0, 1]))
    [[1.  0. ]
     [0.6 0.8]]
    """
    table, classes = finite_array("answers", answers, (2,), "(rows, n_each)"), _classes(labels, answers)
    n_classes = int(classes.max(initial=-1)) + 1
    countable("classes times n_each", n_classes * table.shape[1])
    sums = np.zeros((n_classes, table.shape[1]))
    np.add.at(sums, classes, table)
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.divide(sums, length, out=np.zeros_like(sums), where=length > 0)


def best_template(answers: ArrayLike, templates: ArrayLike) -> np.ndarray:
    """The class whose template agrees best with each answer.

    Parameters
    ----------
    answers : array of shape (rows, n_each)
        From `rank_weights`, or numbers of spikes.
    templates : array of shape (classes, n_each)
        From `class_templates`.

    Returns
    -------
    array of int of shape (rows,)
        −1 where nothing has been read that any template knows.

    Examples
    --------
    >>> print(best_template([[3.0, 1.0], [0.0, 1.0], [0.0, 0.0]], [[1.0, 0.0], [0.6, 0.8]]))
    [ 0  1 -1]
    """
    table = finite_array("answers", answers, (2,), "(rows, n_each)")
    known = finite_array("templates", templates, (2,), "(classes, n_each)")
    if known.shape[1] != table.shape[1] or not known.shape[0]:
        raise ValueError(f"templates must have shape (classes, {table.shape[1]}), got {known.shape}")
    activation = table @ known.T
    return np.where(activation.any(axis=1), activation.argmax(axis=1), -1)


def _first_times(spikes: Spikes, n_each: int) -> np.ndarray:
    """The first spike time of each unit, row by row; NaN for none."""
    n_each = whole("n_each", n_each, least=1)
    countable("n_each", n_each)
    be_spikes("spikes", spikes)
    if spikes.n_units % n_each:
        raise ValueError(f"spikes must have whole rows of {n_each} units, got {spikes.n_units} units")
    return _first(spikes).reshape(-1, n_each)


def _classes(labels: ArrayLike, rows: ArrayLike) -> np.ndarray:
    """Whole numbers from 0 on, one for each row."""
    numbers = finite_array("labels", labels, (1,), "(rows,)")
    if numbers.size != len(np.asarray(rows)):
        raise ValueError(f"labels must be one for each of {len(np.asarray(rows))} rows, got {numbers.size}")
    if (numbers < 0).any() or (numbers != np.rint(numbers)).any():
        raise ValueError(f"labels must be whole numbers from 0 on, got {numbers.min():g} at least")
    return np.minimum(numbers, 2.0**53).astype(np.int64)
