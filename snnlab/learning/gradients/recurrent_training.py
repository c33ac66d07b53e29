"""Training a recurrent network: a step of Adam for each batch, until the end or until somebody says stop.

Where samples come from is up to you: the same ones again and again, or new ones for every step. The rate may
follow a schedule, and whoever wants to can change the weights after each step.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from snnlab.checks import checked, fraction, positive, whole
from snnlab.learning.gradients.adam import Adam, check_adam, update_row
from snnlab.learning.gradients.losses import CrossEntropy, Loss
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, RatePenalty, pass_batch
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_path import Rows, rows_of
from snnlab.learning.gradients.surrogate_network import Surrogate, check_surrogate
from snnlab.learning.samples import Samples, check_samples
from snnlab.progress import Bar

__all__ = ["RecurrentStep", "RecurrentTraining", "falling_rate", "recurrent_steps", "train_recurrent"]

Batch = Samples | tuple[Samples, Loss]


class RecurrentStep(NamedTuple):
    """One step of Adam. Its arrays are those that are being trained: what is changed in them, stays.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> RecurrentStep(1, 0.69, 0.5, 12.0, network, network, network).number
    1
    """

    number: int
    """From 1."""
    loss: float
    """Mean loss of a sample of the batch, and the penalty, before the step."""
    accuracy: float
    """The fraction that was right before the step; NaN where the loss asks for no class."""
    spikes: float
    """Mean number of hidden spikes of a sample, before the step."""
    network: RecurrentNetwork
    """The network after the step, its synapses sorted by the neuron that fires."""
    mean: RecurrentNetwork
    """Adam's mean gradient, in the same form."""
    square: RecurrentNetwork
    """Adam's mean of its square, in the same form."""


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
    """What was learnt."""
    loss: np.ndarray
    """The loss of each step, before it."""
    accuracy: np.ndarray
    """The fraction that was right, likewise."""
    spikes: np.ndarray
    """Mean number of hidden spikes of a sample, likewise."""
    finished: bool
    """False if somebody stopped it."""


