"""The panel of the Hodgkin–Huxley membrane: a current, and the two channels that answer it."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.hodgkin_huxley_pulses import recorded, run_pulses
from snnlab.neurons.models.hodgkin_huxley import HodgkinHuxley, hh_rest
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["hodgkin_huxley_panel"]

DT, ONSET, DURATION = 0.05, 10.0, 100.0  # ms
SEEN = recorded(DURATION, DT)
QUESTION = "Which channel makes the spike rise, and which one ends it?"


def hodgkin_huxley_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A Hodgkin–Huxley membrane under a pulse of current, with its sodium and its potassium channels.

    The pulse begins after 10 ms of rest; 100 ms are shown at steps of 0.05 ms, at 6.3 °C. A share of the
    channels of either kind can be blocked.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``current`` (−10 to 30 µA/cm²), ``width`` (0.5 to 80 ms), ``na`` and ``k`` (0 to 120 %
        of the sodium and potassium channels).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (mV), ``m``, ``h``, ``n_gate``, ``sodium`` and ``potassium`` (open
        conductance, mS/cm²), one value a step; ``times`` (spike times, ms), ``n`` (spikes), ``late`` (those
        that came after the pulse), ``peak`` (mV).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(hodgkin_huxley_panel(current=-5.0))
    i = −5.0 µA/cm² for 20.0 ms: 1 spike, 1 after the pulse
    """
    return Panel(
        "hodgkin_huxley",
        title="Hodgkin–Huxley membrane",
        question=question,
        controls=[
            Control("current", "i", "Current", -10.0, 30.0, 10.0, 0.1, "µA/cm²", colour=3),
            Control("width", "t_i", "Duration", 0.5, 80.0, 20.0, 0.5, "ms", colour=6),
            Control("na", "g_Na", "Sodium channels", 0.0, 120.0, 100.0, 1.0, "%", colour=1),
            Control("k", "g_K", "Potassium channels", 0.0, 120.0, 100.0, 1.0, "%", colour=2),
        ],
        readouts=[ReadOut("n"), ReadOut("late"), ReadOut("peak", 0, "mV")],
        views=[
            Trace(
                "v",
                DT,
                Axis(-100.0, 60.0, "v (mV)"),
                spikes="times",
                title="Membrane potential over time, and the spikes",
            ),
            Trace(
                "i",
                DT,
                Axis(-12.0, 32.0, "current (µA/cm²)"),
                title="The current that flows into the membrane",
                handles=(Handle("End and height of the pulse", ("width", 1.0, ONSET), "current"),),
                colour=3,
            ),
            Trace(
                "sodium",
                DT,
                Axis(0.0, 40.0, "open (mS/cm²)"),
                name="sodium",
                also=(("potassium", "potassium", 2),),
                title="How much of the sodium and of the potassium channels is open",
                colour=1,
            ),
        ],
        sentence="i = {current} µA/cm² for {width} ms: {n} {n|spike|spikes}, {late} after the pulse",
        headline="n",
        detail="{n|spike|spikes}, {late} after the pulse; v reaches {peak} mV",
        kernel=run_pulses,
        arrays={
            "seen": SEEN,
            "units": Array(SEEN.times.shape, "int32", work=True),
            "begin": Array((4, 1), work=True),
        },
        constants={
            "neuron": HodgkinHuxley(),
            "second": 0.0,
            "interval": 0.0,
            "at_rest": 1.0,
            "rest": hh_rest(),
            "onset": ONSET,
            "dt": DT,
        },
        presets={
            "one spike": {"width": 1.0},
            "a train": {"width": 80.0},
            "pulled down": {"current": -3.0},
            "sodium blocked": {"na": 0.0},
            "potassium blocked": {"k": 0.0},
        },
        python=(
            "from snnlab.neurons.experiments.hodgkin_huxley_pulses import hh_pulses\n\n"
            "seen = hh_pulses({current}, {width}, na={na}, k={k})\n"
            'print(f"{{seen.n}} spikes, {{seen.late}} after the pulse; v reaches {{seen.peak:.0f}} mV")'
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
