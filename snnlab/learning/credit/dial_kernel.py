"""The dial of `credit_dial` as a kernel: each theory learns for some steps, then points somewhere.

What each theory tells the weights stands in `theory_kernels`. The network is copied for each of them, and so
is the feedback that it begins with.
"""

import math
from typing import NamedTuple

from snnlab.compiling import kernel
from snnlab.learning.credit.alignment_course import transpose_into
from snnlab.learning.credit.padded_layers import matrices_angle, square_of_sum
from snnlab.learning.credit.settling_kernels import add_settled_gradient, settle_sample
from snnlab.learning.credit.theory_kernels import (
    add_dendritic,
    add_direct,
    add_predictive,
    add_sent_back,
    add_settled,
    add_target,
    learn_inverses,
    mirror,
    show,
)

__all__ = ["DialNumbers", "run_dial"]

PREDICTIVE, EQUILIBRIUM, CONTRASTIVE, _, DIRECT, MIRROR, KOLEN_POLLACK, TARGET, DENDRITIC = range(9)
"""The theories, in the order of `credit_dial.THEORIES`."""

CORNERS, NEEDLES = 5, 4  # of a bar, its gap too; of the dial
FULL = 200  # sweeps of the network whose gradient equilibrium propagation is compared with


class DialNumbers(NamedTuple):
    """What is the same whatever is turned.

    Examples
    --------
    >>> DialNumbers().rate
    0.2
    """

    rate: float = 0.2
    """Of learning."""
    relaxing: float = 0.2
    """How far units of predictive coding go in one step."""
    apical: float = 0.5
    """Which share of its apical potential reaches a cell."""
    forgets: float = 0.03
    """Which share of all weights Kolen and Pollack's network forgets in one step."""
    noise: float = 0.5
    """Of a weight mirror, its standard deviation."""
    mirrored: float = 0.1
    """The learning rate of a weight mirror, and which share it forgets in one step."""
    hears: int = 20
    """Samples of noise in one step of a weight mirror."""
    shaken: float = 0.1
    """The noise from which inverses learn, its standard deviation."""
    inverted: float = 0.2
    """Their learning rate."""


