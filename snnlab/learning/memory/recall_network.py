r"""A small LSNN that learns store and recall, and for how long it can be trusted.

Twenty neurons, each of which hears all inputs and all others. Half of them are LIF neurons; the other half
are adaptive: a spike raises their threshold, which comes back with a time constant $\tau_a$. What has raised
it at the store can be read at the recall, if not much more than $\tau_a$ has passed. With $\beta_a = 0$ all
twenty are LIF neurons, with the same weights to start from: the control.

The readout is asked for its mean over the interval of the recall.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31: neurons, time constants, groups of inputs and
the surrogate. Steps, batches and lessons are those of a laptop.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, Positive, checked, finite_array, fraction, positive
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.losses import AskedClasses
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, Way, recurrent_gradient
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_steps import Hook, RecurrentStep
from snnlab.learning.gradients.recurrent_training import RecurrentTraining, train_recurrent
from snnlab.learning.gradients.surrogate_network import Surrogate
from snnlab.learning.memory.lsnn import lsnn
from snnlab.learning.memory.store_recall import (
    RecallInputs,
    RecallTrials,
    one_recall,
    random_recalls,
    recall_samples,
)
from snnlab.learning.samples import Samples
from snnlab.random import generator

__all__ = [
    "LESSONS",
    "Lesson",
    "error_after",
    "learn_recall",
    "memory_span",
    "recall_error",
    "recall_network",
    "with_tau_a",
]

_LAST = 5  # batches, of which the error is averaged


def recall_network(
    tau_a: float = 1200.0,
    beta_a: float = 1.7,
    *,
    n: int = 20,
    inputs: RecallInputs = RecallInputs(),
    dt: float = 4.0,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """A network that has learnt nothing yet: LIF neurons, and behind them as many adaptive ones.

    Parameters
    ----------
    tau_a, beta_a : float
        Time constant of adaptation, ms, and by how much it raises a threshold; 0 for LIF neurons alone.
    n : int
        How many neurons, an even number.
    inputs
        Who says what is shown.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> network = recall_network(rng=np.random.default_rng(1))
    >>> print(network.n_inputs, network.cell.beta_a.round(3)[9:11])
    100 [0.    0.425]
    """
    return lsnn(inputs.n_inputs, 2, tau_a, beta_a, n=n, dt=dt, rng=rng)


def with_tau_a(network: RecurrentNetwork, tau_a: float) -> RecurrentNetwork:
    r"""The same weights, but thresholds come back with another time constant: does memory go along with it?

    A spike raises a threshold by as much as before, $\beta_a (1 - \rho)$; only how long it lasts is another.
    So at the same rate a threshold stands higher the longer $\tau_a$ is.

    Parameters
    ----------
    network
        It stays as it is.
    tau_a : float
        Time constant of adaptation, ms, of all neurons whose threshold adapts.

    Examples
    --------
    >>> network = recall_network(rng=np.random.default_rng(1))
    >>> shorter = with_tau_a(network, 600.0).cell
    >>> print(f"{shorter.rho[-1]:.4f} of {network.cell.rho[-1]:.4f}")
    0.9934 of 0.9967
    """
    cell = check_recurrent(network).cell
    rho = math.exp(-network.dt / positive("tau_a", tau_a))
    beta_a = cell.beta_a * ((1.0 - cell.rho) / (1.0 - rho))
    return network._replace(cell=cell._replace(rho=np.full_like(cell.rho, rho), beta_a=beta_a))


class Lesson(NamedTuple):
    """Random trials of one kind, as many steps as it takes.

    Examples
    --------
    >>> Lesson(intervals=6).n_trials
    96
    """

    n_trials: int = 96
    """Of a batch; each step has new ones."""
    intervals: int = 12
    """Of a trial."""
    mean_delay: float = 6.0
    """D, in intervals."""
    mean_wait: float = 2.0
    """W, in intervals."""
    steps: int = 300
    """Of Adam, at most."""
    enough: NonNegative = 0.025
    """The lesson ends when the mean error of five batches is below."""
    pace: Positive = 1.0
    """What the learning rate is multiplied by."""


LESSONS = Lesson(128, 6, 3.0, 1.0, steps=250, enough=0.05), Lesson(), Lesson(steps=40, enough=0.0, pace=0.2)
"""Short trials with many recalls, as long as it takes to learn them, long ones, and at last small steps."""


def learn_recall(
    network: RecurrentNetwork,
    lessons: Sequence[Lesson] = LESSONS,
    *,
    inputs: RecallInputs = RecallInputs(),
    rate: float = 0.01,
    surrogate: Surrogate = LSNN_SURROGATE,
    way: Way | None = None,
    after_step: Hook | None = None,
    rng: np.random.Generator,
    progress: bool = True,
) -> RecurrentTraining:
    """Train on random trials, one lesson after the other.

    Parameters
    ----------
    network
        Where to start.
    lessons : sequence of Lesson
        At least one.
    inputs
        Those of the network.
    rate : float
        Of Adam, whose memory goes along from one lesson to the next, at a pace of 1.
    surrogate, way, after_step
        As for `train_recurrent`.
    rng : numpy.random.Generator
        Where the trials come from.
    progress : bool
        Whether a line tells how far it is.

    Returns
    -------
    RecurrentTraining
        Of all lessons together, not `finished` if the stop button ended it.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> learnt = learn_recall(recall_network(rng=rng), [Lesson(4, steps=2)], rng=rng, progress=False)
    >>> learnt.loss.size
    2
    """
    rng = generator(rng)
    if not lessons:
        raise ValueError("lessons must be at least one, got none")
    parts: list[RecurrentTraining] = []
    now, memory = check_recurrent(network), None
    for lesson in lessons:
        lesson = checked("lessons", lesson, Lesson)
        enough = _Enough(lesson.enough)
        learnt = train_recurrent(
            now,
            _batches(lesson, inputs, now.dt, rng),
            lesson.steps,
            surrogate,
            way=way,
            after_step=after_step,
            adam=Adam(rate=rate * lesson.pace),
            memory=memory,
            stop=enough,
            progress=progress,
        )
        now, memory = learnt.network, learnt.memory
        parts.append(learnt._replace(finished=learnt.finished or enough.reached))
        if not parts[-1].finished:
            break
    loss, accuracy, spikes = (
        np.concatenate(told) for told in zip(*(part[1:4] for part in parts), strict=True)
    )
    return RecurrentTraining(now, loss, accuracy, spikes, parts[-1].finished, memory)


class _Enough:
    """Whether the mean error of the last batches is low enough."""

    def __init__(self, level: float) -> None:
        self.level, self.errors, self.reached = level, deque[float](maxlen=_LAST), False

    def __call__(self, step: RecurrentStep) -> bool:
        if math.isfinite(step.accuracy):  # a batch may have nothing to recall
            self.errors.append(1.0 - step.accuracy)
        self.reached = len(self.errors) == _LAST and sum(self.errors) / _LAST < self.level
        return self.reached


def _batches(
    lesson: Lesson, inputs: RecallInputs, dt: float, rng: np.random.Generator
) -> Iterator[tuple[Samples, AskedClasses]]:
    """Batches without end."""
    while True:
        yield recall_samples(random_recalls(*lesson[:4], rng=rng), inputs, dt, rng=rng)


def recall_error(
    network: RecurrentNetwork,
    trials: RecallTrials,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> float:
    """The fraction of recalls that bring the wrong symbol; NaN where nothing is recalled.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> print(recall_error(recall_network(rng=rng), one_recall(50, 3, rng=rng), rng=rng) > 0.2)
    True
    """
    network = check_recurrent(network)
    samples, loss = recall_samples(trials, inputs, network.dt, rng=rng)
    return 1.0 - recurrent_gradient(network, samples, loss).accuracy


def error_after(
    network: RecurrentNetwork,
    delays: ArrayLike,
    n_trials: int = 200,
    *,
    inputs: RecallInputs = RecallInputs(),
    rng: np.random.Generator,
) -> np.ndarray:
    """The error of a recall after each of some delays, in intervals, with other symbols shown between.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> error_after(recall_network(rng=rng), [1, 2], 20, rng=rng).shape
    (2,)
    """
    asked = np.asarray(delays)
    if asked.ndim != 1:
        raise ValueError(f"delays must have shape (n,), got {asked.shape}")
    trials = (one_recall(n_trials, delay, rng=rng) for delay in asked.tolist())
    return np.array([recall_error(network, some, inputs=inputs, rng=rng) for some in trials])


def memory_span(delays: ArrayLike, errors: ArrayLike, level: float = 0.1) -> float:
    """The delay at which the error first reaches `level`, on straight lines between those measured.

    At no delay there is no error. Where the error stays below, the longest delay: the span is no shorter.

    Parameters
    ----------
    delays : array of shape (n,)
        Rising, in any unit.
    errors : array of shape (n,)
        The error at each, a fraction between 0 and 1.
    level : float
        Between 0 and 1.

    Returns
    -------
    float
        In the unit of the delays.

    Examples
    --------
    >>> memory_span([200, 400, 600], [0.0, 0.05, 0.25])
    450.0
    """
    x, y = (finite_array(name, a, (1,), "(n,)") for name, a in (("delays", delays), ("errors", errors)))
    if x.shape != y.shape or not x.size:
        raise ValueError(f"errors must be as many as delays, at least one ({x.size}), got {y.size}")
    if (wrong := y[(y < 0) | (y > 1)]).size:
        raise ValueError(f"errors must be fractions from 0 to 1, got {wrong[0]:g}")
    if x[0] <= 0 or (np.diff(x) <= 0).any():
        raise ValueError("delays must rise from above 0, got others")
    if fraction("level", level) == 0:
        raise ValueError("level must be above 0, got 0")
    x, y = np.concatenate([[0.0], x]), np.concatenate([[0.0], y])
    above = np.flatnonzero(y >= level)
    if not above.size:
        return float(x[-1])
    k = above[0]
    return float(x[k - 1] + (level - y[k - 1]) / (y[k] - y[k - 1]) * (x[k] - x[k - 1]))
