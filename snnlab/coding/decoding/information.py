r"""How much a response tells about a stimulus: mutual information.

With $n_{sr}$ the number of trials in which stimulus $s$ met response $r$, and $P = n / N$,

$$ I = \sum_{s, r} P(s, r) \log_2 \frac{P(s, r)}{P(s)\, P(r)} $$

A response can be anything that has a name: a count, or a *word*, the counts of several short bins read as the
letters of one. Nothing is assumed about the code, which is why this is called the *direct method*. The price
is that each response has to be seen often: from few trials $I$ comes out too large, and
`snnlab.coding.estimate_information` says by how much.

Source: C. E. Shannon (1948), Bell System Technical Journal 27, 379–423; S. P. Strong, R. Koberle,
R. R. de Ruyter van Steveninck and W. Bialek (1998), Physical Review Letters 80, 197–200.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, positive, whole
from snnlab.foreign_arrays import as_array

__all__ = ["joint_counts", "mutual_information", "poisson_information", "spike_words"]

_MOST_TRIALS = 2.0**53  # beyond, a float misses whole numbers


def joint_counts(stimulus: ArrayLike, response: ArrayLike) -> np.ndarray:
    """How often each stimulus met each response.

    Parameters
    ----------
    stimulus : array of int of shape (trials,)
        The name of the stimulus in each trial, any whole number.
    response : array of int of shape (trials,)
        The name of the response, for example a count.

    Returns
    -------
    array of int of shape (stimuli, responses)
        One row for each stimulus and one column for each response that occurred, in rising order.

    Examples
    --------
    >>> print(joint_counts([1, 1, 2, 2], [0, 5, 5, 5]))
    [[1 1]
     [0 2]]
    """
    s, r = _names("stimulus", stimulus), _names("response", response)
    if s.size != r.size or s.size == 0:
        raise ValueError(
            f"response must have one value for each of the trials, one or more, got {r.size} for {s.size}"
        )
    s_names, row = np.unique(s, return_inverse=True)
    r_names, column = np.unique(r, return_inverse=True)
    if s_names.size * r_names.size > 1e7:
        raise ValueError(
            "stimulus and response must make a table of at most 1e7 cells, "
            f"got {s_names.size} times {r_names.size}"
        )
    cells = np.bincount(row * r_names.size + column, minlength=s_names.size * r_names.size)
    return cells.reshape(s_names.size, r_names.size)


def mutual_information(table: ArrayLike) -> float:
    """The mutual information in a table, as it stands.

    Parameters
    ----------
    table : array of shape (stimuli, responses)
        Counts from `joint_counts`, which give the *plug-in* estimate, or probabilities, which give the truth.

    Returns
    -------
    float
        Bits.

    Examples
    --------
    A channel that turns round one bit in ten:

    >>> print(f"{mutual_information([[0.45, 0.05], [0.05, 0.45]]):.3f} bit")
    0.531 bit
    """
    return _information(_table(table))


def spike_words(counts: ArrayLike) -> np.ndarray:
    """Name the word in each trial.

    Parameters
    ----------
    counts : array of int of shape (trials, bins)
        Spikes in each bin of each trial: the letters.

    Returns
    -------
    array of int of shape (trials,)
        A number for each word; equal words have equal numbers, and numbers rise with the alphabet.

    Examples
    --------
    >>> print(spike_words([[0, 1], [1, 0], [0, 1], [0, 0]]))
    [1 2 1 0]
    """
    letters = finite_array("counts", counts, (2,), "(trials, bins)")
    if (letters != np.rint(letters)).any() or letters.size == 0:
        raise ValueError("counts must be whole numbers of one trial and one bin or more")
    return np.unique(letters, axis=0, return_inverse=True)[1].reshape(-1).astype(np.int64)


def poisson_information(rates: ArrayLike, window: float, n: int = 1) -> float:
    """What the count of Poisson neurons tells about which of several rates it is, exactly.

    Parameters
    ----------
    rates : array of shape (stimuli,)
        Rate under each stimulus, Hz; all stimuli are equally likely.
    window : float
        How long spikes are counted, ms.
    n : int
        Number of neurons that fire alike, and whose spikes are counted together.

    Returns
    -------
    float
        Bits.

    Examples
    --------
    >>> print(f"{poisson_information([20.0, 80.0], window=50):.2f} bit")
    0.48 bit
    """
    rates = finite_array("rates", rates, (1,), "(stimuli,)")
    if rates.size == 0 or rates.min() < 0:
        raise ValueError(f"rates must be one or more of zero or above, got {rates.min(initial=0.0):g}")
    mean = rates * positive("window", window) / 1000.0 * whole("n", n, least=1)
    if not mean.max() <= 1e5:
        raise ValueError(f"counts must be at most 1e5 on average, got {mean.max():g}")
    k = np.arange(int(mean.max() + 12.0 * math.sqrt(mean.max()) + 40.0))
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(k[1:]))])
    logs = np.log(np.where(mean > 0, mean, 1.0))[:, None]
    chance = np.exp(k * logs - mean[:, None] - log_factorial)
    chance[mean == 0] = k == 0
    return _information(chance)


def _names(name: str, values: ArrayLike) -> np.ndarray:
    array = as_array(name, values)
    if array.dtype.kind in "iu" and array.ndim == 1:
        return array  # as floats, large ones would be rounded
    array = finite_array(name, values, (1,), "(trials,)")
    if (array != np.rint(array)).any():
        raise ValueError(f"{name} must be whole numbers, got {array[array != np.rint(array)][0]:g}")
    return array


def _table(table: ArrayLike) -> np.ndarray:
    array = finite_array("table", table, (2,), "(stimuli, responses)")
    if array.size == 0 or array.min() < 0 or array.sum() <= 0:
        raise ValueError(
            f"table must be zero or positive, and somewhere positive, got {array.min(initial=0.0):g}"
        )
    if array.sum() > _MOST_TRIALS:
        raise ValueError(f"table must hold at most {_MOST_TRIALS:g} trials, got {array.sum():g}")
    return array


def _information(table: np.ndarray) -> float:
    joint = table / table.sum()
    row, column = np.nonzero(joint)
    there, own, shared = joint[row, column], joint.sum(axis=1)[row], joint.sum(axis=0)[column]
    return max(float(there @ (np.log2(there / shared) - np.log2(own))), 0.0)
