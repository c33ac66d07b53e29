"""What a stored symbol leaves in each neuron: who fired then, who is hard to excite, who answers.

Each number is a difference between trials in which a 1 was stored and trials in which a 0 was. A neuron that
fires more for a 1 has a higher threshold after a 1. If it fires less at the recall then, what it says is the
negative of what was said.
"""

from typing import NamedTuple

import numpy as np

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.memory.store_recall import RecallInputs, one_recall, recall_samples

__all__ = ["NegativeImage", "negative_image"]


class NegativeImage(NamedTuple):
    """Differences between trials with a stored 1 and trials with a stored 0, of each neuron.

    Examples
    --------
    >>> NegativeImage(np.ones(3), np.ones(3), -np.ones(3), np.zeros((2, 9, 3)), 4.0).dt
    4.0
    """

    told: np.ndarray
    """Of the rate while it is stored, Hz, shape (neurons,)."""
    raised: np.ndarray
    """Of the threshold when the recall begins, shape (neurons,)."""
    answered: np.ndarray
    """Of the rate while it is recalled, Hz, shape (neurons,)."""
    threshold: np.ndarray
    """The mean threshold with a stored 0 and with a stored 1, shape (2, steps, neurons)."""
    dt: float
    """Time step, ms."""


def negative_image(
    network: RecurrentNetwork,
    delay: int = 6,
    n_trials: int = 100,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> NegativeImage:
    """Run trials with one recall, and compare those that store a 1 with those that store a 0.

    Parameters
    ----------
    network
        What has learnt store and recall.
    delay : int
        From the store to the recall, in intervals.
    n_trials : int
        How many trials; every second one stores a 1.
    inputs
        Those of the network.
    rng : numpy.random.Generator
        Where symbols and spikes come from.

    Examples
    --------
    >>> from snnlab.learning.memory.recall_network import recall_network
    >>> rng = np.random.default_rng(1)
    >>> negative_image(recall_network(rng=rng), 1, 4, rng=rng).threshold.shape
    (2, 100, 20)
    """
    network = check_recurrent(network)
    trials = one_recall(n_trials, delay, rng=rng)
    if n_trials < 2:
        raise ValueError(f"n_trials must be at least 2, one for each symbol, got {n_trials}")
    stored = np.arange(n_trials) % 2
    symbols = trials.symbols.copy()
    symbols[:, 0] = stored
    samples, asked = recall_samples(trials._replace(symbols=symbols), inputs, network.dt, rng=rng)
    window, hertz = asked.window, 1000.0 / network.dt
    mean = []
    for symbol in (0, 1):
        runs = [run_recurrent(network, samples, k) for k in np.flatnonzero(stored == symbol).tolist()]
        threshold, spikes = (
            sum(getattr(run, name) for run in runs) / len(runs) for name in ("threshold", "s")
        )
        mean.append((hertz * spikes[:window].mean(axis=0), hertz * spikes[-window:].mean(axis=0), threshold))
    (told_0, answered_0, threshold_0), (told_1, answered_1, threshold_1) = mean
    threshold = np.stack([threshold_0, threshold_1])
    raised = threshold[1, -window] - threshold[0, -window]
    return NegativeImage(told_1 - told_0, raised, answered_1 - answered_0, threshold, network.dt)
