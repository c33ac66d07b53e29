"""What it costs to have been asked before: the error of a recall that follows another of the same symbol.

At a recall neurons fire, and firing raises thresholds. If these hold the symbol, an answer changes what it
was read from. Whether it does is seen if a trial that was asked before exchanges its thresholds, as the
recall begins, with one that has stored the same and was not.
"""

import numpy as np

from snnlab.checks import whole
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork
from snnlab.learning.memory.store_recall import RecallInputs, RecallTrials, one_recall
from snnlab.learning.memory.swapped_states import answers_of_pairs

__all__ = ["error_when_asked_before"]


def error_when_asked_before(
    network: RecurrentNetwork,
    delay: int = 6,
    before: int = 3,
    n_trials: int = 200,
    *,
    exchange: str = "nothing",
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> tuple[float, float]:
    """The fraction of wrong recalls if nobody has asked earlier, and if somebody has.

    Parameters
    ----------
    network
        What has learnt store and recall.
    delay : int
        From the store to the recall that counts, in intervals.
    before : int
        From the store to the earlier recall.
    n_trials : int
        How many trials of each kind. A pair has the same symbols but for the one that is not shown at the
        earlier recall.
    exchange : str
        What a pair exchanges when the recall that counts begins, one of
        `snnlab.learning.memory.swapped_states.PARTS`.
    inputs
        Those of the network.
    rng : numpy.random.Generator
        Where symbols and spikes come from.

    Returns
    -------
    once, again : float
        The two errors.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_network
    >>> rng = np.random.default_rng(1)
    >>> once, again = error_when_asked_before(recall_network(rng=rng), 2, 1, 20, rng=rng)
    >>> print(0.0 <= once <= 1.0, 0.0 <= again <= 1.0)
    True True
    """
    trials = one_recall(n_trials, delay, rng=rng)
    if not 0 < whole("before", before, 1) < delay:
        raise ValueError(f"before must be less than the delay ({delay}), got {before}")
    symbols, commands = (np.concatenate([part, part]) for part in trials)
    symbols[n_trials:, before], commands[n_trials:, before] = -1, 2
    pairs = RecallTrials(symbols, commands)
    answers = answers_of_pairs(network, pairs, exchange, inputs=inputs, rng=rng)
    once, again = (answers != symbols[:, 0]).reshape(2, n_trials).mean(axis=1).tolist()
    return once, again
