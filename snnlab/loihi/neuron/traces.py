r"""Traces of Loihi: what a neuron's spikes leave behind, in 7 bits.

A trace fades with $\tau$ steps, and grows by an impulse $a$ at each spike, up to 127. What a step leaves of
it is seldom a whole number, and is rounded up as often as its fraction says:

$$ x \leftarrow \lfloor q x \rfloor + [\,\xi < q x - \lfloor q x \rfloor\,], \qquad
\text{at a spike: } x \leftarrow \min(x + \lfloor a \rfloor + [\,\xi' < a - \lfloor a \rfloor\,],\ 127) $$

with random numbers $\xi$ and $\xi'$ from 0 to 1. So the mean of a trace fades as it should, although none of
its values can. The factor $q$ is $1 - 1/\tau$ or $e^{-1/\tau}$, as the convention says, and 0 for $\tau = 0$.

A synapse can read five of them: x1 and x2 of its presynaptic neuron, y1, y2 and y3 of its postsynaptic one.

Source: M. Davies et al. (2018), IEEE Micro 38(1); C. Michaelis et al. (2022), Frontiers in Neuroinformatics
16:1015624, on plasticity.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, non_negative, whole
from snnlab.compiling import inlined_kernel, kernel, uncounted_kernel
from snnlab.loihi.conventions import (
    BRIAN2_LOIHI,
    EXPONENTIAL,
    FIRST_ORDER,
    ONCE_AN_EPOCH,
    Convention,
    check_convention,
)
from snnlab.loihi.fixed_point import whole_array
from snnlab.random import seed_from, uniform

__all__ = ["EPOCH_MAX", "TRACE_BITS", "TRACE_MAX", "Trace", "Traces", "simulate_trace", "trace_kept"]

TRACE_BITS = 7
TRACE_MAX = (1 << TRACE_BITS) - 1
EPOCH_MAX = 63  # steps
PARTS = 256  # an impulse is stored in 256ths
PRE, POST = ("x1", "x2"), ("y1", "y2", "y3")  # traces of either side
DECAY, IMPULSE, EXTRA = 0, 1, 2  # what a random number is for


class Trace(NamedTuple):
    """How a trace grows and fades.

    Examples
    --------
    >>> Trace(impulse=16, tau=10).tau
    10
    """

    impulse: float = 0.0
    """What a spike adds, 0 to 127, stored in 256ths."""
    tau: float = 0.0
    """Steps in which it fades; 0: it is gone after a step."""


class Traces(NamedTuple):
    """The five traces that a synapse can read.

    Examples
    --------
    >>> Traces(x1=Trace(16, 10)).y3
    Trace(impulse=0.0, tau=0.0)
    """

    x1: Trace = Trace()
    """Of the presynaptic neuron."""
    x2: Trace = Trace()
    """Another one of it, slower as a rule."""
    y1: Trace = Trace()
    """Of the postsynaptic neuron."""
    y2: Trace = Trace()
    """Another one of it."""
    y3: Trace = Trace()
    """And a third one."""


def trace_kept(tau: float, convention: Convention = BRIAN2_LOIHI, *, t_epoch: int = 1) -> float:
    """The fraction of a trace that one decay leaves.

    Parameters
    ----------
    tau : float
        Time constant in steps.
    convention
        Whose decay it is.
    t_epoch : int
        Steps of a learning epoch, for a convention in which traces fade once an epoch.

    Returns
    -------
    float

    Examples
    --------
    >>> from snnlab.loihi import LAVA
    >>> print(f"{trace_kept(10):.4f} {trace_kept(10, LAVA):.4f}")
    0.9000 0.9048
    """
    steps = non_negative("tau", tau)
    if not steps:
        return 0.0
    if convention.trace_decay == FIRST_ORDER:
        if steps < 1:
            raise ValueError(
                f"tau must be 0 or at least 1 where a step leaves 1 - 1/tau, as in {convention.name}, "
                f"got {steps:g}"
            )
        return 1.0 - 1.0 / steps
    if convention.trace_decay == EXPONENTIAL:
        return math.exp(-1.0 / steps)
    if convention.trace_decay == ONCE_AN_EPOCH:
        return math.exp(-check_epoch(t_epoch) / steps)
    raise ValueError(
        f"trace_decay must be EXPONENTIAL, FIRST_ORDER or ONCE_AN_EPOCH, got {convention.trace_decay!r}"
    )


def check_epoch(t_epoch: int) -> int:
    """`t_epoch`, if an epoch can last so long."""
    if whole("t_epoch", t_epoch, 1) > EPOCH_MAX:
        raise ValueError(f"t_epoch must be at most {EPOCH_MAX}, got {t_epoch}")
    return int(t_epoch)


def traces_of(traces: Traces, names: tuple[str, ...]) -> tuple[Trace, ...]:
    """The traces of these names."""
    if not isinstance(traces, Traces):
        raise TypeError(f"traces must be Traces, got {type(traces).__name__}")
    return tuple(getattr(traces, name) for name in names)


def trace_numbers(
    names: tuple[str, ...], traces: tuple[Trace, ...], convention: Convention, t_epoch: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the kernels take of each trace: what a decay leaves, whole part and 256ths of the impulse."""
    kept, whole_parts, parts = [], [], []
    for name, trace in zip(names, traces, strict=True):
        if not isinstance(trace, Trace):
            raise TypeError(f"{name} must be a Trace, got {type(trace).__name__}")
        impulse = as_real(f"the impulse of {name}", trace.impulse)
        if not 0 <= impulse <= TRACE_MAX:
            raise ValueError(f"the impulse of {name} must be from 0 to {TRACE_MAX}, got {impulse:g}")
        kept.append(trace_kept(trace.tau, convention, t_epoch=t_epoch))
        whole_parts.append(math.floor(impulse))
        parts.append(round((impulse - math.floor(impulse)) * PARTS))
    return np.array(kept), np.array(whole_parts, float), np.array(parts, float)


