"""The panel of the soft neuron: its curve, the slope of the curve, and its spikes behind a synapse."""

from typing import TYPE_CHECKING

from snnlab.learning.constrained.soft_curve import DT, HIGHEST, STEPS, recorded, run_soft_curve
from snnlab.learning.constrained.soft_lif import SoftLIF
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["soft_curve_panel"]

STEEPEST = 200.0  # Hz per threshold current, what is drawn
QUESTION = (
    "Below its threshold the neuron is silent. By how much would it have to be pushed, and who tells it?"
)


def soft_curve_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A LIF neuron under a constant current, its soft likeness, and its filtered spikes.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``current`` (0 to 3 threshold currents), ``gamma`` (0 to 0.3), ``tau_s`` (1 to 50 ms).

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.learning.constrained.soft_curve.SoftCurve` has.

    Examples
    --------
    >>> panel = soft_curve_panel(engine="kernel", current=0.9)
    >>> panel.result.rate, panel.result.soft_rate > 0
    (0.0, True)
    """
    return Panel(
        "soft_curve",
        title="A soft threshold",
        question=question,
        controls=[
            Control("current", "j", "Current (threshold currents)", 0.0, HIGHEST, 0.9, 0.01, colour=1),
            Control("gamma", "γ", "Softness", 0.0, 0.3, 0.03, 0.01, colour=2),
            Control("tau_s", "τₛ", "Time constant of the synapse", 1.0, 50.0, 5.0, 1.0, "ms", colour=4),
        ],
        readouts=[
            ReadOut("rate", 1, "Hz"),
            ReadOut("soft_rate", 1, "Hz"),
            ReadOut("soft_slope", 1),
            ReadOut("sd", 1, "Hz"),
            ReadOut("n"),
        ],
        views=[
            Kernels(
                "j",
                (("hard", "LIF neuron", 1), ("soft", "soft neuron", 2)),
                Axis(0.0, HIGHEST, "current (threshold currents)"),
                Axis(0.0, 120.0, "rate (Hz)"),
                handles=(Handle("Current and soft rate", "current", "soft_rate"),),
                title="The rate of the LIF neuron and of its soft likeness against the current",
            ),
            Kernels(
                "j",
                (("hard_slope", "LIF neuron", 1), ("slope", "soft neuron", 2)),
                Axis(0.0, HIGHEST, "current (threshold currents)"),
                Axis(0.0, STEEPEST, "slope (Hz per threshold current)"),
                title="The slopes of the two curves; that of the LIF neuron has no end at its threshold",
            ),
            Kernels(
                "clock",
                (
                    ("filtered", "spikes behind the synapse", 1),
                    ("mean", "rate", 3),
                    ("upper", "and a standard deviation", 4),
                    ("lower", "less a standard deviation", 6),
                ),
                Axis(0.0, STEPS * DT, "time (ms)"),
                Axis(-50.0, 350.0, "filtered rate (Hz)"),
                title="The spikes of the LIF neuron behind the synapse, its rate, and the standard deviation",
            ),
        ],
        sentence=(
            "j = {current}, γ = {gamma}, τₛ = {tau_s} ms: the neuron fires at {rate} Hz, the soft one at "
            "{soft_rate} Hz with the slope {soft_slope} Hz per threshold current; filtered, the spikes vary "
            "by {sd} Hz"
        ),
        headline="soft_rate",
        detail="of the soft neuron, {rate} Hz of the LIF neuron; soft slope {soft_slope} Hz per threshold",
        kernel=run_soft_curve,
        arrays={"seen": recorded()},
        constants={"neuron": SoftLIF()},
        presets={
            "well above": {"current": 2.0},
            "hard": {"gamma": 0.0},
            "very soft": {"gamma": 0.3},
            "slow synapse": {"current": 2.0, "tau_s": 50.0},
        },
        python=(
            "from snnlab.learning.constrained.soft_curve import soft_curve\n"
            "from snnlab.learning.constrained.soft_lif import SoftLIF\n\n"
            "seen = soft_curve({current}, SoftLIF(gamma={gamma}), {tau_s})\n"
            'print(f"{{seen.soft_rate:.1f}} Hz, slope {{seen.soft_slope:.1f}} Hz per threshold current")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
