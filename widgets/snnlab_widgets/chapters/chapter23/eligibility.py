"""The panel of eligibility: traces of one synapse onto two neurons, which wait for a verdict."""

from typing import TYPE_CHECKING

from snnlab.learning.credit.late_verdict import (
    CUE,
    DT,
    LATEST,
    VERDICT,
    recorded,
    run_late_verdict,
    workspace,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["eligibility_panel"]

QUESTION = (
    "A synapse has fired, and nothing is known of right or wrong. A verdict comes a second later. How can it "
    "still find the synapse?"
)


def eligibility_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """What a synapse remembers of its spikes until a learning signal comes, of an adaptive and a LIF neuron.

    The synapse fires for 200 ms, both neurons wait, and for the 200 ms of the verdict other inputs make them
    active once more; all of it as in `snnlab.learning.credit.late_verdict`. The changes by the verdict are
    drawn up to the time that the reader has reached.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``late`` (200 to 2600 ms, when the verdict begins), ``tau_a`` (200 to 10,000 ms, time
        constant of adaptation), ``rate`` (20 to 150 Hz, of the synapse while it fires), ``hum`` (0 to 1, what
        other inputs drive the potential to meanwhile, in thresholds).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.credit.late_verdict.LateVerdict` has.

    Examples
    --------
    >>> result = eligibility_panel(late=1200.0, engine="kernel").result
    >>> print(f"adaptive {result.change:+.3f}, LIF {result.change_lif:+.3f}")
    adaptive +0.019, LIF -0.000
    """
    room, traces = workspace()
    return Panel(
        "eligibility",
        title="Traces that wait for a verdict",
        question=question,
        controls=[
            Control("late", "T", "Verdict begins at", CUE, LATEST, 240.0, 20.0, "ms", colour=5),
            Control("tau_a", "τ_a", "Adaptation lasts", 200.0, 10_000.0, 1200.0, 100.0, "ms", colour=4),
            Control("rate", "r", "Spikes of the synapse", 20.0, 150.0, 100.0, 5.0, "Hz", colour=1),
            Control("hum", "u", "Drive while it waits", 0.0, 1.0, 0.0, 0.05, "thresholds", colour=6),
        ],
        readouts=[
            ReadOut("change", 4),
            ReadOut("change_lif", 4),
            ReadOut("slow_left", 1, "%"),
            ReadOut("fast_left", 1, "%"),
            ReadOut("n"),
            ReadOut("n_cue"),
        ],
        views=[
            Trace(
                "v",
                DT,
                Axis(-1.0, 3.0, "v (thresholds)"),
                name="v, adaptive",
                also=(("theta", "threshold", 4),),
                spikes="times",
                on=("rate", 0.0, CUE),
                title="Potential, threshold and spikes of the adaptive neuron; at first the synapse fires",
            ),
            Kernels(
                "t",
                (("fast", "fast, of v", 1), ("slow", "slow, of the threshold", 4)),
                Axis(0.0, LATEST + VERDICT, "time (ms)"),
                Axis(0.0, 4.0, "ε (per weight)"),
                handles=(Handle("Verdict", "late", 0.0),),
                title="What the synapse keeps of having moved the potential and the threshold of its neuron",
            ),
            Kernels(
                "t",
                (("e", "e, adaptive", 1), ("e_lif", "e, LIF", 2), ("psi", "ψ, adaptive", 3)),
                Axis(0.0, LATEST + VERDICT, "time (ms)"),
                Axis(-0.2, 1.0, "e and ψ"),
                handles=(Handle("Verdict", "late", 0.8),),
                title="Eligibility at the adaptive and at the LIF neuron, and the pseudo-derivative",
            ),
            Kernels(
                "verdicts",
                (("changes", "adaptive", 1), ("changes_lif", "LIF", 2)),
                Axis(0.0, LATEST, "verdict begins at (ms)"),
                Axis(-0.05, 0.05, "change of weight (thresholds)"),
                handles=(Handle("Verdict", "late", "change"),),
                side="left",
                title="The change of the weight by a verdict, against the time at which it begins",
            ),
        ],
        sentence=(
            "T = {late} ms, τa = {tau_a} ms, {n_cue} spikes, drive {hum}: the verdict changes the weight to "
            "the adaptive neuron by {change} thresholds, to the LIF neuron by {change_lif}; the slow "
            "part is at {slow_left} % of what it was at the end of the cue, the fast one at {fast_left} %"
        ),
        headline="change",
        detail=(
            "thresholds: the change of the weight to the adaptive neuron; to the LIF neuron {change_lif}. "
            "When the verdict begins the slow part is at {slow_left} % of what it was at the end of "
            "the cue, the fast one at {fast_left} %"
        ),
        kernel=run_late_verdict,
        arrays={
            "seen": recorded(),
            "room": Array(room.shape, work=True),
            "traces": Array(traces.shape, work=True),
        },
        presets={
            "a second later": {"late": 1200.0},
            "much later": {"late": 2600.0},
            "restless": {"late": 1200.0, "hum": 0.5},
            "forgets sooner": {"late": 1200.0, "tau_a": 300.0},
        },
        python=(
            "from snnlab.learning.credit.late_verdict import late_verdict\n\n"
            "seen = late_verdict({late}, tau_a={tau_a}, rate={rate}, hum={hum})\n"
            'print(f"{{seen.change:.4f}} thresholds, of the LIF neuron {{seen.change_lif:.4f}}")'
        ),
        play=("time (ms)", "Run"),
        values=values,
        engine=engine,
        goal=goal,
    )
