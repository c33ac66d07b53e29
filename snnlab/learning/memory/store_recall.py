r"""Store and recall: keep one bit for as long as nobody asks, whatever else is shown meanwhile.

In every interval $k$ of a trial a symbol $x_k$ is shown, 0 or 1. Two commands may come with it: *store*, $S_k
= 1$, and *recall*, $R_k = 1$, in turn. Where it is recalled no symbol is shown, and wanted is the one that
was there at the last store,

$$ m_k = S_k x_k + (1 - S_k)\, m_{k-1}, \qquad y^*_k = m_{k-1} \;\text{ where } R_k = 1 $$

Each of the four, both symbols and both commands, has a group of inputs of its own. They fire as Poisson
processes in the intervals in which their group has something to say, and never else; two spikes of an input
in one time step count twice.

In a random trial a store comes in each interval with probability $1 / W$ as long as nothing is to be
recalled, and then the recall with probability $1 / D$: $W$ is the mean number of intervals that pass until
something is stored, $D$ that from a store to its recall, in a trial that never ends.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31. Their intervals are 200 ms long and each group
has 25 inputs of 50 Hz.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import (
    AtLeastOne,
    Positive,
    affordable,
    checked,
    exact_steps,
    positive,
    true_or_false,
    whole,
)
from snnlab.learning.gradients.losses import AskedClasses
from snnlab.learning.samples import Samples
from snnlab.random import generator

__all__ = ["GROUPS", "RecallInputs", "RecallTrials", "one_recall", "random_recalls", "recall_samples"]

GROUPS = ("symbol 0", "symbol 1", "store", "recall")
"""The groups of inputs, in their order."""

_NO_SYMBOL, _NO_COMMAND, _STORE, _RECALL = -1, 0, 1, 2


class RecallInputs(NamedTuple):
    """The inputs that say what is shown and commanded.

    Examples
    --------
    >>> RecallInputs(per_group=10).n_inputs
    40
    """

    per_group: AtLeastOne = 25
    """How many inputs each group has."""
    rate: Positive = 50.0
    """Of an input whose group has something to say, Hz."""
    interval: Positive = 200.0
    """How long a symbol is shown, ms."""

    @property
    def n_inputs(self) -> int:
        """How many inputs there are."""
        return len(GROUPS) * self.per_group


class RecallTrials(NamedTuple):
    """What is shown and what is commanded, interval by interval.

    Examples
    --------
    >>> trials = RecallTrials(np.array([[1, 0, -1]]), np.array([[1, 0, 2]]))
    >>> print(trials.wanted)
    [[-1 -1  1]]
    """

    symbols: np.ndarray
    """The symbol of an interval, 0 or 1, or −1 where none is shown, shape (trials, intervals)."""
    commands: np.ndarray
    """0 for none, 1 for store, 2 for recall, shape (trials, intervals)."""

    @property
    def wanted(self) -> np.ndarray:
        """The symbol that should be recalled, −1 where nobody asks, shape (trials, intervals)."""
        wanted = np.full(self.symbols.shape, -1)
        kept = np.full(len(self.symbols), -1)
        for k, (shown, commands) in enumerate(zip(self.symbols.T, self.commands.T, strict=True)):
            wanted[:, k] = np.where(commands == _RECALL, kept, -1)
            kept = np.where(commands == _STORE, shown, kept)
        return wanted


def random_recalls(
    n_trials: int,
    intervals: int = 12,
    mean_delay: float = 6.0,
    mean_wait: float = 2.0,
    *,
    rng: np.random.Generator,
) -> RecallTrials:
    """Trials in which store and recall take turns, at random.

    Parameters
    ----------
    n_trials, intervals : int
        How many.
    mean_delay, mean_wait : float
        D and W, in intervals, of at least 1.
    rng : numpy.random.Generator
        Where symbols and commands come from.

    Returns
    -------
    RecallTrials
        In some of them nothing may be stored, or what is stored never recalled.

    Examples
    --------
    >>> trials = random_recalls(128, rng=np.random.default_rng(1))
    >>> print(trials.commands[0], (trials.wanted >= 0).sum())
    [0 1 2 1 0 0 2 1 0 0 0 0] 180
    """
    rng = generator(rng)
    shape = whole("n_trials", n_trials, 1), whole("intervals", intervals, 1)
    for name, mean in (("mean_delay", mean_delay), ("mean_wait", mean_wait)):
        if positive(name, mean) < 1:
            raise ValueError(f"{name} must be at least 1 interval, got {mean:g}")
    affordable(float(np.prod(shape, dtype=float)))
    commands, stored = np.full(shape, _NO_COMMAND), np.zeros(shape[0], bool)
    for k in range(intervals):
        comes = rng.random(shape[0]) < np.where(stored, 1.0 / mean_delay, 1.0 / mean_wait)
        commands[comes, k] = np.where(stored, _RECALL, _STORE)[comes]
        stored ^= comes
    return RecallTrials(_symbols(commands, rng), commands)


def one_recall(n_trials: int, delay: int, *, quiet: bool = False, rng: np.random.Generator) -> RecallTrials:
    """Trials in which the first symbol is recalled after `delay` intervals, with others shown between.

    Parameters
    ----------
    n_trials : int
        How many.
    delay : int
        From the interval of the store to that of the recall.
    quiet : bool
        Whether nothing is shown between.
    rng : numpy.random.Generator
        Where the symbols come from.

    Examples
    --------
    >>> trials = one_recall(3, 4, rng=np.random.default_rng(1))
    >>> print(trials.commands[0], np.array_equal(trials.wanted[:, 4], trials.symbols[:, 0]))
    [1 0 0 0 2] True
    """
    rng = generator(rng)
    shape = whole("n_trials", n_trials, 1), whole("delay", delay, 1) + 1
    affordable(float(np.prod(shape, dtype=float)))
    commands = np.full(shape, _NO_COMMAND)
    commands[:, 0], commands[:, -1] = _STORE, _RECALL
    symbols = _symbols(commands, rng)
    if true_or_false("quiet", quiet):
        symbols[:, 1:] = _NO_SYMBOL
    return RecallTrials(symbols, commands)


def recall_samples(
    trials: RecallTrials, inputs: RecallInputs = RecallInputs(), dt: float = 1.0, *, rng: np.random.Generator
) -> tuple[Samples, AskedClasses]:
    """The spikes of all inputs, and what is asked of a readout: at the end of a recall, by its mean there.

    Parameters
    ----------
    trials
        What is shown and commanded.
    inputs
        Who says so.
    dt : float
        Time step, ms. An interval is a whole number of them.
    rng : numpy.random.Generator
        Where the spikes come from.

    Returns
    -------
    samples : Samples
        The spikes; their labels are 0 and mean nothing.
    loss : AskedClasses
        The symbols to recall, with a window of one interval.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> samples, loss = recall_samples(one_recall(3, 4, rng=rng), rng=rng)
    >>> print(samples.n_inputs, samples.steps, loss.window, np.flatnonzero(loss.classes[0] >= 0))
    100 1000 200 [999]
    """
    rng = generator(rng)
    inputs, trials = checked("inputs", inputs, RecallInputs), _checked_trials(trials)
    window = exact_steps("interval", inputs.interval, dt)
    n_trials, intervals = trials.symbols.shape
    speaks = [trials.symbols == 0, trials.symbols == 1, trials.commands == _STORE, trials.commands == _RECALL]
    per_step = inputs.per_group * inputs.rate * dt / 1000.0  # of a group that has something to say
    shape = n_trials, intervals, window, len(GROUPS)
    affordable(float(np.prod(shape, dtype=float)) * (1.0 + per_step))
    count = rng.poisson(per_step * np.broadcast_to(np.stack(speaks, axis=2)[:, :, None], shape))
    group = np.repeat(np.broadcast_to(np.arange(len(GROUPS)), shape).ravel(), count.ravel())
    units = group * inputs.per_group + rng.integers(0, inputs.per_group, group.size)
    ends = count.sum(axis=3).cumsum().reshape(n_trials, -1)
    start = np.concatenate([np.append(0, ends[:-1, -1])[:, None], ends], axis=1)
    classes = np.full((n_trials, intervals * window), -1)
    classes[:, window - 1 :: window] = trials.wanted
    labels = np.zeros(n_trials, np.int64)
    samples = Samples(units.astype(np.uint32), start.astype(np.int64), labels, inputs.n_inputs)
    return samples, AskedClasses(classes, window)


def _symbols(commands: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random symbols, none where it is recalled."""
    return np.where(commands == _RECALL, _NO_SYMBOL, rng.integers(0, 2, commands.shape))


