"""The panel of the forced spike: a teacher makes a neuron fire, and STDP does the rest."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.learning.stdp_parameters import STDP
from snnlab.learning.teacher_forced import FORCED_STDP, State, TeacherForced, run
from snnlab.neurons.lif_synaptic import step as _moved
from snnlab.neurons.lif_synaptic import transferred
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["forced_panel"]

NET, RULE = TeacherForced(), FORCED_STDP
DT, STEPS, SHOWN = 0.05, 500, 200  # ms; steps of a showing, and how many of them are drawn
INPUTS, START = 48, 0.5  # each fires once, one step after another; pA
MOST, LONGEST = 60, 3.0  # showings; delay, ms
QUESTION = "A teacher makes the neuron fire just after the first input. Which inputs will it answer to?"


@kernel
def forced_figure(
    units, begins, labels, order, w, v, i_s, free, x, y, currents, spikes, step, answers, arrives, learnt,
    at_first, before, after, threshold, times, out, delay, teacher, alpha, showings, start, dt,
):  # fmt: skip
    """Show the inputs so often, force a spike each time, then ask without a teacher."""
    n, steps = w.shape[1], begins.shape[1] - 1
    net = TeacherForced(
        NET.tau_m, NET.r_m, NET.v_th, NET.v_reset, NET.t_ref, NET.tau_s, NET.inhibition, delay, teacher
    )
    rule = STDP(RULE.lambda_, alpha, RULE.tau_plus, RULE.tau_minus, 0.0, 0.0, RULE.w_max, 0.0, 0.0)
    rows = round(delay / dt) + 2
    for j in range(n):
        units[j], w[0, j], arrives[j] = j, start, j * dt
    for t in range(steps + 1):
        begins[0, t] = min(t, n)
    state = State(v, i_s, free, x, y, currents[:rows], spikes[:rows], step)
    k = int(showings)
    run(order[:k], units, begins, labels, w, state, net, rule, dt, True, answers[:k])
    decay_m, decay_s = math.exp(-dt / net.tau_m), math.exp(-dt / net.tau_s)
    transfer = transferred(net.tau_m, net.tau_s, dt)
    for which in range(2):  # with the first weights, and with those that were learnt
        potential, current, fired = 0.0, 0.0, False
        out[which] = math.nan
        for t in range(after.size):
            threshold[t] = net.v_th
            came = t - (rows - 2)
            if 0 <= came < n:
                current += start if which == 0 else w[0, came]
            if not fired:
                potential = _moved(potential, current, 0.0, decay_m, transfer, 0.0, net.r_m)
            current *= decay_s
            if potential > net.v_th:
                out[which] = (t + 1) * dt
                potential, fired = net.v_reset, True
            if which == 0:
                before[t] = potential
            else:
                after[t] = potential
    grown = 0
    for j in range(n):
        at_first[j], learnt[j] = start, w[0, j]
        grown += w[0, j] > start
    if out[1] > 0.0:
        times[0] = out[1]
    out[2] = 1.0 if out[1] > 0.0 else 0.0
    out[3] = grown
    out[4] = n


def forced_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """One neuron of `snnlab.learning.learn_teacher_forced` that is shown one sample again and again.

    Each of 48 inputs fires once, one 0.05 ms after another. The weights begin at half of the largest.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``delay`` (0 to 3 ms: from a spike to the current that it makes, and from the neuron
        back to its synapses), ``teacher`` (0.05 to 3 ms: when the spike is forced, after the first input),
        ``alpha`` (0 to 1.5: depression against potentiation), ``showings`` (0 to 60).

    Returns
    -------
    Panel
        ``panel.result`` has ``learnt`` and ``at_first``, the weights after learning and before (pA) over
        ``arrives``, when each input fires (ms); ``after`` and ``before``, the potential that these make
        without a teacher (mV, one value a step of 0.05 ms, 0 from the first spike on), and ``threshold``;
        ``latency`` and ``latency_before``, the first spike (ms; NaN if there is none), ``times`` with the
        former; ``n`` (1 if the neuron answers), ``grown`` of ``of`` inputs.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = forced_panel(delay=0.0, showings=30, engine="kernel")
    >>> print(panel.result.grown, panel.result.n)
    1.0 0.0
    """
    rows = round(LONGEST / DT) + 2
    return Panel(
        "forced",
        title="A forced spike",
        question=question,
        controls=[
            Control("delay", "d", "Delay of a spike", 0.0, LONGEST, 1.0, 0.05, "ms", colour=2),
            Control("teacher", "t_1", "Teacher after the first input", 0.05, 3.0, 0.05, 0.05, "ms", colour=5),
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
                Axis(0.0, INPUTS * DT, "input fires at (ms)"),
                Axis(0.0, 1.05, "weight (pA)"),
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
            ),
        ],
        sentence=(
            "delay {delay} ms, teacher at {teacher} ms, α = {alpha}, {showings} showings: {grown} of {of} "
            "weights have grown, the first spike comes after {latency} ms (before: {latency_before} ms)"
        ),
        headline="grown",
        detail=(
            "of {of} weights have grown; without the teacher the neuron now answers after {latency} ms, "
            "and after {latency_before} ms before it had learnt"
        ),
        kernel=forced_figure,
        arrays={
            "units": Array((INPUTS,), "int32", work=True),
            "begins": Array((1, STEPS + 1), "int32", work=True),
            "labels": Array((1,), "int32", work=True),
            "order": Array((MOST,), "int32", work=True),
            "w": Array((1, INPUTS), work=True),
            "v": Array((1,), work=True),
            "i_s": Array((1,), work=True),
            "free": Array((1,), "int32", work=True),
            "x": Array((INPUTS,), work=True),
            "y": Array((1,), work=True),
            "currents": Array((rows, 1), work=True),
            "spikes": Array((rows, 1), work=True),
            "step": Array((2,), "int32", work=True),
            "answers": Array((MOST, 1), work=True),
            "arrives": Array((INPUTS,)),
            "learnt": Array((INPUTS,)),
            "at_first": Array((INPUTS,)),
            "before": Array((SHOWN,)),
            "after": Array((SHOWN,)),
            "threshold": Array((SHOWN,)),
            "times": Array((1,), upto="n"),
        },
        constants={"start": START, "dt": DT},
        presets={
            "thirty showings": {"showings": 30.0},
            "no delay": {"delay": 0.0, "showings": 30.0},
            "a late teacher": {"teacher": 1.5, "showings": 30.0},
            "only potentiation": {"alpha": 0.0, "showings": 30.0},
        },
        python=(
            "from snnlab_widgets import forced_panel\n\n"
            "# many classes and samples: snnlab.learning.learn_teacher_forced\n"
            "panel = forced_panel(delay={delay}, teacher={teacher}, alpha={alpha}, showings={showings})\n"
            "result = panel.result\n"
            'print(result.learnt, f"{{result.grown:.0f}} have grown; it fires {{result.n:.0f}} times")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
