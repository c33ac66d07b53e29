"""The panel of the Hodgkin–Huxley membrane: a current, and the two channels that answer it."""

from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.hodgkin_huxley import HodgkinHuxley, State, held_at, hh_rest, run
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["hodgkin_huxley_panel"]

DT, ONSET, DURATION = 0.05, 10.0, 100.0  # ms
STEPS = round(DURATION / DT)
CELL = HodgkinHuxley()
QUESTION = "Which channel makes the spike rise, and which one ends it?"


@kernel
def hodgkin_huxley_figure(
    i, v, m, h, n_gate, times, units, begin, sodium, potassium, out,
    current, width, na, k, start, c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature, dt, onset,
):  # fmt: skip
    """A pulse of current, what the potential does, and how much of each channel is open."""
    first = round(onset / dt)
    last = min(first + round(width / dt), i.shape[0])
    for t in range(first, last):
        i[t, 0] = current
    g_na *= na / 100.0
    g_k *= k / 100.0
    begin[0, 0], begin[1, 0], begin[2, 0], begin[3, 0] = held_at(start)
    state = State(begin[0], begin[1], begin[2], begin[3])
    count = run(i, v, m, h, n_gate, times, units, state, c_m, g_na, g_k, g_l, e_na, e_k, e_l, temperature, dt)
    out[0] = count
    for s in range(count):
        out[1] += times[s] > last * dt
    out[2] = start
    for t in range(i.shape[0]):
        out[2] = max(out[2], v[t, 0])
        sodium[t] = g_na * m[t, 0] ** 3 * h[t, 0]
        potassium[t] = g_k * n_gate[t, 0] ** 4


def hodgkin_huxley_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A Hodgkin–Huxley membrane under a pulse of current, with its sodium and its potassium channels.

    The pulse begins after 10 ms of rest; 100 ms are shown at steps of 0.05 ms, at 6.3 °C. A share of the
    channels of either kind can be blocked.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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
        kernel=hodgkin_huxley_figure,
        arrays={
            "i": Array((STEPS, 1)),
            "v": Array((STEPS, 1)),
            "m": Array((STEPS, 1)),
            "h": Array((STEPS, 1)),
            "n_gate": Array((STEPS, 1)),
            "times": Array((STEPS // 2 + 1,), upto="n"),
            "units": Array((STEPS // 2 + 1,), "int32", work=True),
            "begin": Array((4, 1), work=True),
            "sodium": Array((STEPS,)),
            "potassium": Array((STEPS,)),
        },
        constants={"start": hh_rest(CELL), **CELL._asdict(), "dt": DT, "onset": ONSET},
        presets={
            "one spike": {"width": 1.0},
            "a train": {"width": 80.0},
            "pulled down": {"current": -3.0},
            "sodium blocked": {"na": 0.0},
            "potassium blocked": {"k": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons import HodgkinHuxley, simulate_hodgkin_huxley\n\n"
            f"i = np.zeros({STEPS})  # µA/cm²\n"
            f"start = round({ONSET} / {DT})\n"
            f"i[start : start + round({{width}} / {DT})] = {{current}}\n"
            f"membrane = HodgkinHuxley(g_na={CELL.g_na} * {{na}} / 100, g_k={CELL.g_k} * {{k}} / 100)\n"
            f"run = simulate_hodgkin_huxley(i, membrane, dt={DT})\n"
            "print(len(run.spikes[0]))"
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