def falling_rate(rate: float, factor: float, every: int) -> Callable[[int], float]:
    """A schedule: `rate` for the first `every` steps, then `factor` times as much for as many, and so on.

    Examples
    --------
    >>> schedule = falling_rate(0.01, 0.3, 100)
    >>> print(f"{schedule(100):.3f} {schedule(101):.3f} {schedule(201):.4f}")
    0.010 0.003 0.0009
    """
    rate, factor, every = positive("rate", rate), fraction("factor", factor), whole("every", every, 1)
    return lambda number: rate * factor ** ((number - 1) // every)


def recurrent_steps(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    adam: Adam = Adam(),
    rates: RatePenalty = RatePenalty(),
    schedule: Callable[[int], float] | None = None,
    after_step: Callable[[RecurrentStep], None] | None = None,
) -> Iterator[RecurrentStep]:
    """Train for as long as there are batches: an iterator from which you take as many steps as you like.

    Parameters
    ----------
    network
        Where to start; it stays as it is.
    batches : iterable of Samples, or of pairs of Samples and a loss
        What each step learns. Alone, samples are learnt by the `CrossEntropy` of the largest potential.
    surrogate, rates
        As for `recurrent_gradient`.
    adam
        The numbers of the optimiser.
    schedule : function, optional
        The learning rate of a step, given its number from 1; that of `adam` if left out. See `falling_rate`.
    after_step : function, optional
        Called with each step after it is made. It may change the weights, and what Adam remembers of them, in
        their arrays: hold some at zero, keep their signs, rewire.

    Returns
    -------
    iterator of RecurrentStep

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> from snnlab.learning.gradients.recurrent_network import initial_recurrent
    >>> rng = np.random.default_rng(1)
    >>> network = initial_recurrent(100, lif_cell(4), 2, gain=0.5, rng=rng)
    >>> batches = (poisson_patterns(8, rng=rng) for _ in range(3))
    >>> [step.number for step in recurrent_steps(network, batches)]
    [1, 2, 3]
    """
    network, adam, surrogate = check_recurrent(network), check_adam(adam), check_surrogate(surrogate)
    return _steps(
        network, batches, surrogate, adam, checked("rates", rates, RatePenalty), schedule, after_step
    )


def _steps(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    surrogate: Surrogate,
    adam: Adam,
    rates: RatePenalty,
    schedule: Callable[[int], float] | None,
    after_step: Callable[[RecurrentStep], None] | None,
) -> Iterator[RecurrentStep]:
    """Train what has been checked."""
    rows = _copied(rows_of(network))
    gradient, mean, square = (_copied(rows) for _ in range(3))
    for memory in (mean, square):
        for w in memory[:3]:
            w[...] = 0.0
    seen, mean_seen, square_seen = (_as_network(network, part) for part in (rows, mean, square))
    found, none = np.empty(3), np.zeros((0, 0, 0))
    for number, batch in enumerate(batches, 1):
        samples, loss = (batch, CrossEntropy()) if isinstance(batch, Samples) else batch
        samples = check_samples(samples, network.w_in.shape[1], len(network.w_out))
        if not samples.n_samples:
            raise ValueError("batches must have at least one sample each, got none")
        rate = adam.rate if schedule is None else positive("schedule", schedule(number))
        which = np.arange(samples.n_samples)
        pass_batch(network, rows, samples, loss, surrogate, rates, False, which, gradient, none, found)
        for w, g, m, q in zip(rows[:3], gradient[:3], mean[:3], square[:3], strict=True):
            update_row(w.ravel(), g.ravel(), m.ravel(), q.ravel(), number, rate, *adam[1:])
        told = float(found[0]), float(found[1]), float(found[2] / samples.n_samples)
        step = RecurrentStep(number, *told, seen, mean_seen, square_seen)
        if after_step is not None:
            after_step(step)
        yield step


def _copied(rows: Rows) -> Rows:
    return Rows(rows.w_in.copy(), rows.w_out.copy(), rows.w.copy(), *rows[3:])


def _as_network(network: RecurrentNetwork, rows: Rows) -> RecurrentNetwork:
    """`network` with these rows for its weights, as views: what is changed there is changed here."""
    lines = network.recurrent
    return network._replace(
        w_in=rows.w_in.T, w_out=rows.w_out.T, recurrent=None if lines is None else lines._replace(w=rows.w)
    )


def _kept(network: RecurrentNetwork) -> RecurrentNetwork:
    """A copy of what is being trained, in which nothing changes any more."""
    lines = network.recurrent
    return network._replace(
        w_in=network.w_in.copy(),
        w_out=network.w_out.copy(),
        recurrent=None if lines is None else lines._replace(w=lines.w.copy()),
    )


def train_recurrent(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    steps: int,
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    adam: Adam = Adam(),
    rates: RatePenalty = RatePenalty(),
    schedule: Callable[[int], float] | None = None,
    after_step: Callable[[RecurrentStep], None] | None = None,
    stop: Callable[[RecurrentStep], bool] | None = None,
    progress: bool = True,
) -> RecurrentTraining:
    """Train for so many steps, or until it is stopped: what was learnt until then is kept.

    The stop button of JupyterLab and Ctrl-C end it after the last whole step, and so does `stop`.

    Parameters
    ----------
    network, batches, surrogate, adam, rates, schedule, after_step
        As for `recurrent_steps`. Where the batches end first, so does the training.
    steps : int
        How many steps of Adam.
    stop : function, optional
        Asked after each step, which it is given; the training ends where it says True.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    RecurrentTraining
        `network`, its history and whether it `finished`.

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
    steps = whole("steps", steps)
    source = recurrent_steps(
        network, batches, surrogate, adam=adam, rates=rates, schedule=schedule, after_step=after_step
    )
    rows: list[tuple[float, float, float]] = []
    finished, learnt = True, _kept(check_recurrent(network))
    bar = Bar(steps if progress else 0)
    try:
        while finished and len(rows) < steps:
            step = next(source, None)
            if step is None:
                break
            learnt = _kept(step.network)
            rows.append((step.loss, step.accuracy, step.spikes))
            bar.show(step.number, f"step {step.number} of {steps}", f"loss {step.loss:.3f}")
            finished = stop is None or len(rows) == steps or not stop(step)
    except KeyboardInterrupt:
        finished = False
    bar.end()
    loss, accuracy, spikes = np.array(rows).reshape(-1, 3).T
    return RecurrentTraining(learnt, loss, accuracy, spikes, finished)
