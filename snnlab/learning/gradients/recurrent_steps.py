"""Steps of Adam of a recurrent network, one for each batch, and what a hook may do between them.

A hook sees everything that is trained, in its own arrays: it may hold weights at zero, keep their signs, or
make Adam forget. Synapses have ends and delays, too, which stay as they are while the weights are learnt; a
hook that wants others, to rewire, returns new `Connections`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from snnlab.checks import checked, positive, whole
from snnlab.learning.gradients.adam import Adam, check_adam, update_row
from snnlab.learning.gradients.losses import CrossEntropy, Loss
from snnlab.learning.gradients.recurrent_gradient import (
    LSNN_SURROGATE,
    PreparedBatch,
    RatePenalty,
    Way,
    pass_batch,
    samples_for,
)
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_path import Rows, no_synapses, rows_of
from snnlab.learning.gradients.surrogate_network import Surrogate, check_surrogate
from snnlab.learning.samples import Samples
from snnlab.networks.wiring.connections import Connections

__all__ = ["AdamMemory", "RecurrentStep", "recurrent_steps"]

Batch = Samples | tuple[Samples, Loss]


class AdamMemory(NamedTuple):
    """What Adam remembers of a recurrent network from step to step.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> AdamMemory(0, network, network).step
    0
    """

    step: int
    """How many steps were made."""
    mean: RecurrentNetwork
    """m, the mean gradient, where the network has its weights."""
    square: RecurrentNetwork
    """q, the mean of its square, likewise."""


class RecurrentStep(NamedTuple):
    """One step of Adam. Its arrays are those that are being trained: a weight that is changed stays changed.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = RecurrentNetwork(lif_cell(4), np.zeros((4, 3)), np.zeros((2, 4)))
    >>> RecurrentStep(1, 0.69, 0.5, 12.0, network, network, network, network, 0.002).number
    1
    """

    number: int
    """From 1, or from where Adam's memory ends."""
    loss: float
    """The loss of the batch before the step, as in `RecurrentGradient`."""
    accuracy: float
    """The fraction that was right before the step; NaN where the loss asks for no class."""
    spikes: float
    """Mean number of hidden spikes of a sample, before the step."""
    network: RecurrentNetwork
    """The network after the step, its synapses sorted by the neuron that fires; their ends are read-only."""
    mean: RecurrentNetwork
    """Adam's mean gradient, in the same form."""
    square: RecurrentNetwork
    """Adam's mean of its square, in the same form."""
    gradient: RecurrentNetwork
    """The gradient of this step, in the same form."""
    rate: float
    """The learning rate of this step."""

    @property
    def memory(self) -> AdamMemory:
        """What Adam remembers, copied: it stays as it is while the training goes on."""
        return AdamMemory(self.number, kept(self.mean), kept(self.square))


Hook = Callable[[RecurrentStep], Connections | None]


