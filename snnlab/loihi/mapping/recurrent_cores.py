"""How many cores a network takes whose compartments hear one another, without its list of synapses.

The network is that of `snnlab.loihi.recurrent_graph`: compartment k hears the `fan_in` in a row from k times
`fan_in` on, round the ring of all. In their order, what a core uses follows from where its compartments begin
and end, and networks of many sizes can be compared; `snnlab.loihi.place_in_order` counts the same from the
list of synapses, and `snnlab.loihi.place` may find fewer cores in another order.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import whole_within
from snnlab.loihi.mapping.chip import (
    BLOCK,
    COMPARTMENTS,
    CORES,
    CORES_PER_TILE,
    HEADER,
    INDEX_BITS,
    INPUT_AXONS,
    OUTPUT_AXONS,
    PATIENT,
    SYNAPSE_WORDS,
    TILES_ACROSS,
    WORD,
)
from snnlab.records import blank, read

__all__ = ["RecurrentCores", "recurrent_cores"]

MOST = 1 << 20  # compartments
SIZES, SIZE_STEP = 64, 256  # of the networks along the curve
TOP = 256  # cores, of the curve
SIDE = 2  # cores along a side of a tile
ACROSS, ALONG = SIDE * TILES_ACROSS, CORES // (SIDE * TILES_ACROSS)  # cores of the chip
LIMITS = ("compartments", "input axons", "output axons", "synaptic memory", "number of cores")


class RecurrentCores(NamedTuple):
    """What a network takes.

    Examples
    --------
    >>> recurrent_cores(16384, 4).tightest
    'compartments'
    """

    chip: np.ndarray
    """The synaptic memory that each core uses, %, in 8 rows of 16 cores, the first row in the south, NaN on
    those that are not in use; `core_at` says which core lies where."""
    shares: np.ndarray
    """How full a core is at most of compartments, input axons, output axons and synaptic memory, %."""
    sizes: np.ndarray
    """Other numbers of compartments, 256 to 16384."""
    needed: np.ndarray
    """The cores that so many would take; NaN above 256."""
    binds: int
    """Which of the four limits is tightest, from 0; 4 if there are not enough cores."""
    share: float
    """How much of it is used, %."""
    cores: int
    """The cores that it takes."""
    missing: int
    """How many of them there are not."""

    @property
    def tightest(self) -> str:
        """The limit that is tightest."""
        return LIMITS[self.binds]


def recurrent_cores(n: int, fan_in: int, weight_bits: int = 8, longest_delay: int = 0) -> RecurrentCores:
    """Place a network of compartments that hear one another in their order, and others of the same kind.

    Parameters
    ----------
    n, fan_in, weight_bits, longest_delay : int
        As in `recurrent_graph`; at most 2²⁰ compartments.

    Returns
    -------
    RecurrentCores

    Examples
    --------
    >>> for n in (4096, 4160):
    ...     seen = recurrent_cores(n, 64)
    ...     print(f"{n} compartments: {seen.cores} cores, {seen.tightest} {seen.share:.0f} %")
    4096 compartments: 8 cores, input axons 100 %
    4160 compartments: 65 cores, input axons 100 %
    """
    n, fan_in = whole_within("n", n, 1, MOST), whole("fan_in", fan_in, 1)
    bits, delay = whole("weight_bits", weight_bits, 1), whole("longest_delay", longest_delay)
    seen, listeners = recorded(), np.zeros(max(n, SIZES * SIZE_STEP), np.int32)
    run_cores(seen, listeners, np.zeros(CORES), float(n), float(fan_in), float(bits), float(delay))
    return read(seen)


def recorded() -> RecurrentCores:
    """A blank record."""
    return blank(RecurrentCores, chip=(ALONG, ACROSS), shares=4, sizes=SIZES, needed=SIZES)


@kernel
def words_of_axon(synapses, bits):
    """Words of 64 bits for the synapses of an input axon: `snnlab.loihi.axon_words`.

    Examples
    --------
    >>> words_of_axon(100, 8)
    14
    """
    full, rest = synapses // BLOCK, synapses % BLOCK
    words = full * ((BLOCK * bits + HEADER + WORD - 1) // WORD)
    if rest > 0:
        words += (rest * bits + HEADER + WORD - 1) // WORD
    return words


@kernel
def index_bits(m):
    """Bits for the number of one of m compartments.

    Examples
    --------
    >>> index_bits(64), index_bits(65)
    (6, 7)
    """
    index = INDEX_BITS[0]
    while (1 << index) < m and index < INDEX_BITS[-1]:
        index += 1
    return index


@kernel
def core_at(row, column):
    """Which core lies in a row from the south and a column from the west: four to a tile, tile by tile.

    Examples
    --------
    >>> core_at(0, 3), core_at(1, 2), core_at(2, 0)
    (5, 6, 32)
    """
    tile = row // SIDE * TILES_ACROSS + column // SIDE
    return tile * CORES_PER_TILE + row % SIDE * SIDE + column % SIDE


@kernel
def _ends(c, n, cores):
    """The first compartment of core c, and that of the next."""
    return (c * n + cores - 1) // cores, ((c + 1) * n + cores - 1) // cores


@kernel
def _told(n, heard, cores, listeners):
    """The most output axons of a core; `listeners` is by how many more cores a compartment is heard."""
    listeners[:n] = 0
    for c in range(cores):
        first, end = _ends(c, n, cores)
        start = first * heard % n
        stop = start + min(n, (end - first) * heard)
        listeners[start] += 1
        listeners[stop % n] -= 1
        listeners[0] += stop // n  # round the end of the ring
    now = most = 0
    for c in range(cores):
        (first, end), told = _ends(c, n, cores), 0
        for j in range(first, end):
            now += listeners[j]
            told += now
        most = max(most, told)
    return most


@kernel
def _use(n, heard, bits, cores, listeners, shares, memory):
    """The largest share of each limit on any core, where `n` compartments are spread over `cores`.

    A core with m compartments hears m · heard in a row, going round and round the ring.
    """
    shares[:] = 0.0
    least, most = n // cores, (n + cores - 1) // cores
    if most * heard <= n:  # no core hears a compartment twice
        shares[2] = most * heard / OUTPUT_AXONS
    elif least * heard >= n:  # every core hears all
        shares[2] = most * cores / OUTPUT_AXONS
    else:
        shares[2] = _told(n, heard, cores, listeners) / OUTPUT_AXONS
    for c in range(cores):
        first, end = _ends(c, n, cores)
        m = end - first
        index = index_bits(m)
        each, more = m * heard // n, m * heard % n
        dense = words_of_axon(m, bits)
        words = more * min(dense, words_of_axon(each + 1, bits + index))
        if each > 0:
            words += (n - more) * min(dense, words_of_axon(each, bits + index))
        shares[0] = max(shares[0], m / COMPARTMENTS)
        shares[1] = max(shares[1], min(n, m * heard) / INPUT_AXONS)
        shares[3] = max(shares[3], words / SYNAPSE_WORDS)
        if c < memory.size:
            memory[c] = words / SYNAPSE_WORDS


@kernel
def _place(n, fan_in, bits, listeners, shares, memory):
    """How many cores it takes: `snnlab.loihi.place_in_order` for one group."""
    cores, heard, turn = (n + COMPARTMENTS - 1) // COMPARTMENTS, min(fan_in, n), 0
    while True:
        _use(n, heard, bits, cores, listeners, shares, memory)
        worst = max(shares[1], shares[2], shares[3])
        if worst <= 1.0 or cores >= n:
            return cores
        turn += 1
        cores = min(max(cores + 1, int(cores * (worst if turn < PATIENT else max(worst, 1.5)))), n)


@kernel
def run_cores(seen, listeners, memory, n, fan_in, bits, delay):
    """The map of the cores, how full the fullest is, and the cores that other sizes would take."""
    shares, all_bits, late = seen.shares, int(bits), int(delay)
    while late > 0:  # as many bits as the longest delay needs
        all_bits += 1
        late //= 2
    for k in range(SIZES):
        size = (k + 1) * SIZE_STEP
        cores = _place(size, int(fan_in), all_bits, listeners, shares, memory)
        seen.sizes[k], seen.needed[k] = size, cores if cores <= TOP else np.nan
    cores = _place(int(n), int(fan_in), all_bits, listeners, shares, memory)
    for row in range(seen.chip.shape[0]):
        for column in range(seen.chip.shape[1]):
            core = core_at(row, column)
            seen.chip[row, column] = 100.0 * memory[core] if core < cores else np.nan
    which = 0
    for k in range(4):
        shares[k] *= 100.0
        if shares[k] > shares[which]:
            which = k
    seen.binds[0], seen.share[0] = which, shares[which]
    if cores > CORES:
        seen.binds[0], seen.share[0] = 4, 100.0 * (cores / CORES)
    seen.cores[0], seen.missing[0] = cores, max(0, cores - CORES)
