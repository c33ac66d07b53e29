r"""When all neurons of a layer fire: those of `snnlab.learning.spike_times.alpha_neuron`, solved together.

Lambert's function is most of the work of a layer: three steps of an iteration, each of which waits for the
one before it. One neuron's iteration does not wait for another's, though. So all neurons go on to the first
gap between two arrivals in which they may cross; then the equations of all of them are solved at once, each
operation for as many as a register of the processor holds; and those that do not cross in their gap go on to
the next one.

Each number is computed as `fire` does, which takes one neuron after another: the two agree to the last bit.
"""

import math

from snnlab.compiling import kernel, uncounted_kernel
from snnlab.learning.spike_times.crossing import (
    LOWEST,
    MOST_STEPS,
    halley,
    lambert_argument,
    lambert_start,
    may_cross,
    rise_at_threshold,
    small_enough,
    step,
    time_from_lambert,
    within_gap,
)
from snnlab.neurons.branchless_exponential import exponential

__all__ = ()

NUMBERS, COUNTS = 6, 2
"""Rows of the room that is needed: of numbers, and of whole numbers; a column for each neuron."""


@uncounted_kernel
def fire_together(w, times, order, left, n, k, theta, fired, rise, numbers, counts):
    """When each neuron first reaches its threshold, and how steeply; infinite and 0 if it never does.

    A row of `w` is a neuron. `numbers` and `counts` are room.
    """
    who, at = counts[0], counts[1]
    a, b, after, s, z, lambert = numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]
    waiting = w.shape[0]
    for j in range(waiting):
        who[j], at[j], a[j], b[j] = j, 0, 0.0, 0.0
        fired[j], rise[j] = math.inf, 0.0
    while waiting > 0:
        asked = 0
        for c in range(waiting):
            j = who[c]
            e, a_j, b_j, next_a = next_gap(w[j], times, order, left, n, k, theta, at[c], a[c], b[c])
            if e < n:
                who[asked], at[asked], a[asked], b[asked], after[asked] = j, e, a_j, b_j, next_a
                asked += 1
        crossing_times(a, b, asked, k, theta, s, z, lambert)
        waiting = 0
        for c in range(asked):
            j, e = who[c], at[c]
            now, then = times[order[e]], times[order[e + 1]] if e + 1 < n else math.inf
            fired[j], s_j = within_gap(s[c], now, then, after[c], theta)
            if fired[j] < math.inf:
                rise[j] = rise_at_threshold(b[c] * exponential(-k * s_j), k * theta)
            elif e + 1 < n:
                a_j, b_j = step(a[c], b[c], then - now, left[e + 1])
                who[waiting], at[waiting], a[waiting], b[waiting] = j, e + 1, a_j, b_j
                waiting += 1


@uncounted_kernel
def next_gap(w, times, order, left, n, k, theta, e, a, b):
    """The first gap, from the arrival `e` on, in which a neuron may cross: its number, or n if there is none.

    `a` and `b` are those just before the arrival. Besides the number come those just after the arrival with
    which the gap begins, and the potential where it ends, 0 for the last gap.
    """
    while e < n:
        now, then, next_a, next_b = times[order[e]], math.inf, 0.0, 0.0
        b += w[order[e]]
        if e + 1 < n:
            then = times[order[e + 1]]
            next_a, next_b = step(a, b, then - now, left[e + 1])
        if may_cross(a, b, then - now, next_a, k, theta):
            return e, a, b, next_a
        a, b, e = next_a, next_b, e + 1
    return n, a, b, 0.0


@kernel
def crossing_times(a, b, n, k, theta, s, z, w):
    """The first n times of `crossing_time`, into `s`; `z` and `w` are room, w for Lambert's function.

    The loops have no branches: who has arrived stays, and is computed along with the others.
    """
    for c in range(n):
        z[c] = lambert_argument(a[c], b[c], k, theta)
        w[c], near = lambert_start(z[c])
        s[c] = 0.0 if near else 1.0  # whether there is still a step to make
    for _ in range(MOST_STEPS):
        moving = 0.0
        for c in range(n):
            change = halley(w[c], z[c])
            w[c] -= change if s[c] > 0.0 else 0.0
            s[c] = 0.0 if small_enough(change, w[c]) else s[c]
        for c in range(n):
            moving += s[c]
        if moving == 0.0:
            break
    for c in range(n):
        s[c] = time_from_lambert(a[c], b[c], k, w[c]) if z[c] >= LOWEST else math.inf