def simulate_trace(
    spikes: ArrayLike,
    trace: Trace,
    convention: Convention = BRIAN2_LOIHI,
    *,
    rng: np.random.Generator,
) -> np.ndarray:
    """A trace of each neuron, step by step, with learning epochs of one step.

    Parameters
    ----------
    spikes : array of 0 and 1 of shape (steps,) or (steps, n)
        The spikes of the neurons.
    trace
        How it grows and fades.
    convention
        How the chip is read. Each neuron has random numbers of its own here.
    rng
        Where the random numbers come from.

    Returns
    -------
    array of int16 of shape (steps, n)
        The trace in each step, the spike of that step included.

    Examples
    --------
    >>> x = simulate_trace([1, 0, 0, 0], Trace(100, 10), rng=np.random.default_rng(1))
    >>> print(x.ravel())
    [100  90  81  73]
    """
    raster = whole_array("spikes", spikes, 0, 1)
    if raster.ndim not in (1, 2):
        raise ValueError(f"spikes must have shape (steps,) or (steps, n), got {raster.shape}")
    raster = np.ascontiguousarray(raster if raster.ndim == 2 else raster[:, None], np.uint8)
    convention = check_convention(convention)
    numbers = trace_numbers(("the trace",), (trace,), convention, 1)
    steps, n = raster.shape
    x, fired = np.zeros((1, n)), np.zeros(n, np.int32)
    past = np.zeros((2, 1, n))
    out = np.zeros((steps, n), np.int16)
    seed = seed_from(rng)
    for t in range(steps):
        fired[:] = raster[t]
        fill_history(
            x, past, fired, *numbers, True, False, True, 0.0, 0.0, seed, 0, t, convention.impulse_random
        )
        x[:] = past[1]
        out[t] = x[0]
    return out


@inlined_kernel
def step(x, kept, impulse, part, fired, r_decay, r_impulse):
    """The trace one step later; `r_impulse` is compared with the 256ths of the impulse."""
    left = kept * x
    x = math.floor(left) + (1.0 if r_decay < left - math.floor(left) else 0.0)
    if fired:
        x = min(x + impulse + (1.0 if r_impulse < part else 0.0), 127.0)
    return x


@kernel
def drawn(seed, stream, counter):
    """A random number from 0 to 1, compiled once for all that draw."""
    return uniform(seed, stream, counter)


@kernel
def random_of(own, shared, seed, use, trace, neuron, t, below):
    """A random number from 0 to `below`, of this trace of this neuron in step t, or the shared one."""
    stream = np.uint64((neuron * 8 + trace) * 4 + use)
    return below * drawn(seed, stream, np.uint64(t)) if own else shared


@uncounted_kernel
def fill_history(
    x, past, fired, kept, impulse, part, rounds, once, own, r_decay, r_impulse, seed, first, start, below
):  # fmt: skip
    """Traces `x[trace, neuron]` through an epoch: `past[q]` after its step q, `past[0]` before the first.

    `fired[neuron]` is the step of the epoch in which it fired last, 0 for none; `first` the number of the
    first trace among all five, and `start` how many steps were before the epoch.
    """
    steps = past.shape[0] - 1
    for a in range(x.shape[0]):
        for k in range(x.shape[1]):
            value = x[a, k]
            past[0, a, k] = value
            for q in range(1, steps + 1):
                hit = fired[k] == q
                fades = kept[a]
                if once:
                    hit = q == steps and fired[k] > 0
                    fades = kept[a] if q == steps else 1.0
                if rounds:  # random numbers are drawn where something is left to round
                    by_decay, by_impulse = 0.0, 0.0
                    if fades * value != math.floor(fades * value):
                        by_decay = random_of(own, r_decay, seed, DECAY, first + a, k, start + q, 1.0)
                    if hit and part[a] > 0.0:
                        by_impulse = random_of(
                            own, r_impulse, seed, IMPULSE, first + a, k, start + q, 1.0 * below
                        )
                    value = step(value, fades, impulse[a], part[a], hit, by_decay, math.floor(by_impulse))
                else:
                    value = fades * value
                    if hit:
                        value += impulse[a] + part[a] / PARTS
                past[q, a, k] = value


@uncounted_kernel
def note_spikes(spikes, fired, x, q, t, once, rounds, impulse, part, own, shared, seed, first, below):
    """Write the step of each spike down; an earlier one of the epoch leaves its impulse at once."""
    for k in range(fired.size):
        if spikes[k]:
            if fired[k] > 0 and not once:
                for a in range(x.shape[0]):
                    r = math.floor(random_of(own, shared, seed, EXTRA, first + a, k, t, 1.0 * below))
                    x[a, k] += impulse[a]
                    if rounds:
                        x[a, k] = min(x[a, k] + (1.0 if r < part[a] else 0.0), 127.0)
            fired[k] = q
