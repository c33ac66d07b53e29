r"""Poisson drives: each neuron of a population gets a Poisson train of its own from outside.

$n$ independent trains of rate $\nu$ are together one Poisson process of rate $n \nu$, each spike of which
belongs to a neuron drawn at random. Its intervals are exponential,

$$ \Delta t = -\frac{\ln(1 - u)}{n \nu}, \qquad u \text{ uniform in } [0, 1) $$

so a drive costs one logarithm a spike, however many steps there are. Where spikes are many, the number $k$
that a neuron gets in a step is drawn, which costs one random number a step, however many spikes there are.
With $m = \nu \Delta t$ it is the smallest with

$$ u < \sum_{j=0}^{k} e^{-m} \frac{m^j}{j!} $$
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.random import uniform_pair

__all__ = ["Drives", "chances", "drive", "drive_some", "drives_of", "fill_chances"]

OFTEN = 0.25
"""Spikes a step and neuron from which on they are counted and not dated: both take as long there."""

FEW = 8
"""Numbers of spikes of a step that are found without a branch: 0 to 7. `chances` has no fewer."""

BLOCK = 32
"""Pairs of neurons that are counted together."""


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
    at_most: np.ndarray
    """Chance that a neuron gets at most so many in a step, shape (drives, numbers); see `chances`."""


def chances(means: np.ndarray) -> np.ndarray:
    """The chance of at most 0, 1, 2, … spikes in a step, for each mean: shape (means, numbers).

    The last of each row is 1. Means of drives whose spikes are not counted may be taken for 0.
    """
    means = np.where(means < OFTEN, 0.0, means)
    most = means.max(initial=0.0)
    numbers = int(most + 10.0 * math.sqrt(most)) + 20  # more than that is rarer than a last digit
    at_most = np.empty((means.size, numbers))
    for row, mean in zip(at_most, means.tolist(), strict=True):
        fill_chances(row, mean)
    return at_most


@kernel
def fill_chances(at_most, mean):
    r"""The chance of at most 0, 1, 2, … spikes where `mean` are expected; the last is 1.

    Each chance $p_k$ is $m / k$ times the one before. They are counted from the largest on, so that none is
    too large for a number, and divided by their sum.
    """
    largest = min(int(mean), len(at_most) - 1)
    at_most[largest] = 1.0
    for k in range(largest, 0, -1):
        at_most[k - 1] = at_most[k] * k / mean
    for k in range(largest + 1, len(at_most)):
        at_most[k] = at_most[k - 1] * mean / k
    for k in range(1, len(at_most)):
        at_most[k] += at_most[k - 1]
    total = at_most[len(at_most) - 1]
    for k in range(len(at_most)):
        at_most[k] /= total


def drives_of(parts: Sequence[tuple[int, int, float, float]], n: int, dt: float) -> Drives:
    """Drives of `n` neurons in all: of each the first neuron, how many, the rate (Hz) and the weight."""
    columns = np.array(parts, float).reshape(-1, 4).T
    first, count, rate, w = columns[0].astype(np.int64), columns[1].astype(np.int64), columns[2], columns[3]
    per_neuron = rate * dt / 1000.0
    return Drives(first, count, first + n * (w < 0), w.copy(), per_neuron * count, chances(per_neuron))


@uncounted_kernel
def drive(t, state, drives):
    """Add to row `t` of the ring what the drives bring in step `t`."""
    drive_some(0, len(state.v), t, state.drives, state.drawn, state, drives)


@uncounted_kernel
def drive_some(begin, end, t, coming, drawn, state, drives):
    """What they bring to the neurons from `begin` to `end` alone.

    All numbers are drawn, or passed over, as for all neurons: `coming` and `drawn` stand for those fields of
    the state, and go on in the same way whichever neurons these are. Of a drive whose spikes are counted two
    neurons that share a number stay together.
    """
    seed = state.seed[0]
    row = state.ring[t & (len(state.ring) - 1)]
    for d in range(len(drives.n)):
        per_step, stream = drives.per_step[d], np.uint64(d)
        low = max(begin - drives.first[d], 0)
        high = min(end - drives.first[d], drives.n[d])
        driven = row[drives.column[d] : drives.column[d] + drives.n[d]]
        if per_step >= OFTEN * drives.n[d]:
            if low < high:
                first = drawn[d] + np.uint64(low // 2)
                count(driven[low:high], drives.w[d], drives.at_most[d], seed, stream, first)
            drawn[d] += np.uint64((drives.n[d] + 1) // 2)
        elif per_step > 0.0:
            if coming[d] < 0.0:  # before its first spike
                coming[d] = t + interval(seed, stream, drawn, d, per_step)
            while coming[d] < t + 1:
                _, which = uniform_pair(seed, stream, drawn[d])
                j = np.int64(which * drives.n[d])
                if low <= j < high:
                    driven[j] += drives.w[d]
                drawn[d] += np.uint64(1)
                coming[d] += interval(seed, stream, drawn, d, per_step)


@uncounted_kernel
def interval(seed, stream, drawn, d, per_step):
    """The time to the next spike of drive `d`, in steps."""
    u, _ = uniform_pair(seed, stream, drawn[d])
    return -math.log1p(-u) / per_step


@uncounted_kernel
def count(driven, w, at_most, seed, stream, first):
    """Add to each of `driven` its spikes of a step; two neurons share a random number of 128 bits.

    The numbers below `FEW` are found without a branch, so that a processor works on several neurons at a
    time. Of a block with a larger one these are drawn once more.
    """
    pairs = (len(driven) + 1) // 2
    for begin in range(0, pairs, BLOCK):
        end = min(begin + BLOCK, pairs)
        some, number = driven[2 * begin : 2 * end], first + np.uint64(begin)
        if count_few(some, w, at_most, seed, stream, number) > 0 or len(some) % 2 == 1:
            count_others(some, w, at_most, seed, stream, number)


@uncounted_kernel
def count_few(driven, w, at_most, seed, stream, first):
    """All whole pairs of `driven` whose numbers are below `FEW`; returns how many others there are."""
    p0, p1, p2, p3 = at_most[0], at_most[1], at_most[2], at_most[3]
    p4, p5, p6, p7 = at_most[4], at_most[5], at_most[6], at_most[7]
    others = 0
    for pair in range(len(driven) // 2):
        a, b = uniform_pair(seed, stream, first + np.uint64(pair))
        k = (a >= p0) + (a >= p1) + (a >= p2) + (a >= p3) + (a >= p4) + (a >= p5) + (a >= p6)
        m = (b >= p0) + (b >= p1) + (b >= p2) + (b >= p3) + (b >= p4) + (b >= p5) + (b >= p6)
        driven[2 * pair] += w * k if a < p7 else 0.0
        driven[2 * pair + 1] += w * m if b < p7 else 0.0
        others += (a >= p7) + (b >= p7)
    return others


@uncounted_kernel
def count_others(driven, w, at_most, seed, stream, first):
    """What `count_few` left out."""
    for pair in range((len(driven) + 1) // 2):
        a, b = uniform_pair(seed, stream, first + np.uint64(pair))
        last = 2 * pair + 1 == len(driven)  # and has a number for itself
        if a >= at_most[FEW - 1] or last:
            driven[2 * pair] += w * how_many(a, at_most)
        if b >= at_most[FEW - 1] and not last:
            driven[2 * pair + 1] += w * how_many(b, at_most)


@uncounted_kernel
def how_many(u, at_most):
    """The smallest number whose chance is more than `u`."""
    k = 0
    while u >= at_most[k]:
        k += 1
    return k
