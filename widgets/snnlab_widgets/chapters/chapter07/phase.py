"""The panel of phases: an oscillation that is dragged under a spike train until the two agree."""

from typing import TYPE_CHECKING

from snnlab.coding.codes.hidden_rhythm import (
    LONGEST,
    SHORTEST,
    SHOWN,
    STEP,
    RhythmicNeuron,
    recorded,
    run_rhythm,
)
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Handle, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["phase_panel"]

CELL, MOST = RhythmicNeuron(), 20.0  # seconds
QUESTION = "This neuron keeps to a rhythm. To which?"


def phase_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """An oscillation under the spikes of a neuron that fires in most cycles of a rhythm of 125 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``period`` (80 to 200 ms) and ``start`` (0 to 200 ms, a crest) of the oscillation;
        ``jitter`` (0 to 60 ms, standard deviation, of the spikes), ``seconds`` (2 to 20), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms); ``time``, ``wave`` and ``needles``, what is drawn of the first
        second; ``phases`` (spikes in each bin of 15 degrees) and ``law`` (a bell of the same vector strength
        around the mean phase, wrapped round the circle); ``periods`` (ms) and ``strength_curve``; ``n``
        (spikes), ``strength``, ``phase`` (degrees), ``p`` (of the Rayleigh test), ``chance`` (1/√n).

    Examples
    --------
    >>> phase_panel(period=125).result.strength > phase_panel(period=140).result.strength
    True
    """
    return Panel(
        "phase",
        title="An oscillation under a spike train",
        question=question,
        controls=[
            Control(
                "period", "T", "Period of the oscillation", SHORTEST, LONGEST, 100.0, STEP, "ms", colour=1
            ),
            Control("start", "t_0", "Moment of a crest", 0.0, LONGEST, 0.0, 1.0, "ms", colour=1),
            Control("jitter", "σ", "Jitter of the spikes", 0.0, 60.0, 10.0, 1.0, "ms", colour=4),
            Control("seconds", "", "Recorded for", 2.0, MOST, 4.0, 1.0, "s", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("strength", 2),
            ReadOut("phase", 0, "°"),
            ReadOut("p", 3),
            ReadOut("chance", 2),
        ],
        views=[
            Kernels(
                "time",
                (("needles", "spikes", 2), ("wave", "oscillation", 1)),
                Axis(0.0, SHOWN, "time (ms)"),
                Axis(-1.2, 2.1, "", ()),
                handles=(Handle("Crest of the oscillation", "start", 1.0),),
                title="An oscillation, and above it the spikes as needles",
            ),
            Histogram(
                "phases",
                Axis(0.0, 360.0, "phase (°)"),
                "spikes",
                law="law",
                names=("counted", "expected"),
                colour=5,
                title="How many spikes come at each phase",
            ),
            Curve(
                "periods",
                "strength_curve",
                "period",
                "strength",
                Axis(SHORTEST, LONGEST, "period T (ms)"),
                "vector strength",
                least=1.0,
                title="Vector strength for every period up to this one",
                side="left",
            ),
        ],
        sentence=(
            "T = {period} ms, crest at {start} ms, σ = {jitter} ms: {n} spikes in {seconds} s, vector "
            "strength {strength} (about {chance} by chance), mean phase {phase}°, p = {p}"
        ),
        headline="strength",
        detail=(
            "is the vector strength of {n} spikes (by chance about {chance}), mean phase {phase}°. "
            "Rayleigh: p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{p}"
        ),
        kernel=run_rhythm,
        arrays={"told": recorded(MOST, CELL.rhythm)},
        constants={"neuron": CELL},
        presets={
            "a clock": {"period": CELL.rhythm, "start": 0.0, "jitter": 0.0},
            "loose": {"period": CELL.rhythm, "jitter": 30.0},
            "hardly a rhythm": {"period": CELL.rhythm, "jitter": 55.0, "seconds": MOST},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.codes.hidden_rhythm import RhythmicNeuron, hidden_rhythm\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "neuron, seed = RhythmicNeuron(jitter={jitter}), np.uint64({seed})\n"
            "seen = hidden_rhythm({period}, {start}, neuron, {seconds}, rng=seed)\n"
            'print(f"{{seen.strength:.2f}}, by chance {{seen.chance:.2f}}, p = {{seen.p:.3f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
