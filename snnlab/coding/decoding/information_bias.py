r"""How far to believe an information: bias, correction, error bar and verdict.

Chance makes the responses of a few trials look specific. To first order the plug-in estimate from $N$ trials
is too large by

$$ \frac{1}{2 N \ln 2} \left[ \sum_s (R_s - 1) - (R - 1) \right] $$

with $R_s$ the responses that stimulus $s$ can give, and $R$ those of all; where each stimulus can give every
response this is $(R - 1)(S - 1) / (2 N \ln 2)$. A response that was not seen may be possible: Panzeri and
Treves ask which $R_s$ would show as many different responses as were seen. Strong and others ask the data:
with half and a quarter of the trials the estimate is larger still, and a parabola in $1/N$ leads to

$$ I_\infty = \tfrac13 \left(8\, I_N - 6\, I_{N/2} + I_{N/4}\right) $$

Stimuli that are *shuffled* among the trials tell nothing, so what comes out for them is bias.

Source: S. Panzeri and A. Treves (1996), Network 7, 87–107; S. P. Strong and others (1998), Physical Review
Letters 80, 197–200; B. Efron and C. Stein (1981), Annals of Statistics 9, 586–596, for the jackknife.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.coding.decoding.information import _information, _table, joint_counts
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = ["InformationEstimate", "estimate_information", "information_bias"]

_ENOUGH = 4.0  # trials for each stimulus and response: below, the corrections were seen to fail


class InformationEstimate(NamedTuple):
    """An information, and how far to believe it.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> stimulus = np.repeat([0, 1], 500)
    >>> print(estimate_information(stimulus, rng.poisson(1.0 + 3.0 * stimulus), rng=rng).verdict)
    Believe it: 0.43 ± 0.03 bit.
    """

    raw: float
    """The plug-in estimate, bits."""
    corrected: float
    """Less the bias of Panzeri and Treves, bits; chance can bring it below 0."""
    extrapolated: float
    """The quadratic extrapolation of Strong and others, bits."""
    shuffled: float
    """The mean of the plug-in estimate after shuffling, bits: a check on the bias."""
    error: float
    """Standard error, bits: that of the jackknife, or the scatter after shuffling where that is larger."""
    trials_per_response: float
    """Trials of the rarest stimulus, divided by the number of different responses."""
    believable: bool
    """Whether there is no sign that the correction failed."""
    verdict: str
    """The same in a sentence."""


def information_bias(table: ArrayLike) -> float:
    """By how much the plug-in estimate from a table is too large, after Panzeri and Treves.

    Parameters
    ----------
    table : array of int of shape (stimuli, responses)
        Counts, from `joint_counts`.

    Returns
    -------
    float
        Bits.

    Examples
    --------
    >>> by_hand = (2 - 1) * (2 - 1) / (2 * 400 * np.log(2))
    >>> print(f"{information_bias([[100, 100], [100, 100]]):.5f}, by hand {by_hand:.5f}")
    0.00180, by hand 0.00180
    """
    return _bias(_counts(table))


def estimate_information(
    stimulus: ArrayLike, response: ArrayLike, shuffles: int = 100, *, rng: np.random.Generator
) -> InformationEstimate:
    """Estimate the information between stimulus and response from trials, and judge the estimate.

    Parameters
    ----------
    stimulus : array of int of shape (trials,)
        The name of the stimulus in each trial, any whole number.
    response : array of int of shape (trials,)
        The name of the response: a count, or a word from `spike_words`.
    shuffles : int
        How often stimuli are shuffled, and trials divided into quarters; at least 10.
    rng
        The source of chance, for example ``np.random.default_rng(1)``.

    Examples
    --------
    Words of six letters and twenty trials, of spikes that know nothing of the stimulus:

    >>> rng = np.random.default_rng(1)
    >>> found = estimate_information(np.arange(20) % 2, rng.integers(0, 64, 20), rng=rng)
    >>> print(f"{found.raw:.2f} bit. {found.verdict}")
    0.90 bit. Do not believe it: 0.6 trials for each stimulus and response, and fewer than 4 mislead.
    """
    table, shuffles = joint_counts(stimulus, response), whole("shuffles", shuffles, least=10)
    if table.sum() < 8 or table.sum(axis=1).min() < 4:
        raise ValueError(
            f"stimulus must occur in at least 4 trials each and 8 together, got {table.sum(axis=1).min()}"
        )
    rng = generator(rng)
    cells = np.repeat(np.arange(table.size), table.ravel())
    row, column = np.divmod(cells, table.shape[1])  # a trial each, sorted by stimulus
    by_chance = np.array([
        _of(row, rng.permutation(column), table.shape) for _ in turns("shuffles", shuffles)
    ])
    raw = _information(table)
    halves, quarters = np.mean([_parts(row, column, table, rng) for _ in turns("shuffles", shuffles)], axis=0)
    corrected, extrapolated = raw - _bias(table), (8.0 * raw - 6.0 * halves + quarters) / 3.0
    error = max(_jackknife(table), float(by_chance.std()))
    per_response = float(table.sum(axis=1).min() / table.shape[1])
    believable, verdict = _verdict(corrected, extrapolated, error, per_response)
    return InformationEstimate(
        raw, corrected, extrapolated, float(by_chance.mean()), error, per_response, believable, verdict
    )


def _verdict(corrected: float, extrapolated: float, error: float, per_response: float) -> tuple[bool, str]:
    if per_response < _ENOUGH:
        return False, (
            f"Do not believe it: {per_response:.1f} trials for each stimulus and response, "
            f"and fewer than {_ENOUGH:.0f} mislead."
        )
    if abs(corrected - extrapolated) > 2.0 * error:
        return False, (
            f"Do not believe it: two corrections give {corrected:.2f} and {extrapolated:.2f} bit, "
            "further apart than two error bars."
        )
    if corrected < 2.0 * error:
        return True, f"Nothing is shown: {corrected:.2f} ± {error:.2f} bit is not far enough from none."
    return True, f"Believe it: {corrected:.2f} ± {error:.2f} bit."


def _counts(table: ArrayLike) -> np.ndarray:
    array = _table(table)
    if (array != np.rint(array)).any():
        raise ValueError(f"table must hold whole counts, got {array[array != np.rint(array)][0]:g}")
    return array.astype(np.int64)


def _of(row: np.ndarray, column: np.ndarray, shape: tuple[int, ...]) -> float:
    counts = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1])
    return _information(counts.reshape(shape))


def _parts(
    row: np.ndarray, column: np.ndarray, table: np.ndarray, rng: np.random.Generator
) -> tuple[float, float]:
    """The mean plug-in estimate from each half, and from each quarter, of the trials of every stimulus."""
    order = np.lexsort((rng.random(row.size), row))
    each = table.sum(axis=1)
    quarter = (np.arange(row.size) - np.repeat(np.cumsum(each) - each, each)) % 4
    r, c = row[order], column[order]
    found = [_of(r[part], c[part], table.shape) for part in (quarter == k for k in range(4))]
    halves = [_of(r[part], c[part], table.shape) for part in (quarter < 2, quarter >= 2)]
    return float(np.mean(halves)), float(np.mean(found))


def _bias(table: np.ndarray) -> float:
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    possible = sum(_possible(counts) - 1.0 for counts in table)
    return (possible - (table.shape[1] - 1.0)) / (2.0 * table.sum() * math.log(2.0))


def _possible(counts: np.ndarray) -> float:
    """How many responses a stimulus can give: as many as would show as many as were seen.

    Those seen get the probabilities (n + 1) / (N + seen), made smaller by what the others get, and each of
    the others one with which it stays unseen as often as one response among those seen would.
    """
    trials, seen = counts.sum(), int(np.count_nonzero(counts))
    each = 1.0 - (trials / (trials + seen)) ** (1.0 / trials)  # the probability of one that was not seen
    guess = (counts[counts > 0] + 1.0) / (trials + seen)
    best, least = float(seen), math.inf
    for more in range(counts.size - seen + 1):
        rest = 1.0 - more * each
        if rest <= 0.0:
            break
        shown = (1.0 - (1.0 - rest * guess) ** trials).sum() + more * (1.0 - (1.0 - each) ** trials)
        if abs(shown - seen) >= least:
            break
        best, least = float(seen + more), abs(shown - seen)
    return best


def _jackknife(table: np.ndarray) -> float:
    """The standard error of the plug-in estimate, each trial left out once."""
    n, rows, columns = table.sum(), table.sum(axis=1), table.sum(axis=0)
    cells = table.astype(float)

    def part(values):
        values = np.asarray(values, dtype=float)
        return values * np.log2(np.where(values > 0, values, 1.0))

    whole_sum = part(cells).sum() - part(rows).sum() - part(columns).sum()
    without = (
        whole_sum
        + (part(cells - 1) - part(cells))
        - (part(rows - 1) - part(rows))[:, None]
        - (part(columns - 1) - part(columns))
    )
    left = (without + part(n - 1)) / (n - 1)
    left = left[table > 0]
    weight = table[table > 0]
    mean = weight @ left / n
    return math.sqrt(float((n - 1) / n * (weight @ (left - mean) ** 2)))
