"""Training a recurrent network: a step of Adam for each batch, until the end or until somebody says stop.

Where samples come from is up to you: the same ones again and again, or new ones for every step. The rate may
follow a schedule, and whoever wants to can change the weights after each step.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from snnlab.checks import fraction, positive, true_or_false, whole
from snnlab.learning.gradients.adam import Adam, update_row
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, RatePenalty, Way
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_steps import (
    AdamMemory,
    Batch,
    Hook,
    RecurrentStep,
    check_function,
    kept,
    recurrent_steps,
)
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.progress import Bar

__all__ = ["RecurrentTraining", "falling_rate", "train_recurrent"]


class RecurrentTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> RecurrentTraining(network, *np.zeros((3, 5)), finished=True).loss.size
    5
    """

    network: RecurrentNetwork
    """What was learnt, its synapses sorted by the neuron that fires."""
    loss: np.ndarray
    """The loss of each step, before it."""
    accuracy: np.ndarray
    """The fraction that was right, likewise."""
    spikes: np.ndarray
    """Mean number of hidden spikes of a sample, likewise."""
    finished: bool
    """False if somebody stopped it."""
    memory: AdamMemory | None = None
    """What Adam remembers, for a training that goes on from `network`; None if it has seen no step."""


def falling_rate(rate: float, factor: float, every: int) -> Callable[[int], float]:
    """A schedule: `rate` for the first `every` steps, then `factor` times as much for as many, and so on.

    Examples
    --------
    >>> schedule = falling_rate(0.01, 0.3, 100)
    >>> print(f"{schedule(100):.3f} {schedule(101):.3f} {schedule(201):.4f}")
    0.010 0.003 0.0009
    """
    rate, factor, every = positive("rate", rate), fraction("factor", factor), whole("every", every, 1)
    if factor == 0:
        raise ValueError("factor must be above 0, got 0")
    return lambda number: rate * factor ** ((number - 1) // every)


def train_recurrent(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    steps: int,
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    adam: Adam = Adam(),
    rates: RatePenalty = RatePenalty(),
    schedule: Callable[[int], float] | None = None,
    after_step: Hook | None = None,
    memory: AdamMemory | None = None,
    way: Way | None = None,
    stop: Callable[[RecurrentStep], bool] | None = None,
    progress: bool = True,
) -> RecurrentTraining:
    """Train for so many steps, or until it is stopped: what was learnt until then is kept.

    The stop button of JupyterLab and Ctrl-C end it after the last whole step, and so does `stop`. A step is
    whole when its hook has returned.

    Parameters
    ----------
    network, batches, surrogate, adam, rates, schedule, after_step, memory, way
        As for `recurrent_steps`. Where the batches end first, so does the training.
    steps : int
        How many steps of Adam, beside those that `memory` has seen.
    stop : function, optional
        Asked after each step but the last, which it is given; the training ends where it says True.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    RecurrentTraining
        `network`, its history, whether it `finished`, and Adam's `memory`.

    Examples
    --------
    >>> from itertools import repeat
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(100, lif_cell(4), 2, gain=0.5, rng=rng)
    >>> learnt = train_recurrent(network, repeat(poisson_patterns(8, rng=rng)), 30, progress=False)
    >>> print(learnt.loss[-1] < learnt.loss[0])
    True
    """
    steps, progress = whole("steps", steps), true_or_false("progress", progress)
    check_function("stop", stop)
    source = recurrent_steps(
        network,
        batches,
        surrogate,
        adam=adam,
        rates=rates,
        schedule=schedule,
        after_step=after_step,
        memory=memory,
        way=way,
    )
    rows: list[tuple[float, float, float]] = []
    finished, learnt = True, kept(check_recurrent(network))
    bar = Bar(steps if progress else 0)
    bar.begin(update_row, f"step 0 of {steps}")
    try:
        while finished and len(rows) < steps:
            step = next(source, None)
            if step is None:
                break
            learnt, memory = kept(step.network), step.memory
            rows.append((step.loss, step.accuracy, step.spikes))
            bar.show(len(rows), f"step {len(rows)} of {steps}", f"loss {step.loss:.3f}")
            finished = stop is None or len(rows) == steps or not stop(step)
    except KeyboardInterrupt:
        finished = False
    finally:
        bar.end()
    loss, accuracy, spikes = np.array(rows).reshape(-1, 3).T
    return RecurrentTraining(learnt, loss, accuracy, spikes, finished, memory)
