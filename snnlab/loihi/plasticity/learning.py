r"""The learning engine of Loihi: whatever is a sum of products, in whole numbers, once an epoch.

Spikes are collected through a *learning epoch* of $T$ steps; of each neuron the step of its last spike is
kept. (An earlier one in the same epoch has its impulse added to the trace at once.) At the end of the epoch
the traces are followed through its steps, and each term of the rule whose dependency has occurred reads its
factors: at the step of the presynaptic spike (x0), of the postsynaptic one (y0), or at the end (u). The spike
of that step is in the traces already. Then, for each synapse,

$$ z \leftarrow 2^7 Z, \qquad
z \leftarrow \mathrm{sat}\Big(z + \mathrm{sat}\big(\lfloor M {\textstyle\prod_n} F_n / 2^{s} \rfloor\,
2^{7+e}\big)\Big)\ \text{for each term}, \qquad
Z \leftarrow \lfloor z / 2^7 \rfloor + [\,\xi < \text{fraction}\,] $$

with the mantissa $M$ and the exponent $e$ of the term, the bits $s$ by which the product is too long for the
accumulator's 15 (`term_shift`; nothing makes up for them, so a term with two traces is a quarter of what its
text says), saturation there, and a random number $\xi$: rounding keeps the mean. The product has 32 bits and
overflows beyond them.

Source: M. Davies et al. (2018), IEEE Micro 38(1), on the engine; the integers are those of lava-nc 0.10.0,
which calls itself bit-approximate. The chip's own arithmetic has not been published.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import inlined_kernel, kernel, uncounted_kernel
from snnlab.loihi.conventions import ONCE_AN_EPOCH, Convention
from snnlab.loihi.neuron.traces import (
    POST,
    PRE,
    Traces,
    drawn,
    fill_history,
    note_spikes,
    trace_numbers,
    traces_of,
)
from snnlab.loihi.plasticity.rules import TermArrays
from snnlab.loihi.random_numbers import RoundingNumbers

__all__ = ["Engine", "LearningState", "TraceNumbers", "learning_epoch", "learning_state"]


class TraceNumbers(NamedTuple):
    """What the kernels take of the traces of one side, one entry a trace; `trace_numbers` makes it."""

    kept: np.ndarray
    """What a decay leaves."""
    impulse: np.ndarray
    """Whole part of the impulse."""
    part: np.ndarray
    """The rest of it, in 256ths."""


class Engine(NamedTuple):
    """What a group of synapses learns by; none of it changes."""

    pre: np.ndarray
    """The presynaptic neuron of each synapse, from 0, shape (synapses,)."""
    post: np.ndarray
    """The postsynaptic one."""
    terms: TermArrays
    """The terms of all rules."""
    learned: np.ndarray
    """Which of weight, delay and tag have a rule, shape (3,)."""
    x: TraceNumbers
    """x1 and x2."""
    y: TraceNumbers
    """y1, y2 and y3."""
    limits: np.ndarray
    """The smallest and the largest weight, delay and tag, shape (3, 2)."""
    grid: np.ndarray
    """Of what they are multiples, shape (3,)."""
    rounds: bool
    """Whole numbers; else real ones, without limits."""
    always: bool
    """A term acts although nobody has fired."""
    once: bool
    """Traces move once an epoch."""
    extra_random: bool
    """`Convention.extra_random`."""
    below: int
    """`Convention.impulse_random`."""
    lower: int
    """`Convention.lower`."""
    numbers: RoundingNumbers
    """Where the random numbers come from."""


class LearningState(NamedTuple):
    """What a group of synapses remembers from step to step, float64 but for who fired."""

    x: np.ndarray
    """What is stored of x1 and x2, shape (2, n_pre)."""
    y: np.ndarray
    """What is stored of y1, y2 and y3, shape (3, n_post)."""
    x_past: np.ndarray
    """They through the last epoch, the values before it first, shape (t_epoch + 1, 2, n_pre)."""
    y_past: np.ndarray
    """Shape (t_epoch + 1, 3, n_post)."""
    fired_x: np.ndarray
    """The step of this epoch, from 1, in which each neuron fired last; 0 for none."""
    fired_y: np.ndarray
    """The same of the postsynaptic neurons."""
    reward: np.ndarray
    """The reward in each step of this epoch, shape (t_epoch,)."""
    z: np.ndarray
    """Weight, delay and tag of each synapse, shape (3, synapses)."""
    added: np.ndarray
    """What each term added when it acted last, shape (n_terms, synapses); whoever reads it clears it."""
    acc: np.ndarray
    """The accumulators, shape (3,)."""


def numbers_of_traces(
    traces: Traces, convention: Convention, t_epoch: int
) -> tuple[TraceNumbers, TraceNumbers]:
    """The numbers of the presynaptic traces, x, and of the postsynaptic ones, y."""
    x, y = (
        TraceNumbers(*trace_numbers(names, traces_of(traces, names), convention, t_epoch))
        for names in (PRE, POST)
    )
    return x, y


def engine_for(
    pre: np.ndarray,
    post: np.ndarray,
    terms: TermArrays,
    learned: np.ndarray,
    x: TraceNumbers,
    y: TraceNumbers,
    bounds: tuple[np.ndarray, np.ndarray],
    rounds: bool,
    convention: Convention,
    numbers: RoundingNumbers,
) -> Engine:
    """An engine of `convention`; dependency 2 is u, which asks for no spike."""
    return Engine(
        pre.astype(np.int32), post.astype(np.int32), terms, learned, x, y, *bounds, rounds,
        bool((terms.dependency == 2).any()), convention.trace_decay == ONCE_AN_EPOCH,
        convention.extra_random, convention.impulse_random, convention.lower, numbers,
    )  # fmt: skip


def learning_state(z: np.ndarray, n_pre: int, n_post: int, n_terms: int, t_epoch: int) -> LearningState:
    """The state before the first step; `z` holds weight, delay and tag of each synapse.

    Examples
    --------
    >>> state = learning_state(np.zeros((3, 6)), n_pre=3, n_post=2, n_terms=1, t_epoch=4)
    >>> state.x_past.shape, state.added.shape
    ((5, 2, 3), (1, 6))
    """
    return LearningState(
        np.zeros((2, n_pre)), np.zeros((3, n_post)),
        np.zeros((t_epoch + 1, 2, n_pre)), np.zeros((t_epoch + 1, 3, n_post)),
        np.zeros(n_pre, np.int32), np.zeros(n_post, np.int32), np.zeros(t_epoch),
        z.astype(np.float64), np.zeros((n_terms, z.shape[1])), np.zeros(3),
    )  # fmt: skip


@inlined_kernel
def step(z, product, mantissa, shift, exponent, lower):
    """The accumulator after one more term, and what that added; both saturate at 15 bits."""
    change = np.int32(np.int32(product * mantissa) >> shift) << (7 + exponent)
    change = min(max(np.int32(change), -32768 - lower), 32767)
    return min(max(z + change, -32768 - lower), 32767), change


@uncounted_kernel
def _seen(name, q, j, i, s, state, r):
    """The value of a factor in step q of the epoch; `name` is its place in `FACTORS`."""
    if name == 0:
        return 1.0 if state.fired_x[j] > 0 else 0.0
    if name == 1:
        return 1.0 if state.fired_y[i] > 0 else 0.0
    if name < 4:
        return state.x_past[q, name - 2, j]
    if name < 7:
        return state.y_past[q, name - 4, i]
    if name < 10:
        return state.z[name - 7, s]
    return r


@kernel
def _factor(value, constant, sign, bits, rounds):
    """The value plus a constant, or its sign; on the chip what does not fit its bits is cut."""
    total = value + constant
    if sign:
        total = 1.0 if total > 0.0 else -1.0 if total < 0.0 else 0.0
    if rounds:
        total = min(max(total, -float(1 << bits)), float((1 << bits) - 1))
    return total


@uncounted_kernel
def _learn_synapse(s, epoch, state, engine):
    """Synapse s at the end of an epoch: all terms, then rounding."""
    terms, limits, grid, numbers, rounds = (
        engine.terms, engine.limits, engine.grid, engine.numbers, engine.rounds
    )  # fmt: skip
    j, i, z, acc = engine.pre[s], engine.post[s], state.z, state.acc
    for k in range(3):
        acc[k] = z[k, s] * 128.0 if rounds else z[k, s]
    for m in range(terms.target.size):
        q = state.reward.size
        if terms.dependency[m] == 0:
            q = state.fired_x[j]
        elif terms.dependency[m] == 1:
            q = state.fired_y[i]
        if q == 0 or (epoch + 1) % (1 << terms.gate[m]) != 0:
            continue
        real, product = 1.0, np.int32(1)
        for f in range(terms.first[m], terms.first[m + 1]):
            value = _seen(terms.name[f], q, j, i, s, state, state.reward[q - 1])
            value = _factor(value, terms.constant[f], terms.sign[f], terms.bits[f], rounds)
            real *= value
            product = np.int32(product * np.int64(value)) if rounds else product
        k = terms.target[m]
        if rounds:
            acc[k], change = step(
                np.int64(acc[k]), product, terms.mantissa[m], terms.shift[m], terms.exponent[m], engine.lower
            )
            state.added[m, s] = change
        else:
            real *= terms.mantissa[m] * (float(1 << (7 + terms.exponent[m])) / 128.0)
            acc[k] += real
            state.added[m, s] = real
    for k in range(3):
        if engine.learned[k]:
            z[k, s] = acc[k]
            if rounds:
                r = 0.0  # drawn where something is left to round
                if acc[k] != np.floor(acc[k] / (128.0 * grid[k])) * 128.0 * grid[k]:
                    place = np.uint64((i * state.fired_x.size + j) * 3 + k + (1 << 48))
                    r = drawn(numbers.seed, place, np.uint64(epoch)) if numbers.own else numbers.z[epoch]
                z[k, s] = rounded(acc[k], grid[k], r, limits[k, 0], limits[k, 1])


@kernel
def rounded(z, grid, r, low, high):
    """From 128ths to a multiple of `grid`, up as often as the fraction says, and into the bounds."""
    share = z / (128.0 * grid)
    whole = np.floor(share)
    return min(max((whole + (1.0 if r < share - whole else 0.0)) * grid, low), high)


@uncounted_kernel
def learning_epoch(t, state, engine, spikes_x, spikes_y, reward):
    """Step t of a group of synapses that learns: spikes are noted, and at the end of an epoch it learns.

    Parameters
    ----------
    t : int
        The step, from 0.
    state : LearningState
        Changed in place: `state.z` holds weights, delays and tags.
    engine : Engine
        Rules, traces and random numbers.
    spikes_x, spikes_y : array of 0 and 1 of shape (n_pre,) and (n_post,)
        Who fires in this step. Nobody asks whether the spikes are given, or were fired by these weights.
    reward : float
        The factor r in this step.

    Returns
    -------
    bool
        Whether an epoch has ended.

    Examples
    --------
    The engine of a network is made by `learn_in_network`:

    >>> from snnlab.loihi import SynapseGroup
    >>> from snnlab.loihi.networks.closed_loop import learn_in_network
    >>> from snnlab.loihi.networks.learning_group import LearningGroup
    >>> group = LearningGroup(SynapseGroup([0], [1], 100), "dw = 2*u0")
    >>> run = learn_in_network([[0, 0]], group, rng=np.random.default_rng(1))
    >>> learner = run.end.learners[0]
    >>> nobody = np.zeros(1, np.uint8)
    >>> learning_epoch(1, learner.state, learner.engine, nobody, nobody, 0.0), learner.state.z[0]
    (True, array([104.]))
    """
    numbers, t_epoch = engine.numbers, state.reward.size
    q = t % t_epoch + 1
    own, below, rounds, once = numbers.own, engine.below, engine.rounds, engine.once
    x, y = engine.x, engine.y
    state.reward[q - 1] = reward
    note_spikes(
        spikes_x, state.fired_x, state.x, q, t, once, rounds, x.impulse, x.part,
        own and engine.extra_random, 0.0, numbers.seed, 0, below,
    )  # fmt: skip
    note_spikes(
        spikes_y, state.fired_y, state.y, q, t, once, rounds, y.impulse, y.part,
        own, 0.0 if own else numbers.y_extra[t], numbers.seed, 2, below,
    )  # fmt: skip
    if q < t_epoch:
        return False
    epoch, start = t // t_epoch, t + 1 - t_epoch
    x_decay, x_impulse, y_decay, y_impulse = 0.0, 0.0, 0.0, 0.0  # those that are shared
    if not own:
        x_decay, x_impulse = numbers.x_decay[epoch], numbers.x_impulse[epoch]
        y_decay, y_impulse = numbers.y_decay[epoch], numbers.y_impulse[epoch]
    fill_history(
        state.x, state.x_past, state.fired_x, x.kept, x.impulse, x.part, rounds, once, own,
        x_decay, x_impulse, numbers.seed, 0, start, below,
    )  # fmt: skip
    fill_history(
        state.y, state.y_past, state.fired_y, y.kept, y.impulse, y.part, rounds, once, own,
        y_decay, y_impulse, numbers.seed, 2, start, below,
    )  # fmt: skip
    for s in range(engine.pre.size):
        if engine.always or state.fired_x[engine.pre[s]] > 0 or state.fired_y[engine.post[s]] > 0:
            _learn_synapse(s, epoch, state, engine)
    copy(state.x_past[t_epoch], state.x)
    copy(state.y_past[t_epoch], state.y)
    for j in range(state.fired_x.size):
        state.fired_x[j] = 0
    for i in range(state.fired_y.size):
        state.fired_y[i] = 0
    return True


@uncounted_kernel
def copy(source, target):
    """The numbers of a matrix into another one."""
    for a in range(source.shape[0]):
        for k in range(source.shape[1]):
            target[a, k] = source[a, k]
