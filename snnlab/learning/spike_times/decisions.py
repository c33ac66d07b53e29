"""How much of a network has spoken when it decides.

The answer is there as soon as the first output fires. What hidden neurons do after that changes nothing any
more, and a machine could stop there.
"""

from typing import NamedTuple

import numpy as np

from snnlab.learning.spike_times.alpha_network import AlphaRun

__all__ = ["Decisions", "decisions"]


class Decisions(NamedTuple):
    """What the hidden neurons had done by the time of the answer, one number a sample.

    Examples
    --------
    >>> times = np.array([[0.2, 0.9, np.inf, np.inf]]), np.array([[0.5, 0.8]])
    >>> run = AlphaRun(times, np.array([0]), np.array([0.5]))
    >>> seen = decisions(run)
    >>> print(seen.spoken, seen.of_speakers, seen.silent)
    [0.25] [0.5] [0.5]
    """

    spoken: np.ndarray
    """The share of all hidden neurons that had fired before the answer; silent ones count as not having."""
    of_speakers: np.ndarray
    """The share of those that fire at all, sooner or later; NaN where nobody does."""
    silent: np.ndarray
    """The share of the hidden neurons that never fire."""


def decisions(run: AlphaRun) -> Decisions:
    """How many hidden neurons had fired when the first output did.

    Parameters
    ----------
    run
        What `run_alpha` says of a network with hidden neurons. A sample without an answer is decided at the
        end, when all who fire have.

    Examples
    --------
    >>> from snnlab.learning.spike_times.alpha_network import initial_alpha, run_alpha
    >>> network = initial_alpha((2, 4, 2), 1, of_pulses=1.0, rng=np.random.default_rng(1))
    >>> bool(0 <= decisions(run_alpha(network, [[0.1, 0.8]])).spoken[0] <= 1)
    True
    """
    if not isinstance(run, AlphaRun):
        raise TypeError(f"run must be an AlphaRun, got {type(run).__name__}")
    if len(run.times) < 2:
        raise ValueError("run must be that of a network with hidden neurons, got one layer")
    hidden = np.concatenate(run.times[:-1], axis=1)
    before, fires = hidden < run.decided[:, None], np.isfinite(hidden)
    n = fires.sum(axis=1)
    of_speakers = np.divide(before.sum(axis=1), n, out=np.full(len(n), np.nan), where=n > 0)
    return Decisions(before.mean(axis=1), of_speakers, 1.0 - fires.mean(axis=1))
