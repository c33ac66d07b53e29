"""Events: connections sorted by the neuron that fires, with delays in steps.

A spike goes to the targets of one neuron and touches nothing else. So the synapses of each neuron stand side
by side, those of neuron j from ``begin[j]`` to ``begin[j + 1]``: the *compressed sparse row* form, CSR.
"""

from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from snnlab.array_rules import Wholes
from snnlab.checks import checked, finite_array, positive
from snnlab.networks.wiring.connections import Connections, check_connections

__all__ = ["Events", "events_of", "whole_steps_of"]

_LATEST = 2**24  # steps; a ring of as many rows for one neuron takes 128 MB


def _weights(name: str, value: Any) -> np.ndarray:
    """`value`, if it is weights of a type that kernels take; nothing is copied."""
    array = value if type(value) is np.ndarray else finite_array(name, value, (1,), "(synapses,)")
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (synapses,), got {array.shape}")
    if array.dtype not in (np.float64, np.float32, np.int32):
        raise TypeError(f"{name} must be float64, float32 or int32, got {array.dtype}")
    return array


class Events(NamedTuple):
    """What the kernels take.

    Examples
    --------
    >>> events_of(Connections([1, 0], [0, 2], [5.0, 6.0], [0.3, 0.1], 2, 3), dt=0.1).begin
    array([0, 1, 2])
    """

    begin: Annotated[np.ndarray, Wholes("(n_pre + 1,)")]
    """Where the synapses of each neuron begin, and where the last ones end, int64 of shape (n_pre + 1,)."""
    post: Annotated[np.ndarray, Wholes("(synapses,)", np.int32)]
    """The neuron that is told, int32 of shape (synapses,)."""
    w: Annotated[np.ndarray, _weights]
    """Its weight, float64 or float32 (on Loihi int32) of shape (synapses,)."""
    late: Annotated[np.ndarray, Wholes("(synapses,)", np.int32)]
    """After how many steps, int32 of shape (synapses,)."""


def check_events(events: Events) -> Events:
    """`events`, if each neuron has the synapses that stand where `begin` says."""
    events = checked("events", events, Events)
    begin, n = events.begin, events.post.size
    if events.w.size != n:
        raise ValueError(f"w must have one for each of {n} synapses, got {events.w.size}")
    if not begin.size or begin[0] or begin[-1] != n or (np.diff(begin) < 0).any():
        raise ValueError(f"begin must rise from 0 to the number of synapses ({n}), got {begin!r:.60}")
    return events


def type_of_weights(dtype: DTypeLike) -> np.dtype:
    """`dtype`, if kernels take it."""
    try:
        kind = np.dtype(dtype)
    except (TypeError, ValueError, SyntaxError):  # NumPy reads a string as a small language
        raise TypeError(f"dtype must be float64 or float32, got {dtype!r:.60}") from None
    if kind not in (np.float64, np.float32):
        raise ValueError(f"dtype must be float64 or float32, got {kind}")
    return kind


def events_of(connections: Connections, dt: float, dtype: DTypeLike = np.float64) -> Events:
    """Connections as kernels take them.

    Parameters
    ----------
    connections
        In any order; those of one neuron keep theirs.
    dt : float
        Time step, ms. Every delay has to be a multiple of it, up to a millionth of a step.
    dtype
        Of the weights: float64, or float32 for half the memory.

    Examples
    --------
    >>> events = events_of(Connections([1, 0, 1], [0, 2, 1], [5.0, 6.0, 7.0], [0.3, 0.1, 0.2], 2, 3), dt=0.1)
    >>> print(events.begin, events.post, events.w, events.late)
    [0 1 3] [2 0 1] [6. 5. 7.] [1 3 2]
    """
    pre, post, w, delay, n_pre, _ = check_connections(connections)
    dt = positive("dt", dt)
    dtype = type_of_weights(dtype)
    late = whole_steps_of(delay, dt)
    begin = np.zeros(n_pre + 1, np.int64)
    np.cumsum(np.bincount(pre, minlength=n_pre), out=begin[1:])
    if (pre[1:] < pre[:-1]).any():
        order = _sorted_by(pre)
        post, w, late = post[order], w[order], late[order]
    with np.errstate(over="ignore"):
        w = w.astype(dtype, copy=False)
    if not np.isfinite(w).all():
        raise ValueError(
            f"w must be within the range of {np.dtype(dtype)}, got {np.abs(connections.w).max():g}"
        )
    return Events(begin, post, w, late)


def whole_steps_of(delay: np.ndarray, dt: float) -> np.ndarray:
    """Delays in steps, int32, if they are multiples of `dt` and not too long."""
    longest = delay.max(initial=0.0)
    if longest > _LATEST * dt:
        raise ValueError(f"delay must be at most {_LATEST} steps of dt ({dt:g} ms), got {longest:g}")
    steps = delay / dt
    late = np.rint(steps)
    wrong = np.abs(steps - late) > 1e-6
    if wrong.any():
        raise ValueError(f"delay must be a multiple of dt ({dt:g} ms), got {delay[np.argmax(wrong)]:.15g}")
    return late.astype(np.int32)


def _sorted_by(pre: np.ndarray) -> np.ndarray:
    """The stable order by `pre`, half of its bits after the other: NumPy sorts 16 bits in linear time."""
    order = np.argsort(pre.astype(np.uint16), kind="stable")
    high = (pre >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
