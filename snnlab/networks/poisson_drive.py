r"""Poisson drives: each neuron of a population gets a Poisson train of its own from outside.

$n$ independent trains of rate $\nu$ are together one Poisson process of rate $n \nu$, each spike of which
belongs to a neuron drawn at random. Its intervals are exponential,

$$ \Delta t = -\frac{\ln(1 - u)}{n \nu}, \qquad u \text{ uniform in } [0, 1) $$

so a drive costs one logarithm a spike, however many steps there are.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.compiling import uncounted_kernel
from snnlab.random import uniform_pair

__all__ = ["Drives", "drive", "drives_of"]


class Drives(NamedTuple):
    """The Poisson drives of a network, arrays of shape (drives,)."""

    first: np.ndarray
    """The first neuron that is driven, int64."""
    n: np.ndarray
    """How many are, int64."""
    column: np.ndarray
    """Where its spikes go in a row of the ring, from the first neuron on, int64."""
    w: np.ndarray
    """Weight of a spike."""
    per_step: np.ndarray
    """Spikes a step, of all neurons together."""


def drives_of(parts: Sequence[tuple[int, int, float, float]], n: int, dt: float) -> Drives:
    """Drives of `n` neurons in all: of each the first neuron, how many, the rate (Hz) and the weight."""
    columns = np.array(parts, float).reshape(-1, 4).T
    first, count, rate, w = columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3]
    return Drives(first, count, first + n * (w < 0), w.copy(), rate * count * dt / 1000.0)


@uncounted_kernel
def drive(t, state, drives):
    """Add to row `t` of the ring what the drives bring in step `t`."""
    seed = state.seed[0]
    row = state.ring[t & (len(state.ring) - 1)]
    for d in range(len(drives.n)):
        per_step = drives.per_step[d]
        if per_step > 0.0:
            stream = np.uint64(d)
            if state.drives[d] < 0.0:  # before its first spike
                state.drives[d] = t + interval(seed, stream, state.drawn, d, per_step)
            while state.drives[d] < t + 1:
                _, which = uniform_pair(seed, stream, state.drawn[d])
                row[drives.column[d] + np.int64(which * drives.n[d])] += drives.w[d]
                state.drawn[d] += np.uint64(1)
                state.drives[d] += interval(seed, stream, state.drawn, d, per_step)


@uncounted_kernel
def interval(seed, stream, drawn, d, per_step):
    """The time to the next spike of drive `d`, in steps."""
    u, _ = uniform_pair(seed, stream, drawn[d])
    return -math.log1p(-u) / per_step
