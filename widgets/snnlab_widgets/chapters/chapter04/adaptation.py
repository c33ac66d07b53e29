"""The panel of the adaptive threshold: a step of current, the threshold, and how the intervals grow."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.adaptive_step import INTERVALS, recorded, run_step
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["adaptation_panel"]

DT, ONSET, STOP, DURATION = 0.1, 50.0, 850.0, 1200.0  # ms: a rest, 0.8 s of current, and a rest again
SEEN = recorded(DURATION, DT)
LONGEST = 150.0  # ms: how long the intervals that are drawn may be
QUESTION = (
    "Half the jump, but lasting twice as long: does that change where the intervals settle, or the way there?"
)


def adaptation_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A leaky integrate-and-fire neuron with an adaptive threshold, under a step of current.

    It rests for 50 ms, gets 800 ms of current and rests again, at steps of 0.1 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``beta`` (0 to 8 mV), ``tau_a`` (20 to 500 ms), ``current`` (0 to 0.5 nA).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` and ``theta`` (mV, one value a step), ``times`` (spike times, ms),
        ``number``, ``interval`` and ``settled`` (the intervals in ms beside that at which they would settle);
        ``n`` (spikes), ``first`` and ``last`` (ms) and ``growth`` (the last interval over the first; NaN with
        fewer than two spikes).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(adaptation_panel(beta=0))
    β = 0.0 mV, τ_a = 200 ms, i = 0.300 nA: 50 spikes, intervals from 15.9 ms to 15.9 ms
    """
    return Panel(
        "adaptation",
        title="A threshold that adapts",
        question=question,
        controls=[
            Control("beta", "β", "Jump of the threshold", 0.0, 8.0, 2.0, 0.1, "mV", colour=1),
            Control(
                "tau_a", "τ_a", "Time constant of the threshold", 20.0, 500.0, 200.0, 5.0, "ms", colour=2
            ),
            Control("current", "i", "Input current", 0.0, 0.5, 0.3, 0.005, "nA", colour=3),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("first", 1, "ms"),
            ReadOut("last", 1, "ms"),
            ReadOut("growth", 2, none="no interval"),
        ],
        views=[
            Trace(
                "v",
                DT,
                Axis(-77.0, -8.0, "potential (mV)"),
                name="potential v",
                also=(("theta", "threshold θ", 1),),
                spikes="times",
                on=("current", ONSET, STOP),
                title="Membrane potential and threshold over time, and the spikes",
                handles=(
                    Handle("The threshold after one spike", ONSET / 2, ("beta", 1.0, AdaptiveLIF().v_th)),
                ),
            ),
            Kernels(
                "number",
                (("interval", "interval", 5), ("settled", "where it would settle", 4)),
                Axis(0.0, float(INTERVALS), "number of the interval"),
                Axis(0.0, LONGEST, "interval (ms)"),
                title="Each interval between spikes, and the interval at which they would settle",
            ),
        ],
        sentence=(
            "β = {beta} mV, τ_a = {tau_a} ms, i = {current} nA: {n} {n|spike|spikes}"
            "[, intervals from {first} ms to {last} ms]"
        ),
        headline="growth",
        detail=(
            "[times the first interval is the last one: {first} ms became {last} ms; ]"
            "{n} {n|spike|spikes}{growth|||, and an interval takes two}"
        ),
        kernel=run_step,
        arrays={
            "seen": SEEN,
            "i": Array((SEEN.v.size, 1), work=True),
            "units": Array(SEEN.times.shape, "int32", work=True),
            "begin": Array((2, 1), work=True),
            "free": Array((1,), "int32", work=True),
        },
        constants={
            "neuron": AdaptiveLIF(),
            "onset": round(ONSET / DT),
            "stop": round(STOP / DT),
            "dt": DT,
        },
        presets={
            "no jump": {"beta": 0.0},
            "high and short": {"beta": 8.0, "tau_a": 50.0},
            "low and long": {"beta": 0.8, "tau_a": 500.0},
            "strongly adapted": {"beta": 8.0, "tau_a": 500.0, "current": 0.5},
        },
        python=(
            "from snnlab.neurons import AdaptiveLIF\n"
            "from snnlab.neurons.experiments.adaptive_step import adaptive_step\n\n"
            "seen = adaptive_step({current}, AdaptiveLIF(beta={beta}, tau_a={tau_a}))\n"
            'print(f"{{seen.growth:.2f}} times the first interval of {{seen.first:.1f}} ms")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