def recurrent_steps(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    surrogate: Surrogate = LSNN_SURROGATE,
    *,
    adam: Adam = Adam(),
    rates: RatePenalty = RatePenalty(),
    schedule: Callable[[int], float] | None = None,
    after_step: Hook | None = None,
    memory: AdamMemory | None = None,
    way: Way | None = None,
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
        their arrays: hold some at zero, keep their signs. What it returns, unless it is None, are the
        `Connections` of the neurons from then on. A synapse with ends and delay that are there already keeps
        what Adam remembers of it; of a new one Adam knows nothing.
    memory
        What Adam remembers of steps before, as a `RecurrentTraining` of the same network has it; the
        training goes on as if it had never ended. Nothing, if left out.
    way : function, optional
        What finds the gradient of a batch; backpropagation through time, if left out. E-prop is another.

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
    rates = checked("rates", rates, RatePenalty)
    for name, function in (("schedule", schedule), ("after_step", after_step), ("way", way)):
        check_function(name, function)
    if isinstance(batches, Samples) or _is_pair(batches):
        raise TypeError(
            "batches must be one batch after the other, as itertools.repeat(batch), got one batch"
        )
    if not isinstance(batches, Iterable):
        raise TypeError(f"batches must be Samples one after the other, got {type(batches).__name__}")
    start = _started(network, memory)
    found_by = pass_batch if way is None else way
    return _steps(network, batches, surrogate, adam, rates, schedule, after_step, found_by, start)


def check_function(name: str, function: object) -> None:
    """Nothing, if `function` can be called or is None."""
    if function is not None and not callable(function):
        raise TypeError(f"{name} must be a function, got {type(function).__name__}")


def kept(network: RecurrentNetwork) -> RecurrentNetwork:
    """A copy of what is being trained, in which nothing changes any more."""
    lines = network.recurrent
    return network._replace(
        w_in=None if network.w_in is None else network.w_in.copy(),
        w_out=network.w_out.copy(),
        recurrent=None if lines is None else _each(np.copy, lines),
    )


class _Trained(NamedTuple):
    """Everything that changes from step to step, in rows."""

    done: int
    rows: Rows
    gradient: Rows
    mean: Rows
    square: Rows


def _started(network: RecurrentNetwork, memory: AdamMemory | None) -> _Trained:
    """What there is before the first step; `memory` only if it is one of `network`."""
    rows = rows_of(network)
    rows = rows._replace(w=rows.w.copy())
    blank = _with_weights(rows, rows)
    for w in blank[:3]:
        w[...] = 0.0
    if memory is None:
        return _Trained(0, rows, blank, *(_with_weights(blank, blank) for _ in range(2)))
    if not isinstance(memory, AdamMemory):
        raise TypeError(f"memory must be an AdamMemory, got {type(memory).__name__}")
    parts = [rows_of(check_recurrent(part)) for part in memory[1:]]
    for part in parts:
        alike = all(mine.shape == w.shape for mine, w in zip(part[:3], rows[:3], strict=True))
        if not alike or not all(map(np.array_equal, part[3:], rows[3:])):
            raise ValueError("memory must be one of this network, with its neurons and synapses, got another")
    if (parts[1].w_in < 0).any() or (parts[1].w_out < 0).any() or (parts[1].w < 0).any():
        raise ValueError("memory must have squares of zero or more, got a negative one")
    return _Trained(whole("step", memory.step), rows, blank, *(_with_weights(rows, part) for part in parts))


def _with_weights(rows: Rows, weights: Rows) -> Rows:
    """`rows` with copies of these weights."""
    return rows._replace(w_in=weights.w_in.copy(), w_out=weights.w_out.copy(), w=weights.w.copy())


def _steps(
    network: RecurrentNetwork,
    batches: Iterable[Batch],
    surrogate: Surrogate,
    adam: Adam,
    rates: RatePenalty,
    schedule: Callable[[int], float] | None,
    after_step: Hook | None,
    way: Way,
    now: _Trained,
) -> Iterator[RecurrentStep]:
    """Train what has been checked."""
    found, no_inputs = np.empty(3), np.zeros((0, 0, 0))
    for number, batch in enumerate(batches, now.done + 1):
        samples, loss = _samples_and_loss(batch)
        samples = samples_for(network, samples, loss)
        rate = adam.rate if schedule is None else positive("schedule", schedule(number))
        which = np.arange(samples.n_samples)
        way(
            PreparedBatch(
                network,
                now.rows,
                samples,
                loss,
                surrogate,
                rates,
                False,
                which,
                now.gradient,
                no_inputs,
                found,
            )
        )
        for w, g, m, q in zip(now.rows[:3], now.gradient[:3], now.mean[:3], now.square[:3], strict=True):
            update_row(w.ravel(), g.ravel(), m.ravel(), q.ravel(), number, rate, *adam[1:])
        told = float(found[0]), float(found[1]), float(found[2] / samples.n_samples)
        step = _step(number, told, network, now, rate)
        if after_step is not None:
            lines = after_step(step)
            if lines is not None:
                network, now = _rewired(network, now, lines)
                step = _step(number, told, network, now, rate)
            for name, w in zip(("w_in", "w_out", "w"), now.rows, strict=False):
                if not np.isfinite(w).all():
                    raise ValueError(f"after_step must leave {name} finite, got {w[~np.isfinite(w)][0]:g}")
        yield step


def _is_pair(batch: object) -> bool:
    return isinstance(batch, tuple) and len(batch) == 2 and isinstance(batch[0], Samples)


def _samples_and_loss(batch: Batch) -> tuple[Samples, Loss]:
    if isinstance(batch, Samples):
        return batch, CrossEntropy()
    if not _is_pair(batch):
        raise TypeError(f"batches must be Samples or pairs of Samples and a loss, got {type(batch).__name__}")
    return batch


def _step(
    number: int, told: tuple[float, float, float], network: RecurrentNetwork, now: _Trained, rate: float
) -> RecurrentStep:
    seen, gradient, mean, square = (_as_network(network, part) for part in now[1:])
    return RecurrentStep(number, *told, seen, mean, square, gradient, rate)


def _as_network(network: RecurrentNetwork, rows: Rows) -> RecurrentNetwork:
    """`network` with these rows for its weights, as views: what is changed there is changed here."""
    lines = network.recurrent
    if lines is not None:
        lines = _each(_read_only, lines)._replace(w=rows.w)
    w_in = None if network.w_in is None else rows.w_in.T
    return network._replace(w_in=w_in, w_out=rows.w_out.T, recurrent=lines)


def _each(function: Callable[[np.ndarray], np.ndarray], lines: Connections) -> Connections:
    """`function` of each array."""
    pre, post, w, delay = (function(array) for array in lines[:4])
    return Connections(pre, post, w, delay, lines.n_pre, lines.n_post)


def _read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view


def _rewired(
    network: RecurrentNetwork, now: _Trained, lines: Connections
) -> tuple[RecurrentNetwork, _Trained]:
    """Other synapses among the neurons; of those that were there before, Adam's memory goes along."""
    if not isinstance(lines, Connections):
        raise TypeError(f"after_step must return Connections or None, got {type(lines).__name__}")
    before = no_synapses(len(network.cell.alpha)) if network.recurrent is None else network.recurrent
    after = check_recurrent(network._replace(recurrent=lines))
    if lines.n_pre != before.n_pre:
        raise ValueError(
            f"after_step must return synapses of {before.n_pre} presynaptic neurons, got {lines.n_pre}"
        )
    rows = rows_of(after)
    assert after.recurrent is not None
    found = _places(before, after.recurrent)

    def carried(part: Rows) -> Rows:
        w = np.zeros(found.size)
        w[found >= 0] = part.w[found[found >= 0]]
        return Rows(part.w_in, part.w_out, w, *rows[3:])

    own = Rows(now.rows.w_in, now.rows.w_out, rows.w, *rows[3:])
    return after, _Trained(now.done, own, *map(carried, now[2:]))


def _places(before: Connections, after: Connections) -> np.ndarray:
    """Where each synapse stood before, −1 for a new one: one with the same ends and delay is the same.

    Of two that are alike in all three, both have had the same gradients, and either will do.
    """
    pairs = zip((before.pre, before.post, before.delay), (after.pre, after.post, after.delay), strict=True)
    _, kind = np.unique(np.stack([np.concatenate(pair) for pair in pairs], 1), axis=0, return_inverse=True)
    kind, n = kind.reshape(-1), before.w.size
    place = np.full(kind.max(initial=-1) + 1, -1)
    place[kind[:n]] = np.arange(n)
    return place[kind[n:]]
