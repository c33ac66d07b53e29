r"""An experiment that counts bits, over and over: what a few trials seem to tell.

One of four stimuli comes in each trial, each as often as the others. The neuron answers with a count of mean

$$ \mu_s = \mu\, (1 + d\, c_s), \qquad c_s = 1, \tfrac13, -\tfrac13, -1 $$

which falls by chance, as of a Poisson process. Counts are sorted into $n_r$ classes: 0, 1, 2, …, and the last
holds all that are larger. After $N$ trials $n_{sr}$ of them have met stimulus $s$ and class $r$, and the
information as counted is

$$ I = \log_2 N + \frac{1}{N} \Big[ \sum_{s, r} n_{sr} \log_2 n_{sr} - \sum_s n_s \log_2 n_s
- \sum_r n_r \log_2 n_r \Big] $$

To first order it is too large by $(n_r - 1)(n_s - 1) / (2 N \ln 2)$, the bias of Panzeri and Treves (1996),
Network 7, 87–107, where each stimulus can give each response.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, whole
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["FewTrials", "few_trials"]

STIMULI, MEAN = 4, 4.0
"""The stimuli, and the mean count μ over all of them."""
STEP, MOST = 16, 800
"""Trials: the step of the curves, and the last of them."""
CLASSES = 12
"""The most classes of counts."""
LOWEST, HIGHEST, BINS = -1.0, 2.0, 60
"""The histogram of bits."""
REPEATS = 200
"""So many experiments are done; the first of them is drawn."""


class FewTrials(NamedTuple):
    """What an experiment tells as its trials come in, and what 200 of its length tell.

    Examples
    --------
    >>> seen = few_trials(48, classes=10, depth=0.0, rng=np.random.default_rng(1))
    >>> print(f"{seen.mean:.2f} bit as counted, {seen.true:.2f} in truth")
    0.42 bit as counted, 0.00 in truth
    """

    so_far: np.ndarray
    """16, 32, … 800 trials."""
    counted_curve: np.ndarray
    """Information as counted after so many trials of the first experiment, bits."""
    corrected_curve: np.ndarray
    """The same less the bias, bits."""
    true_curve: np.ndarray
    """The information that there is, bits, the same for all."""
    as_counted: np.ndarray
    """In how many of the experiments it comes out between −1 and −0.95, −0.95 and −0.9, … 2 bits."""
    less_bias: np.ndarray
    """The same after the bias has been taken off."""
    counted: float
    """As counted in the first experiment, bits."""
    corrected: float
    """The same less the bias, bits."""
    mean: float
    """As counted, the mean over all experiments, bits."""
    mean_corrected: float
    """The same less the bias, bits."""
    true: float
    """What there is to be told, bits."""
    each: float
    """Trials for each stimulus and class."""


def few_trials(
    trials: int = 48, classes: int = 6, depth: float = 0.0, *, rng: np.random.Generator | np.uint64
) -> FewTrials:
    """Count the bits that a neuron tells about four stimuli, in 200 experiments of a few trials.

    Parameters
    ----------
    trials : int
        How many trials an experiment has: 16, 32, … 800.
    classes : int
        Into how many classes counts are sorted, 2 to 12.
    depth : float
        How far the mean count goes up and down with the stimulus, 0 to 1 of itself; with 0 there is nothing
        to tell.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> for trials in (48, 480):
    ...     seen = few_trials(trials, depth=0.6, rng=np.random.default_rng(1))
    ...     print(f"{trials:d} trials: {seen.mean:.2f} bit, less the bias {seen.mean_corrected:.2f}")
    48 trials: 0.65 bit, less the bias 0.43
    480 trials: 0.44 bit, less the bias 0.41
    """
    trials, classes = whole("trials", trials, least=STEP), whole("classes", classes, least=2)
    depth = fraction("depth", depth)
    if trials % STEP or trials > MOST:
        raise ValueError(f"trials must be 16, 32, … 800, got {trials:d}")
    if classes > CLASSES:
        raise ValueError(f"classes must be 2 to 12, got {classes:d}")
    seen = recorded()
    run_few_trials(seen, *buffers().values(), float(trials), float(classes), 100.0 * depth, seed_from(rng))
    return read(seen)


def recorded() -> FewTrials:
    """A blank record."""
    lines = dict.fromkeys(("so_far", "counted_curve", "corrected_curve", "true_curve"), MOST // STEP)
    return blank(FewTrials, **lines, as_counted=BINS, less_bias=BINS)


def buffers() -> dict[str, np.ndarray]:
    """What the kernel works in, by name and in its order."""
    return {"chance": np.zeros((STIMULI, CLASSES)), "table": np.zeros((STIMULI, CLASSES))}


@kernel
def _fill(chance, classes, depth):
    """The probability of each class under each stimulus."""
    for s in range(STIMULI):
        mean = MEAN * (1.0 + depth * (1.0 - 2.0 * s / (STIMULI - 1.0)))
        rest, term = 1.0, math.exp(-mean)
        for r in range(classes - 1):
            chance[s, r] = term
            rest -= term
            term *= mean / (r + 1.0)
        chance[s, classes - 1] = max(rest, 0.0)


@kernel
def _information(table, classes):
    """The information in a table of counts or of probabilities, bits."""
    total, told = 0.0, 0.0
    for s in range(STIMULI):
        row = 0.0
        for r in range(classes):
            row += table[s, r]
            if table[s, r] > 0.0:
                told += table[s, r] * math.log2(table[s, r])
        if row > 0.0:
            told -= row * math.log2(row)
        total += row
    for r in range(classes):
        column = 0.0
        for s in range(STIMULI):
            column += table[s, r]
        if column > 0.0:
            told -= column * math.log2(column)
    return max(math.log2(total) + told / total, 0.0)


@kernel
def _answer(chance, classes, s, x):
    """The class of a count: that in which `x`, from 0 to 1, falls."""
    r = 0
    while r < classes - 1 and x >= chance[s, r]:
        x -= chance[s, r]
        r += 1
    return r


@kernel
def _put(bins, bits, share):
    """Add to the bin of a histogram."""
    b = int((bits - LOWEST) / (HIGHEST - LOWEST) * bins.size)
    bins[min(max(b, 0), bins.size - 1)] += share


@kernel
def run_few_trials(seen, chance, table, trials, classes, depth, seed):
    """All experiments of a length, and the first of them from trial to trial."""
    n, n_r = int(trials + 0.5), int(classes + 0.5)
    excess = (n_r - 1.0) * (STIMULI - 1.0) / (2.0 * math.log(2.0))  # the bias, times the number of trials
    _fill(chance, n_r, 0.01 * depth)
    true, summed = _information(chance, n_r), 0.0
    for e in range(REPEATS):
        table[:] = 0.0
        for k in range(MOST if e == 0 else n):
            s = k % STIMULI
            table[s, _answer(chance, n_r, s, uniform(seed, e, k))] += 1.0
            if e == 0 and (k + 1) % STEP == 0:
                at = (k + 1) // STEP - 1
                seen.so_far[at], seen.true_curve[at] = k + 1.0, true
                seen.counted_curve[at] = _information(table, n_r)
                seen.corrected_curve[at] = seen.counted_curve[at] - excess / (k + 1.0)
        counted = seen.counted_curve[n // STEP - 1] if e == 0 else _information(table, n_r)
        summed += counted
        _put(seen.as_counted, counted, 1.0)
        _put(seen.less_bias, counted - excess / n, 1.0)
    seen.counted[0] = seen.counted_curve[n // STEP - 1]
    seen.corrected[0] = seen.corrected_curve[n // STEP - 1]
    seen.mean[0], seen.true[0] = summed / REPEATS, true
    seen.mean_corrected[0] = summed / REPEATS - excess / n
    seen.each[0] = n / (STIMULI * n_r)
