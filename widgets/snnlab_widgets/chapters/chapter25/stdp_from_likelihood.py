"""The panel of the window that falls out of a likelihood: drag what a spike does to its own neuron."""

import math
from typing import TYPE_CHECKING

from snnlab.probability.taught_window import BIAS, REACH, SHOWN, TAU_AFTER, recorded, room, run_taught
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["stdp_from_likelihood_panel"]

WIDEST = float(REACH)  # ms to each side
QUESTION = (
    "A neuron climbs on the likelihood of what a teacher makes it fire. Drag the pair to the left: what does "
    "a spike change that came too early? And what if a spike leaves something behind in its neuron?"
)
DETAIL = "nats per unit of the weight, by a pair at {delta} ms"
TOTALS = ". Where post comes first there is {sign}: {early_half} in all; where pre comes first, {late_half}"


def stdp_from_likelihood_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The window of a neuron that learns by likelihood, with a memory of its own spikes that can be dragged.

    All in bins of 1 ms, as in `snnlab.probability.taught_window`. The window is drawn from the pair on to the
    right, as far as the reader has gone.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delta`` (−40 to 40 ms, t_post − t_pre of the pair), ``tau_s`` (2 to 10 ms, of the
        synapse), ``refractory`` (0 to 10 ms), ``after`` (−1.5 to 1.5, height of the after-potential).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.probability.taught_window.TaughtWindow` has.

    Examples
    --------
    >>> panel = stdp_from_likelihood_panel(engine="kernel", delta=-3)
    >>> alone = panel.result.change
    >>> panel.refractory = 4
    >>> print(f"{alone:.2f}, and {panel.result.change:.2f} where a spike makes the neuron refractory")
    0.00, and 0.12 where a spike makes the neuron refractory
    """
    a, own, u = room()
    return Panel(
        "stdp_from_likelihood",
        title="The window that falls out of a likelihood",
        question=question,
        controls=[
            Control("delta", "Δt", "Post after pre", -WIDEST, WIDEST, 1.0, 1.0, "ms", colour=1),
            Control("tau_s", "τ_s", "Synapse is heard for", 2.0, 10.0, 5.0, 0.5, "ms", colour=3),
            Control("refractory", "r", "Refractory for", 0.0, 10.0, 0.0, 1.0, "ms", colour=2),
            Control("after", "A", "After-potential", -1.5, 1.5, 0.0, 0.1, "", colour=4),
        ],
        readouts=[
            ReadOut("change", 2),
            ReadOut("early_half", 2),
            ReadOut("late_half", 2),
            ReadOut(
                "sign",
                words=(
                    "nothing",
                    "potentiation alone",
                    "depression alone",
                    "potentiation and depression",
                ),
            ),
        ],
        views=[
            Kernels(
                "delta_t",
                (
                    ("late", "pre first", 3),
                    ("early", "post first", 2),
                    ("synapse", "synaptic kernel a", 5),
                ),
                Axis(-WIDEST, WIDEST, "Δt, post − pre (ms)"),
                Axis(-1.5, 2.0, "change of w (nats per unit)"),
                handles=(Handle("The pair", "delta", "change"),),
                side="right",
                title="How much the likelihood asks of a weight, for every time between the spikes of a pair",
            ),
            Kernels(
                "since",
                (
                    ("expected", "expected, given the post spike", 2),
                    ("otherwise", "expected without it", 6),
                    ("heard", "synaptic kernel a", 5),
                ),
                Axis(-WIDEST, WIDEST, "time since the pre spike (ms)"),
                Axis(0.0, 1.0, "P(spike) in 1 ms; a"),
                handles=(
                    Handle("The post spike", "delta", 0.0),
                    Handle("Synapse", "tau_s", math.exp(-1.0)),
                ),
                title="What the neuron expects of itself with the postsynaptic spike and without it",
            ),
            Kernels(
                "lag",
                (("aftereffect", "what a spike leaves behind, h", 4),),
                Axis(0.0, float(SHOWN), "time since a spike of its own (ms)"),
                Axis(-7.0, 3.0, "potential u"),
                handles=(Handle("Refractory time and after-potential", "refractory", "after"),),
                title="The filter through which the neuron hears its own spikes",
            ),
        ],
        sentence=(
            "Δt = {delta} ms, τs = {tau_s} ms, refractory for {refractory} ms, after-potential {after}: the "
            "pair changes the weight by {change} nats per unit; the half in which post comes first has "
            "{sign}, {early_half} in all, the other half {late_half}"
        ),
        headline="change",
        detail=DETAIL if goal is None else DETAIL + TOTALS,
        kernel=run_taught,
        arrays={
            "seen": recorded(),
            "a": Array(a.shape, work=True),
            "own": Array(own.shape, work=True),
            "u": Array(u.shape, work=True),
        },
        constants={"tau_after": TAU_AFTER, "bias": BIAS},
        presets={
            "no memory": {"delta": -WIDEST},
            "refractory": {"delta": -WIDEST, "refractory": 5.0},
            "depolarising": {"delta": -WIDEST, "after": 1.0},
            "both": {"delta": -WIDEST, "refractory": 5.0, "after": 1.0},
        },
        python=(
            "from snnlab.probability.taught_window import taught_window\n\n"
            "seen = taught_window({delta}, {tau_s}, {refractory}, {after})\n"
            'print(f"{{seen.change:.2f}} nats per unit; early half {{seen.early_half:.2f}}")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
