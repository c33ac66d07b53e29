r"""Learning by e-prop: with feedback that mirrors the readout, with random feedback, or with one that adapts.

The learning signal comes back through $B$, and there are three ways to have one:

$$ B = W_{out}^T \;|\; B \text{ drawn once} \;|\;
B \leftarrow (1 - \lambda)\, B + \Delta^T, \quad W_{out} \leftarrow (1 - \lambda)\, W_{out} + \Delta $$

*Symmetric* feedback needs every weight of the readout a second time, where no synapse can read it. *Random*
feedback needs nothing; whether the readout comes to fit it is to be measured. *Adaptive* feedback starts at
random and gets the readout's own changes $\Delta$, which both of its ends know, while both forget at the rate
$\lambda$ (`snnlab.learning.credit.kolen_pollack`): what they had differently at the start falls to about a
third in $1/\lambda$ steps, $B - W_{out}^T \propto (1 - \lambda)^k$.

Sources: G. Bellec, F. Scherr, A. Subramoney, E. Hajek, D. Salaj, R. Legenstein and W. Maass (2020), Nature
Communications 11, 3625, for the three; T. P. Lillicrap, D. Cownden, D. B. Tweed and C. J. Akerman (2016),
Random synaptic feedback weights support error backpropagation for deep learning, Nature Communications 7,
13276; J. F. Kolen and J. B. Pollack (1994), Backpropagation without weight transport, IEEE International
Conference on Neural Networks, 1375–1380.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction
from snnlab.learning.credit.eprop_gradient import Eprop
from snnlab.learning.credit.eprop_traces import EPROP_SURROGATE
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.recurrent_gradient import RatePenalty
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_steps import AdamMemory, Batch, RecurrentStep
from snnlab.learning.gradients.recurrent_training import RecurrentTraining, train_recurrent
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.random import generator

__all__ = ["EpropTraining", "random_readout_feedback", "train_eprop"]


class EpropTraining(NamedTuple):
    """What came out.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> training = RecurrentTraining(network, *np.zeros((3, 5)), finished=True)
    >>> EpropTraining(training, np.zeros((4, 2))).training.loss.size
    5
    """

    training: RecurrentTraining
    """The network, and what the training was like."""
    feedback: np.ndarray | None
    """B at the end, shape (hidden, outputs); None where it is symmetric."""


def random_readout_feedback(network: RecurrentNetwork, *, rng: np.random.Generator) -> np.ndarray:
    """Feedback for a network, drawn as the weights of its readout are: normal, of deviation 1/√hidden.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> random_readout_feedback(network, rng=np.random.default_rng(1)).shape
    (4, 2)
    """
    rng = generator(rng)
    outputs, n = check_recurrent(network).w_out.shape
    return rng.standard_normal((n, outputs)) / math.sqrt(n)


def train_eprop(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    steps: int,
    feedback: ArrayLike | None = None,
    surrogate: Surrogate = EPROP_SURROGATE,
    *,
    decay: float | None = None,
    adam: Adam = Adam(),
    rates: RatePenalty = RatePenalty(),
    schedule: Callable[[int], float] | None = None,
    memory: AdamMemory | None = None,
    stop: Callable[[RecurrentStep], bool] | None = None,
    progress: bool = True,
) -> EpropTraining:
    """Train by e-prop for so many steps, or until it is stopped.

    Parameters
    ----------
    network, batches, steps, adam, rates, schedule, memory, stop, progress
        As for `train_recurrent`.
    feedback : array of shape (hidden, outputs), optional
        B to start from, such as a `random_readout_feedback`; symmetric feedback, if left out.
    surrogate
        As for `eprop_gradient`.
    decay : float, optional
        λ, between 0 and 1: the feedback adapts, and it and the weights of the readout decay by this
        fraction in each step. Left out, the feedback stays as it is.

    Returns
    -------
    EpropTraining
        `training`, and the `feedback` at its end.

    Examples
    --------
    >>> from itertools import repeat
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> start = initial_recurrent(100, lif_cell(4), 2, gain=0.5, rng=rng)
    >>> patterns = repeat(poisson_patterns(8, rng=rng))
    >>> feedback = random_readout_feedback(start, rng=rng)
    >>> learnt = train_eprop(start, patterns, 30, feedback, progress=False)
    >>> print(learnt.training.loss[-1] < learnt.training.loss[0])
    True
    """
    network = check_recurrent(network)
    if feedback is None:
        if decay is not None:
            raise ValueError(f"decay must be left out where feedback is symmetric, got {decay!r}")
        way, after_step = Eprop(), None
    else:
        shape = network.w_out.shape[::-1]
        start = finite_array("feedback", feedback, (2,), "(hidden, outputs)").copy()
        if start.shape != shape:
            raise ValueError(f"feedback must have shape {shape}, that of w_out transposed, got {start.shape}")
        way = Eprop(start)
        after_step = None if decay is None else adapting(start, network.w_out, fraction("decay", decay))
    training = train_recurrent(
        network,
        batches,
        steps,
        surrogate,
        adam=adam,
        rates=rates,
        schedule=schedule,
        after_step=after_step,
        memory=memory,
        way=way,
        stop=stop,
        progress=progress,
    )
    return EpropTraining(training, None if feedback is None else way.feedback)


def adapting(feedback: np.ndarray, w_out: np.ndarray, decay: float) -> Callable[[RecurrentStep], None]:
    """A hook that makes `feedback` follow the readout, whose weights are `w_out` before the first step.

    Parameters
    ----------
    feedback : array of shape (hidden, outputs)
        B, that of an `Eprop`. It is changed in place.
    w_out : array of shape (outputs, hidden)
        The weights of the readout at the start.
    decay : float
        λ, by which both decay in each step.
    """
    before = w_out.copy()

    def after_step(step: RecurrentStep) -> None:
        readout = step.network.w_out
        feedback[...] = (1.0 - decay) * feedback + (readout - before).T
        readout -= decay * before
        before[...] = readout

    return after_step
