r"""Where is a symbol kept? Two trials exchange a part of their state, and whose symbol do they answer?

One trial of a pair has stored a 0, the other a 1; then both are shown what comes by chance. When the recall
begins they exchange either what adaptation has left, $b$, which raises their thresholds, or all else: the
potentials, what has arrived, who is in its refractory time or has just fired, and the readout. If the
symbol is kept in the thresholds, the answers are exchanged with them, and with all else they are not.
"""

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.bptt import data_of
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_pass import go_on, start_anew
from snnlab.learning.gradients.recurrent_path import numbers_of, path_of, rows_of
from snnlab.learning.memory.store_recall import RecallInputs, RecallTrials, one_recall, recall_samples
from snnlab.random import generator

__all__ = ["PARTS", "answers_of_pairs", "swapped_recall"]

PARTS = ("nothing", "thresholds", "all else")
"""What a pair may exchange."""


def swapped_recall(
    network: RecurrentNetwork,
    part: str,
    delay: int = 6,
    n_pairs: int = 100,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> float:
    """The fraction of recalls that bring what the other trial of the pair has stored.

    Parameters
    ----------
    network
        What has learnt store and recall.
    part : str
        What is exchanged when the recall begins, one of `PARTS`.
    delay : int
        From the store to the recall, in intervals.
    n_pairs : int
        How many pairs.
    inputs
        Those of the network.
    rng : numpy.random.Generator
        Where symbols and spikes come from.

    Returns
    -------
    float
        As nothing is exchanged, the error.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_network
    >>> rng = np.random.default_rng(1)
    >>> print(f"{swapped_recall(recall_network(rng=rng), 'thresholds', 1, 1, rng=rng):.1f}")
    0.5
    """
    rng = generator(rng)
    trials = _pairs(whole("n_pairs", n_pairs, 1), delay, rng)
    answers = answers_of_pairs(network, trials, part, inputs=inputs, rng=rng)
    partner = np.roll(trials.symbols[:, 0], n_pairs)
    return float((answers == partner).mean())


def answers_of_pairs(
    network: RecurrentNetwork,
    trials: RecallTrials,
    part: str,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> np.ndarray:
    """What trials answer in their last interval, if each has exchanged a part of its state as that begins.

    Parameters
    ----------
    network
        What has learnt store and recall.
    trials
        An even number; the k-th of the first half and the k-th of the second are a pair. Of two intervals at
        least.
    part : str
        What is exchanged, one of `PARTS`.
    inputs
        Those of the network.
    rng : numpy.random.Generator
        Where the spikes come from.

    Returns
    -------
    array of int, shape (trials,)
        The symbols.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_network
    >>> rng = np.random.default_rng(1)
    >>> network, trials = recall_network(rng=rng), one_recall(2, 3, rng=rng)
    >>> answers_of_pairs(network, trials, "nothing", rng=rng).shape
    (2,)
    """
    if part not in PARTS:
        raise ValueError(f"part must be one of {', '.join(PARTS)}, got {part}")
    network = check_recurrent(network)
    samples, asked = recall_samples(trials, inputs, network.dt, rng=rng)
    pairs, odd = divmod(samples.n_samples, 2)
    at = samples.steps - asked.window
    if odd or not at:
        raise ValueError(
            f"trials must be pairs of at least 2 intervals, got {samples.n_samples} of {samples.steps} steps"
        )
    rows = rows_of(network)
    first, second = (path_of(network, rows, samples.steps) for _ in range(2))
    numbers, data = numbers_of(network, LSNN_SURROGATE, False), data_of(samples)
    answers = np.empty(2 * pairs, np.int64)
    for one in range(pairs):
        other = pairs + one
        run_pair(one, other, at, PARTS.index(part), data, network.cell, rows, numbers, first, second)
        for sample, path in ((one, first), (other, second)):
            answers[sample] = path.y[-asked.window :].mean(axis=0).argmax()
    return answers


def _pairs(n_pairs: int, delay: int, rng: np.random.Generator) -> RecallTrials:
    """Trials, of which that with the number k stores another symbol than that with n_pairs + k."""
    trials = one_recall(2 * n_pairs, delay, rng=rng)
    symbols = trials.symbols.copy()
    symbols[n_pairs:, 0] = 1 - symbols[:n_pairs, 0]
    return trials._replace(symbols=symbols)


@kernel
def exchange(part, t, one, other):
    """Two trials exchange what adaptation has left (1), or all else (2), as step t begins."""
    if part == 1:
        _swap(one.b[t], other.b[t])
    elif part == 2:
        _swap(one.v[t], other.v[t])
        _swap(one.i, other.i)
        _swap(one.again, other.again)
        _swap(one.s[t - 1], other.s[t - 1])
        _swap(one.y[t], other.y[t])
        _swap(one.j, other.j)
        for k in range(len(one.ring)):
            _swap(one.ring[k], other.ring[k])


@kernel
def _swap(x, y):
    for n in range(len(x)):
        x[n], y[n] = y[n], x[n]


@kernel
def run_pair(one, other, at, part, data, cell, rows, numbers, first, second):
    """Two samples side by side, which exchange a part of their state as step `at`, not the first, begins."""
    start_anew(first)
    start_anew(second)
    go_on(0, at, one, data, cell, rows, numbers, first)
    go_on(0, at, other, data, cell, rows, numbers, second)
    exchange(part, at, first, second)
    later = len(first.s) - at
    go_on(at, later, one, data, cell, rows, numbers, first)
    go_on(at, later, other, data, cell, rows, numbers, second)
