"""Learning from given spikes: whatever rule, in the whole numbers of the chip or in real ones.

The engine is `snnlab.loihi.plasticity.learning`. Here the spikes of both sides are given; where they are
those of compartments that the weights drive, see `snnlab.loihi.networks.closed_loop`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import uncounted_kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.neuron.synapses import Synapse, stored_weights
from snnlab.loihi.neuron.traces import POST, PRE, Traces, trace_numbers, traces_of
from snnlab.loihi.plasticity.learning import (
    TraceNumbers,
    copy,
    engine_for,
    learning_epoch,
    learning_state,
    numbers_of_traces,
)
from snnlab.loihi.plasticity.learning_setup import LearningSetup, engine_bounds, learning_setup
from snnlab.loihi.plasticity.rules import Rule
from snnlab.loihi.random_numbers import LavaGenerators, RoundingNumbers, rounding_numbers

__all__ = ["LearningRun", "learn", "learn_real"]


class LearningRun(NamedTuple):
    """What a learning engine did.

    Examples
    --------
    >>> run = learn([[1], [0]], [[0], [1]], 100, "dw = w*y0", rng=np.random.default_rng(1))
    >>> print(run.w.ravel(), run.terms.ravel() / 128)
    [100 200] [  0. 100.]
    """

    w: np.ndarray
    """Weights after each epoch, shape (epochs, n_post, n_pre)."""
    delay: np.ndarray
    """Delays after each epoch, of the same shape."""
    tag: np.ndarray
    """Tags after each epoch, of the same shape."""
    x: np.ndarray
    """x1 and x2 as the terms see them, in each step, shape (steps, 2, n_pre)."""
    y: np.ndarray
    """y1, y2 and y3 as the terms see them, in each step, shape (steps, 3, n_post)."""
    x_register: np.ndarray
    """What is stored of x1 and x2 after each step: it moves at the end of an epoch, as x does in each."""
    y_register: np.ndarray
    """What is stored of y1, y2 and y3 after each step."""
    terms: np.ndarray
    """What each term added in each epoch, shape (epochs, n_terms, n_post, n_pre); 128 times in integers."""


def learn(
    pre: ArrayLike,
    post: ArrayLike,
    w: ArrayLike,
    rules: str | Rule | Sequence[str | Rule],
    traces: Traces = Traces(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    t_epoch: int = 1,
    synapse: Synapse = Synapse(),
    delay: ArrayLike = 0,
    tag: ArrayLike = 0,
    reward: ArrayLike = 0,
    rng: np.random.Generator | LavaGenerators,
) -> LearningRun:
    """Weights, delays and tags of synapses that learn, in the integers of the chip.

    Parameters
    ----------
    pre : array of 0 and 1 of shape (steps, n_pre)
        Presynaptic spikes.
    post : array of 0 and 1 of shape (steps, n_post)
        Postsynaptic spikes. They are given: the rule changes weights, and weights fire nobody here.
    w : int or array of shape (n_post, n_pre)
        Weights at the start, in units of the mantissa.
    rules
        One rule or several, for different targets: text as in `parse_rule`, or what that returns.
    traces
        How the traces grow and fade. One that is not named stays 0, and so does every product with it.
    convention
        How the chip is read.
    t_epoch : int
        Steps of a learning epoch, 1 to 63. Steps after the last full epoch teach nothing.
    synapse
        How the weights are stored: their bits and the sign mode; the exponent plays no part.
    delay, tag : int or array of shape (n_post, n_pre)
        Delays, 0 to 62, and tags, −256 to 255, at the start.
    reward : int or array of shape (steps,)
        The factor r in each step, −127 to 127. No emulator that we compare with has it.
    rng
        Where the random numbers of the roundings come from; `lava_generators(seed)` for lava's own.

    Returns
    -------
    LearningRun
        Arrays of int32.

    Examples
    --------
    >>> from snnlab.loihi import Trace
    >>> traces = Traces(x1=Trace(impulse=40, tau=10))
    >>> run = learn([[1], [0]], [[0], [1]], 100, "dw = x1*y0", traces, rng=np.random.default_rng(1))
    >>> print(run.x[:, 0, 0], run.w[:, 0, 0])
    [40 36] [100 136]
    """
    setup = learning_setup(pre, post, w, rules, convention, t_epoch, delay, tag, reward)
    bounds = engine_bounds(synapse, convention)
    setup.z[0] = stored_weights(setup.z[0], synapse, convention)
    sides = numbers_of_traces(traces, convention, t_epoch)
    numbers = rounding_numbers(rng, convention, len(setup.pre), t_epoch)
    return _ran(setup, sides, convention, True, bounds, numbers, np.int32)


def learn_real(
    pre: ArrayLike,
    post: ArrayLike,
    w: ArrayLike,
    rules: str | Rule | Sequence[str | Rule],
    traces: Traces = Traces(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    t_epoch: int = 1,
    delay: ArrayLike = 0,
    tag: ArrayLike = 0,
    reward: ArrayLike = 0,
) -> LearningRun:
    """The same rules in real numbers: nothing is rounded, cut, or scaled down by `term_shift`.

    Parameters
    ----------
    pre, post, w, rules, traces, convention, t_epoch, delay, tag, reward
        As in `learn`; weights may be any numbers.

    Returns
    -------
    LearningRun
        Arrays of float.

    Examples
    --------
    >>> from snnlab.loihi import Trace
    >>> run = learn_real([[1], [0]], [[0], [1]], 100, "dw = x1*y0", Traces(x1=Trace(8, 10)))
    >>> print(run.x[:, 0, 0], run.w[:, 0, 0])
    [8.  7.2] [100.  107.2]
    """
    setup = learning_setup(pre, post, w, rules, convention, t_epoch, delay, tag, reward)
    sides = []
    for names in (PRE, POST):
        chosen = traces_of(traces, names)
        kept, _, _ = trace_numbers(names, chosen, convention, t_epoch)
        impulses = np.array([float(trace.impulse) for trace in chosen])
        sides.append(TraceNumbers(kept, impulses, np.zeros(len(names))))
    nothing = rounding_numbers(np.random.default_rng(0), convention, len(setup.pre), t_epoch)
    bounds = np.zeros((3, 2), int), np.ones(3, int)
    return _ran(setup, (sides[0], sides[1]), convention, False, bounds, nothing, np.float64)


def _ran(
    setup: LearningSetup,
    traces: tuple[TraceNumbers, TraceNumbers],
    convention: Convention,
    rounds: bool,
    bounds: tuple[np.ndarray, np.ndarray],
    numbers: RoundingNumbers,
    dtype: type,
) -> LearningRun:
    """Allocate, run, and name what came out; synapse s joins neuron s mod n_pre to neuron s // n_pre."""
    (steps, n_pre), n_post = setup.pre.shape, setup.post.shape[1]
    epochs, n_terms = steps // setup.t_epoch, len(setup.terms.target)
    post, pre = np.divmod(np.arange(n_post * n_pre), max(n_pre, 1))
    engine = engine_for(pre, post, setup.terms, setup.learned, *traces, bounds, rounds, convention, numbers)
    state = learning_state(setup.z.reshape(3, -1), n_pre, n_post, n_terms, setup.t_epoch)
    x: np.ndarray = np.zeros((steps, 2, n_pre), dtype)
    y: np.ndarray = np.zeros((steps, 3, n_post), dtype)
    x_register, y_register = np.zeros_like(x), np.zeros_like(y)
    z = np.zeros((epochs, int(setup.learned.sum()), n_post * n_pre), dtype)
    terms = np.zeros((epochs, n_terms, n_post * n_pre), dtype)
    run(setup.pre, setup.post, setup.reward, state, engine, z, terms, x, x_register, y, y_register)
    rows = np.cumsum(setup.learned) - 1  # of z, where a number is learned; the others stay as they were
    w, delay, tag = (
        z[:, rows[k]].reshape(epochs, n_post, n_pre)
        if setup.learned[k]
        else np.broadcast_to(setup.z[k].astype(dtype), (epochs, n_post, n_pre))
        for k in range(3)
    )
    added = terms.reshape(epochs, n_terms, n_post, n_pre)
    return LearningRun(w, delay, tag, x, y, x_register, y_register, added)


@uncounted_kernel
def run(pre, post, reward, state, engine, z, added, x_seen, x_register, y_seen, y_register):
    """All steps; the learning happens at the end of each epoch."""
    t_epoch = state.reward.size
    for t in range(len(pre)):
        if (t + 1) % t_epoch == 0:
            _clear(state.added)
        if learning_epoch(t, state, engine, pre[t], post[t], reward[t]):
            epoch, row = t // t_epoch, 0
            for k in range(3):
                if engine.learned[k]:
                    for s in range(engine.pre.size):
                        z[epoch, row, s] = state.z[k, s]
                    row += 1
            copy(state.added, added[epoch])
            for back in range(t_epoch):
                copy(state.x_past[t_epoch - back], x_seen[t - back])
                copy(state.y_past[t_epoch - back], y_seen[t - back])
        copy(state.x, x_register[t])
        copy(state.y, y_register[t])


@uncounted_kernel
def _clear(target):
    """A matrix of zeros."""
    for a in range(target.shape[0]):
        for k in range(target.shape[1]):
            target[a, k] = 0.0
