r"""Pairs of spikes through the learning engine: traces, terms and a weight, in whole and in real numbers.

The rule is pair STDP, $dw = 2^{e_1} x_1 y_0 - 2^{e_2} x_0 y_1$, of one excitatory synapse. A pair comes every
64 steps. In whole numbers all is as in `snnlab.loihi.learn`; beside it the same rule runs in real ones, which
are kept from 0 to 255.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import as_real, positive
from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import whole_array, whole_within
from snnlab.loihi.neuron.traces import DECAY, TRACE_MAX, Trace, check_epoch, random_of
from snnlab.loihi.neuron.traces import step as trace_step
from snnlab.loihi.plasticity.learning import rounded
from snnlab.loihi.plasticity.learning import step as add_term
from snnlab.loihi.plasticity.rules import EXPONENT
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["EpochsOfPairs", "epochs_of_pairs"]

EVERY, FIRST, WIDEST = 64, 24, 20  # steps from pair to pair, before the presynaptic spike, and of Δt
W_MAX = 255
OF_WEIGHTS = 1 << 48  # the stream of random numbers from which weights are rounded


class EpochsOfPairs(NamedTuple):
    """What the pairs do to the synapse; step by step through the first one, then pair by pair.

    Examples
    --------
    >>> told = epochs_of_pairs(0, up=-2, down=-2, rng=np.random.default_rng(1))
    >>> print(told.plus, told.minus, told.w_one)
    2048 -2048 100
    """

    x: np.ndarray
    """x1 as the terms see it, in each of the first 64 steps."""
    y: np.ndarray
    """y1 as the terms see it."""
    x_stored: np.ndarray
    """What is stored of x1: it moves at the end of an epoch."""
    sum_: np.ndarray
    """The weight before it was rounded last, in an epoch with a spike."""
    w_first: np.ndarray
    """The weight."""
    pre_time: np.ndarray
    """When the presynaptic spike comes there, steps."""
    post_time: np.ndarray
    """When the postsynaptic one comes."""
    pair: np.ndarray
    """The number of each pair, from 1."""
    w_pairs: np.ndarray
    """The weight after each of them."""
    w_real: np.ndarray
    """The same in real numbers."""
    seen_x: int
    """x1 at the postsynaptic spike of the first pair."""
    plus: int
    """What its term added, 128ths of a weight."""
    seen_y: int
    """y1 at the presynaptic spike."""
    minus: int
    """What its term added."""
    w_one: int
    """The weight after the first pair."""
    w_end: int
    """The weight after all of them."""
    exact: float
    """The weight after the first pair, before it was rounded."""


class Both(NamedTuple):
    """The traces of both neurons, in whole and in real numbers."""

    x: float
    y: float
    x_real: float
    y_real: float


def epochs_of_pairs(
    delta_t: int,
    t_epoch: int = 4,
    up: int = -4,
    down: int = -5,
    trace: Trace = Trace(64, 10),
    w: int = 100,
    *,
    pairs: int = 30,
    rng: np.random.Generator,
) -> EpochsOfPairs:
    """Send pairs of spikes through one synapse of the learning engine.

    Parameters
    ----------
    delta_t : int
        Steps from the presynaptic to the postsynaptic spike, −20 to 20.
    t_epoch : int
        Steps of a learning epoch, 1 to 63.
    up, down : int
        The exponents $e_1$ and $e_2$ of the rule, −7 to 8.
    trace
        How x1 and y1 grow and fade; its impulse is whole.
    w : int
        The weight at the start, 0 to 255.
    pairs : int
        How many pairs there are.
    rng
        Where the random numbers come from, those of `learn`.

    Examples
    --------
    >>> told = epochs_of_pairs(10, up=-7, down=-7, rng=np.random.default_rng(1))
    >>> print(f"x1 = {told.seen_x} adds {told.plus} / 128: {told.exact:.2f}, then {told.w_one}")
    x1 = 23 adds 23 / 128: 100.18, then 100
    """
    delta_t, t_epoch = whole_within("delta_t", delta_t, -WIDEST, WIDEST), check_epoch(t_epoch)
    up, down = (whole_within(name, e, *EXPONENT) for name, e in (("up", up), ("down", down)))
    told, start = recorded(whole_within("pairs", pairs, 1, 100_000)), whole_within("w", w, 0, W_MAX)
    run_pairs(told, whole_trace(trace), *map(float, (delta_t, t_epoch, up, down, start)), key_of(rng))
    return read(told)


def recorded(pairs: int) -> EpochsOfPairs:
    """A blank record."""
    steps = dict.fromkeys(("x", "y", "x_stored", "sum_", "w_first"), EVERY)
    return blank(
        EpochsOfPairs, **steps, pre_time=1, post_time=1, **dict.fromkeys(("pair", "w_pairs", "w_real"), pairs)
    )


def whole_trace(trace: Trace) -> Trace:
    """`trace` as floats, with a whole impulse and a time constant of at least 1."""
    if not isinstance(trace, Trace):
        raise TypeError(f"trace must be a Trace, got {type(trace).__name__}")
    impulse = as_real("the impulse of the trace", trace.impulse)
    impulse = float(whole_array("the impulse of the trace", impulse, 0, TRACE_MAX))
    if positive("the tau of the trace", trace.tau) < 1:
        raise ValueError(f"the tau of the trace must be at least 1, got {trace.tau:g}")
    return Trace(impulse, float(trace.tau))


def key_of(rng: np.random.Generator) -> int:
    """The seed of the kernels, as a number with a sign."""
    return int(seed_from(rng).astype(np.int64))


@kernel
def follow(now, trace, pre, post, t, seed):
    """Both traces in step `t`, in whole and in real numbers."""
    kept, impulse = 1.0 - 1.0 / trace.tau, trace.impulse
    r_x, r_y = (
        random_of(True, 0.0, seed, DECAY, 0, 0, t, 1.0),
        random_of(True, 0.0, seed, DECAY, 2, 0, t, 1.0),
    )
    return Both(
        trace_step(now.x, kept, impulse, 0.0, pre, r_x, 0.0),
        trace_step(now.y, kept, impulse, 0.0, post, r_y, 0.0),
        kept * now.x_real + (impulse if pre else 0.0),
        kept * now.y_real + (impulse if post else 0.0),
    )


@kernel
def run_pairs(told, trace, delta_t, t_epoch, up, down, w_start, key):
    """Traces and weight through the first pair, step by step, and the weight after each pair."""
    seed, epoch, at_post = np.uint64(key), int(t_epoch), FIRST + int(delta_t)
    told.pre_time[0], told.post_time[0] = FIRST + 1.0, at_post + 1.0
    now, stored = Both(0.0, 0.0, 0.0, 0.0), 0.0
    seen_x, seen_y, gain, loss = 0.0, 0.0, 0.0, 0.0
    acts_x, acts_y, of_first = False, False, False
    w, exact, real = w_start, w_start, w_start
    told.w_one[0] = w_start
    for t in range(told.pair.size * EVERY):
        p, s = t // EVERY, t % EVERY
        pre, post = s == FIRST, s == at_post
        now = follow(now, trace, pre, post, t + 1, seed)
        if pre:
            acts_x, seen_y, loss, of_first = True, now.y, 2.0**down * now.y_real, p == 0
        if post:
            acts_y, seen_x, gain, of_first = True, now.x, 2.0**up * now.x_real, p == 0
        if (t + 1) % epoch == 0:
            stored = now.x
            z, plus, minus = np.int64(128.0 * w), 0, 0
            if acts_y:
                z, plus = add_term(z, np.int32(seen_x), 1, 0, np.int64(up), 0)
                real += gain
            if acts_x:
                z, minus = add_term(z, np.int32(seen_y), -1, 0, np.int64(down), 0)
                real -= loss
            real = min(max(real, 0.0), 255.0)
            r = uniform(seed, np.uint64(OF_WEIGHTS), np.uint64((t + 1) // epoch - 1))
            w = rounded(max(0.0, 1.0 * z), 1, r, 0, W_MAX)
            if of_first and (acts_x or acts_y):
                exact = z / 128.0
                told.seen_x[0], told.seen_y[0], told.w_one[0] = seen_x, seen_y, w
                told.plus[0] += plus
                told.minus[0] += minus
            acts_x, acts_y = False, False
        if p == 0:
            told.x[s], told.y[s], told.x_stored[s] = now.x, now.y, stored
            told.sum_[s], told.w_first[s] = exact, w
        told.pair[p], told.w_pairs[p], told.w_real[p] = p + 1.0, w, real
    told.w_end[0], told.exact[0] = w, exact