def _checked_trials(trials: RecallTrials) -> RecallTrials:
    """`trials`, if each command can be obeyed."""
    if not isinstance(trials, RecallTrials):
        raise TypeError(f"trials must be RecallTrials, got {type(trials).__name__}")
    symbols, commands = (np.asarray(part) for part in trials)
    if symbols.ndim != 2 or symbols.shape != commands.shape or not symbols.size:
        raise ValueError(
            f"symbols and commands must have one shape (trials, intervals), got {symbols.shape} "
            f"and {commands.shape}"
        )
    for name, array, allowed in (("symbols", symbols, (-1, 0, 1)), ("commands", commands, (0, 1, 2))):
        wrong = array[~np.isin(array, allowed)]
        if wrong.size:
            raise ValueError(f"{name} must be one of {', '.join(map(str, allowed))}, got {wrong[0]}")
    trials = RecallTrials(symbols, commands)
    if (symbols[commands == _STORE] == _NO_SYMBOL).any():
        raise ValueError("symbols must be 0 or 1 where one is stored, got -1")
    if (shown := symbols[(commands == _RECALL) & (symbols != _NO_SYMBOL)]).size:
        raise ValueError(f"symbols must be -1 where one is recalled, got {shown[0]}")
    if (trials.wanted[commands == _RECALL] == _NO_SYMBOL).any():
        raise ValueError("commands must store a symbol before one is recalled, got a recall first")
    return trials
