"""The panel of one excursion of a membrane potential, and of the charge that a gate makes of it."""

from typing import TYPE_CHECKING

from snnlab.learning.gates.gated_excursion import DT, recorded, run_excursion
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["gated_excursion_panel"]

SHOWN = 120.0  # ms; behind, the slowest of all still comes down
QUESTION = "A potential goes up through the zone of a gate. What does its synapse get if it goes faster?"


def gated_excursion_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A potential that goes up and comes down again, the gate, and the charge that passes.

    A non-leaky neuron is pushed up from 0 at a steady speed, and down again as soon as it has been pushed so
    far. Beyond the zone of the gate it starts again, a turn lower.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``speed`` (0.02 to 0.4 thresholds per ms), ``peak`` (0.5 to 2.4 thresholds, how far it
        is pushed), ``width`` (of the gate, 0.2 to 0.9 thresholds).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.gates.gated_excursion.GatedExcursion` has.

    Examples
    --------
    >>> panel = gated_excursion_panel(engine="kernel")
    >>> charge = panel.result.charge
    >>> panel.speed = 0.4
    >>> print(f"{charge:.3f} {panel.result.charge:.3f}")
    1.000 1.000
    """
    return Panel(
        "gated_excursion",
        title="A gate, and the charge that it lets pass",
        question=question,
        controls=[
            Control("speed", "v̇", "Speed", 0.02, 0.4, 0.1, 0.01, "1/ms", 1),
            Control("peak", "v_max", "Pushed up by", 0.5, 2.4, 1.5, 0.01, "", 2),
            Control("width", "w", "Width of the gate", 0.2, 0.9, 0.5, 0.01, "", 3),
        ],
        readouts=[
            ReadOut("charge", 2),
            ReadOut("most", 2),
            ReadOut("strongest", 2),
            ReadOut("crossing", 1, "ms"),
            ReadOut("n"),
        ],
        views=[
            Kernels(
                "level",
                (("gate", "gate g(v)", 3),),
                Axis(0.0, 2.0, "potential v (thresholds)"),
                Axis(0.0, 10.0, "g (1 / threshold)"),
                title="How far the gate is open at each potential: only in a zone around the threshold",
            ),
            Trace(
                "v",
                DT,
                Axis(-1.0, 1.6, "v (thresholds)"),
                until=SHOWN,
                title="The potential: up, a turn lower where it leaves the zone at its upper end, and down",
                colour=2,
            ),
            Trace(
                "passed",
                DT,
                Axis(-0.25, 2.25, "charge (spikes)"),
                also=(("trace", "trace s of the synapse", 4),),
                name="charge passed on so far",
                until=SHOWN,
                title="The charge that has passed the gate so far, and the trace of the synapse",
                colour=1,
            ),
        ],
        sentence=(
            "Pushed up by {peak} at {speed} per ms, through a gate {width} wide: {n} {n|spike|spikes}, a "
            "charge of {charge} in the end, {most} at most on the way; {crossing} ms in the zone, and the "
            "trace comes to {strongest}"
        ),
        headline="charge",
        detail=(
            "spikes of charge in the end, {most} at most on the way; {crossing} ms in the zone, the trace "
            "comes to {strongest}"
        ),
        kernel=run_excursion,
        arrays={"seen": recorded()},
        presets={
            "slow": {"speed": 0.02},
            "fast": {"speed": 0.4},
            "turns back": {"peak": 1.0},
            "once more": {"peak": 2.4},
        },
        python=(
            "from snnlab.learning.gates.gated_excursion import gated_excursion\n\n"
            "seen = gated_excursion(speed={speed}, peak={peak}, width={width})\n"
            'print(f"charge {{seen.charge:.2f}} in the end, {{seen.most:.2f}} at most, {{seen.n}} spikes")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
