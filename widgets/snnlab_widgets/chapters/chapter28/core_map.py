"""The panel of the core map: how many cores a network takes, and what a core is full of.

The network is a ring in which compartment i hears f others in a row, beginning with number i f. A core that
holds m compartments in a row hears m f others in a row. So what it uses is known without a list of synapses,
and `snnlab.loihi.place` counts the same from the list.
"""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.chip import (
    BLOCK,
    COMPARTMENTS,
    CORES,
    CORES_PER_TILE,
    HEADER,
    INPUT_AXONS,
    OUTPUT_AXONS,
    SYNAPSE_WORDS,
    TILES_ACROSS,
    WORD,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["core_map_panel"]

MOST, STEP = 16384, 64  # compartments
TRIED = 64  # sizes along the curve
TOP = 256.0  # cores, of the curve
SIDE = 2  # cores along a side of a tile
DOTS = 5  # of the picture, along a side of a core; the last one is left out
WORDS = ("compartments", "input axons", "output axons", "synaptic memory", "number of cores")
QUESTION = (
    "4096 compartments, each listening to 64 others of its own, take 8 cores. How many do 64 compartments "
    "more take?"
)


@kernel
def _words(synapses, bits):
    """Words of 64 bits for the synapses of an input axon: `snnlab.loihi.axon_words`."""
    full, rest = synapses // BLOCK, synapses % BLOCK
    words = full * ((BLOCK * bits + HEADER + WORD - 1) // WORD)
    if rest > 0:
        words += (rest * bits + HEADER + WORD - 1) // WORD
    return words


@kernel
def _told(n, heard, cores, listeners):
    """The most output axons of a core; `listeners` is by how many more cores a compartment is heard."""
    for j in range(n + 1):
        listeners[j] = 0
    for c in range(cores):
        first, end = (c * n + cores - 1) // cores, ((c + 1) * n + cores - 1) // cores
        run, start = (end - first) * heard, first * heard % n
        if run >= n:
            listeners[0] += 1
            continue
        listeners[start] += 1
        if start + run < n:
            listeners[start + run] -= 1
        else:  # round the end of the ring
            listeners[0] += 1
            listeners[start + run - n] -= 1
    c = told = now = most = 0
    for j in range(n):
        if j * cores // n != c:
            c, told = j * cores // n, 0
        now += listeners[j]
        told += now
        most = max(most, told)
    return most


@kernel
def _use(n, heard, bits, cores, listeners, shares, memory):
    """The largest share of each limit on any core, where `n` compartments are spread over `cores`.

    A core with m compartments hears m times `heard` in a row, going round and round the ring of all `n`.
    """
    for k in range(4):
        shares[k] = 0.0
    least, most = n // cores, (n + cores - 1) // cores
    if most * heard <= n:  # no core hears a compartment twice
        shares[2] = most * heard / OUTPUT_AXONS
    elif least * heard >= n:  # every core hears all
        shares[2] = most * cores / OUTPUT_AXONS
    else:
        shares[2] = _told(n, heard, cores, listeners) / OUTPUT_AXONS
    for c in range(cores):
        first, end = (c * n + cores - 1) // cores, ((c + 1) * n + cores - 1) // cores
        m = end - first
        index = 6
        while (1 << index) < m and index < 12:
            index += 1
        each, more = m * heard // n, m * heard % n
        dense = _words(m, bits)
        words = more * min(dense, _words(each + 1, bits + index))
        if each > 0:
            words += (n - more) * min(dense, _words(each, bits + index))
        shares[0] = max(shares[0], m / COMPARTMENTS)
        shares[1] = max(shares[1], min(n, m * heard) / INPUT_AXONS)
        if c < memory.size:
            memory[c] = words / SYNAPSE_WORDS
        shares[3] = max(shares[3], words / SYNAPSE_WORDS)


@kernel
def _place(n, heard, bits, listeners, shares, memory):
    """How many cores it takes: `snnlab.loihi.place` for one group."""
    cores = (n + COMPARTMENTS - 1) // COMPARTMENTS
    while True:
        _use(n, heard, bits, cores, listeners, shares, memory)
        worst = max(shares[1], shares[2], shares[3])
        if worst <= 1.0 or cores >= n:
            return cores
        cores = min(max(cores + 1, int(cores * worst)), n)


@kernel
def core_map_figure(
    listeners, memory, shares, chip, sizes, needed, there, out, n, fan_in, bits, delay, top, step,
):  # fmt: skip
    """The map of the cores, how full the fullest is, and the cores that other sizes would take."""
    all_bits, late = int(bits), int(delay)
    while late > 0:  # as many bits as the longest delay needs
        all_bits += 1
        late //= 2
    for k in range(sizes.size):
        sizes[k] = (k + 1) * step
        size = int(sizes[k])
        cores = _place(size, min(int(fan_in), size), all_bits, listeners, shares, memory)
        needed[k] = cores if cores <= top else np.nan
        there[k] = CORES
    size = int(n)
    cores = _place(size, min(int(fan_in), size), all_bits, listeners, shares, memory)
    which = 0
    for k in range(4):
        if shares[k] > shares[which]:
            which = k
    share = shares[which]
    for k in range(4):
        shares[k] *= 100.0
    for row in range(chip.shape[0]):
        for column in range(chip.shape[1]):
            y, x = row // DOTS, column // DOTS
            tile = y // SIDE * TILES_ACROSS + x // SIDE
            core = tile * CORES_PER_TILE + y % SIDE * SIDE + x % SIDE
            inside = row % DOTS < DOTS - 1 and column % DOTS < DOTS - 1
            chip[row, column] = 100.0 * memory[core] if inside and core < cores else np.nan
    if cores > CORES:
        which, share = 4, cores / CORES
    out[0] = which
    out[1] = 100.0 * share
    out[2] = cores
    out[3] = max(0, cores - CORES)


def core_map_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network of compartments that hear one another, placed on the cores of Loihi.

    The network is that of `snnlab.loihi.recurrent_graph`, the placement that of `snnlab.loihi.place`.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``n`` (64 to 16384 compartments), ``fan_in`` (1 to 1024 that each hears), ``bits``
        (1 to 8, of a weight), ``delay`` (0 to 62 steps, the longest).

    Returns
    -------
    Panel
        ``panel.result`` has ``chip`` (the synaptic memory that each core uses, in %, a picture of 40 by 80
        dots), ``shares`` (how full a core is at most of compartments, input axons, output axons and
        memory, in %), ``sizes`` and ``needed`` (cores for other sizes, NaN above 256), ``there`` (128),
        ``binds`` (which of the four limits is tightest, from 0; 4 if the cores do not suffice), ``share``
        (how much of it is used, in %), ``cores`` and ``missing``.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = core_map_panel(engine="kernel", n=16384, fan_in=4)
    >>> print(panel.headline(), panel.result.cores)
    compartments 16.0
    """
    return Panel(
        "core_map",
        title="A network on the cores of Loihi",
        question=question,
        controls=[
            Control("n", "n", "Compartments", STEP, MOST, 4096, STEP, "", colour=1),
            Control("fan_in", "f", "Each hears so many", 1, 1024, 64, 1, "", colour=2),
            Control("bits", "b_w", "Bits of a weight", 1, 8, 8, 1, "", colour=3),
            Control("delay", "d", "Longest delay", 0, 62, 0, 1, "steps", colour=4),
        ],
        readouts=[
            ReadOut("binds", words=WORDS),
            ReadOut("share", 0, "%"),
            ReadOut("cores"),
            ReadOut("missing"),
        ],
        views=[
            HeatMap(
                "chip",
                Axis(0.0, 16.0, "cores from west to east"),
                Axis(0.0, 8.0, "cores from south to north"),
                Axis(0.0, 100.0, "memory used (%)"),
                title="The 128 cores of the chip; those in use are coloured by their synaptic memory",
            ),
            Histogram(
                "shares",
                Axis(0.5, 4.5, "compartments, in, out, memory"),
                "% of the limit",
                title="How full the fullest core is, by what it may be full of",
            ),
            Kernels(
                "sizes",
                (("needed", "cores needed", 1), ("there", "cores of the chip", 2)),
                Axis(0.0, MOST, "compartments"),
                Axis(0.0, TOP, "cores"),
                handles=(Handle("Compartments", "n", "cores"),),
                title="How many cores a network takes, by its compartments up to so many",
                side="left",
            ),
        ],
        sentence=(
            "n = {n}, each hears {fan_in}, weights of {bits} {bits|bit|bits}, delays up to {delay} "
            "{delay|step|steps}: {cores} of 128 cores; the tightest limit is {binds}, {share} % used"
        ),
        headline="binds",
        detail="– the tightest limit, {share} % used. It takes {cores} {cores|core|cores} of 128.",
        kernel=core_map_figure,
        arrays={
            "listeners": Array((MOST + 1,), "int32", work=True),
            "memory": Array((CORES,), work=True),
            "chip": Array((8 * DOTS, 16 * DOTS)),
            "shares": Array((4,)),
            "sizes": Array((TRIED,)),
            "needed": Array((TRIED,)),
            "there": Array((TRIED,)),
        },
        constants={"top": TOP, "step": MOST / TRIED},
        presets={
            "few listeners": {"n": 16384, "fan_in": 4},
            "all to all": {"n": 1024, "fan_in": 1024},
            "one bit": {"n": 1024, "fan_in": 1024, "bits": 1},
            "too large": {"n": 16384, "fan_in": 64},
        },
        python=(
            "from snnlab.loihi import place, recurrent_graph\n\n"
            "graph = recurrent_graph({n}, {fan_in}, weight_bits={bits}, longest_delay={delay})\n"
            "print(place(graph))"
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