@kernel
def run_dial(
    seen,
    work,
    changes,
    ways,
    w,
    down,
    direct,
    ends,
    sizes,
    theory,
    pull,
    sweeps,
    done,
    numbers,
    seed,
):
    """All theories, and what there is to see of one."""
    told, gradient = changes[0], changes[1]
    settles, steps = int(sweeps), int(done)
    for which in range(seen.others.size // CORNERS):
        start = direct if which == DIRECT else down
        copy(changes[3], w)
        copy(ways[0], start)
        learn(which, work, changes, ways, ends, sizes, pull, settles, steps, numbers, seed)
        tell(which, told, changes[3], ways[0], changes[2], ends, work, pull, settles, numbers)
        find_gradient(which, gradient, changes[3], changes[2], ends, work)
        one = matrices_angle(told, gradient)
        bar(seen.others, which, math.nan if which == theory - 1 else one)
        bar(seen.chosen, which, one if which == theory - 1 else math.nan)
        if which == theory - 1:
            seen.which[0] = which
            describe(seen, told, gradient, sizes)


@kernel
def copy(to, matrices):
    """Matrices as they are."""
    for layer in range(matrices.shape[0]):
        for post in range(matrices.shape[1]):
            for pre in range(matrices.shape[2]):
                to[layer, post, pre] = matrices[layer, post, pre]


@kernel
def tell(which, told, w, way, true_down, ends, work, pull, sweeps, numbers):
    """The update of one theory over the batch; `way` leads down, and transposes are filled in, too."""
    told[:, :, :] = 0.0
    transpose_into(true_down, w)
    factor = 1.0 / ends.shape[0]
    for n in range(ends.shape[0]):
        if which == PREDICTIVE:
            add_predictive(told, w, true_down, ends[n], work, 1.0 / pull, sweeps, numbers.relaxing, factor)
        elif which == EQUILIBRIUM:
            add_settled(told, w, ends[n], work, pull, 1.0, sweeps, factor)
        elif which == CONTRASTIVE:
            add_settled(told, w, ends[n], work, math.inf, pull, sweeps, factor)
        elif which == DIRECT:
            add_direct(told, w, way, ends[n], work, factor)
        elif which == TARGET:
            add_target(told, w, way, ends[n], work, pull, factor)
        elif which == DENDRITIC:
            add_dendritic(told, w, ends[n], work, pull, numbers.apical, sweeps, factor)
        else:
            add_sent_back(told, w, way, ends[n], work, factor)


@kernel
def learn(which, work, changes, ways, ends, sizes, pull, sweeps, done, numbers, seed):
    """Steps of learning by one theory; weights and feedback are changed in place."""
    told, w, way, hidden = changes[0], changes[3], ways[0], sizes[1:]
    kept = 1.0 - numbers.forgets if which == KOLEN_POLLACK else 1.0
    for step in range(done):
        tell(which, told, w, way, changes[2], ends, work, pull, sweeps, numbers)
        for layer in range(w.shape[0]):
            for post in range(w.shape[1]):
                for pre in range(w.shape[2]):
                    change = numbers.rate * told[layer, post, pre]
                    w[layer, post, pre] = kept * w[layer, post, pre] - change
                    if which == KOLEN_POLLACK and layer > 0:
                        way[layer - 1, pre, post] = kept * way[layer - 1, pre, post] - change
        if which == MIRROR:
            first = step * numbers.hears
            mirror(way, w, hidden, work, numbers.hears, numbers.noise, numbers.mirrored, seed, first)
        if which == TARGET:
            first = step * ends.shape[0]
            learn_inverses(way, ways[1], w, hidden, ends, work, numbers.shaken, numbers.inverted, seed, first)


@kernel
def find_gradient(which, gradient, w, true_down, ends, work):
    """The gradient over the batch, of the network as the theory uses it: with feedback, or without."""
    gradient[:, :, :] = 0.0
    factor, h = 1.0 / ends.shape[0], work[0]
    for n in range(ends.shape[0]):
        if which == EQUILIBRIUM:
            show(w, ends[n], h)
            settle_sample(w, h, ends[n, 1], 0.0, 1.0, FULL)
            add_settled_gradient(gradient, w, h, ends[n, 1], work[1], 1.0, FULL, factor)
        else:
            add_sent_back(gradient, w, true_down, ends[n], work, factor)


@kernel
def bar(bars, which, height):
    """The corners of one bar, and a gap."""
    place = CORNERS * which
    bars[place] = bars[place + 3] = 0.0 * height  # NaN for one that is not drawn
    bars[place + 1] = bars[place + 2] = height
    bars[place + 4] = math.nan


@kernel
def describe(seen, told, gradient, sizes):
    """Angles, needles and the two updates of the theory that is chosen."""
    seen.angle[0] = matrices_angle(told, gradient)
    seen.first[0] = matrices_angle(told[0:1], gradient[0:1])
    seen.second[0] = matrices_angle(told[1:2], gradient[1:2])
    seen.third[0] = matrices_angle(told[2:3], gradient[2:3])
    size = math.sqrt(square_of_sum(1.0, told, 0.0, told))
    true = math.sqrt(square_of_sum(1.0, gradient, 0.0, gradient))
    seen.length[0] = size / true
    stack(seen.told, told, sizes, size)
    stack(seen.gradient, gradient, sizes, true)
    arc = seen.along.size - 2 * NEEDLES
    for k in range(arc):
        seen.along[k] = math.cos(math.pi * k / (arc - 1.0))
        seen.arc[k] = math.sin(math.pi * k / (arc - 1.0))
        seen.whole[k] = seen.needle_1[k] = seen.needle_2[k] = seen.needle_3[k] = math.nan
    needle(seen, seen.whole, arc, seen.angle[0])
    needle(seen, seen.needle_1, arc + 2, seen.first[0])
    needle(seen, seen.needle_2, arc + 4, seen.second[0])
    needle(seen, seen.needle_3, arc + 6, seen.third[0])


@kernel
def needle(seen, line, place, degrees):
    """A needle from the middle of the dial; no other line has its places."""
    for k in range(place, place + 2):
        seen.along[k] = 0.0
        seen.arc[k] = seen.whole[k] = seen.needle_1[k] = seen.needle_2[k] = seen.needle_3[k] = math.nan
    if not math.isnan(degrees):
        seen.along[place + 1] = math.cos(math.radians(degrees))
        line[place], line[place + 1] = 0.0, math.sin(math.radians(degrees))


@kernel
def stack(rows, matrices, sizes, size):
    """Matrices one above the other, as shares of `size`; NaN beyond them."""
    row = 0
    for layer in range(matrices.shape[0]):
        for post in range(sizes[layer + 1]):
            for pre in range(rows.shape[1]):
                inside = pre < sizes[layer]
                rows[row, pre] = matrices[layer, post, pre] / size if inside else math.nan
            row += 1
