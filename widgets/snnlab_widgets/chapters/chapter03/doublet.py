"""The panel of the resonate-and-fire neuron: two input spikes, and the gap between them."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.doublet import LONGEST, recorded, run_doublet
from snnlab.neurons.models.resonate_and_fire import ResonateAndFire
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["doublet_panel"]

DT, FIRST, DURATION = 0.1, 10.0, 150.0  # ms
SEEN = recorded(DURATION, DT)
QUESTION = "The two spikes come close together, and the neuron fires. Pull them apart: will it fire again?"


def doublet_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A resonate-and-fire neuron that gets two spikes, and how high they lift it for every gap.

    It rests, gets the first spike after 10 ms and is watched for 150 ms, at steps of 0.1 ms. The upper edge
    of the trace is the threshold. The curve is drawn up to the gap that the reader has reached.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``gap`` (0 to 60 ms), ``freq`` (20 to 80 Hz), ``tau`` (5 to 200 ms), ``w`` (0.1 to 2.5).

    Returns
    -------
    Panel
        ``panel.result`` has ``y`` (one value a step), ``times`` (spike times, ms), ``gaps`` (ms) and
        ``heights``; ``n`` (spikes) and ``height``, both heights as if there were no threshold, which is 1.

    Examples
    --------
    >>> print(doublet_panel(gap=25.0))
    gap = 25.0 ms, f = 40 Hz, τ = 50 ms, w = 0.80: 1 spike, y would reach 1.14
    """
    return Panel(
        "doublet",
        title="A neuron that rings",
        question=question,
        controls=[
            Control("gap", "gap", "Gap between the input spikes", 0.0, LONGEST, 3.0, 0.5, "ms", colour=1),
            Control("freq", "f", "Eigenfrequency", 20.0, 80.0, 40.0, 1.0, "Hz", colour=2),
            Control("tau", "τ", "Time constant of the ringing", 5.0, 200.0, 50.0, 1.0, "ms", colour=4),
            Control("w", "w", "Weight of each input spike", 0.1, 2.5, 0.8, 0.01, colour=3),
        ],
        readouts=[ReadOut("height", 2), ReadOut("n")],
        views=[
            Trace(
                "y",
                DT,
                Axis(-1.0, 1.0, "potential y"),
                spikes="times",
                title="The potential over time; the upper edge is the threshold, the spikes are above it",
            ),
            Curve(
                "gaps",
                "heights",
                "gap",
                "height",
                Axis(0.0, LONGEST, "gap (ms)"),
                "highest y (it fires at 1)",
                least=2.0,
                side="left",
                title="How high two spikes would lift the potential, for every gap that was tried",
            ),
        ],
        sentence="gap = {gap} ms, f = {freq} Hz, τ = {tau} ms, w = {w}: {n} {n|spike|spikes}, "
        "y would reach {height}",
        headline="height",
        detail="is how high the two would lift y if it did not fire at 1: {n} {n|spike|spikes}",
        kernel=run_doublet,
        arrays={"seen": SEEN, "work": Array((4, SEEN.y.size + 1), work=True)},
        constants={"neuron": ResonateAndFire(), "first": FIRST, "longest": LONGEST, "dt": DT},
        presets={
            "a slow ringing": {"freq": 20.0, "tau": 100.0},
            "rings for long": {"tau": 200.0, "w": 0.6},
            "hardly rings": {"tau": 5.0, "w": 2.0},
        },
        python=(
            "from snnlab.neurons import ResonateAndFire\n"
            "from snnlab.neurons.experiments.doublet import doublet\n\n"
            "seen = doublet({gap}, {w}, ResonateAndFire(freq={freq}, tau={tau}))\n"
            'print(f"{{seen.height:.2f}} without a threshold, {{seen.n}} spikes")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
