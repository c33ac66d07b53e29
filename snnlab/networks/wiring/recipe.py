r"""A recipe: so many synapses between two populations, drawn when they are needed and not before.

Synapse $s$ of a projection is a function of a seed and of its number alone. Its ends are those of
`fixed_total`, and its weight and its delay are normally distributed between their ends,

$$ j = \lfloor u_1 N_{pre} \rfloor, \quad i = \lfloor u_2 N_{post} \rfloor, \qquad
x = \mu + \sigma z, \quad low \le x \le high $$

with $u$ and $z$ from `snnlab.random`; a $z$ that falls outside is drawn again, from the next stream. So
nobody has to keep a list of synapses in order to sort it: they are counted first, by the neuron that fires,
and then each is drawn once more and put where it belongs (`snnlab.networks.running.drawn_rows`).

A weight keeps the 24 bits of float32, and a delay is a whole number of its `grid`.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import checked, whole
from snnlab.compiling import kernel
from snnlab.networks.wiring.connections import Connections, size
from snnlab.networks.wiring.memory import refuse_beyond_the_machine
from snnlab.networks.wiring.weighting import TruncatedNormal, check_truncated
from snnlab.random import normal, uniform_pair
from snnlab.work_and_memory import slices

__all__ = ["NS", "Grid", "Recipe", "Undrawn", "between_ends", "grid_of", "synapse", "undrawn"]

NS = 150.0
"""Nanoseconds that it takes to draw a synapse, about."""

_ENDS, _W, _DELAY, _AGAIN = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(2)  # streams of chance


class Recipe(NamedTuple):
    """How many synapses, and what their weights and delays are drawn from.

    A network takes it in place of connections. It is for networks of many million synapses: those take 9
    bytes each, and no more while they are drawn.

    Examples
    --------
    >>> from snnlab.networks import Network, Population
    >>> net = Network(cells=Population(100), rng=np.random.default_rng(1))
    >>> w, delay = TruncatedNormal(0.1, 0.01, 0.0, 0.2), TruncatedNormal(1.5, 0.75, 0.1, 9.0, grid=0.1)
    >>> net.connect("cells", "cells", Recipe(1000, w, delay))
    >>> bool(net.connections("cells", "cells").delay.min() >= 0.1)
    True
    """

    n: int
    """Number of synapses; two may share their ends, and a neuron may be joined to itself."""
    w: TruncatedNormal
    """Weights, in the unit of the synapses."""
    delay: TruncatedNormal
    """Delays, ms; its `grid` is a multiple of the time step, and not 0."""


class Grid(NamedTuple):
    """The delays of a recipe in steps of their grid."""

    size: float
    """A step, ms."""
    least: float
    """The shortest delay, in steps."""
    most: float
    """The longest."""


class Undrawn(NamedTuple):
    """The synapses of a recipe between two populations, which are not drawn yet."""

    recipe: Recipe
    n_pre: int
    n_post: int
    seed: np.uint64

    @property
    def n(self) -> int:
        """How many there are."""
        return self.recipe.n

    @property
    def longest(self) -> float:
        """The longest delay that can be drawn, ms."""
        grid = grid_of(self.recipe.delay)
        return grid.size * grid.most

    def drawn(self) -> Connections:
        """All of them, in the order of their numbers."""
        (n, w, delay), grid = self.recipe, grid_of(self.recipe.delay)
        refuse_beyond_the_machine(n)
        pre, post, weights, late = (np.empty(n, kind) for kind in (np.int32, np.int32, np.float32, np.int32))
        for begin, end in slices(n, NS):
            own = slice(begin, end)
            draw(pre[own], post[own], weights[own], late[own], begin, self[1:3], w, delay, grid, self.seed)
        return Connections(pre, post, weights.astype(float), late * grid.size, self.n_pre, self.n_post)


def grid_of(delay: TruncatedNormal) -> Grid:
    """Delays of a recipe in steps, for kernels too."""
    least, most = math.ceil(delay.low / delay.grid - 1e-9), math.floor(delay.high / delay.grid + 1e-9)
    return Grid(delay.grid, float(least), float(most))


def undrawn(recipe: Recipe, n_pre: int, n_post: int, seed: np.uint64) -> Undrawn:
    """The recipe for populations of these sizes, if its numbers are valid."""
    n, w, delay = checked("the recipe", recipe, Recipe)
    w, delay = check_truncated(w), check_truncated(delay)
    if delay.grid <= 0.0:
        raise ValueError(f"delay.grid must be a multiple of dt for a recipe, got {delay.grid:g}")
    if delay.low < 0.0:
        raise ValueError(f"delay must be zero or positive, got one that begins at {delay.low:g}")
    if max(abs(w.low), abs(w.high)) > float(np.finfo(np.float32).max):
        raise ValueError(f"w must be within the range of float32, got {w.low:g} to {w.high:g}")
    numbers = (TruncatedNormal(*map(float, x)) for x in (w, delay))
    return Undrawn(Recipe(whole("n", n), *numbers), size("n_pre", n_pre), size("n_post", n_post), seed)


@kernel
def between_ends(seed, stream, s, mean, sd, low, high):
    """The first number of the normal distribution that lies from `low` to `high`."""
    x = mean + sd * normal(seed, stream, s)
    while x < low or x > high:
        stream += _AGAIN
        x = mean + sd * normal(seed, stream, s)
    return x


@kernel
def synapse(s, sizes, w, delay, grid, seed):
    """Synapse number `s`: who fires, who is told, the weight, and the delay in steps of the grid."""
    number = np.uint64(s)
    a, b = uniform_pair(seed, _ENDS, number)
    weight = between_ends(seed, _W, number, w.mean, w.sd, w.low, w.high)
    late = between_ends(seed, _DELAY, number, delay.mean, delay.sd, delay.low, delay.high)
    steps = min(max(np.rint(late / grid.size), grid.least), grid.most)
    return int(a * sizes[0]), int(b * sizes[1]), np.float32(weight), int(steps)


@kernel
def draw(pre, post, w, late, begin, sizes, of_w, of_delay, grid, seed):
    """Those from number `begin` on, as many as there is room for."""
    for k in range(len(pre)):
        pre[k], post[k], w[k], late[k] = synapse(begin + k, sizes, of_w, of_delay, grid, seed)
