"""What it costs to have been asked before: the error of a recall that follows another of the same symbol.

At a recall neurons fire, and firing raises thresholds. If these hold the symbol, an answer changes what it
was read from.
"""

import numpy as np

from snnlab.checks import whole
from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.memory.store_recall import RecallInputs, one_recall, recall_samples

__all__ = ["error_when_asked_before"]


def error_when_asked_before(
    network: RecurrentNetwork,
    delay: int = 6,
    before: int = 3,
    n_trials: int = 200,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> float:
    """The fraction of wrong recalls after `delay` intervals, if the same symbol was recalled earlier.

    Parameters
    ----------
    network
        What has learnt store and recall.
    delay : int
        From the store to the recall that counts, in intervals.
    before : int
        From the store to the earlier recall; 0 if there is none.
    n_trials : int
        How many trials.
    inputs
        Those of the network.
    rng : numpy.random.Generator
        Where symbols and spikes come from.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_network
    >>> rng = np.random.default_rng(1)
    >>> error = error_when_asked_before(recall_network(rng=rng), 2, 1, 20, rng=rng)
    >>> print(0.0 <= error <= 1.0)
    True
    """
    network, trials = check_recurrent(network), one_recall(n_trials, delay, rng=rng)
    if whole("before", before) >= delay:
        raise ValueError(f"before must be less than the delay ({delay}), got {before}")
    symbols, commands = trials.symbols.copy(), trials.commands.copy()
    if before:
        symbols[:, before], commands[:, before] = -1, 2
    samples, loss = recall_samples(
        trials._replace(symbols=symbols, commands=commands), inputs, network.dt, rng=rng
    )
    classes = np.array(loss.classes)
    classes[:, :-1] = -1  # of an earlier recall nobody asks here
    return 1.0 - recurrent_gradient(network, samples, loss._replace(classes=classes)).accuracy
