"""The panel of the core map: a network of compartments that hear one another, on the cores of Loihi."""

from typing import TYPE_CHECKING, Any

import numpy as np

from snnlab.loihi.mapping.chip import CORES, CORES_PER_TILE
from snnlab.loihi.mapping.recurrent_cores import (
    ACROSS,
    ALONG,
    LIMITS,
    SIDE,
    SIZE_STEP,
    SIZES,
    TOP,
    core_at,
    recorded,
    run_cores,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["core_map_panel"]

MOST, STEP = SIZES * SIZE_STEP, 64  # compartments
_AT: Any = core_at  # compiled, and beside it the plain function, which takes all places at once
NAMES = tuple(
    f"core {core} of tile {core // CORES_PER_TILE}"
    for core in _AT.py_func(*np.indices((ALONG, ACROSS))).ravel()
)
QUESTION = (
    "4096 compartments, each listening to 64 others of its own, take 8 cores. How many do 64 compartments "
    "more take?"
)


def core_map_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A network of compartments that hear one another, placed on the cores of Loihi.

    The network is that of `snnlab.loihi.recurrent_graph`, the placement that of
    `snnlab.loihi.place_in_order`: neighbours are on one core, whoever hears the same.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
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
        ``panel.result`` has ``chip`` (the synaptic memory that each core uses, in %, 8 rows of
        16), ``shares`` (how full a core is at most of compartments, input axons, output axons and
        memory, in %), ``sizes`` and ``needed`` (cores for other sizes, NaN above 256), ``there`` (128),
        ``binds`` (which of the four limits is tightest, from 0; 4 if the cores do not suffice), ``share``
        (how much of it is used, in %), ``cores`` and ``missing``.

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
            ReadOut("binds", words=LIMITS),
            ReadOut("share", 0, "%"),
            ReadOut("cores"),
            ReadOut("missing"),
        ],
        views=[
            HeatMap(
                "chip",
                Axis(0.0, float(ACROSS), "16 cores from west to east", ()),
                Axis(0.0, float(ALONG), "8 from south to north", ()),
                Axis(0.0, 100.0, "memory used (%)"),
                nothing="not in use",
                ruled=SIDE,
                cells=NAMES,
                square=True,
                title="The 128 cores of the chip; those in use are coloured by their synaptic memory",
            ),
            Histogram(
                "shares",
                Axis(0.5, 4.5, "compartments, axons, memory", ("comp.", "in", "out", "memory")),
                "% of the limit",
                title="How full the fullest core is, by what it may be full of",
            ),
            Kernels(
                "sizes",
                (("needed", "cores needed", 1), ("there", "cores of the chip", 2)),
                Axis(0.0, MOST, "compartments"),
                Axis(0.0, float(TOP), "cores"),
                handles=(Handle("Compartments", "n", "cores"),),
                title="Cores that a network takes in the order of its numbers, by its compartments",
                side="left",
            ),
        ],
        sentence=(
            "n = {n}, each hears {fan_in}, weights of {bits} {bits|bit|bits}, delays up to {delay} "
            "{delay|step|steps}: {cores} of 128 cores; the tightest limit is {binds}, {share} % used"
        ),
        headline="binds",
        detail="is the tightest limit, {share} % used. It takes {cores} {cores|core|cores} of 128.",
        kernel=run_cores,
        arrays={
            "seen": recorded(),
            "listeners": Array((MOST,), "int32", work=True),
            "memory": Array((CORES,), work=True),
            "there": np.full(SIZES, float(CORES)),
        },
        presets={
            "few listeners": {"n": 16384, "fan_in": 4},
            "all to all": {"n": 1024, "fan_in": 1024},
            "one bit": {"n": 1024, "fan_in": 1024, "bits": 1},
            "too large": {"n": 16384, "fan_in": 64},
        },
        python=(
            "from snnlab.loihi.mapping.recurrent_cores import recurrent_cores\n\n"
            "seen = recurrent_cores({n}, {fan_in}, weight_bits={bits}, longest_delay={delay})\n"
            'print(f"{{seen.tightest}} {{seen.share:.0f}} %, {{seen.cores}} of 128 cores")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
