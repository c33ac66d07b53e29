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

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, ONCE_AN_EPOCH, Convention
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY, weight_limits
from snnlab.loihi.neuron.synapses import Synapse, stored_weights
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
from snnlab.loihi.plasticity.learning_setup import TAG_BITS, LearningSetup, learning_setup
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
    if not isinstance(synapse, Synapse):
        raise TypeError(f"synapse must be a Synapse, got {synapse!r}")
    step, low, high = weight_limits(synapse.bits, synapse.sign_mode)
    if not convention.learned_on_grid:
        step = 1
        low, high = {EXCITATORY: (0, 255), INHIBITORY: (-255, 0)}.get(synapse.sign_mode, (-256, 255))
    setup.z[0] = stored_weights(setup.z[0], synapse, convention)
    limits = np.array([
        [low, high],
        [0, convention.delay_max],
        [-(1 << TAG_BITS) - convention.lower, (1 << TAG_BITS) - 1],
    ])
    steps = np.array([step, 1, 1])
    x_numbers = trace_numbers(PRE, traces_of(traces, PRE), convention, t_epoch)
    y_numbers = trace_numbers(POST, traces_of(traces, POST), convention, t_epoch)
    numbers = rounding_numbers(rng, convention, len(setup.pre), t_epoch)
    return _ran(setup, x_numbers, y_numbers, convention, True, limits, steps, numbers, np.int32)


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
    numbers = []
    for names in (PRE, POST):
        chosen = traces_of(traces, names)
        kept, _, _ = trace_numbers(names, chosen, convention, t_epoch)
        numbers.append((kept, np.array([float(trace.impulse) for trace in chosen]), np.zeros(len(names))))
    nothing = rounding_numbers(np.random.default_rng(0), convention, len(setup.pre), t_epoch)
    limits, grid = np.zeros((3, 2), int), np.ones(3, int)
    return _ran(setup, numbers[0], numbers[1], convention, False, limits, grid, nothing, np.float64)


def _ran(
    setup: LearningSetup,
    x_numbers: tuple[np.ndarray, ...],
    y_numbers: tuple[np.ndarray, ...],
    convention: Convention,
    rounds: bool,
    limits: np.ndarray,
    grid: np.ndarray,
    numbers: RoundingNumbers,
    dtype: type,
) -> LearningRun:
    """Allocate, run, and name what came out."""
    (steps, n_pre), n_post = setup.pre.shape, setup.post.shape[1]
    epochs = steps // setup.t_epoch
    x: np.ndarray = np.zeros((steps, 2, n_pre), dtype)
    y: np.ndarray = np.zeros((steps, 3, n_post), dtype)
    x_register, y_register = np.zeros_like(x), np.zeros_like(y)
    z = np.zeros((epochs, int(setup.learned.sum()), n_post, n_pre), dtype)
    terms = np.zeros((epochs, len(setup.terms.target), n_post, n_pre), dtype)
    once, start = convention.trace_decay == ONCE_AN_EPOCH, setup.z.copy()
    run(
        setup.pre, setup.post, setup.reward, z, terms, x, y, x_register, y_register,
        np.zeros((setup.t_epoch + 1, 2, n_pre)), np.zeros((setup.t_epoch + 1, 3, n_post)),
        np.zeros((2, n_pre)), np.zeros((3, n_post)), np.zeros(n_pre, np.int32), np.zeros(n_post, np.int32),
        setup.z.copy(), setup.z, np.zeros(3), setup.learned, setup.terms, *x_numbers, *y_numbers,
        rounds, once, convention.extra_random, convention.impulse_random, convention.lower,
        limits, grid, numbers,
    )  # fmt: skip
    rows = np.cumsum(setup.learned) - 1  # of z, where a number is learned; the others stay as they were
    w, delay, tag = (
        z[:, rows[k]]
        if setup.learned[k]
        else np.broadcast_to(start[k].astype(dtype), (epochs, n_post, n_pre))
        for k in range(3)
    )
    return LearningRun(w, delay, tag, x, y, x_register, y_register, terms)


@inlined_kernel
def step(z, product, mantissa, shift, exponent, lower):
    """The accumulator after one more term, and what that added; both saturate at 15 bits."""
    change = np.int32(np.int32(product * mantissa) >> shift) << (7 + exponent)
    change = min(max(np.int32(change), -32768 - lower), 32767)
    return min(max(z + change, -32768 - lower), 32767), change


@kernel
def _seen(name, q, i, j, x_past, y_past, fired_x, fired_y, z, r):
    """The value of a factor in step q of the epoch; `name` is its place in `FACTORS`."""
    if name == 0:
        return 1.0 if fired_x[j] > 0 else 0.0
    if name == 1:
        return 1.0 if fired_y[i] > 0 else 0.0
    if name < 4:
        return x_past[q, name - 2, j]
    if name < 7:
        return y_past[q, name - 4, i]
    if name < 10:
        return z[name - 7, i, j]
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


