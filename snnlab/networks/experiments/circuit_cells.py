r"""A hundredth of the cortical microcircuit that a kernel wires for itself, from a seed.

It is `snnlab.networks.microcircuit` at this scale, with two numbers that can be moved: the rate $\nu$ of each
train from outside, and $g$, how many times stronger an inhibitory synapse is than an excitatory one,

$$ w_I = -\frac{g\, w}{\sqrt{s}}, \qquad \lambda_a = s\, K_a\, \nu $$

with the share $s$ of the neurons, and $K_a$ trains into a neuron of population $a$ of the whole. The constant
current that stands for all that is missing stays as it is at 8 Hz and $g = 4$: it is a current of one working
point. So what is moved here is moved in the synapses that are left, and what answers are these as well.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import affordable
from snnlab.compiling import kernel
from snnlab.networks.cells.cells import Cells, NetworkState, cells_of
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import ExponentialCurrents
from snnlab.networks.microcircuit import (
    CELLS,
    DELAYS,
    NEURON,
    OUTSIDE_RATE,
    START,
    TAU,
    G,
    circuit_numbers,
    scattered,
    spread_out,
)
from snnlab.networks.running.delivery import rows_for
from snnlab.networks.running.drawn_rows import count_sources, put_drawn
from snnlab.networks.running.events import Events
from snnlab.networks.running.poisson_drive import Drives, drives_of
from snnlab.networks.wiring.recipe import between_ends, grid_of
from snnlab.random import philox

__all__ = ["DT", "HUNDREDTH", "SIZES", "Tables", "Work", "tables", "wired", "work"]

DT = 0.1  # ms
HUNDREDTH = circuit_numbers(0.01)
SIZES = tuple(HUNDREDTH.n.tolist())
_LATEST = round(4.0 * max(DELAYS) / DT)  # steps, the longest delay that is drawn
_WIRING, _START = np.uint64(100), np.uint64(101)  # streams of chance; the drives have 0 to 7
_LOW, _HIGH = NEURON.v_reset - 50.0, NEURON.v_th  # of the potentials at the start

_scattered, _spread_out, _grid_of = kernel(scattered), kernel(spread_out), kernel(grid_of)


class Tables(NamedTuple):
    """What `cells_of`, `drives_of` and `circuit_numbers` say of the hundredth, as kernels take it."""

    of_cells: np.ndarray
    """Kind, refractory steps and number of neurons of each population, and the first neuron of each,
    int32 of shape (4, 9)."""
    of_steps: np.ndarray
    """The other fields of `Cells`, shape (14, 8)."""
    heard: np.ndarray
    """The synapses from each population to each, int32 of shape (8, 8)."""
    w_mean: np.ndarray
    """Their mean weight at g = 4, nA, shape (8, 8)."""
    of_trains: np.ndarray
    """Spikes a step into each population at 8 Hz, shape (8,)."""
    at_most: np.ndarray
    """As in `Drives`; no drive here is counted."""


class Work(NamedTuple):
    """The arrays in which a kernel wires the circuit and runs it."""

    begin: np.ndarray
    filled: np.ndarray
    post: np.ndarray
    w_each: np.ndarray
    late_each: np.ndarray
    potential: np.ndarray
    excites: np.ndarray
    inhibits: np.ndarray
    unused: np.ndarray
    free: np.ndarray
    step: np.ndarray
    delayed: np.ndarray
    waiting: np.ndarray
    """Of the loop of one delay, which the circuit does not take: nobody waits."""
    n_waiting: np.ndarray
    coming: np.ndarray
    drawn: np.ndarray
    seeds: np.ndarray
    none: np.ndarray
    per_step: np.ndarray
    w_trains: np.ndarray
    fired: np.ndarray


def tables() -> Tables:
    """The numbers of the hundredth."""
    populations = [
        Population(n, NEURON, ExponentialCurrents(TAU, TAU), i, np.zeros(n))
        for n, i in zip(SIZES, HUNDREDTH.i.tolist(), strict=True)
    ]
    cells, n = cells_of(populations, DT), sum(SIZES)
    parts = [(int(cells.first[p]), SIZES[p], HUNDREDTH.outside[p], 1.0) for p in range(len(CELLS))]
    drives = drives_of(parts, n, DT)
    of_cells = np.zeros((4, len(CELLS) + 1), np.int32)
    of_cells[0, :-1], of_cells[1, :-1], of_cells[2, :-1] = cells.kind, cells.hold, drives.n
    of_cells[3] = cells.first
    heard = HUNDREDTH.synapses.astype(np.int32)
    return Tables(of_cells, np.array(cells[5:]), heard, HUNDREDTH.w, drives.per_step, drives.at_most)


def work() -> Work:
    """Room for the hundredth."""
    n, synapses, parts = sum(SIZES), int(HUNDREDTH.synapses.sum()), len(CELLS)
    affordable(float(n + synapses))
    kinds: dict[str, type] = {"drawn": np.uint64, "seeds": np.uint64}
    kinds |= dict.fromkeys(("begin", "filled", "post", "late_each", "free", "step", "fired"), np.int32)
    kinds |= dict.fromkeys(("waiting", "n_waiting"), np.int32)
    shapes: dict[str, int | tuple[int, int]] = dict.fromkeys(Work._fields, n)
    shapes |= {"begin": n + 1, "delayed": (rows_for(_LATEST), 2 * n), "none": 0}
    shapes |= dict.fromkeys(("post", "w_each", "late_each"), synapses)
    shapes |= {"waiting": (1, n), "n_waiting": 1}
    shapes |= dict.fromkeys(("coming", "drawn", "per_step", "w_trains"), parts)
    shapes |= dict.fromkeys(("step", "seeds"), 1)
    return Work(**{name: np.zeros(shapes[name], kinds.get(name, np.float64)) for name in Work._fields})


@kernel
def _wire(work, sizes, first, heard, w_mean, g, seed):
    """All synapses, projection after projection, into the rows of who sends them."""
    parts, n = len(sizes), len(work.filled)
    for k in range(parts * parts):
        key, _ = philox(seed, _WIRING, np.uint64(k))
        of = k % parts
        count_sources(work.begin[first[of] + 1 :], 0, heard[k // parts, of], sizes[of], key)
    for j in range(n):
        work.begin[j + 1] += work.begin[j]
        work.filled[j] = work.begin[j]
    rows = Events(work.begin, work.post, work.w_each, work.late_each)
    for k in range(parts * parts):
        key, _ = philox(seed, _WIRING, np.uint64(k))
        to, of = k // parts, k % parts
        w = w_mean[to, of] * (g / G if of % 2 == 1 else 1.0)
        weights, delays = _scattered(w), _spread_out(DELAYS[of % 2], DT)
        where = first[to], n, 1, False
        pair = sizes[of], sizes[to]
        at = work.filled[first[of] :]
        put_drawn(at, rows, 0, heard[to, of], where, pair, weights, delays, _grid_of(delays), key)


@kernel
def wired(work, numbers, rows, w_outside, outside, g, seed):
    """The circuit before its first step, as the loops of `snnlab.networks` take it.

    `numbers` are `Tables`, `rows` are `NoRows`.
    """
    of_cells, of_steps, parts = numbers.of_cells, numbers.of_steps, len(numbers.of_trains)
    kind, hold, sizes, first = of_cells[0, :parts], of_cells[1, :parts], of_cells[2, :parts], of_cells[3]
    _wire(work, sizes, first, numbers.heard, numbers.w_mean, g, seed)
    for i in range(work.potential.size):
        work.potential[i] = between_ends(seed, _START, np.uint64(i), START[0], START[1], _LOW, _HIGH)
    work.step[0], work.seeds[0] = 0, seed
    for p in range(parts):
        work.coming[p], work.drawn[p] = -1.0, 0
        work.per_step[p] = numbers.of_trains[p] * outside / OUTSIDE_RATE
        work.w_trains[p] = w_outside
    unused, none = work.unused, work.none
    cells = Cells(
        rows, kind, kind, first, hold, of_steps[0], of_steps[1], of_steps[2], of_steps[3], of_steps[4],
        of_steps[5], of_steps[6], of_steps[7], of_steps[8], of_steps[9], of_steps[10], of_steps[11],
        of_steps[12], of_steps[13],
    )  # fmt: skip
    state = NetworkState(
        work.potential, work.excites, work.inhibits, unused, unused, unused, work.free, work.step, DT,
        work.delayed, work.waiting, work.n_waiting, work.coming, work.drawn, work.seeds, none, none, none,
        0, -1,
    )  # fmt: skip
    events = Events(work.begin, work.post, work.w_each, work.late_each)
    drives = Drives(first[:parts], sizes, first[:parts], work.w_trains, work.per_step, numbers.at_most)
    return state, cells, events, drives
