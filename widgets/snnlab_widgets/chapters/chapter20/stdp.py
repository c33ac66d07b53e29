"""The panel of the STDP window: drag it, and see what sixty pairs of spikes do to a synapse."""

import math
from typing import TYPE_CHECKING

from snnlab.learning.pairing.stdp_of_pairs import DT, WIDEST, recorded, run_of_pairs
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["stdp_panel"]

LAMBDA, PAIRS, FREQUENCY, W_START = 0.004, 60, 1.0, 0.5  # Hz
FULL = LAMBDA * PAIRS  # what sixty pairs do in the limit of Δt = 0
QUESTION = (
    "Draw a window by its two handles and take the pair through it. What happens exactly where it jumps?"
)


def stdp_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The window of pair STDP, which can be dragged, and the weight after sixty pairs of spikes at 1 Hz.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delta_t`` (−80 to 80 ms), ``tau_plus`` and ``tau_minus`` (5 to 60 ms), ``alpha`` (0 to
        2).

    Returns
    -------
    Panel
        ``panel.result`` has ``delta`` (ms), ``up`` and ``down``, the change by sixty lone pairs of each Δt;
        ``x`` and ``y``, the traces around one pair in steps of 0.5 ms; ``pre_time`` and ``post_time`` (ms);
        ``change`` and ``w``, what became of the weight 0.5; ``seen``, the trace that the later spike saw.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(stdp_panel(delta_t=-10.0))
    Δt = −10 ms: the later spike saw 0.61, and sixty pairs changed the weight by −0.153 to 0.347
    """
    decay = math.exp(-1.0)
    return Panel(
        "stdp",
        title="The STDP window",
        question=question,
        controls=[
            Control("delta_t", "Δt", "Post after pre", -WIDEST, WIDEST, 10.0, 1.0, "ms", colour=1),
            Control("tau_plus", "τ_+", "Reach of potentiation", 5.0, 60.0, 20.0, 1.0, "ms", colour=3),
            Control("tau_minus", "τ_−", "Reach of depression", 5.0, 60.0, 20.0, 1.0, "ms", colour=2),
            Control("alpha", "α", "Depression against potentiation", 0.0, 2.0, 1.05, 0.05, "", colour=2),
        ],
        readouts=[ReadOut("change", 3), ReadOut("w", 3), ReadOut("seen", 2)],
        views=[
            Kernels(
                "delta",
                (("up", "pre first: potentiation", 3), ("down", "post first: depression", 2)),
                Axis(-WIDEST, WIDEST, "Δt, post − pre (ms)"),
                Axis(-0.5, 0.3, "change of w"),
                handles=(
                    Handle("Potentiation", "tau_plus", FULL * decay),
                    Handle("Depression", ("tau_minus", -1.0), ("alpha", -FULL * decay)),
                    Handle("The pair", "delta_t", "change"),
                ),
                title="How sixty pairs change the weight, for every time between the two spikes of a pair",
            ),
            Trace(
                "x",
                DT,
                Axis(0.0, 1.1, "trace"),
                name="x, of pre",
                also=(("y", "y, of post", 2),),
                colour=3,
                spikes="post_time",
                behind_spikes="pre_time",
                rows=("pre", "post"),
                title="The traces that the two spikes of one pair leave behind",
            ),
        ],
        sentence=(
            "Δt = {delta_t} ms: the later spike saw {seen}, and sixty pairs changed the weight by {change} "
            "to {w}"
        ),
        headline="change",
        detail="the later spike saw a trace of {seen}; sixty pairs took the weight from 0.500 to {w}",
        kernel=run_of_pairs,
        arrays={
            "told": recorded(),
            "pre": Array((PAIRS,), work=True),
            "post": Array((PAIRS,), work=True),
            "none": Array((0,), work=True),
        },
        constants={
            "rule": STDP(LAMBDA),
            "w_start": W_START,
            "frequency": FREQUENCY,
            "widest": WIDEST,
            "dt": DT,
        },
        presets={
            "the other way round": {"delta_t": -10.0},
            "at one time": {"delta_t": 0.0},
            "long memory for post": {"tau_minus": 50.0, "alpha": 0.5},
            "no depression": {"alpha": 0.0},
        },
        python=(
            "from snnlab.learning import STDP\n"
            "from snnlab.learning.pairing.stdp_of_pairs import stdp_of_pairs\n\n"
            f"rule = STDP({LAMBDA}, {{alpha}}, {{tau_plus}}, {{tau_minus}})\n"
            "told = stdp_of_pairs({delta_t}, rule)\n"
            'print(f"{{told.change:.3f}}, to a weight of {{told.w:.3f}}")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