@kernel
def _learn_synapse(
    i, j, epoch, start, z_old, z_new, acc, added, x_past, y_past, fired_x, fired_y, reward,
    learned, terms, rounds, lower, limits, grid, numbers,
):  # fmt: skip
    """One synapse at the end of an epoch: all terms, then rounding."""
    steps = x_past.shape[0] - 1
    for k in range(3):
        acc[k] = z_old[k, i, j] * 128.0 if rounds else z_old[k, i, j]
    for m in range(terms.target.size):
        q = steps
        if terms.dependency[m] == 0:
            q = fired_x[j]
        elif terms.dependency[m] == 1:
            q = fired_y[i]
        if q == 0 or (epoch + 1) % (1 << terms.gate[m]) != 0:
            continue
        real, product = 1.0, np.int32(1)
        for f in range(terms.first[m], terms.first[m + 1]):
            value = _seen(
                terms.name[f], q, i, j, x_past, y_past, fired_x, fired_y, z_old, reward[start + q - 1]
            )
            value = _factor(value, terms.constant[f], terms.sign[f], terms.bits[f], rounds)
            real *= value
            product = np.int32(product * np.int64(value)) if rounds else product
        k = terms.target[m]
        if rounds:
            acc[k], change = step(
                np.int64(acc[k]), product, terms.mantissa[m], terms.shift[m], terms.exponent[m], lower
            )
            added[m, i, j] = change
        else:
            real *= terms.mantissa[m] * 2.0 ** terms.exponent[m]
            acc[k] += real
            added[m, i, j] = real
    for k in range(3):
        if learned[k]:
            z_new[k, i, j] = acc[k]
            if rounds:
                r = 0.0  # drawn where something is left to round
                if acc[k] != np.floor(acc[k] / (128.0 * grid[k])) * 128.0 * grid[k]:
                    place = np.uint64((i * fired_x.size + j) * 3 + k + (1 << 48))
                    r = drawn(numbers.seed, place, np.uint64(epoch)) if numbers.own else numbers.z[epoch]
                z_new[k, i, j] = rounded(acc[k], grid[k], r, limits[k, 0], limits[k, 1])


@kernel
def rounded(z, grid, r, low, high):
    """From 128ths to a multiple of `grid`, up as often as the fraction says, and into the bounds."""
    share = z / (128.0 * grid)
    whole = np.floor(share)
    return min(max((whole + (1.0 if r < share - whole else 0.0)) * grid, low), high)


@kernel
def run(
    pre, post, reward, z, added, x_seen, y_seen, x_register, y_register,
    x_past, y_past, x, y, fired_x, fired_y, z_old, z_new, acc, learned, terms,
    x_kept, x_impulse, x_part, y_kept, y_impulse, y_part,
    rounds, once, extra_random, below, lower, limits, grid, numbers,
):  # fmt: skip
    """All steps; the learning happens at the end of each epoch."""
    t_epoch = x_past.shape[0] - 1
    always = False  # a term acts although nobody has fired
    for m in range(terms.target.size):
        always = always or terms.dependency[m] == 2
    for t in range(len(pre)):
        q = t % t_epoch + 1
        own = numbers.own and extra_random
        note_spikes(
            pre[t], fired_x, x, q, t, once, rounds, x_impulse, x_part, own, 0.0, numbers.seed, 0, below
        )
        note_spikes(
            post[t], fired_y, y, q, t, once, rounds, y_impulse, y_part,
            numbers.own, numbers.y_extra[t], numbers.seed, 2, below,
        )  # fmt: skip
        if q == t_epoch:
            epoch, start = t // t_epoch, t + 1 - t_epoch
            fill_history(
                x, x_past, fired_x, x_kept, x_impulse, x_part, rounds, once, numbers.own,
                numbers.x_decay[epoch], numbers.x_impulse[epoch], numbers.seed, 0, start, below,
            )  # fmt: skip
            fill_history(
                y, y_past, fired_y, y_kept, y_impulse, y_part, rounds, once, numbers.own,
                numbers.y_decay[epoch], numbers.y_impulse[epoch], numbers.seed, 2, start, below,
            )  # fmt: skip
            for i in range(fired_y.size):
                for j in range(fired_x.size):
                    if always or fired_x[j] > 0 or fired_y[i] > 0:
                        _learn_synapse(
                            i, j, epoch, start, z_old, z_new, acc, added[epoch], x_past, y_past,
                            fired_x, fired_y, reward, learned, terms, rounds, lower, limits, grid, numbers,
                        )  # fmt: skip
            row = 0
            for k in range(3):
                if learned[k]:
                    _copy(z_new[k], z_old[k])
                    _copy(z_new[k], z[epoch, row])
                    row += 1
            for back in range(t_epoch):
                _copy(x_past[t_epoch - back], x_seen[t - back])
                _copy(y_past[t_epoch - back], y_seen[t - back])
            _copy(x_past[t_epoch], x)
            _copy(y_past[t_epoch], y)
            for j in range(fired_x.size):
                fired_x[j] = 0
            for i in range(fired_y.size):
                fired_y[i] = 0
        _copy(x, x_register[t])
        _copy(y, y_register[t])


@kernel
def _copy(source, target):
    """The numbers of a matrix into another one."""
    for a in range(source.shape[0]):
        for k in range(source.shape[1]):
            target[a, k] = source[a, k]
