"""The panel of the forced spike: a teacher makes a neuron fire, and STDP does the rest."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.learning.teaching.forced_spike import DT, recorded, run_forced, work
from snnlab.learning.teaching.teacher_forced import FORCED_STDP, TeacherForced
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["forced_panel"]

NET, INPUTS, START = TeacherForced(), 48, 0.5  # pA
MOST, LONGEST = 60, 3.0  # showings; delay, ms
SEEN, (STATE, WORK) = recorded(INPUTS), work(INPUTS, MOST, LONGEST)
QUESTION = "A teacher makes the neuron fire just after the first input. Which inputs will it answer to?"


def forced_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron of `snnlab.learning.learn_teacher_forced` that is shown one sample again and again.

    Each of 48 inputs fires once, one 0.05 ms after another. The weights begin at half of the largest.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delay`` (0 to 3 ms: from a spike to the current that it makes, and from the neuron
        back to its synapses), ``forced_after`` (0.05 to 3 ms: when the spike is forced, after the first
        input), ``alpha`` (0 to 1.5: depression against potentiation), ``showings`` (0 to 60).

    Returns
    -------
    Panel
        ``panel.result`` has ``learnt`` and ``at_first``, the weights after learning and before (pA) over
        ``arrives``, when each input fires (ms); ``after`` and ``before``, the potential that these make
        without a teacher (mV, one value a step of 0.05 ms, 0 from the first spike on), and ``threshold``;
        ``latency`` and ``latency_before``, the first spike (ms; NaN if there is none), ``times`` with the
        former; ``n`` (1 if the neuron answers), ``grown`` of ``of`` inputs.

    Examples
    --------
    >>> panel = forced_panel(delay=0.0, showings=30, engine="kernel")
    >>> print(panel.result.grown, panel.result.n)
    1.0 0.0
    """
    return Panel(
        "forced",
        title="A forced spike",
        question=question,
        controls=[
            Control("delay", "d", "Delay of a spike", 0.0, LONGEST, 1.0, 0.05, "ms", colour=2),
            Control(
                "forced_after", "t_1", "Teacher after the first input", 0.05, 3.0, 0.05, 0.05, "ms", colour=5
            ),
            Control("alpha", "α", "Depression", 0.0, 1.5, 0.65, 0.05, "", colour=3),
            Control("showings", "k", "Showings", 0.0, float(MOST), 0.0, 1.0, "", colour=4),
        ],
        readouts=[
            ReadOut("latency_before", 2, "ms"),
            ReadOut("latency", 2, "ms"),
            ReadOut("n"),
            ReadOut("grown"),
            ReadOut("of"),
        ],
        views=[
            Kernels(
                "arrives",
                (("learnt", "after", 1), ("at_first", "before", 6)),
                Axis(0.0, 3.0, "input fires at (ms)"),
                Axis(0.0, 1.05, "weight (pA)"),
                handles=(Handle("The spike that the teacher forces", "forced_after", 0.9),),
                title="The weight of each input by the time at which it fires, before and after learning",
            ),
            Trace(
                "after",
                DT,
                Axis(0.0, 10.0, "v (mV)"),
                spikes="times",
                also=(("before", "before", 6), ("threshold", "threshold", 2)),
                name="after",
                title="The potential without a teacher, before and after learning, and the threshold",
                colour=1,
                handles=(Handle("When the first current begins", "delay", 0.0),),
            ),
        ],
        sentence=(
            "delay {delay} ms, teacher at {forced_after} ms, α = {alpha}, {showings} showings: {grown} of "
            "{of} weights have grown, [the first spike comes after {latency} ms]{latency|||no spike comes}"
            "[ (before: {latency_before} ms)]"
        ),
        headline="grown",
        detail=(
            "of {of} weights have grown; without the teacher the neuron now answers [after {latency} ms]"
            "{latency|||with no spike}[, and after {latency_before} ms before it had learnt]"
        ),
        kernel=run_forced,
        arrays={
            "seen": SEEN,
            "state": scratch(STATE),
            "work": scratch(WORK),
            "at_first": np.full(INPUTS, START),
            "threshold": np.full(SEEN.after.shape, NET.v_th),
        },
        constants={"net": NET, "rule": FORCED_STDP, "w_start": START, "dt": DT},
        presets={
            "thirty showings": {"showings": 30.0},
            "no delay": {"delay": 0.0, "showings": 30.0},
            "a late teacher": {"forced_after": 1.5, "showings": 30.0},
            "only potentiation": {"alpha": 0.0, "showings": 30.0},
        },
        python=(
            "from snnlab.learning import TeacherForced\n"
            "from snnlab.learning.teaching.forced_spike import forced_spike\n"
            "from snnlab.learning.teaching.teacher_forced import FORCED_STDP\n\n"
            "net = TeacherForced(delay={delay}, forced_after={forced_after})\n"
            "seen = forced_spike({showings}, net, FORCED_STDP._replace(alpha={alpha}))\n"
            'print(f"{{seen.grown}} of {{seen.of}} have grown, first spike after {{seen.latency:.2f}} ms")'
        ),
        play=("showings", "Show again and again"),
        values=values,
        engine=engine,
        goal=goal,
    )
